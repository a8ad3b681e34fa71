/** A meeting's points in time as vendors want them: instants, local times, last days. */
import type { Moment } from '../core/meeting';
import { momentMs } from '../core/meeting';
import { DAY_MS } from '../core/policies';
import { exactLocalTime, localTimeIn } from '../core/zone';

/** Epoch milliseconds. A day begins at its midnight in the calendar's zone, or when the clocks have jumped over it. */
export function instantMs(point: Moment): number {
  if ('ms' in point) return point.ms;
  const { date, timeZone } = point;
  const wallMs = momentMs(point);
  const localAt = (ms: number) => localTimeIn(timeZone, ms) ?? new Date(ms).toISOString().slice(0, 19);
  const withOffsetAt = (ms: number) => wallMs - (Date.parse(`${localAt(ms)}Z`) - ms);
  // No zone changes its clocks twice within two days.
  const [before, after] = [withOffsetAt(wallMs - DAY_MS), withOffsetAt(wallMs + DAY_MS)];
  const isMidnight = (ms: number) => localAt(ms) === `${date}T00:00:00`;
  return isMidnight(after) && !isMidnight(before) ? after : before;
}

/**
 * RFC 3339: the local time in the point's own zone, with its offset where that local time comes twice. Of a whole day: when
 * it begins.
 */
export function exactLocalTimeOf(point: Moment): string {
  const { timeZone } = point;
  const ms = instantMs(point);
  const local = 'ms' in point ? point.local : (localTimeIn(timeZone, ms) ?? `${point.date}T00:00:00`);
  return exactLocalTime(timeZone, ms, local);
}

/** yyyy-mm-dd of the last day that a meeting with this end has: the end of whole days is the day after, as Google's. */
export function lastDay(end: Moment): string {
  if ('date' in end) return new Date(momentMs(end) - DAY_MS).toISOString().slice(0, 10);
  // Who ends at midnight has nothing of the day that begins there.
  return (localTimeIn(end.timeZone, end.ms - 1) ?? end.local).slice(0, 10);
}
