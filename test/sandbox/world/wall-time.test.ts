import { DateTime, Settings } from 'luxon';
import { firstInstantMs, instantOfTextMs } from '../../../sandbox/world/wall-time';

const instant = (text: string, zone: string) => new Date(instantOfTextMs(text, zone)).toISOString();

describe('the instant of a wall time', () => {
  // luxon goes by the offset of the day on which it is asked: winter there, summer here, and the other way round.
  afterEach(() => {
    Settings.now = () => Date.now();
  });

  it.each(['2026-01-15T00:00:00Z', '2026-07-15T00:00:00Z'])('is the first of two, also when asked on %s', (today) => {
    Settings.now = () => Date.parse(today);
    expect(instant('2026-11-01T01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
    expect(instant('2026-10-25T02:30:00', 'Europe/Zurich')).toBe('2026-10-25T00:30:00.000Z');
    expect(instant('2026-04-05T02:30:00', 'Australia/Sydney')).toBe('2026-04-04T15:30:00.000Z');
    const wall = DateTime.fromObject(
      { year: 2026, month: 11, day: 1, hour: 1, minute: 30 },
      { zone: 'America/New_York' },
    );
    expect(firstInstantMs(wall)).toBe(Date.parse('2026-11-01T05:30:00Z'));
  });

  it('is the one that its offset names', () => {
    expect(instant('2026-11-01T01:30:00-05:00', 'America/New_York')).toBe('2026-11-01T06:30:00.000Z');
    expect(instant('2026-11-01T06:30:00Z', 'America/New_York')).toBe('2026-11-01T06:30:00.000Z');
    expect(instant('2026-06-02T09:00:00', 'Europe/Zurich')).toBe('2026-06-02T07:00:00.000Z');
  });

  it('is none for what is no time', () => {
    expect(instantOfTextMs('tomorrow', 'Europe/Zurich')).toBeNaN();
  });
});
