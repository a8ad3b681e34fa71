/** Work that has to wait must not come back as more than it was, be forgotten, or keep other work from its turn. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Solution } from '../../src/sync/deps';
import { CALENDAR_ID, NOW_MS, SOLUTION } from '../support/core-world';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const TEAM = 'team@example.com';
const DAILY = { recurrence: ['RRULE:FREQ=DAILY'] };
const expansions = (world: SyncWorld) => world.calendar.calls.filter((call) => call.startsWith('occurrences'));
const titleOf = (world: SyncWorld, id: string) => world.meet.conferences.get(id)?.title;

describe('a series whose occurrences are to be read', () => {
  it('has its turn although eight in a lost calendar come first', () => {
    const world = syncWorld();
    const lost = Array.from({ length: 8 }, (_, i) => ({
      calendar: 'calLOST',
      eventId: `lost${i}`,
      conference: `lost${i}`,
      endsMs: 0,
      unread: true as const,
    }));
    remember(world.store, ...lost);
    world.book('ser', DAILY);
    world.pass();
    expect(expansions(world)).toEqual([`occurrences ${CALENDAR_ID} ser`]);
  });

  it('is not read again when its details wait for the provider’s next day', () => {
    const world = syncWorld();
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    const capabilities = { ...solution.provider.capabilities, dailyRequests: 1 };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider: { ...solution.provider, capabilities } }]]);
    world.book('ser', DAILY);
    world.pass();
    expect(world.bindings()).toMatchObject([
      { todo: { kind: 'deliver', notBeforeMs: NOW_MS - (NOW_MS % DAY_MS) + DAY_MS } },
    ]);
    expect(world.bindings()[0]).not.toHaveProperty('unread');
  });
});

/** The provider is told, and the pass is killed before its commit. */
function tellAndDie(world: SyncWorld): void {
  world.meet.onBatch = () => {
    for (const request of world.meet.batches.at(-1) ?? []) world.meet.serve(request);
    throw new Error('killed');
  };
  const { take } = world.marks;
  world.marks.take = () => [];
  expect(() => world.pass()).toThrow('killed');
  world.marks.take = take;
  world.meet.onBatch = () => undefined;
}

describe('what a dead pass has left in doubt', () => {
  it('stays in doubt where a calendar could not be read', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    world.calendar.add(TEAM);
    world.edit('ev1', id, { summary: 'Told' });
    tellAndDie(world);
    world.edit('ev1', id, {});
    world.calendar.failList(CALENDAR_ID, 'google-unavailable');
    world.pass(TEAM);
    expect(titleOf(world, id)).toBe('Told');
    for (let i = 0; i < 4; i++) {
      world.clock.advance(20 * MINUTE_MS);
      world.pass();
    }
    expect(titleOf(world, id)).toBe('Plan');
  });

  it('is no longer in doubt for the sake of a calendar that is lost', () => {
    const world = syncWorld();
    world.book();
    world.calendar.add(TEAM);
    world.pass(TEAM);
    world.calendar.setRole(TEAM, 'none');
    world.pass(TEAM);
    world.marks.put('doubt');
    world.pass();
    expect([...world.marks.set]).toEqual([]);
  });

  it('is a probe that was killed, too', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    const pause = { failures: 3, untilMs: NOW_MS, reason: 'unavailable', sinceMs: NOW_MS - HOUR_MS };
    world.store.write({ 'lockstep.pauses': JSON.stringify({ [SOLUTION]: pause }) });
    world.edit('ev1', id, { summary: 'Told' });
    tellAndDie(world);
    world.edit('ev1', id, {});
    for (let i = 0; i < 8; i++) {
      world.clock.advance(20 * MINUTE_MS);
      world.sweep();
    }
    expect(titleOf(world, id)).toBe('Plan');
  });
});
