/** What a person reads of how well their calendars are followed. */
import type { Status } from '../ports/people';
import { ago, count } from './words';

/** The conferences there are, as in step only when that is known. */
export function liveLines({ live, readMs, isStale }: Status, nowMs: number): string[] {
  const conferences = count(live, 'conference');
  if (readMs === undefined) return [`${conferences} in step with your events.`];
  const lastRead = ago(nowMs - readMs);
  if (!isStale) return [`${conferences} in step with your events.`, ...readLines({ readMs }, nowMs)];
  const unread = `a calendar was last read ${lastRead}`;
  return [
    live === 0
      ? `Your events may have changed without our knowing: ${unread}.`
      : `${conferences} on your events. Whether all are in step is not known: ${unread}.`,
  ];
}

export function readLines({ readMs }: Pick<Status, 'readMs'>, nowMs: number): string[] {
  return readMs === undefined ? [] : [`Calendar last read ${ago(nowMs - readMs)}.`];
}

/** What Google would not have made. */
export function triggerLines({ calendars, lostCalendars, unwatched, hasNoSweep }: Status): string[] {
  const followed = calendars - lostCalendars;
  if (hasNoSweep && unwatched > 0 && unwatched >= followed) {
    return [
      'Google lets this add-on have no triggers, so changes of your events are not noticed. “Check and repair now” follows them.',
    ];
  }
  const lines: string[] = [];
  if (hasNoSweep)
    lines.push(
      'Google lets this add-on have no hourly trigger: what goes unnoticed is followed when you press “Check and repair now”.',
    );
  else if (unwatched > 0)
    lines.push(
      `Changes in ${count(unwatched, 'calendar')} are followed only once an hour: Google made no trigger there.`,
    );
  return lines;
}
