/** What a pass writes into the log: enough to know what it did, in ids, numbers and words of our own. */
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, eventRow } from '../support/core-world';
import { consentLacking, syncWorld } from '../support/sync-world';

const KEY = calendarKey(CALENDAR_ID);

describe('the log of a pass', () => {
  it('tells of each calendar how many rows it read, and of the whole what became of it', () => {
    const world = syncWorld();
    world.book();
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'plain' }));
    world.pass();
    expect(world.log.of('list')).toEqual([{ event: 'list', calendar: KEY, rows: 2, full: true }]);
    expect(world.log.of('pass')).toEqual([
      { event: 'pass', end: 'done', calendars: 1, bindings: 1, done: 1, failed: 0, left: 0 },
    ]);
  });

  it('tells that the grant is missing, or that another execution is at work', () => {
    const revoked = syncWorld({ authorisation: consentLacking('calendar') });
    revoked.pass();
    expect(revoked.log.lines).toEqual([{ event: 'pass', end: 'unauthorised' }]);
    const busy = syncWorld();
    busy.lock.taken = true;
    expect(busy.pass()).toBe('busy');
    expect(busy.log.lines).toEqual([{ event: 'pass', end: 'busy' }]);
  });

  it('tells which calendar could not be read, why, and what will be done about it', () => {
    const world = syncWorld();
    world.calendar.failList(CALENDAR_ID, 'google-unavailable');
    world.pass();
    expect(world.log.of('list-failed')).toEqual([
      { event: 'list-failed', calendar: KEY, code: 'google-unavailable', remedy: 'retry-later' },
    ]);
  });

  it('tells that a list brought no sync token, and only then', () => {
    const world = syncWorld();
    world.pass();
    expect(world.log.of('sync-token-missing')).toEqual([]);
    world.calendar.givesTokens = false;
    world.pass();
    expect(world.log.of('sync-token-missing')).toEqual([{ event: 'sync-token-missing', calendar: KEY }]);
    expect(world.state().calendars.get(KEY)).not.toHaveProperty('token');
  });

  it('tells that the store is full, and only then', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    expect(world.log.of('store-full')).toEqual([]);
    for (let i = 0; i < 60; i++) world.store.entries.set(`other.${i}`, 'x'.repeat(7_000));
    world.pass();
    expect(world.log.of('store-full')).toEqual([{ event: 'store-full', bindings: 1 }]);
  });
});

describe('a calendar whose every list is called out of date', () => {
  it('loses its token, so that the next pass reads it in full', () => {
    const world = syncWorld();
    world.pass();
    world.calendar.failList(CALENDAR_ID, 'sync-token-expired', 'sync-token-expired');
    world.pass();
    expect(world.state().calendars.get(KEY)).not.toHaveProperty('token');
    world.calendar.calls.length = 0;
    world.pass();
    expect(world.calendar.calls).toEqual([`list ${CALENDAR_ID} full`]);
  });

  it('keeps it when the trouble is another one', () => {
    const world = syncWorld();
    world.pass();
    const before = world.state().calendars.get(KEY);
    world.calendar.failList(CALENDAR_ID, 'google-unavailable');
    world.pass();
    expect(world.state().calendars.get(KEY)).toEqual({ ...before, firedMs: world.clock.nowMs() });
  });
});

describe('a mark for a calendar that no state knows yet', () => {
  it('is followed up when the calendar was asked for, although it could not be read the first time', () => {
    const world = syncWorld();
    world.calendar.failList(CALENDAR_ID, 'google-unavailable');
    const list = world.calendar.listPage.bind(world.calendar);
    let marked = false;
    world.calendar.listPage = (id, at) => {
      if (!marked) world.marks.put(KEY);
      marked = true;
      return list(id, at);
    };
    expect(world.pass()).toBe('done');
    expect(world.calendar.calls).toHaveLength(2);
  });
});
