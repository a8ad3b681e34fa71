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

describe('what is wrong', () => {
  const lines = (over: Partial<Status>) => statusLines(statusOf(over), NOW_MS);

  it.each<[string, Partial<Status>, string]>([
    ['one lost conference', { broken: 1 }, '1 event refers to a conference that no longer exists.'],
    ['two lost ones', { broken: 2 }, '2 events refer to conferences that no longer exist.'],
    [
      'one that is replaced',
      { repairing: 1 },
      '1 event refers to a conference that no longer exists, and is given a new one.',
    ],
    [
      'two that are replaced',
      { repairing: 2 },
      '2 events refer to conferences that no longer exist, and are given new ones.',
    ],
    ['one change set aside', { parked: 1 }, '1 change could not be delivered and was set aside. Repair tries again.'],
    ['two set aside', { parked: 2 }, '2 changes could not be delivered and were set aside. Repair tries again.'],
    ['one long list', { unfinished: 1 }, '1 calendar with very many events is still being read, a part at a time.'],
    ['two long lists', { unfinished: 2 }, '2 calendars with very many events are still being read, a part at a time.'],
    [
      'one calendar gone',
      { lostCalendars: 1 },
      '1 calendar cannot be read any more; its conferences are left as they are.',
    ],
    [
      'two calendars gone',
      { lostCalendars: 2 },
      '2 calendars cannot be read any more; their conferences are left as they are.',
    ],
    [
      'one of another account',
      { unknown: { another: 1, untold: 0 } },
      '1 conference of yours was made with another account at the conference service. Sign in with that one, and what waits is done.',
    ],
    [
      'two that may be of another account',
      { unknown: { another: 0, untold: 2 } },
      '2 conferences of yours are not known to the account you are connected with: made with another one, or gone.',
    ],
  ])('is said of %s', (_name, over, line) => {
    expect(lines(over)).toContain(line);
  });

  it('says that there are no conferences only where nothing is on its way either', () => {
    const none = 'No conferences yet. Open an event, choose “Add conferencing” and pick one of ours.';
    expect(lines({ live: 0 })).toContain(none);
    for (const over of [{ outbox: 1 }, { pending: 1 }, { keptCount: 1 }, { lostCalendars: 1 }, { live: 1 }]) {
      expect(lines({ live: 0, ...over })).not.toContain(none);
    }
  });
});
