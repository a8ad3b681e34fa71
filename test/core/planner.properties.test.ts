/**
 * The planner against arbitrary histories. What must hold is checked after every single step (support/planner-world.ts);
 * here the histories are made. Seeds are fixed, so that a failure found once is found again.
 */
import fc from 'fast-check';
import type { Binding } from '../../src/core/binding';
import type { Outcome } from '../../src/core/outcome';
import type { Row } from '../../src/core/row';
import { stampOf } from '../../src/core/stamp';
import { anyOutcome, anyPending, anyRow, CONFERENCES, EVENTS, pendingOf } from '../support/arbitrary-rows';
import { NOW_MS } from '../support/core-world';
import { PlannerWorld } from '../support/planner-world';

const CASES = 300_000;
/** Mutation testing asks for fewer. */
const ASKED_CASES = Number(process.env.PLANNER_CASES ?? CASES);
const STEPS_A_RUN = 20;
const SEED = 20_260_601;

/** How many histories a share of the cases makes, in hundredths. */
function runsOf(hundredths: number): number {
  const runs = (ASKED_CASES * hundredths) / 100 / STEPS_A_RUN;
  // A part of a history is none, and a test of no history at all would pass.
  if (Number.isInteger(runs) && runs > 0) return runs;
  throw new RangeError(`PLANNER_CASES is ${process.env.PLANNER_CASES}: a multiple of 2000 is wanted.`);
}

type Step =
  | { kind: 'row'; row: Row }
  | { kind: 'look'; n: number }
  | { kind: 'act'; outcomes: Outcome[] }
  | { kind: 'pass'; minutes: number }
  | { kind: 'create'; pending: Binding };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: anyRow.map((row): Step => ({ kind: 'row', row })) },
  { weight: 3, arbitrary: fc.nat(9).map((n): Step => ({ kind: 'look', n })) },
  {
    weight: 3,
    arbitrary: fc
      .array(anyOutcome, { minLength: 1, maxLength: 3 })
      .map((outcomes): Step => ({ kind: 'act', outcomes })),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 400 }).map((minutes): Step => ({ kind: 'pass', minutes })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...EVENTS), fc.constantFrom(...CONFERENCES))
      .map(([eventId, conference]): Step => ({ kind: 'create', pending: pendingOf(eventId, conference, NOW_MS) })),
  },
);

let cases = 0;

function play(bindings: readonly Binding[], steps: readonly Step[]): PlannerWorld {
  const world = new PlannerWorld(bindings);
  for (const one of steps) {
    cases++;
    if (one.kind === 'row') world.read(one.row);
    else if (one.kind === 'look') world.look(one.n);
    else if (one.kind === 'act') world.act(one.outcomes);
    else if (one.kind === 'pass') world.pass(one.minutes);
    else world.fold(one.pending);
    world.check();
  }
  return world;
}

/** Mostly whole; fast-check shortens a failing one. */
const history = fc
  .array(step, { minLength: 1, maxLength: 2 * STEPS_A_RUN, size: 'max' })
  .map((steps) => Object.assign(steps, { [fc.toStringMethod]: () => `\n${steps.map(told).join('\n')}\n` }));

/** A step as one line, for a failure that a person reads. */
function told(one: Step): string {
  if (one.kind === 'create') return `create ${one.pending.eventId} ${one.pending.conference}`;
  if (one.kind !== 'row') return JSON.stringify(one);
  const { id, status, summary, start, organizer, conferenceData } = one.row;
  const stamp = stampOf(one.row);
  const conference = stamp ? `${stamp.conference} of ${stamp.owner}` : (conferenceData?.conferenceId ?? 'none');
  return `row ${id} ${status} ${summary} ${start?.dateTime} by ${organizer?.email} conference ${conference}`;
}

describe('any history of rows, looks, outcomes and time', () => {
  it('keeps every promise of the planner at every step', () => {
    const property = fc.property(anyPending, history, (bindings, steps) => {
      play(bindings, steps);
    });
    fc.assert(property, { numRuns: runsOf(85), seed: SEED });
  });

  it('ends with a provider that knows what Calendar shows, once everything answers again', () => {
    const property = fc.property(anyPending, history, (bindings, steps) => {
      play(bindings, steps).calmDown();
    });
    fc.assert(property, { numRuns: runsOf(20), seed: SEED });
  });

  afterAll(() => {
    if (ASKED_CASES === CASES) expect(cases).toBeGreaterThanOrEqual(CASES);
  });
});
