/** The last day of a rule, held to another reader of RFC 5545: ical.js walks the rule, day by day. */
import ICAL from 'ical.js';
import { lastOccurrenceDay } from '../../src/core/last-occurrence';
import { DAY_MS } from '../../src/core/policies';

const partsOf = (rule: string) =>
  Object.fromEntries(rule.split(';').map((pair) => pair.split('=') as [string, string]));

function lastDay(rule: string, first: string, days: number): number | undefined {
  return lastOccurrenceDay(partsOf(rule), first, days);
}

/** The days of a rule up to the longest span. The first date counts although the rule may not name it. */
function walked(rule: string, first: string): number[] {
  const walk = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(first));
  const found = [0];
  for (let next = walk.next(); next; next = walk.next()) {
    const day = (Date.parse(next.toString()) - Date.parse(first)) / DAY_MS;
    if (day > LONGEST_SPAN_DAYS) break;
    found.push(day);
  }
  return found;
}

const BY: Readonly<Record<string, readonly string[]>> = {
  DAILY: ['', ';BYDAY=MO,WE,FR', ';BYDAY=SU'],
  WEEKLY: ['', ';BYDAY=MO', ';BYDAY=SU,TU', ';BYDAY=SA;WKST=SU', ';BYDAY=SU,MO;WKST=SU', ';BYDAY=SU,MO;WKST=TH'],
  MONTHLY: [
    '',
    ';BYDAY=1MO',
    ';BYDAY=+2TU',
    ';BYDAY=5FR',
    ';BYDAY=-1SU',
    ';BYDAY=-2WE',
    ';BYDAY=TH',
    ';BYDAY=1MO,3MO',
    ';BYMONTHDAY=1',
    ';BYMONTHDAY=31',
    ';BYMONTHDAY=15,-1',
  ],
};
const RULES = Object.entries(BY).flatMap(([frequency, parts]) =>
  parts.flatMap((part) =>
    ['', ';INTERVAL=2', ';INTERVAL=3', ';INTERVAL=5'].map((step) => `FREQ=${frequency}${step}${part}`),
  ),
);
const FIRSTS = ['2026-06-01', '2027-10-31', '2028-02-29'];
/** Every day of some weeks, and some days further on, past the turn of a year and a February. */
const LONGEST_SPAN_DAYS = 730;
const SPANS = [...Array.from({ length: 40 }, (_, day) => day), 61, 92, 123, 213, 274, 305, 400, 487, LONGEST_SPAN_DAYS];

describe('the last day of a rule', () => {
  it.each(RULES)('is where another reader finds it: %s', (rule) => {
    for (const first of FIRSTS) {
      const found = SPANS.map((days) => lastDay(rule, first, days));
      const days = walked(rule, first);
      expect(found).toEqual(SPANS.map((span) => Math.max(...days.filter((day) => day <= span))));
    }
  });

  it.each([
    ['of years', 'FREQ=YEARLY'],
    ['of hours', 'FREQ=HOURLY'],
    ['without a frequency', 'INTERVAL=2'],
    ['of days within months', 'FREQ=DAILY;BYMONTH=1'],
    ['of weeks with days of the month', 'FREQ=WEEKLY;BYMONTHDAY=1'],
    ['of months with days of the week and of the month', 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13'],
    ['of months with the last of several days', 'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1'],
  ])('is not told for a rule %s', (_name, rule) => {
    for (const days of [40, 300]) expect(lastDay(rule, '2026-06-01', days)).toBeUndefined();
  });

  it('is not told when it is not found in nine steps', () => {
    // 29 February 2008 is a fifth Friday; the next such February is that of 2036.
    const rule = 'FREQ=MONTHLY;INTERVAL=12;BYDAY=5FR';
    expect(lastDay(rule, '2008-02-29', 20 * 365)).toBeUndefined();
    expect(lastDay(rule, '2008-02-29', 8 * 366)).toBe(0);
    expect(lastDay(rule, '2008-02-29', 9 * 365 + 10)).toBeUndefined();
    expect(lastDay(rule, '2008-02-29', 28 * 365 + 7)).toBe(28 * 365 + 7);
  });

  it('of a rule with a week or a step that cannot be read is that with the usual ones', () => {
    expect(lastDay('FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=XX', '2026-06-07', 20)).toBe(14);
    expect(lastDay('FREQ=DAILY;INTERVAL=x', '2026-06-01', 9)).toBe(9);
    expect(lastDay('FREQ=DAILY;INTERVAL=-2', '2026-06-01', 9)).toBe(9);
  });
});
