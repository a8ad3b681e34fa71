/** What Zoom is told of a repetition comes out as the rule says, or is not told at all. */
import fc from 'fast-check';
import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { occurrencesOf } from '../../sandbox/vendors/zoom/occurrences';
import { walkRule } from '../../sandbox/world/rule-walk';
import type { Meeting, Moment } from '../../src/core/meeting';
import { fromNowOn, zoomRecurrence } from '../../src/providers/zoom-recurrence';
import { MEETING, zurich } from './samples';

const ZONE = 'Europe/Zurich';
const TUESDAY = zurich(3, 10);

function repeated(rule: string, start: Moment = TUESDAY): Meeting {
  return { ...MEETING, start, recurrence: rule === '' ? [] : [`RRULE:${rule}`] };
}

describe('a repetition that Zoom has', () => {
  it.each([
    ['FREQ=DAILY', { type: 1, repeat_interval: 1, end_times: 0 }],
    ['FREQ=DAILY;INTERVAL=99;COUNT=60', { type: 1, repeat_interval: 99, end_times: 60 }],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', { type: 2, repeat_interval: 1, weekly_days: '2,3,4,5,6', end_times: 0 }],
    ['FREQ=WEEKLY', { type: 2, repeat_interval: 1, weekly_days: '3', end_times: 0 }],
    ['FREQ=WEEKLY;BYDAY=TH,TU', { type: 2, repeat_interval: 1, weekly_days: '3,5', end_times: 0 }],
    ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU', { type: 2, repeat_interval: 2, weekly_days: '1,3', end_times: 0 }],
    ['FREQ=MONTHLY', { type: 3, repeat_interval: 1, monthly_day: 3, end_times: 0 }],
    ['FREQ=MONTHLY;BYMONTHDAY=3', { type: 3, repeat_interval: 1, monthly_day: 3, end_times: 0 }],
    ['FREQ=MONTHLY;BYDAY=1TU', { type: 3, repeat_interval: 1, monthly_week: 1, monthly_week_day: 3, end_times: 0 }],
    [
      'FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1',
      { type: 3, repeat_interval: 1, monthly_week: 1, monthly_week_day: 3, end_times: 0 },
    ],
    ['FREQ=WEEKLY;UNTIL=20260317T090000Z', { type: 2, repeat_interval: 1, weekly_days: '3', end_times: 3 }],
    ['FREQ=WEEKLY;UNTIL=20260317T085959Z', { type: 2, repeat_interval: 1, weekly_days: '3', end_times: 2 }],
    ['FREQ=WEEKLY;UNTIL=20260317', { type: 2, repeat_interval: 1, weekly_days: '3', end_times: 3 }],
  ])('is told exactly: %s', (rule, recurrence) => {
    expect(zoomRecurrence(repeated(rule))).toEqual(recurrence);
  });
});

