/**
 * Instants, days and repetitions of a conference.
 *
 * An original start names an occurrence by when the rule alone would put it: an instant in UTC, or a date.
 * RFC 5545 (recurrence), RFC 3339 (date-time).
 */
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { BadRule, walkRule } from '../world/rule-walk';
import { instantOfTextMs, Zones } from '../world/zones';
import type { Moment } from './conference';
import { OCCURRENCES_SEARCHED } from './limits';

/** Whether a rule is one does not hang on its start. */
const ANY_START = DateTime.fromISO('2026-01-01T12:00:00', { zone: 'utc' });
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;

const zones = new Zones();

export function isZone(name: string): boolean {
  return zones.isZone(name);
}

export function isDate(text: string): boolean {
  return DATE.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** RFC 3339; the offset may be missing, where a zone is known from elsewhere. */
export function isDateTime(text: string): boolean {
  return DATE_TIME.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

export function hasOffset(dateTime: string): boolean {
  return /(Z|[+-]\d{2}:\d{2})$/.test(dateTime);
}

/** Milliseconds since the epoch; a day counts from midnight in UTC. */
export function momentMs(moment: Moment): number {
  if ('date' in moment) return DateTime.fromISO(moment.date, { zone: 'utc' }).toMillis();
  return instantOfTextMs(moment.dateTime, moment.timeZone ?? 'utc');
}

/** How an occurrence is stored, or undefined if `text` is neither a date nor an instant with an offset. */
export function originalStartKey(text: string): string | undefined {
  if (isDate(text)) return text;
  if (!isDateTime(text) || !hasOffset(text)) return undefined;
  return DateTime.fromISO(text, { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? undefined;
}

/** Whether the series that begins at `start` repeats at `key`. EXDATE and EXRULE are not asked: a hidden slot is a slot. */
export function isOccurrence(start: Moment, recurrence: readonly string[], key: string): boolean {
  if ('date' in start !== isDate(key)) return false;
  const zone = 'date' in start ? 'utc' : (start.timeZone ?? 'utc');
  const wantedMs = DateTime.fromISO(key, { zone: 'utc' }).toMillis();
  if (wantedMs === momentMs(start)) return true;
  return recurrence.some((line) => {
    const { name, value, timeZone } = recurrenceLine(line) ?? {};
    if (name === 'RDATE') return value?.split(',').some((date) => icalInstantMs(date, timeZone ?? zone) === wantedMs);
    return name === 'RRULE' && ruleMeets(value as string, start, zone, wantedMs);
  });
}

function ruleMeets(value: string, start: Moment, zone: string, wantedMs: number): boolean {
  const first = DateTime.fromMillis(momentMs(start), { zone });
  const localUntil = (until: ICAL.Time) =>
    until.zone === ICAL.Timezone.utcTimezone ? wallTime(utcOf(until).setZone(zone)) : until;
  let searched = 0;
  for (const next of walkRule(value, wallTime(first), localUntil)) {
    const atMs = zones.toMs(zone, utcOf(next).toMillis());
    if (atMs >= wantedMs) return atMs === wantedMs;
    if (++searched >= OCCURRENCES_SEARCHED) return false;
  }
  return false;
}

/** `RRULE:FREQ=DAILY` taken apart, or undefined if it is no such line. */
export function recurrenceLine(line: string): { name: string; value: string; timeZone?: string } | undefined {
  const match = /^(RRULE|EXRULE|RDATE|EXDATE)((?:;[A-Z-]+=[^;:]+)*):(.+)$/.exec(line);
  if (match === null) return undefined;
  const timeZone = /;TZID=([^;:]+)/.exec(match[2] as string)?.[1];
  return { name: match[1] as string, value: match[3] as string, ...(timeZone !== undefined && { timeZone }) };
}

/** Milliseconds of `20260309T090000Z`, `20260309T090000` (in `zone`) or `20260309` (in UTC); NaN for anything else. */
export function icalInstantMs(text: string, zone: string): number {
  const match = /^(\d{8})(T\d{6}(Z?))?$/.exec(text);
  if (match === null) return Number.NaN;
  const utc = match[2] === undefined || match[3] === 'Z';
  return instantOfTextMs(text.replace('Z', ''), utc ? 'utc' : zone);
}

/** The sentence that says what is wrong with a line, or undefined. */
export function recurrenceProblem(line: string): string | undefined {
  const parts = recurrenceLine(line);
  if (parts === undefined) return 'is no RRULE, EXRULE, RDATE or EXDATE line of iCalendar';
  if (parts.timeZone !== undefined && !isZone(parts.timeZone)) return `names an unknown zone, ${parts.timeZone}`;
  if (!parts.name.endsWith('RULE')) {
    const bad = parts.value.split(',').find((date) => Number.isNaN(icalInstantMs(date, 'utc')));
    return bad === undefined ? undefined : `has "${bad}" where a date is due`;
  }
  try {
    for (const _ of walkRule(parts.value, wallTime(ANY_START))) return undefined;
    return undefined;
  } catch (problem) {
    if (!(problem instanceof BadRule)) throw problem;
    return `is no valid rule: ${problem.message}`;
  }
}

function partsOf(time: ICAL.Time) {
  const { year, month, day, hour, minute, second } = time;
  return time.isDate ? { year, month, day } : { year, month, day, hour, minute, second };
}

function utcOf(time: ICAL.Time): DateTime {
  return DateTime.fromObject(partsOf(time), { zone: 'utc' });
}

function wallTime({ year, month, day, hour, minute, second }: DateTime): ICAL.Time {
  return new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, ICAL.Timezone.localTimezone);
}
