/** Status: the state of one user's sync in numbers, for the home card. Reads only. */

import type { Whose } from '../core/account';
import type { Binding } from '../core/binding';
import { conferenceKey } from '../core/binding';
import { HOUR_MS } from '../core/policies';
import { nextDayMs } from '../core/quota';
import { keptConferences } from '../core/whereabouts';
import type { Status } from '../ports/people';
import type { StateStore } from '../ports/platform';
import { isHeld } from './account-status';
import { followedCalendars, SWEEP_NAME } from './heartbeat';
import { isHurt, isTold } from './memory';
import { newDamages } from './mend';
import type { CalendarRecord } from './sync-tokens';
import { calendarKey } from './sync-tokens';
import { STORE_LIMIT_BYTES, storeBytes, UserState } from './user-state';

const STALE_AFTER_MS = 3 * HOUR_MS;

type WhoseNow = (binding: Binding, state: UserState) => Whose;

/** @param whose would the service be asked as the account that made this conference? Left out: yes. */
export function readStatus(store: StateStore, nowMs: number, whose: WhoseNow = () => 'same'): Status {
  const entries = store.readAll();
  const state = new UserState(entries);
  const records = [...state.calendars.values()];
  const lost = new Set(
    [...state.calendars].flatMap(([key, { lostSinceMs }]) => (lostSinceMs === undefined ? [] : key)),
  );
  const bindings = state.ledger.all();
  const events = bindings.filter((binding) => binding.series === undefined);
  const held = bindings.filter((binding) => binding.unknownTo !== undefined && isHeld(binding));
  const heldAs = held.map((binding) => whose(binding, state));
  const kept = keptConferences(state.ledger, nowMs);
  const reads = records.flatMap((record) => (record.lostSinceMs === undefined ? (record.readMs ?? []) : []));
  return {
    calendars: records.length,
    lostCalendars: lost.size,
    tokenless: records.filter(isTokenless).length,
    plain: records.filter(({ plainness, token }) => plainness !== undefined && token !== undefined).length,
    unfinished: records.filter((record) => record.goesOn !== undefined).length,
    ...(reads.length > 0 && { readMs: Math.min(...reads) }),
    isStale: reads.some((readMs) => isStale(readMs, nowMs)),
    unwatched: followedCalendars(entries).filter((id) => isRefused(calendarKey(id), state)).length,
    hasNoSweep: isRefused(SWEEP_NAME, state),
    live: conferencesOf(events.filter(({ state, calendar }) => state === 'live' && !lost.has(calendar))),
    pending:
      events.filter((binding) => binding.state === 'pending').length +
      state.intents.filter(({ failed }) => !failed).length,
    outbox: bindings.filter(
      ({ todo, state }) => todo !== undefined && todo.kind !== 'repair' && state !== 'pending' && !todo.parked,
    ).length,
    parked: bindings.filter((binding) => (binding.todo?.parked === true && !held.includes(binding)) || isShort(binding))
      .length,
    broken: events.filter(
      (binding) => binding.state === 'broken' && binding.todo?.kind !== 'repair' && !held.includes(binding),
    ).length,
    unknown: {
      another: heldAs.filter((one) => one === 'another').length,
      untold: heldAs.filter((one) => one === 'untold').length,
    },
    repairing: events.filter(({ todo }) => todo?.kind === 'repair').length,
    pauses: [...state.pauses]
      // A key that is not accepted stays so until something succeeds, also while the next try is due.
      .filter(([, pause]) => pause.untilMs > nowMs || pause.reason === 'unauthorised')
      .map(([solution, pause]) => ({ solution, reason: pause.reason, untilMs: pause.untilMs })),
    waiting: state.spent.size === 0 ? [] : waitingOf(bindings, nextDayMs(nowMs)),
    unfollowed: {
      occurrences: sum(events.map(({ unfollowed = 0 }) => unfollowed)),
      events: sum(records.map(({ unadopted = 0 }) => unadopted)),
    },
    ...(isHurtFor(state, nowMs) && {
      memory: { isMended: newDamages(state).length === 0 && !isHurt(state.hurt), ...left(state) },
    }),
    storeFull: storeBytes(entries) >= STORE_LIMIT_BYTES,
    kept: kept.slice(0, MAX_KEPT_SHOWN).map(({ solution, conference }) => ({ solution, conference })),
    keptCount: kept.length,
  };
}

/** Events that share a conference, and a calendar that is read under two names, make no second one of it. */
function conferencesOf(bindings: readonly Binding[]): number {
  return new Set(bindings.map(conferenceKey)).size;
}

/** Two whole lists brought none, and plainer ones have not either so far. */
function isTokenless({ token, plainness, tokenless = 0 }: CalendarRecord): boolean {
  return token === undefined && (plainness !== undefined || tokenless > 1);
}

/** Of a calendar that was read then, nobody can say how it is now: it is read every hour, if all is well. */
export function isStale(readMs: number, nowMs: number): boolean {
  return nowMs - readMs > STALE_AFTER_MS;
}

function isRefused(name: string, { triggerNotes }: UserState): boolean {
  return triggerNotes[name]?.refusedMs !== undefined;
}

/** A card has room for so many. */
const MAX_KEPT_SHOWN = 5;
/** What its provider refused waits for another content, or for a repair. */
function isShort({ state, refused }: Binding): boolean {
  return state === 'live' && refused !== undefined;
}

/** A damage that no pass has met yet is one, too. */
function isHurtFor(state: UserState, nowMs: number): boolean {
  return newDamages(state).length > 0 || isTold(state.hurt, nowMs) || (state.hurt.left ?? []).length > 0;
}

function left({ hurt: { hurtMs, left = [] } }: UserState): Pick<NonNullable<Status['memory']>, 'sinceMs' | 'left'> {
  return { ...(hurtMs !== undefined && { sinceMs: hurtMs }), left };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What was put off rests until exactly then. */
function waitingOf(bindings: readonly Binding[], untilMs: number): Status['waiting'] {
  const changes = new Map<string, number>();
  for (const { solution, todo } of bindings) {
    const waits = todo?.kind === 'deliver' && !todo.parked && todo.notBeforeMs === untilMs;
    if (waits) changes.set(solution, (changes.get(solution) ?? 0) + 1);
  }
  return [...changes].map(([solution, number]) => ({ solution, changes: number, untilMs }));
}
