/**
 * Rows, bindings and contexts for tests of the core, with ordinary defaults: one calendar, one solution, one owner.
 */
import type { Binding, ToDo } from '../../src/core/binding';
import type { Capabilities } from '../../src/core/capabilities';
import { type DiffContext, diffRow } from '../../src/core/diff';
import { type Fingerprint, fingerprintOf } from '../../src/core/fingerprint';
import type { Ledger } from '../../src/core/ledger';
import { type Meeting, projectMeeting } from '../../src/core/meeting';
import { type Action, type PlanContext, planActions } from '../../src/core/plan';
import { DEFAULT_POLICIES, HOUR_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { stampParameters } from '../../src/core/stamp';

/** Monday, 1 June 2026, 08:00 UTC. */
export const NOW_MS = Date.UTC(2026, 5, 1, 8);
export const CALENDAR = 'calKEY';
export const CALENDAR_ID = 'ann@example.com';
export const OWNER = 'owner-word';
export const SOLUTION = 'example-meet';

export const KEEPS_ALL: Capabilities = {
  keeps: ['title', 'time', 'recurrence'],
  update: 'patch',
  cancel: 'yes',
  occurrences: 'keeps',
  idempotency: 'key',
};

/** `conferenceData` as Google returns a conference of ours. */
export function stamped(conference: string, owner = OWNER, solution = SOLUTION): NonNullable<Row['conferenceData']> {
  const pairs = stampParameters({ solution, conference, owner });
  return {
    conferenceId: conference,
    conferenceSolution: { key: { type: 'addOn' } },
    parameters: { addOnParameters: { parameters: Object.fromEntries(pairs.map(({ key, value }) => [key, value])) } },
  };
}

/** A live single event of the organiser, tomorrow at nine in Zurich, without a conference. */
export function eventRow(over: Partial<Row> = {}): Row {
  return {
    id: 'ev1',
    status: 'confirmed',
    summary: 'Plan',
    start: { dateTime: '2026-06-02T09:00:00+02:00', timeZone: 'Europe/Zurich' },
    end: { dateTime: '2026-06-02T10:00:00+02:00', timeZone: 'Europe/Zurich' },
    organizer: { email: CALENDAR_ID, self: true },
    ...over,
  };
}

/** The event, with our conference. */
export function ours(over: Partial<Row> = {}): Row {
  return eventRow({ conferenceData: stamped('conf1'), ...over });
}

/** What a provider that keeps everything has been told of such an event. */
export function deliveredAs(row: Row): Fingerprint {
  return fingerprintOf(projectMeeting(row, 'Europe/Zurich', DEFAULT_POLICIES) as Meeting, new Set(KEEPS_ALL.keeps));
}

/** Plans what one row brings. */
export function read(row: Row, ledger: Ledger, over: Partial<PlanContext> = {}): Action[] {
  return planActions(diffRow(row, ledger, diffContext()), ledger, planContext(over));
}

export function tombstone(id = 'ev1', over: Partial<Row> = {}): Row {
  return { id, status: 'cancelled', ...over };
}

export function bindingOf(over: Partial<Binding> = {}): Binding {
  return {
    calendar: CALENDAR,
    eventId: 'ev1',
    solution: SOLUTION,
    conference: 'conf1',
    state: 'live',
    delivered: '',
    endsMs: NOW_MS + 26 * HOUR_MS,
    bornMs: NOW_MS - HOUR_MS,
    guest: false,
    ...over,
  };
}

export function toDo(over: Partial<ToDo> = {}): ToDo {
  return { kind: 'deliver', attempts: 0, notBeforeMs: NOW_MS, sinceMs: NOW_MS, parked: false, missed: false, ...over };
}

export function diffContext(over: Partial<DiffContext> = {}): DiffContext {
  return {
    calendar: CALENDAR,
    calendarId: CALENDAR_ID,
    calendarZone: 'Europe/Zurich',
    ownerMark: () => OWNER,
    capabilitiesOf: (solution) => (solution === SOLUTION ? KEEPS_ALL : undefined),
    rules: DEFAULT_POLICIES,
    nowMs: NOW_MS,
    ...over,
  };
}

export function planContext(over: Partial<PlanContext> = {}): PlanContext {
  return { calendar: CALENDAR, policies: DEFAULT_POLICIES, nowMs: NOW_MS, retry: false, hasRoom: true, ...over };
}
