/**
 * A pass: reads what changed, decides, acts, commits; the sync token last.
 *
 * Takes the user's lock at once or leaves a mark and goes: whoever holds it looks for marks after letting go. One bad
 * event is parked, one unreadable calendar is left for later; neither stops the rest.
 */
import type { DiffContext } from '../core/diff';
import { diffRow } from '../core/diff';
import type { AddOnError } from '../core/errors';
import { isAddOnError } from '../core/errors';
import type { Action } from '../core/plan';
import { planActions } from '../core/plan';
import { isOccurrence } from '../core/row';
import { sealedText } from '../core/stamp';
import { actOn } from './act';
import type { Budget } from './budget';
import { startBudget } from './budget';
import { distrust, noDoubtLeft, noteDeadPass, withActingMark } from './dead-pass';
import type { SyncDeps } from './deps';
import { isDue, lookAtDue } from './due';
import { parkEvent } from './park';
import { countCreates } from './quota';
import type { Delta } from './read-delta';
import { readDelta } from './read-delta';
import { readOccurrences } from './read-occurrences';
import { reconcile } from './reconcile';
import type { CalendarRecord } from './sync-tokens';
import { calendarKey } from './sync-tokens';
import { UserState } from './user-state';

export type PassEnd = 'done' | 'busy' | 'unauthorised';

/** A calendar that keeps changing is left to the next trigger after so many rounds. */
const MAX_ROUNDS = 4;

/** Syncs the calendars with these ids, and others that were marked meanwhile. `before` runs inside the lock. */
export function runPass(
  deps: SyncDeps,
  calendarIds: readonly string[],
  before?: (state: UserState, budget: Budget) => void,
): PassEnd {
  if (!deps.authorisation.granted()) {
    deps.log({ event: 'pass', end: 'unauthorised' });
    return 'unauthorised';
  }
  const budget = startBudget(deps.clock);
  let wanted: readonly string[] = calendarIds;
  for (let round = 1; ; round++) {
    const names = wanted.map(calendarKey);
    if (!takeLock(deps, names)) return 'busy';
    let state: UserState;
    try {
      state = new UserState(deps.store.readAll());
      if (round === 1) before?.(state, budget);
      syncCalendars(wanted, state, deps, budget);
    } finally {
      deps.lock.release();
    }
    const marked = deps.marks.take([...state.calendars.keys(), ...names]);
    if (marked.length === 0) return 'done';
    if (round === MAX_ROUNDS || !budget.allows()) {
      for (const name of marked) deps.marks.put(name);
      return 'done';
    }
    // There was time for all of them, so each has a record.
    wanted = marked.map((key) => (state.calendars.get(key) as CalendarRecord).id);
  }
}

/** Loser of the lock: marks, and tries once more, in case the winner let go before it could see the mark. */
function takeLock(deps: SyncDeps, names: readonly string[]): boolean {
  if (deps.lock.tryTake()) return true;
  for (const name of names) deps.marks.put(name);
  if (deps.lock.tryTake(patienceMs(deps))) {
    deps.marks.take(names);
    return true;
  }
  deps.log({ event: 'pass', end: 'busy' });
  return false;
}

/**
 * A renewal of a person's grant holds the lock as well, for the time of one request, and looks for no marks afterwards.
 */
const RENEWAL_MS = 2_000;

function patienceMs({ grants }: SyncDeps): number {
  return grants.personal.length === 0 ? 0 : RENEWAL_MS;
}

