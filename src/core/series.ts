/**
 * When does an event end for good? Needed only to forget it some time later, so an upper bound is enough.
 *
 * RFC 5545, 3.3.10: UNTIL bounds a rule by time, COUNT by number of occurrences, neither means for ever.
 */

import { lastOccurrenceDay } from './last-occurrence';
import type { Meeting, Moment } from './meeting';
import { momentMs } from './meeting';
import { DAY_MS, HOUR_MS } from './policies';
import { localTimeIn } from './zone';

/** Longest stretch one step of a rule can take, padded: the 31st, a fifth Friday and 29 February skip many. */
const LONGEST_STEP_MS: Readonly<Record<string, number>> = {
  SECONDLY: 1_000,
  MINUTELY: 60_000,
  HOURLY: 3_600_000,
  DAILY: DAY_MS,
  WEEKLY: 7 * DAY_MS,
  MONTHLY: 8 * 31 * DAY_MS,
  YEARLY: 8 * 366 * DAY_MS,
};

const MONTH_MS = 31 * DAY_MS;
const YEAR_MS = 366 * DAY_MS;

type Rule = Readonly<Record<string, string>>;

/**
 * The BY parts that leave something in nearly every step. Others may thin a rule out ("daily, in January", "monthly, on
 * a Friday the 31st"): then COUNT bounds nothing we could name.
 */
const NOT_THINNING: Readonly<Record<string, readonly string[]>> = {
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY', 'BYDAY,BYSETPOS'],
  YEARLY: ['BYDAY'],
};

/** A whole day, a date or a floating time is at most so far from its UTC reading. */
const UNSURE_MS = DAY_MS;

/** Epoch milliseconds, rounded up to a whole minute; 0 when the series has no end. */
export function endOf(meeting: Meeting): number {
  const startMs = momentMs(meeting.start);
  const lengthMs = Math.max(0, momentMs(meeting.end) - startMs);
  let lastStartMs = startMs;
  for (const line of meeting.recurrence) {
    const name = line.slice(0, line.search(/[:;]/)).toUpperCase();
    if (name === 'RRULE') {
      const lastMs = lastStartOf(line, meeting.start);
      if (lastMs === undefined) return 0;
      lastStartMs = Math.max(lastStartMs, lastMs);
    } else if (name === 'RDATE') {
      for (const text of line.slice(line.lastIndexOf(':') + 1).split(',')) {
        const dateMs = icalTimeMs(text);
        if (dateMs === undefined) return 0;
        lastStartMs = Math.max(lastStartMs, dateMs + UNSURE_MS);
      }
    }
  }
  return Math.ceil((lastStartMs + lengthMs) / 60_000) * 60_000;
}

/** The parts of an RRULE line, in upper case. */
export function partsOf(line: string): Rule {
  const rule: Record<string, string> = {};
  for (const pair of line.slice(line.indexOf(':') + 1).split(';')) {
    const [name, value] = pair.split('=') as [string, string?];
    if (value !== undefined) rule[name.toUpperCase()] = value.toUpperCase();
  }
  return rule;
}

function lastStartOf(line: string, start: Moment): number | undefined {
  const startMs = momentMs(start);
  const rule = partsOf(line);
  if (rule.UNTIL !== undefined) return lastStartBefore(rule, start);
  const count = Number(rule.COUNT);
  const frequency = rule.FREQ ?? '';
  const stepMs = LONGEST_STEP_MS[frequency];
  if (!(count > 0) || stepMs === undefined) return undefined;
  const parts = Object.keys(rule).filter((name) => name.startsWith('BY'));
  const known = NOT_THINNING[frequency] ?? [];
  if (parts.length > 0 && !known.includes(parts.sort().join())) return undefined;
  const step = sureStepMs(rule, start) ?? stepMs;
  return startMs + count * Math.max(1, Number(rule.INTERVAL) || 1) * step + UNSURE_MS;
}

/** The longest step of a rule that leaves out few or none; undefined for a rule of which that is not known. */
function sureStepMs({ FREQ, BYMONTHDAY, BYDAY, BYSETPOS, INTERVAL }: Rule, start: Moment): number | undefined {
  if (BYDAY !== undefined) {
    const isInEachMonth = BYSETPOS === undefined && /^(-1|[+]?[1-4])[A-Z]{2}$/.test(BYDAY);
    return FREQ === 'MONTHLY' && isInEachMonth ? MONTH_MS : undefined;
  }
  const date = ('ms' in start ? start.local : start.date).slice(5, 10);
  if (FREQ === 'YEARLY') return BYMONTHDAY === undefined && date !== '02-29' ? YEAR_MS : undefined;
  const day = Number(BYMONTHDAY ?? date.slice(3));
  if (FREQ !== 'MONTHLY' || !(day >= 1)) return undefined;
  // No two months in a row are too short for a day.
  return day <= 28 ? MONTH_MS : day <= 31 && Number(INTERVAL ?? 1) === 1 ? 2 * MONTH_MS : undefined;
}

/** UNTIL as a date means all of that day. Compared as local times: a rule keeps its hour when the clocks change. */
function lastStartBefore(rule: Readonly<Record<string, string>>, start: Moment): number | undefined {
  const until = rule.UNTIL as string;
  const untilMs = icalTimeMs(until);
  if (untilMs === undefined) return undefined;
  const first = 'ms' in start ? start.local : start.date;
  const isInstant = 'ms' in start && until.endsWith('Z');
  const last = (isInstant && localTimeIn(start.timeZone, untilMs)) || new Date(untilMs).toISOString();
  const isShort = until.includes('T') && 'ms' in start && last.slice(10) < first.slice(10);
  const days = Math.round((utcMidnight(last) - utcMidnight(first)) / DAY_MS) - (isShort ? 1 : 0);
  const day = lastOccurrenceDay(rule, first.slice(0, 10), Math.max(0, days));
  if (day === undefined) return untilMs + UNSURE_MS;
  return momentMs(start) + day * DAY_MS + ('ms' in start ? HOUR_MS : UNSURE_MS);
}

function utcMidnight(local: string): number {
  return Date.parse(`${local.slice(0, 10)}T00:00:00Z`);
}

/** Epoch milliseconds of an iCalendar time, read as UTC, or of a date's midnight; undefined for anything else. */
export function icalTimeMs(text: string): number | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(text);
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1).map((digits) => Number(digits ?? 0));
  return Date.UTC(year as number, (month as number) - 1, day, hour, minute, second);
}
