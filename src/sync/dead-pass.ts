/**
 * Notices a pass that was killed while it called a provider, and does not do the same again at once.
 *
 * Google ends an execution without `finally`; a provider that hangs for a minute would kill every pass before its
 * commit, for ever. So a pass leaves a mark while it acts. A mark that is still there tells the next pass to leave the
 * provider alone for a while and to commit what it read.
 *
 * A store that refuses to write is another way to do the same again: every pass would tell the provider all that the
 * passes before it told. So a refused commit leaves a mark too, and whoever finds it commits first and acts then.
 */
import { isAddOnError } from '../core/errors';
import { pauseAfter } from '../core/pause';
import type { SyncDeps } from './deps';
import type { UserState } from './user-state';

const ACTING = 'acting:';
const UNWRITTEN = 'unwritten';

export function noteDeadPass(state: UserState, deps: SyncDeps, nowMs: number): void {
  const names = [...deps.solutions.keys()].map((solution) => ACTING + solution);
  for (const name of deps.marks.take([...names, UNWRITTEN])) {
    if (name === UNWRITTEN) {
      state.wasRefused = true;
      continue;
    }
    const solution = name.slice(ACTING.length);
    const once = pauseAfter(state.pauses.get(solution), { kind: 'unavailable' }, nowMs);
    const pause = once !== undefined && once.failures < 2 ? pauseAfter(once, { kind: 'unavailable' }, nowMs) : once;
    if (pause !== undefined) state.pauses.set(solution, pause);
    deps.log({ event: 'dead-pass', solution });
  }
}

/** Marks the solutions whose providers are about to be called, as far as they may be called now. */
export function withActingMark(solutions: readonly string[], state: UserState, deps: SyncDeps, act: () => void): void {
  const nowMs = deps.clock.nowMs();
  const isOpen = (solution: string) => (state.pauses.get(solution)?.untilMs ?? 0) <= nowMs;
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
