/**
 * What a change made on one occurrence means for its series: the editor shows an occurrence, but "all events" is a
 * write to the master and "this and following" ends a rule.
 *
 * Pure. Source: Calendar's recurring-events guide for the two writes; that moving an occurrence shifts the whole series
 * by the same wall-clock distance, weekdays included, is observed in Calendar's interface.
 */
import { DateTime } from 'luxon';
import type { JsonObject } from '../world/json';

/** EventDateTime of the API: `date`, or `dateTime` with an offset or a zone. */
export interface EventTime {
  date?: string;
  dateTime?: string;
  timeZone?: string;
}

const DAY_MS = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** The clock on the wall where the event happens, in milliseconds as if that place were UTC. */
export function wallMs(time: EventTime): number {
  if (time.date !== undefined) return Date.parse(`${time.date}T00:00:00Z`);
  const at = DateTime.fromISO(time.dateTime ?? '', { setZone: true });
  const local = time.timeZone === undefined || !hasOffset(time.dateTime) ? at : at.setZone(time.timeZone);
  return local.setZone('utc', { keepLocalTime: true }).toMillis();
}

/** The instant, in milliseconds since the epoch. */
export function instantMs(time: EventTime, zone = 'utc'): number {
  if (time.date !== undefined) return DateTime.fromISO(time.date, { zone }).toMillis();
  return DateTime.fromISO(time.dateTime ?? '', { zone: time.timeZone ?? zone }).toMillis();
}

function hasOffset(dateTime = ''): boolean {
  return /(?:Z|[+-]\d\d:?\d\d)$/i.test(dateTime);
}

/** A wall clock reading written like `model`: a date, or a local time in its zone (falling back to `zone`). */
function fromWall(ms: number, model: EventTime, zone: string | undefined): EventTime {
  const text = new Date(ms).toISOString();
  if (model.date !== undefined) return { date: text.slice(0, 10) };
  const timeZone = model.timeZone ?? zone;
  return { dateTime: text.slice(0, 19), ...(timeZone !== undefined && { timeZone }) };
}

/**
 * The fields to write to `master` when `fields` were changed on its occurrence `shown`: the same ones, with start and
 * end moved by the distance the occurrence was moved, and weekly rules turned with it.
 */
export function seriesFields(master: JsonObject, shown: JsonObject, fields: JsonObject): JsonObject {
  if (fields.start === undefined && fields.end === undefined) return fields;
  const [masterStart, wasStart] = [master.start as EventTime, shown.start as EventTime];
  const isStart = (fields.start ?? wasStart) as EventTime;
  const isEnd = (fields.end ?? shown.end) as EventTime;
  const distanceMs = wallMs(isStart) - wallMs(wasStart);
  const startMs = wallMs(masterStart) + distanceMs;
  const zone = masterStart.timeZone;
  const moved: JsonObject = {
    ...fields,
    start: { ...fromWall(startMs, isStart, zone) },
    end: { ...fromWall(startMs + wallMs(isEnd) - wallMs(isStart), isEnd, zone) },
  };
  const days = Math.floor(startMs / DAY_MS) - Math.floor(wallMs(masterStart) / DAY_MS);
  const recurrence = fields.recurrence ?? master.recurrence;
  if (days === 0 || fields.recurrence !== undefined || !Array.isArray(recurrence)) return moved;
  return { ...moved, recurrence: (recurrence as string[]).map((line) => turnWeekdays(line, days)) };
}

/**
 * The fields of the new series when `fields` were changed on `shown` for this and following: weekly rules turn with a
 * move to another day, and a COUNT loses the occurrences that stay behind.
 * @param passed how many those are.
 */
export function restFields(
  master: JsonObject,
  shown: JsonObject,
  fields: JsonObject,
  passed: () => number,
): JsonObject {
  const moved = seriesFields({ ...shown, recurrence: master.recurrence ?? [] }, shown, fields);
  if (fields.recurrence !== undefined || moved.recurrence === undefined) return moved;
  const left = (count: string) => `COUNT=${Math.max(1, Number(count) - passed())}`;
  const recurrence = (moved.recurrence as string[]).map((line) => line.replace(/COUNT=(\d+)/, (_all, n) => left(n)));
  return { ...moved, recurrence };
}

/** FREQ=WEEKLY;BYDAY=MO turned by one day is BYDAY=TU; other rules are left as they are. */
function turnWeekdays(line: string, days: number): string {
  if (!/^RRULE:.*FREQ=WEEKLY/.test(line)) return line;
  return line.replace(/BYDAY=([A-Z,]+)/, (_all, list: string) => {
    const turned = list.split(',').map((day) => WEEKDAYS[(((WEEKDAYS.indexOf(day) + days) % 7) + 7) % 7]);
    return `BYDAY=${turned.join(',')}`;
  });
}

/** `recurrence` ended just before the occurrence that starts at `originalStart`, as Calendar trims a series. */
export function trimRecurrence(recurrence: readonly string[], originalStart: EventTime): string[] {
  const until =
    originalStart.date !== undefined
      ? compact(new Date(Date.parse(`${originalStart.date}T00:00:00Z`) - DAY_MS)).slice(0, 8)
      : compact(new Date(untilMs(recurrence, originalStart)));
  return recurrence.map((line) =>
    line.startsWith('RRULE:') ? `RRULE:${[...parts(line), `UNTIL=${until}`].join(';')}` : line,
  );
}

/** The last second of the day before, where the series has one occurrence a day at most (recorded 2025-03). */
function untilMs(recurrence: readonly string[], originalStart: EventTime): number {
  const several = /FREQ=(?:HOURLY|MINUTELY|SECONDLY)|BY(?:HOUR|MINUTE|SECOND)=[^;]*,/;
  const atMs = instantMs(originalStart);
  if (recurrence.some((line) => several.test(line))) return atMs - 1000;
  return (
    DateTime.fromMillis(atMs, { zone: originalStart.timeZone ?? 'utc' })
      .startOf('day')
      .toMillis() - 1000
  );
}

function parts(rule: string): string[] {
  return rule
    .slice('RRULE:'.length)
    .split(';')
    .filter((part) => !/^(?:UNTIL|COUNT)=/.test(part));
}

function compact(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
