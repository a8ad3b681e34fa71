import { UNKNOWN } from '../../src/core/fingerprint';
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, eventRow, SOLUTION, stamped } from '../support/core-world';
import { json } from '../support/fake-meet';
import { consentLacking, syncWorld } from '../support/sync-world';

const KEY = calendarKey(CALENDAR_ID);
const TEAM_ID = 'team@group.calendar.google.com';

describe('a pass', () => {
  it('makes the conference what the event is', () => {
    const world = syncWorld();
    const id = world.book();
    expect(world.pass()).toBe('done');
    expect(world.meet.conferences.get(id)).toMatchObject({
      title: 'Plan',
      start: { dateTime: '2026-06-02T09:00:00', timeZone: 'Europe/Zurich' },
    });
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
  });

  it('costs one list, one read, one write and no request when somebody answers an invitation', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    const before = { lists: world.calendar.calls.length, reads: world.store.reads, writes: world.store.writes.length };
    const sent = world.meet.batches.length;
    const looks = world.marks.calls;
    world.edit('ev1', id, { attendees: [{ email: 'ben@example.com' }], etag: '"2"' });
    world.pass();
    expect(world.marks.calls - looks).toBe(2);
    expect(world.calendar.calls.length - before.lists).toBe(1);
    expect(world.store.reads - before.reads).toBe(1);
    expect(world.store.writes.length - before.writes).toBe(1);
    expect(world.meet.batches.length).toBe(sent);
  });

  it('does nothing without the user’s grant', () => {
    const world = syncWorld({ authorisation: consentLacking('calendar') });
    expect(world.pass()).toBe('unauthorised');
    expect(world.calendar.calls).toEqual([]);
    expect(world.store.writes).toEqual([]);
    expect(world.lock.taken).toBe(false);
  });

  it('asks for the grant only once it has the lock: of many triggers at once one needs to know', () => {
    let asked = 0;
    const authorisation = {
      ...consentLacking(),
      lacks(duty: string) {
        if (duty === 'calendar') asked++;
        return false;
      },
    };
    const world = syncWorld({ authorisation });
    world.lock.taken = true;
    expect(world.pass()).toBe('busy');
    expect(asked).toBe(0);
    world.lock.taken = false;
    expect(world.pass()).toBe('done');
    expect(asked).toBe(1);
  });

  it('carries out only the last of several changes of one event', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    const list = world.calendar.listPage.bind(world.calendar);
    const owner = world.state().owner;
    const changed = eventRow({ summary: 'Talk', conferenceData: stamped(id, owner) });
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.calendar.listPage = (calendarId, at) => {
      const page = list(calendarId, at);
      return 'rows' in page && page.rows.length > 0 ? { ...page, rows: [changed, ...page.rows] } : page;
    };
    const sent = world.meet.batches.length;
    world.pass();
    expect(world.meet.batches).toHaveLength(sent);
    expect(world.bindings()).toMatchObject([{ state: 'ending', todo: { kind: 'settle' } }]);
  });

  it('parks an event whose row cannot be worked with, and goes on with the others', () => {
    const world = syncWorld();
    const [bad, good] = [world.book('bad'), world.book('good')];
    world.edit('bad', bad, { recurrence: [7] as never });
    world.pass();
    expect(world.meet.conferences.get(good)?.title).toBe('Plan');
    expect(world.bindings().find(({ eventId }) => eventId === 'bad')?.todo).toMatchObject({ parked: true });
    expect(world.log.of('row-parked')).toHaveLength(1);
    world.edit('bad', bad, { summary: 'Mended' });
    world.pass();
    expect(world.meet.conferences.get(bad)?.title).toBe('Mended');
  });

  it('judges an exception by its series although it stands before it', () => {
    const world = syncWorld();
    const id = world.book('ser', { recurrence: ['RRULE:FREQ=DAILY'] });
    const series = world.calendar.get(CALENDAR_ID, 'ser') as ReturnType<typeof eventRow>;
    const slot = { dateTime: '2026-06-03T09:00:00+02:00' };
    world.calendar.put(CALENDAR_ID, {
      id: 'ser_1',
      status: 'cancelled',
      recurringEventId: 'ser',
      originalStartTime: slot,
    });
    world.calendar.put(CALENDAR_ID, series);
    world.pass();
    expect(world.meet.conferences.get(id)?.occurrences).toEqual({ '2026-06-03T07:00:00Z': { status: 'cancelled' } });
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
  });

  it('goes on with the other calendars when one cannot be read', () => {
    const world = syncWorld();
    const id = world.book();
    world.calendar.add(TEAM_ID);
    world.calendar.failList(TEAM_ID, 'google-unavailable');
    world.pass(TEAM_ID, CALENDAR_ID);
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });
});

