/** What a pass asks the other calendars of an event that left its own, before its conference is let go. */
import { MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { endKept } from '../../src/sync/end-kept';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, stamped, tombstone } from '../support/core-world';
import { json } from '../support/fake-meet';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const TEAM_ID = 'team@group.calendar.google.com';
const THIRD_ID = 'third@group.calendar.google.com';

/** The event is gone from its calendar, its grace period is over, and its calendar tells nothing but its id. */
function gone(eventId = 'ev1', row: Partial<Row> = {}): { world: SyncWorld; id: string; isCancelled: () => boolean } {
  const world = syncWorld();
  world.calendar.add(TEAM_ID);
  world.calendar.add(THIRD_ID);
  const id = world.book(eventId, row);
  world.pass(CALENDAR_ID, TEAM_ID, THIRD_ID);
  world.calendar.moveAway(CALENDAR_ID, eventId);
  world.pass(CALENDAR_ID, TEAM_ID, THIRD_ID);
  world.clock.advance(6 * MINUTE_MS);
  world.calendar.calls.length = 0;
  return { world, id, isCancelled: () => world.meet.conferences.get(id)?.cancelled === true };
}

const questions = ({ calendar }: SyncWorld) => calendar.calls.filter((call) => !call.startsWith('list'));

describe('an event that left its calendar without a word', () => {
  it('is asked for on the others by its id, then everywhere by its iCalUID', () => {
    const { world, isCancelled } = gone();
    world.pass();
    expect(questions(world)).toEqual([
      `get ${CALENDAR_ID} ev1`,
      `get ${TEAM_ID} ev1`,
      `get ${THIRD_ID} ev1`,
      `named ${TEAM_ID} ev1@google.com`,
      `named ${THIRD_ID} ev1@google.com`,
      `named ${CALENDAR_ID} ev1@google.com`,
    ]);
    expect(isCancelled()).toBe(false);
    expect(world.bindings()).toMatchObject([{ state: 'away' }]);
  });

  it('is asked for by the iCalUID that its row shows', () => {
    const { world } = gone();
    world.calendar.put(CALENDAR_ID, tombstone('ev1', { iCalUID: 'made@elsewhere' }));
    world.pass();
    expect(questions(world)).toContain(`named ${TEAM_ID} made@elsewhere`);
  });

  it.each<[string, (world: SyncWorld) => void, number]>([
    ['by its id', ({ calendar }) => calendar.put(TEAM_ID, tombstone('ev1', { organizer: { email: TEAM_ID } })), 2],
    [
      'by its iCalUID',
      ({ calendar }) =>
        calendar.put(THIRD_ID, tombstone('new', { iCalUID: 'ev1@google.com', organizer: { self: true } })),
      5,
    ],
    [
      'by its iCalUID, back on its own calendar under another id',
      ({ calendar }) =>
        calendar.put(CALENDAR_ID, tombstone('new', { iCalUID: 'ev1@google.com', organizer: { self: true } })),
      6,
    ],
  ])('ends its conference when it is found deleted %s, and nobody is asked any more', (_name, happens, asked) => {
    const { world, isCancelled } = gone();
    happens(world);
    world.pass();
    expect(isCancelled()).toBe(true);
    expect(questions(world)).toHaveLength(asked);
  });

  it('is asked for nowhere when it is known on another calendar already', () => {
    const { world, id } = gone();
    world.calendar.put(
      TEAM_ID,
      eventRow({ organizer: { email: TEAM_ID }, conferenceData: stamped(id, world.state().owner) }),
    );
    world.pass();
    expect(questions(world)).toEqual([]);
    expect(world.bindings()).toMatchObject([{ eventId: 'ev1', state: 'live' }]);
  });

  it('is kept until a calendar that cannot be asked now answers', () => {
    const { world, isCancelled } = gone();
    world.calendar.failNamed(TEAM_ID, 'google-unavailable');
    world.pass();
    expect(isCancelled()).toBe(false);
    expect(world.bindings()).toMatchObject([
      { state: 'ending', todo: { kind: 'settle', notBeforeMs: world.clock.nowMs() + 10 * MINUTE_MS } },
    ]);
    expect(world.log.of('look-failed')).toMatchObject([{ code: 'google-unavailable' }]);
    world.calendar.healNamed(TEAM_ID);
    world.calendar.put(TEAM_ID, tombstone('ev1', { organizer: { email: TEAM_ID } }));
    world.clock.advance(10 * MINUTE_MS);
    world.pass();
    expect(isCancelled()).toBe(true);
  });

  it('is asked for as often as a pass may look, and the next pass goes on with the next event', () => {
    const world = syncWorld();
    const ids = Array.from({ length: 28 }, (_, i) => `team${i}@group.calendar.google.com`);
    for (const id of ids) world.calendar.add(id);
    world.create('unsaved');
    world.pass(CALENDAR_ID, ...ids);
    const ending = { state: 'ending' as const, todo: { ...NO_TODO, kind: 'settle' as const } };
    const two = ['ev1', 'ev2'].map((eventId) => ({ eventId, conference: `of-${eventId}`, ...ending }));
    remember(world.store, ...two);
    for (const { eventId } of two) world.calendar.moveAway(CALENDAR_ID, eventId);
    world.calendar.calls.length = 0;
    const states = () => two.map(({ eventId }) => world.bindings().find((one) => one.eventId === eventId)?.state);
    world.pass();
    // Its own calendar, twenty-five others by its id and by its iCalUID, and its own by that; then eight more.
    expect(questions(world)).toHaveLength(60);
    expect(states()).toEqual(['away', 'ending']);
    world.pass();
    expect(states()).toEqual(['away', 'away']);
  });
});

const NO_TODO = { attempts: 0, notBeforeMs: NOW_MS, sinceMs: NOW_MS, parked: false, missed: false };

