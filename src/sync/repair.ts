/**
 * Puts a new link into events whose conference is gone, or is joined another way now, where the operator allows it.
 *
 * The event is read, and written only as it was read (If-Match): what a person does meanwhile stands, and is looked at
 * anew. A new conference is a pending one before it is in the event: whatever fails from then on, and however the write
 * ended, another look finds it there, or ends it. A Google that takes no add-on's conference from here is asked once.
 */
import type { Binding, ToDo } from '../core/binding';
import { bindingKey, conferenceName, newToDo } from '../core/binding';
import type { Conference } from '../core/conference';
import type { DiffContext } from '../core/diff';
import { diffRow } from '../core/diff';
import { isAddOnError } from '../core/errors';
import { backOffMs } from '../core/outcome';
import { allowance } from '../core/pause';
import type { Action, PlanContext } from '../core/plan';
import { planActions } from '../core/plan';
import { HOUR_MS, MINUTE_MS } from '../core/policies';
import { nextDayMs } from '../core/quota';
import { isOver, isRepairable, MAX_REPAIRS, mayRepair } from '../core/repair';
import type { Row } from '../core/row';
import { settle } from '../core/settle';
import { showsConference } from '../core/stamp';
import type { CreateOutcome } from '../ports/provider';
import { type ActReport, actOn, type ChangedLink } from './act';
import type { Budget } from './budget';
import { ACT_RESERVE_MS } from './budget';
import { askProvider, isUnknown, isUsableId } from './create';
import type { Solution, SyncDeps } from './deps';
import { isDue } from './due';
import { doneEntry, type Intent, intentEntry } from './intents';
import type { Ended } from './provider-client';
import { countCreate, leftForRepairs } from './quota';
import type { UserState } from './user-state';
import { writeLink } from './write-link';

/** Repairs of one pass: each takes a look, a create and a write. */
const MAX_REPAIRS_A_PASS = 5;
/** Exceptions of a series that are given its new conference; a further one is repaired like an event of its own. */
const MAX_EXCEPTIONS = 20;
/** Whether the event has the new conference is looked at before it is tried again. */
const LOOK_AFTER_MS = 2 * MINUTE_MS;
const TRY_AGAIN_AFTER_MS = 10 * MINUTE_MS;

interface Workshop {
  state: UserState;
  deps: SyncDeps;
  budget: Budget;
  contextOf(calendar: string): DiffContext | undefined;
}

/** Solutions that a repair may have to do with now. */
export function repairsDue(state: UserState, deps: SyncDeps): Binding[] {
  const nowMs = deps.clock.nowMs();
  if (deps.authorisation.lacks('provider')) return [];
  return state.ledger
    .all()
    .filter((binding) => binding.todo?.kind === 'repair' && isDue(binding, nowMs))
    .filter(({ solution }) => deps.solutions.has(solution))
    .filter((binding) => isOpen(binding, state, nowMs));
}

function isOpen(binding: Binding, state: UserState, nowMs: number): boolean {
  return allowance(state.pauses.get(binding.solution), nowMs, conferenceName(binding)) > 0;
}

/** Acts, and then sees to the links: those that acting has changed, and those that are dead. */
export function actAndRepair(actions: readonly Action[], workshop: Workshop): ActReport {
  const { state, deps, budget } = workshop;
  const act = (some: readonly Action[]) => {
    const links: ChangedLink[] = [];
    const report = actOn(some, state, deps, budget, links);
    for (const link of links) if (budget.allows()) relink(link, workshop);
    return report;
  };
  const report = act(actions);
  const repaired = repairLinks(workshop);
  if (repaired.length === 0) return report;
  const { done, failed, left } = act(repaired);
  return { done: report.done + done, failed: report.failed + failed, left: report.left + left };
}

