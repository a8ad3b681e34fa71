/**
 * Walks the occurrences of one RRULE in wall time, with ical.js, and never for ever.
 *
 * ical.js steps from day to day (or second to second) until a day matches; a rule that nothing matches, such as every
 * seventh day from a Monday on, if it is a Tuesday, would keep it busy until the end of time. Steps are counted here.
 */
import ICAL from 'ical.js';
import { ruleFault } from './rule-form';

/** Steps of one walk, matching or not: days of 130 years, hours of 5. A rule that needs more is at its end. */
export const STEPS_LIMIT = 50_000;

/** The value of an RRULE is no rule, or one that cannot start. `message` is the end of a sentence: `has no FREQ`. */
export class BadRule extends Error {}

/**
 * @param rule value of an RRULE line.
 * @param start the first start as floating wall time.
 * @param localUntil turns UNTIL into floating wall time, where that is needed.
 * Yields one object again and again: read it before the next step. Returns why there are no more. Throws BadRule.
 */
export function* walkRule(
  rule: string,
  start: ICAL.Time,
  localUntil: (until: ICAL.Time) => ICAL.Time = (until) => until,
): Generator<ICAL.Time, 'end' | 'out-of-steps'> {
  const iterator = iteratorOf(rule, start, localUntil);
  const matches = iterator.check_contracting_rules.bind(iterator);
  let stepsLeft = STEPS_LIMIT;
  iterator.check_contracting_rules = () => {
    if (--stepsLeft < 0) throw new OutOfSteps();
    return matches();
  };
  try {
    for (let next = iterator.next(); next; next = iterator.next()) yield next;
  } catch (problem) {
    // Besides our own stop, ical.js gives up on rules whose occurrences do not move on.
    if (!(problem instanceof OutOfSteps) && !/death by recursion/.test((problem as Error).message)) throw problem;
    return 'out-of-steps';
  }
  return 'end';
}

class OutOfSteps extends Error {}

function iteratorOf(rule: string, start: ICAL.Time, localUntil: (until: ICAL.Time) => ICAL.Time): ICAL.RecurIterator {
  const fault = ruleFault(rule);
  if (fault !== undefined) throw new BadRule(fault);
  try {
    const recur = ICAL.Recur.fromString(rule);
    if (recur.until) recur.until = localUntil(recur.until);
    return recur.iterator(start);
  } catch (problem) {
    throw new BadRule(`cannot be followed (${(problem as Error).message.split('\n')[0]})`);
  }
}
