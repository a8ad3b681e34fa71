/**
 * Due: bindings whose to-do has come due get another look at their event, which turns into an action, or into peace.
 *
 * Content is never kept for a retry: the event is read again, so that what is delivered is how it is now.
 */
import type { Binding } from '../core/binding';
import { bindingKey, conferenceName } from '../core/binding';
import type { DiffContext } from '../core/diff';
import { isAddOnError } from '../core/errors';
import { allowance } from '../core/pause';
import type { Action } from '../core/plan';
import { HOUR_MS, MINUTE_MS } from '../core/policies';
import { isTombstone } from '../core/row';
import { settle } from '../core/settle';
import type { Look } from '../core/whereabouts';
import type { Budget } from './budget';
import { ACT_RESERVE_MS } from './budget';
import type { SyncDeps } from './deps';
import { judged } from './in-hand';
import type { Viewpoint } from './looks';
import { lookAgain } from './looks';
import type { UserState } from './user-state';

/** Looks of one pass: a get takes some 200 ms. */
const MAX_LOOKS = 60;
/** Google did not show the event: another look at it is not worth a call before. */
const LOOK_AGAIN_AFTER_MS = 10 * MINUTE_MS;

export function isDue(binding: Binding, nowMs: number): boolean {
  return binding.todo !== undefined && !binding.todo.parked && binding.todo.notBeforeMs <= nowMs;
}

/** A calendar that is lost may stay so: nothing waits for it. */
export function isAllRead(state: UserState, read: ReadonlySet<string>): boolean {
  return [...state.calendars].every(([key, record]) => read.has(key) || record.lostSinceMs !== undefined);
}

/**
 * @param read keys of the calendars whose changes this pass has read. A binding that may end is settled only when all
 *   calendars have been: the event may have moved to one of them.
 * @param contextOf the diff context of a calendar by its key; undefined for a calendar that is lost.
 */
export function lookAtDue(
  planned: readonly Action[],
  state: UserState,
  deps: SyncDeps,
  budget: Budget,
  read: ReadonlySet<string>,
  contextOf: (calendar: string) => DiffContext | undefined,
): Action[] {
  const actions: Action[] = [];
  // Whatever a look brings, nobody may be told of it.
  if (deps.authorisation.lacks('provider')) return actions;
  const already = new Set(planned.map((action) => bindingKey(action.binding)));
  const nowMs = deps.clock.nowMs();
  const allRead = isAllRead(state, read);
  const due = state.ledger
    .all()
    .filter((binding) => isDue(binding, nowMs) && binding.todo?.kind !== 'repair' && !already.has(bindingKey(binding)))
    .filter((binding) => contextOf(binding.calendar) !== undefined)
    .filter((binding) =>
      binding.todo?.kind === 'settle'
        ? allRead
        : allowance(state.pauses.get(binding.solution), nowMs, conferenceName(binding)) > 0,
    )
    .sort((a, b) => (a.todo?.notBeforeMs ?? 0) - (b.todo?.notBeforeMs ?? 0));
  const places = [...state.calendars.keys()].flatMap((key) => contextOf(key) ?? []);
  const from: Viewpoint = { calendar: deps.calendar, ledger: state.ledger, looksLeft: MAX_LOOKS, places };
  for (const { calendar, ...rest } of due) {
    if (from.looksLeft <= 0 || !budget.allows(ACT_RESERVE_MS)) break;
    const context = contextOf(calendar);
    const binding = state.ledger.get(bindingKey({ calendar, ...rest }));
    if (context === undefined || binding === undefined || !isDue(binding, nowMs)) continue;
    actions.push(...lookAt(binding, state, deps, context, from));
  }
  return actions;
}

function lookAt(binding: Binding, state: UserState, deps: SyncDeps, context: DiffContext, from: Viewpoint): Action[] {
  const look = lookAgain(binding, context, from);
  if (isAddOnError(look)) {
    // Not known is not absent. The to-do stays, for a later pass, behind those that were not looked at yet.
    if (look.code === 'budget-spent') return [];
    postpone(binding, state, context.nowMs + LOOK_AGAIN_AFTER_MS);
    deps.log({ event: 'look-failed', calendar: context.calendar, code: look.code });
    return [];
  }
  const plan = {
    calendar: context.calendar,
    policies: deps.policies,
    nowMs: context.nowMs,
    retry: true,
    hasRoom: true,
  };
  const row = look.kind === 'row' ? look.row : undefined;
  const judge = () => settle(binding, look, state.ledger, context, plan);
  const actions = judged(binding.eventId, row, state, context, deps, judge, []);
  state.hand.release(deps);
  const after = state.ledger.get(bindingKey(binding));
  if (actions.length === 0 && after?.todo !== undefined && after.todo === binding.todo) {
    laidToRest(after, look, state, context.nowMs);
  }
  return actions;
}

/**
 * The look brought nothing to do: a delivery is not wanted any more; a settlement, or a delivery whose event was shown
 * without details, waits for better evidence.
 */
function laidToRest(binding: Binding, look: Look, state: UserState, nowMs: number): void {
  const { todo, ...rest } = binding;
  const incomplete = look.kind === 'row' && !isTombstone(look.row) && look.row.organizer === undefined;
  if (todo?.kind === 'deliver' && !incomplete) state.ledger.put(rest);
  else postpone(binding, state, nowMs + HOUR_MS);
}

function postpone({ todo, ...rest }: Binding, state: UserState, notBeforeMs: number): void {
  state.ledger.put({ ...rest, ...(todo !== undefined && { todo: { ...todo, notBeforeMs } }) });
}
