/**
 * The simple repetitions, day by day: every n-th day, week or month, as Calendar's own editor writes them.
 *
 * Times are wall times in the event's zone throughout. Of any other rule nothing is said.
 * RFC 5545, 3.3.10.
 */
import type { Meeting, Moment } from '../core/meeting';
import { instantIn, localTimeIn } from '../core/zone';

/** Weekdays count from Sunday, 0. `week` -1 is the last of the month. */
export type Repetition =
  | { unit: 'day'; every: number }
  | { unit: 'week'; every: number; weekdays: readonly number[]; weekStart: number }
  | { unit: 'month'; every: number; date: number }
  | { unit: 'month'; every: number; week: number; weekday: number };

export type Rule = Readonly<Record<string, string>>;

const DAY_MS = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const KNOWN_PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS'];
/** Some hundreds of years. */
const MAX_DAYS = 100_000;

/** The parts of an RRULE line, in upper case. */
export function ruleOf(line: string): Rule {
  const pairs = line
    .slice(line.indexOf(':') + 1)
    .toUpperCase()
    .split(';')
    .map((pair) => pair.split('='));
  return Object.fromEntries(pairs.filter(([name, value]) => name && value)) as Rule;
}

/** Undefined for a rule that is not simple. Where it ends is not looked at. */
export function repetitionOf(rule: Rule, start: Moment): Repetition | undefined {
  const every = Number(rule.INTERVAL ?? 1);
  if (!(every >= 1) || !Number.isSafeInteger(every) || Object.keys(rule).some((part) => !KNOWN_PARTS.includes(part)))
    return undefined;
  const first = wallTime(start).slice(0, 10);
  const days = rule.BYDAY?.split(',') ?? [];
  if (rule.FREQ === 'MONTHLY') return monthly(days, every, rule, first);
  if (rule.BYMONTHDAY !== undefined || rule.BYSETPOS !== undefined) return undefined;
  if (rule.FREQ === 'DAILY' && days.length === 0) return { unit: 'day', every };
  // "Every weekday" as a daily rule is a weekly one.
  if (rule.FREQ !== 'WEEKLY' && !(rule.FREQ === 'DAILY' && every === 1)) return undefined;
  const weekdays = days.length === 0 ? [weekdayOf(first)] : days.map((day) => WEEKDAYS.indexOf(day));
  if (weekdays.includes(-1)) return undefined;
  return {
    unit: 'week',
    every,
    weekdays: [...new Set(weekdays)].sort(),
    weekStart: WEEKDAYS.indexOf(rule.WKST ?? 'MO'),
  };
}

function monthly(days: readonly string[], every: number, rule: Rule, first: string): Repetition | undefined {
  if (days.length === 0 && rule.BYSETPOS === undefined) {
    const date = Number(rule.BYMONTHDAY ?? first.slice(8));
    return date >= 1 ? { unit: 'month', every, date } : undefined;
  }
  const [, place, day] = /^([+-]?\d)?([A-Z]{2})$/.exec(days[0] ?? '') ?? [];
  const week = Number(place ?? rule.BYSETPOS ?? Number.NaN);
  const weekday = WEEKDAYS.indexOf(day ?? '');
  const isOne = days.length === 1 && rule.BYMONTHDAY === undefined && (place === undefined || !rule.BYSETPOS);
  return isOne && weekday >= 0 && [-1, 1, 2, 3, 4].includes(week) ? { unit: 'month', every, week, weekday } : undefined;
}

/** Is the first start one of the repetition's own? */
export function beginsInStep(repetition: Repetition, start: Moment): boolean {
  const first = wallTime(start).slice(0, 10);
  return isOn(repetition, first, first);
}

/** How many starts there are up to UNTIL, but no more than `most`; undefined when it is no time. */
export function countUntil(repetition: Repetition, start: Moment, until: string, most: number): number | undefined {
  const last = untilOf(until, start);
  if (last === undefined) return undefined;
  let times = 0;
  for (const time of walk(repetition, start)) {
    if (time > last || times === most) break;
    times++;
  }
  return times;
}

/**
 * The first start after `nowMs` from which a vendor can repeat, and how many come before it.
 *
 * A start in the hour that the clocks skip in spring is none: a vendor puts it an hour later, and all that follow with it. It
 * is passed over, unless it is the last of all.
 * @param times how many starts there are; left out: any number.
 */
