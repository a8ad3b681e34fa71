/** A repair step by step: what it waits for, what it leaves behind wherever it stops, and what the log says of it. */
import type { Binding, ToDo } from '../../src/core/binding';
import { DEFAULT_POLICIES, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { MAX_REPAIRS } from '../../src/core/repair';
import type { Row } from '../../src/core/row';
import { INTENT_PREFIX } from '../../src/sync/intents';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, stamped, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const repairing = toDo({ kind: 'repair' });

/** Events whose conferences are known to be gone: each is to be repaired in the next pass, which lists none of them. */
function broken(count = 1, row: Partial<Row> = {}, over: Partial<Binding> = {}): SyncWorld {
  const world = syncWorld({ policies: { ...DEFAULT_POLICIES, brokenLinks: 'repair' } });
  for (let i = 1; i <= count; i++) world.book(`ev${i}`, row);
  world.pass();
  for (const conference of world.meet.conferences.values()) conference.cancelled = true;
  const known = world.bindings();
  remember(
    world.store,
    ...known.map((binding) => ({ ...binding, state: 'broken' as const, todo: repairing, ...over })),
  );
  world.calendar.calls.length = 0;
  world.meet.batches.length = 0;
  world.log.lines.length = 0;
  return world;
}

const called = (world: SyncWorld, name: string) => world.calendar.calls.filter((call) => call.startsWith(name));
const creates = (world: SyncWorld) => world.meet.requests.filter((request) => request.startsWith('POST'));
const of = (world: SyncWorld, conference: string) =>
  world.bindings().find((binding) => binding.conference === conference) as Binding;
const failing = (method: string, status: number) => (request: { method: string }) =>
  request.method === method ? json(status, {}) : undefined;

describe('a repair', () => {
  it('takes one look, one create and one write, and is logged', () => {
    const world = broken();
    world.pass();
    expect(world.calendar.calls.map((call) => call.split(' ')[0])).toEqual(['list', 'get', 'put']);
    expect(creates(world)).toHaveLength(1);
    const conference = expect.stringMatching(/^[\w-]{6}$/);
    expect(world.log.of('repair')).toEqual([{ event: 'repair', conference, end: 'written' }]);
    expect(of(world, 'conf2')).toMatchObject({ state: 'live', repairs: 1 });
  });

  it('is counted with the rest of the pass', () => {
    const world = broken();
    const other = world.book('other');
    world.pass();
    expect(world.log.of('pass')).toMatchObject([{ done: 2, failed: 0, left: 0 }]);
    expect(world.meet.conferences.get(other)?.title).toBe('Plan');
  });

  it('whose conference could not be told of its event is counted as one that failed', () => {
    const world = broken();
    world.meet.script = failing('PATCH', 503);
    world.pass();
    expect(world.log.of('pass')).toMatchObject([{ done: 0, failed: 1, left: 0 }]);
  });

  it('waits with others when there are many: five are made in a pass', () => {
    const world = broken(7);
    world.pass();
    expect(called(world, 'put')).toHaveLength(5);
    world.pass();
    expect(called(world, 'put')).toHaveLength(7);
  });

  it.each<[string, (world: SyncWorld) => void]>([
    [
      'it is not due',
      (world) => remember(world.store, { ...of(world, 'conf1'), todo: { ...repairing, notBeforeMs: NOW_MS + 1_000 } }),
    ],
    [
      'the provider is left alone',
      (world) => {
        const pause = { failures: 2, untilMs: NOW_MS + 1, reason: 'unavailable', sinceMs: NOW_MS };
        world.store.entries.set('lockstep.pauses', JSON.stringify({ [SOLUTION]: pause }));
      },
    ],
    [
      'there is no time left to act on it',
      (world) => {
        world.calendar.onCall = () => world.clock.advance(14_000);
      },
    ],
    ['the calendar is lost', (world) => world.calendar.setRole(CALENDAR_ID, 'none')],
    [
      'its solution is not offered any more',
      (world) => {
        world.deps.solutions = new Map();
      },
    ],
  ])('is not begun while %s', (_name, hinder) => {
    const world = broken();
    hinder(world);
    world.pass();
    expect(creates(world)).toEqual([]);
    expect(called(world, 'put')).toEqual([]);
    expect(of(world, 'conf1')).toMatchObject({ state: 'broken', todo: { kind: 'repair' } });
  });
});

describe('the look before a repair', () => {
  it('is not made at an event that is over by then: nobody needs another link', () => {
    const world = broken(1, {}, { endsMs: NOW_MS });
    world.pass();
    expect(called(world, 'get')).toEqual([]);
    expect(creates(world)).toEqual([]);
    expect(of(world, 'conf1')).toMatchObject({ state: 'broken' });
    expect(of(world, 'conf1')).not.toHaveProperty('todo');
  });

  it('that fails is made again after ten minutes', () => {
    const world = broken();
    world.calendar.failGet('ev1', 'google-unavailable');
    world.pass();
    expect(creates(world)).toEqual([]);
    expect(of(world, 'conf1').todo).toEqual({ ...repairing, notBeforeMs: NOW_MS + 10 * MINUTE_MS });
  });

  it.each<[string, (world: SyncWorld) => void]>([
    ['no event', (world) => world.calendar.failGet('ev1', 'event-absent')],
    [
      'an event without the conference',
      (world) => {
        world.calendar.get = () => eventRow();
      },
    ],
  ])('that shows %s begins its end', (_name, change) => {
    const world = broken();
    change(world);
    world.pass();
    expect(creates(world)).toEqual([]);
    expect(of(world, 'conf1')).toMatchObject({ state: 'ending', todo: { kind: 'settle' } });
  });
});

describe('a create for a repair', () => {
  it.each<[string, number, boolean, Partial<ToDo>]>([
    [
      'has no answer: its intent stays; after ten minutes',
      503,
      true,
      { attempts: 1, notBeforeMs: NOW_MS + 10 * MINUTE_MS },
    ],
    ['is refused for now: nothing was made; after an hour', 429, false, { notBeforeMs: NOW_MS + HOUR_MS }],
  ])('is tried again that %s', (_name, status, stays, todo) => {
    const world = broken();
    world.meet.script = failing('POST', status);
    world.pass();
    expect(called(world, 'put')).toEqual([]);
    expect(of(world, 'conf1').todo).toEqual({ ...repairing, ...todo });
    expect(world.state().intents).toHaveLength(stays ? 1 : 0);
    expect(world.state().pauses.get(SOLUTION)).toMatchObject({ failures: 1 });
    expect(world.log.of('repair')).toMatchObject([{ end: status === 503 ? 'unavailable' : 'limited' }]);
  });

  it.each<[string, ReturnType<typeof json>]>([
    ['is refused for good', json(422, {})],
    ['brings an id that cannot be kept', json(201, { id: 'x'.repeat(513), joinUrl: 'https://meet.example.com/j/1' })],
  ])('that %s leaves no intent', (_name, answer) => {
    const world = broken();
    world.meet.script = ({ method }) => (method === 'POST' ? answer : undefined);
    world.pass();
    expect(world.state().intents).toEqual([]);
    expect(world.store.withPrefix(INTENT_PREFIX).length).toBeGreaterThan(0);
    expect(called(world, 'put')).toEqual([]);
  });

  it('that succeeds shows that the provider is well', () => {
    const world = broken();
    const pause = { failures: 1, untilMs: 0, reason: 'unavailable', sinceMs: NOW_MS - HOUR_MS };
    world.store.entries.set('lockstep.pauses', JSON.stringify({ [SOLUTION]: pause }));
    world.meet.script = failing('PATCH', 503);
    world.pass();
    expect(world.state().pauses.get(SOLUTION)).toMatchObject({ failures: 1, sinceMs: NOW_MS });
  });
});

describe('the write of a repair', () => {
  it.each(['google-unavailable', 'grant-missing', 'event-absent'] as const)(
    'that ends as %s is tried again, and the event looked at before that',
    (code) => {
      const world = broken();
      world.calendar.putFaults.push(code);
      world.pass();
      expect(of(world, 'conf1').todo).toEqual({ ...repairing, attempts: 1, notBeforeMs: NOW_MS + 10 * MINUTE_MS });
      expect(of(world, 'conf2')).toMatchObject({
        state: 'pending',
        repairs: 1,
        todo: { kind: 'settle', notBeforeMs: NOW_MS + 2 * MINUTE_MS },
      });
    },
  );

  it('that cannot name the version it read is not made', () => {
    const world = broken();
    const shown = world.calendar.get(CALENDAR_ID, 'ev1') as Row;
    const { etag: _none, ...row } = shown;
    world.calendar.get = () => row;
    world.pass();
    expect(called(world, 'put')).toEqual([]);
    expect(of(world, 'conf1')).toMatchObject({ state: 'broken', repairs: MAX_REPAIRS });
    expect(of(world, 'conf1')).not.toHaveProperty('todo');
  });

  it('that lost against a person is tried later if the event cannot be read then', () => {
    const world = broken();
    world.calendar.onPut = () => {
      world.edit('ev1', 'conf1', { summary: 'At the same moment' });
      world.calendar.failGet('ev1', 'google-unavailable');
    };
    world.pass();
    expect(called(world, 'put')).toHaveLength(1);
    expect(of(world, 'conf1').todo).toMatchObject({ kind: 'repair', attempts: 1 });
  });

  it('that a person forestalled by taking the conference off begins its end at once', () => {
    const world = broken();
    world.calendar.onPut = () => world.calendar.put(CALENDAR_ID, eventRow());
    world.pass();
    expect(of(world, 'conf1')).toMatchObject({ state: 'ending' });
    expect(world.log.of('repair')).toMatchObject([{ end: 'changed' }]);
  });

  it('of which Google kept the link without our mark is logged', () => {
    const world = broken();
    world.calendar.stampsAreKept = false;
    world.pass();
    expect(world.log.of('repair-unstamped')).toEqual([
      { event: 'repair-unstamped', conference: expect.stringMatching(/^[\w-]{6}$/) },
    ]);
  });
});

describe('the repair of a series', () => {
  const DAILY = { recurrence: ['RRULE:FREQ=DAILY'] };

  function withExceptions(count: number): SyncWorld {
    const world = broken(1, DAILY);
    const owner = world.state().owner;
    for (let i = 0; i < count; i++) {
      const slot = { dateTime: new Date(NOW_MS + (i + 2) * 24 * HOUR_MS).toISOString() };
      const own = { id: `ev1_${i}`, recurringEventId: 'ev1', originalStartTime: slot };
      world.calendar.put(CALENDAR_ID, eventRow({ ...own, conferenceData: stamped('conf1', owner) }));
    }
    return world;
  }

  it('gives the new conference to twenty exceptions at most', () => {
    const world = withExceptions(22);
    world.calendar.listPage = () => ({ rows: [], timeZone: 'Europe/Zurich', accessRole: 'owner', nextSyncToken: 't' });
    world.pass();
    expect(called(world, 'put')).toHaveLength(1 + 20);
  });

  it('succeeds although its exceptions cannot be read now', () => {
    const world = withExceptions(1);
    const { occurrences } = world.calendar;
    world.calendar.occurrences = (calendarId, seriesId) => {
      world.calendar.failGet(seriesId, 'google-unavailable');
      const answer = occurrences.call(world.calendar, calendarId, seriesId);
      world.calendar.healGet(seriesId);
      return answer;
    };
    world.calendar.listPage = () => ({ rows: [], timeZone: 'Europe/Zurich', accessRole: 'owner', nextSyncToken: 't' });
    world.pass();
    expect(called(world, 'put')).toHaveLength(1);
    expect(of(world, 'conf2')).toMatchObject({ state: 'live' });
  });
});
