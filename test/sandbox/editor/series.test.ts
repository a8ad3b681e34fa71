import { restFields, seriesFields, trimRecurrence, wallMs } from '../../../sandbox/editor/series';

const WEEKLY = {
  id: 'abcde',
  start: { dateTime: '2026-03-02T10:00:00+01:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-03-02T10:30:00+01:00', timeZone: 'Europe/Zurich' },
  recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE', 'EXDATE;TZID=Europe/Zurich:20260309T100000'],
};
const SUMMER = {
  id: 'abcde_20260406T080000Z',
  start: { dateTime: '2026-04-06T10:00:00+02:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-04-06T10:30:00+02:00', timeZone: 'Europe/Zurich' },
};

describe('An occurrence changed for all events', () => {
  it('leaves fields that are not times as they are', () => {
    expect(seriesFields(WEEKLY, SUMMER, { summary: 'New' })).toEqual({ summary: 'New' });
  });

  it('moves the master by the distance on the wall clock, over a clock change', () => {
    const to = { start: { dateTime: '2026-04-06T11:15:00+02:00' }, end: { dateTime: '2026-04-06T12:00:00+02:00' } };
    expect(seriesFields(WEEKLY, SUMMER, to)).toEqual({
      start: { dateTime: '2026-03-02T11:15:00', timeZone: 'Europe/Zurich' },
      end: { dateTime: '2026-03-02T12:00:00', timeZone: 'Europe/Zurich' },
    });
  });

  it('turns the weekdays of a weekly rule with it', () => {
    const to = { start: { dateTime: '2026-04-07T10:00:00+02:00' }, end: { dateTime: '2026-04-07T10:30:00+02:00' } };
    expect(seriesFields(WEEKLY, SUMMER, to)).toMatchObject({
      start: { dateTime: '2026-03-03T10:00:00' },
      recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=TU,TH', WEEKLY.recurrence[1]],
    });
  });

  it('makes the whole series all-day', () => {
    const to = { start: { date: '2026-04-06' }, end: { date: '2026-04-07' } };
    expect(seriesFields(WEEKLY, SUMMER, to)).toEqual({ start: { date: '2026-03-02' }, end: { date: '2026-03-03' } });
  });
});

describe('An occurrence changed for this and following', () => {
  it('turns the weekdays of the new series and takes what stays behind off its COUNT', () => {
    const master = { ...WEEKLY, recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=12'] };
    const to = { start: { dateTime: '2026-04-08T10:00:00+02:00' }, end: { dateTime: '2026-04-08T11:00:00+02:00' } };
    expect(restFields(master, SUMMER, to, () => 5)).toEqual({
      start: { dateTime: '2026-04-08T10:00:00', timeZone: 'Europe/Zurich' },
      end: { dateTime: '2026-04-08T11:00:00', timeZone: 'Europe/Zurich' },
      recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=7'],
    });
  });

  it('leaves the rule to Calendar when the day stays', () => {
    expect(restFields(WEEKLY, SUMMER, { summary: 'New' }, () => 5)).toEqual({ summary: 'New' });
  });
});

describe('A wall clock reading', () => {
  it('is taken in the zone the time names, whatever its offset', () => {
    const inZone = wallMs({ dateTime: '2026-03-02T09:00:00Z', timeZone: 'Europe/Zurich' });
    expect(inZone).toBe(Date.UTC(2026, 2, 2, 10));
    expect(wallMs({ dateTime: '2026-03-02T10:00:00', timeZone: 'Europe/Zurich' })).toBe(inZone);
    expect(wallMs({ dateTime: '2026-03-02T10:00:00+01:00' })).toBe(inZone);
  });
});

describe('A series ended before an occurrence', () => {
  it('ends with the last second of the day before, in place of UNTIL or COUNT', () => {
    const start = { dateTime: '2026-04-06T10:00:00+02:00', timeZone: 'Europe/Zurich' };
    expect(trimRecurrence(['RRULE:COUNT=10;FREQ=DAILY', 'EXDATE:20260303T090000Z'], start)).toEqual([
      'RRULE:FREQ=DAILY;UNTIL=20260405T215959Z',
      'EXDATE:20260303T090000Z',
    ]);
  });

  it('ends one second before it where it has several occurrences a day', () => {
    const start = { dateTime: '2026-04-06T10:00:00+02:00', timeZone: 'Europe/Zurich' };
    expect(trimRecurrence(['RRULE:FREQ=DAILY;BYHOUR=9,10'], start)).toEqual([
      'RRULE:FREQ=DAILY;BYHOUR=9,10;UNTIL=20260406T075959Z',
    ]);
  });

  it('gets the day before as UNTIL when it is all-day', () => {
    expect(trimRecurrence(['RRULE:FREQ=DAILY;UNTIL=20270101'], { date: '2026-04-01' })).toEqual([
      'RRULE:FREQ=DAILY;UNTIL=20260331',
    ]);
  });
});