/** The actions that the repairs bring: new conferences are told of their events. */
function repairLinks(workshop: Workshop): Action[] {
  const { state, deps, budget, contextOf } = workshop;
  const actions: Action[] = [];
  const possible = repairsDue(state, deps).filter(({ calendar }) => contextOf(calendar) !== undefined);
  for (const due of possible.slice(0, MAX_REPAIRS_A_PASS)) {
    const binding = state.ledger.get(bindingKey(due));
    if (binding?.todo?.kind !== 'repair' || !budget.allows(ACT_RESERVE_MS)) continue;
    const nowMs = deps.clock.nowMs();
    // The one before may have met a provider in trouble.
    if (!isOpen(binding, state, nowMs)) continue;
    // A create, and its event to be told of; so much is kept for those made just now, too.
    if (leftForRepairs(binding.solution, state, deps, nowMs) < actions.length + 2) {
      const todo = rested(binding.todo, nowMs, nextDayMs(nowMs) - nowMs);
      state.ledger.put({ ...binding, todo });
      continue;
    }
    actions.push(...repair(binding, contextOf(due.calendar) as DiffContext, workshop));
  }
  return actions;
}

/** The same conference, joined another way: only the event has to be told. What fails leaves the binding broken. */
function relink({ binding, conference }: ChangedLink, { state, deps, contextOf }: Workshop): void {
  const context = contextOf(binding.calendar);
  const now = state.ledger.get(bindingKey(binding));
  if (deps.policies.brokenLinks !== 'repair' || context === undefined || now?.state !== 'broken' || now.guest) return;
  const row = deps.calendar.get(context.calendarId, binding.eventId);
  if (isAddOnError(row) || !isRepairable(row, now, context.calendarId)) return;
  const written = writeLink(row, now, conference, context, state, deps);
  deps.log({ event: 'relink', conference: conferenceName(now), end: written.end });
  const { todo: _done, ...rest } = now;
  if (written.end === 'written' && showsConference(written.row, { ...now, unmarked: true })) {
    const isUnmarked = !showsConference(written.row, { solution: now.solution, conference: now.conference });
    state.ledger.put({ ...rest, state: 'live', ...(isUnmarked && { unmarked: true }) });
  } else if (written.end === 'refused') giveUp(now, state);
}

function repair(binding: Binding, context: DiffContext, workshop: Workshop): Action[] {
  const { state, deps } = workshop;
  const { ledger } = state;
  const { todo: _given, ...rest } = binding;
  if (isOver(binding, context.nowMs)) {
    ledger.put(rest);
    return [];
  }
  const seen = deps.calendar.get(context.calendarId, binding.eventId);
  if (isAddOnError(seen) && seen.code !== 'event-absent') {
    ledger.put({ ...binding, todo: rested(binding.todo as ToDo, context.nowMs, TRY_AGAIN_AFTER_MS) });
    return [];
  }
  const plan = planContext(context, state, deps);
  if (isAddOnError(seen) || !isRepairable(seen, binding, context.calendarId)) {
    ledger.put(rest);
    return settle(rest, isAddOnError(seen) ? { kind: 'absent' } : { kind: 'row', row: seen }, ledger, context, plan);
  }
  if (!mayRepair(binding, deps.policies)) {
    giveUp(binding, state);
    return [];
  }
  const made = makeConference(binding, context, state, deps);
  if (made === undefined) return [];
  const written = writeLink(seen, binding, made, context, state, deps);
  deps.log({ event: 'repair', conference: conferenceName(binding), end: written.end });
  switch (written.end) {
    case 'written':
      if ((written.row.recurrence?.length ?? 0) > 0) giveToExceptions(binding, made, context, workshop);
      return taken(written.row, binding, made, context, state, deps);
    case 'changed':
      ledger.put(rest);
      return planActions(diffRow(written.row, ledger, context), ledger, plan);
    case 'refused':
      giveUp(binding, state);
      return [];
    case 'unknown':
      ledger.put(failed(binding, context.nowMs));
      return [];
  }
}

