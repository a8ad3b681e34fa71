/**
 * A look at the vendor when the card of an event opens: what differs there is said at once, and noted for the next pass.
 *
 * Nothing else waits for it: without an answer in a few seconds the card says what the ledger knows. What is noted is written
 * under the user's lock, and not at all while a pass has it: that one, or a later look, finds it too.
 */
import { bindingKey } from '../core/binding';
import { isAddOnError } from '../core/errors';
import type { EventConference } from '../ports/event-status';
import type { ReadOutcome } from '../ports/provider';
import { startBudget } from './budget';
import type { SyncDeps } from './deps';
import type { Ended } from './provider-client';
import { UserState } from './user-state';
import { afterRead, changedThere, type Looked, mayLook, readAll } from './vendor-looks';

const LOOK_BUDGET_MS = 10_000;
const LOCK_WAIT_MS = 1_000;

export function lookForCard(
  looked: Looked | undefined,
  state: UserState,
  deps: SyncDeps,
): Pick<EventConference, 'atVendor'> {
  if (looked === undefined || !mayLook(looked.binding, state, deps)) return {};
  const [outcome] = readAll([looked], deps, startBudget(deps.clock, LOOK_BUDGET_MS));
  if (outcome === undefined || (outcome.kind !== 'read' && outcome.kind !== 'gone')) return {};
  const then = note(looked, outcome, deps);
  if (outcome.kind === 'gone') return { atVendor: 'gone' };
  const fields = changedThere(outcome.shown, looked.untold);
  return fields.length === 0 ? {} : { atVendor: { fields: new Set(fields), then } };
}

function note(looked: Looked, outcome: ReadOutcome | Ended, deps: SyncDeps): 'told-again' | 'asks' | 'later' {
  const { binding } = looked;
  if (afterRead(binding, looked, outcome, deps, 0) === binding) return 'asks';
  if (!deps.lock.tryTake(LOCK_WAIT_MS)) return 'later';
  try {
    const state = new UserState(deps.store.readAll());
    const now = state.ledger.get(bindingKey(binding));
    if (now?.delivered !== binding.delivered || now.todo !== undefined) return 'later';
    const after = afterRead(now, looked, outcome, deps, deps.clock.nowMs());
    state.ledger.put(after);
    state.commit(deps.store);
    return after.todo === undefined ? 'asks' : 'told-again';
  } catch (thrown) {
    if (isAddOnError(thrown)) return 'later';
    throw thrown;
  } finally {
    deps.lock.release();
  }
}
