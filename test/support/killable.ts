/**
 * Ends an execution at one of its calls to the outside, as Google does: after it nothing is called any more, in no
 * `finally` either. Only the lock is let go, by the platform.
 */
import type { SyncWorld } from './sync-world';

export interface Kills {
  /** The `nth` call from now on is the last one of its execution; `after`: it is carried out all the same. */
  plan(nth: number, after: boolean): void;
  /** The execution has taken too long over what it is computing: it ends here, if one runs. */
  takesTooLong(): void;
  /** Nothing is killed any more. */
  callOff(): void;
  /** Runs one execution, to its end or to its death. */
  execute(run: () => void): void;
}

type Calls = Record<string, (...args: unknown[]) => unknown>;

export function killable({ store, marks, calendar, meet }: SyncWorld): Kills {
  let left = 0;
  let after = false;
  let state: 'idle' | 'running' | 'dead' = 'idle';
  const die = (): never => {
    state = 'dead';
    throw new Error('killed');
  };
  const guard = (port: object, names: readonly string[]) => {
    const calls = port as Calls;
    for (const name of names) {
      const call = (calls[name] as Calls[string]).bind(port);
      calls[name] = (...args) => {
        if (state === 'idle') return call(...args);
        if (state === 'dead') return die();
        const isLast = left > 0 && --left === 0;
        if (isLast && !after) return die();
        const answer = call(...args);
        return isLast ? die() : answer;
      };
    }
  };
  guard(store, ['write']);
  guard(marks, ['put', 'take']);
  guard(calendar, ['listPage', 'get', 'putConference', 'occurrences']);
  guard(meet, ['sendAll']);
  return {
    plan(nth, carriedOut) {
      left = nth;
      after = carriedOut;
    },
    takesTooLong() {
      if (state === 'running') die();
    },
    callOff() {
      left = 0;
    },
    execute(run) {
      state = 'running';
      try {
        run();
      } catch (thrown) {
        if ((state as string) !== 'dead') throw thrown;
      } finally {
        state = 'idle';
      }
    },
  };
}
