/** The words of the home card on how well calendars are followed, for every way that can stand. */
import { statusLines } from '../../src/gas/cards';
import { liveLines, triggerLines } from '../../src/gas/reading-lines';
import type { Status } from '../../src/ports/people';

const NOW_MS = Date.parse('2026-03-02T10:00:00Z');
const HOUR_MS = 3_600_000;
const statusOf = (over: Partial<Status>): Status => ({
  calendars: 1,
  lostCalendars: 0,
  unfinished: 0,
  tokenless: 0,
  plain: 0,
  isStale: false,
  unwatched: 0,
  hasNoSweep: false,
  live: 2,
  pending: 0,
  outbox: 0,
  parked: 0,
  broken: 0,
  repairing: 0,
  unknown: { another: 0, untold: 0 },
  pauses: [],
  waiting: [],
  storeFull: false,
  unfollowed: { occurrences: 0, events: 0 },
  kept: [],
  keptCount: 0,
  ...over,
});

describe('the conferences there are', () => {
  it.each<[string, Partial<Status>, string[]]>([
    ['before the first reading', {}, ['2 conferences in step with your events.']],
    [
      'read lately',
      { readMs: NOW_MS - 120_000, live: 1 },
      ['1 conference in step with your events.', 'Calendar last read 2 minutes ago.'],
    ],
    [
      'not read for hours',
      { readMs: NOW_MS - 5 * HOUR_MS, isStale: true },
      ['2 conferences on your events. Whether all are in step is not known: a calendar was last read 5 hours ago.'],
    ],
    [
      'none, and not read for hours',
      { readMs: NOW_MS - 5 * HOUR_MS, isStale: true, live: 0, pending: 1 },
      ['Your events may have changed without our knowing: a calendar was last read 5 hours ago.'],
    ],
  ])('%s', (_, over, lines) => {
    expect(liveLines(statusOf(over), NOW_MS)).toEqual(lines);
    expect(statusLines(statusOf(over), NOW_MS)).toEqual(expect.arrayContaining(lines));
  });
});

describe('the triggers that Google will not have made', () => {
  const NONE =
    'Google lets this add-on have no triggers, so changes of your events are not noticed. “Check and repair now” follows them.';
  const NO_SWEEP =
    'Google lets this add-on have no hourly trigger: what goes unnoticed is followed when you press “Check and repair now”.';
  it.each<[string, Partial<Status>, string[]]>([
    ['are not spoken of when there are none', {}, []],
    ['are all', { hasNoSweep: true, unwatched: 1 }, [NONE]],
    [
      'are all of the calendars that can be read',
      { hasNoSweep: true, unwatched: 1, calendars: 2, lostCalendars: 1 },
      [NONE],
    ],
    ['are the hourly one', { hasNoSweep: true }, [NO_SWEEP]],
    [
      'are the hourly one and that of one calendar of two',
      { hasNoSweep: true, unwatched: 1, calendars: 2 },
      [NO_SWEEP],
    ],
    [
      'are those of some calendars',
      { unwatched: 2, calendars: 3 },
      ['Changes in 2 calendars are followed only once an hour: Google made no trigger there.'],
    ],
  ])('%s', (_, over, lines) => {
    expect(triggerLines(statusOf(over))).toEqual(lines);
    expect(statusLines(statusOf(over), NOW_MS)).toEqual(expect.arrayContaining(lines));
  });
});
