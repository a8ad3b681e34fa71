import type { Binding, BindingState } from '../../src/core/binding';
import { type DiffContext, diffRow } from '../../src/core/diff';
import { fingerprintOf } from '../../src/core/fingerprint';
import { Ledger } from '../../src/core/ledger';
import { projectMeeting } from '../../src/core/meeting';
import { DAY_MS, DEFAULT_POLICIES } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import {
  bindingOf,
  CALENDAR_ID,
  diffContext,
  eventRow,
  KEEPS_ALL,
  NOW_MS,
  OWNER,
  stamped,
  tombstone,
} from '../support/core-world';

const slot = { dateTime: new Date(NOW_MS + DAY_MS).toISOString() };
const ofSeries = { id: 'ser_1', recurringEventId: 'ser', originalStartTime: slot };
const { organizer: _withheld, ...withoutOrganiser } = eventRow();
const guestOf = { organizer: { email: 'ben@example.com' } };
const ours = eventRow({ conferenceData: stamped('conf1') });

const ROWS = {
  'a tombstone': tombstone(),
  'an event with our conference': ours,
  'an event without a conference': eventRow(),
  'an event with a Meet conference': eventRow({ conferenceData: { conferenceId: 'abc-defg-hij' } }),
  'an event with another conference of ours': eventRow({ conferenceData: stamped('conf2') }),
  'an event with a conference of another owner': eventRow({ conferenceData: stamped('conf2', 'another-owner') }),
  'a guest’s copy with our conference': eventRow({ conferenceData: stamped('conf1'), ...guestOf }),
  'a guest’s copy with another conference of ours': eventRow({ conferenceData: stamped('conf2'), ...guestOf }),
  'an event shown without details': withoutOrganiser,
  'a stub': { id: 'ev1', status: 'confirmed' },
} satisfies Record<string, Row>;

type Known = BindingState | 'nothing';

/** What each row brings for each state of the binding (ev1, conf1). */
const DECISIONS: Array<[row: keyof typeof ROWS, known: Known, changes: string[]]> = [
  ['a tombstone', 'nothing', []],
  ['a tombstone', 'pending', ['event-gone']],
  ['a tombstone', 'live', ['event-gone']],
  ['a tombstone', 'ending', []],
  ['a tombstone', 'away', []],
  ['a tombstone', 'broken', ['event-gone']],
  ['an event with our conference', 'nothing', ['adopted']],
  ['an event with our conference', 'pending', ['seen']],
  ['an event with our conference', 'live', ['seen']],
  ['an event with our conference', 'ending', ['seen']],
  ['an event with our conference', 'away', ['seen']],
  ['an event with our conference', 'broken', ['seen']],
  ['an event without a conference', 'nothing', []],
  ['an event without a conference', 'pending', []],
  ['an event without a conference', 'live', ['conference-dropped']],
  ['an event without a conference', 'ending', []],
  ['an event without a conference', 'away', ['conference-dropped']],
  ['an event without a conference', 'broken', ['conference-dropped']],
  ['an event with a Meet conference', 'nothing', []],
  ['an event with a Meet conference', 'pending', []],
  ['an event with a Meet conference', 'live', ['conference-dropped']],
  ['an event with another conference of ours', 'pending', ['adopted']],
  ['an event with another conference of ours', 'live', ['conference-dropped', 'adopted']],
  ['an event with another conference of ours', 'ending', ['adopted']],
  ['an event with a conference of another owner', 'nothing', []],
  ['an event with a conference of another owner', 'live', ['conference-dropped']],
  ['a guest’s copy with our conference', 'nothing', []],
  ['a guest’s copy with our conference', 'live', ['seen']],
  ['a guest’s copy with another conference of ours', 'nothing', []],
  ['a guest’s copy with another conference of ours', 'live', ['conference-dropped']],
  ['an event shown without details', 'live', []],
  ['an event shown without details', 'pending', []],
  ['a stub', 'live', []],
  ['a stub', 'nothing', []],
];

const kinds = (row: Row, bindings: Binding[], over: Partial<DiffContext> = {}) =>
  diffRow(row, new Ledger(bindings), diffContext(over)).map((change) => change.kind);

describe('a row and what is remembered of its event', () => {
  it.each(DECISIONS)('%s × %s brings %j', (name, known, changes) => {
    const bindings = known === 'nothing' ? [] : [bindingOf({ state: known })];
    expect(kinds(ROWS[name], bindings)).toEqual(changes);
  });

  it('give the same changes however often they are compared', () => {
    const ledger = new Ledger([bindingOf()]);
    expect(diffRow(ours, ledger, diffContext())).toEqual(diffRow(ours, ledger, diffContext()));
    expect(ledger.takeTouched()).toEqual(new Set());
  });
});

