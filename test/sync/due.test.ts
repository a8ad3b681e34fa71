import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID } from '../support/core-world';
import { json } from '../support/fake-meet';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const TEAM_ID = 'team@group.calendar.google.com';

/** A live event whose conference knows it, and whose row is gone now. */
function goneEvent(eventId = 'ev1'): { world: SyncWorld; id: string } {
  const world = syncWorld();
  const id = world.book(eventId);
  world.pass();
  world.calendar.remove(CALENDAR_ID, eventId);
  world.pass();
  return { world, id };
}

describe('a deleted event', () => {
  it('keeps its conference for the grace period, and loses it after another look', () => {
    const { world, id } = goneEvent();
    world.clock.advance(4 * MINUTE_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
    world.clock.advance(2 * MINUTE_MS);
    world.sweep();
    expect(world.calendar.calls).toContain(`get ${CALENDAR_ID} ev1`);
    expect(world.meet.conferences.get(id)?.cancelled).toBe(true);
    expect(world.bindings()).toEqual([]);
  });

  it('keeps its conference when it was restored in time, at no cost', () => {
    const { world, id } = goneEvent();
    world.edit('ev1', id, {});
    const sent = world.meet.requests.length;
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.meet.requests).toHaveLength(sent);
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
  });

  it.each(['google-unavailable', 'grant-missing', 'calendar-lost'] as const)(
    'keeps its conference while the look ends as %s',
    (code) => {
      const { world, id } = goneEvent();
      world.calendar.failGet('ev1', code);
      world.clock.advance(HOUR_MS);
      world.sweep();
      expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
      world.calendar.healGet('ev1');
      world.clock.advance(HOUR_MS);
      world.sweep();
      expect(world.meet.conferences.get(id)?.cancelled).toBe(true);
    },
  );

  it('keeps its conference while another calendar, to which it may have moved, cannot be read', () => {
    const world = syncWorld();
    world.calendar.add(TEAM_ID);
    const id = world.book();
    world.create('other', TEAM_ID);
    world.sweep();
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.clock.advance(HOUR_MS);
    world.calendar.failList(TEAM_ID, 'google-unavailable', 'google-unavailable');
    world.pass();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
    world.clock.advance(HOUR_MS);
    world.sweep();
    world.sweep();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(true);
  });

  it('keeps its conference when it comes back in another calendar', () => {
    const world = syncWorld();
    world.calendar.add(TEAM_ID);
    const id = world.book();
    world.create('other', TEAM_ID);
    world.sweep();
    const row = world.calendar.get(CALENDAR_ID, 'ev1') as object;
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.calendar.put(TEAM_ID, { ...row, id: 'ev1', organizer: { email: TEAM_ID } });
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
    expect(world.bindings()).toContainEqual(
      expect.objectContaining({ eventId: 'ev1', calendar: calendarKey(TEAM_ID), state: 'live' }),
    );
  });
});

describe('a calendar that is lost', () => {
  it('freezes its bindings: nothing of it is looked at, nothing cancelled', () => {
    const { world, id } = goneEvent();
    world.calendar.setRole(CALENDAR_ID, 'freeBusyReader');
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
    expect(world.calendar.calls.filter((call) => call.startsWith('get'))).toEqual([]);
    world.calendar.setRole(CALENDAR_ID, 'owner');
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(true);
  });

  it('does not crowd out the looks of the others, however many of its events are due', () => {
    const world = syncWorld();
    world.calendar.add(TEAM_ID);
    for (let i = 0; i < 70; i++) world.create(`lost${i}`, TEAM_ID);
    world.pass(TEAM_ID);
    for (let i = 0; i < 70; i++) world.calendar.remove(TEAM_ID, `lost${i}`);
    world.pass(TEAM_ID);
    world.calendar.setRole(TEAM_ID, 'freeBusyReader');
    world.clock.advance(MINUTE_MS);
    const id = world.book();
    world.sweep();
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(true);
  });
});

describe('looks that fail', () => {
  it('make room for the others', () => {
    const world = syncWorld();
    for (let i = 0; i < 70; i++) world.book(`ev${i}`);
    world.pass();
    for (let i = 0; i < 70; i++) world.calendar.remove(CALENDAR_ID, `ev${i}`);
    for (let i = 0; i < 65; i++) world.calendar.failGet(`ev${i}`, 'calendar-lost');
    world.pass();
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    world.sweep();
    const cancelled = [...world.meet.conferences.values()].filter((conference) => conference.cancelled);
    expect(cancelled).toHaveLength(5);
  });
});

describe('a delivery that failed', () => {
  it('is made again with the event as it is then', () => {
    const world = syncWorld();
    const id = world.book();
    world.meet.script = () => json(503, {});
    world.pass();
    world.meet.script = () => undefined;
    world.edit('ev1', id, { summary: 'Talk' });
    world.clock.advance(2 * MINUTE_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.title).toBe('Talk');
    expect(world.bindings()[0]?.todo).toBeUndefined();
  });

  it('is not given up because one look showed an event without details', () => {
    const world = syncWorld();
    const id = world.book();
    world.meet.script = () => json(503, {});
    world.pass();
    world.meet.script = () => undefined;
    const whole = world.calendar.get(CALENDAR_ID, 'ev1');
    world.calendar.get = () => ({ id: 'ev1', status: 'confirmed' });
    world.clock.advance(HOUR_MS);
    world.sweep();
    world.calendar.get = () => whole;
    world.clock.advance(2 * HOUR_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });
});
