/** What a person gets to see of a create that went another way, and what the log tells the operator about it. */
import type { Meeting } from '../../src/core/meeting';
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { INTENT_PREFIX } from '../../src/sync/intents';
import { OWNER_KEY, STORE_LIMIT_BYTES, storeBytes } from '../../src/sync/user-state';
import { CALENDAR_ID, NOW_MS, SOLUTION } from '../support/core-world';
import { json, type Scripted } from '../support/fake-meet';
import { asKilled } from '../support/killed-creates';
import { syncWorld } from '../support/sync-world';

type World = ReturnType<typeof syncWorld>;

const linked = (id: string) => json(201, { id, joinUrl: 'https://meet.example.com/j/1' });
const noAnswer: Scripted = { fault: 'no answer' };
const isOpen = (world: World) => world.state().intents.length > 0;
const handlers = (world: World) => world.triggers.list.map(({ handler }) => handler);

/** The provider answers one request after the other with these; `undefined` lets a request through. */
function answering(...answers: Array<Scripted | undefined>): World {
  const world = syncWorld();
  world.meet.script = () => answers.shift();
  return world;
}

/** Grants of which one can be had by connecting. */
function connectable(): World {
  const { grants } = syncWorld().deps;
  return syncWorld({ grants: { ...grants, connectUrl: (provider) => `https://connect.example.com/${provider}` } });
}

describe('the log of a create', () => {
  it('tells how long a person waited', () => {
    const world = syncWorld();
    world.meet.onBatch = () => world.clock.advance(700);
    world.create();
    expect(world.log.lines).toEqual([{ event: 'create', end: 'created', solution: SOLUTION, ms: 700 }]);
  });

  it.each<[string, Scripted, string, string]>([
    ['an outage', json(503, {}), 'TEMPORARY', 'unavailable'],
    ['a limit', json(429, {}), 'TEMPORARY', 'limited'],
    ['a key that is not accepted', json(401, {}), 'PERMANENT', 'unauthorised'],
    ['an id that is too long', linked('x'.repeat(513)), 'PERMANENT', 'unusable-id'],
    ['an id that leads above the conference', linked('..'), 'PERMANENT', 'unusable-id'],
    ['an id that leads beside it', linked('.'), 'PERMANENT', 'unusable-id'],
    ['an id of two lines', linked('a\nb'), 'PERMANENT', 'unusable-id'],
    ['an id that ends in half a character', linked('a\ud800'), 'PERMANENT', 'unusable-id'],
  ])('tells why there is no conference: %s', (_name, answer, error, code) => {
    const world = answering(answer, answer);
    world.create();
    expect(world.log.of('create')).toEqual([{ event: 'create', end: 'failed', error, code }]);
  });

  it('tells of a call that makes no sense, and of one for a solution that is not offered', () => {
    const world = syncWorld();
    world.create('');
    expect(world.log.lines).toEqual([{ event: 'create', end: 'failed', error: 'UNKNOWN', code: 'bad-call' }]);
  });

  it('tells that the answer could not be kept, and that the conference is there all the same', () => {
    const world = syncWorld();
    world.store.failFrom(2);
    world.create();
    expect(world.log.of('create').map(({ end }) => end)).toEqual(['intent-unwritten', 'created']);
  });
});

describe('a conference with an id', () => {
  it('of 512 characters is handed out', () => {
    const world = answering(linked('x'.repeat(512)));
    expect(world.create()).toMatchObject({ kind: 'created', conference: { id: 'x'.repeat(512) } });
  });

  it.each([513, 0])('of %d characters is not, and nothing is left to be done for it', (length) => {
    const world = answering(linked('x'.repeat(length)));
    expect(world.create()).toEqual({ kind: 'failed', error: 'PERMANENT' });
    expect(isOpen(world)).toBe(false);
    expect(world.store.withPrefix(INTENT_PREFIX)).toHaveLength(1);
  });
});

