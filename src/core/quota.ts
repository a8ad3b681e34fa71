/**
 * Quota: what a provider takes from one user in a day, and what of it is spent.
 *
 * The end of a conference costs nothing and never waits. When a meeting is comes before what it is about: details stop at
 * three fifths of the day's requests, times at nine tenths; what is left is for creates, which a person waits for. What
 * waits is due when the provider's next day begins.
 */
import type { Action } from './plan';
import { DAY_MS } from './policies';

/** Of one provider and one user. */
export interface Spent {
  /** Days since 1970, by UTC. */
  day: number;
  /** Requests of that day that count. */
  requests: number;
  /** The conference whose request was refused last for the day's limit; '' after another one was not. */
  refused: string;
}

const DETAILS_SHARE = 0.6;
const TIMES_SHARE = 0.9;

/** Providers' days begin at midnight UTC. */
function dayOf(nowMs: number): number {
  return Math.floor(nowMs / DAY_MS);
}

export function nextDayMs(nowMs: number): number {
  return (dayOf(nowMs) + 1) * DAY_MS;
}

/** Ends first, then times, then the rest. */
export function rankOf(action: Action): 0 | 1 | 2 {
  if (action.kind === 'cancel') return 0;
  const isTime = action.kind === 'update-occurrence' || action.fields.some((f) => f === 'time' || f === 'recurrence');
  return isTime ? 1 : 2;
}

/** How many requests of this rank the day still has room for. */
export function leftToday(spent: Spent | undefined, most: number, rank: 0 | 1 | 2, nowMs: number): number {
  if (rank === 0) return Number.POSITIVE_INFINITY;
  const requests = spent?.day === dayOf(nowMs) ? spent.requests : 0;
  return Math.max(0, Math.floor(most * (rank === 1 ? TIMES_SHARE : DETAILS_SHARE)) - requests);
}

/** Of another day nothing counts any more. */
export function spendMore(spent: Spent | undefined, requests: number, atMs: number, nowMs: number): Spent | undefined {
  if (dayOf(atMs) !== dayOf(nowMs)) return spent;
  const today = spent?.day === dayOf(nowMs) ? spent : { day: dayOf(nowMs), requests: 0, refused: '' };
  return { ...today, requests: today.requests + requests };
}

/**
 * After an answer that names the day's limit. One conference alone may have a limit of its own: only when two in a row are
 * refused is the day spent, whatever was counted.
 */
export function refusedToday(spent: Spent | undefined, conference: string, most: number, nowMs: number): Spent {
  const today = spendMore(spent, 0, nowMs, nowMs) as Spent;
  const isSpent = today.refused !== '' && today.refused !== conference;
  return { ...today, refused: conference, requests: isSpent ? Math.max(most, today.requests) : today.requests };
}
