/**
 * Ends series of which nothing is left: every occurrence, past or coming, was deleted, one by one or by dates of the series.
 *
 * Google counts, not we: rules come from strangers, and what a rule means it knows best. Where only the coming ones are gone
 * the conference stays, as after any last date.
 */
import { bindingKey } from '../core/binding';
import type { DiffContext } from '../core/diff';
import { isAddOnError } from '../core/errors';
import { planActions } from '../core/plan';
import { mayBeEmpty } from '../core/plan-row';
import type { Budget } from './budget';
import { ACT_RESERVE_MS } from './budget';
import type { SyncDeps } from './deps';
import type { UserState } from './user-state';

/** Each takes a call of some 200 ms. */
const MAX_SERIES = 20;

/** Plans the end of each; what cannot be read now stays marked. */
export function endEmptySeries(
  state: UserState,
  deps: SyncDeps,
  budget: Budget,
  contextOf: (calendar: string) => DiffContext | undefined,
): void {
  const nowMs = deps.clock.nowMs();
  const thinned = state.ledger
    .all()
    .filter((binding) => binding.thinned && binding.state === 'live' && mayBeEmpty(binding, nowMs))
    .filter(({ calendar }) => contextOf(calendar) !== undefined);
  for (const binding of thinned.slice(0, MAX_SERIES)) {
    if (!budget.allows(ACT_RESERVE_MS)) return;
    const context = contextOf(binding.calendar) as DiffContext;
    const hasOccurrences = deps.calendar.hasOccurrences(context.calendarId, binding.eventId);
    if (isAddOnError(hasOccurrences)) {
      deps.log({ event: 'occurrences-failed', calendar: context.calendar, code: hasOccurrences.code });
      if (hasOccurrences.code !== 'event-absent' && hasOccurrences.code !== 'request-wrong') continue;
    }
    const current = state.ledger.get(bindingKey(binding));
    if (current === undefined) continue;
    const { thinned: _seen, ...seen } = current;
    state.ledger.put(seen);
    if (hasOccurrences !== false) continue;
    const plan = { calendar: context.calendar, policies: deps.policies, nowMs, retry: false, hasRoom: true };
    planActions([{ kind: 'event-gone', binding: seen, vanished: false }], state.ledger, plan);
  }
}