describe('the stamp of a conference', () => {
  it('is sealed with the secret word of this user, over exactly this conference', () => {
    const world = syncWorld({ seal: (secret, text) => `${secret} on ${text}` });
    const result = world.create();
    const owner = world.store.entries.get(OWNER_KEY);
    expect(result).toMatchObject({ stamp: { owner: `${owner} on ${SOLUTION}/conf1` } });
    world.store.entries.delete(OWNER_KEY);
    expect(world.create('ev2')).not.toMatchObject({ stamp: { owner: expect.stringContaining(`${owner} `) } });
  });
});

describe('a person who is not connected', () => {
  it('is sent to where they connect, and nothing is left to be done', () => {
    const world = connectable();
    world.meet.script = () => json(401, {});
    expect(world.create()).toEqual({
      kind: 'failed',
      error: 'AUTHENTICATION',
      connectUrl: 'https://connect.example.com/meet',
    });
    expect(world.log.lines).toEqual([
      { event: 'create', end: 'failed', error: 'AUTHENTICATION', code: 'unauthorised' },
    ]);
    expect(isOpen(world)).toBe(false);
  });
});

describe('a create without an understood answer', () => {
  it('leaves its intent, and the sweep that will find out', () => {
    const world = answering(noAnswer, noAnswer);
    expect(world.create()).toEqual({ kind: 'failed', error: 'TEMPORARY' });
    expect(isOpen(world)).toBe(true);
    expect(handlers(world)).toContain('sweepHourly');
  });

  it('makes no triggers where a pass has read the calendar lately', () => {
    const world = syncWorld();
    world.pass();
    world.meet.script = () => noAnswer;
    world.clock.advance(45 * MINUTE_MS - 1);
    world.create();
    expect(world.triggers.list).toEqual([]);
    world.clock.advance(1);
    world.create();
    expect(world.triggers.list).toHaveLength(2);
  });

  it('makes none either when it was refused for good', () => {
    const world = answering(json(422, {}), json(422, {}));
    world.create();
    expect(world.triggers.list).toEqual([]);
  });

  it('that was refused is asked for once more in UTC: the service may not know the zone', () => {
    const world = syncWorld();
    world.meet.script = ({ json: body }) =>
      (body as { start: { timeZone: string } }).start.timeZone === 'UTC' ? undefined : json(422, {});
    expect(world.create().kind).toBe('created');
    expect(world.meet.requests).toHaveLength(2);
    expect([...world.meet.conferences.values()]).toMatchObject([{ start: { timeZone: 'UTC' } }]);
  });

  it('that was refused for want of a right, or in UTC, is not asked for again', () => {
    for (const [status, scriptZone] of [
      [403, 'Europe/Zurich'],
      [422, 'UTC'],
    ] as const) {
      const world = syncWorld({ scriptZone });
      world.meet.script = () => json(status, {});
      world.create();
      expect(world.meet.requests).toHaveLength(1);
    }
  });

  it.each<[string, Scripted | undefined, string, boolean]>([
    ['makes the conference: it is handed out', undefined, 'created', true],
    ['is refused: the first may have been carried out all the same', json(422, {}), 'TEMPORARY', true],
  ])('is tried once more, and that %s', (_name, second, end, open) => {
    const world = answering(noAnswer, second);
    const result = world.create();
    expect(result.kind === 'failed' ? result.error : result.kind).toBe(end);
    expect(isOpen(world)).toBe(open);
    expect(world.meet.batches).toHaveLength(2);
  });

  it('that certainly reached nobody is forgotten', () => {
    const undone: Scripted = { fault: 'not sent', undone: true };
    const world = answering(undone, undone);
    expect(world.create()).toEqual({ kind: 'failed', error: 'TEMPORARY' });
    expect(isOpen(world)).toBe(false);
  });

  it('that reached nobody is refused when the second try is refused', () => {
    const world = answering({ fault: 'not sent', undone: true }, json(422, {}));
    expect(world.create()).toEqual({ kind: 'failed', error: 'PERMANENT' });
    expect(isOpen(world)).toBe(false);
  });

  it.each([
    [1_999, 2],
    [2_000, 1],
  ])('after %d ms has been tried %d times', (ms, tries) => {
    const world = answering(noAnswer, noAnswer);
    world.meet.onBatch = () => world.clock.advance(ms);
    world.create();
    expect(world.meet.batches).toHaveLength(tries);
  });

  it('is not tried again at a provider that would make a second conference', () => {
    const world = answering(noAnswer, noAnswer);
    const solution = world.deps.solutions.get(SOLUTION);
    if (solution === undefined) throw new Error('no solution');
    const capabilities = { ...solution.provider.capabilities, idempotency: 'none' as const };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider: { ...solution.provider, capabilities } }]]);
    expect(world.create()).toEqual({ kind: 'failed', error: 'TEMPORARY' });
    expect(world.meet.batches).toHaveLength(1);
  });
});