export function nextStart(
  repetition: Repetition,
  start: Moment,
  nowMs: number,
  times = Number.POSITIVE_INFINITY,
): { start: string; passed: number } | undefined {
  const now = localTimeIn(start.timeZone, nowMs) ?? new Date(nowMs).toISOString().slice(0, 19);
  let passed = 0;
  let skipped: { start: string; passed: number } | undefined;
  for (const time of walk(repetition, start)) {
    if (passed >= times) break;
    if (time > now) {
      const shown = onTheClock(start.timeZone, time);
      if (shown === time) return { start: time, passed };
      skipped ??= { start: shown, passed };
    }
    passed++;
  }
  return skipped;
}

/** What the clocks show then: as long after their change as the time names, where they skip it. */
function onTheClock(timeZone: string, local: string): string {
  const ms = instantIn(timeZone, local);
  return (ms === undefined ? undefined : localTimeIn(timeZone, ms)) ?? local;
}

/** yyyy-mm-ddThh:mm:ss; a whole day begins at its midnight. */
export function wallTime(point: Moment): string {
  return 'ms' in point ? point.local : `${point.date}T00:00:00`;
}

/** The only RRULE of a meeting; undefined when there is none, or several. */
export function onlyRule({ recurrence }: Pick<Meeting, 'recurrence'>): string | undefined {
  const [line, ...more] = recurrence.filter((one) => /^RRULE:/i.test(one));
  return more.length === 0 ? line : undefined;
}

/** As wall time. A date means all of that day. */
function untilOf(until: string, start: Moment): string | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(until);
  if (found === null) return undefined;
  const [, year, month, day, hour = '23', minute = '59', second = '59', utc] = found;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return utc === 'Z' && 'ms' in start ? localTimeIn(start.timeZone, Date.parse(`${text}Z`)) : text;
}

function* walk(repetition: Repetition, start: Moment): Generator<string> {
  const [first, time] = wallTime(start).split('T') as [string, string];
  const firstMs = Date.parse(`${first}T00:00:00Z`);
  for (let step = 0; ; step++) {
    const [from, to] = daysOf(step * repetition.every, repetition, first);
    if (from >= MAX_DAYS) return;
    for (let day = Math.max(0, from); day <= to; day++) {
      const date = new Date(firstMs + day * DAY_MS).toISOString().slice(0, 10);
      if (isOn(repetition, first, date)) yield `${date}T${time}`;
    }
  }
}

/**
 * The days of the day, week or month of this number, as days after the first. So what the rule leaves out is passed over at
 * once: whoever may share a calendar may write any interval.
 */
function daysOf(index: number, repetition: Repetition, first: string): [from: number, to: number] {
  if (repetition.unit === 'day') return [index, index];
  if (repetition.unit === 'week') {
    const from = index * 7 - ((weekdayOf(first) - repetition.weekStart + 7) % 7);
    return [from, from + 6];
  }
  const [year, month] = first.split('-').map(Number) as [number, number];
  const dayAt = (months: number) => Math.round((Date.UTC(year, month - 1 + months, 1) - Date.parse(first)) / DAY_MS);
  return Number.isNaN(dayAt(index + 1)) ? [MAX_DAYS, MAX_DAYS] : [dayAt(index), dayAt(index + 1) - 1];
}

function isOn(repetition: Repetition, first: string, date: string): boolean {
  const days = (Date.parse(date) - Date.parse(first)) / DAY_MS;
  const { unit, every } = repetition;
  if (unit === 'day') return days % every === 0;
  const weekday = weekdayOf(date);
  if (unit === 'week') {
    const week = Math.floor((days + ((weekdayOf(first) - repetition.weekStart + 7) % 7)) / 7);
    return week % every === 0 && repetition.weekdays.includes(weekday);
  }
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const [firstYear, firstMonth] = first.split('-').map(Number) as [number, number];
  if ((12 * (year - firstYear) + month - firstMonth) % every !== 0) return false;
  if ('date' in repetition) return day === repetition.date;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isInWeek = repetition.week === -1 ? day > daysInMonth - 7 : Math.ceil(day / 7) === repetition.week;
  return isInWeek && weekday === repetition.weekday;
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
