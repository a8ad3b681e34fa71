/**
 * When a meeting is, in Webex's terms: local times beside a zone, and a rule.
 * Webex: https://developer.webex.com/docs/api/v1/meetings/create-a-meeting
 */
import type { Meeting, Moment } from '../core/meeting';
import { momentMs } from '../core/meeting';
import { exactLocalTime, instantIn, localTimeIn } from '../core/zone';
import type { HttpAnswer } from '../ports/http';
import { instantMs } from './instant';
import { countUntil, nextStart, onlyRule, type Repetition, repetitionOf, ruleOf, wallTime } from './repetition';

const MINUTE_MS = 60_000;
const MIN_MINUTES = 10;
const MAX_MINUTES = 24 * 60 - 1;
/** Webex has no series of more occurrences: days of five years. */
const MAX_TIMES = 1_826;

export interface WebexTimes {
  start: string;
  end: string;
  timezone: string;
}

export interface WebexSchedule extends WebexTimes {
  /** Without `RRULE:`; null for a single meeting. */
  recurrence: string | null;
}

export function scheduleOf(meeting: Meeting): WebexSchedule {
  const rule = onlyRule(meeting);
  return { ...timesOf(meeting), recurrence: rule === undefined ? null : rule.slice(rule.indexOf(':') + 1) };
}

/** @param from the start, if not the meeting's own: wall time in its zone. */
export function timesOf({ start, end }: Pick<Meeting, 'start' | 'end'>, from?: string): WebexTimes {
  const minutes = Math.ceil((momentMs(end) - momentMs(start)) / MINUTE_MS);
  const lengthMs = Math.min(MAX_MINUTES, Math.max(MIN_MINUTES, minutes)) * MINUTE_MS;
  const timezone = start.timeZone;
  if (from === undefined && 'ms' in start) {
    // Over a change of the clocks the wall shows another end than start and length say.
    return { start: exactly(timezone, start.ms), end: exactly(timezone, start.ms + lengthMs), timezone };
  }
  const begin = from ?? wallTime(start);
  return { start: begin, end: wallEnd(timezone, begin, lengthMs), timezone };
}

/** A day of 25 hours is longer than Webex takes, although the wall does not show it. */
function wallEnd(timezone: string, begin: string, lengthMs: number): string {
  const until = new Date(Date.parse(`${begin}Z`) + lengthMs).toISOString().slice(0, 19);
  const [beginMs, untilMs] = [instantIn(timezone, begin), instantIn(timezone, until)];
  if (beginMs === undefined || untilMs === undefined || untilMs - beginMs <= MAX_MINUTES * MINUTE_MS) return until;
  return localTimeIn(timezone, beginMs + MAX_MINUTES * MINUTE_MS) as string;
}

/** ISO 8601. The zone of a moment is known: what is not known here became UTC when the event was read. */
function exactly(timezone: string, ms: number): string {
  return exactLocalTime(timezone, ms, localTimeIn(timezone, ms) as string);
}

/**
 * The schedule from the next occurrence on, once Webex has refused the first start for having passed.
 * @returns undefined when it has not passed, when nothing is left, or when the next one cannot be told.
 */
export function rescheduledFromNowOn(meeting: Meeting, answer: HttpAnswer): WebexSchedule | undefined {
  const { start } = meeting;
  const nowMs = Date.parse(answer.headers.date ?? '');
  const line = onlyRule(meeting);
  if (!(instantMs(start) <= nowMs) || line === undefined) return undefined;
  const rule = ruleOf(line);
  const repetition = repetitionOf(rule, start);
  const times = rule.UNTIL === undefined ? Number(rule.COUNT) || undefined : timesUntil(repetition, rule.UNTIL, start);
  const next = repetition && nextStart(repetition, start, nowMs, times);
  if (next === undefined) return undefined;
  const left = Number(rule.COUNT) - next.passed;
  const whole = line.slice(line.indexOf(':') + 1);
  const recurrence = rule.COUNT === undefined ? whole : whole.replace(/COUNT=\d+/i, `COUNT=${left}`);
  return { ...timesOf(meeting, next.start), recurrence };
}

/** An UNTIL that is no time bounds nothing. */
function timesUntil(repetition: Repetition | undefined, until: string, start: Moment): number | undefined {
  return repetition && countUntil(repetition, start, until, MAX_TIMES);
}

/** What Webex does not show of a meeting, in sentences for people. */
export function webexCaveats(meeting: Meeting): string[] {
  const rule = onlyRule(meeting);
  const parts = rule === undefined ? {} : ruleOf(rule);
  const hasSeveralDays = /^(MONTHLY|YEARLY)$/.test(parts.FREQ ?? '') && /,/.test(parts.BYMONTHDAY ?? parts.BYDAY ?? '');
  const minutes = (momentMs(meeting.end) - momentMs(meeting.start)) / MINUTE_MS;
  return [
    ...(rule === undefined ? withoutOneRule(meeting) : besideItsRule(meeting)),
    ...(hasSeveralDays ? ['Webex has the first of the days in the month only.'] : []),
    ...(minutes > MAX_MINUTES ? ['Webex shows no more than its first 23 hours and 59 minutes.'] : []),
  ];
}

/** Webex takes one rule, and without any there is one meeting. */
function withoutOneRule({ recurrence }: Meeting): string[] {
  if (recurrence.length === 0) return [];
  const why = recurrence.some((line) => /^RRULE:/i.test(line))
    ? 'has more than one rule'
    : 'repeats on dates of its own';
  return [`Webex has the first date of this event only, because it ${why}; the link serves all of them.`];
}

function besideItsRule({ recurrence }: Meeting): string[] {
  const has = (name: RegExp) => recurrence.some((line) => name.test(line));
  return [
    ...(has(/^RDATE/i) ? ['Webex does not have the dates that the event adds to its rule.'] : []),
    ...(has(/^EXRULE/i) ? ['Webex has dates that the event leaves out by a second rule.'] : []),
  ];
}
