/** Dates that a series leaves out, through whole passes: told as cancelled occurrences, again after a failure, and back. */
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { CALENDAR_ID, eventRow } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

const RULE = 'RRULE:FREQ=WEEKLY;COUNT=8';
const leavingOut = (...days: string[]) => ({ recurrence: [RULE, ...days.map((day) => `EXDATE:202606${day}T070000Z`)] });
const CANCELLED = { status: 'cancelled' };

function booked(recurrence = leavingOut().recurrence) {
  const world = syncWorld();
  const id = world.book('ser', { recurrence });
  world.pass();
  const occurrences = () => world.meet.conferences.get(id)?.occurrences;
  return { ...world, id, occurrences };
}

describe('a date that a series leaves out', () => {
  it('is cancelled at the provider, whose rule stays as it is', () => {
    const world = booked();
    const before = world.meet.requests.length;
    world.edit('ser', world.id, leavingOut('09'));
    world.pass();
    expect(world.meet.requests.slice(before)).toEqual(['PUT /conferences/conf1/occurrences/2026-06-09T07%3A00%3A00Z']);
    expect(world.occurrences()).toEqual({ '2026-06-09T07:00:00Z': CANCELLED });
    expect(world.meet.conferences.get(world.id)).toMatchObject({ recurrence: [RULE] });
  });

  it('is told once, however often the series is listed', () => {
    const world = booked(leavingOut('09', '16').recurrence);
    expect(Object.keys(world.occurrences() ?? {})).toHaveLength(2);
    const before = world.meet.requests.length;
    world.edit('ser', world.id, { ...leavingOut('09', '16'), visibility: 'default' });
    world.pass();
    expect(world.meet.requests).toHaveLength(before);
  });

  it('is told again until the provider takes it, each time by how the series is then', () => {
    const world = booked();
    world.meet.script = (request) => (request.url.includes('/occurrences/') ? json(503, {}) : undefined);
    world.edit('ser', world.id, leavingOut('09'));
    world.pass();
    world.clock.advance(5 * MINUTE_MS);
    world.pass();
    expect(world.occurrences()).toEqual({});
    world.meet.script = () => undefined;
    world.clock.advance(HOUR_MS);
    world.pass();
    expect(world.occurrences()).toEqual({ '2026-06-09T07:00:00Z': CANCELLED });
    expect(world.bindings().filter(({ todo }) => todo !== undefined)).toEqual([]);
  });

  it('is told no more when the series has taken it back before the provider answered', () => {
    const world = booked();
    world.meet.script = (request) => (request.url.includes('/occurrences/') ? json(429, {}) : undefined);
    world.edit('ser', world.id, leavingOut('09'));
    world.pass();
    world.meet.script = () => undefined;
    world.edit('ser', world.id, leavingOut());
    for (let hour = 0; hour < 3; hour++) {
      world.pass();
      world.clock.advance(HOUR_MS);
    }
    expect(world.occurrences()).toEqual({});
    expect(world.bindings().filter(({ todo }) => todo !== undefined)).toEqual([]);
  });

  it('waits while Google does not show its series', () => {
    const world = booked();
    world.meet.script = (request) => (request.url.includes('/occurrences/') ? json(503, {}) : undefined);
    world.edit('ser', world.id, leavingOut('09'));
    world.pass();
    world.meet.script = () => undefined;
    world.calendar.failGet('ser', 'google-unavailable');
    world.clock.advance(HOUR_MS);
    world.pass();
    expect(world.occurrences()).toEqual({});
    world.calendar.healGet('ser');
    world.clock.advance(HOUR_MS);
    world.pass();
    expect(world.occurrences()).toEqual({ '2026-06-09T07:00:00Z': CANCELLED });
  });

  it('is where the rule has it again when the series no longer leaves it out', () => {
    const world = booked(leavingOut('09').recurrence);
    const at = (hour: string) => ({ dateTime: `2026-06-09T${hour}:00:00+02:00`, timeZone: 'Europe/Zurich' });
    const back: Row = eventRow({
      id: 'ser_20260609T070000Z',
      recurringEventId: 'ser',
      originalStartTime: at('09'),
      start: at('09'),
      end: at('10'),
    });
    world.edit('ser', world.id, leavingOut());
    const { conferenceData } = world.calendar.get(CALENDAR_ID, 'ser') as Row;
    world.calendar.occurrences = () => [{ ...back, ...(conferenceData && { conferenceData }) }];
    world.pass();
    expect(world.occurrences()).toMatchObject({
      '2026-06-09T07:00:00Z': { start: { dateTime: '2026-06-09T09:00:00' } },
    });
    expect(world.bindings().filter(({ leftOut }) => leftOut)).toEqual([]);
  });
});
