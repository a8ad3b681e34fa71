/** Calendars that cannot be read any more, and their events where they are found again. */
import { HOUR_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { followFrom } from '../../src/sync/lost-calendars';
import { readStatus } from '../../src/sync/status';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, eventRow, stamped } from '../support/core-world';
import { syncWorld } from '../support/sync-world';

const RENAMED = 'renamed@example.com';

/** Ann's address is another one now: her events are on a calendar of that name, and the old one is gone. */
function renamedWorld(over: { eventId?: string; organizer?: string } = {}) {
  const world = syncWorld();
  const { eventId = 'ev1', organizer = RENAMED } = over;
  const id = world.book('ev1', { summary: 'Plan' });
  world.pass();
  const { owner } = world.state();
  world.calendar.add(RENAMED);
  const show = (summary: string) =>
    world.calendar.put(
      RENAMED,
      eventRow({ id: eventId, summary, organizer: { email: organizer }, conferenceData: stamped(id, owner) }),
    );
  show('Plan');
  const lose = () => world.calendar.failList(CALENDAR_ID, ...Array(50).fill('calendar-lost'));
  lose();
  return {
    ...world,
    id,
    show,
    lose,
    title: () => world.meet.conferences.get(id)?.title,
    isCancelled: () => world.meet.conferences.get(id)?.cancelled,
    places: () => world.bindings().map(({ calendar, state }) => [calendar, state]),
    status: () => readStatus(world.store, world.clock.nowMs()),
  };
}

describe('an event of a lost calendar that another one organises now', () => {
  it('is followed there, as if it had always been there, and its service hears nothing of it', () => {
    const { pass, places, meet, bindings } = renamedWorld();
    const [before] = bindings();
    const sent = meet.batches.length;
    pass(CALENDAR_ID, RENAMED);
    expect(places()).toEqual([[calendarKey(RENAMED), 'live']]);
    expect(bindings()).toMatchObject([{ delivered: before?.delivered, bornMs: before?.bornMs }]);
    expect(bindings()[0]).not.toHaveProperty('todo');
    expect(meet.batches.length).toBe(sent);
  });

  it('is told of what changes, and ends its conference when it is deleted', () => {
    const { pass, show, title, calendar, clock, isCancelled } = renamedWorld();
    pass(CALENDAR_ID, RENAMED);
    show('Renamed');
    pass(RENAMED);
    expect(title()).toBe('Renamed');
    calendar.remove(RENAMED, 'ev1');
    pass(RENAMED);
    clock.advance(HOUR_MS);
    pass(RENAMED);
    expect(isCancelled()).toBe(true);
  });

  it('is told at once of what changed before it was found', () => {
    const { pass, show, title } = renamedWorld();
    show('Renamed meanwhile');
    pass(CALENDAR_ID, RENAMED);
    expect(title()).toBe('Renamed meanwhile');
  });

  it('is found although the loss is seen after the new calendar', () => {
    const { pass, places } = renamedWorld();
    pass(RENAMED);
    expect(places()).toHaveLength(2);
    pass(CALENDAR_ID, RENAMED);
    expect(places()).toEqual([[calendarKey(RENAMED), 'live']]);
  });

  it('is read anew on the old one, should that come back', () => {
    const { pass, calendar, places, id, state } = renamedWorld();
    pass(CALENDAR_ID, RENAMED);
    expect(state().calendars.get(calendarKey(CALENDAR_ID))).not.toHaveProperty('token');
    calendar.healList(CALENDAR_ID);
    pass(CALENDAR_ID);
    expect(places()).toContainEqual([calendarKey(CALENDAR_ID), 'live']);
    expect(id).toBeDefined();
  });

  it('takes along what was told of its occurrences', () => {
    const { pass, state, store, bindings } = renamedWorld();
    const known = state();
    const [series] = known.ledger.all();
    if (series === undefined) throw new Error('no binding');
    known.ledger.put({ ...series, eventId: 'ev1_20260303T090000Z', series: 'ev1', delivered: 'told' });
    known.commit(store);
    pass(CALENDAR_ID, RENAMED);
    expect(bindings().filter(({ calendar }) => calendar === calendarKey(CALENDAR_ID))).toEqual([]);
    expect(bindings().find(({ series: of }) => of === 'ev1')).toMatchObject({ calendar: calendarKey(RENAMED) });
  });
});

