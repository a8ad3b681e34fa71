/**
 * Looks at the vendors: what a host, or another program, changed there is found shortly before the event begins, once.
 *
 * Only what the provider was told as the event has it now can have been changed there. A look that gets no answer is none,
 * and is not repeated; a "not found" is a second opinion's business, as with an update. Costs one look at the event and one
 * request for each.
 */
import type { Binding } from '../core/binding';
import { newToDo } from '../core/binding';
import { keptFields } from '../core/capabilities';
import type { DiffContext } from '../core/diff';
import { diffRow, refusalsOf } from '../core/diff';
import { isAddOnError } from '../core/errors';
import { changedFields, fingerprintOf, UNKNOWN } from '../core/fingerprint';
import { driverOf } from '../core/ledger';
import { withoutLeftOut } from '../core/left-out';
import type { Meeting, MeetingField } from '../core/meeting';
import { projectMeeting } from '../core/meeting';
import { allowance } from '../core/pause';
import type { Action } from '../core/plan';
import { planActions } from '../core/plan';
import { MINUTE_MS } from '../core/policies';
import { leftBy, standing, withoutRefused } from '../core/refusal';
import type { Row } from '../core/row';
import { showsConference } from '../core/stamp';
import { afterLook, nextLookMs, type Shown } from '../core/vendor-changes';
import type { ReadOutcome } from '../ports/provider';
import { whoseIs } from './accounts';
import type { Budget } from './budget';
import { ACT_RESERVE_MS } from './budget';
import { withActingMark } from './dead-pass';
import type { SyncDeps } from './deps';
import { type Ended, runOperations } from './provider-client';
import type { UserState } from './user-state';

/** Looks of one pass. A sweep comes every hour: more events than these seldom begin in one. */
const MAX_LOOKS = 10;
const GONE_AGAIN_AFTER_MS = 2 * MINUTE_MS;

export interface Looked {
  binding: Binding;
  /** As the provider is told of it, with placeholders for what it refused. */
  meeting: Meeting;
  /** Fields that the provider does not know as they are now in any case. */
  untold: readonly MeetingField[];
}

interface LookedInPass extends Looked {
  row: Row;
  context: DiffContext;
}

/** Bindings whose provider is to be looked at now. */
export function looksDue(state: UserState, deps: SyncDeps): Binding[] {
  const nowMs = deps.clock.nowMs();
  const due = state.ledger.all().filter(({ lookMs }) => lookMs !== undefined && lookMs <= nowMs);
  return due.filter((binding) => mayLook(binding, state, deps)).slice(0, MAX_LOOKS);
}

/** Nothing waits to be told, nobody else sees to it, and the provider is asked as the account that made it. */
export function mayLook(binding: Binding, state: UserState, deps: SyncDeps): boolean {
  const nowMs = deps.clock.nowMs();
  const provider = deps.solutions.get(binding.solution)?.provider;
  if (provider?.read === undefined || binding.state !== 'live' || binding.guest || binding.todo !== undefined)
    return false;
  if (deps.authorisation.lacks('provider') || allowance(state.pauses.get(binding.solution), nowMs) <= 1) return false;
  if (driverOf(state.ledger.ofConference(binding), nowMs) !== binding) return false;
  return whoseIs(binding, state, deps) === 'same';
}

/** Looks at what is due. @returns what is to be told again. */
export function lookAtVendors(
  state: UserState,
  deps: SyncDeps,
  budget: Budget,
  contextOf: (calendar: string) => DiffContext | undefined,
): Action[] {
  const looked: LookedInPass[] = [];
  for (const binding of looksDue(state, deps)) {
    const context = contextOf(binding.calendar);
    if (context === undefined || !budget.allows(ACT_RESERVE_MS)) continue;
    const row = deps.calendar.get(context.calendarId, binding.eventId);
    if (isAddOnError(row)) continue;
    const known = asTold(binding, row, context.calendarZone, state, deps);
    if (known !== undefined) looked.push({ ...known, row, context });
  }
  if (looked.length === 0) return [];
  // A server that hangs is not looked at again and again: the look is over on record before it begins.
  const begun = looked.map(({ binding, meeting }) => withNextLook(binding, meeting, deps.clock.nowMs()));
  for (const binding of begun) state.ledger.put(binding);
  state.commit(deps.store);
  const solutions = looked.map(({ binding }) => binding.solution);
  const actions: Action[] = [];
  withActingMark(solutions, state, deps, () => {
    const outcomes = readAll(looked, deps, budget);
    looked.forEach((one, i) => {
      actions.push(...noteLook(one, begun[i] as Binding, outcomes[i] as ReadOutcome | Ended, state, deps));
    });
  });
  return actions;
}

