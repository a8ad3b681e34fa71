/** Keeps a provider's daily quota: counts what is asked of it, and puts off what has to wait for its next day. */
import { bindingKey } from '../core/binding';
import type { Action } from '../core/plan';
import { leftToday, nextDayMs, rankOf, refusedToday, type Spent, spendMore } from '../core/quota';
import type { HttpRequest } from '../ports/http';
import type { SyncDeps } from './deps';
import type { UserState } from './user-state';

export interface Quota {
  /** How many more actions of this one's rank may go ahead today. */
  left(action: Action): number;
  /** For requests as they go out; undefined where nothing is counted. */
  counter(action: Action): ((request: HttpRequest) => void) | undefined;
  /** The provider says that the day's limit is reached. False: it has none that we know of. */
  refused(action: Action, conference: string): boolean;
  /** An action that counts was not refused. */
  accepted(action: Action): void;
}

export function quotas(state: UserState, deps: SyncDeps, nowMs: number): Quota {
  const limitOf = (action: Action) => dailyLimit(action.binding.solution, deps);
  const update = (name: string, spent: Spent | undefined) => {
    if (spent !== undefined) state.spent.set(name, spent);
  };
  return {
    left(action) {
      const limit = limitOf(action);
      if (limit === undefined) return Number.POSITIVE_INFINITY;
      return leftToday(state.spent.get(limit.name), limit.most, rankOf(action), nowMs);
    },
    counter(action) {
      const limit = limitOf(action);
      if (limit === undefined || action.kind === 'cancel') return undefined;
      return ({ method }) => {
        if (method === 'GET' || method === 'DELETE') return;
        update(limit.name, spendMore(state.spent.get(limit.name), 1, nowMs, nowMs));
      };
    },
    refused(action, conference) {
      const limit = limitOf(action);
      if (limit === undefined || action.kind === 'cancel') return false;
      update(limit.name, refusedToday(state.spent.get(limit.name), conference, limit.most, nowMs));
      return true;
    },
    accepted(action) {
      const limit = limitOf(action);
      const spent = limit === undefined ? undefined : state.spent.get(limit.name);
      if (limit === undefined || action.kind === 'cancel' || !spent?.refused) return;
      update(limit.name, { ...spent, refused: '' });
    },
  };
}

/** Rests until the provider's next day, without counting as a failure. */
export function putOff({ binding }: Action, state: UserState, nowMs: number): void {
  // The ledger may know more by now than when the action was planned.
  const { todo, ...rest } = state.ledger.get(bindingKey(binding)) ?? binding;
  if (todo !== undefined) state.ledger.put({ ...rest, todo: { ...todo, notBeforeMs: nextDayMs(nowMs) } });
}

/** Creates take no lock, so they leave the counting to the pass that takes them into the ledger. */
export function countCreates(state: UserState, deps: SyncDeps, nowMs: number): void {
  for (const { solution, conference, bornMs } of state.intents) {
    if (conference !== undefined) countCreate(solution, bornMs, state, deps, nowMs);
  }
}

export function countCreate(solution: string, atMs: number, state: UserState, deps: SyncDeps, nowMs: number): void {
  const limit = dailyLimit(solution, deps);
  const spent = limit && spendMore(state.spent.get(limit.name), 1, atMs, nowMs);
  if (limit !== undefined && spent !== undefined) state.spent.set(limit.name, spent);
}

/** Repairs leave to creates, which a person waits for, what times leave to them. */
export function leftForRepairs(solution: string, state: UserState, deps: SyncDeps, nowMs: number): number {
  const limit = dailyLimit(solution, deps);
  return limit === undefined ? Number.POSITIVE_INFINITY : leftToday(state.spent.get(limit.name), limit.most, 1, nowMs);
}

/** Several solutions of one provider share what it allows. */
function dailyLimit(solution: string, deps: SyncDeps): { name: string; most: number } | undefined {
  const found = deps.solutions.get(solution);
  const most = found?.provider.capabilities.dailyRequests;
  return found === undefined || most === undefined ? undefined : { name: found.providerName, most };
}