describe('of two executions at once', () => {
  it('the loser of the lock leaves a mark and goes', () => {
    const world = syncWorld();
    world.lock.taken = true;
    expect(world.pass()).toBe('busy');
    expect([...world.marks.set]).toEqual([KEY]);
    expect(world.store.reads).toBe(0);
  });

  it('the loser tries once more, in case the winner let go before it could see the mark', () => {
    const world = syncWorld();
    world.lock.refusals.push(true, false);
    expect(world.pass()).toBe('done');
    expect(world.marks.set.size).toBe(0);
  });

  it('the winner reads again what was marked meanwhile', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    world.edit('ev1', id, { summary: 'Talk' });
    const once = () => {
      world.calendar.onCall = () => undefined;
      world.edit('ev1', id, { summary: 'Talk again' });
      world.marks.put(KEY);
    };
    world.meet.onBatch = () => {
      world.meet.onBatch = () => undefined;
      once();
    };
    world.pass();
    expect(world.meet.conferences.get(id)?.title).toBe('Talk again');
    expect(world.marks.set.size).toBe(0);
  });

  it('the winner stops after a few rounds and leaves the mark to the next', () => {
    const world = syncWorld();
    world.calendar.onCall = () => world.marks.put(KEY);
    expect(world.pass()).toBe('done');
    expect(world.calendar.calls.length).toBeLessThanOrEqual(4);
    expect([...world.marks.set]).toEqual([KEY]);
  });

  it('a mark that was evicted costs time, but no change', () => {
    const world = syncWorld();
    const id = world.book();
    world.lock.taken = true;
    world.pass();
    world.lock.taken = false;
    world.marks.evict();
    world.sweep();
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });
});

describe('a pass that was killed while it called a provider', () => {
  it('has left a mark: the next one leaves the provider alone, commits, and says so', () => {
    const world = syncWorld();
    const id = world.book();
    world.marks.put(`acting:${SOLUTION}`);
    const sent = world.meet.batches.length;
    world.pass();
    expect(world.meet.batches).toHaveLength(sent);
    expect(world.log.of('dead-pass')).toHaveLength(1);
    expect(world.state().calendar(CALENDAR_ID).token).toBeDefined();
    expect(world.bindings()).toMatchObject([{ todo: { kind: 'deliver', attempts: 0 } }]);
    world.clock.advance(2 * MINUTE_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });

  it('leaves in doubt what it had in hand: it is delivered again, although it looks as it did before', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    const sent = world.meet.requests.length;
    world.edit('ev1', id, { etag: '"2"' });
    world.marks.put(`acting:${SOLUTION}`);
    world.pass();
    expect(world.bindings()).toMatchObject([{ delivered: UNKNOWN, todo: { kind: 'deliver' } }]);
    expect(world.marks.set.size).toBe(0);
    world.clock.advance(2 * MINUTE_MS);
    world.sweep();
    expect(world.meet.requests).toHaveLength(sent + 1);
    world.edit('ev1', id, { etag: '"3"' });
    world.pass();
    expect(world.meet.requests).toHaveLength(sent + 1);
  });

  it('leaves the doubt to the pass after next, if the next one cannot write it down', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    world.edit('ev1', id, { etag: '"2"' });
    world.marks.put(`acting:${SOLUTION}`);
    world.store.failFrom(1);
    expect(() => world.pass()).toThrow('refused a write');
    world.store.heal();
    const sent = world.meet.requests.length;
    world.pass();
    expect(world.meet.requests).toHaveLength(sent + 1);
    expect(world.marks.set.size).toBe(0);
  });

  it('has its mark only while it acts', () => {
    const world = syncWorld();
    world.book();
    let during: string[] = [];
    world.meet.onBatch = () => {
      during = [...world.marks.set];
    };
    world.pass();
    expect(during).toEqual([`acting:${SOLUTION}`]);
    expect(world.marks.set.size).toBe(0);
  });
});