function syncCalendars(wanted: readonly string[], state: UserState, deps: SyncDeps, budget: Budget): void {
  const nowMs = deps.clock.nowMs();
  noteDeadPass(state, deps, nowMs);
  countCreates(state, deps, nowMs);
  state.foldIntents(deps.policies);
  const settles = state.ledger.all().some((binding) => binding.todo?.kind === 'settle' && isDue(binding, nowMs));
  const ids =
    settles || state.inDoubt ? [...wanted, ...[...state.calendars.values()].map((record) => record.id)] : wanted;

  const actions: Action[] = [];
  const read = new Map<string, DiffContext>();
  for (const id of ids) {
    const key = calendarKey(id);
    if (read.has(key)) continue;
    if (read.size > 0 && !budget.allows()) {
      deps.marks.put(key);
      continue;
    }
    const record = state.calendar(id);
    const delta = readDelta(deps.calendar, record, budget);
    if (isAddOnError(delta)) {
      noteUnread(record, delta, state, deps, nowMs);
      continue;
    }
    const context = diffContext(key, record.id, delta.zone, state, deps, nowMs);
    read.set(key, context);
    actions.push(...planDelta(delta, state, deps, context));
    noteRead(record, delta, state, deps, nowMs);
  }
  const contextOf = (key: string) => read.get(key) ?? lateContext(key, state, deps, nowMs);
  actions.push(...lookAtDue(actions, state, deps, budget, new Set(read.keys()), contextOf));
  actions.push(...readOccurrences(actions, state, deps, budget, contextOf));
  const solutions = actions.map((action) => action.binding.solution);
  withActingMark(solutions, state, deps, () => {
    const report = actOn(actions, state, deps, budget);
    state.commit(deps.store);
    noDoubtLeft(state, deps);
    deps.log({ event: 'pass', end: 'done', calendars: read.size, bindings: state.ledger.size, ...report });
  });
}

function planDelta(delta: Delta, state: UserState, deps: SyncDeps, context: DiffContext): Action[] {
  const plan = {
    calendar: context.calendar,
    policies: deps.policies,
    nowMs: context.nowMs,
    retry: false,
    hasRoom: state.hasRoom,
  };
  if (!plan.hasRoom) deps.log({ event: 'store-full', bindings: state.ledger.size });
  if (state.inDoubt) distrust(delta.rows, state, context);
  const actions: Action[] = [];
  // Series masters and single events first: an exception is judged by its series.
  for (const rows of [delta.rows.filter((row) => !isOccurrence(row)), delta.rows.filter(isOccurrence)]) {
    for (const row of rows) {
      try {
        actions.push(...planActions(diffRow(row, state.ledger, context), state.ledger, plan));
      } catch {
        parkEvent(row.id, context, state.ledger);
        deps.log({ event: 'row-parked', calendar: context.calendar });
      }
    }
  }
  if (delta.full) reconcile(delta.rows, state.ledger, context);
  return actions;
}

function noteRead(record: CalendarRecord, delta: Delta, state: UserState, deps: SyncDeps, nowMs: number): void {
  if (delta.token === undefined) deps.log({ event: 'sync-token-missing', calendar: calendarKey(record.id) });
  const { token: _old, lostSinceMs: _lost, ...rest } = record;
  state.setCalendar({
    ...rest,
    query: deps.calendar.query,
    zone: delta.zone,
    readMs: nowMs,
    ...(delta.token !== undefined && { token: delta.token }),
  });
  deps.log({ event: 'list', calendar: calendarKey(record.id), rows: delta.rows.length, full: delta.full });
}

/** A calendar that is lost keeps its token and its bindings: what cannot be seen is not concluded from. */
function noteUnread(record: CalendarRecord, error: AddOnError, state: UserState, deps: SyncDeps, nowMs: number): void {
  deps.log({ event: 'list-failed', calendar: calendarKey(record.id), code: error.code, remedy: error.remedy });
  if (error.code === 'calendar-lost') state.setCalendar({ ...record, lostSinceMs: record.lostSinceMs ?? nowMs });
  else if (error.code === 'sync-token-expired') {
    const { token: _expired, ...rest } = record;
    state.setCalendar(rest);
  }
}

function lateContext(key: string, state: UserState, deps: SyncDeps, nowMs: number): DiffContext | undefined {
  const record = state.calendars.get(key);
  if (record === undefined || record.lostSinceMs !== undefined) return undefined;
  return diffContext(key, record.id, record.zone ?? deps.scriptZone, state, deps, nowMs);
}

function diffContext(
  calendar: string,
  calendarId: string,
  calendarZone: string,
  state: UserState,
  deps: SyncDeps,
  nowMs: number,
): DiffContext {
  return {
    calendar,
    calendarId,
    calendarZone,
    ownerMark: (of) => (state.owner === '' ? '' : deps.seal(state.owner, sealedText(of))),
    capabilitiesOf: (solution) => deps.solutions.get(solution)?.provider.capabilities,
    rules: deps.policies,
    nowMs,
    inDoubt: state.inDoubt,
  };
}
