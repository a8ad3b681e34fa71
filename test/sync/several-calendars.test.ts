/** Passes over more than one calendar, and what is left for the next round or the next pass. */
import { MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { runPass } from '../../src/sync/pass';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, eventRow, SOLUTION, stamped } from '../support/core-world';
import { json } from '../support/fake-meet';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const TEAM_ID = 'team@group.calendar.google.com';
const KEY = calendarKey(CALENDAR_ID);
const lists = (world: SyncWorld) => world.calendar.calls.filter((call) => call.startsWith('list'));

/** A conference in the calendar of a team in New York, beside an empty calendar of one's own. */
function withTeam(): { world: SyncWorld; id: string; change: (row: Partial<Row>) => void } {
  const world = syncWorld();
  world.calendar.add(TEAM_ID, 'America/New_York');
  const result = world.create('ev1', TEAM_ID);
  if (result.kind !== 'created') throw new Error('The create failed.');
  const conferenceData = stamped(result.conference.id, result.stamp.owner);
  const change = (row: Partial<Row>) =>
    world.calendar.put(TEAM_ID, eventRow({ conferenceData, organizer: { email: TEAM_ID }, ...row }));
  change({});
  world.sweep();
  world.pass(CALENDAR_ID, TEAM_ID);
  return { world, id: result.conference.id, change };
}

describe('a pass over several calendars', () => {
  it('reads each of them once, in whatever letters its address is written', () => {
    const world = syncWorld();
    world.pass(CALENDAR_ID, 'Ann@Example.com', CALENDAR_ID);
    expect(lists(world)).toEqual([`list ${CALENDAR_ID} full`]);
  });

  it('reads one of them although the time is spent already, and leaves a mark for the others', () => {
    const { world } = withTeam();
    const before = lists(world).length;
    runPass(world.deps, [CALENDAR_ID, TEAM_ID], 'calendar', () => world.clock.advance(21_000));
    expect(lists(world).length - before).toBe(1);
    expect([...world.marks.set]).toEqual([calendarKey(TEAM_ID)]);
  });

  it('prepares itself once, however many rounds it takes', () => {
    const world = syncWorld();
    let prepared = 0;
    let marks = 2;
    world.calendar.onCall = () => {
      if (marks-- > 0) world.marks.put(KEY);
    };
    runPass(world.deps, [CALENDAR_ID], 'calendar', () => {
      prepared++;
    });
    expect(lists(world)).toHaveLength(3);
    expect(prepared).toBe(1);
  });

  it('reads only what is marked in a further round', () => {
    const { world } = withTeam();
    let marked = false;
    world.calendar.calls.length = 0;
    world.calendar.onCall = () => {
      if (!marked) world.marks.put(KEY);
      marked = true;
    };
    world.pass(TEAM_ID, CALENDAR_ID);
    expect(lists(world).map((call) => call.split(' ')[1])).toEqual([TEAM_ID, CALENDAR_ID, CALENDAR_ID]);
  });
});

describe('what is due in a calendar that nobody asked for', () => {
  it('is delivered, in that calendar’s zone, and the calendar is not read for it', () => {
    const { world, id, change } = withTeam();
    world.meet.script = () => json(503, {});
    change({
      summary: 'Talk',
      start: { dateTime: '2026-06-02T09:00:00-04:00' },
      end: { dateTime: '2026-06-02T10:00:00-04:00' },
    });
    world.pass(TEAM_ID);
    world.meet.script = () => undefined;
    world.clock.advance(2 * MINUTE_MS);
    world.calendar.calls.length = 0;
    world.pass(CALENDAR_ID);
    expect(lists(world)).toHaveLength(1);
    expect(world.meet.conferences.get(id)).toMatchObject({
      title: 'Talk',
      start: { dateTime: '2026-06-02T09:00:00', timeZone: 'America/New_York' },
    });
  });

  it('has all calendars read when it is an end: the event may have moved to one of them', () => {
    const { world, id } = withTeam();
    world.calendar.remove(TEAM_ID, 'ev1');
    world.pass(TEAM_ID);
    world.clock.advance(6 * MINUTE_MS);
    world.calendar.calls.length = 0;
    world.pass(CALENDAR_ID);
    expect(lists(world)).toHaveLength(2);
    expect(world.meet.conferences.get(id)?.cancelled).toBe(true);
  });
});

describe('of two executions, the loser of the lock', () => {
  const { grants } = syncWorld().deps;

  it.each<[string, string[], number]>([
    ['waits no moment', [], 0],
    ['waits for a renewal of a grant where people have grants of their own', ['meet'], 2_000],
  ])('%s before it leaves', (_name, personal, patienceMs) => {
    const world = syncWorld({ grants: { ...grants, personal } });
    world.lock.taken = true;
    expect(world.pass()).toBe('busy');
    expect(world.lock.patienceMs).toBe(patienceMs);
  });
});

describe('a change', () => {
  it('that is made while an earlier one waits is tried as often as any new one', () => {
    const world = syncWorld();
    const id = world.book();
    world.meet.script = () => json(422, {});
    world.pass();
    world.edit('ev1', id, { summary: 'Talk' });
    world.pass();
    expect(world.bindings()).toMatchObject([{ todo: { attempts: 1 } }]);
  });

  it('of an occurrence that stands before its new series makes it no event of its own', () => {
    const world = syncWorld();
    const id = world.book('ser', { recurrence: ['RRULE:FREQ=DAILY'] });
    const series = world.calendar.get(CALENDAR_ID, 'ser') as Row;
    const { recurrence: _none, ...like } = series;
    world.calendar.put(CALENDAR_ID, {
      ...like,
      id: 'ser_1',
      recurringEventId: 'ser',
      originalStartTime: { dateTime: '2026-06-03T09:00:00+02:00' },
      start: { dateTime: '2026-06-03T12:00:00+02:00' },
      end: { dateTime: '2026-06-03T13:00:00+02:00' },
    });
    world.calendar.put(CALENDAR_ID, series);
    world.pass();
    expect(Object.keys(world.meet.conferences.get(id)?.occurrences ?? {})).toEqual(['2026-06-03T07:00:00Z']);
    expect(world.bindings().map(({ eventId, series }) => [eventId, series])).toEqual([
      ['ser', undefined],
      ['ser_1', 'ser'],
    ]);
  });
});

describe('a conference in an event', () => {
  it('of a solution that is not offered any more is left alone', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    const before = world.bindings();
    world.deps.solutions = new Map();
    world.edit('ev1', id, { summary: 'Talk' });
    world.pass();
    expect(world.bindings()).toEqual(before);
    expect(world.log.of('row-parked')).toEqual([]);
  });

  it('is nobody’s whose secret word was never drawn, whatever it is sealed with', () => {
    const world = syncWorld({ seal: (secret, text) => `${secret} on ${text}` });
    const conferenceData = stamped('conf1', ` on ${SOLUTION}/conf1`);
    world.calendar.put(CALENDAR_ID, eventRow({ conferenceData }));
    world.pass();
    expect(world.bindings()).toEqual([]);
  });
});
