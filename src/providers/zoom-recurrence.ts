/**
 * An event's repetition as Zoom can have it: exactly, or not at all.
 *
 * Zoom knows days, weeks and months, one day or one weekday of a month, at most 60 times. Whatever would come out
 * differently there is answered with the reason instead. Times are wall times in the event's zone throughout.
 * Zoom: https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings
 */
import type { Meeting, Moment } from '../core/meeting';
import { localTimeIn } from '../core/zone';

/** As in Zoom's API. */
export interface ZoomRecurrence {
  type: 1 | 2 | 3;
  repeat_interval: number;
  /** 1 is Sunday. */
  weekly_days?: string;
  monthly_day?: number;
  /** -1 is the last week. */
  monthly_week?: number;
  monthly_week_day?: number;
  /** 0: without end. */
  end_times: number;
}

/** In words for people: "it repeats yearly". */
export type Misfit = { reason: string };

const DAY_MS = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const MAX_OCCURRENCES = 60;
const MAX_DAYS = 100_000;
const MAX_INTERVAL = { 1: 99, 2: 50, 3: 10 } as const;
/** Months have no fewer days. What Zoom does with a 31st where there is none is not documented. */
const SURE_MONTH_DAYS = 28;
const KNOWN_PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS'];

type Rule = Readonly<Record<string, string>>;
type Pattern = Omit<ZoomRecurrence, 'end_times'>;

/** The repetition of a series master, whose `recurrence` is not empty. */
export function zoomRecurrence({ recurrence, start }: Meeting): ZoomRecurrence | Misfit {
  const [line, ...more] = recurrence;
  if (line === undefined || more.length > 0 || !/^RRULE:/i.test(line)) return { reason: 'it has dates of its own' };
  const rule = ruleOf(line);
  const strange = Object.keys(rule).find((part) => !KNOWN_PARTS.includes(part));
  if (strange !== undefined) return { reason: 'its rule is too particular' };
  const first = wallTime(start).slice(0, 10);
  const pattern = patternOf(rule, first);
  if ('reason' in pattern) return pattern;
  if (!(pattern.repeat_interval <= MAX_INTERVAL[pattern.type])) return { reason: 'it repeats too seldom' };
  if (!isOn(pattern, first, first)) return { reason: 'its first day is not one of its rule' };
  const end_times = timesOf(pattern, rule, start);
  return typeof end_times === 'number' ? { ...pattern, end_times } : end_times;
}

/**
 * The same series from its first occurrence after `nowMs` on: Zoom takes no start that has passed.
 * @returns undefined when none is left. `start` is wall time in the meeting's zone.
 */
export function fromNowOn(
  recurrence: ZoomRecurrence,
  start: Moment,
  nowMs: number,
): { start: string; recurrence: ZoomRecurrence } | undefined {
  const now = localTimeIn(start.timeZone, nowMs) ?? new Date(nowMs).toISOString().slice(0, 19);
  const { end_times } = recurrence;
  let passed = 0;
  for (const time of walk(recurrence, start)) {
    if (end_times !== 0 && passed === end_times) return undefined;
    if (time > now) {
      const left = end_times === 0 ? 0 : end_times - passed;
      return { start: time, recurrence: { ...recurrence, end_times: left } };
    }
    passed++;
  }
  return undefined;
}

/** yyyy-mm-ddThh:mm:ss; a whole day begins at its midnight. */
export function wallTime(point: Moment): string {
  return 'ms' in point ? point.local : `${point.date}T00:00:00`;
}

function ruleOf(line: string): Rule {
  const pairs = line
    .slice(line.indexOf(':') + 1)
    .toUpperCase()
    .split(';')
    .map((pair) => pair.split('='));
  return Object.fromEntries(pairs.filter(([name, value]) => name && value)) as Rule;
}

function patternOf(rule: Rule, first: string): Pattern | Misfit {
  const repeat_interval = Number(rule.INTERVAL ?? 1);
  const days = rule.BYDAY?.split(',') ?? [];
  switch (rule.FREQ) {
    case 'DAILY':
      if (rule.BYMONTHDAY !== undefined || rule.BYSETPOS !== undefined) break;
      if (days.length === 0) return { type: 1, repeat_interval };
      // "Every weekday" as a daily rule is a weekly one.
      return repeat_interval === 1 ? weekly(days, 1, rule, first) : { reason: 'its rule is too particular' };
    case 'WEEKLY':
      if (rule.BYMONTHDAY !== undefined || rule.BYSETPOS !== undefined) break;
      return weekly(days, repeat_interval, rule, first);
    case 'MONTHLY':
      return monthly(days, repeat_interval, rule, first);
    case 'YEARLY':
      return { reason: 'it repeats yearly' };
  }
  return { reason: 'its rule is too particular' };
}

