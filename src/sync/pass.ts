/**
 * A pass: reads what changed, decides, acts, commits; the sync token last.
 *
 * Takes the user's lock at once or leaves a mark and goes: whoever holds it looks for marks after letting go. One bad
 * event is parked, one unreadable calendar is left for later; neither stops the rest.
 */
import type { DiffContext } from '../core/diff';
import type { AddOnError } from '../core/errors';
import { isAddOnError } from '../core/errors';
import type { Action, PlanContext } from '../core/plan';
import { planRow } from '../core/plan-row';
import type { Row } from '../core/row';
import { isOccurrence } from '../core/row';
import { sealedText } from '../core/stamp';
import { releaseHeld } from './accounts';
import type { Budget } from './budget';
import { startBudget } from './budget';
import { distrust, noDoubtLeft, noteDeadPass, withActingMark } from './dead-pass';
import type { SyncDeps } from './deps';
import { isAllRead, isDue, lookAtDue } from './due';
import { endEmptySeries } from './empty-series';
import { PLANNING } from './hand';
import { fired, foundBySweep, withTime } from './heartbeat';
import { judged } from './in-hand';
import { readExceptionsAgain, withTheirSeries } from './list-parts';
import { findRenamed, rejoinLost } from './lost-calendars';
import { isHurt } from './memory';
import { noteDamage, noteMended, noteReadAnew, readAnew } from './mend';
import { parkEvent } from './park';
import { countCreates } from './quota';
import type { Delta } from './read-delta';
import { readDelta } from './read-delta';
import { readOccurrences } from './read-occurrences';
import { reconcile } from './reconcile';
import { actAndRepair, repairsDue } from './repair';
import { withLeftOut, withRoom } from './room';
import type { CalendarRecord } from './sync-tokens';
import { afterList, calendarKey } from './sync-tokens';
import { UserState } from './user-state';
import { lookAtVendors } from './vendor-looks';
import { askLater, withAllGuests } from './whole-rows';

export type PassEnd = 'done' | 'busy' | 'unauthorised';

/** A calendar that keeps changing is left to the next trigger after so many rounds. */
const MAX_ROUNDS = 4;

/** What has started a pass: a calendar's trigger, the hourly one, or a person. */
export type PassCause = 'calendar' | 'sweep' | 'person';

