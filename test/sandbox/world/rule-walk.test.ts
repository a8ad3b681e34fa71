import fc from 'fast-check';
import ICAL from 'ical.js';
import { BadRule, walkRule } from '../../../sandbox/world/rule-walk';

const time = (text: string) => ICAL.Time.fromString(text, undefined as never);

/** The first occurrences of a rule, and why there are no more. */
function walked(rule: string, start: string, most = 10): string[] {
  const walk = walkRule(rule, time(start));
  const found: string[] = [];
  while (found.length < most) {
    const { value, done } = walk.next();
    if (done) return [...found, value];
    found.push(value.toString());
  }
  return found;
}

const days = (rule: string, start = '1997-09-02T09:00:00', most = 10) =>
  walked(rule, start, most).map((text) => text.replace(/T09:00:00$/, ''));

describe('a rule of RFC 5545’s own examples', () => {
  it.each<[rule: string, start: string, occurrences: string]>([
    ['FREQ=DAILY;COUNT=3', '1997-09-02', '1997-09-02 1997-09-03 1997-09-04 end'],
    ['FREQ=DAILY;INTERVAL=10;COUNT=3', '1997-09-02', '1997-09-02 1997-09-12 1997-09-22 end'],
    [
      'FREQ=WEEKLY;INTERVAL=2;UNTIL=19970910T000000Z;WKST=SU;BYDAY=MO,WE,FR',
      '1997-09-01',
      '1997-09-01 1997-09-03 1997-09-05 end',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH',
      '1997-09-02',
      '1997-09-02 1997-09-04 1997-09-16 1997-09-18 end',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      '1997-08-05',
      '1997-08-05 1997-08-10 1997-08-19 1997-08-24 end',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      '1997-08-05',
      '1997-08-05 1997-08-17 1997-08-19 1997-08-31 end',
    ],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=1FR', '1997-09-05', '1997-09-05 1997-10-03 1997-11-07 end'],
    ['FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU', '1997-09-07', '1997-09-07 1997-09-28 1997-11-02 1997-11-30 end'],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=-2MO', '1997-09-22', '1997-09-22 1997-10-20 1997-11-17 end'],
    ['FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3', '1997-09-28', '1997-09-28 1997-10-29 1997-11-28 end'],
    ['FREQ=MONTHLY;COUNT=4;BYMONTHDAY=2,15', '1997-09-02', '1997-09-02 1997-09-15 1997-10-02 1997-10-15 end'],
    ['FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1', '1997-09-30', '1997-09-30 1997-10-01 1997-10-31 1997-11-01 end'],
    ['FREQ=MONTHLY;INTERVAL=18;COUNT=3;BYMONTHDAY=10,11', '1997-09-10', '1997-09-10 1997-09-11 1999-03-10 end'],
    ['FREQ=YEARLY;COUNT=3;BYMONTH=6,7', '1997-06-10', '1997-06-10 1997-07-10 1998-06-10 end'],
    [
      'FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200',
      '1997-01-01',
      '1997-01-01 1997-04-10 1997-07-19 2000-01-01 end',
    ],
    ['FREQ=YEARLY;BYDAY=20MO;COUNT=3', '1997-05-19', '1997-05-19 1998-05-18 1999-05-17 end'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3', '1997-05-12', '1997-05-12 1998-05-11 1999-05-17 end'],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=4', '1997-03-13', '1997-03-13 1997-03-20 1997-03-27 1998-03-05 end'],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3', '1997-09-02', '1998-02-13 1998-03-13 1998-11-13 end'],
    [
      'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=3',
      '1997-09-13',
      '1997-09-13 1997-10-11 1997-11-08 end',
    ],
    [
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3',
      '1996-11-05',
      '1996-11-05 2000-11-07 2004-11-02 end',
    ],
    ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09-04', '1997-09-04 1997-10-07 1997-11-06 end'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3', '1997-09-29', '1997-09-29 1997-10-30 1997-11-27 end'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5',
      '2007-01-15',
      '2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30 end',
    ],
  ])('%s from %s', (rule, start, occurrences) => {
    expect(days(rule, `${start}T09:00:00`).join(' ')).toBe(occurrences);
  });

  it('goes by hours and minutes as well', () => {
    const times = (rule: string) =>
      walked(rule, '1997-09-02T09:00:00', 6).map((text) => text.replace(/^1997-09-(.*):00$/, '$1'));
    expect(times('FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000')).toEqual(['02T09:00', '02T12:00', '02T15:00', 'end']);
    expect(times('FREQ=MINUTELY;INTERVAL=90;COUNT=3')).toEqual(['02T09:00', '02T10:30', '02T12:00', 'end']);
    expect(times('FREQ=DAILY;BYHOUR=9,16;BYMINUTE=0,40;COUNT=5')).toEqual([
      '02T09:00',
      '02T09:40',
      '02T16:00',
      '02T16:40',
      '03T09:00',
      'end',
    ]);
    expect(times('FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10;COUNT=5')).toEqual(
      times('FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40;COUNT=5'),
    );
    expect(times('FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=-1;COUNT=2')).toEqual(['02T09:30', '02T10:30', 'end']);
    expect(times('FREQ=SECONDLY;INTERVAL=5400;COUNT=2')).toEqual(['02T09:00', '02T10:30', 'end']);
  });
});

