import { Settings } from 'luxon';
import { dayText, instantOfTextMs, parseDay, parseTime, stampText, Zones } from '../../../sandbox/world/zones';

const zones = new Zones();
const instant = (zone: string, wall: string) => new Date(zones.toMs(zone, parseTime(wall)!.localMs)).toISOString();

describe('a wall time', () => {
  it('on an ordinary day is its only instant', () => {
    expect(instant('Europe/Zurich', '2026-07-01T10:00:00')).toBe('2026-07-01T08:00:00.000Z');
    expect(instant('Asia/Kolkata', '2026-07-01T10:00:00')).toBe('2026-07-01T04:30:00.000Z');
    expect(instant('Pacific/Kiritimati', '2026-07-01T10:00:00')).toBe('2026-06-30T20:00:00.000Z');
  });

  it('on the day of a clock change is right before and after it', () => {
    expect(instant('Europe/Zurich', '2026-03-29T01:30:00')).toBe('2026-03-29T00:30:00.000Z');
    expect(instant('Europe/Zurich', '2026-03-29T03:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(instant('America/New_York', '2026-11-01T00:30:00')).toBe('2026-11-01T04:30:00.000Z');
    expect(instant('America/New_York', '2026-11-01T03:30:00')).toBe('2026-11-01T08:30:00.000Z');
  });

  it('that is skipped is read with the offset before, one that comes twice means the first', () => {
    expect(instant('Europe/Zurich', '2026-03-29T02:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(instant('Europe/Zurich', '2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(instant('Australia/Lord_Howe', '2026-10-04T02:15:00')).toBe('2026-10-03T15:45:00.000Z');
  });
});

describe('texts', () => {
  it('are read by RFC 3339 and printed with the zone’s offset', () => {
    expect(parseTime('2026-01-12T10:00:00.999+05:30')).toEqual({
      localMs: Date.UTC(2026, 0, 12, 10),
      offsetMs: 19_800_000,
    });
    expect(parseTime('2026-01-12T10:00:00')).toEqual({ localMs: Date.UTC(2026, 0, 12, 10) });
    expect(zones.format('America/St_Johns', Date.UTC(2026, 0, 12, 10))).toBe('2026-01-12T06:30:00-03:30');
    expect(zones.format('Europe/London', Date.UTC(2026, 0, 12, 10))).toBe('2026-01-12T10:00:00Z');
    expect([dayText(0), stampText(0)]).toEqual(['1970-01-01', '19700101T000000Z']);
  });

  it.each([
    '2026-13-01T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01',
    '2026-1-1T0:0:0Z',
    '',
  ])('like %p are no times', (text) => expect(parseTime(text)).toBeUndefined());

  it('name days and zones that exist', () => {
    expect([parseDay('2024-02-29'), parseDay('2026-02-29'), parseDay('20260101')]).toEqual([
      Date.UTC(2024, 1, 29),
      undefined,
      undefined,
    ]);
    expect(['Europe/Zurich', 'UTC', 'Mars/Olympus', '+01:00', ''].map((name) => zones.isZone(name))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(() => zones.offsetMs('Mars/Olympus', 0)).toThrow('not a time zone');
  });
});

describe('the instant of a text', () => {
  // luxon goes by the offset of the day on which it is asked: winter there, summer here, and the other way round.
  afterEach(() => {
    Settings.now = () => Date.now();
  });
  const instant = (text: string, zone: string) => new Date(instantOfTextMs(text, zone)).toISOString();

  it.each(['2026-01-15T00:00:00Z', '2026-07-15T00:00:00Z'])('is the first of two, also when asked on %s', (today) => {
    Settings.now = () => Date.parse(today);
    expect(instant('2026-11-01T01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
    expect(instant('2026-10-25T02:30:00', 'Europe/Zurich')).toBe('2026-10-25T00:30:00.000Z');
    expect(instant('2026-04-05T02:30:00', 'Australia/Sydney')).toBe('2026-04-04T15:30:00.000Z');
    expect(instant('20260405T023000', 'Australia/Sydney')).toBe('2026-04-04T15:30:00.000Z');
  });

  it('is the one that its offset names', () => {
    expect(instant('2026-11-01T01:30:00-05:00', 'America/New_York')).toBe('2026-11-01T06:30:00.000Z');
    expect(instant('2026-11-01T06:30:00Z', 'America/New_York')).toBe('2026-11-01T06:30:00.000Z');
    expect(instant('2026-06-02T09:00:00', 'Europe/Zurich')).toBe('2026-06-02T07:00:00.000Z');
  });

  it('is none for what is no time, or no zone', () => {
    expect(instantOfTextMs('tomorrow', 'Europe/Zurich')).toBeNaN();
    expect(instantOfTextMs('2026-06-02T09:00:00', 'Mars/Olympus')).toBeNaN();
  });
});
