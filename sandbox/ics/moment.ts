/** DATE and DATE-TIME values of a file as moments: days, or instants in a zone. RFC 5545, 3.3.4 and 3.3.5. */

import type { JsonObject } from '../world/json';
import { parseDay, parseTime, stampText } from '../world/zones';
import { IcsError } from './ics-error';
import type { Property } from './property';
import type { Warnings } from './warnings';
import type { BookedZone, ZoneBook } from './zone-book';

export type Moment =
  | { allDay: true; date: string; ms: number }
  | {
      allDay: false;
      ms: number;
      /** IANA name it is shown in. */
      zone: string;
      /** False where the file's own zone is like no IANA zone, so that `zone` is only UTC. */
      zoneIsExact: boolean;
    };

export interface MomentReader {
  book: ZoneBook;
  warnings: Warnings;
}

/** The property's values as moments; floating times are read in the calendar's zone. Throws IcsError. */
export function momentsOf(property: Property, reader: MomentReader): Moment[] {
  return property.raw.split(',').map((value) => moment(startText(value, property, reader), property, reader));
}

export function momentOf(property: Property, reader: MomentReader): Moment {
  return momentsOf(property, reader)[0] as Moment;
}

/** As the Calendar API has it. */
export function toEventTime(moment: Moment, { book }: MomentReader): JsonObject {
  if (moment.allDay) return { date: moment.date };
  return { dateTime: book.zones.format(moment.zone, moment.ms), timeZone: moment.zone };
}

/** As iCalendar has it, in UTC: `20260309T090000Z`, or `20260309`. */
export function toStamp(moment: Moment): string {
  return moment.allDay ? moment.date.replaceAll('-', '') : stampText(moment.ms);
}

/** `moment` plus a DURATION, in wall time for days and weeks as RFC 5545 has it. */
export function addDuration(moment: Moment, property: Property, { book }: MomentReader): Moment {
  const match = /^\+?P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    property.raw.trim(),
  );
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (match ?? [])
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  const daysMs = (weeks * 7 + days) * DAY_MS;
  const timeMs = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  if (match === null || daysMs + timeMs > LONGEST_MS) {
    throw new IcsError(property.line, `${JSON.stringify(property.raw)} is no duration.`, 'Write it like PT45M or P1D.');
  }
  if (moment.allDay) {
    const ms = moment.ms + Math.max(DAY_MS, daysMs + Math.ceil(timeMs / DAY_MS) * DAY_MS);
    return { allDay: true, date: new Date(ms).toISOString().slice(0, 10), ms };
  }
  const wallMs = moment.ms + book.zones.offsetMs(moment.zone, moment.ms) + daysMs;
  const ms = daysMs === 0 ? moment.ms : book.zones.toMs(moment.zone, wallMs);
  return { ...moment, ms: ms + timeMs };
}

/**
 * `moment` as the kind of moment that the start of its series is, in the same zone. Some exporters name occurrences of
 * timed series by their date, or those of a series of days by a time.
 */
export function likeStart(moment: Moment, start: Moment, { book }: MomentReader): Moment {
  if (start.allDay) {
    if (moment.allDay) return moment;
    const wallMs = moment.ms + book.zones.offsetMs(moment.zone, moment.ms);
    const ms = wallMs - timeOfDayMs(wallMs);
    return { allDay: true, date: new Date(ms).toISOString().slice(0, 10), ms };
  }
  if (!moment.allDay) return { ...start, ms: moment.ms };
  const startWallMs = start.ms + book.zones.offsetMs(start.zone, start.ms);
  return { ...start, ms: book.zones.toMs(start.zone, moment.ms + timeOfDayMs(startWallMs)) };
}

function timeOfDayMs(wallMs: number): number {
  return ((wallMs % DAY_MS) + DAY_MS) % DAY_MS;
}

const DAY_MS = 86_400_000;
/** No event lasts longer than some years; keeps arithmetic inside what a date can hold. */
const LONGEST_MS = 20_000 * DAY_MS;

/** A period (RDATE) stands for its start. */
function startText(value: string, property: Property, { warnings }: MomentReader): string {
  const [start = '', ...rest] = value.trim().split('/');
  if (rest.length > 0) {
    warnings.add('repetitions with a length of their own were given the length of their series', property.line);
  }
  return start;
}

function moment(text: string, property: Property, { book, warnings }: MomentReader): Moment {
  const [, year, month, day, hour, minute, second, utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  const dayMs = parseDay(date);
  if (dayMs === undefined) return fail(property, property.raw);
  if (hour === undefined) return { allDay: true, date, ms: dayMs };
  const time = parseTime(`${date}T${hour}:${minute}:${second}`);
  if (time === undefined) return fail(property, property.raw);
  const wallMs = time.localMs;
  if (utc === 'Z') return { allDay: false, ms: wallMs, zone: 'UTC', zoneIsExact: true };
  const tzid = property.parameter('tzid')?.trim();
  let zone: BookedZone;
  if (tzid === undefined) {
    warnings.add(`times without a zone were read in the calendar's, ${book.calendarZone}`, property.line);
    zone = book.iana(book.calendarZone);
  } else {
    zone = book.find(tzid, wallMs, property.line);
    if (zone.iana === undefined)
      warnings.add(`times in the zone ${JSON.stringify(tzid)} were converted to UTC`, property.line);
  }
  return { allDay: false, ms: zone.toMs(wallMs), zone: zone.iana ?? 'UTC', zoneIsExact: zone.iana !== undefined };
}

function fail(property: Property, raw: string): never {
  const shown = JSON.stringify(raw.length > 40 ? `${raw.slice(0, 40)}…` : raw);
  const advice = 'Write it like 20260309T100000Z, or 20260309 with VALUE=DATE.';
  throw new IcsError(property.line, `${property.name} has ${shown} where a date or time is due.`, advice);
}
