import type { Page } from '../../src/ports/calendar';
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
    readDelta(calendar, { id: CALENDAR_ID, query: calendar.query, ...record }, startBudget(clock), clock.nowMs());
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

  it('gives every event when the calendar has another zone now, and only changes when it has the same', () => {
    const { calendar, read } = setUp();
    const token = `${CALENDAR_ID}/3`;
    expect(read({ token, zone: 'Europe/Zurich' })).toMatchObject({ full: false });
    calendar.calls.length = 0;
    expect(read({ token, zone: 'Asia/Kolkata' })).toMatchObject({ full: true, zone: 'Europe/Zurich', token });
    expect(calendar.calls).toEqual([`list ${CALENDAR_ID} ${token}`, `list ${CALENDAR_ID} full`]);
    calendar.calls.length = 0;
    expect(read({ zone: 'Asia/Kolkata' })).toMatchObject({ full: true });
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

  it('asks once without the token when Google calls the list wrong, and no more says', () => {
    const { calendar, read } = setUp();
    calendar.failList(CALENDAR_ID, 'request-wrong');
    expect(read({ token: `${CALENDAR_ID}/3` })).toMatchObject({ full: true, token: `${CALENDAR_ID}/3` });
    calendar.failList(CALENDAR_ID, 'request-wrong', 'request-wrong', 'request-wrong');
    expect(read({ token: `${CALENDAR_ID}/3` })).toMatchObject({ code: 'request-wrong' });
    expect(calendar.calls).toHaveLength(4);
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

  it('gives nothing when pages never end', () => {
    const { calendar, read } = setUp();
    calendar.listPage = () => {
      calendar.calls.push('list');
      return { rows: [], timeZone: 'UTC', accessRole: 'owner', nextPageToken: 'again' };
    };
    expect(read()).toMatchObject({ code: 'google-unavailable' });
    expect(calendar.calls.length).toBeLessThanOrEqual(200);
  });

  it('gives nothing when ever further pages come, and stops at two thousand, in whatever parts', () => {
    const { calendar, read } = setUp();
    calendar.listPage = () => {
      calendar.calls.push('list');
      return { rows: [], timeZone: 'UTC', accessRole: 'owner', nextPageToken: `page ${calendar.calls.length}` };
    };
    expect(read()).toMatchObject({
      code: 'google-unavailable',
      remedy: 'retry-later',
      message: expect.stringMatching(/begins again/),
    });
    expect(calendar.calls).toHaveLength(2_000);
  });

  it('is not tried at once again, token or not, when Google has no answer', () => {
    const { calendar, read } = setUp();
    calendar.failList(CALENDAR_ID, 'google-unavailable');
    expect(read({ token: `${CALENDAR_ID}/3` })).toMatchObject({ code: 'google-unavailable' });
    expect(calendar.calls).toHaveLength(1);
  });

  it.each(['freeBusyReader', 'none'])('takes a calendar of which one is %s for lost, not for empty', (role) => {
    const { calendar, read } = setUp();
    calendar.setRole(CALENDAR_ID, role);
    expect(read()).toMatchObject({
      code: 'calendar-lost',
      remedy: 'park',
      message: expect.stringMatching(/free\/busy/),
    });
  });
});

describe('a list that takes longer than a pass', () => {
  const MINUTE_MS = 60_000;

  function slow(events = 100) {
    const set = setUp(events);
    set.calendar.pageSize = 10;
    set.calendar.onCall = () => set.clock.advance(5_000);
    let record: Partial<CalendarRecord> = {};
    /** One part, and what a pass keeps of it. */
    const part = () => {
      const delta = set.read(record);
      if ('code' in delta) throw delta;
      const { token: _token, goesOn: _before, ...rest } = record;
      const token = delta.full ? delta.token : record.token;
      record = { ...rest, ...(token && { token }), ...(delta.goesOn && { goesOn: delta.goesOn }) };
      return delta;
    };
    return { ...set, part, keep: (more: Partial<CalendarRecord>) => Object.assign(record, more), record: () => record };
  }

  it('is read in parts, each row once, to the token', () => {
    const { calendar, part } = slow();
    const parts = [part(), part(), part(), part()];
    expect(parts.map(({ rows }) => rows.length)).toEqual([30, 30, 30, 10]);
    expect(new Set(parts.flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(100);
    expect(parts.map(({ isFirst, goesOn, token }) => [isFirst, goesOn === undefined, token])).toEqual([
      [true, false, undefined],
      [false, false, undefined],
      [false, false, undefined],
      [false, true, `${CALENDAR_ID}/100`],
    ]);
    expect(calendar.calls).toHaveLength(10);
  });

  it('begins again after two thousand pages of all its parts', () => {
    const { part, keep, record } = slow();
    part();
    part();
    expect(record().goesOn).toMatchObject({ pages: 6, rows: 60 });
    const keepPages = (pages: number) =>
      keep({ goesOn: { ...record().goesOn, pages } as CalendarRecord['goesOn'] & object });
    keepPages(1_999);
    expect(part).toThrow('The pages do not end');
    keepPages(2_000);
    expect(part().isFirst).toBe(true);
  });

  it('leaves time to act on what a part has shown', () => {
    const { clock, calendar, part } = slow();
    calendar.onCall = () => clock.advance(14_000);
    const fromMs = clock.nowMs();
    part();
    expect(clock.nowMs() - fromMs).toBe(14_000);
  });

  it('begins again, with all events, when the calendar has another zone before it ends', () => {
    const { calendar, part, keep } = slow();
    keep({ token: `${CALENDAR_ID}/20`, zone: 'Europe/Zurich' });
    expect(part()).toMatchObject({ full: false, isFirst: true });
    keep({ zone: 'Asia/Kolkata' });
    calendar.onCall = () => {};
    const anew = part();
    expect(anew).toMatchObject({ full: true, isFirst: true, zone: 'Europe/Zurich' });
    expect(anew.rows).toHaveLength(100);
  });

  it('is as long as it is also when only changes are listed', () => {
    const { part, keep } = slow();
    keep({ token: `${CALENDAR_ID}/20` });
    expect([part(), part(), part()].map(({ full, rows }) => [full, rows.length])).toEqual([
      [false, 30],
      [false, 30],
      [false, 20],
    ]);
  });

  it.each([
    ['that Google calls wrong', 'request-wrong'],
    ['whose list is out of date', 'sync-token-expired'],
  ] as const)('begins again at a page token %s', (_, code) => {
    const { calendar, part } = slow();
    part();
    calendar.failList(CALENDAR_ID, code);
    expect(part()).toMatchObject({ isFirst: true, full: true });
  });

  it('waits with a page that Google has no answer for now', () => {
    const { calendar, part } = slow();
    part();
    calendar.failList(CALENDAR_ID, 'google-unavailable');
    expect(part).toThrow('google-unavailable');
    expect(part()).toMatchObject({ isFirst: false });
  });

  it.each([
    ['two hours', 119 * MINUTE_MS, false],
    ['three hours', 180 * MINUTE_MS, true],
  ])('begins again once its page token is older than three hours: after %s', (_, waitMs, isFirst) => {
    const { clock, part } = slow();
    part();
    clock.advance(waitMs);
    expect(part().isFirst).toBe(isFirst);
  });

  it('begins again after two days, however often it went on', () => {
    const { calendar, clock, part } = slow(10_000);
    calendar.onCall = () => clock.advance(14_000);
    const began = part();
    for (let hours = 2; hours < 48; hours += 2) {
      clock.advance(120 * MINUTE_MS - 14_000);
      expect(part().isFirst).toBe(false);
    }
    clock.advance(120 * MINUTE_MS - 14_000);
    expect(part()).toMatchObject({ isFirst: true, isEmpty: began.isEmpty });
  });

  it('begins again when it would be asked another question', () => {
    const { calendar, part, keep } = slow();
    part();
    calendar.query = 'query-2';
    expect(part().isFirst).toBe(true);
    keep({ token: `${CALENDAR_ID}/20`, query: 'query-2' });
    expect(part()).toMatchObject({ isFirst: true, full: false });
  });

  it('is empty only if none of its parts has shown an event', () => {
    const { calendar, clock, part } = slow(0);
    calendar.emptyPageFirst = true;
    calendar.onCall = () => clock.advance(14_000);
    expect([part(), part()].map(({ isFirst, isEmpty }) => [isFirst, isEmpty])).toEqual([
      [true, true],
      [false, true],
    ]);
    const some = slow(20);
    some.calendar.onCall = () => some.clock.advance(14_000);
    expect([some.part(), some.part()].map(({ isEmpty }) => isEmpty)).toEqual([false, false]);
  });

  it('is not read in parts whose page token has no room in the store', () => {
    const { calendar, clock, read } = setUp();
    calendar.onCall = () => clock.advance(14_000);
    const { listPage } = calendar;
    calendar.listPage = (id, at) => ({
      ...(listPage.call(calendar, id, at) as Page),
      nextPageToken: 'x'.repeat(5_000),
    });
    expect(read()).toMatchObject({
      code: 'budget-spent',
      remedy: 'retry-later',
      message: expect.stringMatching(/after 1 pages/),
    });
  });
});