describe('a rule that ical.js walks otherwise', () => {
  it.each<[rule: string, occurrences: string]>([
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2028-02-29 2032-02-29 2036-02-29'],
    ['FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=31', 'out-of-steps'],
    ['FREQ=YEARLY;BYMONTHDAY=15', '2026-03-15 2026-04-15 2026-05-15'],
    ['FREQ=YEARLY;BYDAY=MO;BYSETPOS=2', '2027-01-11 2028-01-10 2029-01-08'],
    ['FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1', '2026-03-16 2026-03-23 2026-03-30'],
    ['FREQ=MONTHLY;BYMONTHDAY=10,31;BYMONTH=2,3,4', '2026-03-10 2026-03-31 2026-04-10'],
    ['FREQ=DAILY;BYDAY=WE', '2026-03-11 2026-03-18 2026-03-25'],
    ['FREQ=YEARLY;BYWEEKNO=53', '2026-12-29 2032-12-28 2037-12-29'],
  ])('%s', (rule, occurrences) => {
    expect(days(rule, '2026-03-10T09:00:00', 3).join(' ')).toBe(occurrences);
  });
});

describe('a rule', () => {
  it('of whole days comes to days, and its UNTIL is the last of them', () => {
    expect(walked('FREQ=DAILY;UNTIL=20260312', '2026-03-10')).toEqual([
      '2026-03-10',
      '2026-03-11',
      '2026-03-12',
      'end',
    ]);
    expect(walked('FREQ=DAILY;BYHOUR=9;COUNT=1', '2026-03-10')).toEqual(['2026-03-10', 'end']);
    expect(days('FREQ=DAILY;UNTIL=20260311', '2026-03-10T09:00:00')).toEqual(['2026-03-10', '2026-03-11', 'end']);
  });

  it.each([
    'FREQ=DAILY;INTERVAL=7;BYDAY=WE',
    'FREQ=SECONDLY;BYMONTH=1',
    'FREQ=YEARLY;BYMONTHDAY=31;BYYEARDAY=1',
    'FREQ=DAILY;INTERVAL=9999999999',
    'FREQ=WEEKLY;INTERVAL=1000000000',
    'FREQ=MONTHLY;INTERVAL=100000000',
    'FREQ=YEARLY;INTERVAL=8000',
    'FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1',
  ])('that comes to no more is given up: %s', (rule) => {
    expect(walked(rule, '2026-03-10T09:00:00').at(-1)).toBe('out-of-steps');
  });

  it.each([
    ['FREQ=OFTEN', 'has "FREQ=OFTEN", which is not of the form that iCalendar wants'],
    ['FREQ', 'has "FREQ", which is not of the form that iCalendar wants'],
    ['', 'has "", which is no part of a rule'],
    ['COUNT=2', 'has no FREQ'],
    ['FREQ=DAILY;BYHOUR=24', 'has "BYHOUR=24", which is out of range'],
    ['FREQ=MONTHLY;BYMONTHDAY=-32', 'has "BYMONTHDAY=-32", which is out of range'],
    ['FREQ=YEARLY;BYMONTH=1x', 'has "BYMONTH=1x", which is not of the form that iCalendar wants'],
    ['FREQ=YEARLY;BYDAY=54MO', 'has "BYDAY=54MO", which is out of range'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'counts a weekday beyond the fifth of a month'],
    ['FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO', 'counts the days of BYDAY, which a YEARLY rule with BYWEEKNO cannot'],
    ['FREQ=WEEKLY;BYDAY=-1MO', 'counts the days of BYDAY, which a WEEKLY rule cannot'],
    ['FREQ=WEEKLY;BYMONTHDAY=3', 'has BYMONTHDAY, which a WEEKLY rule cannot'],
    ['FREQ=MONTHLY;BYWEEKNO=3', 'has BYWEEKNO, which a MONTHLY rule cannot'],
    ['FREQ=MONTHLY;BYYEARDAY=3', 'has BYYEARDAY, which a MONTHLY rule cannot'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'has BYSETPOS and nothing to count'],
    ['FREQ=DAILY;freq=DAILY', 'has FREQ twice'],
  ])('that is none, %p, is refused before a step', (rule, why) => {
    expect(() => walkRule(rule, time('2026-03-10')).next()).toThrow(new BadRule(why));
  });

  it('of a form that ical.js walks rightly is walked alike', () => {
    const weekdays = fc.subarray(['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'], { minLength: 1 });
    const part = fc.oneof(
      fc.constant('FREQ=DAILY'),
      weekdays.map((given) => `FREQ=WEEKLY;BYDAY=${given}`),
      fc
        .tuple(weekdays, fc.constantFrom('SU', 'MO'))
        .map(([given, first]) => `FREQ=WEEKLY;WKST=${first};BYDAY=${given}`),
      fc.subarray([1, 5, 15, 28, 29, 31, -1, -3], { minLength: 1 }).map((given) => `FREQ=MONTHLY;BYMONTHDAY=${given}`),
      fc.tuple(fc.constantFrom(1, 2, 4, -1), weekdays).map(([nth, [day]]) => `FREQ=MONTHLY;BYDAY=${nth}${day}`),
      fc.integer({ min: 1, max: 12 }).map((month) => `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=5`),
    );
    const minutes = fc.integer({ min: 0, max: 4 * 365 * 24 * 60 });
    fc.assert(
      fc.property(part, fc.integer({ min: 1, max: 4 }), minutes, (rule, interval, minute) => {
        const start = new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString().slice(0, 19);
        const given = `${rule};INTERVAL=${interval};COUNT=12`;
        const iterator = ICAL.Recur.fromString(given).iterator(time(start));
        const expected: string[] = [];
        for (let next = iterator.next(); next; next = iterator.next()) expected.push(next.toString());
        expect(walked(given, start, 20)).toEqual([...expected, 'end']);
      }),
      { numRuns: 300, seed: 20260310 },
    );
  });
});
