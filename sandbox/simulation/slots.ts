/** The occurrences of a series that lie ahead, one by one, as Calendar itself expands them. */
import { DateTime } from 'luxon';
import type { Day, OracleEvent } from './day';
import { leftOutMs } from './left-out-lines';
import { conferenceIdOf } from './oracle';

export interface Slot {
  /** When the rule has it. Epoch milliseconds. */
  slotMs: number;
  startMs: number;
  endMs: number;
  isCancelled: boolean;
  /** Somebody moved it to a time that has passed. */
  isBehind: boolean;
  /** The clocks skip the hour that the rule has it at: it is an hour later than all others. */
  isSkippedHour: boolean;
  /** It has a row of its own: somebody did something to it, or answered. */
  isTouched: boolean;
  conferenceId: string | undefined;
}

/** More are not looked at. */
const MOST = 12;
const PAGES = 30;

export function slotsAhead(day: Day, series: OracleEvent, rows: readonly OracleEvent[]): Slot[] {
  const nowMs = day.world.clock.nowMs();
  const zone = series.start.timeZone ?? zoneOf(day, series);
  const touched = new Set(
    rows
      .filter((row) => row.recurringEventId === series.id && row.calendarId === series.calendarId)
      .map(({ id }) => id),
  );
  const hour = wallTime(instantMs(series.start, zone), zone);
  const slots: Slot[] = [];
  for (let pageToken: unknown, pages = 0; pages < PAGES && slots.length < MOST; pages++) {
    const params = { calendarId: series.calendarId, eventId: series.id, showDeleted: true, maxResults: 50 };
    const answer = day.world.calendar.handle(
      viewerOf(day, series),
      { method: 'events.instances', params: { ...params, ...(pageToken !== undefined && { pageToken }) } },
      'editor',
    );
    const body = answer.body as { items?: unknown[]; nextPageToken?: string };
    for (const item of (body.items ?? []) as OracleEvent[]) {
      const slotMs = instantMs(item.originalStartTime, zone);
      if (!(slotMs > nowMs)) continue;
      slots.push({
        slotMs,
        startMs: instantMs(item.start, zone),
        endMs: instantMs(item.end, zone),
        isCancelled: item.status === 'cancelled',
        isBehind: instantMs(item.start, zone) <= nowMs,
        isSkippedHour: wallTime(slotMs, zone) !== hour,
        isTouched: touched.has(item.id),
        conferenceId: conferenceIdOf(item),
      });
    }
    pageToken = body.nextPageToken;
    if (pageToken === undefined) break;
  }
  for (const slotMs of leftOutMs(series, zone).filter((ms) => ms > nowMs)) {
    // Of what was moved before its date was left out nobody knows what it is now.
    if (slots.some((one) => one.slotMs === slotMs)) continue;
    const cancelled = { isCancelled: true, isBehind: false, isTouched: false, isSkippedHour: false };
    slots.push({ slotMs, startMs: slotMs, endMs: slotMs, ...cancelled, conferenceId: undefined });
  }
  return slots.sort((a, b) => a.slotMs - b.slotMs).slice(0, MOST);
}

function wallTime(ms: number, zone: string): string {
  return DateTime.fromMillis(ms, { zone }).toFormat('HH:mm:ss');
}

/** A whole day begins at its midnight in `zone`; NaN for no time. */
export function instantMs(time: OracleEvent['start'] | undefined, zone: string): number {
  return DateTime.fromISO(time?.dateTime ?? time?.date ?? '', { zone }).toMillis();
}

/** IANA zone of the calendar that the event is on. */
export function zoneOf(day: Day, event: OracleEvent): string {
  const request = { method: 'calendars.get', params: { calendarId: event.calendarId } };
  const answer = day.world.calendar.handle(viewerOf(day, event), request, 'editor');
  return (answer.body as { timeZone: string }).timeZone;
}

function viewerOf(day: Day, { calendarId }: OracleEvent): string {
  const player = day.players.find(({ calendars }) => calendars.includes(calendarId));
  if (player === undefined) throw new Error(`Nobody has the calendar ${calendarId}.`);
  return player.person.email;
}
