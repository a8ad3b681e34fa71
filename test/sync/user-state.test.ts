import { bindingKey } from '../../src/core/binding';
import { packBinding } from '../../src/core/packed';
import { MINUTE_MS } from '../../src/core/policies';
import { byteLength, LedgerShards, SHARD_LIMIT_BYTES, SHARD_PREFIX } from '../../src/sync/shards';
import { CALENDAR_PREFIX } from '../../src/sync/sync-tokens';
import { OWNER_KEY, SCHEMA, SCHEMA_KEY, STORE_LIMIT_BYTES, storeBytes, UserState } from '../../src/sync/user-state';
import { bindingOf, CALENDAR_ID } from '../support/core-world';
import { json } from '../support/fake-meet';
import { FakeStore } from '../support/fake-store';
import { syncWorld } from '../support/sync-world';

const isToken = (key: string) => key.startsWith(CALENDAR_PREFIX);

describe('the order of writing', () => {
  it('is ledger first, token last, in two writes', () => {
    const world = syncWorld();
    world.book();
    const before = world.store.writes.length;
    world.pass();
    const [first, last, ...more] = world.store.writes.slice(before);
    expect(more).toEqual([]);
    expect(first?.some(isToken)).toBe(false);
    expect(first?.some((key) => key.startsWith(SHARD_PREFIX))).toBe(true);
    expect(last?.filter(isToken)).toHaveLength(1);
  });

  it('is one write when nothing but the token and the time of triggers moved', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    world.calendar.put(CALENDAR_ID, { id: 'foreign', status: 'confirmed' });
    const before = world.store.writes.length;
    world.pass();
    expect(world.store.writes.slice(before)).toEqual([['lockstep.beat', expect.stringContaining(CALENDAR_PREFIX)]]);
  });

  it.each([1, 2])('loses nothing when the write number %d of a pass is refused', (nth) => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    world.edit('ev1', id, { summary: 'Talk' });
    world.store.failFrom(nth, 1);
    expect(() => world.pass()).toThrow(expect.objectContaining({ code: 'store-refused' }));
    expect(world.lock.taken).toBe(false);
    world.clock.advance(5 * MINUTE_MS);
    world.pass();
    world.sweep();
    expect(world.meet.conferences.get(id)?.title).toBe('Talk');
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
    expect(world.bindings()[0]?.todo).toBeUndefined();
  });

  it('keeps an intent until the ledger has its binding', () => {
    const world = syncWorld();
    world.book();
    world.store.failFrom(2, 1);
    expect(() => world.pass()).toThrow();
    expect(world.bindings()).toHaveLength(1);
    expect(world.state().intents).toHaveLength(1);
    world.clock.advance(5 * MINUTE_MS);
    world.pass();
    expect(world.bindings()).toHaveLength(1);
    expect(world.state().intents).toEqual([]);
  });
});

