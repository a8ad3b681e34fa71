import { INTENT_PREFIX } from '../../src/sync/intents';
import { OWNER_KEY, SCHEMA_KEY, STORE_LIMIT_BYTES } from '../../src/sync/user-state';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

const intents = (world: ReturnType<typeof syncWorld>) =>
  world.store.withPrefix(INTENT_PREFIX).map((key) => world.store.entries.get(key));

describe('a create', () => {
  it('gives the conference with a stamp of this user', () => {
    const world = syncWorld();
    expect(world.create()).toEqual({
      kind: 'created',
      conference: expect.objectContaining({ id: 'conf1', joinUrl: 'https://meet.example.com/j/conf1' }),
      stamp: { solution: SOLUTION, conference: 'conf1', owner: world.store.entries.get(OWNER_KEY) },
    });
  });

  it('writes its intent before it asks the provider', () => {
    const world = syncWorld();
    let atRequest: Array<string | undefined> = [];
    world.meet.onBatch = () => {
      atRequest = intents(world);
    };
    world.create();
    expect(JSON.parse(atRequest[0] ?? '')).toMatchObject({ eventId: 'ev1', calendarId: CALENDAR_ID });
    expect(JSON.parse(atRequest[0] ?? '')).not.toHaveProperty('conference');
    expect(JSON.parse(intents(world)[0] ?? '')).toMatchObject({ conference: 'conf1' });
  });

  it('asks no provider when its intent cannot be written', () => {
    const world = syncWorld();
    world.store.failFrom(1);
    expect(() => world.create()).toThrow(expect.objectContaining({ code: 'store-refused' }));
    expect(world.meet.batches).toEqual([]);
  });

  it('takes one read, two writes, one request, no list and no lock; the very first one reads twice', () => {
    const world = syncWorld();
    world.create();
    expect(world.store.reads).toBe(2);
    world.create('ev2');
    expect(world.store.reads).toBe(3);
    expect(world.store.writes).toHaveLength(4);
    expect(world.meet.requests).toEqual(['POST /conferences', 'POST /conferences']);
    expect(world.calendar.calls).toEqual([]);
    expect(world.lock.tries).toBe(0);
  });

  it('works while a pass holds the lock', () => {
    const world = syncWorld();
    world.lock.taken = true;
    expect(world.create().kind).toBe('created');
  });

  it('draws the owner’s mark once', () => {
    const world = syncWorld();
    world.create();
    const owner = world.store.entries.get(OWNER_KEY);
    world.create('ev2');
    expect(world.store.entries.get(OWNER_KEY)).toBe(owner);
    expect(world.store.entries.get(SCHEMA_KEY)).toBe('1');
  });

  it('seals with the word that stands when another first create draws one at the same time', () => {
    const world = syncWorld();
    world.meet.onBatch = () => world.store.entries.set(OWNER_KEY, 'drawn by the other');
    expect(world.create()).toMatchObject({ kind: 'created', stamp: { owner: 'drawn by the other' } });
  });

  it('seals with its own word when the store cannot be read a second time', () => {
    const world = syncWorld();
    world.meet.onBatch = () => world.store.failReads();
    expect(world.create()).toMatchObject({ kind: 'created', stamp: { owner: world.store.entries.get(OWNER_KEY) } });
  });

  it('uses another idempotency key for every conference', () => {
    const world = syncWorld();
    world.create();
    world.create();
    expect(world.meet.conferences.size).toBe(2);
  });

  it('tells the provider nothing but a placeholder at the next full hour', () => {
    const world = syncWorld();
    world.clock.advance(60_000);
    world.create();
    expect(world.meet.conferences.get('conf1')).toMatchObject({
      title: 'Meeting',
      start: { dateTime: '2026-06-01T11:00:00', timeZone: 'Europe/Zurich' },
    });
  });
});

