/** DATE and DATE-TIME values of a file as moments: days, or instants in a zone. RFC 5545, 3.3.4 and 3.3.5. */

import ICAL from 'ical.js';
import type { JsonObject } from '../world/json';
import { dayText, stampText } from '../world/zones';
import { readDateText } from './date-text';
import { dayOf, timeOfDayMs } from './day';
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
  // Some programs end a list with a comma.
  const values = property.raw.replace(/[\s,]+$/, '').split(',');
  return values.map((value) => moment(startText(value, property, reader), property, reader));
}

export function momentOf(property: Property, reader: MomentReader): Moment {
  return momentsOf(property, reader)[0] as Moment;
}

export function dayMoment(ms: number): Moment {
  return { allDay: true, date: dayText(ms), ms };
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
  const { weeks, days, hours, minutes, seconds } = durationOf(property);
  const daysMs = (weeks * 7 + days) * DAY_MS;
  const timeMs = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  if (daysMs + timeMs > LONGEST_MS) throw noDuration(property);
  if (moment.allDay) return dayMoment(moment.ms + Math.max(DAY_MS, daysMs + Math.ceil(timeMs / DAY_MS) * DAY_MS));
  const wallMs = moment.ms + book.zones.offsetMs(moment.zone, moment.ms) + daysMs;
  const ms = daysMs === 0 ? moment.ms : book.zones.toMs(moment.zone, wallMs);
  return { ...moment, ms: ms + timeMs };
}

/** ical.js reads `P1D5` as a day and forgets the five; a length below zero is none of an event's. */
function durationOf(property: Property): ICAL.Duration {
  const text = property.raw.trim().toUpperCase();
  if (!/^\+?P(?=.)(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/.test(text)) throw noDuration(property);
  return ICAL.Duration.fromString(text);
}

function noDuration({ line, raw }: Property): IcsError {
  return new IcsError(line, `${JSON.stringify(raw)} is no duration.`, 'Write it like PT45M or P1D.');
}

/**
 * `moment` as the kind of moment that the start of its series is, in the same zone. Some exporters name occurrences of
 * timed series by their date, or those of a series of days by a time.
 */
export function likeStart(moment: Moment, start: Moment, { book, warnings }: MomentReader, line: number): Moment {
  if (start.allDay) return moment.allDay ? moment : dayMoment(dayOf(moment, book, warnings, line).dayMs);
  if (!moment.allDay) return { ...start, ms: moment.ms };
  const startWallMs = start.ms + book.zones.offsetMs(start.zone, start.ms);
  return { ...start, ms: book.zones.toMs(start.zone, moment.ms + timeOfDayMs(startWallMs)) };
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

function moment(text: string, property: Property, reader: MomentReader): Moment {
  const read = readDateText(text);
  if (read === undefined) return fail(property, property.raw);
  const { date, dayMs, wallMs, offsetMs } = read;
  if (wallMs === undefined) return { allDay: true, date, ms: dayMs };
  if (property.parameter('value') === 'DATE') {
    if (timeOfDayMs(wallMs) === 0 && offsetMs === undefined) return dayMoment(wallMs);
    const problem = `${property.name} says that it is a date, and has a time.`;
    throw new IcsError(property.line, problem, 'Take VALUE=DATE out, or the time.');
  }
  const tzid = property.parameter('tzid')?.trim();
  if (offsetMs !== undefined) return exactly(wallMs - offsetMs, tzid, property, reader);
  const zone = zoneOf(tzid, wallMs, property, reader);
  return { allDay: false, ms: zone.toMs(wallMs), zone: zone.iana ?? 'UTC', zoneIsExact: zone.iana !== undefined };
}

/** An instant that names its offset. A zone beside it cannot move it, but says where its series goes on. */
function exactly(ms: number, tzid: string | undefined, property: Property, { book, warnings }: MomentReader): Moment {
  const exact = { allDay: false, ms, zone: 'UTC', zoneIsExact: true } as const;
  if (tzid === undefined || /^(UTC|GMT|Z)$/i.test(tzid)) return exact;
  const zone = book.find(tzid, ms, property.line);
  if (zone.iana === undefined) return exact;
  if (book.zones.offsetMs(zone.iana, ms) !== 0)
    warnings.add('times with a zone and with an offset were read by their offset', property.line);
  return { ...exact, zone: zone.iana };
}

function zoneOf(tzid: string | undefined, wallMs: number, property: Property, reader: MomentReader): BookedZone {
  const { book, warnings } = reader;
  if (tzid === undefined) {
    warnings.add(`times without a zone were read in the calendar's, ${book.calendarZone}`, property.line);
    return book.iana(book.calendarZone);
  }
  const zone = book.find(tzid, wallMs, property.line);
  if (zone.iana === undefined)
    warnings.add(`times in the zone ${JSON.stringify(tzid)} were converted to UTC`, property.line);
  return zone;
}

function fail(property: Property, raw: string): never {
  const shown = JSON.stringify(raw.length > 40 ? `${raw.slice(0, 40)}…` : raw);
  const advice = 'Write it like 20260309T100000Z, or 20260309 with VALUE=DATE.';
  throw new IcsError(property.line, `${property.name} has ${shown} where a date or time is due.`, advice);
}