describe('a store that refuses to write', () => {
  it('has the provider told once, not again by every pass', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    world.store.failFrom(1);
    world.edit('ev1', id, { summary: 'Moved' });
    expect(() => world.pass()).toThrow('refused a write');
    expect([...world.marks.set]).toEqual(['unwritten']);
    const sent = world.meet.requests.length;
    for (let i = 0; i < 3; i++) expect(() => world.pass()).toThrow('refused a write');
    expect(world.meet.requests).toHaveLength(sent);
    world.store.heal();
    world.pass();
    expect(world.meet.requests).toHaveLength(sent + 1);
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
    expect(world.bindings()[0]?.todo).toBeUndefined();
    expect(world.marks.set.size).toBe(0);
  });

  it('delays what is new until it writes again, and loses nothing', () => {
    const world = syncWorld();
    const [first, second] = [world.book('ev1'), world.book('ev2')];
    world.pass();
    world.store.failFrom(1);
    world.edit('ev1', first, { summary: 'First, moved' });
    expect(() => world.pass()).toThrow();
    world.edit('ev2', second, { summary: 'Second, moved' });
    expect(() => world.pass()).toThrow();
    world.store.heal();
    world.sweep();
    expect([first, second].map((id) => world.meet.conferences.get(id)?.title)).toEqual([
      'First, moved',
      'Second, moved',
    ]);
  });
});

describe('a pass whose time runs out', () => {
  it('keeps what it decided and lets the next one do it', () => {
    const world = syncWorld();
    const ids = Array.from({ length: 120 }, (_, i) => world.book(`ev${i}`));
    world.meet.onBatch = () => world.clock.advance(11_000);
    world.pass();
    const told = () => ids.filter((id) => world.meet.conferences.get(id)?.title === 'Plan').length;
    expect(told()).toBeGreaterThan(0);
    expect(told()).toBeLessThan(120);
    expect(world.state().calendar(CALENDAR_ID).token).toBeDefined();
    world.meet.onBatch = () => undefined;
    world.sweep();
    world.sweep();
    expect(told()).toBe(120);
  });

  it('leaves the calendars it did not reach marked', () => {
    const world = syncWorld();
    world.calendar.add(TEAM_ID);
    world.create('ev1');
    world.create('ev2', TEAM_ID);
    world.sweep();
    world.calendar.onCall = () => world.clock.advance(21_000);
    world.pass(CALENDAR_ID, TEAM_ID);
    expect([...world.marks.set]).toEqual([calendarKey(TEAM_ID)]);
  });
});

describe('an outage of the provider', () => {
  it('pauses it after two failures, loses nothing, and ends with one probe', () => {
    const world = syncWorld();
    const ids = Array.from({ length: 5 }, (_, i) => world.book(`ev${i}`));
    world.meet.script = () => json(503, {});
    world.pass();
    for (let i = 0; i < 3; i++) {
      world.clock.advance(HOUR_MS);
      world.sweep();
    }
    world.meet.script = () => undefined;
    world.clock.advance(HOUR_MS);
    const sent = world.meet.batches.length;
    world.sweep();
    expect(world.meet.batches[sent]).toHaveLength(1);
    world.sweep();
    expect(ids.map((id) => world.meet.conferences.get(id)?.title)).toEqual(ids.map(() => 'Plan'));
    expect(world.bindings().every(({ todo }) => todo === undefined)).toBe(true);
  });

  it('that concerns one conference does not stop the others', () => {
    const world = syncWorld();
    const [bad, good] = [world.book('bad'), world.book('good')];
    world.meet.script = ({ url }) => (url.endsWith(bad) ? json(500, {}) : undefined);
    for (let i = 0; i < 4; i++) {
      world.clock.advance(HOUR_MS);
      world.sweep();
    }
    world.edit('good', good, { summary: 'Talk' });
    world.pass();
    world.clock.advance(20 * MINUTE_MS);
    world.sweep();
    expect(world.meet.conferences.get(good)?.title).toBe('Talk');
  });
});
