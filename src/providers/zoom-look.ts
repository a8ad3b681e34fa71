/**
 * What Zoom shows of a meeting, beside what it would be told. Of a series no more is compared than Zoom shows alike for
 * everybody: its kind, the rhythm of its rule, and whether any occurrence to come begins when its rule says.
 * Zoom: https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}
 */
import type { Meeting } from '../core/meeting';
import { localTimeIn } from '../core/zone';
import type { HttpAnswer } from '../ports/http';
import type { ReadOutcome } from '../ports/provider';
import { isSuccess, jsonOf } from './answers';
import { instantMs } from './instant';
import { wallTime } from './repetition';
import { asKept, type Comparison, minuteOf, shownOf } from './shown';
import { readOccurrences, zoomFailure } from './zoom-answers';

const SCHEDULED = 2;
const RECURRING = 8;

/** @param told the body that Zoom would be told everything with. */
export function lookAtZoom(meeting: Meeting, told: Record<string, unknown>, answer: HttpAnswer): ReadOutcome {
  if (!isSuccess(answer)) return zoomFailure(answer);
  const shown = (jsonOf(answer) ?? {}) as Record<string, unknown>;
  if (typeof shown.type !== 'number' || typeof shown.topic !== 'string') return { kind: 'unavailable' };
  const nowMs = Date.parse(answer.headers.date ?? '');
  return {
    kind: 'read',
    shown: shownOf({
      title: [asKept(told.topic), asKept(shown.topic)],
      description: [asKept(told.agenda), asKept(shown.agenda)],
      ...whenOf(meeting, told, shown, nowMs),
    }),
  };
}

function whenOf(
  meeting: Meeting,
  told: Record<string, unknown>,
  shown: Record<string, unknown>,
  nowMs: number,
): Comparison {
  if (told.type !== shown.type) return { time: [told.type, shown.type] };
  if (told.type === SCHEDULED) {
    // Of a start that has passed Zoom takes no change.
    if (!(instantMs(meeting.start) > nowMs)) return {};
    const minute = Math.floor(instantMs(meeting.start) / 60_000);
    return {
      time: [
        [minute, told.duration],
        [minuteOf(shown.start_time), shown.duration],
      ],
    };
  }
  if (told.type !== RECURRING) return {};
  return { time: clockOf(meeting, shown, nowMs), recurrence: [rhythmOf(told.recurrence), rhythmOf(shown.recurrence)] };
}

/** One occurrence that begins when the rule says is enough: the others may have been moved on their own. */
function clockOf(meeting: Meeting, shown: Record<string, unknown>, nowMs: number): Comparison['time'] {
  const ahead = (readOccurrences(shown)?.occurrences ?? []).filter(
    ({ startMs, deleted }) => !deleted && startMs > nowMs,
  );
  if (ahead.length === 0) return undefined;
  const wanted = wallTime(meeting.start).slice(11, 16);
  const clocks = ahead.map(({ startMs }) => localTimeIn(meeting.start.timeZone, startMs)?.slice(11, 16));
  return [wanted, clocks.includes(wanted) ? wanted : clocks[0]];
}

function rhythmOf(recurrence: unknown): unknown {
  const { type, repeat_interval, weekly_days } = (recurrence ?? {}) as Record<string, unknown>;
  const days = typeof weekly_days === 'string' ? weekly_days.split(',').sort().join(',') : '';
  return [type, repeat_interval ?? 1, days];
}
