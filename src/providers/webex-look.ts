/**
 * What Webex shows of a meeting, beside what it would be told: in the answer of a look, or of an update. Webex writes rules in
 * its own way, so of a series only whether it is one is compared, and the clock of its first start.
 * Webex: https://developer.webex.com/docs/api/v1/meetings/get-a-meeting
 */
import type { Meeting } from '../core/meeting';
import { localTimeIn } from '../core/zone';
import { instantMs } from './instant';
import { wallTime } from './repetition';
import { asKept, type Comparison, minuteOf } from './shown';
import type { WebexSchedule } from './webex-schedule';

/** @param nowMs when the answer was made: a start that has passed is not taken by Webex. */
export function compareWebex(
  meeting: Meeting,
  told: { title: string; agenda: string; schedule: WebexSchedule },
  shown: Record<string, unknown>,
  nowMs: number,
): Comparison {
  const isSeries = told.schedule.recurrence !== null;
  return {
    title: [asKept(told.title), asKept(shown.title)],
    description: [asKept(told.agenda), asKept(shown.agenda)],
    recurrence: [isSeries, typeof shown.recurrence === 'string'],
    time: isSeries ? clockOf(meeting, shown) : timeOf(meeting, told.schedule, shown, nowMs),
  };
}

function timeOf(
  meeting: Meeting,
  { start, end }: WebexSchedule,
  shown: Record<string, unknown>,
  nowMs: number,
): Comparison['time'] {
  const [from, until] = [minuteOf(shown.start), minuteOf(shown.end)];
  if (from === undefined || until === undefined || !(instantMs(meeting.start) > nowMs)) return undefined;
  const startMinute = Math.floor(instantMs(meeting.start) / 60_000);
  const minutes = Math.round((Date.parse(`${end.slice(0, 19)}Z`) - Date.parse(`${start.slice(0, 19)}Z`)) / 60_000);
  return [
    [startMinute, minutes],
    [from, until - from],
  ];
}

function clockOf({ start }: Meeting, shown: Record<string, unknown>): Comparison['time'] {
  const from = minuteOf(shown.start);
  if (from === undefined) return undefined;
  return [wallTime(start).slice(11, 16), localTimeIn(start.timeZone, from * 60_000)?.slice(11, 16)];
}