describe('an occurrence with a conference of its own that is gone', () => {
  const SLOT = 'ser_20260603T070000Z';
  const slot = { dateTime: '2026-06-03T09:00:00+02:00', timeZone: 'Europe/Zurich' };
  const own: Partial<Row> = { recurringEventId: 'ser', originalStartTime: slot };
  const DAILY = { recurrence: ['RRULE:FREQ=DAILY'] };

  it.each<[string, Row, boolean]>([
    ['lives on here', eventRow({ id: 'ser', ...DAILY }), true],
    ['was deleted here', tombstone('ser', { organizer: { self: true } }), true],
    ['has another organiser', eventRow({ id: 'ser', ...DAILY, organizer: { email: 'ben@example.com' } }), false],
    ['left nothing but its id', tombstone('ser'), false],
  ])('is judged by its series, which %s', (_name, series, ends) => {
    const { world, isCancelled } = gone(SLOT, own);
    world.calendar.put(CALENDAR_ID, series);
    world.pass();
    expect(questions(world)).toContain(`get ${CALENDAR_ID} ser`);
    expect(isCancelled()).toBe(ends);
  });

  it('is judged by the half of a series that it belonged to, although its id names the other', () => {
    const { world, isCancelled } = gone(SLOT, { ...own, recurringEventId: 'ser_R20260601T070000' });
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'ser', ...DAILY }));
    world.pass();
    expect(questions(world)).toContain(`get ${CALENDAR_ID} ser_R20260601T070000`);
    expect(isCancelled()).toBe(false);
  });

  it('is looked at when its series changes, because no list may show that it went with it', () => {
    const world = syncWorld();
    const id = world.book(SLOT, own);
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'ser', ...DAILY }));
    world.pass();
    world.calendar.removeUnlisted(CALENDAR_ID, SLOT);
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'ser', recurrence: ['RRULE:FREQ=YEARLY'] }));
    world.pass();
    expect(world.bindings()).toMatchObject([{ eventId: SLOT, state: 'ending' }]);
    world.clock.advance(6 * MINUTE_MS);
    world.pass();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(true);
  });

  it.each<[string, (row: Row) => Row, boolean]>([
    ['cancelled', ({ id }) => tombstone(id, { recurringEventId: 'ser' }), true],
    ['without a conference', ({ conferenceData: _off, ...row }) => row, true],
    ['with it', (row) => row, false],
  ])('ends its conference where its series moved to another calendar, which shows it %s: %#', (_name, as, ends) => {
    const { world, id, isCancelled } = gone(SLOT, own);
    world.calendar.moveAway(CALENDAR_ID, 'ser');
    const there = { organizer: { email: TEAM_ID } };
    world.calendar.put(TEAM_ID, eventRow({ id: 'ser', ...DAILY, ...there }));
    const conferenceData = stamped(id, world.state().owner);
    world.calendar.put(TEAM_ID, as(eventRow({ id: SLOT, ...own, ...there, conferenceData })));
    world.pass();
    expect(isCancelled()).toBe(ends);
  });
});

describe('a conference that is kept on doubt', () => {
  function kept() {
    const { world, id, isCancelled } = gone();
    world.pass();
    const end = () => endKept(world.deps, { solution: SOLUTION, conference: id });
    const status = () => readStatus(world.store, world.clock.nowMs());
    return { world, id, isCancelled, end, status };
  }

  it('stands on the home card, and counts neither as in step nor as on its way', () => {
    const { id, status } = kept();
    expect(status()).toMatchObject({
      kept: [{ solution: SOLUTION, conference: id }],
      keptCount: 1,
      live: 0,
      outbox: 0,
    });
  });

  it('ends when a person says so', () => {
    const { end, isCancelled, status, world } = kept();
    expect(end()).toBe('ended');
    expect(isCancelled()).toBe(true);
    expect(status()).toMatchObject({ kept: [], keptCount: 0 });
    expect(world.bindings()).toEqual([]);
  });

  it('ends later when a person says so while the provider is away', () => {
    const { end, isCancelled, world } = kept();
    world.meet.script = () => json(503, {});
    expect(end()).toBe('ends');
    world.meet.script = () => undefined;
    world.clock.advance(30 * MINUTE_MS);
    world.sweep();
    expect(isCancelled()).toBe(true);
  });

  it('stays when its event is in sight again', () => {
    const { end, id, isCancelled, world } = kept();
    world.edit('ev1', id, { summary: 'Back' });
    expect(end()).toBe('in-use');
    expect(isCancelled()).toBe(false);
    expect(world.meet.conferences.get(id)).toMatchObject({ title: 'Back' });
  });

  it('is not touched while a sync runs', () => {
    const { end, isCancelled, world } = kept();
    world.lock.tryTake();
    expect(end()).toBe('busy');
    expect(isCancelled()).toBe(false);
  });

  it('is not named any more once its event would be over', () => {
    const { status, world } = kept();
    world.clock.advance(3 * 24 * 60 * MINUTE_MS);
    expect(status()).toMatchObject({ kept: [], keptCount: 0 });
  });

  it('is one of five that are named, of however many there are', () => {
    const world = syncWorld();
    world.create('unsaved');
    world.pass();
    const many = Array.from({ length: 7 }, (_, i) => ({
      eventId: `ev${i}`,
      conference: `conf-${i}`,
      state: 'away' as const,
    }));
    remember(world.store, ...many, { eventId: 'copy', conference: 'conf-0' });
    const { kept, keptCount } = readStatus(world.store, NOW_MS);
    expect(kept.map(({ conference }) => conference)).toEqual(['conf-1', 'conf-2', 'conf-3', 'conf-4', 'conf-5']);
    expect(keptCount).toBe(6);
  });
});
