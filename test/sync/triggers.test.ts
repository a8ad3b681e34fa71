import type { SyncDeps } from '../../src/sync/deps';
import { calendarKey } from '../../src/sync/sync-tokens';
import { keepTriggers as keep, SWEEP_HANDLER, SYNC_HANDLER, tendTriggers } from '../../src/sync/triggers';
import { CALENDAR_ID } from '../support/core-world';
import { TRIGGER_CAP } from '../support/fake-platform';
import { syncWorld } from '../support/sync-world';

const keepTriggers = (ids: readonly string[], deps: SyncDeps, isPersons = false) =>
  keep(ids, deps, deps.store.readAll(), isPersons);
const addTriggers = (id: string, deps: SyncDeps) => tendTriggers(deps, deps.store.readAll(), deps.clock.nowMs(), id);
const TEAM_ID = 'team@group.calendar.google.com';
const names = (world: ReturnType<typeof syncWorld>) =>
  world.triggers.list.map(({ handler, calendarId }) =>
    calendarId === undefined ? handler : `${handler} ${calendarId}`,
  );

describe('keeping the triggers', () => {
  it('makes one per calendar and one for the sweep', () => {
    const world = syncWorld();
    expect(keepTriggers([CALENDAR_ID, TEAM_ID], world.deps)).toEqual({
      made: 3,
      renewed: 0,
      removed: 0,
      refused: [],
      found: [],
    });
    expect(names(world)).toEqual([SWEEP_HANDLER, `${SYNC_HANDLER} ${CALENDAR_ID}`, `${SYNC_HANDLER} ${TEAM_ID}`]);
  });

  it('names the functions that triggers of earlier versions call', () => {
    expect([SWEEP_HANDLER, SYNC_HANDLER]).toEqual(['sweepHourly', 'syncEvents']);
  });

  it('changes nothing when all is as it ought to be', () => {
    const world = syncWorld();
    keepTriggers([CALENDAR_ID], world.deps);
    expect(keepTriggers([CALENDAR_ID], world.deps)).toEqual({
      made: 0,
      renewed: 0,
      removed: 0,
      refused: [],
      found: [],
    });
  });

  it('removes doubles, and triggers of calendars that are watched no longer', () => {
    const world = syncWorld();
    keepTriggers([CALENDAR_ID, TEAM_ID], world.deps);
    world.triggers.add({ handler: SYNC_HANDLER, kind: 'calendar', calendarId: CALENDAR_ID });
    world.triggers.add({ handler: SWEEP_HANDLER, kind: 'clock' });
    expect(keepTriggers([CALENDAR_ID], world.deps)).toMatchObject({ made: 0, removed: 3 });
    expect(names(world)).toEqual([SWEEP_HANDLER, `${SYNC_HANDLER} ${CALENDAR_ID}`]);
  });

  it('takes the same calendar in other letters for the same', () => {
    const world = syncWorld();
    world.triggers.add({ handler: SYNC_HANDLER, kind: 'calendar', calendarId: 'Ann@Example.com' });
    expect(keepTriggers([CALENDAR_ID], world.deps)).toMatchObject({ made: 1, removed: 0 });
  });

  it('leaves triggers of other handlers and of other kinds alone', () => {
    const world = syncWorld();
    const others = [
      world.triggers.add({ handler: 'sendReport', kind: 'clock' }),
      world.triggers.add({ handler: 'sendReport', kind: 'calendar', calendarId: CALENDAR_ID }),
      world.triggers.add({ handler: SYNC_HANDLER, kind: 'other', calendarId: CALENDAR_ID }),
      world.triggers.add({ handler: SWEEP_HANDLER, kind: 'other' }),
      world.triggers.add({ handler: SYNC_HANDLER, kind: 'calendar' }),
    ];
    expect(keepTriggers([CALENDAR_ID], world.deps)).toMatchObject({ made: 2, removed: 0 });
    expect(world.triggers.list).toEqual(expect.arrayContaining(others));
  });

  it('survives the cap of 20: the sweep comes first, and the calendars without a trigger are named', () => {
    const world = syncWorld();
    for (let i = 0; i < TRIGGER_CAP - 2; i++) world.triggers.add({ handler: 'other', kind: 'clock' });
    const report = keepTriggers([CALENDAR_ID, TEAM_ID], world.deps);
    expect(report).toMatchObject({ made: 2, refused: [expect.any(String)] });
    expect(names(world)).toContain(SWEEP_HANDLER);
    expect(world.log.of('trigger-refused')).toHaveLength(1);
  });

  it('goes on when one trigger cannot be removed', () => {
    const world = syncWorld();
    keepTriggers([CALENDAR_ID, TEAM_ID], world.deps);
    for (const { id, calendarId } of world.triggers.list) if (calendarId === TEAM_ID) world.triggers.stuck.add(id);
    world.triggers.add({ handler: SWEEP_HANDLER, kind: 'clock' });
    expect(keepTriggers([CALENDAR_ID], world.deps)).toEqual({
      made: 0,
      renewed: 0,
      removed: 1,
      refused: [],
      found: [],
    });
    expect(world.log.lines).toEqual([{ event: 'trigger-stays' }]);
  });

  it('says so when there is no room for the sweep either', () => {
    const world = syncWorld();
    for (let i = 0; i < TRIGGER_CAP; i++) world.triggers.add({ handler: 'other', kind: 'clock' });
    expect(keepTriggers([], world.deps)).toEqual({ made: 0, renewed: 0, removed: 0, refused: ['sweep'], found: [] });
    addTriggers(CALENDAR_ID, world.deps);
    expect(world.log.of('trigger-refused').map(({ calendar }) => calendar)).toEqual([
      'sweep',
      'sweep',
      calendarKey(CALENDAR_ID),
    ]);
  });

  it('does nothing when the triggers cannot be read', () => {
    const world = syncWorld();
    world.triggers.all = () => {
      throw new Error('Service error: ScriptApp');
    };
    expect(keepTriggers([CALENDAR_ID], world.deps)).toEqual({
      made: 0,
      renewed: 0,
      removed: 0,
      refused: [],
      found: [],
    });
    expect(world.log.of('triggers-unreadable')).toHaveLength(1);
  });
});

describe('adding triggers at a create', () => {
  it('adds what is missing and removes nothing', () => {
    const world = syncWorld();
    const double = { handler: SYNC_HANDLER, kind: 'calendar' as const, calendarId: TEAM_ID };
    world.triggers.add(double);
    world.triggers.add(double);
    addTriggers(CALENDAR_ID, world.deps);
    addTriggers(CALENDAR_ID, world.deps);
    expect(names(world)).toEqual([
      `${SYNC_HANDLER} ${TEAM_ID}`,
      `${SYNC_HANDLER} ${TEAM_ID}`,
      SWEEP_HANDLER,
      `${SYNC_HANDLER} ${CALENDAR_ID}`,
    ]);
  });

  it('never throws', () => {
    const world = syncWorld();
    world.triggers.refused.add(CALENDAR_ID);
    addTriggers(CALENDAR_ID, world.deps);
    expect(names(world)).toEqual([SWEEP_HANDLER]);
    world.triggers.all = () => {
      throw new Error('Service error: ScriptApp');
    };
    expect(() => addTriggers(CALENDAR_ID, world.deps)).not.toThrow();
  });
});
