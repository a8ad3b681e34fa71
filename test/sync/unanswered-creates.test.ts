/** What the sweep finds out about creates that were cut short, and what it does not ask. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Provider } from '../../src/ports/provider';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_ID, eventRow, SOLUTION, stamped } from '../support/core-world';
import { json } from '../support/fake-meet';
import { asKilled } from '../support/killed-creates';
import { type SyncWorld, syncWorld } from '../support/sync-world';

/** Creates that the provider carried out, although no answer came. */
function cutShort(count = 1): SyncWorld {
  const world = syncWorld();
  world.meet.script = (request) => {
    world.meet.serve(request);
    return { fault: 'no answer' };
  };
  for (let i = 0; i < count; i++) world.create(`ev${i}`);
  asKilled(world);
  world.meet.script = () => undefined;
  world.meet.batches.length = 0;
  return world;
}

function offer(world: SyncWorld, capabilities: Partial<Provider['capabilities']>): void {
  const solution = world.deps.solutions.get(SOLUTION);
  if (solution === undefined) throw new Error('no solution');
  const provider = { ...solution.provider, capabilities: { ...solution.provider.capabilities, ...capabilities } };
  world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
}

describe('a create without an answer', () => {
  it.each([
    [10 * MINUTE_MS - 1, 0],
    [10 * MINUTE_MS, 1],
  ])('after %d ms is asked about %d times: its execution may run until then', (ms, times) => {
    const world = cutShort();
    world.clock.advance(ms);
    world.sweep();
    expect(world.meet.batches).toHaveLength(times);
  });

  it('is not asked about when it was answered, although no pass has taken it in yet', () => {
    const world = syncWorld();
    world.create();
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.meet.requests).toEqual(['POST /conferences']);
  });

  it('is written down, with what came of it', () => {
    const world = cutShort();
    world.clock.advance(HOUR_MS);
    world.meet.script = () => json(503, {});
    world.sweep();
    world.meet.script = () => undefined;
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.log.of('intent-resolved').map(({ outcome }) => outcome)).toEqual(['unavailable', 'created']);
    expect(world.log.of('intent-resolved')[0]).toMatchObject({ solution: SOLUTION });
  });

  it('that is found out about shows that the provider is well', () => {
    const world = cutShort();
    world.clock.advance(HOUR_MS);
    world.meet.script = () => json(503, {});
    world.sweep();
    expect(world.state().pauses.get(SOLUTION)).toMatchObject({ reason: 'unavailable', failures: 1 });
    world.meet.script = () => undefined;
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.state().pauses.has(SOLUTION)).toBe(false);
  });

  it.each<[string, number]>([
    ['out', 503],
    ['limited', 429],
    ['without a grant', 401],
  ])('is kept for days while the provider is %s, and its conference ended when it is found', (_name, status) => {
    const world = cutShort();
    world.clock.advance(3 * DAY_MS);
    world.meet.script = () => json(status, {});
    world.sweep();
    expect(world.state().intents).toHaveLength(1);
    world.meet.script = () => undefined;
    world.clock.advance(DAY_MS);
    world.sweep();
    expect(world.state().intents).toEqual([]);
    // Its event was awaited for a day.
    expect(world.meet.conferences.get('conf1')?.cancelled).toBe(true);
  });

  it('cannot be found out about, and is given up with a log line, where nobody can be asked', () => {
    const withdrawn = cutShort();
    withdrawn.deps.solutions = new Map();
    const forgetful = cutShort();
    offer(forgetful, { idempotency: 'none' });
    for (const world of [withdrawn, forgetful]) {
      world.clock.advance(HOUR_MS);
      world.sweep();
      expect(world.meet.batches).toEqual([]);
      expect(world.state().intents).toEqual([]);
      expect(world.log.of('intent-given-up')).toEqual([{ event: 'intent-given-up', solution: SOLUTION }]);
    }
  });

  it('leaves time to read the calendars, however slowly the provider answers', () => {
    const world = cutShort(30);
    world.clock.advance(HOUR_MS);
    world.meet.onBatch = () => world.clock.advance(4_000);
    const startMs = world.clock.nowMs();
    world.sweep();
    expect(world.clock.nowMs() - startMs).toBeLessThan(25_000);
    expect(world.calendar.calls).toContain(`list ${CALENDAR_ID} full`);
    expect(world.bindings().length).toBeGreaterThan(0);
  });

  it('has its calendar read once, although it cannot be read and its address was written in several ways', () => {
    const world = syncWorld();
    for (const id of ['Gone@Example.com', 'gone@example.com', 'GONE@example.com']) world.create('ev1', id);
    world.sweep();
    expect(world.calendar.calls).toHaveLength(1);
    expect(world.triggers.list.filter(({ kind }) => kind === 'calendar')).toHaveLength(1);
  });
});

describe('a create that answered that it failed', () => {
  function failed(): SyncWorld {
    const world = syncWorld();
    world.meet.script = (request) => {
      world.meet.serve(request);
      return { fault: 'no answer' };
    };
    world.create();
    world.meet.script = () => undefined;
    world.clock.advance(HOUR_MS);
    return world;
  }

  it('is repeated once, and what it made is ended in the same pass', () => {
    const world = failed();
    expect(readStatus(world.store, world.clock.nowMs()).pending).toBe(0);
    world.sweep();
    expect(world.meet.requests.slice(-2)).toEqual(['POST /conferences', 'DELETE /conferences/conf1']);
    expect(world.meet.conferences.get('conf1')?.cancelled).toBe(true);
    expect([world.bindings(), world.state().intents]).toEqual([[], []]);
    const sent = world.meet.batches.length;
    world.sweep();
    expect(world.meet.batches.length).toBe(sent);
  });

  it('has its conference ended a little later where the service would not do it at once', () => {
    const world = failed();
    world.meet.script = ({ method }) => (method === 'DELETE' ? json(503, {}) : undefined);
    world.sweep();
    world.meet.script = () => undefined;
    for (let hour = 0; hour < 3; hour++) {
      world.clock.advance(HOUR_MS);
      world.sweep();
    }
    expect(world.meet.conferences.get('conf1')?.cancelled).toBe(true);
    expect(world.bindings()).toEqual([]);
  });

  it('leaves a conference alone that an event has all the same', () => {
    const world = failed();
    world.calendar.put(CALENDAR_ID, eventRow({ conferenceData: stamped('conf1', world.state().owner) }));
    world.pass();
    world.sweep();
    expect(world.meet.conferences.get('conf1')?.cancelled).toBe(false);
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
  });
});

it('a create keeps the id of its conference although the store refuses it twice', () => {
  const world = syncWorld();
  const { write } = world.store;
  let refusals = 0;
  world.store.write = (entries) => {
    if (world.meet.batches.length > 0 && refusals++ < 2) throw new Error('Service error: PropertiesService');
    write.call(world.store, entries);
  };
  world.create();
  expect(world.state().intents).toMatchObject([{ conference: 'conf1' }]);
  expect(world.log.of('create')).toMatchObject([{ end: 'created' }]);
});
