/**
 * Budget: how much of an execution's time is left.
 *
 * Google gives add-ons 30 s and scripts 6 minutes, and does not say which of the two an add-on's trigger gets; so a
 * pass keeps to 25 s and stops at a safe point. https://developers.google.com/apps-script/guides/services/quotas
 */
import type { Clock } from '../ports/platform';

export const PASS_BUDGET_MS = 25_000;
/** Below this no further page is read, no event looked at, no provider called: what remains is for the commit. */
export const COMMIT_RESERVE_MS = 5_000;

/** Below this no event is looked at any more: a look that leaves no time to act on it would be made again for ever. */
export const ACT_RESERVE_MS = 12_000;

export interface Budget {
  leftMs(): number;
  /** True while there is time for more than what is reserved: the commit, unless said otherwise. */
  allows(reserveMs?: number): boolean;
}

export function startBudget(clock: Clock, totalMs = PASS_BUDGET_MS): Budget {
  const endMs = clock.nowMs() + totalMs;
  const leftMs = () => endMs - clock.nowMs();
  return { leftMs, allows: (reserveMs = COMMIT_RESERVE_MS) => leftMs() > reserveMs };
}