function noteLook(
  one: LookedInPass,
  binding: Binding,
  outcome: ReadOutcome | Ended,
  state: UserState,
  deps: SyncDeps,
): Action[] {
  const { row, context } = one;
  const { nowMs } = context;
  const after = afterRead(binding, one, outcome, deps, nowMs);
  deps.log({ event: 'look', solution: binding.solution, outcome: outcomeName(outcome, after) });
  if (after === binding) return [];
  state.ledger.put(after);
  if (after.todo === undefined || after.todo.notBeforeMs > nowMs) return [];
  const plan = { calendar: context.calendar, policies: deps.policies, nowMs, retry: true, hasRoom: true };
  return planActions(diffRow(row, state.ledger, context), state.ledger, plan);
}

function withNextLook({ lookMs: _done, ...binding }: Binding, meeting: Meeting, nowMs: number): Binding {
  const lookMs = nextLookMs(meeting, nowMs);
  return lookMs === undefined ? binding : { ...binding, lookMs };
}

export function readAll(looked: readonly Looked[], deps: SyncDeps, budget: Budget): Array<ReadOutcome | Ended> {
  const jobs = looked.flatMap(({ binding, meeting }) => {
    const { provider, providerName } = deps.solutions.get(binding.solution) ?? {};
    const operation = provider?.read?.(binding.conference, meeting);
    return operation === undefined || providerName === undefined ? [] : [{ provider: providerName, operation }];
  });
  return runOperations<ReadOutcome>(jobs, deps.http, budget);
}

/** Undefined when the event does not show the conference, or too little of itself to be compared. */
export function asTold(
  binding: Binding,
  row: Row,
  zone: string,
  { ledger }: UserState,
  deps: SyncDeps,
): Looked | undefined {
  const capabilities = deps.solutions.get(binding.solution)?.provider.capabilities;
  const projected = capabilities && projectMeeting(row, zone, deps.policies);
  if (capabilities === undefined || projected === undefined || !showsConference(row, binding)) return undefined;
  const whole = withoutLeftOut(projected, capabilities);
  const refused = standing(refusalsOf(ledger, binding), whole);
  const names = refused.map(({ field }) => field);
  const left = leftBy(refused);
  const kept = keptFields(capabilities);
  const wanted = fingerprintOf(whole, kept, binding.delivered, left);
  const untold = [...changedFields(binding.delivered, wanted, kept), ...(whole.untold ?? []), ...left];
  // In another zone a time is told otherwise.
  if (names.includes('zone')) untold.push('time', 'recurrence');
  return { binding, meeting: withoutRefused(whole, names, deps.policies.placeholderTitle), untold };
}

/** What a look makes of a binding; the very same one when it brought nothing. */
export function afterRead(
  binding: Binding,
  { untold }: Pick<Looked, 'untold'>,
  outcome: ReadOutcome | Ended,
  deps: SyncDeps,
  nowMs: number,
): Binding {
  const capabilities = deps.solutions.get(binding.solution)?.provider.capabilities;
  if (capabilities === undefined) return binding;
  if (outcome.kind === 'gone') {
    const todo = { ...newToDo('deliver', nowMs, nowMs + GONE_AGAIN_AFTER_MS), missed: true };
    return { ...binding, delivered: UNKNOWN, todo };
  }
  if (outcome.kind !== 'read') return binding;
  const shown = { ...outcome.shown, fields: changedThere(outcome.shown, untold) };
  return afterLook(binding, shown, keptFields(capabilities), deps.policies, nowMs);
}

/** Only what the provider was told as it is now can have been changed there. */
export function changedThere({ fields }: Shown, untold: readonly MeetingField[]): MeetingField[] {
  return fields.filter((field) => !untold.includes(field));
}

function outcomeName(outcome: ReadOutcome | Ended | undefined, { todo, differs }: Binding): string {
  if (outcome?.kind !== 'read') return outcome?.kind ?? 'none';
  return todo === undefined ? (differs === undefined ? 'same' : 'differs') : 'told-again';
}
