import { CALENDAR_ID, eventRow, stamped } from '../support/core-world';
import { syncWorld } from '../support/sync-world';

const TEAM_ID = 'team@group.calendar.google.com';

describe('a calendar that was met only through a create', () => {
  it('is not forgotten when a pass over another calendar takes its intent into the ledger', () => {
    const world = syncWorld();
    world.calendar.add(TEAM_ID);
    world.create('ev9', TEAM_ID);
    world.pass(CALENDAR_ID);
    expect(world.state().intents).toEqual([]);
    world.calendar.put(
      TEAM_ID,
      eventRow({
        id: 'ev9',
        conferenceData: stamped('conf1', world.state().owner),
        organizer: { email: TEAM_ID },
      }),
    );
    world.sweep();
    expect(world.triggers.list.map(({ calendarId }) => calendarId)).toContain(TEAM_ID);
    expect(world.bindings()).toMatchObject([{ eventId: 'ev9', state: 'live' }]);
  });

  it('keeps what is known of it when a later create is taken in by a pass over another calendar', () => {
    const world = syncWorld();
    world.calendar.add(TEAM_ID);
    world.create('ev9', TEAM_ID);
    world.pass(TEAM_ID);
    const known = world.state().calendar(TEAM_ID);
    expect(known.token).toBeDefined();
    world.create('ev10', TEAM_ID);
    world.pass(CALENDAR_ID);
    expect(world.state().intents).toEqual([]);
    expect(world.state().calendar(TEAM_ID)).toEqual(known);
  });

  it('is not forgotten when its first list fails', () => {
    const world = syncWorld();
    world.create();
    world.calendar.failList(CALENDAR_ID, 'google-unavailable');
    world.pass();
    world.sweep();
    expect(world.triggers.list.map(({ calendarId }) => calendarId)).toContain(CALENDAR_ID);
    expect(world.calendar.calls).toHaveLength(2);
  });
});
