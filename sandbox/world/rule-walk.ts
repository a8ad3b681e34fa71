/**
 * Walks the occurrences of one RRULE in wall time, and never for ever: ical.js reads the rule, its periods are walked here
 * (rule-periods.ts).
 *
 * A rule that nothing matches, such as every seventh day from a Monday on, if it is a Tuesday, would be walked until the
 * end of time. Steps are counted.
 */
import ICAL from 'ical.js';
import { ruleFault } from './rule-form';
import { type Frequency, periodsOf, type RuleParts, type Weekday } from './rule-periods';
import { utcMs } from './zones';

/** Periods of one walk, matching or not: days of 130 years, hours of 5. A rule that needs more is at its end. */
export const STEPS_LIMIT = 50_000;
/** Days looked at in one walk, where a rule has to look at each: those of 400 years, after which the calendar repeats. */
const DAYS_LIMIT = 146_097;
const LAST_SECOND_MS = 86_399_000;

/** The value of an RRULE is no rule. `message` is the end of a sentence: `has no FREQ`. */
export class BadRule extends Error {}

/**
 * @param rule value of an RRULE line.
 * @param start the first start as floating wall time. Where the rule does not come by there, it is none of its
 * occurrences.
 * @param localUntil turns UNTIL into floating wall time, where that is needed.
 * Returns why there are no more: the rule's own end, or that none was found as far as the walk goes. Throws BadRule.
 */
export function* walkRule(
  rule: string,
  start: ICAL.Time,
  localUntil: (until: ICAL.Time) => ICAL.Time = (until) => until,
): Generator<ICAL.Time, 'end' | 'out-of-steps'> {
  const recur = readRule(rule);
  const startMs = utcMs(start);
  const untilMs = recur.until === null ? Number.POSITIVE_INFINITY : lastMs(localUntil(recur.until), start.isDate);
  let left = recur.count ?? Number.POSITIVE_INFINITY;
  let [steps, days] = [0, 0];
  for (const { fromMs, slots, looked } of periodsOf(partsOf(recur), startMs, start.isDate)) {
    if (fromMs > untilMs) return 'end';
    for (const slot of slots) {
      if (slot < startMs) continue;
      if (slot > untilMs) return 'end';
      yield timeAt(slot, start);
      if (--left <= 0) return 'end';
    }
    days += looked;
    if (++steps >= STEPS_LIMIT || days >= DAYS_LIMIT) return 'out-of-steps';
  }
  return 'out-of-steps';
}

function readRule(rule: string): ICAL.Recur {
  const fault = ruleFault(rule);
  if (fault !== undefined) throw new BadRule(fault);
  try {
    return ICAL.Recur.fromString(rule);
  } catch (problem) {
    throw new BadRule(`cannot be followed (${(problem as Error).message.split('\n')[0]})`);
  }
}

/** A day's UNTIL means its end, where the rule is about times. */
function lastMs(until: ICAL.Time, allDay: boolean): number {
  return utcMs(until) + (until.isDate && !allDay ? LAST_SECOND_MS : 0);
}

function partsOf({ freq, interval, wkst, parts }: ICAL.Recur): RuleParts {
  const numbers = (name: string, part: keyof RuleParts) => {
    const values = (parts as Record<string, number[]>)[name];
    return values === undefined ? {} : { [part]: values };
  };
  const days = (parts as Record<string, string[]>).BYDAY;
  return {
    freq: freq as Frequency,
    interval,
    weekStart: wkst - 1,
    ...numbers('BYSECOND', 'bySecond'),
    ...numbers('BYMINUTE', 'byMinute'),
    ...numbers('BYHOUR', 'byHour'),
    ...numbers('BYMONTHDAY', 'byMonthDay'),
    ...numbers('BYYEARDAY', 'byYearDay'),
    ...numbers('BYWEEKNO', 'byWeekNo'),
    ...numbers('BYMONTH', 'byMonth'),
    ...numbers('BYSETPOS', 'bySetPos'),
    ...(days !== undefined && { byDay: days.map(weekday) }),
  };
}

function weekday(text: string): Weekday {
  const nth = Number.parseInt(text, 10);
  return { day: ICAL.Recur.icalDayToNumericDay(text.slice(-2)) - 1, ...(!Number.isNaN(nth) && { nth }) };
}

function timeAt(ms: number, { isDate, zone }: ICAL.Time): ICAL.Time {
  const at = new Date(ms);
  const day = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
  const time = { hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() };
  return new ICAL.Time({ ...day, ...(isDate ? {} : time), isDate }, zone);
}
