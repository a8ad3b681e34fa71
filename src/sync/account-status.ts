/** What the card of an event tells of the person's account at the service. */
import type { Binding } from '../core/binding';
import type { EventConference } from '../ports/event-status';
import { whoseIs } from './accounts';
import type { SyncDeps } from './deps';
import type { UserState } from './user-state';

/** What was held until another account is connected is no longer so once the right one is: the next pass takes it up. */
export function accountsOf(
  binding: Binding,
  occurrence: Binding | undefined,
  state: UserState,
  deps: SyncDeps,
): Pick<EventConference, 'unknown' | 'account'> {
  const held = [binding, occurrence].find((one) => one?.unknownTo !== undefined && isHeld(one));
  const whose = held === undefined ? 'same' : whoseIs(held, state, deps);
  const provider = deps.solutions.get(binding.solution)?.providerName ?? '';
  const account = deps.grants.personal.includes(provider) ? deps.grants.accountOf(provider)?.name : undefined;
  return { ...(whose !== 'same' && { unknown: { whose } }), ...(account !== undefined && { account }) };
}

/** A to-do of its own that is not parked is a later change, and still to be tried. */
export function isHeld({ state, todo }: Binding): boolean {
  return state === 'broken' || todo?.parked === true;
}
