/** What a record keeps between the parts of a list, and what only lists in parts cost. */
import type { Row } from '../../src/core/row';
import { CALENDAR_ID, eventRow, stamped } from '../support/core-world';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const called = (world: SyncWorld, name: string) => world.calendar.calls.filter((call) => call.startsWith(name));

/** Events of others, on pages of ten; a pass has time for two pages. */
function foreign(world: SyncWorld, count: number): void {
  world.calendar.pageSize = 10;
  for (let i = 0; i < count; i++) world.calendar.put(CALENDAR_ID, eventRow({ id: `foreign${i}` }));
}

function slowPass(world: SyncWorld): void {
  world.calendar.onCall = () => world.clock.advance(7_000);
  world.pass();
  world.calendar.onCall = () => undefined;
}

describe('a list of changes in parts', () => {
  it('goes on with the token it began with, and has a new one at its end', () => {
    const world = syncWorld();
    world.pass();
    const { token, query } = world.state().calendar(CALENDAR_ID);
    foreign(world, 45);
    slowPass(world);
    expect(world.state().calendar(CALENDAR_ID)).toMatchObject({ token, query, goesOn: { pages: 2, rows: 20 } });
    world.calendar.calls.length = 0;
    slowPass(world);
    expect(called(world, 'list')).toEqual(Array.from({ length: 2 }, () => `list ${CALENDAR_ID} ${token} page`));
    world.pass();
    expect(world.state().calendar(CALENDAR_ID)).not.toHaveProperty('goesOn');
    expect(world.state().calendar(CALENDAR_ID).token).toBe(`${CALENDAR_ID}/45`);
  });
});

describe('a full list in parts', () => {
  it('forgets at its first part the token that it replaces', () => {
    const world = syncWorld();
    world.pass();
    foreign(world, 45);
    world.calendar.expireTokens(CALENDAR_ID);
    slowPass(world);
    const record = world.state().calendar(CALENDAR_ID);
    expect(record).not.toHaveProperty('token');
    expect(record).not.toHaveProperty('query');
    expect(record.goesOn).toBeDefined();
  });

  it('leaves a doubt standing until its last part', () => {
    const world = syncWorld();
    foreign(world, 45);
    world.marks.put('doubt');
    slowPass(world);
    slowPass(world);
    expect([...world.marks.set]).toEqual(['doubt']);
    world.pass();
    expect(world.marks.set.size).toBe(0);
  });
});

describe('a list in one', () => {
  it('costs no look at the series of an exception that it shows without it', () => {
    const world = syncWorld();
    const id = world.book('other');
    world.pass();
    const exception: Partial<Row> = {
      id: 'ser_1',
      recurringEventId: 'ser',
      originalStartTime: { dateTime: '2026-06-03T09:00:00+02:00' },
    };
    world.calendar.put(CALENDAR_ID, eventRow({ ...exception, conferenceData: stamped(id, world.state().owner) }));
    world.pass();
    expect(called(world, 'get')).toEqual([]);
  });

  it('costs no expansion of a series that it shows rescheduled: all its exceptions stand on it', () => {
    const world = syncWorld();
    const id = world.book('ser', { recurrence: ['RRULE:FREQ=DAILY'] });
    world.pass();
    world.calendar.calls.length = 0;
    world.edit('ser', id, { recurrence: ['RRULE:FREQ=WEEKLY'] });
    world.pass();
    expect(world.meet.conferences.get(id)?.recurrence).toEqual(['RRULE:FREQ=WEEKLY']);
    expect(called(world, 'occurrences')).toEqual([]);
  });
});
