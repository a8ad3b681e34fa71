/**
 * The periods of a rule, and when it occurs in each: RFC 5545, 3.3.10, with its table of what expands a period and
 * what limits it.
 *
 * ical.js reads rules, but its iterator gets several wrong (a yearly 29th of February comes on the 1st of March in
 * other years, BYWEEKNO and the positions of other than monthly rules are passed over), and a great INTERVAL keeps it
 * busy for minutes. Here each period is reached in one step, and of its days those are taken that every part of the
 * rule allows.
 */
import { utcMs } from './zones';

export type Frequency = 'SECONDLY' | 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

export interface RuleParts {
  freq: Frequency;
  interval: number;
  /** On which a week begins, Sunday is 0. */
  weekStart: number;
  bySecond?: number[];
  byMinute?: number[];
  byHour?: number[];
  byDay?: Weekday[];
  byMonthDay?: number[];
  byYearDay?: number[];
  byWeekNo?: number[];
  byMonth?: number[];
  bySetPos?: number[];
}

export interface Weekday {
  /** Sunday is 0. */
  day: number;
  /** Which one of the month or year, from its end where negative; absent: each. */
  nth?: number;
}

export interface Period {
  /** Nothing of it, nor of the periods after it, is before this. */
  fromMs: number;
  /** When the rule occurs in it: wall times as if they were UTC, in order. */
  slots: number[];
  /** How many days were looked at for that. */
  looked: number;
}

const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Partial<Record<Frequency, number>>> = { HOURLY: 3_600_000, MINUTELY: 60_000, SECONDLY: 1_000 };
/** No rule goes on beyond it. */
const LAST_YEAR = 9999;
const END_MS = utcMs({ year: LAST_YEAR, month: 12, day: 31 }) + DAY_MS;

/**
 * @param startMs the first start, a wall time as if it were UTC; whatever a rule leaves open is as it has it.
 * @param allDay whether the rule is about days, so that its parts about times do not count.
 * Ends with the year 9999.
 */
export function* periodsOf(rule: RuleParts, startMs: number, allDay: boolean): Generator<Period, void> {
  const unitMs = UNIT_MS[rule.freq];
  const begin = new Date(startMs);
  if (unitMs === undefined) {
    const times = timesOf(rule, begin, allDay);
    for (const days of daysOfPeriods(rule, begin)) {
      const taken = days.filter(dayTest(rule, begin));
      const slots = taken.flatMap((day) => times.map((timeMs) => day * DAY_MS + timeMs));
      const fromMs = (days[0] as number) * DAY_MS;
      yield { fromMs, slots: atPositions(slots, rule.bySetPos), looked: days.length };
    }
    return;
  }
  const isDay = dayTest(rule, begin);
  const firstMs = Math.floor(startMs / unitMs) * unitMs;
  for (let atMs = firstMs; atMs < END_MS; atMs += unitMs * rule.interval) {
    const taken = isDay(Math.floor(atMs / DAY_MS)) ? timesWithin(rule, atMs, begin) : [];
    yield { fromMs: atMs, slots: atPositions(taken, rule.bySetPos), looked: 1 };
  }
}

/** Times of a day, for rules that go by days. */
function timesOf({ byHour, byMinute, bySecond }: RuleParts, begin: Date, allDay: boolean): number[] {
  if (allDay) return [0];
  const hours = byHour ?? [begin.getUTCHours()];
  const minutes = byMinute ?? [begin.getUTCMinutes()];
  const seconds = bySecond ?? [begin.getUTCSeconds()];
  const times = hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000)),
  );
  return inOrder(times);
}

/** Times of the hour, minute or second that begins there. */
function timesWithin({ freq, byHour, byMinute, bySecond }: RuleParts, atMs: number, begin: Date): number[] {
  const at = new Date(atMs);
  if (byHour?.includes(at.getUTCHours()) === false) return [];
  if (freq !== 'HOURLY' && byMinute?.includes(at.getUTCMinutes()) === false) return [];
  if (freq === 'SECONDLY') return bySecond?.includes(at.getUTCSeconds()) === false ? [] : [atMs];
  const seconds = (bySecond ?? [begin.getUTCSeconds()]).map((second) => Math.min(second, 59) * 1000);
  if (freq === 'MINUTELY') return inOrder(seconds.map((second) => atMs + second));
  const minutes = (byMinute ?? [begin.getUTCMinutes()]).map((minute) => minute * 60_000);
  return inOrder(minutes.flatMap((minute) => seconds.map((second) => atMs + minute + second)));
}

