import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

/** The sample vendor, as if it took only so many creates and updates a day and said so with a 429. */
function rationed(dailyRequests: number) {
  const world = syncWorld();
  const solution = world.deps.solutions.get(SOLUTION) as Solution;
  const daily = <T extends { kind: string }>(outcome: T) =>
    outcome.kind === 'limited' ? ({ ...outcome, daily: true } as T) : outcome;
  const provider: Provider = {
    ...solution.provider,
    capabilities: { ...solution.provider.capabilities, dailyRequests },
    *update(...args) {
      return daily(yield* solution.provider.update(...args));
    },
    *cancel(...args) {
      return daily(yield* solution.provider.cancel(...args));
    },
  };
  world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
  return world;
}

type World = ReturnType<typeof rationed>;
const later = (start: string) => ({ start: { dateTime: start }, end: { dateTime: start.replace('T10', 'T11') } });
const LATER = later('2026-06-09T10:00:00Z');
const counted = (world: World) => world.state().spent.get('meet')?.requests;
const status = (world: World) => readStatus(world.store, world.clock.nowMs());
const newRequests = (world: World, act: () => void) => {
  const from = world.meet.requests.length;
  act();
  return world.meet.requests.slice(from);
};

describe('a provider with a daily quota', () => {
  it('has creates and updates counted, and neither ends nor quiet passes', () => {
    const world = rationed(100);
    world.book();
    world.pass();
    expect(counted(world)).toBe(2);
    world.pass();
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    expect(world.bindings()).toEqual([]);
    expect(counted(world)).toBe(2);
  });

  it('has nothing counted that it does not limit', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    expect(world.state().spent.size).toBe(0);
    expect([...world.store.entries.keys()]).not.toContain('lockstep.spent');
  });

  it('is told times first, and titles when its next day begins', () => {
    const world = rationed(20);
    const ids = Array.from({ length: 5 }, (_, i) => world.book(`ev${i}`));
    world.pass();
    expect(counted(world)).toBe(10);
    ids.forEach((id, i) => {
      world.edit(`ev${i}`, id, { summary: `New ${i}`, ...(i > 2 && LATER) });
    });
    // Three fifths of twenty are twelve: ten were spent, and two new times use up the rest.
    expect(newRequests(world, world.pass)).toHaveLength(2);
    const titles = () => ids.map((id) => world.meet.conferences.get(id)?.title);
    expect(titles().slice(3)).toEqual(['New 3', 'New 4']);
    expect(titles().slice(0, 3)).toEqual(['Plan', 'Plan', 'Plan']);
    const nextDay = (Math.floor(world.clock.nowMs() / DAY_MS) + 1) * DAY_MS;
    expect(status(world)).toMatchObject({
      outbox: 3,
      pauses: [],
      waiting: [{ solution: SOLUTION, changes: 3, untilMs: nextDay }],
    });
    expect(newRequests(world, world.sweep)).toEqual([]);
    world.clock.advance(nextDay - world.clock.nowMs());
    world.sweep();
    expect(titles()).toEqual(['New 0', 'New 1', 'New 2', 'New 3', 'New 4']);
    expect(status(world)).toMatchObject({ outbox: 0, waiting: [] });
  });

  it('is told a title that waits together with a time that does not', () => {
    const world = rationed(4);
    const id = world.book();
    world.pass();
    world.edit('ev1', id, { summary: 'Waits' });
    world.pass();
    expect(newRequests(world, world.pass)).toEqual([]);
    world.edit('ev1', id, { summary: 'Waits no longer', ...LATER });
    world.pass();
    expect(world.meet.conferences.get(id)).toMatchObject({ title: 'Waits no longer' });
    expect(status(world).waiting).toEqual([]);
  });

  it('lets conferences end whose quota is spent', () => {
    const world = rationed(3);
    const ids = [world.book('ev1'), world.book('ev2')];
    world.pass();
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    expect(ids.map((id) => world.meet.conferences.get(id)?.cancelled)).toEqual([true, false]);
  });
});