describe('an event that carries our conference', () => {
  const delivered = fingerprintOf(
    projectMeeting(ours, 'Europe/Zurich', DEFAULT_POLICIES) as never,
    new Set(KEEPS_ALL.keeps),
  );

  it('tells the fields that the provider does not know yet', () => {
    const ledger = new Ledger([bindingOf({ delivered })]);
    expect(diffRow({ ...ours, summary: 'Talk' }, ledger, diffContext())).toMatchObject([{ fields: ['title'] }]);
    expect(diffRow(ours, ledger, diffContext())).toMatchObject([{ fields: [] }]);
  });

  it('is compared with what any of the conference’s events told last', () => {
    const ledger = new Ledger([bindingOf(), bindingOf({ eventId: 'driver', delivered })]);
    expect(diffRow(ours, ledger, diffContext())).toMatchObject([{ kind: 'seen', fields: [] }]);
  });

  it('says whether the copy is a guest’s', () => {
    const ledger = new Ledger([bindingOf()]);
    expect(diffRow(ours, ledger, diffContext())).toMatchObject([{ guest: false }]);
    expect(diffRow({ ...ours, ...guestOf }, ledger, diffContext())).toMatchObject([{ guest: true }]);
  });

  it('is the organiser’s copy on a calendar of its own, whose address is the organiser’s', () => {
    const row = { ...ours, organizer: { email: CALENDAR_ID.toUpperCase() } };
    expect(kinds(row, [])).toEqual(['adopted']);
  });

  it('tells nothing new to a provider that cannot be told', () => {
    const none = { capabilitiesOf: () => ({ ...KEEPS_ALL, update: 'none' as const }) };
    expect(diffRow(ours, new Ledger([bindingOf()]), diffContext(none))).toMatchObject([{ kind: 'seen', fields: [] }]);
  });

  it('is left alone when the add-on does not offer its solution any more', () => {
    expect(kinds(ours, [bindingOf()], { capabilitiesOf: () => undefined })).toEqual([]);
    expect(kinds(ours, [], { capabilitiesOf: () => undefined })).toEqual([]);
  });

  it('is never taken for ours while this user has no owner mark', () => {
    const unmarked = eventRow({ conferenceData: stamped('conf1', '') });
    expect(kinds(unmarked, [], { ownerMark: () => '' })).toEqual([]);
    expect(kinds(ours, [], { ownerMark: () => OWNER })).toEqual(['adopted']);
  });
});

describe('an exception', () => {
  const series = bindingOf({ eventId: 'ser' });
  const exception = eventRow({ ...ofSeries, conferenceData: stamped('conf1') });

  it('is an occurrence of its series, not an event of its own', () => {
    expect(kinds(exception, [series])).toEqual(['occurrence']);
  });

  it('without its series in the calendar is an event of its own', () => {
    expect(kinds(exception, [])).toEqual(['adopted']);
  });

  it('brings nothing when the provider knows it so', () => {
    const ledger = new Ledger([series]);
    const [change] = diffRow(exception, ledger, diffContext());
    if (change?.kind !== 'occurrence') throw new Error('no occurrence');
    const remembered = bindingOf({ eventId: 'ser_1', series: 'ser', delivered: change.wanted });
    expect(kinds(exception, [series, remembered])).toEqual([]);
    const moved = {
      ...exception,
      start: { dateTime: '2026-06-02T12:00:00Z' },
      end: { dateTime: '2026-06-02T13:00:00Z' },
    };
    expect(kinds(moved, [series, remembered])).toEqual(['occurrence']);
  });

  it('brings nothing while it lies where the rule has it, for as long', () => {
    const slot = { dateTime: '2026-06-02T09:00:00+02:00' };
    const answered = { ...exception, originalStartTime: slot };
    const hourly = { ...series, lengthMs: 3_600_000 };
    expect(kinds(answered, [hourly])).toEqual([]);
    expect(kinds(answered, [series])).toEqual(['occurrence']);
    expect(kinds({ ...answered, end: { dateTime: '2026-06-02T10:30:00+02:00' } }, [hourly])).toEqual(['occurrence']);
    const movedBack = bindingOf({ eventId: 'ser_1', series: 'ser', delivered: 'as moved' });
    expect(kinds(answered, [hourly, movedBack])).toEqual(['occurrence']);
  });

  it('without the conference of its series is none of its occurrences', () => {
    expect(kinds(eventRow(ofSeries), [series])).toEqual([]);
  });

  it('of a provider that keeps no occurrences brings nothing', () => {
    const none = { capabilitiesOf: () => ({ ...KEEPS_ALL, occurrences: 'none' as const }) };
    expect(kinds(exception, [series], none)).toEqual([]);
  });

  it('that lies behind, where it was and where it is, brings nothing', () => {
    const later = { nowMs: NOW_MS + 10 * DAY_MS };
    expect(kinds(exception, [series], later)).toEqual([]);
    const moved = { start: { dateTime: '2026-06-20T08:00:00Z' }, end: { dateTime: '2026-06-20T09:00:00Z' } };
    expect(kinds({ ...exception, ...moved }, [series], later)).toEqual(['occurrence']);
  });
});

