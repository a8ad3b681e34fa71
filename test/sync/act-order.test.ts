/** What goes out first, what goes out together, under which key, and what the log says of it. */
import { UNKNOWN } from '../../src/core/fingerprint';
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { HttpRequest } from '../../src/ports/http';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, stamped, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const LATER = { start: { dateTime: '2026-06-09T10:00:00Z' }, end: { dateTime: '2026-06-09T11:00:00Z' } };
const DAILY = { recurrence: ['RRULE:FREQ=DAILY'] };
const cancelledOccurrence = {
  id: 'ser_1',
  status: 'cancelled',
  recurringEventId: 'ser',
  originalStartTime: { dateTime: '2026-06-03T09:00:00+02:00' },
};

/** The keys with which the provider's operations are begun. */
function listening(world: SyncWorld): string[] {
  const keys: string[] = [];
  const solution = world.deps.solutions.get(SOLUTION) as Solution;
  const { update, updateOccurrence, cancel } = solution.provider;
  const heard = <T>(key: string, operation: T): T => {
    keys.push(key);
    return operation;
  };
  const provider: Provider = {
    ...solution.provider,
    update: (id, meeting, fields, key) => heard(key, update(id, meeting, fields, key)),
    updateOccurrence: (id, occurrence, key) => heard(key, updateOccurrence(id, occurrence, key)),
    cancel: (id, key) => heard(key, cancel(id, key)),
  };
  world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
  return keys;
}

describe('changes that are due together', () => {
  it('are told in the order of how seldom they have failed', () => {
    const world = syncWorld();
    world.create('unsaved');
    const owner = world.state().owner;
    world.pass();
    const failed = { often: 3, once: 1, twice: 2 };
    for (const [eventId, attempts] of Object.entries(failed)) {
      world.meet.conferences.set(eventId, { id: eventId, title: '', cancelled: false, occurrences: {} });
      world.calendar.put(CALENDAR_ID, eventRow({ id: eventId, conferenceData: stamped(eventId, owner) }));
      remember(world.store, { eventId, conference: eventId, todo: toDo({ attempts, notBeforeMs: NOW_MS }) });
    }
    world.calendar.listPage = () => ({ rows: [], timeZone: 'Europe/Zurich', accessRole: 'owner', nextSyncToken: 't' });
    const from = world.meet.requests.length;
    world.pass();
    expect(world.meet.requests.slice(from).map((request) => request.split('/').pop())).toEqual([
      'once',
      'twice',
      'often',
    ]);
  });

  it('ask a provider in trouble about what has failed least, although another matters more', () => {
    const world = syncWorld();
    const [bad, good] = [world.book('bad'), world.book('good')];
    world.pass();
    world.meet.script = () => json(503, {});
    world.edit('bad', bad, LATER);
    for (let i = 0; i < 3; i++) {
      world.pass();
      world.clock.advance(HOUR_MS);
    }
    world.meet.script = ({ url }) => (url.endsWith(bad) ? json(503, {}) : undefined);
    world.edit('good', good, { summary: 'Talk' });
    const from = world.meet.batches.length;
    world.pass();
    expect(world.meet.batches[from]?.map(({ url }) => url.split('/').pop())).toEqual([good]);
  });

  it('are told times first while the provider is well, although one has failed before', () => {
    const world = syncWorld();
    const [late, title] = [world.book('late'), world.book('title')];
    world.pass();
    world.meet.script = ({ url }) => (url.endsWith(late) ? json(503, {}) : undefined);
    world.edit('late', late, LATER);
    world.pass();
    world.meet.script = () => undefined;
    world.clock.advance(2 * MINUTE_MS);
    world.edit('title', title, { summary: 'Talk' });
    const from = world.meet.requests.length;
    world.pass();
    expect(world.meet.requests.slice(from).map((request) => request.split('/').pop())).toEqual([late, title]);
  });

  it('go out in two waves if one is about an occurrence of a series', () => {
    const world = syncWorld();
    world.book('ser', DAILY);
    world.calendar.put(CALENDAR_ID, cancelledOccurrence);
    const from = world.meet.batches.length;
    world.pass();
    expect(world.meet.batches.slice(from).map((wave) => wave.map(({ method }) => method))).toEqual([
      ['PATCH'],
      ['PUT'],
    ]);
  });
});

