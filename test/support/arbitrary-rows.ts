/**
 * Arbitrary rows, outcomes and ledgers over a few events and conferences, so that histories collide often: duplicates
 * that share a conference, guests' copies, foreign conferences, stamps of another owner, stubs, exceptions.
 */
import fc from 'fast-check';
import type { Binding } from '../../src/core/binding';
import type { Outcome } from '../../src/core/outcome';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { bindingOf, eventRow, NOW_MS, stamped, toDo, tombstone } from './core-world';

export const EVENTS = ['ev1', 'ev2', 'ev3', 'ser1', 'ser2'] as const;
export const CONFERENCES = ['conf1', 'conf2'] as const;

const carried: fc.Arbitrary<Pick<Row, 'conferenceData'>> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...CONFERENCES).map((id) => ({ conferenceData: stamped(id) })) },
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ conferenceData: stamped('conf1', 'another-owner') }) },
  { weight: 1, arbitrary: fc.constant({ conferenceData: { conferenceId: 'abc-defg-hij' } }) },
);

const organiser: fc.Arbitrary<Required<Pick<Row, 'organizer'>>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ organizer: { email: 'ann@example.com', self: true } }) },
  { weight: 1, arbitrary: fc.constant({ organizer: { email: 'ben@example.com' } }) },
);

const hour = fc.integer({ min: -4, max: 16 }).map((hours) => {
  const at = (ms: number) => ({ dateTime: new Date(ms).toISOString(), timeZone: 'Europe/Zurich' });
  const startMs = NOW_MS + hours * HOUR_MS;
  return { start: at(startMs), end: at(startMs + HOUR_MS) };
});

const title = fc.constantFrom('Plan', 'Talk');

const liveRow: fc.Arbitrary<Row> = fc
  .tuple(fc.constantFrom(...EVENTS), title, hour, carried, organiser)
  .map(([id, summary, time, conference, by]) => ({
    ...eventRow({ id, summary, ...time, ...by }),
    ...conference,
    ...(id.startsWith('ser') && { recurrence: ['RRULE:FREQ=DAILY'] }),
  }));

const occurrenceRow: fc.Arbitrary<Row> = fc
  .tuple(fc.constantFrom('ser1', 'ser2'), fc.integer({ min: 1, max: 3 }), hour, carried, organiser, fc.boolean())
  .map(([series, day, time, conference, by, cancelled]) => {
    const dateTime = new Date(NOW_MS + day * DAY_MS).toISOString();
    const slot = { dateTime };
    const id = `${series}_${dateTime.replace(/[-:]|\.\d+/g, '')}`;
    const occurrence = { recurringEventId: series, originalStartTime: slot };
    return cancelled
      ? tombstone(id, occurrence)
      : { ...eventRow({ id, ...occurrence, ...time, ...by }), ...conference };
  });

export const anyRow: fc.Arbitrary<Row> = fc.oneof(
  { weight: 6, arbitrary: liveRow },
  { weight: 2, arbitrary: occurrenceRow },
  { weight: 2, arbitrary: fc.constantFrom(...EVENTS).map((id) => tombstone(id)) },
  { weight: 1, arbitrary: fc.constantFrom(...EVENTS).map((id): Row => ({ id, status: 'confirmed' })) },
);

export const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Outcome>({ kind: 'done' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Outcome>(
      { kind: 'gone' },
      { kind: 'limited', retryAfterMs: 90_000 },
      { kind: 'unavailable' },
      { kind: 'unauthorised' },
      { kind: 'refused', code: 'http-422' },
    ),
  },
);

/** Bindings as a create leaves them: pending, born some time ago. What else stands in a ledger, the planner made. */
export const anyPending: fc.Arbitrary<Binding[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...EVENTS), fc.constantFrom(...CONFERENCES), fc.integer({ min: 0, max: 90 })), {
    maxLength: 4,
    selector: ([eventId, conference]) => `${eventId} ${conference}`,
  })
  .map((given) => given.map(([eventId, conference, age]) => pendingOf(eventId, conference, NOW_MS - age * MINUTE_MS)));

export function pendingOf(eventId: string, conference: string, bornMs: number): Binding {
  const todo = toDo({ kind: 'settle', notBeforeMs: bornMs + DAY_MS, sinceMs: bornMs });
  return bindingOf({ eventId, conference, state: 'pending', endsMs: 0, bornMs, todo });
}
