/**
 * Connects a person to a provider, and lets go on what waited for it.
 *
 * The grant is kept first. Whatever fails after it costs time only: the hourly sweep finds the same work.
 */
import { isAddOnError } from '../core/errors';
import type { Entered, LoginPair } from '../ports/app-password';
import type { Completion } from '../ports/grants';
import { releaseHeld } from './accounts';
import type { SyncDeps } from './deps';
import { runSweep } from './sweep';
import { UserState } from './user-state';

/** Google may end the callback after 30 s; a sweep takes up to 25. */
const SWEEP_WITHIN_MS = 4_000;

/** @param answer the parameters that the provider, and Google's state token, sent back. */
export function connect(deps: SyncDeps, answer: Readonly<Record<string, string>>): Completion {
  const startMs = deps.clock.nowMs();
  const completion = deps.grants.complete(answer, (provider) => quietly(deps, () => resume(provider, deps)));
  const inTime = deps.clock.nowMs() - startMs < SWEEP_WITHIN_MS;
  if (completion.kind === 'connected' && inTime) quietly(deps, () => runSweep(deps, { repair: false, by: 'person' }));
  return completion;
}

/** A person has entered a login and an app password. */
export function enterPassword(deps: SyncDeps, provider: string, pair: LoginPair): Entered {
  const startMs = deps.clock.nowMs();
  const end = deps.grants.enter(provider, pair, (name) => quietly(deps, () => resume(name, deps)));
  if (end === 'connected' && deps.clock.nowMs() - startMs < SWEEP_WITHIN_MS)
    quietly(deps, () => runSweep(deps, { repair: false, by: 'person' }));
  return end;
}

/** What was refused for want of a grant is due now, as if it had never been tried. Under the user's lock. */
function resume(provider: string, deps: SyncDeps): void {
  const solutions = new Set<string>();
  for (const { id, providerName } of deps.solutions.values()) if (providerName === provider) solutions.add(id);
  const state = new UserState(deps.store.readAll());
  for (const solution of solutions) {
    if (state.pauses.get(solution)?.reason === 'unauthorised') state.pauses.delete(solution);
  }
  // To-dos are kept to the second.
  const notBeforeMs = deps.clock.nowMs() - 1_000;
  for (const binding of state.ledger.all()) {
    const { solution, todo } = binding;
    if (todo === undefined || !solutions.has(solution)) continue;
    // A repair that was refused for want of a grant has made no attempt.
    if (todo.attempts === 0 && todo.kind !== 'repair') continue;
    state.ledger.put({ ...binding, todo: { ...todo, attempts: 0, parked: false, notBeforeMs } });
  }
  releaseHeld(state, deps, notBeforeMs);
  state.commit(deps.store);
}

function quietly(deps: SyncDeps, work: () => unknown): void {
  try {
    work();
  } catch (thrown) {
    deps.log({ event: 'stopped', code: isAddOnError(thrown) ? thrown.code : 'unexpected' });
  }
}
