import { startBudget } from '../../src/sync/budget';
import { readDelta } from '../../src/sync/read-delta';
import type { CalendarRecord } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, eventRow, NOW_MS } from '../support/core-world';
import { FakeCalendars } from '../support/fake-calendar';
import { FakeClock } from '../support/fake-platform';

function setUp(events = 3) {
  const calendar = new FakeCalendars();
  calendar.add(CALENDAR_ID);
  for (let i = 1; i <= events; i++) calendar.put(CALENDAR_ID, eventRow({ id: `ev${i}` }));
  const clock = new FakeClock(NOW_MS);
  const read = (record: Partial<CalendarRecord> = {}) =>
    readDelta(calendar, { id: CALENDAR_ID, query: calendar.query, ...record }, startBudget(clock));
  return { calendar, clock, read };
}

describe('reading a calendar', () => {
  it('for the first time gives every event and a token', () => {
    const { read } = setUp();
    expect(read()).toMatchObject({ full: true, zone: 'Europe/Zurich', token: `${CALENDAR_ID}/3` });
  });

  it('with a token gives only what changed since', () => {
    const { calendar, read } = setUp();
    calendar.put(CALENDAR_ID, eventRow({ id: 'ev2', summary: 'Talk' }));
    calendar.remove(CALENDAR_ID, 'ev3');
    expect(read({ token: `${CALENDAR_ID}/3` })).toMatchObject({
      full: false,
      rows: [
        { id: 'ev2', summary: 'Talk' },
        { id: 'ev3', status: 'cancelled' },
      ],
    });
  });

  it('goes on over pages, empty ones too, to the token', () => {
    const { calendar, read } = setUp(25);
    calendar.pageSize = 10;
    calendar.emptyPageFirst = true;
    const delta = read();
    expect(delta).toMatchObject({ full: true, token: `${CALENDAR_ID}/25` });
    expect((delta as { rows: unknown[] }).rows).toHaveLength(25);
    expect(calendar.calls).toHaveLength(4);
  });

  it('uses no token that was made with another query', () => {
    const { calendar, read } = setUp();
    expect(read({ token: `${CALENDAR_ID}/3`, query: 'query-0' })).toMatchObject({ full: true });
    expect(calendar.calls).toEqual([`list ${CALENDAR_ID} full`]);
  });

  it('gives no token when Google gave none', () => {
    const { calendar, read } = setUp();
    calendar.givesTokens = false;
    expect(read()).not.toHaveProperty('token');
  });
});

describe('an expired token', () => {
  it('is replaced by one full read', () => {
    const { calendar, read } = setUp();
    calendar.expireTokens(CALENDAR_ID);
    expect(read({ token: `${CALENDAR_ID}/3` })).toMatchObject({ full: true });
    expect(calendar.calls).toEqual([`list ${CALENDAR_ID} ${CALENDAR_ID}/3`, `list ${CALENDAR_ID} full`]);
  });

  it('that expires again is an error, not another try', () => {
    const { calendar, read } = setUp();
    calendar.failList(CALENDAR_ID, 'sync-token-expired', 'sync-token-expired', 'sync-token-expired');
    expect(read({ token: `${CALENDAR_ID}/3` })).toMatchObject({ code: 'sync-token-expired' });
    expect(calendar.calls).toHaveLength(2);
  });

  it('is no reason to try again when there was no token', () => {
    const { calendar, read } = setUp();
    calendar.failList(CALENDAR_ID, 'sync-token-expired');
    expect(read()).toMatchObject({ code: 'sync-token-expired' });
    expect(calendar.calls).toHaveLength(1);
  });
});

describe('a read that cannot be finished', () => {
  it('gives nothing when a later page fails', () => {
    const { calendar, read } = setUp(25);
    calendar.pageSize = 10;
    calendar.onCall = () => {
      if (calendar.calls.length === 1) calendar.failList(CALENDAR_ID, 'google-unavailable');
    };
    expect(read()).toMatchObject({ code: 'google-unavailable' });
  });

  it('gives nothing when the time runs out between pages', () => {
    const { calendar, clock, read } = setUp(100);
    calendar.pageSize = 10;
    calendar.onCall = () => clock.advance(7_000);
    expect(read()).toMatchObject({ code: 'budget-spent' });
    expect(calendar.calls).toHaveLength(3);
  });

  it('gives nothing when pages never end', () => {
    const { calendar, read } = setUp();
    calendar.listPage = () => {
      calendar.calls.push('list');
      return { rows: [], timeZone: 'UTC', accessRole: 'owner', nextPageToken: 'again' };
    };
    expect(read()).toMatchObject({ code: 'google-unavailable' });
    expect(calendar.calls.length).toBeLessThanOrEqual(200);
  });

  it.each(['freeBusyReader', 'none'])('takes a calendar of which one is %s for lost, not for empty', (role) => {
    const { calendar, read } = setUp();
    calendar.setRole(CALENDAR_ID, role);
    expect(read()).toMatchObject({ code: 'calendar-lost' });
  });
});