describe('a state', () => {
  it('of a newer version is refused and left untouched', () => {
    const world = syncWorld();
    world.store.entries.set(SCHEMA_KEY, '2');
    expect(() => world.pass()).toThrow(expect.objectContaining({ code: 'state-unreadable' }));
    expect(world.store.writes).toEqual([]);
    expect(world.lock.taken).toBe(false);
  });

  it.each([
    ['a calendar record', `${CALENDAR_PREFIX}x`],
    ['an intent', 'lockstep.intent.x'],
    ['the pauses', 'lockstep.pauses'],
  ])('with %s that cannot be read is worked with all the same', (_name, key) => {
    const world = syncWorld();
    world.store.entries.set(key, '{"id":');
    const id = world.book();
    world.pass();
    expect(world.sweep()).toBe('done');
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });

  it('with a binding that cannot be read keeps that line until every calendar has been read anew', () => {
    const world = syncWorld();
    world.store.entries.set(`${SHARD_PREFIX}0`, 'not a binding');
    world.book();
    world.calendar.failList(CALENDAR_ID, ...Array<'google-unavailable'>(9).fill('google-unavailable'));
    world.pass();
    world.calendar.healList(CALENDAR_ID);
    expect(world.store.entries.get(`${SHARD_PREFIX}0`)).toMatch(/^not a binding\n/);
    expect(world.state().unreadable).toBe(1);
    world.pass();
    expect(world.state().unreadable).toBe(0);
    expect(world.bindings()).toHaveLength(1);
  });

  it('has room until a fixed part of Google’s limit is used', () => {
    const entries: Record<string, string> = { [OWNER_KEY]: 'x' };
    expect(new UserState(entries).hasRoom).toBe(true);
    for (let i = 0; i * 8_000 < STORE_LIMIT_BYTES; i++) entries[`other.${i}`] = 'x'.repeat(8_000);
    expect(new UserState(entries).hasRoom).toBe(false);
  });

  it('has room for one byte less than that part, the ledger counted once', () => {
    const ledger = new LedgerShards({});
    ledger.ledger.put(bindingOf());
    const entries: Record<string, string> = { ...ledger.takeEntries() };
    const room = () => new UserState(entries).hasRoom;
    for (let i = 0; i < 52; i++) entries[`other.${i}`] = 'x'.repeat(8_000);
    entries.rest = '';
    entries.rest = 'x'.repeat(STORE_LIMIT_BYTES - storeBytes(entries) - 1);
    expect(room()).toBe(true);
    entries.rest += 'x';
    expect(storeBytes(entries)).toBe(STORE_LIMIT_BYTES);
    expect(room()).toBe(false);
  });

  it('knows its version after the first write, and says of a newer one that nothing was changed', () => {
    const store = new FakeStore();
    new UserState(store.readAll()).commit(store);
    expect(store.entries.get(SCHEMA_KEY)).toBe(SCHEMA);
    expect(() => new UserState({ [SCHEMA_KEY]: '9' })).toThrow(
      expect.objectContaining({
        remedy: 'report-bug',
        message: expect.stringMatching(/newer version \(9.*Nothing was changed.*deploy the newer version/),
      }),
    );
  });

  it('has no secret word before one was drawn', () => {
    expect(new UserState({}).owner).toBe('');
  });

  it('keeps what was spent of a day under a name of its own', () => {
    const store = new FakeStore();
    const state = new UserState(store.readAll());
    state.spent.set('meet', { day: 20_605, requests: 7, refused: '' });
    state.commit(store);
    expect(store.entries.get('lockstep.spent')).toBe('{"meet":{"day":20605,"requests":7,"refused":""}}');
    expect(new UserState(store.readAll()).spent).toEqual(state.spent);
  });

  it('that nothing happened to is not written', () => {
    const store = new FakeStore();
    store.write({ [SCHEMA_KEY]: SCHEMA });
    new UserState(store.readAll()).commit(store);
    expect(store.writes).toHaveLength(1);
  });

  it('keeps the names of its properties: they are out there', () => {
    const world = syncWorld();
    world.book();
    world.meet.script = () => json(429, {}, { 'retry-after': '60' });
    world.pass();
    const names = [...world.store.entries.keys()].map((name) => name.split('.').slice(0, 2).join('.'));
    expect([...new Set(names)].sort()).toEqual([
      'lockstep.beat',
      'lockstep.calendar',
      'lockstep.intent',
      'lockstep.ledger',
      'lockstep.memory',
      'lockstep.owner',
      'lockstep.pauses',
      'lockstep.schema',
      'lockstep.triggers',
    ]);
  });
});

describe('a state that is committed twice in a pass', () => {
  it('leaves no pause behind that began and ended within it', () => {
    const store = new FakeStore();
    const state = new UserState(store.readAll());
    state.pauses.set('meet', { failures: 1, untilMs: MINUTE_MS, reason: 'unauthorised', sinceMs: 0 });
    state.commit(store);
    expect(new UserState(store.readAll()).pauses.size).toBe(1);
    state.pauses.delete('meet');
    state.commit(store);
    expect(new UserState(store.readAll()).pauses.size).toBe(0);
  });
});

describe('the shards', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => bindingOf({ eventId: `event${i}` }));

  it('stay below the limit of a value, and give back every binding', () => {
    const shards = new LedgerShards({});
    for (const binding of many(500)) shards.ledger.put(binding);
    const entries = shards.takeEntries();
    for (const text of Object.values(entries)) expect(byteLength(text)).toBeLessThanOrEqual(SHARD_LIMIT_BYTES);
    expect(new LedgerShards(entries).ledger.all().map(bindingKey).sort()).toEqual(many(500).map(bindingKey).sort());
  });

  it('rewrite only the shard of the binding that changed', () => {
    const store = new FakeStore();
    const shards = new LedgerShards({});
    for (const binding of many(500)) shards.ledger.put(binding);
    store.write(shards.takeEntries());
    const later = new LedgerShards(store.readAll());
    later.ledger.put(bindingOf({ eventId: 'event3', guest: true }));
    expect(Object.keys(later.takeEntries())).toHaveLength(1);
    expect(later.takeEntries()).toEqual({});
  });

  it('move a binding that outgrew its shard, and leave no double behind', () => {
    const store = new FakeStore();
    const shards = new LedgerShards({});
    for (const binding of many(500)) shards.ledger.put(binding);
    store.write(shards.takeEntries());
    const later = new LedgerShards(store.readAll());
    later.ledger.put({ ...bindingOf({ eventId: 'event3' }), delivered: 'x'.repeat(2_000) });
    const entries = later.takeEntries();
    expect(Object.keys(entries)).toHaveLength(2);
    store.write(entries);
    const keys = new LedgerShards(store.readAll()).ledger.all().map(bindingKey);
    expect(keys).toHaveLength(500);
    expect(new Set(keys).size).toBe(500);
  });

  it('heal a binding that stands in two of them, so that the older one never comes back', () => {
    const store = new FakeStore();
    const old = bindingOf({ endsMs: 60_000 });
    store.write({ [`${SHARD_PREFIX}0`]: packBinding(old), [`${SHARD_PREFIX}1`]: packBinding(bindingOf()) });
    const shards = new LedgerShards(store.readAll());
    expect(shards.ledger.all()).toEqual([bindingOf()]);
    shards.ledger.drop(bindingOf());
    store.write(shards.takeEntries());
    expect(new LedgerShards(store.readAll()).ledger.all()).toEqual([]);
  });

  it('measure text as the store does', () => {
    for (const text of ['abc', 'Zürich', '会议', '😀']) expect(byteLength(text)).toBe(Buffer.byteLength(text));
  });
});
