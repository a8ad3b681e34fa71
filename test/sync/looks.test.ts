/** Looks at events with something due: which of them come first, how many, and when one is worth another. */
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, eventRow, NOW_MS, stamped, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const KEY = calendarKey(CALENDAR_ID);
const looks = (world: SyncWorld) => world.calendar.calls.filter((call) => call.startsWith('get'));

/** So many deliveries are due, the first of them longest; their events are there, and the next list shows none of them. */
function due(count: number): SyncWorld {
  const world = syncWorld();
  world.create('unsaved');
  const owner = world.state().owner;
  for (let i = 0; i < count; i++) {
    world.calendar.put(CALENDAR_ID, eventRow({ id: `ev${i}`, conferenceData: stamped(`own${i}`, owner) }));
  }
  world.pass();
  const each = Array.from({ length: count }, (_, i) => ({
    eventId: `ev${i}`,
    conference: `own${i}`,
    todo: toDo({ notBeforeMs: NOW_MS - 1_000 * (count - i) }),
  }));
  remember(world.store, ...each.reverse());
  world.calendar.calls.length = 0;
  return world;
}

describe('the looks of one pass', () => {
  it('go to what is due longest, and are sixty at most', () => {
    const world = due(62);
    world.pass();
    const looked = looks(world).map((call) => call.split(' ')[2]);
    expect(looked).toEqual(Array.from({ length: 60 }, (_, i) => `ev${i}`));
  });

  it('end while there is time to act on what they showed', () => {
    const world = due(30);
    world.calendar.onCall = () => world.clock.advance(1_000);
    world.pass();
    expect(looks(world)).toHaveLength(12);
  });

  it('do not go to what another look of the same pass has settled', () => {
    const world = due(1);
    const shared = { conference: 'own0', todo: toDo({ notBeforeMs: NOW_MS - 1_000 }) };
    remember(world.store, { ...shared, eventId: 'ev0' }, { ...shared, eventId: 'copy', bornMs: NOW_MS });
    world.pass();
    expect(looks(world)).toEqual([expect.stringContaining('ev0')]);
  });
});

describe('a look that fails', () => {
  it('is logged, and made again after ten minutes', () => {
    const world = due(1);
    world.calendar.failGet('ev0', 'google-unavailable');
    world.pass();
    expect(world.log.of('look-failed')).toEqual([{ event: 'look-failed', calendar: KEY, code: 'google-unavailable' }]);
    expect(world.bindings().find(({ eventId }) => eventId === 'ev0')?.todo).toEqual(
      toDo({ notBeforeMs: NOW_MS + 10 * MINUTE_MS }),
    );
  });
});

describe('a series that dropped its conference', () => {
  const DAILY = { recurrence: ['RRULE:FREQ=DAILY'] };
  const slot = { dateTime: '2026-06-03T09:00:00+02:00', timeZone: 'Europe/Zurich' };

  /** Its grace period is over, and one of its occurrences may have kept the conference. */
  function dropped(keeps: boolean) {
    const world = syncWorld();
    const id = world.book('ser', DAILY);
    world.pass();
    const own: Partial<Row> = { id: 'ser_1', recurringEventId: 'ser', originalStartTime: slot, start: slot };
    const end = { dateTime: '2026-06-03T10:00:00+02:00', timeZone: 'Europe/Zurich' };
    const conferenceData = keeps ? stamped(id, world.state().owner) : {};
    const rows = [eventRow({ ...own, end, conferenceData })];
    const expand = world.calendar.occurrences.bind(world.calendar);
    world.calendar.occurrences = (calendarId, seriesId) => {
      const told = expand(calendarId, seriesId);
      return Array.isArray(told) ? rows : told;
    };
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'ser', ...DAILY }));
    world.pass();
    world.clock.advance(6 * MINUTE_MS);
    return { world, isCancelled: () => world.meet.conferences.get(id)?.cancelled };
  }

  it('loses it after a look at its occurrences', () => {
    const { world, isCancelled } = dropped(false);
    world.pass();
    expect(isCancelled()).toBe(true);
  });

  it('leaves it to an occurrence that shows it', () => {
    const { world, isCancelled } = dropped(true);
    world.pass();
    expect(isCancelled()).toBe(false);
    expect(world.bindings()).toMatchObject([{ eventId: 'ser_1', state: 'live' }]);
  });

  it('keeps it while its occurrences cannot be read, and is looked at again after ten minutes', () => {
    const { world, isCancelled } = dropped(false);
    world.calendar.get = () => eventRow({ id: 'ser', ...DAILY });
    world.calendar.failGet('ser', 'google-unavailable');
    world.pass();
    expect(isCancelled()).toBe(false);
    expect(world.bindings()).toMatchObject([{ todo: { notBeforeMs: world.clock.nowMs() + 10 * MINUTE_MS } }]);
    world.calendar.healGet('ser');
    world.clock.advance(10 * MINUTE_MS);
    world.pass();
    expect(isCancelled()).toBe(true);
  });
});

describe('a look that brings nothing to do', () => {
  it('is the end of a delivery that nobody can make any more', () => {
    const world = syncWorld();
    world.book();
    world.meet.script = () => json(503, {});
    world.pass();
    world.deps.solutions = new Map();
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(looks(world)).toHaveLength(1);
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
    expect(world.bindings()[0]?.todo).toBeUndefined();
  });

  it('is made again by the hour for a delivery whose event shows no details, and counts its attempts on', () => {
    const world = syncWorld();
    world.book();
    world.meet.script = () => json(503, {});
    world.pass();
    world.calendar.get = () => {
      world.calendar.calls.push('get');
      return { id: 'ev1', status: 'confirmed' };
    };
    world.clock.advance(2 * MINUTE_MS);
    world.sweep();
    const dueMs = world.clock.nowMs() + HOUR_MS;
    expect(world.bindings()).toMatchObject([{ todo: { attempts: 1, notBeforeMs: dueMs } }]);
    world.clock.advance(59 * MINUTE_MS);
    world.sweep();
    expect(looks(world)).toHaveLength(1);
  });

  it('is made again by the hour for an event that is awaited and shows a conference nobody offers any more', () => {
    const world = syncWorld();
    world.book();
    world.deps.solutions = new Map();
    world.clock.advance(25 * HOUR_MS);
    world.sweep();
    world.clock.advance(30 * MINUTE_MS);
    world.sweep();
    expect(looks(world)).toHaveLength(1);
    expect(world.bindings()).toMatchObject([{ state: 'pending', todo: { kind: 'settle' } }]);
    world.clock.advance(30 * MINUTE_MS);
    world.sweep();
    expect(looks(world)).toHaveLength(2);
  });
});
