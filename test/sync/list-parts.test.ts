import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_ID, eventRow, stamped } from '../support/core-world';
import { syncWorld } from '../support/sync-world';

const WEEKLY = { recurrence: ['RRULE:FREQ=WEEKLY'] };
/** The second Tuesday of the series, an hour later than its rule has it. */
const MOVED: Partial<Row> = {
  recurringEventId: 'series',
  originalStartTime: { dateTime: '2026-06-09T09:00:00+02:00', timeZone: 'Europe/Zurich' },
  start: { dateTime: '2026-06-09T10:00:00+02:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-06-09T11:00:00+02:00', timeZone: 'Europe/Zurich' },
};

/** Pages of ten events, of which a pass has time for two. */
function slowWorld() {
  const world = syncWorld();
  world.calendar.pageSize = 10;
  const foreign = (from: number, to: number) => {
    for (let i = from; i < to; i++) world.calendar.put(CALENDAR_ID, eventRow({ id: `foreign${i}` }));
  };
  const slowly = (act: () => unknown) => {
    world.calendar.onCall = () => world.clock.advance(world.calendar.calls.at(-1)?.startsWith('get') ? 0 : 7_000);
    act();
    world.calendar.onCall = () => undefined;
  };
  const gets = () => world.calendar.calls.filter((call) => call.startsWith('get'));
  return { ...world, foreign, slowly, gets };
}

describe('a first list that takes several passes', () => {
  it('is read on by the next ones, and ends with a token', () => {
    const world = slowWorld();
    world.foreign(0, 45);
    const id = world.book();
    world.slowly(world.pass);
    expect(world.log.lines.at(-2)).toMatchObject({ event: 'list', rows: 20, full: true, end: 'unfinished' });
    expect(readStatus(world.store, world.clock.nowMs())).toMatchObject({ unfinished: 1 });
    world.slowly(world.pass);
    world.slowly(world.pass);
    expect(world.meet.conferences.get(id)).toMatchObject({ title: 'Plan' });
    expect(readStatus(world.store, world.clock.nowMs())).toMatchObject({ unfinished: 0, live: 1, outbox: 0 });
    const from = world.calendar.calls.length;
    world.pass();
    expect(world.calendar.calls.slice(from)).toEqual([`list ${CALENDAR_ID} ${CALENDAR_ID}/46`]);
  });

  it('is read on by a pass over another calendar', () => {
    const world = slowWorld();
    world.foreign(0, 45);
    const id = world.book();
    world.slowly(world.pass);
    world.calendar.add('other@example.com');
    for (let i = 0; i < 3; i++) world.slowly(() => world.pass('other@example.com'));
    expect(world.meet.conferences.get(id)).toMatchObject({ title: 'Plan' });
  });

  it('has what a part shows delivered before it is read to its end', () => {
    const world = slowWorld();
    const id = world.book();
    world.foreign(0, 45);
    world.slowly(world.pass);
    expect(world.meet.conferences.get(id)).toMatchObject({ title: 'Plan' });
  });

  it('goes on behind a part whose pass was killed while it acted', () => {
    const world = slowWorld();
    const id = world.book();
    world.foreign(0, 45);
    world.meet.onBatch = () => {
      throw new Error('killed');
    };
    expect(() => world.slowly(world.pass)).toThrow('killed');
    world.meet.onBatch = () => undefined;
    const from = world.calendar.calls.length;
    world.slowly(world.pass);
    world.slowly(world.pass);
    expect(world.calendar.calls.slice(from).filter((call) => call === `list ${CALENDAR_ID} full`)).toEqual([]);
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)).toMatchObject({ title: 'Plan' });
  });
});

describe('a full list in parts, after a gap', () => {
  /** One event deleted in the gap, two that live on: one on the first page, one on the last. */
  function gap() {
    const world = slowWorld();
    const ids = ['first', 'deleted'].map((eventId) => world.book(eventId));
    world.foreign(0, 45);
    ids.push(world.book('last'));
    world.pass();
    world.calendar.removeUnlisted(CALENDAR_ID, 'deleted');
    world.calendar.expireTokens(CALENDAR_ID);
    const cancelled = () => ids.map((id) => world.meet.conferences.get(id)?.cancelled);
    return { ...world, cancelled };
  }

  it('finds the deletion once all parts are read, and looks at no other event', () => {
    const world = gap();
    world.slowly(world.pass);
    expect(world.bindings().map(({ eventId, unlisted }) => [eventId, unlisted])).toEqual([
      ['first', undefined],
      ['deleted', true],
      ['last', true],
    ]);
    world.slowly(world.pass);
    expect(world.gets()).toEqual([]);
    world.slowly(world.pass);
    world.pass();
    expect(world.gets()).toEqual([`get ${CALENDAR_ID} deleted`]);
    expect(world.bindings().every(({ unlisted }) => unlisted === undefined)).toBe(true);
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    expect(world.cancelled()).toEqual([false, true, false]);
  });

  it('ends nothing while it is not read to its end', () => {
    const world = gap();
    world.slowly(world.pass);
    world.clock.advance(HOUR_MS);
    world.slowly(world.pass);
    expect(world.gets()).toEqual([]);
    expect(world.cancelled()).toEqual([false, false, false]);
  });

  it('begins again at a page token that is refused, and counts what it shows anew', () => {
    const world = gap();
    world.slowly(world.pass);
    world.calendar.failList(CALENDAR_ID, 'request-wrong');
    world.pass();
    world.pass();
    expect(world.gets()).toEqual([`get ${CALENDAR_ID} deleted`]);
  });

  it('asks for no look at an event that came under our care meanwhile', () => {
    const world = gap();
    world.slowly(world.pass);
    world.book('new');
    world.slowly(world.pass);
    world.slowly(world.pass);
    world.pass();
    expect(world.gets()).toEqual([`get ${CALENDAR_ID} deleted`]);
  });
});

