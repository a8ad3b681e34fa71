/** Series of which nothing is left: when somebody looks, what is concluded, and when nothing is. */
import { DAY_MS, HOUR_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { CALENDAR_ID, tombstone } from '../support/core-world';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const THREE = ['RRULE:FREQ=WEEKLY;COUNT=3'];
const looks = ({ calendar }: SyncWorld) => calendar.calls.filter((call) => call.startsWith('any '));
const removed = (slot: string): Row =>
  tombstone(`ser_${slot.replace(/[-:]/g, '')}`, { recurringEventId: 'ser', originalStartTime: { dateTime: slot } });

function booked(recurrence = THREE): SyncWorld & { id: string } {
  const world = syncWorld();
  const id = world.book('ser', { recurrence });
  world.pass();
  return { ...world, id };
}

/** Takes an occurrence off, and lets some hours pass with their passes. */
function thinned(world: SyncWorld, hours = 3): void {
  world.calendar.put(CALENDAR_ID, removed('2026-06-16T07:00:00Z'));
  for (let hour = 0; hour < hours; hour++) {
    world.pass();
    world.clock.advance(HOUR_MS);
  }
}

const isLive = ({ meet, id }: SyncWorld & { id: string }) => meet.conferences.get(id)?.cancelled === false;

describe('a series whose occurrences are taken off', () => {
  it('ends its conference when none is left, after the grace period and a second look', () => {
    const world = booked();
    world.calendar.emptySeries.add('ser');
    thinned(world, 1);
    expect(isLive(world)).toBe(true);
    expect(world.bindings()).toMatchObject(expect.arrayContaining([expect.objectContaining({ state: 'ending' })]));
    world.pass();
    expect(isLive(world)).toBe(false);
    expect(looks(world)).toHaveLength(2);
    expect(world.bindings()).toEqual([]);
  });

  it('tells nothing of its occurrences any more when none is left', () => {
    const world = booked();
    const before = world.meet.requests.length;
    world.calendar.emptySeries.add('ser');
    thinned(world, 2);
    expect(world.meet.requests.slice(before)).toEqual([`DELETE /conferences/${world.id}`]);
  });

  it('keeps it while one is left, which costs one look and no more', () => {
    const world = booked();
    thinned(world);
    expect(isLive(world)).toBe(true);
    expect(looks(world)).toHaveLength(1);
  });

  it('keeps it when one is back at the second look', () => {
    const world = booked();
    world.calendar.emptySeries.add('ser');
    thinned(world, 1);
    world.calendar.emptySeries.clear();
    world.pass();
    expect(isLive(world)).toBe(true);
    expect(world.bindings().find(({ eventId }) => eventId === 'ser')?.state).toBe('live');
  });

  it('ends it also when the series is changed within the grace period, and empty as it was', () => {
    const world = booked();
    world.calendar.emptySeries.add('ser');
    thinned(world, 1);
    world.edit('ser', world.id, { recurrence: THREE, summary: 'Renamed' });
    for (let hour = 0; hour < 3; hour++) {
      world.pass();
      world.clock.advance(HOUR_MS);
    }
    expect(isLive(world)).toBe(false);
  });

  it('ends it when the series leaves out the dates itself', () => {
    const world = booked();
    world.calendar.emptySeries.add('ser');
    world.edit('ser', world.id, {
      recurrence: [...THREE, 'EXDATE:20260602T070000Z,20260609T070000Z,20260616T070000Z'],
    });
    for (let hour = 0; hour < 3; hour++) {
      world.pass();
      world.clock.advance(HOUR_MS);
    }
    expect(isLive(world)).toBe(false);
  });

  it('ends it when its rule is cut to the occurrences that are gone', () => {
    const world = booked(['RRULE:FREQ=WEEKLY;COUNT=8']);
    world.calendar.emptySeries.add('ser');
    world.edit('ser', world.id, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=1'] });
    for (let hour = 0; hour < 3; hour++) {
      world.pass();
      world.clock.advance(HOUR_MS);
    }
    expect(isLive(world)).toBe(false);
  });

  it.each([
    ['has no end', ['RRULE:FREQ=WEEKLY']],
    ['ends further ahead than Google is known to expand', ['RRULE:FREQ=WEEKLY;COUNT=100']],
    ['has an end that nobody here can tell', ['RRULE:FREQ=YEARLY;BYMONTH=3,4;COUNT=2']],
  ])('is not even asked about when it %s', (_, recurrence) => {
    const world = booked(recurrence);
    world.calendar.emptySeries.add('ser');
    thinned(world);
    expect(isLive(world)).toBe(true);
    expect(looks(world)).toEqual([]);
  });

  it('is asked about once its end has come near', () => {
    const world = booked(['RRULE:FREQ=WEEKLY;COUNT=100']);
    world.calendar.emptySeries.add('ser');
    thinned(world, 1);
    world.clock.advance(400 * DAY_MS);
    for (let hour = 0; hour < 3; hour++) {
      world.pass();
      world.clock.advance(HOUR_MS);
    }
    expect(isLive(world)).toBe(false);
  });

  it('waits for Google to answer, and ends nothing for its silence', () => {
    const world = booked();
    world.calendar.emptySeries.add('ser');
    world.calendar.failGet('ser', 'google-unavailable');
    thinned(world);
    expect(isLive(world)).toBe(true);
    expect(world.log.of('occurrences-failed')).toHaveLength(3);
    world.calendar.healGet('ser');
    for (let hour = 0; hour < 3; hour++) {
      world.pass();
      world.clock.advance(HOUR_MS);
    }
    expect(isLive(world)).toBe(false);
  });
});