describe('once the provider has made the conference', () => {
  it('a second write that is refused does not fail the create', () => {
    const world = syncWorld();
    world.store.failFrom(2);
    expect(world.create().kind).toBe('created');
    expect(JSON.parse(intents(world)[0] ?? '')).not.toHaveProperty('conference');
  });

  it('triggers that are gone are put back once the calendar was not read for hours, and not looked at before', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    for (const trigger of world.triggers.all()) world.triggers.remove(trigger.id);
    world.create('ev2');
    expect(world.triggers.all()).toEqual([]);
    world.clock.advance(3 * 3_600_000);
    world.create('ev3');
    expect(world.triggers.all()).toHaveLength(2);
  });

  it('triggers that are refused, or cannot be read, do not fail the create', () => {
    const world = syncWorld();
    world.triggers.refused.add(CALENDAR_ID);
    expect(world.create().kind).toBe('created');
    world.triggers.all = () => {
      throw new Error('Service error: ScriptApp');
    };
    expect(world.create('ev2').kind).toBe('created');
  });
});

describe('a provider that does not make the conference', () => {
  it.each<[name: string, status: number, error: string, intentStays: boolean]>([
    ['is out', 503, 'TEMPORARY', true],
    ['redirects', 302, 'TEMPORARY', true],
    ['is asked too much', 429, 'TEMPORARY', false],
    ['does not accept the key', 401, 'PERMANENT', false],
    ['forbids it', 403, 'PERMISSION_DENIED', false],
    ['refuses the meeting', 422, 'PERMANENT', false],
    ['is not there', 404, 'PERMANENT', false],
  ])('%s (%d): the person sees %s', (_name, status, error, intentStays) => {
    const world = syncWorld();
    world.meet.script = () => json(status, {});
    expect(world.create()).toEqual({ kind: 'failed', error });
    expect(intents(world).map((text) => text !== '')).toEqual([intentStays]);
  });

  it('is asked once more when it failed quickly, with the very same request', () => {
    const world = syncWorld();
    world.meet.script = () => (world.meet.batches.length === 1 ? { fault: 'no answer' } : undefined);
    expect(world.create().kind).toBe('created');
    expect(world.meet.batches[1]).toEqual(world.meet.batches[0]);
  });

  it('is not asked again when a person has waited already', () => {
    const world = syncWorld();
    world.meet.onBatch = () => world.clock.advance(2_500);
    world.meet.script = () => ({ fault: 'no answer' });
    expect(world.create()).toEqual({ kind: 'failed', error: 'TEMPORARY' });
    expect(world.meet.batches).toHaveLength(1);
  });

  it('leaves a trace when its answer could not be understood: the conference may exist', () => {
    const world = syncWorld();
    world.meet.script = () => json(201, { id: 'conf1', joinUrl: 'https://meet.example.com/j/1', dialIn: [null] });
    expect(world.create().kind).toBe('failed');
    expect(world.state().intents).toHaveLength(1);
  });
});

describe('a create that cannot be', () => {
  it.each<[string, string, string]>([
    ['without a calendar', '', 'ev1'],
    ['without an event', CALENDAR_ID, ''],
  ])('%s asks nobody', (_name, calendarId, eventId) => {
    const world = syncWorld();
    expect(world.create(eventId, calendarId)).toEqual({ kind: 'failed', error: 'UNKNOWN' });
    expect(world.store.writes).toEqual([]);
  });

  it('of a solution that is not offered asks nobody', () => {
    const world = syncWorld({ solutions: new Map() });
    expect(world.create()).toEqual({ kind: 'failed', error: 'UNKNOWN' });
  });

  it('is refused visibly when the store is full', () => {
    const world = syncWorld();
    for (let i = 0; i * 8_000 < STORE_LIMIT_BYTES; i++) world.store.entries.set(`x${i}`, 'x'.repeat(8_000));
    expect(world.create()).toEqual({ kind: 'failed', error: 'PERMANENT' });
    expect(world.log.of('create')).toMatchObject([{ end: 'failed', code: 'store-full' }]);
    expect(world.meet.batches).toEqual([]);
  });
});