/** The days, counted from 1970, that each period might have. */
function* daysOfPeriods({ freq, interval, weekStart, byWeekNo, byMonth }: RuleParts, begin: Date): Generator<number[]> {
  const first = Math.floor(begin.getTime() / DAY_MS);
  const year = begin.getUTCFullYear();
  const month = begin.getUTCMonth();
  const step = freq === 'WEEKLY' ? 7 * interval : interval;
  const from = freq === 'WEEKLY' ? first - ((weekdayOf(first) - weekStart + 7) % 7) : first;
  for (let k = 0; ; k++) {
    if (freq === 'DAILY' || freq === 'WEEKLY') {
      const day = from + k * step;
      if (day * DAY_MS >= END_MS) return;
      yield freq === 'DAILY' ? [day] : range(day, day + 7);
    } else if (freq === 'MONTHLY') {
      const index = month + k * step;
      if (year + Math.floor(index / 12) > LAST_YEAR) return;
      yield monthDays(year, index);
    } else {
      if (year + k * step > LAST_YEAR) return;
      yield yearDays(year + k * step, weekStart, byWeekNo !== undefined, byMonth);
    }
  }
}

/** Of a year that is counted by weeks, those of its weeks: some belong to the years beside it. */
function yearDays(year: number, weekStart: number, byWeeks: boolean, byMonth: number[] | undefined): number[] {
  if (byWeeks) return range(firstWeek(year, weekStart), firstWeek(year + 1, weekStart));
  if (byMonth !== undefined) return inOrder([...new Set(byMonth)]).flatMap((month) => monthDays(year, month - 1));
  return range(dayNumber(year, 0), dayNumber(year + 1, 0));
}

function monthDays(year: number, index: number): number[] {
  return range(dayNumber(year, index), dayNumber(year, index + 1));
}

/** The test that every part about days allows a day, and those that only the start tells. */
function dayTest(rule: RuleParts, begin: Date): (day: number) => boolean {
  const { freq, byMonth, byWeekNo, byYearDay, byMonthDay, byDay, weekStart } = rule;
  const open = byMonthDay === undefined && byDay === undefined && byYearDay === undefined;
  const weekdays = byDay ?? (open && (freq === 'WEEKLY' || byWeekNo) ? [{ day: begin.getUTCDay() }] : undefined);
  const monthDay = open && !weekdays && (freq === 'MONTHLY' || freq === 'YEARLY') ? [begin.getUTCDate()] : byMonthDay;
  const months = byMonth ?? (open && !weekdays && freq === 'YEARLY' ? [begin.getUTCMonth() + 1] : undefined);
  const inMonth = freq === 'MONTHLY' || byMonth !== undefined;
  return (day) => {
    const at = new Date(day * DAY_MS);
    const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
    if (months?.includes(month + 1) === false) return false;
    if (byWeekNo && !isCounted(byWeekNo, ...weekOf(day, weekStart))) return false;
    if (byYearDay && !isCounted(byYearDay, day - dayNumber(year, 0) + 1, dayNumber(year + 1, 0) - dayNumber(year, 0)))
      return false;
    if (monthDay && !isCounted(monthDay, at.getUTCDate(), dayNumber(year, month + 1) - dayNumber(year, month)))
      return false;
    return weekdays === undefined || weekdays.some((weekday) => isWeekday(weekday, day, at, inMonth));
  };
}

function isWeekday({ day: wanted, nth }: Weekday, day: number, at: Date, inMonth: boolean): boolean {
  if (at.getUTCDay() !== wanted) return false;
  if (nth === undefined) return true;
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const [from, before] = inMonth
    ? [dayNumber(year, month), dayNumber(year, month + 1)]
    : [dayNumber(year, 0), dayNumber(year + 1, 0)];
  return nth > 0 ? Math.floor((day - from) / 7) + 1 === nth : -(Math.floor((before - 1 - day) / 7) + 1) === nth;
}

/** Whether the nth of so many is among numbers that count from either end. */
function isCounted(numbers: readonly number[], nth: number, total: number): boolean {
  return numbers.includes(nth) || numbers.includes(nth - total - 1);
}

/** The number of a day's week, and how many weeks its year has. The first week has at least four days in it. */
function weekOf(day: number, weekStart: number): [nth: number, total: number] {
  const year = new Date((day - ((weekdayOf(day) - weekStart + 7) % 7) + 3) * DAY_MS).getUTCFullYear();
  const from = firstWeek(year, weekStart);
  return [Math.floor((day - from) / 7) + 1, (firstWeek(year + 1, weekStart) - from) / 7];
}

function firstWeek(year: number, weekStart: number): number {
  const fourth = dayNumber(year, 0) + 3;
  return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7);
}

function atPositions(slots: number[], positions: readonly number[] | undefined): number[] {
  if (positions === undefined) return slots;
  return slots.filter((_, i) => isCounted(positions, i + 1, slots.length));
}

/** Days from 1970 to the first of a month; `index` may lie outside of the year. */
function dayNumber(year: number, index: number): number {
  return utcMs({ year: year + Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1, day: 1 }) / DAY_MS;
}

function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function range(from: number, before: number): number[] {
  return Array.from({ length: before - from }, (_, i) => from + i);
}

function inOrder(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
