/** Occurrences of a series beside conferences, solutions and rules that are not theirs; and which of them need a call. */
import type { Binding } from '../../src/core/binding';
import { diffRow, unruly } from '../../src/core/diff';
import { fingerprintOf, occurrenceFingerprint } from '../../src/core/fingerprint';
import { Ledger } from '../../src/core/ledger';
import { projectMeeting, projectOccurrence } from '../../src/core/meeting';
import { DAY_MS, DEFAULT_POLICIES, HOUR_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { bindingOf, diffContext, eventRow, KEEPS_ALL, NOW_MS, OWNER, stamped, tombstone } from '../support/core-world';

const OTHER_SOLUTION = 'other-meet';
const ofSeries = { recurringEventId: 'ser', originalStartTime: { dateTime: '2026-06-02T07:00:00Z' } };
const series = bindingOf({ eventId: 'ser', endsMs: 0 });
const exception = (over: Partial<Row> = {}) =>
  eventRow({ id: 'ser_1', ...ofSeries, conferenceData: stamped('conf1'), ...over });

/** The kinds of change a row brings where two solutions are offered. */
function kinds(row: Row, bindings: Binding[], over = {}): string[] {
  const context = diffContext({ capabilitiesOf: () => KEEPS_ALL, ...over });
  return diffRow(row, new Ledger(bindings), context).map(({ kind }) => kind);
}

describe('an exception that shows a conference', () => {
  it.each<[string, Partial<Binding>, string[]]>([
    ['that its series has', {}, ['occurrence']],
    ['that its series has in vain', { state: 'broken' }, []],
    ['that its series has dropped', { state: 'ending' }, ['adopted']],
    ['that its series was never seen with', { state: 'pending' }, ['adopted']],
    ['while its series has another', { conference: 'conf2' }, ['adopted']],
    ['of the same name at another solution', { solution: OTHER_SOLUTION }, ['adopted']],
  ])('%s brings %j, %j', (_, over, changes) => {
    expect(kinds(exception(), [{ ...series, ...over }])).toEqual(changes);
  });

  it.each<[string, Partial<Row>, string[]]>([
    ['the one it is remembered with', {}, []],
    ['another one', { conferenceData: stamped('conf2') }, ['adopted']],
    [
      'one of the same name at another solution',
      { conferenceData: stamped('conf1', OWNER, OTHER_SOLUTION) },
      ['adopted'],
    ],
    ['none', { conferenceData: {} }, []],
  ])('without its series is an event of its own unless that is %s', (_, over, changes) => {
    expect(kinds(exception(over), [bindingOf({ eventId: 'ser_1', series: 'ser' })])).toEqual(changes);
  });

  it('of a solution that is not offered any more brings nothing', () => {
    expect(kinds(exception(), [series], { capabilitiesOf: () => undefined })).toEqual([]);
  });

  it('is compared with what its own series told of it, not with what another conference did', () => {
    const wanted = occurrenceFingerprint(projectOccurrence(exception(), 'Europe/Zurich') as never);
    const told = bindingOf({ eventId: 'ser_1', series: 'ser', delivered: wanted });
    expect(kinds(exception(), [series, told])).toEqual([]);
    expect(kinds(exception(), [series, { ...told, conference: 'conf0' }])).toEqual(['occurrence']);
  });
});

describe('a cancelled occurrence', () => {
  it('that is remembered is told to its series, and nothing else becomes of it', () => {
    const remembered = bindingOf({ eventId: 'ser_1', series: 'ser' });
    expect(kinds(tombstone('ser_1', ofSeries), [series, remembered])).toEqual(['occurrence']);
  });

  it('is told for a day after it would have been', () => {
    const slotMs = Date.parse(ofSeries.originalStartTime.dateTime);
    const row = tombstone('ser_1', ofSeries);
    expect(kinds(row, [series], { nowMs: slotMs + DAY_MS })).toEqual(['occurrence']);
    expect(kinds(row, [series], { nowMs: slotMs + DAY_MS + 1 })).toEqual([]);
  });
});

describe('an event', () => {
  it('whose conference now is one of the same name at another solution has changed its conference', () => {
    const row = eventRow({ conferenceData: stamped('conf1', OWNER, OTHER_SOLUTION) });
    expect(kinds(row, [bindingOf()])).toEqual(['conference-dropped', 'adopted']);
  });

  it('without a time brings nothing', () => {
    const { start: _start, ...timeless } = eventRow({ conferenceData: stamped('conf1') });
    expect(kinds(timeless, [bindingOf()])).toEqual([]);
  });

  it('is compared with what was told of it, not with what was told of an occurrence', () => {
    const row = eventRow({ conferenceData: stamped('conf1') });
    const keeps = ['title'] as const;
    const meeting = projectMeeting(row, 'Europe/Zurich', DEFAULT_POLICIES);
    const told = bindingOf({ eventId: 'x_1', series: 'x', delivered: fingerprintOf(meeting as never, new Set(keeps)) });
    const context = diffContext({ capabilitiesOf: () => ({ ...KEEPS_ALL, keeps }) });
    expect(diffRow(row, new Ledger([told, bindingOf()]), context)).toMatchObject([{ kind: 'seen', fields: ['title'] }]);
  });
});

describe('of the occurrences of a series', () => {
  const at = (day: number, over: Partial<Row> = {}): Row => {
    const startMs = NOW_MS + day * DAY_MS;
    const time = (ms: number) => ({ dateTime: new Date(ms).toISOString() });
    return {
      id: `ser_${day}`,
      start: time(startMs),
      end: time(startMs + HOUR_MS),
      originalStartTime: time(startMs),
      ...over,
    };
  };
  const ids = (rows: Row[]) => unruly(rows).map(({ id }) => id);

  it('those are unruly that were cancelled, moved or made longer', () => {
    const longer = { end: at(5).end } as Partial<Row>;
    const rows = [
      at(0, longer),
      at(1),
      at(2, { status: 'cancelled' }),
      at(3, { start: at(4).start, end: at(4).end } as Partial<Row>),
      at(5),
      at(6),
    ];
    expect(ids(rows)).toEqual(['ser_0', 'ser_2', 'ser_3']);
  });

  it('none is unruly where all lie as the rule has them, by the hour or by the day', () => {
    const whole = (day: string, next: string): Row => ({
      id: day,
      start: { date: day },
      end: { date: next },
      originalStartTime: { date: day },
    });
    expect(ids([at(0), at(7), at(14)])).toEqual([]);
    expect(ids([whole('2026-06-02', '2026-06-03'), whole('2026-06-09', '2026-06-10')])).toEqual([]);
    expect(
      ids([whole('2026-06-02', '2026-06-03'), { ...whole('2026-06-09', '2026-06-11'), start: { date: '2026-06-10' } }]),
    ).toEqual(['2026-06-09']);
    expect(ids([])).toEqual([]);
  });
});
