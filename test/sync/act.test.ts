import { MINUTE_MS } from '../../src/core/policies';
import type { Provider } from '../../src/ports/provider';
import { WAVE_WIDTH } from '../../src/sync/act';
import type { Solution } from '../../src/sync/deps';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

const many = (world: ReturnType<typeof syncWorld>, count: number) => {
  const ids = Array.from({ length: count }, (_, i) => world.book(`ev${i}`));
  return { ids, from: world.meet.batches.length };
};

describe('many changes at once', () => {
  it('go out in waves of a fixed width', () => {
    const world = syncWorld();
    const { ids, from } = many(world, 120);
    world.pass();
    expect(world.meet.batches.slice(from).map((batch) => batch.length)).toEqual([WAVE_WIDTH, WAVE_WIDTH, 20]);
    expect(ids.every((id) => world.meet.conferences.get(id)?.title === 'Plan')).toBe(true);
  });

  it('stop after two waves in which nothing succeeded', () => {
    const world = syncWorld();
    const { from } = many(world, 200);
    world.meet.script = () => json(503, {});
    world.pass();
    expect(world.meet.batches.slice(from)).toHaveLength(2);
    expect(world.bindings().every(({ todo }) => todo?.kind === 'deliver')).toBe(true);
  });

  it('go on when some of a wave succeeded', () => {
    const world = syncWorld();
    const { from } = many(world, 200);
    world.meet.script = ({ url }) => (url.endsWith('1') ? undefined : json(503, {}));
    world.pass();
    expect(world.meet.batches.slice(from)).toHaveLength(4);
  });

  it('stop at once when the provider asks for it, for as long as it asks', () => {
    const world = syncWorld();
    const { from } = many(world, 200);
    world.meet.script = ({ url }) => (url.endsWith('7') ? json(429, {}, { 'retry-after': '600' }) : undefined);
    world.pass();
    expect(world.meet.batches.slice(from)).toHaveLength(1);
    world.clock.advance(9 * MINUTE_MS);
    world.sweep();
    expect(world.meet.batches.slice(from)).toHaveLength(1);
    expect(world.state().pauses.get(SOLUTION)).toMatchObject({ reason: 'limited' });
  });

  it('stop at once when the key is not accepted', () => {
    const world = syncWorld();
    const { from } = many(world, 200);
    world.meet.script = () => json(401, {});
    world.pass();
    expect(world.meet.batches.slice(from)).toHaveLength(1);
    expect(world.state().pauses.get(SOLUTION)).toMatchObject({ reason: 'unauthorised' });
  });
});

describe('a series and its occurrence', () => {
  it('are told in this order', () => {
    const world = syncWorld();
    const id = world.book('ser', { recurrence: ['RRULE:FREQ=DAILY'] });
    const originalStartTime = { dateTime: '2026-06-03T09:00:00+02:00' };
    world.calendar.put(CALENDAR_ID, { id: 'ser_1', status: 'cancelled', recurringEventId: 'ser', originalStartTime });
    const from = world.meet.requests.length;
    world.pass();
    expect(world.meet.requests.slice(from)).toEqual([
      `PATCH /conferences/${id}`,
      `PUT /conferences/${id}/occurrences/2026-06-03T07%3A00%3A00Z`,
    ]);
  });
});

describe('the idempotency key of a change', () => {
  function listening() {
    const world = syncWorld();
    const keys: string[] = [];
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    const provider: Provider = {
      ...solution.provider,
      *update(id, meeting, fields, key) {
        keys.push(key);
        return yield* solution.provider.update(id, meeting, fields, key);
      },
    };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
    return { world, keys };
  }

  it('is the same for every attempt', () => {
    const { world, keys } = listening();
    world.clock.advance(1);
    world.book();
    world.meet.script = () => json(503, {});
    world.pass();
    world.meet.script = () => undefined;
    world.clock.advance(2 * MINUTE_MS);
    world.sweep();
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('is another one when an event is changed back to what it was', () => {
    const { world, keys } = listening();
    const id = world.book();
    for (const summary of ['Plan', 'Talk', 'Plan']) {
      world.clock.advance(MINUTE_MS);
      world.edit('ev1', id, { summary });
      world.pass();
    }
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(3);
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });
});
