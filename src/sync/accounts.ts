/** Which account the provider is asked as, and whose a conference is: joins the grants with the list in the state. */
import type { Whose } from '../core/account';
import { compareAccounts, releasedForAccount } from '../core/account';
import { characterOf } from '../core/account-list';
import type { Binding } from '../core/binding';
import type { SyncDeps } from './deps';
import type { UserState } from './user-state';

/** As whom a solution's provider is asked now; undefined where it is asked as nobody in particular, or nobody knows. */
export function accountInForce(solution: string, state: UserState, deps: SyncDeps): string | undefined {
  const provider = deps.solutions.get(solution)?.providerName;
  if (provider === undefined || !deps.grants.personal.includes(provider)) return undefined;
  return characterOf(deps.grants.accountOf(provider)?.mark, state.accounts, state.ledger);
}

/** Would the provider, asked now, be asked as the account that made this conference? */
export function whoseIs(binding: Binding, state: UserState, deps: SyncDeps): Whose {
  const provider = deps.solutions.get(binding.solution)?.providerName;
  if (provider === undefined || !deps.grants.personal.includes(provider)) return 'same';
  const mark = (character: string) => [...state.accounts].find(([, one]) => one === character)?.[0];
  return compareAccounts(binding.account, accountInForce(binding.solution, state, deps), mark);
}

/** As whom the provider was asked about a conference, and whether that is who made it. */
export function askedAs(binding: Binding, state: UserState, deps: SyncDeps) {
  return { account: accountInForce(binding.solution, state, deps), whose: whoseIs(binding, state, deps) };
}

/**
 * What another account did not know is due again. Costs nothing while there is no such conference. A connection that was cut
 * short before it could set this going is made up for by the next pass.
 */
export function releaseHeld(state: UserState, deps: SyncDeps, nowMs: number): void {
  for (const binding of state.ledger.all()) {
    if (binding.unknownTo === undefined) continue;
    const now = accountInForce(binding.solution, state, deps);
    if (now === undefined || now === binding.unknownTo) continue;
    state.ledger.put(releasedForAccount(binding, nowMs));
  }
}
