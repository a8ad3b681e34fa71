/**
 * Notices a pass that was killed while it called a provider, and does not do the same again at once.
 *
 * Google ends an execution without `finally`; a provider that hangs for a minute would kill every pass before its
 * commit, for ever. So a pass leaves a mark while it acts. A mark that is still there tells the next pass to leave the
 * provider alone for a while and to commit what it read.
 *
 * A store that refuses to write is another way to do the same again: every pass would tell the provider all that the
 * passes before it told. So a refused commit leaves a mark too, and whoever finds it commits first and acts then.
 *
 * Either way providers may have been told what the ledger does not know. What such a pass had in hand comes again: its
 * rows, since its tokens were not stored, and its to-dos. They are taken for undelivered; a change that was taken back
 * meanwhile would pass for delivered otherwise.
 */
import { newToDo } from '../core/binding';
import type { DiffContext } from '../core/diff';
import { isAddOnError } from '../core/errors';
import { UNKNOWN } from '../core/fingerprint';
import type { Pause } from '../core/pause';
import { allowance, pauseAfter } from '../core/pause';
import type { Row } from '../core/row';
import type { SyncDeps } from './deps';
import { isDue } from './due';
import { PLANNING } from './hand';
import type { UserState } from './user-state';

const ACTING = 'acting:';
const UNWRITTEN = 'unwritten';
/** Stands until a pass has put on record what is in doubt. */
const DOUBT = 'doubt';

export function noteDeadPass(state: UserState, deps: SyncDeps, nowMs: number): void {
  const names = [...deps.solutions.keys()].map((solution) => ACTING + solution);
  const marked = deps.marks.take([...names, UNWRITTEN, DOUBT, PLANNING]);
  if (marked.includes(PLANNING)) {
    state.hand.isCareful = true;
    deps.log({ event: 'dead-pass', kind: 'planning' });
  }
  const found = marked.filter((name) => name !== PLANNING);
  if (found.length === 0) return;
  state.inDoubt = true;
  deps.marks.put(DOUBT);
  for (const name of found) {
    if (name === DOUBT) continue;
    if (name === UNWRITTEN) {
      state.wasRefused = true;
      continue;
    }
    const solution = name.slice(ACTING.length);
    const failed = (before?: Pause) => pauseAfter(before, { kind: 'unavailable' }, nowMs) as Pause;
    const once = failed(state.pauses.get(solution));
    state.pauses.set(solution, once.failures < 2 ? failed(once) : once);
    deps.log({ event: 'dead-pass', solution });
  }
}

/** Takes what a pass without a record had in hand for undelivered: these rows, and what is due. */
export function distrust(rows: readonly Row[], state: UserState, context: DiffContext): void {
  const { ledger } = state;
  const ids = new Set(rows.map((row) => row.id));
  for (const binding of ledger.all()) {
    if (binding.calendar !== context.calendar) continue;
    if (!ids.has(binding.eventId) && !isDue(binding, context.nowMs)) continue;
    const drivers = ledger.ofConference(binding).filter((other) => other.series === undefined);
    for (const told of binding.series === undefined ? drivers : [binding]) {
      if (told.delivered === '') continue;
      // No row brings one along whose conference only another event's row is about.
      const isOwed = told.state === 'live' && told.todo === undefined && !ids.has(told.eventId);
      const todo = isOwed ? newToDo('deliver', context.nowMs) : told.todo;
      ledger.put({ ...told, delivered: UNKNOWN, ...(todo !== undefined && { todo }) });
    }
  }
}

/** What was in doubt is on record now. */
export function noDoubtLeft(state: UserState, deps: SyncDeps): void {
  if (state.inDoubt) deps.marks.take([DOUBT]);
}

/** Marks the solutions whose providers are about to be called, as far as they may be called now. */
export function withActingMark(solutions: readonly string[], state: UserState, deps: SyncDeps, act: () => void): void {
  const nowMs = deps.clock.nowMs();
  const isOpen = (solution: string) => allowance(state.pauses.get(solution), nowMs) > 0;
  const names = [...new Set(solutions)].filter(isOpen).map((name) => ACTING + name);
  for (const name of names) deps.marks.put(name);
  try {
    if (state.wasRefused) state.commit(deps.store);
    act();
  } catch (thrown) {
    if (isAddOnError(thrown) && thrown.code === 'store-refused') deps.marks.put(UNWRITTEN);
    throw thrown;
  } finally {
    // A throw is no kill: whatever refused, it was not the provider that hung.
    if (names.length > 0) deps.marks.take(names);
  }
}
