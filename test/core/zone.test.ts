import { exactLocalTime, instantIn, localTimeIn } from '../../src/core/zone';

describe('local time in a zone', () => {
  it.each([
    ['Europe/Zurich', '2026-06-02T07:00:00Z', '2026-06-02T09:00:00'],
    ['Europe/Zurich', '2026-12-02T07:00:00Z', '2026-12-02T08:00:00'],
    ['Asia/Kolkata', '2026-06-02T20:00:00Z', '2026-06-03T01:30:00'],
    ['Asia/Kathmandu', '2026-06-02T20:00:00Z', '2026-06-03T01:45:00'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01T00:00:00'],
    ['Pacific/Pago_Pago', '2026-01-01T10:59:59Z', '2025-12-31T23:59:59'],
    ['UTC', '2026-06-02T00:00:00Z', '2026-06-02T00:00:00'],
  ])('of %s at %s is %s', (zone, instant, local) => {
    expect(localTimeIn(zone, Date.parse(instant))).toBe(local);
  });

  it('jumps in spring and repeats in autumn', () => {
    const at = (instant: string) => localTimeIn('Europe/Zurich', Date.parse(instant));
    expect(at('2026-03-29T00:59:59Z')).toBe('2026-03-29T01:59:59');
    expect(at('2026-03-29T01:00:00Z')).toBe('2026-03-29T03:00:00');
    expect(at('2026-10-25T00:30:00Z')).toBe('2026-10-25T02:30:00');
    expect(at('2026-10-25T01:30:00Z')).toBe('2026-10-25T02:30:00');
  });

  it('is not known for a zone that is not known', () => {
    expect(localTimeIn('Mars/Olympus', 0)).toBeUndefined();
    expect(localTimeIn('', 0)).toBeUndefined();
  });
});

describe('the instant of a local time', () => {
  it.each([
    ['Europe/Zurich', '2026-06-02T09:00:00', '2026-06-02T07:00:00Z'],
    ['Europe/Zurich', '2026-03-29T00:00:00', '2026-03-28T23:00:00Z'],
    ['Europe/Zurich', '2026-03-29T23:59:00', '2026-03-29T21:59:00Z'],
    ['Europe/Zurich', '2026-10-25T00:00:00', '2026-10-24T22:00:00Z'],
    ['Europe/Zurich', '2026-10-25T23:59:00', '2026-10-25T22:59:00Z'],
    ['America/New_York', '2026-11-01T01:30:00', '2026-11-01T05:30:00Z'],
    ['America/New_York', '2026-03-08T02:30:00', '2026-03-08T07:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00Z'],
    ['UTC', '2026-06-02T00:00:00', '2026-06-02T00:00:00Z'],
  ])('in %s: %s is %s', (zone, local, instant) => {
    expect(instantIn(zone, local)).toBe(Date.parse(instant));
  });

  it('is not known for a zone that is not known', () => {
    expect(instantIn('Mars/Olympus', '2026-06-02T00:00:00')).toBeUndefined();
  });
});

describe('exact local time', () => {
  const exact = (zone: string, instant: string) => {
    const ms = Date.parse(instant);
    return exactLocalTime(zone, ms, localTimeIn(zone, ms) as string);
  };

  it.each([
    ['America/New_York', '2026-11-01T05:30:00Z', '2026-11-01T01:30:00-04:00'],
    ['America/New_York', '2026-11-01T06:30:00Z', '2026-11-01T01:30:00-05:00'],
    ['Europe/Zurich', '2026-10-25T00:00:00Z', '2026-10-25T02:00:00+02:00'],
    ['Europe/Zurich', '2026-10-25T01:59:59Z', '2026-10-25T02:59:59+01:00'],
    ['Europe/London', '2026-10-25T01:30:00Z', '2026-10-25T01:30:00+00:00'],
    ['Australia/Lord_Howe', '2026-04-04T14:45:00Z', '2026-04-05T01:45:00+11:00'],
    ['Australia/Lord_Howe', '2026-04-04T15:15:00Z', '2026-04-05T01:45:00+10:30'],
    ['America/St_Johns', '2026-11-01T04:15:00Z', '2026-11-01T01:45:00-02:30'],
  ])('of %s at %s, which comes twice, is %s', (zone, instant, text) => {
    expect(exact(zone, instant)).toBe(text);
    expect(Date.parse(text)).toBe(Date.parse(instant));
  });

  it.each([
    ['America/New_York', '2026-11-01T04:59:59Z', '2026-11-01T00:59:59'],
    ['America/New_York', '2026-11-01T07:00:00Z', '2026-11-01T02:00:00'],
    ['Europe/Zurich', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00'],
    ['Europe/Zurich', '2026-03-29T00:30:00Z', '2026-03-29T01:30:00'],
    ['Asia/Kolkata', '2026-10-25T01:30:00Z', '2026-10-25T07:00:00'],
    ['UTC', '2026-10-25T01:30:00Z', '2026-10-25T01:30:00'],
  ])('of %s at %s needs no offset: %s', (zone, instant, text) => {
    expect(exact(zone, instant)).toBe(text);
  });
});