describe('a probe at a provider that was in trouble', () => {
  /** What the store holds of the event while the provider has not answered, and after it has. */
  function probed(wasTold: boolean) {
    const world = syncWorld();
    const id = world.book();
    if (wasTold) world.pass();
    world.edit('ev1', id, { summary: 'Talk' });
    const pause = { failures: 2, untilMs: NOW_MS, reason: 'unavailable', sinceMs: NOW_MS - HOUR_MS };
    world.store.entries.set('lockstep.pauses', JSON.stringify({ [SOLUTION]: pause }));
    let meanwhile: unknown;
    world.meet.onBatch = () => {
      meanwhile = world.bindings()[0];
    };
    world.pass();
    return { meanwhile, after: world.bindings()[0] };
  }

  it.each<[string, boolean, string]>([
    ['that was told before is not known any more', true, UNKNOWN],
    ['that was never told is still told nothing', false, ''],
  ])('is on record as tried before it goes out: an event %s', (_name, wasTold, delivered) => {
    const { meanwhile, after } = probed(wasTold);
    expect(meanwhile).toMatchObject({
      delivered,
      todo: { kind: 'deliver', attempts: 1, notBeforeMs: NOW_MS + MINUTE_MS },
    });
    expect(after).toMatchObject({ delivered: expect.stringMatching(/^.{18}$/) });
    expect(after).not.toHaveProperty('todo');
  });
});

describe('an update of several requests that is refused in the end', () => {
  it.each<[string, HttpRequest['method'], boolean]>([
    ['looked: the provider holds what it held', 'GET', true],
    ['changed something: it is not known any more', 'PATCH', false],
  ])('after it has %s', (_name, method, isKnown) => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    const known = world.bindings()[0]?.delivered;
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    const provider: Provider = {
      ...solution.provider,
      *update() {
        yield { method, url: `https://meet.example.com/v1/conferences/${id}` };
        yield { method: 'PATCH', url: `https://meet.example.com/v1/conferences/${id}` };
        return { kind: 'refused', code: 'x' };
      },
    };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
    world.edit('ev1', id, { summary: 'Talk' });
    world.pass();
    expect(world.bindings()[0]?.delivered).toBe(isKnown ? known : `??????${known?.slice(6)}`);
  });
});

describe('a wave in which one was told and others failed', () => {
  it.each([503, 401])('with %d pauses nobody, whichever came first', (status) => {
    for (const told of ['first', 'last']) {
      const world = syncWorld();
      const ids = { first: world.book('ev1'), between: world.book('ev2'), last: world.book('ev3') };
      world.meet.script = ({ url }) => (url.endsWith(ids[told as 'first']) ? undefined : json(status, {}));
      world.pass();
      expect(world.state().pauses.size).toBe(0);
    }
  });

  it('or one was refused for good, pauses nobody either: there was an answer', () => {
    const world = syncWorld();
    const refused = world.book('ev1');
    world.book('ev2');
    world.meet.script = ({ url }) => json(url.endsWith(refused) ? 422 : 503, {});
    world.pass();
    expect(world.state().pauses.size).toBe(0);
  });
});

describe('the idempotency keys', () => {
  it('of all that is told of two events and an occurrence, up to their ends, are different ones', () => {
    const world = syncWorld();
    const keys = listening(world);
    world.book('ser', DAILY);
    world.book('ev2');
    world.calendar.put(CALENDAR_ID, cancelledOccurrence);
    world.pass();
    for (const id of ['ser', 'ev2']) world.calendar.remove(CALENDAR_ID, id);
    world.pass();
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    expect(keys).toHaveLength(5);
    expect(new Set(keys).size).toBe(5);
    for (const key of keys) expect(key).toMatch(/^[\w-]{6}-\w+-.+$/);
  });

  it('of the same change for two people are different ones', () => {
    const keys = ['ann', 'ben'].map((word) => {
      const world = syncWorld({ randomWord: () => word });
      const heard = listening(world);
      world.book();
      world.pass();
      return heard[0];
    });
    expect(keys[0]).not.toBe(keys[1]);
  });
});

describe('the log', () => {
  it('names each action, a digest of its conference, and what came of it', () => {
    const world = syncWorld();
    const [told, refused] = [world.book('told'), world.book('refused')];
    world.meet.script = ({ url }) => (url.endsWith(refused) ? json(422, {}) : undefined);
    world.pass();
    const about = { event: 'action', kind: 'update', conference: expect.stringMatching(/^[\w-]{6}$/) };
    expect(world.log.of('action')).toEqual([
      { ...about, outcome: 'done' },
      { ...about, outcome: 'refused', code: expect.any(String) },
    ]);
    expect(new Set(world.log.of('action').map(({ conference }) => conference)).size).toBe(2);
    expect(JSON.stringify(world.log.lines)).not.toContain(told);
  });

  it('counts what was done, what failed and what was left for later', () => {
    const world = syncWorld();
    const ids = Array.from({ length: 60 }, (_, i) => world.book(`ev${i}`));
    world.meet.script = ({ url }) =>
      url.endsWith(ids[3] as string) ? json(429, {}) : url.endsWith(ids[4] as string) ? json(404, {}) : undefined;
    world.pass();
    // The one that is gone is asked about again, but it was answered.
    expect(world.log.of('pass')).toMatchObject([{ done: 49, failed: 1, left: 10 }]);
  });
});
