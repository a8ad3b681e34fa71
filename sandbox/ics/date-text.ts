/**
 * DATE and DATE-TIME values as text: ical.js reads those that are of the form of RFC 5545, 3.3.4 and 3.3.5; those that
 * other programs write in one of a few other ways, of clear meaning, are brought to that form first.
 */
import ICAL from 'ical.js';
import { parseDay, parseTime } from '../world/zones';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export interface DateText {
  /** `2026-03-09`. */
  date: string;
  /** Midnight of the day, as if it were UTC. */
  dayMs: number;
  /** The wall time as if it were UTC; absent for a day. */
  wallMs?: number;
  /** Absent: no offset was named. Zero for a `Z`. */
  offsetMs?: number;
}

/** ISO 8601 with its separators, without seconds, with fractions of them, or with an offset; and `20131210Z`. */
const FORM = /^(\d{4})(-?)(\d\d)\2(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?|Z)?$/;

/** Undefined for what is no day or time that exists. */
export function readDateText(given: string): DateText | undefined {
  const [whole, year, , month, day, hour, minute, second = '00', zone] = FORM.exec(given.trim().toUpperCase()) ?? [];
  if (whole === undefined || year === '0000') return undefined;
  // The end of a day has two names; ical.js knows the other one.
  const midnight = hour === '24' && minute === '00' && second === '00';
  const text =
    hour === undefined ? `${year}${month}${day}` : `${year}${month}${day}T${midnight ? '00' : hour}${minute}${second}`;
  const date = read(text.slice(0, 8));
  const dayMs = parseDay(date);
  if (dayMs === undefined) return undefined;
  if (hour === undefined) return { date, dayMs };
  const localMs = parseTime(read(text))?.localMs;
  if (localMs === undefined) return undefined;
  const offsetMs = zone === undefined ? undefined : offsetOf(zone);
  return { date, dayMs, wallMs: localMs + (midnight ? DAY_MS : 0), ...(offsetMs !== undefined && { offsetMs }) };
}

/** ical.js tells a day from a time by its look in an RDATE. */
function read(text: string): string {
  return String(ICAL.parse.property(`RDATE:${text}`, ICAL.design.icalendar)[3]);
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return (zone.startsWith('-') ? -1 : 1) * minutes * MINUTE_MS;
}
