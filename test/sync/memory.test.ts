/** How much there should be: what is found damaged, and what is not; and states as each stored form has them. */
import { packBinding } from '../../src/core/packed';
import { DAY_MS, HOUR_MS } from '../../src/core/policies';
import { memoryLines } from '../../src/gas/memory-lines';
import type { Status } from '../../src/ports/people';
import { MEMORY_KEY, readMemory } from '../../src/sync/memory';
import { SHARD_PREFIX } from '../../src/sync/shards';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_PREFIX } from '../../src/sync/sync-tokens';
import { UserState } from '../../src/sync/user-state';
import { CALENDAR_ID, NOW_MS } from '../support/core-world';
import { FakeStore } from '../support/fake-store';
import { type SyncWorld, syncWorld } from '../support/sync-world';
import first from './golden/1-first.json';
import withMemory from './golden/1-with-memory.json';

const SHARD = `${SHARD_PREFIX}0`;
const memoryOf = (world: SyncWorld) => readMemory(world.store.readAll());
const told = (world: SyncWorld) => readStatus(world.store, world.clock.nowMs()).memory;

function followed(): SyncWorld {
  const world = syncWorld();
  world.book();
  world.pass();
  return world;
}

describe('the memory', () => {
  it('knows each shard, and second copies of the secret word and the version', () => {
    const world = followed();
    expect(memoryOf(world)).toEqual({
      shards: { [SHARD]: expect.stringMatching(/^\S{6}$/) },
      owner: world.store.entries.get('lockstep.owner'),
      schema: '1',
    });
    expect(world.state().damages).toEqual([]);
  });

  it('follows every change of the ledger, in the same write', () => {
    const world = followed();
    world.edit('ev1', 'conf1', { summary: 'Renamed' });
    world.pass();
    const writes = world.store.writes.filter((keys) => keys.includes(SHARD));
    expect(writes.every((keys) => keys.includes(MEMORY_KEY))).toBe(true);
    expect(world.state().damages).toEqual([]);
  });

  it('finds nothing damaged where an earlier version left no word of it, or that word itself is damaged', () => {
    for (const text of [undefined, '', '{"shards":null}', '###']) {
      const world = followed();
      if (text === undefined) world.store.entries.delete(MEMORY_KEY);
      else world.store.entries.set(MEMORY_KEY, text);
      expect(world.state().damages).toEqual([]);
      world.sweep();
      expect(told(world)).toBeUndefined();
    }
  });
});

describe('a damage', () => {
  it('has every calendar read anew, once, whatever started the pass', () => {
    const world = followed();
    world.store.entries.delete(SHARD);
    const lists = () => world.calendar.calls.filter((call) => call.endsWith(' full')).length;
    const before = lists();
    world.pass();
    expect(lists()).toBe(before + 1);
    expect(world.bindings()).toMatchObject([{ state: 'live', eventId: 'ev1' }]);
    world.pass();
    expect(lists()).toBe(before + 1);
    expect(world.log.of('memory-damaged')).toHaveLength(1);
  });

  it('is not mended while a calendar could not be read', () => {
    const world = followed();
    world.store.entries.set(SHARD, 'x');
    world.calendar.failList(CALENDAR_ID, ...Array<'google-unavailable'>(9).fill('google-unavailable'));
    world.pass();
    world.calendar.healList(CALENDAR_ID);
    expect(told(world)).toMatchObject({ isMended: false });
    world.pass();
    expect(told(world)).toMatchObject({ isMended: true });
  });

  it('of a line in an old state is found as well', () => {
    const world = followed();
    world.store.entries.set(SHARD, `${world.store.entries.get(SHARD)}\nnot a binding`);
    world.store.entries.delete(MEMORY_KEY);
    expect(told(world)).toMatchObject({ isMended: false });
    world.pass();
    expect(world.log.of('memory-damaged')).toMatchObject([{ code: 'line' }]);
    expect(world.store.entries.get(SHARD)).not.toContain('not a binding');
  });

  it('that cannot be mended, of a calendar’s name, is told and does not have everything read again and again', () => {
    const world = followed();
    for (const trigger of world.triggers.all()) world.triggers.remove(trigger.id);
    for (const key of world.store.withPrefix(CALENDAR_PREFIX)) world.store.entries.delete(key);
    world.sweep();
    world.sweep();
    expect(told(world)).toMatchObject({ isMended: true, left: ['calendar'] });
    expect(world.log.of('memory-damaged')).toHaveLength(1);
  });
});

it('a card says of a damage what is known of it', () => {
  const lines = (memory: Status['memory']) => memoryLines({ memory } as Status, NOW_MS);
  expect(lines(undefined)).toEqual([]);
  expect(lines({ isMended: false, left: [] })).toEqual([
    'A part of this add-on’s memory is damaged. Your calendars are read anew to mend it.',
  ]);
  expect(lines({ isMended: true, left: ['calendar'], sinceMs: NOW_MS - 3 * HOUR_MS })).toEqual([
    'A part of this add-on’s memory was damaged, as was found 3 hours ago. It was made anew from your calendars; a conference whose event was deleted about then may still be there.',
    'Which calendar some conferences belong to is lost: they are left as they are. A new conference there helps.',
  ]);
});

/** One for each form that was ever stored. */
const GOLDEN = { first, withMemory };

describe('a state in every form that was ever stored', () => {
  it.each(Object.entries(GOLDEN))('is read, told of and followed: %s', (_name, entries: Record<string, string>) => {
    const state = new UserState(entries);
    const lines = Object.entries(entries).flatMap(([key, text]) =>
      key.startsWith(SHARD_PREFIX) ? text.split('\n') : [],
    );
    expect(state.ledger.all().map(packBinding).sort()).toEqual(lines.sort());
    expect(state.damages).toEqual([]);
    expect(new Set(state.ledger.all().map((binding) => binding.state)).size).toBe(5);
    expect([...state.calendars.values()].map(({ id }) => id)).toContain(CALENDAR_ID);
    expect([state.intents.length, state.pauses.size, state.spent.size]).toEqual([1, 1, 1]);

    const store = new FakeStore();
    for (const [key, text] of Object.entries(entries)) store.entries.set(key, text);
    const world = syncWorld({ store });
    world.clock.advance(DAY_MS);
    expect(readStatus(store, world.clock.nowMs()).live).toBeGreaterThan(0);
    expect(world.sweep()).toBe('done');
    expect(new UserState(store.readAll()).damages).toEqual([]);
  });
});
