/** What a new grant sets going, and what it has nothing to do with. */
import { HOUR_MS } from '../../src/core/policies';
import type { Entered } from '../../src/ports/app-password';
import type { Completion, Grants } from '../../src/ports/grants';
import { connect, enterPassword } from '../../src/sync/connect';
import type { Solution } from '../../src/sync/deps';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, stamped, toDo } from '../support/core-world';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const OTHER = 'other-meet';
const PAIR = { user: 'ann', password: 'secret' };

/** Two providers; a person answers, after so long, and the grants say what came of it. */
function answered(end: Completion['kind'] & Entered = 'connected', tookMs = 300): SyncWorld {
  const { grants } = syncWorld().deps;
  const resumed = (resume: (provider: string) => void) => {
    world.clock.advance(tookMs);
    if (end === 'connected') resume('meet');
  };
  const told: Grants = {
    ...grants,
    personal: ['meet'],
    complete(_answer, resume) {
      resumed(resume);
      return { kind: end, provider: 'meet' };
    },
    enter(_provider, _pair, resume) {
      resumed(resume);
      return end;
    },
  };
  const world = syncWorld({ grants: told });
  const solution = world.deps.solutions.get(SOLUTION) as Solution;
  const other = { ...solution, id: OTHER, providerName: 'other' };
  world.deps.solutions = new Map([
    [SOLUTION, solution],
    [OTHER, other],
  ]);
  return world;
}

const ways: Array<[string, (world: SyncWorld) => unknown]> = [
  ['at the provider', (world) => connect(world.deps, {})],
  ['by entering a password', (world) => enterPassword(world.deps, 'meet', PAIR)],
];

/** An event whose change has failed twice and was given up. */
function givenUp(world: SyncWorld): void {
  world.create('unsaved');
  const owner = world.state().owner;
  world.calendar.put(CALENDAR_ID, eventRow({ conferenceData: stamped('conf1', owner) }));
  world.pass();
  remember(world.store, { conference: 'conf1', todo: toDo({ attempts: 2, parked: true }) });
}

describe.each(ways)('a person who connects %s', (_name, go) => {
  it('has delivered at once what was given up', () => {
    const world = answered();
    givenUp(world);
    go(world);
    expect(world.meet.conferences.get('conf1')?.title).toBe('Plan');
    expect(world.log.of('sweep')).toHaveLength(1);
  });

  it('has the repairs that wait for the grant made at once', () => {
    const world = answered();
    world.deps.policies = { ...world.deps.policies, brokenLinks: 'repair' };
    const id = world.book();
    world.pass();
    const todo = toDo({ kind: 'repair', notBeforeMs: NOW_MS + HOUR_MS });
    remember(world.store, ...world.bindings().map((known) => ({ ...known, state: 'broken' as const, todo })));
    go(world);
    expect(world.calendar.get(CALENDAR_ID, 'ev1')).not.toMatchObject({ conferenceData: { conferenceId: id } });
  });

  it.each<[number, number]>([
    [3_999, 1],
    [4_000, 0],
  ])('after %d ms has %d sweeps begun: Google ends the answer soon', (tookMs, sweeps) => {
    const world = answered('connected', tookMs);
    go(world);
    expect(world.log.of('sweep')).toHaveLength(sweeps);
  });

  it('has nothing of another provider tried again, nor what waits by right', () => {
    const world = answered('connected', 5_000);
    const kept = [
      { eventId: 'a', solution: OTHER, todo: toDo({ attempts: 2, parked: true }) },
      { eventId: 'b', todo: toDo({ kind: 'settle', notBeforeMs: NOW_MS + HOUR_MS }) },
      { eventId: 'c' },
    ] as const;
    remember(world.store, ...kept);
    const before = world.bindings();
    go(world);
    expect(world.bindings()).toEqual(before);
  });

  it('ends a pause for want of the grant, and that of no other provider', () => {
    const world = answered('connected', 5_000);
    const pause = { failures: 2, sinceMs: NOW_MS, untilMs: NOW_MS + HOUR_MS, reason: 'unauthorised' };
    world.store.entries.set('lockstep.pauses', JSON.stringify({ [SOLUTION]: pause, [OTHER]: pause }));
    go(world);
    expect([...world.state().pauses.keys()]).toEqual([OTHER]);
  });

  it('is connected although what follows goes wrong, which is logged', () => {
    const world = answered();
    world.store.readAll = () => {
      throw new TypeError('Service error');
    };
    go(world);
    expect(world.log.of('stopped')).toEqual([
      { event: 'stopped', code: 'unexpected' },
      { event: 'stopped', code: 'unexpected' },
    ]);
  });
});

describe.each(ways)('a person who does not succeed in connecting %s', (_name, go) => {
  it('has no sweep begun', () => {
    const world = answered('failed');
    go(world);
    expect(world.log.lines).toEqual([]);
  });
});
