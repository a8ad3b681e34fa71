/**
 * Ends a conference that was kept on doubt, because a person says so: they know what became of its event.
 *
 * It takes another look all the same. If the event is in sight with its conference again, or others are, it stays.
 */
import type { Binding } from '../core/binding';
import { newToDo } from '../core/binding';
import { keptConferences } from '../core/whereabouts';
import type { KeptConference } from '../ports/people';
import type { SyncDeps } from './deps';
import type { PassEnd } from './pass';
import { runPass } from './pass';
import { UserState } from './user-state';

/** `ends`: it ends as soon as the provider can be told. `in-use`: an event in sight has it. */
export type EndKept = Exclude<PassEnd, 'done'> | 'ended' | 'ends' | 'in-use';

export function endKept(deps: SyncDeps, wanted: KeptConference): EndKept {
  const isWanted = (one: Pick<Binding, 'solution' | 'conference'>) =>
    one.solution === wanted.solution && one.conference === wanted.conference;
  const end = runPass(deps, [], 'person', ({ ledger }) => {
    const nowMs = deps.clock.nowMs();
    for (const binding of keptConferences(ledger, nowMs).filter(isWanted)) {
      // Should its event be in sight again, the conference may have been copied where it was.
      ledger.put({ ...binding, state: 'ending', strayed: true, endAsked: true, todo: newToDo('settle', nowMs) });
    }
  });
  if (end !== 'done') return end;
  const left = new UserState(deps.store.readAll()).ledger.all().filter(isWanted);
  if (left.length === 0) return 'ended';
  return left.some(({ state }) => state === 'ending') ? 'ends' : 'in-use';
}
