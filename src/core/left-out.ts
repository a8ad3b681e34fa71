/**
 * Dates that a series leaves out (EXDATE): the notation in which other programs write what Calendar's own editor writes as a
 * cancelled occurrence. It is the same wish, so it is planned as the same thing: for each such date that lies ahead there is
 * a row as Google gives it for a cancelled occurrence.
 *
 * Lines come from strangers, so only the nearest dates ahead are worked with. RFC 5545, 3.8.5.1.
 */
import type { Capabilities } from './capabilities';
import type { Meeting, Moment } from './meeting';
import { projectMeeting } from './meeting';
import { DAY_MS } from './policies';
import type { Row } from './row';
import { endOf } from './series';
import { instantIn, localTimeIn } from './zone';

/** More dates of one series are not carried out, and the lines are not read beyond so many. */
const MAX_DATES = 400;
const MAX_READ = 4_000;
/** No zone is further from UTC; one day more for what is just over. */
const UNSURE_MS = 2 * DAY_MS;

/** Nothing but the times is asked of it. */
const ANYTHING = { privateEvents: 'all', placeholderTitle: '' } as const;

/** Lines of series whose occurrences are not all at the hour of the first. */
const HAS_OTHER_HOURS = /^RDATE|BYHOUR|BYMINUTE|BYSECOND|FREQ=(HOURLY|MINUTELY|SECONDLY)/i;

interface WrittenDate {
  /** yyyy-mm-dd. */
  date: string;
  /** hh:mm:ss; undefined for a date alone. */
  time?: string;
  /** IANA zone, or `UTC`; undefined: the series' own. */
  zone?: string;
}

/** Does the line leave dates out? */
export function isLeavingOut(line: string): boolean {
  return /^EXDATE[;:]/i.test(line);
}

/**
 * The meeting as a provider is told of it: one that can cancel single occurrences is told of dates left out in that way, and
 * not in the rule.
 */
export function withoutLeftOut(meeting: Meeting, { occurrences }: Pick<Capabilities, 'occurrences'>): Meeting {
  if (occurrences === 'none' || !meeting.recurrence.some(isLeavingOut)) return meeting;
  return { ...meeting, recurrence: meeting.recurrence.filter((line) => !isLeavingOut(line)) };
}

/**
 * Rows of the occurrences that a series leaves out and that lie ahead, the nearest first.
 * @param calendarZone IANA zone of the calendar, used where the row names none.
 */
export function leftOutRows(series: Row, calendarZone: string, nowMs: number): Row[] {
  const lines = (series.recurrence ?? []).filter(isLeavingOut);
  const meeting = lines.length === 0 ? undefined : projectMeeting(series, calendarZone, ANYTHING);
  if (meeting === undefined) return [];
  const untilMs = endOf(meeting) || Number.POSITIVE_INFINITY;
  const near = written(lines)
    .map((one) => ({ one, roughMs: Date.parse(`${one.date}T${one.time ?? '00:00:00'}Z`) }))
    .filter(({ roughMs }) => roughMs > nowMs - UNSURE_MS && roughMs < untilMs + UNSURE_MS)
    .sort((a, b) => a.roughMs - b.roughMs)
    .slice(0, MAX_DATES);
  const hasOneHour = !meeting.recurrence.some((line) => HAS_OTHER_HOURS.test(line));
  const rows = new Map<string, Row>();
  for (const { one } of near) {
    const row = rowOf(series.id, one, meeting.start, hasOneHour);
    if (row !== undefined) rows.set(row.id, row);
  }
  return [...rows.values()];
}

function written(lines: readonly string[]): WrittenDate[] {
  const dates: WrittenDate[] = [];
  for (const line of lines) {
    const colon = line.lastIndexOf(':');
    const named = /;TZID="?([^;:"]+)/i.exec(line.slice(0, colon))?.[1];
    for (const text of line.slice(colon + 1).split(',')) {
      const found = /^\s*(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?\s*$/i.exec(text);
      if (found === null) continue;
      const [, year, month, day, hour, minute, second, utc] = found;
      const zone = utc ? 'UTC' : named;
      dates.push({
        date: `${year}-${month}-${day}`,
        ...(hour !== undefined && { time: `${hour}:${minute}:${second}` }),
        ...(zone !== undefined && { zone }),
      });
      if (dates.length === MAX_READ) return dates;
    }
  }
  return dates;
}

/** Google names an occurrence after its series and the slot; a date alone means that day's occurrence. */
function rowOf(
  seriesId: string,
  { date, time, zone }: WrittenDate,
  start: Moment,
  hasOneHour: boolean,
): Row | undefined {
  const about = { status: 'cancelled', recurringEventId: seriesId };
  if ('date' in start) {
    const { timeZone } = start;
    return { ...about, id: `${seriesId}_${date.replace(/-/g, '')}`, originalStartTime: { date, timeZone } };
  }
  const slotMs = instantIn(zone ?? start.timeZone, `${date}T${time ?? start.local.slice(11)}`);
  if (slotMs === undefined || Number.isNaN(slotMs)) return undefined;
  if (hasOneHour && !isAtItsHour(slotMs, start)) return undefined;
  const dateTime = new Date(slotMs).toISOString().replace('.000Z', 'Z');
  const id = `${seriesId}_${dateTime.replace(/[-:]/g, '')}`;
  return { ...about, id, originalStartTime: { dateTime, timeZone: start.timeZone } };
}

/** A date that was left out before the series moved to another hour names none of its occurrences any more. */
function isAtItsHour(slotMs: number, start: Extract<Moment, { ms: number }>): boolean {
  const day = localTimeIn(start.timeZone, slotMs)?.slice(0, 10);
  return day !== undefined && instantIn(start.timeZone, `${day}T${start.local.slice(11)}`) === slotMs;
}