/** Syncs the calendars with these ids, and others that were marked meanwhile. `before` runs inside the lock. */
export function runPass(
  deps: SyncDeps,
  calendarIds: readonly string[],
  cause: PassCause,
  before?: (state: UserState, budget: Budget) => void,
): PassEnd {
  const budget = startBudget(deps.clock);
  let wanted: readonly string[] = calendarIds;
  for (let round = 1; ; round++) {
    const names = wanted.map(calendarKey);
    if (!takeLock(deps, names)) return 'busy';
    let state: UserState;
    try {
      // Of many triggers at once only the one that has the lock needs to know.
      if (round === 1 && deps.authorisation.lacks('calendar')) {
        deps.log({ event: 'pass', end: 'unauthorised' });
        return 'unauthorised';
      }
      state = new UserState(deps.store.readAll());
      if (round === 1) {
        noteCause(cause, calendarIds, state, deps.clock.nowMs());
        before?.(state, budget);
      }
      syncCalendars(wanted, state, deps, budget, round === 1 ? cause : undefined);
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

/** That a trigger fired is on record even when Google will not show what has changed. */
function noteCause(cause: PassCause, calendarIds: readonly string[], state: UserState, nowMs: number): void {
  if (cause === 'sweep') state.beat = { ...state.beat, sweepMs: nowMs };
  if (cause !== 'calendar') return;
  for (const id of calendarIds) {
    const known = state.calendars.get(calendarKey(id));
    if (known !== undefined) state.setCalendar(fired(known, nowMs));
  }
}

/** @param cause undefined when it is only known that somebody left a mark. */
function syncCalendars(
  wanted: readonly string[],
  state: UserState,
  deps: SyncDeps,
  budget: Budget,
  cause: PassCause | undefined,
): void {
  const nowMs = deps.clock.nowMs();
  noteDeadPass(state, deps, nowMs);
  countCreates(state, deps, nowMs);
  state.foldIntents(deps.policies);
  noteDamage(state, deps, nowMs);
  releaseHeld(state, deps, nowMs);
  const settles = state.ledger.all().some((binding) => binding.todo?.kind === 'settle' && isDue(binding, nowMs));
  const unfinished = [...state.calendars.values()].filter((record) => record.goesOn !== undefined);
  const others = settles || state.inDoubt || isHurt(state.hurt) ? [...state.calendars.values()] : unfinished;

  // Of a calendar's trigger there may be many an hour; the sweep finds out what they die of.
  const isWatched = state.hand.isCareful || cause === 'sweep' || cause === 'person';
  if (isWatched) deps.marks.put(PLANNING);
  const actions: Action[] = [];
  const read = new Map<string, DiffContext>();
  const wholly = new Set<string>();
  const renamed = cause === 'sweep' || cause === 'person' ? findRenamed(state, deps) : [];
  for (const id of [...wanted, ...renamed, ...others.map((record) => record.id)]) {
    const key = calendarKey(id);
    if (read.has(key)) continue;
    if (read.size > 0 && !budget.allows()) {
      deps.marks.put(key);
      continue;
    }
    const record = readAnew(withRoom(state.calendar(id), state), state);
    const delta = readDelta(deps.calendar, record, budget, nowMs);
    if (isAddOnError(delta)) {
      noteUnread(record, delta, state, deps, nowMs);
      continue;
    }
    const context = diffContext(key, record.id, delta.zone, state, deps, nowMs);
    read.set(key, context);
    const planned = planDelta(delta, state, deps, context, budget);
    actions.push(...planned.actions);
    const isUntold = cause === 'sweep' || cause === 'person';
    noteRead(withLeftOut(record, delta, planned.leftOut), delta, { ...planned, isUntold }, state, deps, nowMs);
    if (planned.isWhole && delta.goesOn === undefined) {
      wholly.add(key);
      noteReadAnew(key, delta, state, nowMs);
    }
  }
  const contextOf = (key: string) => read.get(key) ?? lateContext(key, state, deps, nowMs);
  rejoinLost(state, nowMs);
  actions.push(...lookAtDue(actions, state, deps, budget, wholly, contextOf));
  actions.push(...readOccurrences(actions, state, deps, budget, contextOf));
  endEmptySeries(state, deps, budget, contextOf);
  noteMended(state, deps, nowMs);
  // Of a list in parts, a pass that dies while it acts must not take the part along.
  if (wholly.size < read.size) state.commit(deps.store);
  if (isWatched) deps.marks.take([PLANNING]);
  if (cause === 'sweep') actions.push(...lookAtVendors(state, deps, budget, contextOf));
  const solutions = [...actions.map(({ binding }) => binding), ...repairsDue(state, deps)].map(
    ({ solution }) => solution,
  );
  // Who may not ask a provider cannot hang at one.
  withActingMark(deps.authorisation.lacks('provider') ? [] : solutions, state, deps, () => {
    const report = actAndRepair(actions, { state, deps, budget, contextOf });
    askLater(state, nowMs);
    const endMs = deps.clock.nowMs();
    if (cause === 'calendar' || cause === 'sweep') state.beat = withTime(state.beat, endMs - nowMs, endMs);
    state.commit(deps.store);
    if (isAllRead(state, wholly)) noDoubtLeft(state, deps);
    deps.log({ event: 'pass', end: 'done', calendars: read.size, bindings: state.ledger.size, ...report });
  });
}

/** `isWhole` is false when a part of a list has rows that cannot be judged yet: it has to come again. */
function planDelta(
  delta: Delta,
  state: UserState,
  deps: SyncDeps,
  context: DiffContext,
  budget: Budget,
): { actions: Action[]; isWhole: boolean; leftOut: number } {
  const { hasRoom } = state;
  if (!hasRoom) deps.log({ event: 'store-full', bindings: state.ledger.size });
  if (state.inDoubt) distrust(delta.rows, state, context);
  const isPart = !delta.isFirst || delta.goesOn !== undefined;
  const { rows, isWhole } = isPart
    ? withTheirSeries(delta.rows, state.ledger, context, deps, budget)
    : { rows: delta.rows, isWhole: true };
  const told = withAllGuests(rows, state, context, deps, budget);
  let leftOut = 0;
  const plan = { calendar: context.calendar, policies: deps.policies, nowMs: context.nowMs, retry: false, hasRoom };
  const more = { isOfFullList: delta.full, leavesOut: () => leftOut++ };
  const actions = planRows(told, state, deps, context, { ...plan, ...more });
  if (!delta.isFirst) readExceptionsAgain(actions, state.ledger);
  if (delta.full && isWhole) reconcile({ ...delta, rows }, state.ledger, context);
  if (leftOut > 0) deps.log({ event: 'not-followed', calendar: context.calendar, left: leftOut });
  return { actions, isWhole, leftOut };
}

function planRows(
  rows: readonly Row[],
  state: UserState,
  deps: SyncDeps,
  context: DiffContext,
  plan: PlanContext,
): Action[] {
  const { calendar } = context;
  const actions: Action[] = [];
  // Series masters and single events first: an exception is judged by its series.
  for (const kind of [rows.filter((row) => !isOccurrence(row)), rows.filter(isOccurrence)]) {
    for (const row of kind) {
      try {
        const judge = () => planRow(row, state.ledger, context, plan);
        actions.push(...judged(row.id, row, state, context, deps, judge, []));
      } catch {
        parkEvent(row.id, context, state.ledger);
        deps.log({ event: 'row-parked', calendar });
      }
    }
  }
  state.hand.release(deps);
  return actions;
}

/** @param isUntold no trigger has told of what there is to read. */
function noteRead(
  record: CalendarRecord,
  delta: Delta,
  { isWhole, isUntold }: { isWhole: boolean; isUntold: boolean },
  state: UserState,
  deps: SyncDeps,
  nowMs: number,
): void {
  const isMissed = isUntold && !delta.full && delta.rows.length > 0;
  const note = state.triggerNotes[calendarKey(record.id)];
  const seen = isMissed ? foundBySweep(record, delta.rows.length, nowMs, note) : record;
  const { token, query, goesOn: before, lostSinceMs: _lost, tokenless, plainness, ...rest } = seen;
  const asked = { ...(plainness !== undefined && { plainness }), ...(tokenless !== undefined && { tokenless }) };
  const ends = isWhole && delta.goesOn === undefined;
  if (ends) {
    const next = afterList(asked, delta.token !== undefined);
    if (delta.token === undefined) {
      const end = next.plainness === plainness ? {} : { end: 'asks-more-plainly' };
      deps.log({ event: 'sync-token-missing', calendar: calendarKey(record.id), ...end });
    }
    const read = { ...next, query: deps.calendar.queryOf(plainness ?? 0), zone: delta.zone, readMs: nowMs };
    state.setCalendar({ ...rest, ...read, ...(delta.token !== undefined && { token: delta.token }) });
  } else {
    const goesOn = isWhole ? delta.goesOn : delta.isFirst ? undefined : before;
    // What a full list replaces is of no use any more; the changes since an incremental one are asked for with its token.
    const since = delta.full || token === undefined || query === undefined ? {} : { token, query };
    state.setCalendar({ ...rest, ...asked, ...since, zone: delta.zone, ...(goesOn !== undefined && { goesOn }) });
  }
  const { rows, full } = delta;
  const end = ends ? {} : { end: 'unfinished' };
  deps.log({ event: 'list', calendar: calendarKey(record.id), rows: rows.length, full, ...end });
}

/** A calendar that is lost keeps its token and its bindings: what cannot be seen is not concluded from. */
function noteUnread(record: CalendarRecord, error: AddOnError, state: UserState, deps: SyncDeps, nowMs: number): void {
  deps.log({ event: 'list-failed', calendar: calendarKey(record.id), code: error.code, remedy: error.remedy });
  if (error.code === 'calendar-lost') state.setCalendar({ ...record, lostSinceMs: record.lostSinceMs ?? nowMs });
  else if (error.code === 'sync-token-expired') {
    const { token: _expired, goesOn: _part, ...rest } = record;
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
