/**
 * The sweep: the hourly pass over everything. What a lost trigger, a dead execution or an outage left undone is found
 * here at the latest.
 */

import { isNamed } from '../core/account';
import type { Binding } from '../core/binding';
import { mayBeUnseen } from '../core/binding';
import { tidyOccurrences } from '../core/bounds';
import { keptFields } from '../core/capabilities';
import type { Ledger } from '../core/ledger';
import { dropConference, forgetUnseen } from '../core/ledger';
import type { MeetingField } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import { allowance, liftPause } from '../core/pause';
import { handOver } from '../core/plan';
import type { Policies } from '../core/policies';
import { DAY_MS, MINUTE_MS } from '../core/policies';
import type { Budget } from './budget';
import { ACT_RESERVE_MS } from './budget';
import { accountMark, askProvider, isUnknown } from './create';
import { noteDeadPass, withActingMark } from './dead-pass';
import type { Solution, SyncDeps } from './deps';
import { endUnwanted } from './end-unwanted';
import { leaveBeat } from './heartbeat';
import type { Intent } from './intents';
import { INTENT_PREFIX, intentEntry, readIntents } from './intents';
import { bringForward, tellAgain, unparkAll } from './park';
import type { PassEnd } from './pass';
import { runPass } from './pass';
import type { CalendarRecord } from './sync-tokens';
import { CALENDAR_PREFIX, calendarKey, readCalendarRecords } from './sync-tokens';
import { keepTriggers } from './triggers';
import { checkSchema, isReadable, type UserState } from './user-state';

/** An intent this old belongs to no execution that still runs. */
const INTENT_DEAD_AFTER_MS = 10 * MINUTE_MS;
/** After so long a conference that may or may not have been made is given up on, with a log line. */
const INTENT_GIVEN_UP_AFTER_MS = 7 * DAY_MS;

export interface SweepOptions {
  /** Somebody has asked for it: what was given up is tried again, now. */
  repair: boolean;
  /** What has started this execution: the hourly trigger, or a person. */
  by: 'trigger' | 'person';
}

export function runSweep(deps: SyncDeps, options: SweepOptions): PassEnd {
  const isTriggers = options.by === 'trigger';
  if (deps.authorisation.lacks('calendar')) {
    if (isTriggers && isReadable(deps.store.readAll())) leaveBeat(deps.store, deps.clock.nowMs());
    deps.log({ event: 'sweep', end: 'unauthorised' });
    return 'unauthorised';
  }
  const entries = deps.store.readAll();
  checkSchema(entries);
  const ids = knownCalendarIds(entries, deps.clock.nowMs());
  const triggers = keepTriggers(ids, deps, entries, !isTriggers);
  const end = runPass(deps, [...ids, ...triggers.found], isTriggers ? 'sweep' : 'person', (state, budget) => {
    noteDeadPass(state, deps, deps.clock.nowMs());
    if (options.repair) liftPauses(state, deps.clock.nowMs());
    resolveIntents(state, deps, budget);
    tidy(state, deps.policies, deps.clock.nowMs());
    bringForward(state.ledger, deps.clock.nowMs());
    if (options.repair) {
      unparkAll(state.ledger, deps.clock.nowMs());
      tellAgain(state.ledger, (solution) => keptBy(solution, deps), deps.clock.nowMs());
    }
  });
  if (end === 'done') removeUsedUp(entries, deps);
  const { made, renewed, removed, refused } = triggers;
  deps.log({ event: 'sweep', end, made, removed, refused: refused.length, ...(renewed > 0 && { renewed }) });
  return end;
}

function keptBy(solution: string, deps: SyncDeps): ReadonlySet<MeetingField> {
  const capabilities = deps.solutions.get(solution)?.provider.capabilities;
  return capabilities === undefined ? new Set() : keptFields(capabilities);
}

/** What paused a provider may have been mended by the person who asks. */
function liftPauses(state: UserState, nowMs: number): void {
  for (const [solution, pause] of state.pauses) state.pauses.set(solution, liftPause(pause, nowMs));
}

/** Of intents, whose calendar no pass may have read yet, and of every calendar on record. */
function knownCalendarIds(entries: Readonly<Record<string, string>>, nowMs: number): string[] {
  const records = [...readCalendarRecords(entries).values()].filter((record) => !isLongLost(record, nowMs));
  const ids = [...readIntents(entries).map(({ calendarId }) => calendarId), ...records.map(({ id }) => id)];
  return [...new Map(ids.map((id) => [calendarKey(id), id])).values()];
}

/**
 * Finds out what became of creates that were cut short: the same create with the same key gives the conference, which
 * then is a pending one like any other: a person may have been given its link. Without idempotency nothing can be found
 * out.
 */