describe('a cancelled occurrence', () => {
  const cancelled = tombstone('ser_1', ofSeries);

  it.each<[BindingState, string[]]>([
    ['live', ['occurrence']],
    ['pending', []],
    ['ending', []],
    ['broken', []],
  ])('never ends its series: %s brings %j', (state, changes) => {
    expect(kinds(cancelled, [bindingOf({ eventId: 'ser', state })])).toEqual(changes);
  });

  it('ends a conference that was its own', () => {
    expect(kinds(cancelled, [bindingOf({ eventId: 'ser_1', conference: 'conf2' })])).toEqual(['event-gone']);
  });

  it('without its slot brings nothing', () => {
    const { originalStartTime: _slot, ...rest } = cancelled;
    expect(kinds(rest, [bindingOf({ eventId: 'ser' })])).toEqual([]);
  });

  it('of which only the id is told is forgotten with its series, and ends nothing', () => {
    const remembered = bindingOf({ eventId: 'ser_1', series: 'ser' });
    expect(kinds(tombstone('ser_1'), [bindingOf({ eventId: 'ser' }), remembered])).toEqual(['occurrence-gone']);
  });
});

describe('a deleted event', () => {
  const vanished = (row: Row, binding = bindingOf({ eventId: row.id })) =>
    diffRow(row, new Ledger([binding]), diffContext());

  it('may have moved where nothing says who organised it', () => {
    expect(vanished(tombstone())).toMatchObject([{ kind: 'event-gone', vanished: true }]);
    expect(vanished(tombstone('ev1', { organizer: { self: true } }))).toMatchObject([{ vanished: false }]);
  });

  it('has not moved where its name says that it was an occurrence', () => {
    expect(vanished(tombstone('ser_20260602T070000Z'))).toMatchObject([{ kind: 'event-gone', vanished: false }]);
  });

  it('takes the occurrences along that have the conference on their own, which have not moved', () => {
    const alone = bindingOf({ eventId: 'ser_20260602T070000Z' });
    expect(vanished(tombstone('ser'), alone)).toMatchObject([{ kind: 'event-gone', binding: alone, vanished: false }]);
    const cancelled = tombstone('ser_1', ofSeries);
    expect(vanished(cancelled)).toMatchObject([{ kind: 'event-gone', vanished: false }]);
  });
});

describe('an event that drops the conference', () => {
  it.each([
    ['with a rule', ['RRULE:FREQ=DAILY'], true],
    ['with an empty rule', [], false],
    ['without one', undefined, false],
  ])('%s says whether it is a series', (_, recurrence, isSeries) => {
    const row = eventRow(recurrence && { recurrence });
    const changes = diffRow(row, new Ledger([bindingOf()]), diffContext());
    expect(changes).toMatchObject([{ kind: 'conference-dropped', isSeries }]);
  });
});

describe('an occurrence that has a conference of its own', () => {
  const seen = (over: Partial<Row>) => diffRow({ ...ours, ...over }, new Ledger(), diffContext())[0];

  it('tells its series where its id does not begin with that', () => {
    expect(seen({ id: 'other', recurringEventId: 'ser' })).toMatchObject({ kind: 'adopted', master: 'ser' });
    expect(seen({ id: 'ser_20260602T070000Z', recurringEventId: 'ser' })).not.toHaveProperty('master');
    expect(seen({})).not.toHaveProperty('master');
  });
});

describe('a look at the provider', () => {
  const look = (reads: boolean, nowMs = NOW_MS) => {
    const capabilitiesOf = () => ({ ...KEEPS_ALL, ...(reads && { reads: true as const }) });
    return diffRow(ours, new Ledger([bindingOf()]), diffContext({ capabilitiesOf, nowMs }))[0];
  };

  it('is due 75 minutes before the event, where the provider can be looked at', () => {
    expect(look(true)).toMatchObject({ kind: 'seen', lookMs: Date.parse('2026-06-02T05:45:00Z') });
    expect(look(false)).not.toHaveProperty('lookMs');
    expect(look(true, Date.parse('2026-06-02T06:00:00Z'))).not.toHaveProperty('lookMs');
  });
});

describe('an occurrence as its rule has it', () => {
  const series = bindingOf({ eventId: 'ser', lengthMs: 3_600_000 });
  const slotOfRule = { dateTime: '2026-06-02T09:00:00+02:00' };
  const asRuled = eventRow({ ...ofSeries, originalStartTime: slotOfRule, conferenceData: stamped('conf1') });

  it('brings nothing where it was forgotten what had been told of it', () => {
    expect(kinds(asRuled, [series, bindingOf({ eventId: 'ser_1', series: 'ser', delivered: '' })])).toEqual([]);
  });

  it('is told, as in doubt, where a pass without a record may have told something else', () => {
    const doubted = diffRow(asRuled, new Ledger([series]), diffContext({ inDoubt: true }));
    expect(doubted).toMatchObject([{ kind: 'occurrence', inDoubt: true }]);
    const end = { dateTime: '2026-06-02T11:00:00+02:00' };
    const [longer] = diffRow({ ...asRuled, end }, new Ledger([series]), diffContext());
    expect(longer).toMatchObject({ kind: 'occurrence' });
    expect(longer).not.toHaveProperty('inDoubt');
  });
});