describe('the placeholder', () => {
  const bodyOf = (world: World) => world.meet.batches[0]?.[0]?.json;

  it('takes the hour that begins now, for one hour, and tells nothing of the event', () => {
    const world = syncWorld();
    world.create();
    expect(bodyOf(world)).toEqual({
      title: 'Meeting',
      start: { dateTime: '2026-06-01T10:00:00', timeZone: 'Europe/Zurich' },
      end: { dateTime: '2026-06-01T11:00:00', timeZone: 'Europe/Zurich' },
      recurrence: [],
    });
  });

  it('is all that a provider is given, however much it keeps', () => {
    const world = syncWorld();
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    const given: Meeting[] = [];
    const create: Provider['create'] = (meeting, key) => {
      given.push(meeting);
      return solution.provider.create(meeting, key);
    };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider: { ...solution.provider, create } }]]);
    world.create();
    expect(given).toEqual([
      {
        title: 'Meeting',
        description: '',
        start: { ms: NOW_MS, local: '2026-06-01T10:00:00', timeZone: 'Europe/Zurich' },
        end: { ms: NOW_MS + HOUR_MS, local: '2026-06-01T11:00:00', timeZone: 'Europe/Zurich' },
        recurrence: [],
        guests: [],
      },
    ]);
  });

  it('is in UTC where the zone of the script is not known', () => {
    const world = syncWorld({ scriptZone: 'Mars/Olympus' });
    world.create();
    expect(bodyOf(world)).toMatchObject({ start: { dateTime: '2026-06-01T08:00:00', timeZone: 'UTC' } });
  });

  it('is the same when the create is made up for hours later', () => {
    const world = answering(noAnswer, noAnswer);
    world.create();
    asKilled(world);
    world.clock.advance(5 * HOUR_MS + 1);
    world.sweep();
    expect(world.meet.batches[2]).toEqual(world.meet.batches[0]);
    expect(world.bindings()).toMatchObject([{ state: 'pending', bornMs: NOW_MS }]);
  });
});

describe('a store that fills up', () => {
  it.each([
    [1, 'created'],
    [0, 'PERMANENT'],
  ])('with %d bytes left ends a create as %s', (left, end) => {
    const world = syncWorld();
    for (let i = 0; i < 52; i++) world.store.entries.set(`other.${i}`, 'x'.repeat(8_000));
    const fill = STORE_LIMIT_BYTES - storeBytes(world.store.readAll()) - 'rest'.length - left;
    world.store.entries.set('rest', 'x'.repeat(fill));
    const result = world.create();
    expect(result.kind === 'failed' ? result.error : result.kind).toBe(end);
  });
});

describe('the first create of a user', () => {
  it('writes the secret word and the version with its intent, a later one the intent alone', () => {
    const world = syncWorld();
    world.create();
    world.create('ev2', CALENDAR_ID);
    expect(world.store.writes.map((keys) => keys.length)).toEqual([4, 1, 1, 1]);
  });
});