describe('what does not explain an event of a lost calendar', () => {
  it.each([
    ['a copy under another id', { eventId: 'copy' }, 2],
    ['a copy that another calendar organises', { organizer: CALENDAR_ID }, 1],
  ])('is %s', (_, over, bindings) => {
    const { pass, places } = renamedWorld(over);
    pass(CALENDAR_ID, RENAMED);
    expect(places()).toHaveLength(bindings);
    expect(places()).toContainEqual([calendarKey(CALENDAR_ID), 'live']);
  });
});

describe('a calendar that answers to its old name as well', () => {
  it('has each conference counted once, told once, and ended once', () => {
    const { calendar, clock, pass, show, status, meet, isCancelled } = renamedWorld();
    calendar.healList(CALENDAR_ID);
    pass(CALENDAR_ID, RENAMED);
    expect(status().live).toBe(1);
    const sent = meet.batches.length;
    show('Renamed');
    const row = calendar.get(RENAMED, 'ev1') as Row;
    calendar.put(CALENDAR_ID, { ...row, organizer: { email: RENAMED, self: true } });
    pass(CALENDAR_ID, RENAMED);
    expect(meet.batches.length).toBe(sent + 1);
    for (const id of [CALENDAR_ID, RENAMED]) calendar.remove(id, 'ev1');
    pass(CALENDAR_ID, RENAMED);
    clock.advance(HOUR_MS);
    pass(CALENDAR_ID, RENAMED);
    expect(isCancelled()).toBe(true);
    expect(meet.requests.filter((request) => request.startsWith('DELETE'))).toHaveLength(1);
  });
});

describe('the numbers of a lost calendar', () => {
  it('do not call its conferences in step', () => {
    const { pass, status } = renamedWorld({ eventId: 'copy' });
    expect(status()).toMatchObject({ live: 1, lostCalendars: 0 });
    pass(CALENDAR_ID);
    expect(status()).toMatchObject({ live: 0, lostCalendars: 1 });
  });
});

describe('a card of an event with our conference on an unknown calendar', () => {
  const place = { calendarId: RENAMED, eventId: 'ev1' };

  it('has that calendar followed while another one is lost', () => {
    const { deps, pass, sweep, places, state } = renamedWorld();
    followFrom(deps, place);
    expect(state().calendars.has(calendarKey(RENAMED))).toBe(false);
    pass(CALENDAR_ID);
    followFrom(deps, place);
    expect(state().calendars.has(calendarKey(RENAMED))).toBe(true);
    sweep();
    expect(places()).toEqual([[calendarKey(RENAMED), 'live']]);
  });

  it('does not for a conference of somebody else', () => {
    const { deps, pass, calendar, state } = renamedWorld();
    pass(CALENDAR_ID);
    calendar.put(RENAMED, eventRow({ id: 'theirs', conferenceData: stamped('x', 'another-owner') }));
    followFrom(deps, { ...place, eventId: 'theirs' });
    followFrom(deps, { ...place, eventId: 'nowhere' });
    expect(state().calendars.has(calendarKey(RENAMED))).toBe(false);
  });
});

describe('a lost calendar that is the person’s own one under another address', () => {
  /** The same events under the name "primary", as Google has them for whoever asks. */
  function ownWorld(over: { isOrganiser?: boolean; owner?: string } = {}) {
    const world = renamedWorld();
    const { isOrganiser = true, owner = world.state().owner } = over;
    world.calendar.add('primary');
    world.calendar.put(
      'primary',
      eventRow({
        ...{ id: 'ev1', summary: 'Plan', conferenceData: stamped(world.id, owner) },
        organizer: { email: RENAMED, ...(isOrganiser && { self: true }) },
      }),
    );
    world.pass(CALENDAR_ID);
    return world;
  }

  it('is found by the hourly run, and its events are followed under the new address', () => {
    const { sweep, places } = ownWorld();
    sweep();
    expect(places()).toEqual([[calendarKey(RENAMED), 'live']]);
  });

  it.each([
    ['whose event there is somebody else’s', { isOrganiser: false }],
    ['whose event there has the conference of somebody else', { owner: 'another' }],
  ])('is not found in one %s', (_what, over) => {
    const { sweep, places } = ownWorld(over);
    sweep();
    expect(places()).toEqual([[calendarKey(CALENDAR_ID), 'live']]);
  });

  it('is not looked for while every calendar can be read', () => {
    const world = syncWorld();
    world.book('ev1', { summary: 'Plan' });
    world.pass();
    world.sweep();
    expect(world.calendar.calls.filter((call) => call.includes('primary'))).toEqual([]);
  });
});