describe('an exception on an earlier part than its series', () => {
  /** The ledger is lost, so that the series has to be known by its stamp. */
  function apart() {
    const world = slowWorld();
    const id = world.book('series', WEEKLY);
    world.pass();
    for (const key of [...world.store.entries.keys()]) {
      if (/ledger|calendar/.test(key)) world.store.remove(key);
    }
    world.calendar.purge(CALENDAR_ID, 'series');
    const owner = world.store.entries.get('lockstep.owner') ?? '';
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'moved', conferenceData: stamped(id, owner), ...MOVED }));
    world.foreign(0, 45);
    world.edit('series', id, { ...WEEKLY, summary: 'All of them' });
    return { ...world, id };
  }

  const settled = (world: ReturnType<typeof apart>) => {
    for (let i = 0; i < 3; i++) world.slowly(world.pass);
    world.pass();
    return Object.fromEntries(world.bindings().map(({ eventId, series }) => [eventId, series ?? 'none']));
  };

  it('is one of its series, not an event of its own', () => {
    const world = apart();
    expect(settled(world)).toEqual({ series: 'none', moved: 'series' });
    expect(world.meet.conferences.get(world.id)).toMatchObject({ title: 'All of them' });
  });

  it('waits, and the part with it, while its series cannot be looked at', () => {
    const world = apart();
    world.calendar.failGet('series', 'google-unavailable');
    world.slowly(world.pass);
    expect(world.bindings()).toEqual([]);
    world.calendar.healGet('series');
    expect(settled(world)).toEqual({ series: 'none', moved: 'series' });
  });

  it('has a conference of its own where its series has none, also when that is not known at once', () => {
    const world = apart();
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'series', ...WEEKLY }));
    world.calendar.failGet('series', 'google-unavailable');
    world.slowly(world.pass);
    world.calendar.healGet('series');
    expect(settled(world)).toEqual({ moved: 'none' });
  });

  it('is read again when a later part shows that the series was rescheduled', () => {
    const world = slowWorld();
    const id = world.book('series', WEEKLY);
    world.pass();
    world.calendar.expireTokens(CALENDAR_ID);
    const owner = world.store.entries.get('lockstep.owner') ?? '';
    const slot = { dateTime: '2026-06-09T09:00:00+02:00', timeZone: 'Europe/Zurich' };
    const asOnceRuled = { start: slot, end: { ...slot, dateTime: '2026-06-09T10:00:00+02:00' } };
    const kept = eventRow({ id: 'moved', conferenceData: stamped(id, owner), ...MOVED, ...asOnceRuled });
    world.calendar.put(CALENDAR_ID, kept);
    world.foreign(0, 45);
    const end = { dateTime: '2026-06-02T10:30:00+02:00', timeZone: 'Europe/Zurich' };
    world.edit('series', id, { ...WEEKLY, end });
    const ruled = ['02', '16', '23'].map((day) => {
      const start = { dateTime: `2026-06-${day}T09:00:00+02:00` };
      const longer = { dateTime: `2026-06-${day}T10:30:00+02:00` };
      const slot = { recurringEventId: 'series', originalStartTime: start, start, end: longer };
      return eventRow({ id: `series_${day}`, conferenceData: stamped(id, owner), ...slot });
    });
    world.calendar.occurrences = () => [...ruled, kept];
    for (let i = 0; i < 3; i++) world.slowly(world.pass);
    world.pass();
    expect(Object.keys(world.meet.conferences.get(id)?.occurrences ?? {})).toEqual(['2026-06-09T07:00:00Z']);
  });
});

describe('an exception before its series on one page', () => {
  it('is compared with the rule that the series has now', () => {
    const world = syncWorld();
    const id = world.book('series', WEEKLY);
    world.pass();
    const owner = world.store.entries.get('lockstep.owner') ?? '';
    const at = (hour: string) => ({ dateTime: `2026-06-09T${hour}:00:00+02:00` });
    const asOnceRuled = { ...MOVED, start: at('09'), end: at('10') };
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'kept', conferenceData: stamped(id, owner), ...asOnceRuled }));
    world.edit('series', id, { ...WEEKLY, end: { dateTime: '2026-06-02T10:30:00+02:00' } });
    world.pass();
    expect(Object.keys(world.meet.conferences.get(id)?.occurrences ?? {})).toEqual(['2026-06-09T07:00:00Z']);
  });
});
