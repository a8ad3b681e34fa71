import type { Meeting, Moment } from '../../src/core/meeting';
import { DAY_MS, HOUR_MS } from '../../src/core/policies';
import { endOf } from '../../src/core/series';

const START_MS = Date.UTC(2026, 5, 1, 8);
const at = (ms: number): Moment => ({ ms, local: new Date(ms).toISOString().slice(0, 19), timeZone: 'UTC' });

function meeting(recurrence: string[], startMs = START_MS): Meeting {
  const end = at(startMs + HOUR_MS);
  return { title: '', description: '', start: at(startMs), end, recurrence, guests: [] };
}

/** The end of the last of these starts. */
const lastEnd = (...starts: number[]) => Math.max(...starts) + HOUR_MS;

describe('the end of an event', () => {
  it('of its own is when it ends, in whole minutes', () => {
    expect(endOf(meeting([]))).toBe(START_MS + HOUR_MS);
    const odd = { ...meeting([]), end: at(START_MS + 1) };
    expect(endOf(odd)).toBe(START_MS + 60_000);
  });

  it('of one day is its exclusive end date', () => {
    const allDay = {
      ...meeting([]),
      start: { date: '2026-06-01', timeZone: 'UTC' },
      end: { date: '2026-06-02', timeZone: 'UTC' },
    };
    expect(endOf(allDay)).toBe(Date.UTC(2026, 5, 2));
  });
});

