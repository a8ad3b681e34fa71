/**
 * The last day on or before UNTIL on which a rule has an occurrence. A series that was split ends with an UNTIL just
 * before the other half begins: which of the two drives their conference turns on this.
 *
 * Knows days, weeks and months with days of the week, which is what Calendar's editor writes; says nothing of the rest.
 * Whoever may share a calendar may write any rule: however far its end lies and whatever it repeats by, only a few of its
 * steps are looked at. RFC 5545, 3.3.10.
 */
import { DAY_MS } from './policies';

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const BY_PARTS: Readonly<Record<string, readonly string[]>> = {
  DAILY: ['BYDAY'],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY'],
};

/**
 * Steps that are looked at, from the last one back. Every n-th day meets each day of the week in seven. A week that counts is
 * there whole, or the one before it is. The 31st and a fifth Friday leave out a few months, and 29 February eight years.
 */
const STEPS: Readonly<Record<string, number>> = { DAILY: 7, WEEKLY: 2, MONTHLY: 9 };

interface Grid {
  /** UTC midnight of the first occurrence's local date. */
  first: Date;
  interval: number;
  /** What the rule has after BY…=, without plus signs; empty if it has no such part. */
  by: ReadonlySet<string>;
  weekStart: number;
}

/**
 * @param rule the parts of an RRULE, in upper case.
 * @param firstDate yyyy-mm-dd, the local date of the first occurrence.
 * @param days how many days after it UNTIL lies, at most.
 * @returns days after the first occurrence; undefined for a rule it cannot tell of.
 */
export function lastOccurrenceDay(
  rule: Readonly<Record<string, string>>,
  firstDate: string,
  days: number,
): number | undefined {
  const frequency = rule.FREQ ?? '';
  const known = BY_PARTS[frequency];
  const by = Object.keys(rule).filter((name) => name.startsWith('BY'));
  if (known === undefined || by.length > 1 || by.some((name) => !known.includes(name))) return undefined;
  const grid: Grid = {
    first: new Date(`${firstDate}T00:00:00Z`),
    interval: Math.max(1, Math.floor(Number(rule.INTERVAL)) || 1),
    by: new Set(by[0] === undefined ? [] : (rule[by[0]] as string).split(',').map((part) => part.replace('+', ''))),
    weekStart: Math.max(0, WEEKDAYS.indexOf(rule.WKST ?? 'MO')),
  };
  const stepOf = { DAILY: dayStep, WEEKLY: weekStep, MONTHLY: monthStep }[frequency] as typeof dayStep;
  const last = Math.floor(indexAt(days, frequency, grid) / grid.interval);
  for (let step = last; step >= 0 && step > last - (STEPS[frequency] as number); step--) {
    const [from, to] = stepOf(step * grid.interval, grid);
    for (let day = Math.min(to, days); day >= from && day > 0; day--) {
      if (isOn(frequency, day, grid)) return day;
    }
    if (from <= 0) return 0;
  }
  return undefined;
}

/** Which day, week or month after the first one this day lies in. */
function indexAt(day: number, frequency: string, grid: Grid): number {
  if (frequency === 'DAILY') return day;
  if (frequency === 'WEEKLY') return Math.floor((day + daysIntoWeek(grid)) / 7);
  const date = dateAt(day, grid);
  return 12 * (date.getUTCFullYear() - grid.first.getUTCFullYear()) + date.getUTCMonth() - grid.first.getUTCMonth();
}

/** The days of the step, as days after the first occurrence. */
function dayStep(index: number, _grid: Grid): [from: number, to: number] {
  return [index, index];
}

function weekStep(index: number, grid: Grid): [from: number, to: number] {
  const from = index * 7 - daysIntoWeek(grid);
  return [from, from + 6];
}

function monthStep(index: number, { first }: Grid): [from: number, to: number] {
  const dayAt = (months: number) =>
    Math.round((Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months, 1) - first.getTime()) / DAY_MS);
  return [dayAt(index), dayAt(index + 1) - 1];
}

function daysIntoWeek({ first, weekStart }: Grid): number {
  return (first.getUTCDay() - weekStart + 7) % 7;
}

function dateAt(day: number, { first }: Grid): Date {
  return new Date(first.getTime() + day * DAY_MS);
}

/** Does the rule name this day of a step that counts? */
function isOn(frequency: string, day: number, grid: Grid): boolean {
  const { by, first } = grid;
  const date = dateAt(day, grid);
  const weekday = WEEKDAYS[date.getUTCDay()] as string;
  if (frequency === 'DAILY') return by.size === 0 || by.has(weekday);
  if (frequency === 'WEEKLY') return by.size === 0 ? date.getUTCDay() === first.getUTCDay() : by.has(weekday);
  const dayOfMonth = date.getUTCDate();
  if (by.size === 0) return dayOfMonth === first.getUTCDate();
  const fromEnd = daysInMonth(date) - dayOfMonth + 1;
  const weeks = [`${Math.ceil(dayOfMonth / 7)}${weekday}`, `-${Math.ceil(fromEnd / 7)}${weekday}`];
  return [weekday, ...weeks, String(dayOfMonth), `-${fromEnd}`].some((name) => by.has(name));
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
