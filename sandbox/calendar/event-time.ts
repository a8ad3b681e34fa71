/**
 * `start` and `end` of an event: checked, and printed in the calendar's zone as Google prints them.
 *
 * A timed one is stored as {dateTime with offset, timeZone}, an all-day one as {date}. Without a `timeZone` the
 * calendar's is filled in; a recurring event must name its own.
 */
import type { JsonObject } from '../world/json';
import { dayText, parseDay, parseTime, type Zones } from '../world/zones';
import type { SeriesStart } from './recurrence';
import { refuse } from './refusal';

export interface EventTime {
  json: JsonObject;
  /** The instant; for a day its midnight in the calendar's zone. */
  ms: number;
  allDay: boolean;
}

/** Reads one end of an event. `which` is for Google's sentence. Throws a refusal. */
export function readEventTime(
  given: JsonObject,
  which: 'start' | 'end',
  calendarZone: string,
  zones: Zones,
  recurring: boolean,
): EventTime {
  const { date, dateTime, timeZone } = given as { date?: unknown; dateTime?: unknown; timeZone?: unknown };
  if (date == null && dateTime == null) throw refuse.required(`Missing ${which} time.`);
  if (date != null && dateTime != null) throw refuse.invalid(`Invalid ${which} time.`);
  if (timeZone != null && (typeof timeZone !== 'string' || !zones.isZone(timeZone))) {
    throw refuse.invalid(`Invalid time zone definition for ${which} time.`);
  }
  if (date != null) {
    const dayMs = typeof date === 'string' ? parseDay(date) : undefined;
    if (dayMs === undefined) throw refuse.invalid(`Invalid ${which} time.`);
    return { json: { date: dayText(dayMs) }, ms: zones.toMs(calendarZone, dayMs), allDay: true };
  }
  const parsed = typeof dateTime === 'string' ? parseTime(dateTime) : undefined;
  if (parsed === undefined) throw refuse.invalid(`Invalid ${which} time.`);
  const named = timeZone as string | null | undefined;
  if (named == null && (recurring || parsed.offsetMs === undefined)) {
    throw refuse.required(`Missing time zone definition for ${which} time.`);
  }
  const ms = parsed.offsetMs === undefined ? zones.toMs(named!, parsed.localMs) : parsed.localMs - parsed.offsetMs;
  return {
    json: { dateTime: zones.format(calendarZone, ms), timeZone: named ?? calendarZone },
    ms,
    allDay: false,
  };
}

/** The instant of a stored start or end on a calendar of this zone. */
export function instantOf(time: JsonObject, calendarZone: string, zones: Zones): number {
  if (typeof time.date === 'string') return zones.toMs(calendarZone, parseDay(time.date)!);
  const parsed = parseTime(time.dateTime as string)!;
  return parsed.localMs - parsed.offsetMs!;
}

/** A stored time, printed for another zone. Days are the same everywhere. */
export function inZone(time: JsonObject, zone: string, zones: Zones): JsonObject {
  if (time.dateTime === undefined) return time;
  const dateTime = zones.format(zone, instantOf(time, zone, zones));
  return dateTime === time.dateTime ? time : { ...time, dateTime };
}

/** Where a stored series starts. */
export function seriesStart(start: JsonObject, zones: Zones): SeriesStart {
  if (typeof start.date === 'string') return { localMs: parseDay(start.date)!, allDay: true, zone: 'UTC' };
  const zone = start.timeZone as string;
  const ms = instantOf(start, zone, zones);
  return { localMs: ms + zones.offsetMs(zone, ms), allDay: false, zone };
}