describe('the end of a series', () => {
  it.each([
    ['a rule without an end', 'RRULE:FREQ=WEEKLY'],
    ['a rule without an end beside one that ends', 'RRULE:FREQ=DAILY'],
    ['a rule that cannot be read', 'RRULE:FREQ=FORTNIGHTLY;COUNT=3'],
    ['an UNTIL that cannot be read', 'RRULE:FREQ=DAILY;UNTIL=tomorrow'],
    ['COUNT with a part that thins a fine rule out', 'RRULE:FREQ=DAILY;BYMONTH=1;COUNT=40'],
    ['COUNT of days with days of the week', 'RRULE:FREQ=DAILY;BYDAY=MO;COUNT=40'],
    ['COUNT of hours with days of the week', 'RRULE:FREQ=HOURLY;BYDAY=MO;COUNT=40'],
    ['COUNT of months with months', 'RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3'],
    ['COUNT of months with days of the month and of the week', 'RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=31;COUNT=9'],
    ['COUNT of years with weeks', 'RRULE:FREQ=YEARLY;BYWEEKNO=53;COUNT=5'],
    ['a COUNT of none', 'RRULE:FREQ=DAILY;COUNT=0'],
    ['a rule without a frequency', 'RRULE:COUNT=3'],
    ['an UNTIL that only begins or ends like a date', 'RRULE:FREQ=DAILY;UNTIL=120260630'],
    ['an UNTIL that goes on after its date', 'RRULE:FREQ=DAILY;UNTIL=20260630T080000Z/PT1H'],
    ['an extra date that cannot be read', 'RDATE;VALUE=PERIOD:20260901T080000Z/PT1H'],
  ])('is not named for %s', (_name, rule) => {
    expect(endOf(meeting(['RRULE:FREQ=DAILY;COUNT=2', rule]))).toBe(0);
  });

  it('by UNTIL is not before the last occurrence, and at most two days after it', () => {
    for (const until of ['20260630T080000Z', '20260630', '20260630T080000']) {
      const end = endOf(meeting([`RRULE:FREQ=DAILY;UNTIL=${until}`]));
      expect(end).toBeGreaterThanOrEqual(Date.UTC(2026, 5, 30, 0) + HOUR_MS);
      expect(end).toBeLessThanOrEqual(Date.UTC(2026, 6, 2));
    }
  });

  it.each<[rule: string, last: number]>([
    ['FREQ=DAILY;UNTIL=20260630T075959Z', Date.UTC(2026, 5, 29, 8)],
    ['FREQ=DAILY;INTERVAL=4;UNTIL=20260630T075959Z', Date.UTC(2026, 5, 29, 8)],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260629T075959Z', Date.UTC(2026, 5, 26, 8)],
    ['FREQ=WEEKLY;UNTIL=20260629T075959Z', Date.UTC(2026, 5, 22, 8)],
    ['FREQ=WEEKLY;WKST=SU;UNTIL=20260629T065959Z;BYDAY=MO,WE', Date.UTC(2026, 5, 24, 8)],
    ['FREQ=WEEKLY;INTERVAL=2;UNTIL=20260629T075959Z;BYDAY=MO,SU', Date.UTC(2026, 5, 21, 8)],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;UNTIL=20260629T075959Z;BYDAY=MO,SU', Date.UTC(2026, 5, 28, 8)],
    ['FREQ=MONTHLY;UNTIL=20260831T235959Z', Date.UTC(2026, 7, 1, 8)],
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO;UNTIL=20261102T075959Z', Date.UTC(2026, 9, 5, 8)],
    ['FREQ=MONTHLY;BYDAY=-1MO;UNTIL=20260831T075959Z', Date.UTC(2026, 6, 27, 8)],
    ['FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260930T075959Z', Date.UTC(2026, 7, 31, 8)],
    ['FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20260630', Date.UTC(2026, 5, 1, 8)],
  ])('by UNTIL is that of the last occurrence before it: %s', (rule, last) => {
    const endMs = endOf(meeting([`RRULE:${rule}`]));
    expect(endMs).toBeGreaterThanOrEqual(lastEnd(last));
    expect(endMs).toBeLessThanOrEqual(lastEnd(last) + HOUR_MS);
  });

  it('by UNTIL is at most two days after it for a rule whose days are not known', () => {
    const untilMs = Date.UTC(2030, 5, 30, 8);
    const endMs = endOf(meeting(['RRULE:FREQ=YEARLY;UNTIL=20300630T080000Z']));
    expect(endMs).toBeGreaterThanOrEqual(untilMs + HOUR_MS);
    expect(endMs).toBeLessThanOrEqual(untilMs + 2 * DAY_MS);
  });

  it.each<[until: string, day: number]>([
    ['20260605T025959Z', 3],
    ['20260605T030000Z', 4],
    ['20260604T230000', 4],
    ['20260604T225959', 3],
    ['20260604', 4],
  ])('by UNTIL=%s is reckoned in the zone of the series', (until, day) => {
    const startMs = Date.UTC(2026, 5, 2, 3);
    const start: Moment = { ms: startMs, local: '2026-06-01T23:00:00', timeZone: 'America/New_York' };
    const late = { ...meeting([`RRULE:FREQ=DAILY;UNTIL=${until}`], startMs), start };
    const last = lastEnd(startMs + (day - 1) * DAY_MS);
    expect(endOf(late)).toBeGreaterThanOrEqual(last);
    expect(endOf(late)).toBeLessThanOrEqual(last + HOUR_MS);
  });

  it('of whole days by UNTIL takes its date, whatever the hour and the zone', () => {
    const [start, end] = ['2026-06-01', '2026-06-02'].map((date) => ({ date, timeZone: 'America/New_York' })) as [
      Moment,
      Moment,
    ];
    const daily = { ...meeting(['RRULE:FREQ=DAILY;UNTIL=20260614T000000Z']), start, end };
    expect(endOf(daily)).toBe(Date.UTC(2026, 5, 16));
  });

  it('of whole days by UNTIL is that of its last day, a day more for the zone', () => {
    const [start, end] = ['2026-06-01', '2026-06-02'].map((date) => ({ date, timeZone: 'UTC' })) as [Moment, Moment];
    const weekly = { ...meeting(['RRULE:FREQ=WEEKLY;UNTIL=20260614']), start, end };
    expect(endOf(weekly)).toBe(Date.UTC(2026, 5, 10));
  });

  it.each<[rule: string, last: number]>([
    ['FREQ=DAILY;COUNT=10', Date.UTC(2026, 5, 10, 8)],
    ['FREQ=DAILY;INTERVAL=3;COUNT=10', Date.UTC(2026, 5, 28, 8)],
    ['FREQ=WEEKLY;COUNT=10', Date.UTC(2026, 7, 3, 8)],
    ['FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=10', Date.UTC(2026, 5, 22, 8)],
    ['FREQ=MONTHLY;COUNT=12', Date.UTC(2027, 4, 1, 8)],
    ['FREQ=MONTHLY;BYMONTHDAY=31;COUNT=7', Date.UTC(2027, 6, 31, 8)],
    ['FREQ=MONTHLY;BYDAY=5FR;COUNT=4', Date.UTC(2027, 3, 30, 8)],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3', Date.UTC(2026, 7, 31, 8)],
    ['FREQ=YEARLY;COUNT=3', Date.UTC(2028, 5, 1, 8)],
    ['freq=daily;count=10', Date.UTC(2026, 5, 10, 8)],
    ['FREQ=DAILY;COUNT=10;', Date.UTC(2026, 5, 10, 8)],
    ['FREQ=HOURLY;COUNT=3', Date.UTC(2026, 5, 1, 10)],
    ['FREQ=YEARLY;BYDAY=23MO;COUNT=3', Date.UTC(2028, 5, 5, 8)],
    ['FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR;COUNT=3', Date.UTC(2026, 7, 31, 8)],
  ])('by COUNT is not before its last occurrence: %s', (rule, last) => {
    expect(endOf(meeting([`RRULE:${rule}`]))).toBeGreaterThanOrEqual(lastEnd(last));
    expect(endOf(meeting([`RRULE:${rule}`]))).toBeLessThan(START_MS + 10_000 * DAY_MS);
  });

  it('of 29 February covers the gap over a year that is no leap year', () => {
    const leapMs = Date.UTC(2096, 1, 29, 8);
    expect(endOf(meeting(['RRULE:FREQ=YEARLY;COUNT=2'], leapMs))).toBeGreaterThanOrEqual(Date.UTC(2104, 1, 29, 9));
  });

  it('covers extra dates, in every form they come in', () => {
    for (const line of [
      'RDATE:20260901T080000Z,20261001T080000Z',
      'RDATE;TZID=Europe/Zurich:20261001T100000',
      'RDATE;VALUE=DATE:20261001',
      'rdate:20261001T080000Z',
    ]) {
      expect(endOf(meeting(['RRULE:FREQ=DAILY;COUNT=2', line]))).toBeGreaterThanOrEqual(Date.UTC(2026, 9, 1, 9));
    }
  });

  it('is not moved by dates that are left out', () => {
    const rule = 'RRULE:FREQ=DAILY;COUNT=2';
    expect(endOf(meeting([rule, 'EXDATE:20290101T080000Z']))).toBe(endOf(meeting([rule])));
  });

  it('is never before its first occurrence ends', () => {
    expect(endOf(meeting(['RRULE:FREQ=DAILY;UNTIL=20200101']))).toBeGreaterThanOrEqual(START_MS + HOUR_MS);
  });
});

describe('the end of a series of some months or years', () => {
  it.each([
    ['FREQ=MONTHLY;COUNT=4', 4 * 31 + 1],
    ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28;COUNT=4', 12 * 31 + 1],
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=4', 4 * 31 + 1],
    ['FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4', 8 * 31 + 1],
    ['FREQ=YEARLY;COUNT=1', 366 + 1],
  ])('is known closely where each step, or each second, has an occurrence: %s', (rule, days) => {
    expect(endOf(meeting([`RRULE:${rule}`])) - START_MS).toBeLessThanOrEqual(days * DAY_MS + HOUR_MS);
  });

  it.each([
    'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31;COUNT=4',
    'FREQ=MONTHLY;BYDAY=5FR;COUNT=4',
    'FREQ=YEARLY;BYDAY=-1FR;COUNT=4',
  ])('is only bounded where steps may go without: %s', (rule) => {
    expect(endOf(meeting([`RRULE:${rule}`])) - START_MS).toBeGreaterThan(8 * 31 * 4 * DAY_MS);
  });
});