function weekly(days: readonly string[], repeat_interval: number, rule: Rule, first: string): Pattern | Misfit {
  const numbers = days.length === 0 ? [weekdayOf(first)] : days.map((day) => WEEKDAYS.indexOf(day));
  if (numbers.includes(-1)) return { reason: 'its rule is too particular' };
  // Zoom's week begins on Sunday, the rule's on Monday unless it says otherwise. It matters to a Sunday among others.
  if (repeat_interval > 1 && numbers.length > 1 && numbers.includes(0) && rule.WKST !== 'SU') {
    return { reason: 'its weeks begin on another day than Zoom’s' };
  }
  const sorted = [...new Set(numbers)].sort();
  return { type: 2, repeat_interval, weekly_days: sorted.map((number) => number + 1).join(',') };
}

function monthly(days: readonly string[], repeat_interval: number, rule: Rule, first: string): Pattern | Misfit {
  if (days.length === 0 && rule.BYSETPOS === undefined) {
    const monthly_day = Number(rule.BYMONTHDAY ?? first.slice(8));
    if (monthly_day >= 1 && monthly_day <= SURE_MONTH_DAYS) return { type: 3, repeat_interval, monthly_day };
    return { reason: 'not every month has its day' };
  }
  const [, week, day] = /^([+-]?\d)?([A-Z]{2})$/.exec(days[0] ?? '') ?? [];
  const place = Number(week ?? rule.BYSETPOS ?? Number.NaN);
  const simple = days.length === 1 && rule.BYMONTHDAY === undefined && (week === undefined || !rule.BYSETPOS);
  if (!simple || ![-1, 1, 2, 3, 4].includes(place) || !WEEKDAYS.includes(day as string)) {
    return { reason: 'its rule is too particular' };
  }
  return { type: 3, repeat_interval, monthly_week: place, monthly_week_day: WEEKDAYS.indexOf(day as string) + 1 };
}

/** UNTIL is counted out: what Zoom makes of the hour of an end date is not documented. */
function timesOf(pattern: Pattern, rule: Rule, start: Moment): number | Misfit {
  const tooOften = { reason: `it repeats more than ${MAX_OCCURRENCES} times` };
  if (rule.COUNT !== undefined) {
    const count = Number(rule.COUNT);
    return count >= 1 && count <= MAX_OCCURRENCES ? count : tooOften;
  }
  if (rule.UNTIL === undefined) return 0;
  const until = untilOf(rule.UNTIL, start);
  if (until === undefined) return { reason: 'its rule is too particular' };
  let times = 0;
  for (const time of walk(pattern, start)) {
    if (time > until) break;
    if (++times > MAX_OCCURRENCES) return tooOften;
  }
  return Math.max(1, times);
}

/** As wall time. A date means all of that day. */
function untilOf(until: string, start: Moment): string | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(until);
  if (found === null) return undefined;
  const [, year, month, day, hour = '23', minute = '59', second = '59', utc] = found;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return utc === 'Z' && 'ms' in start ? localTimeIn(start.timeZone, Date.parse(`${text}Z`)) : text;
}

/** The starts of a pattern, for some hundreds of years at most. */
function* walk(pattern: Pattern, start: Moment): Generator<string> {
  const [first, time] = wallTime(start).split('T') as [string, string];
  const firstMs = Date.parse(`${first}T00:00:00Z`);
  for (let day = 0; day < MAX_DAYS; day++) {
    const date = new Date(firstMs + day * DAY_MS).toISOString().slice(0, 10);
    if (isOn(pattern, first, date)) yield `${date}T${time}`;
  }
}

function isOn(pattern: Pattern, first: string, date: string): boolean {
  const days = (Date.parse(date) - Date.parse(first)) / DAY_MS;
  const { repeat_interval } = pattern;
  if (pattern.type === 1) return days % repeat_interval === 0;
  const weekday = weekdayOf(date);
  if (pattern.type === 2) {
    const week = Math.floor((days + weekdayOf(first)) / 7);
    return week % repeat_interval === 0 && (pattern.weekly_days as string).split(',').includes(String(weekday + 1));
  }
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const [firstYear, firstMonth] = first.split('-').map(Number) as [number, number];
  if ((12 * (year - firstYear) + month - firstMonth) % repeat_interval !== 0) return false;
  if (pattern.monthly_day !== undefined) return day === pattern.monthly_day;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isInWeek =
    pattern.monthly_week === -1 ? day > daysInMonth - 7 : Math.ceil(day / 7) === (pattern.monthly_week as number);
  return isInWeek && weekday + 1 === pattern.monthly_week_day;
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
