/** Series that come under our care with a past: some of their occurrences were changed before, and no list shows them again. */
import type { Binding } from '../../src/core/binding';
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import type { Solution } from '../../src/sync/deps';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, stamped } from '../support/core-world';
import { json } from '../support/fake-meet';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const KEY = calendarKey(CALENDAR_ID);
const DAILY = { recurrence: ['RRULE:FREQ=DAILY'] };
const day = (date: number, from: number, to: number) => ({
  start: { dateTime: `2026-06-0${date}T${String(from).padStart(2, '0')}:00:00+02:00`, timeZone: 'Europe/Zurich' },
  end: { dateTime: `2026-06-0${date}T${String(to).padStart(2, '0')}:00:00+02:00`, timeZone: 'Europe/Zurich' },
});
const expansions = (world: SyncWorld) => world.calendar.calls.filter((call) => call.startsWith('occurrences'));

/** Two occurrences as the rule has them, one that was moved and one that was cancelled, with the series' conference. */
function occurrencesOf(seriesId: string, conferenceData: Row['conferenceData']): Row[] {
  const slot = (date: number): Partial<Row> => ({
    id: `${seriesId}_${date}`,
    recurringEventId: seriesId,
    originalStartTime: day(date, 9, 10).start,
    ...(conferenceData && { conferenceData }),
  });
  return [
    eventRow({ ...slot(2), ...day(2, 9, 10) }),
    eventRow({ ...slot(3), ...day(3, 12, 13) }),
    { id: `${seriesId}_4`, status: 'cancelled', recurringEventId: seriesId, originalStartTime: day(4, 9, 10).start },
    eventRow({ ...slot(5), ...day(5, 9, 10) }),
  ];
}

/** Expands every series of the calendar as above, or fails as the fake was told to. */
function expanding(world: SyncWorld): SyncWorld {
  const expand = world.calendar.occurrences.bind(world.calendar);
  world.calendar.occurrences = (calendarId, seriesId) => {
    const told = expand(calendarId, seriesId);
    const series = world.calendar.get(calendarId, seriesId) as Row;
    return Array.isArray(told) ? occurrencesOf(seriesId, series.conferenceData) : told;
  };
  return world;
}

describe('a series that gets a conference', () => {
  it('has those of its occurrences told that differ from the rule, and only those, once', () => {
    const world = expanding(syncWorld());
    const id = world.book('ser', DAILY);
    world.pass();
    expect(world.meet.conferences.get(id)?.occurrences).toEqual({
      '2026-06-03T07:00:00Z': {
        start: { dateTime: '2026-06-03T12:00:00', timeZone: 'Europe/Zurich' },
        end: { dateTime: '2026-06-03T13:00:00', timeZone: 'Europe/Zurich' },
      },
      '2026-06-04T07:00:00Z': { status: 'cancelled' },
    });
    world.edit('ser', id, { ...DAILY, summary: 'Talk' });
    world.pass();
    expect(expansions(world)).toEqual([`occurrences ${CALENDAR_ID} ser`]);
    const seriesOf = Object.fromEntries(world.bindings().map(({ eventId, series }) => [eventId, series]));
    expect(seriesOf).toEqual({ ser: undefined, ser_3: 'ser', ser_4: 'ser' });
  });

  it('is not expanded when it is no series', () => {
    const world = expanding(syncWorld());
    world.book();
    world.pass();
    expect(expansions(world)).toEqual([]);
  });

  it('is not expanded for a provider that keeps no occurrences', () => {
    const world = expanding(syncWorld());
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    const capabilities = { ...solution.provider.capabilities, occurrences: 'none' as const };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider: { ...solution.provider, capabilities } }]]);
    const id = world.book('ser', DAILY);
    world.pass();
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
    expect(expansions(world)).toEqual([]);
  });

  it.each(['google-unavailable', 'grant-missing'] as const)('is expanded by a later pass after %s', (code) => {
    const world = expanding(syncWorld());
    const id = world.book('ser', DAILY);
    world.calendar.failGet('ser', code);
    world.pass();
    expect(world.log.of('occurrences-failed')).toEqual([{ event: 'occurrences-failed', calendar: KEY, code }]);
    expect(world.meet.conferences.get(id)).toMatchObject({ title: 'Plan', occurrences: {} });
    world.calendar.healGet('ser');
    world.pass();
    expect(Object.keys(world.meet.conferences.get(id)?.occurrences ?? {})).toHaveLength(2);
  });

  it.each(['event-absent', 'request-wrong'] as const)('is not expanded again after %s', (code) => {
    const world = expanding(syncWorld());
    world.book('ser', DAILY);
    world.calendar.failGet('ser', code);
    world.pass();
    world.calendar.healGet('ser');
    world.pass();
    expect(expansions(world)).toHaveLength(1);
    expect(world.log.of('occurrences-failed')).toHaveLength(1);
  });

  it('is expanded with seven others at most in one pass', () => {
    const world = expanding(syncWorld());
    for (let i = 0; i < 9; i++) world.book(`ser${i}`, DAILY);
    world.pass();
    expect(expansions(world)).toHaveLength(8);
    world.pass();
    expect(new Set(expansions(world)).size).toBe(9);
  });

  it('is not expanded when there would be no time left to act on it', () => {
    const world = expanding(syncWorld());
    world.book('ser', DAILY);
    world.calendar.onCall = () => world.clock.advance(14_000);
    world.pass();
    expect(expansions(world)).toEqual([]);
    world.calendar.onCall = () => undefined;
    world.pass();
    expect(expansions(world)).toHaveLength(1);
  });
});

