/** A meeting's points in time, as vendors want them. */
import type { Moment } from '../../src/core/meeting';
import { exactLocalTimeOf, instantMs, lastDay } from '../../src/providers/instant';

const day = (date: string, timeZone: string): Moment => ({ date, timeZone });
const at = (instant: string, local: string, timeZone: string): Moment => ({ ms: Date.parse(instant), local, timeZone });

describe('an exact local time', () => {
  it.each<[Moment, string]>([
    [at('2026-03-03T09:00:00Z', '2026-03-03T10:00:00', 'Europe/Zurich'), '2026-03-03T10:00:00'],
    [at('2026-10-25T00:30:00Z', '2026-10-25T02:30:00', 'Europe/Zurich'), '2026-10-25T02:30:00+02:00'],
    [at('2026-10-25T01:30:00Z', '2026-10-25T02:30:00', 'Europe/Zurich'), '2026-10-25T02:30:00+01:00'],
    [day('2026-12-05', 'America/Los_Angeles'), '2026-12-05T00:00:00'],
    // The clocks jump from midnight to one o'clock.
    [day('2026-09-06', 'America/Santiago'), '2026-09-06T01:00:00'],
  ])('of %j is %s', (point, text) => {
    expect(exactLocalTimeOf(point)).toBe(text);
  });

  it('of a whole day is that of the instant at which it begins', () => {
    expect(new Date(instantMs(day('2026-09-06', 'America/Santiago'))).toISOString()).toBe('2026-09-06T04:00:00.000Z');
  });
});

describe('the last day', () => {
  it.each<[Moment, string]>([
    [day('2026-12-06', 'America/Los_Angeles'), '2026-12-05'],
    [day('2026-03-01', 'Europe/Zurich'), '2026-02-28'],
    [at('2026-03-03T10:00:00Z', '2026-03-03T11:00:00', 'Europe/Zurich'), '2026-03-03'],
    [at('2026-03-03T23:00:00Z', '2026-03-04T00:00:00', 'Europe/Zurich'), '2026-03-03'],
  ])('of a meeting that ends with %j is %s', (end, date) => {
    expect(lastDay(end)).toBe(date);
  });
});