function resolveIntents(state: UserState, deps: SyncDeps, budget: Budget): void {
  for (const intent of state.intents) {
    const nowMs = deps.clock.nowMs();
    if (deps.authorisation.lacks('provider')) return;
    if (intent.conference !== undefined || nowMs - intent.bornMs < INTENT_DEAD_AFTER_MS) continue;
    const solution = deps.solutions.get(intent.solution);
    const tooOld = nowMs - intent.bornMs > INTENT_GIVEN_UP_AFTER_MS;
    if (solution?.provider.capabilities.idempotency !== 'key' || tooOld) {
      deps.log({ event: 'intent-given-up', solution: intent.solution });
      state.useUp(intent);
      continue;
    }
    if (!budget.allows(ACT_RESERVE_MS)) return;
    // The same create as another account would be another conference.
    if (isAnothers(intent.account, accountMark(solution, deps))) continue;
    if (allowance(state.pauses.get(intent.solution), nowMs, intent.word) === 0) continue;
    withActingMark([intent.solution], state, deps, () => resolve(intent, solution, state, deps, budget));
  }
}

function isAnothers(made: string | undefined, now: string | undefined): boolean {
  return made !== undefined && now !== undefined && made !== now && isNamed(made) && isNamed(now);
}

function resolve(intent: Intent, solution: Solution, state: UserState, deps: SyncDeps, budget: Budget): void {
  const outcome = askProvider(deps, solution, intent, Number.NEGATIVE_INFINITY);
  if (outcome.kind === 'created') {
    const found = { ...intent, conference: outcome.conference.id };
    // On record before anything else: the provider certainly has it now.
    deps.store.write(intentEntry(found));
    // What an event refers to all the same is wanted.
    const isUnwanted = intent.failed && state.ledger.ofConference(found).length === 0;
    const end = isUnwanted ? endUnwanted(found, solution, deps, budget).kind : undefined;
    if (end === 'done' || end === 'gone') state.useUp(intent);
    else state.fold(found, deps.policies);
  } else if (outcome.kind === 'refused' && !isUnknown(outcome) && deps.clock.nowMs() - intent.bornMs > DAY_MS) {
    // A refusal may be a passing mistake of the provider's, and the conference may exist: it is asked for a day.
    state.useUp(intent);
  }
  const meant: Outcome = outcome.kind === 'created' ? { kind: 'done' } : outcome;
  state.notePause(intent.solution, meant, deps.clock.nowMs(), intent.word);
  deps.log({ event: 'intent-resolved', solution: intent.solution, outcome: outcome.kind });
}

/** Forgets events that ended long ago, and lets the right event drive each shared conference as time passes. */
function tidy(state: UserState, policies: Policies, nowMs: number): void {
  forgetLost(state, nowMs);
  const endedBeforeMs = nowMs - policies.keepEndedDays * DAY_MS;
  for (const binding of state.ledger.all()) {
    if (binding.series !== undefined || binding.state === 'ending') continue;
    if (binding.endsMs !== 0 && binding.endsMs < endedBeforeMs) forget(binding, state.ledger);
    else handOver(state.ledger, binding, nowMs);
  }
  tidyOccurrences(state.ledger, state.hasRoom, nowMs);
}

/** What left sight may have another time by now, or was copied there. */
function forget(binding: Binding, ledger: Ledger): void {
  if (mayBeUnseen(binding)) forgetUnseen(binding, ledger);
  else dropConference(binding, ledger);
}

/** So long people are told of a calendar that cannot be read any more. */
const LOST_FORGOTTEN_AFTER_MS = 60 * DAY_MS;

function isLongLost({ lostSinceMs = Number.POSITIVE_INFINITY }: CalendarRecord, nowMs: number): boolean {
  return nowMs - lostSinceMs >= LOST_FORGOTTEN_AFTER_MS;
}

/**
 * A calendar that has been out of sight for so long is deleted, as far as anybody can tell. Its conferences are let go,
 * never ended; should it come back, the next conference there brings it, and its events' marks bring them.
 */
function forgetLost(state: UserState, nowMs: number): void {
  for (const [key, record] of state.calendars) {
    if (!isLongLost(record, nowMs)) continue;
    for (const binding of state.ledger.all()) if (binding.calendar === key) forgetUnseen(binding, state.ledger);
    state.forgetCalendar(key);
  }
}

/** A write can only empty a property; the empty ones of earlier passes are removed here. They do no harm where they are. */
function removeUsedUp(entries: Readonly<Record<string, string>>, deps: SyncDeps): void {
  const isOurs = (key: string) => key.startsWith(INTENT_PREFIX) || key.startsWith(CALENDAR_PREFIX);
  const empty = Object.keys(entries).filter((key) => isOurs(key) && entries[key] === '');
  try {
    for (const key of empty.slice(0, 50)) deps.store.remove(key);
  } catch {
    deps.log({ event: 'property-stays' });
  }
}