/** Makes a conference as a person's create does. It is pending, and looked at soon, until the event shows it. */
function makeConference(
  binding: Binding,
  context: DiffContext,
  state: UserState,
  deps: SyncDeps,
): Conference | undefined {
  const { solution, eventId } = binding;
  const asked = deps.solutions.get(solution) as Solution;
  const nowMs = deps.clock.nowMs();
  const intent: Intent = { word: deps.randomWord(), calendarId: context.calendarId, eventId, solution, bornMs: nowMs };
  deps.store.write(intentEntry(intent));
  const outcome = askProvider(deps, asked, intent, Number.NEGATIVE_INFINITY);
  countCreate(solution, nowMs, state, deps, nowMs);
  if (!isOfTheDay(outcome)) notePause(outcome, intent, state, deps);
  if (outcome.kind !== 'created' || !isUsableId(outcome.conference.id)) {
    if (outcome.kind === 'created' || !mayBeMade(outcome)) deps.store.write(doneEntry(intent.word));
    deps.log({ event: 'repair', conference: conferenceName(binding), end: outcome.kind });
    if (outcome.kind === 'refused') giveUp(binding, state);
    else state.ledger.put(mayBeMade(outcome) ? failed(binding, nowMs) : waiting(binding, outcome, nowMs));
    return undefined;
  }
  const { conference } = outcome;
  const found = { ...intent, conference: conference.id };
  deps.store.write(intentEntry(found));
  state.fold(found, deps.policies);
  const pending = state.ledger.get(bindingKey({ ...binding, conference: conference.id })) as Binding;
  const repairs = (binding.repairs ?? 0) + 1;
  state.ledger.put({ ...pending, repairs, todo: newToDo('settle', nowMs, nowMs + LOOK_AFTER_MS) });
  return conference;
}

function notePause(outcome: CreateOutcome | Ended, { solution, word }: Intent, state: UserState, deps: SyncDeps): void {
  const told = outcome.kind === 'created' ? ({ kind: 'done' } as const) : outcome;
  state.notePause(solution, told, deps.clock.nowMs(), word);
}

function mayBeMade(outcome: CreateOutcome | Ended): boolean {
  return outcome.kind === 'created' || isUnknown(outcome);
}

/** A day's limit says nothing of the provider's health. */
function isOfTheDay(outcome: CreateOutcome | Ended): boolean {
  return outcome.kind === 'limited' && outcome.daily === true;
}

/** The event has the new conference: it is told how the event is, and the old one waits for its end. */
function taken(
  row: Row,
  old: Binding,
  made: Conference,
  context: DiffContext,
  state: UserState,
  deps: SyncDeps,
): Action[] {
  const { ledger } = state;
  const given = { solution: old.solution, conference: made.id };
  if (!showsConference(row, given)) {
    // Google kept the link and not our mark.
    const pending = ledger.get(bindingKey({ ...old, ...given }));
    if (pending !== undefined) ledger.put({ ...pending, unmarked: true });
    deps.log({ event: 'repair-unstamped', conference: conferenceName(given) });
  }
  return planActions(diffRow(row, ledger, context), ledger, planContext(context, state, deps));
}

/** Exceptions of the series that lie ahead and still show its old conference. */
function giveToExceptions(
  old: Binding,
  made: Conference,
  context: DiffContext,
  { state, deps, budget }: Workshop,
): void {
  const rows = deps.calendar.occurrences(context.calendarId, old.eventId);
  if (isAddOnError(rows)) return;
  const stale = rows.filter((row) => isRepairable(row, old, context.calendarId) && isAhead(row, context.nowMs));
  for (const row of stale.slice(0, MAX_EXCEPTIONS)) {
    if (!budget.allows()) return;
    writeLink(row, old, made, context, state, deps);
  }
}

function isAhead({ end }: Row, nowMs: number): boolean {
  return Date.parse(end?.dateTime ?? end?.date ?? '') > nowMs;
}

function planContext(context: DiffContext, state: UserState, deps: SyncDeps): PlanContext {
  const { calendar, nowMs } = context;
  return { calendar, policies: deps.policies, nowMs, retry: true, hasRoom: state.hasRoom };
}

/** Stays broken, and shown, until a person asks for a repair. */
function giveUp({ todo: _given, ...rest }: Binding, state: UserState): void {
  state.ledger.put({ ...rest, repairs: MAX_REPAIRS });
}

function failed(binding: Binding, nowMs: number): Binding {
  const todo = binding.todo as ToDo;
  const attempts = todo.attempts + 1;
  return { ...binding, todo: rested({ ...todo, attempts }, nowMs, Math.max(TRY_AGAIN_AFTER_MS, backOffMs(attempts))) };
}

/** Nothing was made: that is no attempt. */
function waiting(binding: Binding, outcome: CreateOutcome | Ended, nowMs: number): Binding {
  const forMs = isOfTheDay(outcome) ? nextDayMs(nowMs) - nowMs : HOUR_MS;
  return { ...binding, todo: rested(binding.todo as ToDo, nowMs, forMs) };
}

function rested(todo: ToDo, nowMs: number, forMs: number): ToDo {
  return { ...todo, notBeforeMs: nowMs + forMs };
}
