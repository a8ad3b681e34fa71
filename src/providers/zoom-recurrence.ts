/**
 * An event's repetition as Zoom can have it: exactly, or not at all.
 *
 * Zoom knows days, weeks and months, one day or one weekday of a month, at most 60 times. Whatever would come out
 * differently there is answered with the reason instead.
 * Zoom: https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings
 */
import type { Meeting, Moment } from '../core/meeting';
import { beginsInStep, countUntil, nextStart, type Repetition, type Rule, repetitionOf, ruleOf } from './repetition';

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

const MAX_OCCURRENCES = 60;
const MAX_INTERVAL = { day: 99, week: 50, month: 10 };
/** Months have no fewer days. What Zoom does with a 31st where there is none is not documented. */
const SURE_MONTH_DAYS = 28;
const TOO_PARTICULAR = { reason: 'its rule is too particular' };

/** The repetition of a series master, whose `recurrence` is not empty. */
export function zoomRecurrence({ recurrence, start }: Meeting): ZoomRecurrence | Misfit {
  const [line, ...more] = recurrence;
  if (recurrence.filter((one) => /^RRULE:/i.test(one)).length > 1) return { reason: 'it has more than one rule' };
  if (line === undefined || more.length > 0 || !/^RRULE:/i.test(line)) return { reason: 'it has dates of its own' };
  const rule = ruleOf(line);
  const repetition = repetitionOf(rule, start);
  if (repetition === undefined) return rule.FREQ === 'YEARLY' ? { reason: 'it repeats yearly' } : TOO_PARTICULAR;
  const misfit = misfitOf(repetition, start);
  if (misfit !== undefined) return misfit;
  const end_times = timesOf(repetition, rule, start);
  return typeof end_times === 'number' ? { ...patternOf(repetition), end_times } : end_times;
}

/**
 * The same series from its first occurrence after `nowMs` on: Zoom takes no start that has passed.
 * @returns undefined when none is left. `start` is wall time in the meeting's zone.
 */
export function fromNowOn(meeting: Meeting, nowMs: number): { start: string; recurrence: ZoomRecurrence } | undefined {
  const recurrence = zoomRecurrence(meeting);
  if ('reason' in recurrence) return undefined;
  const repetition = repetitionOf(ruleOf(meeting.recurrence[0] as string), meeting.start) as Repetition;
  const { end_times } = recurrence;
  const next = nextStart(repetition, meeting.start, nowMs, end_times === 0 ? undefined : end_times);
  if (next === undefined) return undefined;
  const left = end_times === 0 ? 0 : end_times - next.passed;
  return { start: next.start, recurrence: { ...recurrence, end_times: left } };
}

function misfitOf(repetition: Repetition, start: Moment): Misfit | undefined {
  if (repetition.every > MAX_INTERVAL[repetition.unit]) return { reason: 'it repeats too seldom' };
  if ('date' in repetition && repetition.date > SURE_MONTH_DAYS) return { reason: 'not every month has its day' };
  if (repetition.unit === 'week') {
    const { every, weekdays, weekStart } = repetition;
    // Zoom's week begins on Sunday. It matters to a Sunday among others, every other week.
    if (every > 1 && weekdays.length > 1 && weekStart !== 0 && (weekdays.includes(0) || weekStart > 1)) {
      return { reason: 'its weeks begin on another day than Zoom’s' };
    }
  }
  return beginsInStep(repetition, start) ? undefined : { reason: 'its first day is not one of its rule' };
}

function patternOf(repetition: Repetition): Omit<ZoomRecurrence, 'end_times'> {
  const repeat_interval = repetition.every;
  if (repetition.unit === 'day') return { type: 1, repeat_interval };
  if (repetition.unit === 'week') {
    return { type: 2, repeat_interval, weekly_days: repetition.weekdays.map((day) => day + 1).join(',') };
  }
  if ('date' in repetition) return { type: 3, repeat_interval, monthly_day: repetition.date };
  return { type: 3, repeat_interval, monthly_week: repetition.week, monthly_week_day: repetition.weekday + 1 };
}

/** UNTIL is counted out: what Zoom makes of the hour of an end date is not documented. */
function timesOf(repetition: Repetition, rule: Rule, start: Moment): number | Misfit {
  if (rule.COUNT === undefined && rule.UNTIL === undefined) return 0;
  const count =
    rule.COUNT === undefined
      ? countUntil(repetition, start, rule.UNTIL as string, MAX_OCCURRENCES + 1)
      : Number(rule.COUNT);
  if (count === undefined || Number.isNaN(count)) return TOO_PARTICULAR;
  return count > MAX_OCCURRENCES ? { reason: `it repeats more than ${MAX_OCCURRENCES} times` } : Math.max(1, count);
}