describe('a series whose occurrences were not read yet', () => {
  const conferenceData = (world: SyncWorld) => stamped('conf1', world.state().owner);

  it('is not expanded while it waits to be told itself, and is when it is', () => {
    const world = expanding(syncWorld());
    const id = world.book('ser', DAILY);
    world.calendar.failGet('ser', 'google-unavailable');
    world.meet.script = () => json(429, {}, { 'retry-after': '600' });
    world.pass();
    world.calendar.healGet('ser');
    world.meet.script = () => undefined;
    world.pass();
    expect(expansions(world)).toHaveLength(1);
    world.clock.advance(20 * MINUTE_MS);
    world.sweep();
    expect(Object.keys(world.meet.conferences.get(id)?.occurrences ?? {})).toHaveLength(2);
  });

  it.each<[string, Partial<Binding>]>([
    ['another event drives its conference', { bornMs: NOW_MS + MINUTE_MS }],
    ['it refers to its conference in vain', { state: 'broken', bornMs: 0 }],
  ])('is not expanded while %s', (_name, over) => {
    const world = expanding(syncWorld());
    world.book('other');
    world.pass();
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'ser', ...DAILY, conferenceData: conferenceData(world) }));
    remember(
      world.store,
      { eventId: 'ser', endsMs: 0, unread: true, ...over },
      { eventId: 'ser_3', series: 'ser', endsMs: 0 },
    );
    world.pass();
    expect(expansions(world)).toEqual([]);
  });

  it('is not expanded while its calendar is lost', () => {
    const world = expanding(syncWorld());
    world.calendar.add('team@example.com');
    world.book('ser', DAILY);
    world.calendar.failGet('ser', 'google-unavailable');
    world.pass();
    world.calendar.healGet('ser');
    world.calendar.setRole(CALENDAR_ID, 'none');
    world.clock.advance(HOUR_MS);
    world.pass(CALENDAR_ID, 'team@example.com');
    expect(expansions(world)).toHaveLength(1);
  });
});

describe('a series that comes back into our care', () => {
  /** In the calendar, known and unread, with what is remembered of its second of June; nothing of it is on the next list. */
  function backWith(...occurrences: Array<Partial<Binding>>): SyncWorld {
    const world = expanding(syncWorld());
    world.book('ser', DAILY);
    world.calendar.failGet('ser', 'google-unavailable');
    world.pass();
    world.calendar.healGet('ser');
    world.calendar.calls.length = 0;
    remember(world.store, ...occurrences.map((over) => ({ eventId: 'ser_2', endsMs: 0, ...over })));
    return world;
  }
  const toldOf = (world: SyncWorld) => Object.keys(world.meet.conferences.get('conf1')?.occurrences ?? {}).sort();

  it('takes back an occurrence that kept the conference alone, also where it lies as the rule has it', () => {
    const world = backWith({ bornMs: 0, delivered: 'AAAAAA' });
    world.pass();
    expect(expansions(world)).toHaveLength(1);
    const own = world.bindings().filter(({ series }) => series === undefined);
    expect(own.map(({ eventId }) => eventId)).toEqual(['ser']);
  });

  it('has an occurrence told that was told as it is no longer', () => {
    const world = backWith({ series: 'ser', delivered: 'AAAAAA' });
    world.pass();
    expect(toldOf(world)).toEqual(['2026-06-02T07:00:00Z', '2026-06-03T07:00:00Z', '2026-06-04T07:00:00Z']);
  });

  it.each<[string, Partial<Binding>]>([
    ['was never told of', { series: 'ser', delivered: '' }],
    ['was told of another conference', { series: 'ser', delivered: 'AAAAAA', conference: 'conf9' }],
  ])('has no occurrence told that is as the rule has it and %s', (_name, over) => {
    const world = backWith(over);
    world.pass();
    expect(toldOf(world)).toEqual(['2026-06-03T07:00:00Z', '2026-06-04T07:00:00Z']);
  });
});
