import { HOUR_MS } from '../../src/core/policies';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_ID, NOW_MS, SOLUTION } from '../support/core-world';
import { json } from '../support/fake-meet';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const status = (world: SyncWorld) => readStatus(world.store, world.clock.nowMs());

describe('the status', () => {
  it('of a user who has nothing yet is empty', () => {
    expect(status(syncWorld())).toEqual({
      calendars: 0,
      lostCalendars: 0,
      unfinished: 0,
      tokenless: 0,
      plain: 0,
      isStale: false,
      unwatched: 0,
      hasNoSweep: false,
      live: 0,
      pending: 0,
      outbox: 0,
      parked: 0,
      broken: 0,
      repairing: 0,
      pauses: [],
      waiting: [],
      storeFull: false,
      unfollowed: { occurrences: 0, events: 0 },
      unknown: { another: 0, untold: 0 },
      kept: [],
      keptCount: 0,
    });
  });

  it('counts a conference as pending until its event was seen', () => {
    const world = syncWorld();
    world.book();
    expect(status(world)).toMatchObject({ pending: 1, live: 0 });
    world.pass();
    expect(status(world)).toMatchObject({ pending: 0, live: 1, outbox: 0, calendars: 1, readMs: NOW_MS });
  });

  it('shows what is on its way, and why it waits', () => {
    const world = syncWorld();
    world.book();
    world.meet.script = () => json(401, {});
    world.pass();
    expect(status(world)).toMatchObject({
      outbox: 1,
      pauses: [{ solution: SOLUTION, reason: 'unauthorised', untilMs: NOW_MS + HOUR_MS }],
    });
    world.clock.advance(2 * HOUR_MS);
    expect(status(world).pauses).toMatchObject([{ reason: 'unauthorised' }]);
  });

  it('shows what was given up, and what is broken', () => {
    const world = syncWorld();
    const [refused, lost] = [world.book('refused'), world.book('lost')];
    world.meet.script = ({ url }) =>
      url.endsWith(refused) ? json(422, {}) : url.endsWith(lost) ? json(404, {}) : undefined;
    world.pass();
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(status(world)).toMatchObject({ parked: 1, broken: 1 });
  });

  it('shows a calendar that is lost', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    world.calendar.setRole(CALENDAR_ID, 'freeBusyReader');
    world.pass();
    expect(status(world)).toMatchObject({ calendars: 1, lostCalendars: 1 });
    expect(status(world)).not.toHaveProperty('readMs');
  });
});
