/** Dates that a series leaves out, in every form in which programs write them, and how many of them are worked with. */
import { leftOutRows, withoutLeftOut } from '../../src/core/left-out';
import { type Meeting, projectMeeting } from '../../src/core/meeting';
import { DAY_MS, DEFAULT_POLICIES } from '../../src/core/policies';
import { isOccurrence, isTombstone, type Row } from '../../src/core/row';
import { eventRow, NOW_MS } from '../support/core-world';

/** Tuesdays at nine in Zurich, from 2 June 2026 on. */
const series = (...lines: string[]): Row =>
  eventRow({ id: 'ser', recurrence: ['RRULE:FREQ=WEEKLY;COUNT=60', ...lines] });
const wholeDays = (...lines: string[]): Row => ({
  ...series(...lines),
  start: { date: '2026-06-02' },
  end: { date: '2026-06-03' },
});
const ids = (row: Row, nowMs = NOW_MS) => leftOutRows(row, 'Europe/Zurich', nowMs).map(({ id }) => id);

describe('a date that is left out', () => {
  it.each([
    ['in a zone', 'EXDATE;TZID=Europe/Zurich:20260609T090000'],
    ['in UTC', 'EXDATE:20260609T070000Z'],
    ['in another zone', 'EXDATE;TZID=America/New_York:20260609T030000'],
    ['without any zone', 'EXDATE:20260609T090000'],
    ['as a day', 'EXDATE;VALUE=DATE:20260609'],
    ['in small letters and quotes', 'exdate;tzid="Europe/Zurich":20260609t090000'],
  ])('%s is the occurrence of that day, as Google shows a cancelled one', (_, line) => {
    const [row, ...others] = leftOutRows(series(line), 'Europe/Zurich', NOW_MS);
    expect(others).toEqual([]);
    expect(row).toEqual({
      id: 'ser_20260609T070000Z',
      status: 'cancelled',
      recurringEventId: 'ser',
      originalStartTime: { dateTime: '2026-06-09T07:00:00Z', timeZone: 'Europe/Zurich' },
    });
    expect(row && isTombstone(row) && isOccurrence(row)).toBe(true);
  });

  it.each(['EXDATE;VALUE=DATE:20260609', 'EXDATE:20260609T000000Z'])(
    'of a series of whole days is named by its date: %s',
    (line) => {
      expect(leftOutRows(wholeDays(line), 'Europe/Zurich', NOW_MS)).toMatchObject([
        { id: 'ser_20260609', originalStartTime: { date: '2026-06-09', timeZone: 'Europe/Zurich' } },
      ]);
    },
  );

  it('is one among several, on one line or on many, each once and the nearest first', () => {
    const lines = [
      'EXDATE:20260623T070000Z,20260609T070000Z',
      'EXDATE;TZID=Europe/Zurich:20260616T090000,20260609T090000',
    ];
    expect(ids(series(...lines))).toEqual(['ser_20260609T070000Z', 'ser_20260616T070000Z', 'ser_20260623T070000Z']);
  });

  it('keeps the hour of its series when the clocks change', () => {
    expect(ids(series('EXDATE;TZID=Europe/Zurich:20261201T090000'))).toEqual(['ser_20261201T080000Z']);
  });

  it.each([
    ['is no date', 'EXDATE:soon'],
    ['names a zone that nobody knows', 'EXDATE;TZID=Europe/Nowhere:20260609T090000'],
    ['was left out while the series had another hour', 'EXDATE:20260609T060000Z'],
    ['lies behind', 'EXDATE:20260501T070000Z'],
    ['lies beyond the end of the series', 'EXDATE:20290609T070000Z'],
  ])('is none when it %s', (_, line) => {
    expect(ids(series(line))).toEqual([]);
  });

  it('has an hour of its own where the occurrences have several', () => {
    const row = eventRow({ id: 'ser', recurrence: ['RRULE:FREQ=DAILY;BYHOUR=9,15', 'EXDATE:20260609T130000Z'] });
    expect(ids(row)).toEqual(['ser_20260609T130000Z']);
  });

  it('is not looked for in what is no series', () => {
    expect(ids(eventRow())).toEqual([]);
    expect(ids({ id: 'ser', status: 'confirmed', recurrence: ['EXDATE:20260609T070000Z'] })).toEqual([]);
  });

  it('is one of four hundred ahead at the most, however many a stranger writes', () => {
    const dates = Array.from({ length: 20_000 }, (_, i) =>
      new Date(NOW_MS + (i - 2_000) * DAY_MS).toISOString().slice(0, 10).replace(/-/g, ''),
    );
    const row = eventRow({ id: 'ser', recurrence: ['RRULE:FREQ=DAILY', `EXDATE;VALUE=DATE:${dates.join(',')}`] });
    const found = ids(row);
    expect(found).toHaveLength(400);
    // Yesterday's too: it may be over, and costs nothing then.
    expect(found[0]).toBe('ser_20260531T070000Z');
  });
});

describe('what a provider is told of a series that leaves dates out', () => {
  const row = series('EXDATE:20260609T070000Z', 'RDATE:20260610T070000Z');
  const meeting = projectMeeting(row, 'Europe/Zurich', DEFAULT_POLICIES) as Meeting;

  it.each(['keeps', 'keeps-until-rescheduled'] as const)(
    'is a rule without them where it %s occurrences',
    (occurrences) => {
      expect(withoutLeftOut(meeting, { occurrences }).recurrence).toEqual([
        'RRULE:FREQ=WEEKLY;COUNT=60',
        'RDATE:20260610T070000Z',
      ]);
    },
  );

  it('is the whole of its lines where single occurrences cannot be told', () => {
    expect(withoutLeftOut(meeting, { occurrences: 'none' })).toBe(meeting);
  });
});
