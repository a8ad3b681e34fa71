/**
 * The last day on or before UNTIL on which a rule has an occurrence. A series that was split ends with an UNTIL just
 * before the other half begins: which of the two drives their conference turns on this.
 *
 * Knows days, weeks and months with days of the week, which is what Calendar's editor writes; says nothing of the rest.
 * RFC 5545, 3.3.10.
 */
import { DAY_MS } from './policies';

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const BY_PARTS: Readonly<Record<string, readonly string[]>> = {
  DAILY: ['BYDAY'],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY'],
};
/** The 31st, a fifth Friday: at most so many months without one. */
const LONGEST_GAP_DAYS = 31 * 8;

interface Days {
  /** UTC midnight of the first occurrence's local date. */
  firstMs: number;
  interval: number;
  by: string[];
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
  const known = BY_PARTS[rule.FREQ ?? ''];
  const by = Object.keys(rule).filter((name) => name.startsWith('BY'));
  if (known === undefined || by.length > 1 || by.some((name) => !known.includes(name))) return undefined;
  const interval = Math.max(1, Number(rule.INTERVAL) || 1);
  const grid: Days = {
    firstMs: Date.parse(`${firstDate}T00:00:00Z`),
    interval,
    by: by[0] === undefined ? [] : (rule[by[0]] as string).split(','),
    weekStart: Math.max(0, WEEKDAYS.indexOf(rule.WKST ?? 'MO')),
  };
  const searchedTo = days - LONGEST_GAP_DAYS * interval;
  for (let day = days; day > 0 && day > searchedTo; day--) {
    if (isOn(rule.FREQ as string, day, grid)) return day;
  }
  return searchedTo > 0 ? undefined : 0;
}

function isOn(frequency: string, day: number, grid: Days): boolean {
  const date = new Date(grid.firstMs + day * DAY_MS);
  const first = new Date(grid.firstMs);
  const weekday = WEEKDAYS[date.getUTCDay()] as string;
  if (frequency === 'DAILY') return day % grid.interval === 0 && (grid.by.length === 0 || grid.by.includes(weekday));
  if (frequency === 'WEEKLY') {
    const week = Math.floor((day + ((first.getUTCDay() - grid.weekStart + 7) % 7)) / 7);
    const wanted = grid.by.length === 0 ? [WEEKDAYS[first.getUTCDay()] as string] : grid.by;
    return week % grid.interval === 0 && wanted.includes(weekday);
  }
  const months = 12 * (date.getUTCFullYear() - first.getUTCFullYear()) + date.getUTCMonth() - first.getUTCMonth();
  if (months % grid.interval !== 0) return false;
  const dayOfMonth = date.getUTCDate();
  const fromEnd = Math.ceil((daysInMonth(date) - dayOfMonth + 1) / 7);
  const names = [weekday, `${Math.ceil(dayOfMonth / 7)}${weekday}`, `-${fromEnd}${weekday}`];
  const numbers = [String(dayOfMonth), String(dayOfMonth - daysInMonth(date) - 1)];
  return grid.by.length === 0
    ? dayOfMonth === first.getUTCDate()
    : grid.by.some((part) => [...names, ...numbers].includes(part.replace('+', '')));
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