describe('an answer that says the day’s limit is reached', () => {
  const spent = () => {
    const world = rationed(100);
    const ids = Array.from({ length: 4 }, (_, i) => world.book(`ev${i}`));
    world.pass();
    world.meet.script = ({ method }) => (method === 'PATCH' ? json(429, {}) : undefined);
    return { world, ids };
  };

  it('puts updates off until the next day, and lets conferences end today', () => {
    const { world, ids } = spent();
    ids.forEach((id, i) => {
      world.edit(`ev${i}`, id, { summary: `New ${i}` });
    });
    world.calendar.remove(CALENDAR_ID, 'ev3');
    world.pass();
    expect(status(world)).toMatchObject({ pauses: [], waiting: [{ changes: 3 }] });
    world.edit('ev0', ids[0] as string, { summary: 'Newer', ...LATER });
    expect(newRequests(world, world.pass)).toEqual([]);
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    expect(world.meet.conferences.get(ids[3] as string)?.cancelled).toBe(true);
    world.meet.script = () => undefined;
    world.clock.advance(DAY_MS);
    world.sweep();
    expect(ids.slice(0, 3).map((id) => world.meet.conferences.get(id)?.title)).toEqual(['Newer', 'New 1', 'New 2']);
  });

  it('about one conference keeps no other from being told', () => {
    const { world, ids } = spent();
    const [first, second] = ids as [string, string];
    world.meet.script = ({ method, url }) => (method === 'PATCH' && url.endsWith(first) ? json(429, {}) : undefined);
    world.edit('ev0', first, { summary: 'Too often' });
    world.pass();
    world.edit('ev1', second, { summary: 'At once' });
    world.pass();
    expect(world.meet.conferences.get(second)?.title).toBe('At once');
    expect(status(world).waiting).toMatchObject([{ changes: 1 }]);
  });

  it('to the end of a conference pauses the provider', () => {
    const { world } = spent();
    world.meet.script = ({ method }) => (method === 'DELETE' ? json(429, {}, { 'retry-after': '7200' }) : undefined);
    world.calendar.remove(CALENDAR_ID, 'ev3');
    world.pass();
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    const untilMs = world.clock.nowMs() + 2 * HOUR_MS;
    expect(status(world).pauses).toEqual([{ solution: SOLUTION, reason: 'limited', untilMs }]);
  });
});

describe('one conference that always fails', () => {
  it('holds up no other, however often it was tried', () => {
    const world = syncWorld();
    const [bad, good] = [world.book('bad'), world.book('good')];
    world.pass();
    world.meet.script = ({ url }) => (url.endsWith(bad) ? json(503, {}) : undefined);
    world.edit('bad', bad, { summary: 'Never arrives' });
    for (let hours = 0; hours < 12; hours++) {
      world.sweep();
      world.edit('good', good, { summary: `Arrives at ${hours}` });
      world.pass();
      expect(world.meet.conferences.get(good)?.title).toBe(`Arrives at ${hours}`);
      world.clock.advance(HOUR_MS);
    }
  });

  it.each([401, 503])('with %i brings about no pause that a new change does not end', (code) => {
    const world = syncWorld();
    const [bad, good] = [world.book('bad'), world.book('good')];
    world.pass();
    world.meet.script = ({ url }) => (url.endsWith(bad) ? json(code, {}) : undefined);
    world.edit('bad', bad, { summary: 'Never arrives' });
    world.pass();
    world.clock.advance(MINUTE_MS);
    world.sweep();
    expect(status(world).pauses).toHaveLength(1);
    world.edit('good', good, { summary: 'Arrives' });
    world.pass();
    expect(world.meet.conferences.get(good)?.title).toBe('Arrives');
    expect(status(world).pauses).toEqual([]);
  });
});

describe('a create', () => {
  it('counts for the day it was made on', () => {
    const world = rationed(100);
    world.book();
    world.clock.advance(DAY_MS);
    world.pass();
    expect(counted(world)).toBe(1);
  });
});

describe('a conference at which the server hangs until the pass is killed', () => {
  it('is tried behind all others', () => {
    const world = syncWorld();
    const [bad, good] = [world.book('bad'), world.book('good')];
    world.pass();
    world.meet.onBatch = () => {
      if (world.meet.batches.at(-1)?.some(({ url }) => url.endsWith(bad)) === true) throw new Error('killed');
    };
    const tried = (act: () => void) => {
      // A pass that is killed lets go of nothing: its mark stays.
      const take = world.marks.take.bind(world.marks);
      world.marks.take = (names) => (names.every((name) => name.startsWith('acting:')) ? [] : take(names));
      try {
        act();
      } catch (thrown) {
        expect((thrown as Error).message).toBe('killed');
      } finally {
        world.marks.take = take;
      }
    };
    world.edit('bad', bad, { summary: 'Never arrives' });
    for (let hours = 0; hours < 3; hours++) {
      for (let i = 0; i < 3; i++) {
        tried(world.pass);
        world.clock.advance(20 * MINUTE_MS);
      }
    }
    world.edit('good', good, { summary: 'Arrives' });
    for (let i = 0; i < 3; i++) {
      tried(world.pass);
      world.clock.advance(20 * MINUTE_MS);
    }
    expect(world.meet.conferences.get(good)?.title).toBe('Arrives');
    expect(world.bindings().find(({ eventId }) => eventId === 'bad')).toMatchObject({ delivered: '?' });
  });
});
