/** When a day begins, for vendors that know instants only. */
import type { Moment } from '../core/meeting';
import { momentMs } from '../core/meeting';
import { DAY_MS } from '../core/policies';
import { localTimeIn } from '../core/zone';

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
