/** What has left sight is remembered when its calendar, its time or the person's request takes it out of the ledger. */
import type { Binding } from '../../src/core/binding';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { endKept } from '../../src/sync/end-kept';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, stamped } from '../support/core-world';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const TEAM_ID = 'team@group.calendar.google.com';

/** A followed event in the far future, and another one with its conference as earlier passes left it. */
function sharing(other: Partial<Binding> | undefined) {
  const world = syncWorld();
  world.calendar.add(TEAM_ID);
  const far = { dateTime: '2026-12-01T09:00:00+01:00', timeZone: 'Europe/Zurich' };
  const id = world.book('copy', { start: far, end: { ...far, dateTime: '2026-12-01T10:00:00+01:00' } });
  world.pass(CALENDAR_ID, TEAM_ID);
  if (other !== undefined) remember(world.store, { conference: id, eventId: 'original', ...other });
  return { world, isCancelled: () => world.meet.conferences.get(id)?.cancelled === true };
}

function deletesCopy(world: SyncWorld): void {
  world.calendar.remove(CALENDAR_ID, 'copy');
  world.pass(CALENDAR_ID);
  world.clock.advance(HOUR_MS);
  world.sweep();
  world.clock.advance(HOUR_MS);
  world.sweep();
}

describe('a conference that a followed event shares', () => {
  const behind = { endsMs: NOW_MS - 40 * DAY_MS };

  it.each<[string, Partial<Binding> | undefined, boolean]>([
    ['nothing else', undefined, true],
    ['one that ended long ago', behind, true],
    ['one that left sight, and by its old time ended long ago', { ...behind, state: 'away' }, false],
    ['one that has been out of sight, and ended long ago', { ...behind, strayed: true }, false],
    ['one that was away for a while, and ended long ago', { ...behind, mayHaveStrayed: true }, false],
  ])('with %s: deleted, the event ends it or not: %#', (_name, other, ends) => {
    const { world, isCancelled } = sharing(other);
    world.sweep();
    expect(world.bindings()).toHaveLength(1);
    deletesCopy(world);
    expect(isCancelled()).toBe(ends);
  });

  it('with one of a calendar that was lost for good is not ended with the event in sight', () => {
    const { world, isCancelled } = sharing({ calendar: calendarKey(TEAM_ID) });
    world.calendar.failList(TEAM_ID, ...Array(50).fill('calendar-lost'));
    world.pass(TEAM_ID);
    world.clock.advance(61 * DAY_MS);
    world.sweep();
    expect(world.bindings()).toMatchObject([{ eventId: 'copy' }]);
    deletesCopy(world);
    expect(isCancelled()).toBe(false);
  });
});

describe('an event of a lost calendar that has been out of sight', () => {
  it.each<[string, Partial<Binding>, boolean]>([
    ['no', {}, true],
    ['yes', { strayed: true }, false],
    ['maybe', { mayHaveStrayed: true }, false],
  ])('is known for that where it is found again: %s', (_name, flag, ends) => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    const { owner } = world.state();
    remember(world.store, { conference: id, ...flag });
    world.calendar.add(TEAM_ID);
    const organizer = { email: TEAM_ID };
    world.calendar.put(TEAM_ID, eventRow({ organizer, conferenceData: stamped(id, owner) }));
    world.calendar.failList(CALENDAR_ID, ...Array(50).fill('calendar-lost'));
    world.pass(CALENDAR_ID, TEAM_ID);
    expect(world.bindings()).toMatchObject([{ calendar: calendarKey(TEAM_ID), state: 'live' }]);
    world.calendar.remove(TEAM_ID, 'ev1');
    world.pass(TEAM_ID);
    world.clock.advance(HOUR_MS);
    world.pass(TEAM_ID);
    expect(world.meet.conferences.get(id)?.cancelled === true).toBe(ends);
  });
});

describe('a conference that was kept on doubt, and that a person wanted ended', () => {
  /** An occurrence whose series is nowhere. */
  const SLOT = 'ser_20260602T070000Z';

  it('is not ended with its event once that came back: it may have been copied where it was', () => {
    const world = syncWorld();
    const id = world.book(SLOT);
    world.pass();
    world.calendar.moveAway(CALENDAR_ID, SLOT);
    world.pass();
    world.clock.advance(6 * MINUTE_MS);
    world.pass();
    expect(world.bindings()).toMatchObject([{ state: 'away' }]);
    world.edit(SLOT, id, { summary: 'Back' });
    world.calendar.failList(CALENDAR_ID, 'google-unavailable');
    expect(endKept(world.deps, { solution: SOLUTION, conference: id })).toBe('ends');
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
    world.calendar.remove(CALENDAR_ID, SLOT);
    world.pass();
    world.clock.advance(HOUR_MS);
    world.pass();
    expect(world.meet.conferences.get(id)?.cancelled).not.toBe(true);
  });
});