describe('a repetition that Zoom cannot have', () => {
  it.each([
    ['FREQ=YEARLY', 'it repeats yearly'],
    ['FREQ=DAILY;INTERVAL=100', 'it repeats too seldom'],
    ['FREQ=WEEKLY;INTERVAL=51', 'it repeats too seldom'],
    ['FREQ=MONTHLY;INTERVAL=12', 'it repeats too seldom'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU', 'its weeks begin on another day than Zoom’s'],
    ['FREQ=DAILY;COUNT=61', 'it repeats more than 60 times'],
    ['FREQ=DAILY;UNTIL=20271231T000000Z', 'it repeats more than 60 times'],
    ['FREQ=WEEKLY;BYDAY=MO', 'its first day is not one of its rule'],
    ['FREQ=MONTHLY;BYDAY=5TU', 'its rule is too particular'],
    ['FREQ=MONTHLY;BYDAY=1TU,3TU', 'its rule is too particular'],
    ['FREQ=MONTHLY;BYDAY=TU', 'its rule is too particular'],
    ['FREQ=MONTHLY;BYMONTHDAY=3,17', 'its rule is too particular'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'its rule is too particular'],
    ['FREQ=MONTHLY;BYMONTHDAY=31', 'not every month has its day'],
    ['FREQ=WEEKLY;BYHOUR=9', 'its rule is too particular'],
    ['FREQ=HOURLY', 'its rule is too particular'],
    ['INTERVAL=2', 'its rule is too particular'],
    ['FREQ=DAILY;INTERVAL=x', 'its rule is too particular'],
    ['FREQ=DAILY;UNTIL=soon', 'its rule is too particular'],
  ])('says why: %s', (rule, reason) => {
    expect(zoomRecurrence(repeated(rule))).toEqual({ reason });
  });

  it.each([
    ['skips a day', ['RRULE:FREQ=DAILY', 'EXDATE;TZID=Europe/Zurich:20260304T100000']],
    ['adds a day', ['RRULE:FREQ=DAILY', 'RDATE;TZID=Europe/Zurich:20260404T100000']],
    ['is nothing but days', ['RDATE;TZID=Europe/Zurich:20260404T100000']],
  ])('%s', (_, recurrence) => {
    expect(zoomRecurrence({ ...MEETING, recurrence })).toEqual({ reason: 'it has dates of its own' });
  });

  it('repeats by two rules', () => {
    const recurrence = ['RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY;COUNT=3'];
    expect(zoomRecurrence({ ...MEETING, recurrence })).toEqual({ reason: 'it has more than one rule' });
  });
});

const day = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
const days = fc.uniqueArray(day, { minLength: 1, maxLength: 4 }).map((names) => `;BYDAY=${names}`);
const rules = fc
  .tuple(
    fc.oneof(
      fc
        .tuple(fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY'), fc.option(days, { nil: '' }))
        .map((parts) => parts.join('')),
      fc.tuple(fc.constantFrom(-1, 1, 2, 3, 4), day).map(([week, name]) => `FREQ=MONTHLY;BYDAY=${week}${name}`),
      fc.integer({ min: 1, max: 31 }).map((date) => `FREQ=MONTHLY;BYMONTHDAY=${date}`),
    ),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom('', ';WKST=SU', ';WKST=MO'),
    fc.oneof(
      fc.constant(''),
      fc.integer({ min: 1, max: 70 }).map((count) => `;COUNT=${count}`),
      fc
        .integer({ min: 1, max: 400 })
        .map((ahead) => `;UNTIL=${ical(Date.parse('2026-03-03T09:00:00Z') + ahead * 86_400_000)}`),
    ),
  )
  .map(([base, interval, weekStart, end]) => `${base};INTERVAL=${interval}${weekStart}${end}`);
const starts = fc.integer({ min: 1, max: 28 }).map((date) => zurich(date, 10));

function ical(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** The first starts that the rule itself has. */
function startsOf(rule: string, start: Moment, most: number): number[] {
  const { year, month, day, hour, minute } = DateTime.fromMillis((start as { ms: number }).ms, { zone: ZONE });
  const first = new ICAL.Time(
    { year, month, day, hour, minute, second: 0, isDate: false },
    ICAL.Timezone.localTimezone,
  );
  const local = (until: ICAL.Time) => {
    const at = DateTime.fromMillis(until.toUnixTime() * 1_000, { zone: ZONE });
    const { year, month, day, hour, minute, second } = at;
    return new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, ICAL.Timezone.localTimezone);
  };
  const found: number[] = [];
  for (const { year, month, day, hour, minute } of walkRule(rule, first, local)) {
    if (found.push(DateTime.fromObject({ year, month, day, hour, minute }, { zone: ZONE }).toMillis()) === most) break;
  }
  return found;
}

/** The first start that is the rule's own, at or after `start`. */
function firstOf(rule: string, start: Moment): Moment {
  const ms = startsOf(rule, start, 1)[0] ?? (start as { ms: number }).ms;
  const local = DateTime.fromMillis(ms, { zone: ZONE }).toISO({ includeOffset: false, suppressMilliseconds: true });
  return { ms, local: local as string, timeZone: ZONE };
}

describe('a series whose next start falls into the hour that the clocks skip', () => {
  // In New York the clocks go from two to three on 8 March 2026.
  const NEW_YORK = 'America/New_York';
  const first: Moment = { ms: Date.parse('2026-03-01T07:30:00Z'), local: '2026-03-01T02:30:00', timeZone: NEW_YORK };
  const told = (rule: string, now: string) => {
    const rest = fromNowOn(repeated(rule, first), Date.parse(now));
    const startMs = DateTime.fromISO(rest?.start ?? '', { zone: NEW_YORK }).toMillis();
    return rest && occurrencesOf(rest.recurrence, startMs, 60, NEW_YORK).map(({ start_time }) => start_time);
  };

  it.each([
    ['FREQ=WEEKLY;COUNT=4', '2026-03-02T00:00:00Z', ['2026-03-15T06:30:00Z', '2026-03-22T06:30:00Z']],
    ['FREQ=WEEKLY;UNTIL=20260323T000000Z', '2026-03-02T00:00:00Z', ['2026-03-15T06:30:00Z', '2026-03-22T06:30:00Z']],
    ['FREQ=DAILY;COUNT=10', '2026-03-08T00:00:00Z', ['2026-03-09T06:30:00Z', '2026-03-10T06:30:00Z']],
  ])('is told from the one after it on, at its own hour: %s', (rule, now, starts) => {
    expect(told(rule, now)).toEqual(starts);
  });

  it('is told with it when none comes after', () => {
    expect(told('FREQ=WEEKLY;COUNT=2', '2026-03-02T00:00:00Z')).toEqual(['2026-03-08T07:30:00Z']);
    expect(told('FREQ=WEEKLY;COUNT=2', '2026-03-09T00:00:00Z')).toBeUndefined();
  });

  it('is told with all of them while an earlier one lies ahead', () => {
    expect(told('FREQ=DAILY;COUNT=10', '2026-03-07T00:00:00Z')).toEqual([
      '2026-03-07T07:30:00Z',
      '2026-03-08T07:30:00Z',
      '2026-03-09T06:30:00Z',
      '2026-03-10T06:30:00Z',
    ]);
  });
});

describe('whatever the rule', () => {
  it('Zoom’s occurrences are the rule’s, if Zoom is told of them', () => {
    let exact = 0;
    fc.assert(
      fc.property(rules, starts, fc.boolean(), (rule, day, fits) => {
        const start = fits ? firstOf(rule, day) : day;
        const recurrence = zoomRecurrence(repeated(rule, start));
        if ('reason' in recurrence) return;
        exact++;
        const listed = occurrencesOf(recurrence, (start as { ms: number }).ms, 60, ZONE);
        const expected = startsOf(rule, start, 60);
        expect(listed.map((one) => Date.parse(one.start_time))).toEqual(expected);
      }),
      { numRuns: 200, seed: 11 },
    );
    expect(exact).toBeGreaterThan(50);
  });

  it('the series told again from now on has the occurrences that are left', () => {
    fc.assert(
      fc.property(rules, starts, fc.integer({ min: 0, max: 300 }), (rule, day, ahead) => {
        const start = firstOf(rule, day);
        const recurrence = zoomRecurrence(repeated(rule, start));
        if ('reason' in recurrence || recurrence.end_times === 0) return;
        const { ms } = start as { ms: number };
        const nowMs = ms + ahead * 86_400_000;
        const left = occurrencesOf(recurrence, ms, 60, ZONE)
          .map((one) => Date.parse(one.start_time))
          .filter((at) => at > nowMs);
        const rest = fromNowOn(repeated(rule, start), nowMs);
        if (rest === undefined) return expect(left).toEqual([]);
        const again = occurrencesOf(rest.recurrence, DateTime.fromISO(rest.start, { zone: ZONE }).toMillis(), 60, ZONE);
        return expect(again.map((one) => Date.parse(one.start_time))).toEqual(left);
      }),
      { numRuns: 200, seed: 12 },
    );
  });
});
