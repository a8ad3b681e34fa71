/** Conferences that are kept because nobody tells what became of their event. */
import { type Binding, bindingKey } from '../../src/core/binding';
import { Ledger } from '../../src/core/ledger';
import { planRow } from '../../src/core/plan-row';
import { DEFAULT_POLICIES, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { settle } from '../../src/core/settle';
import type { Look, Sighting } from '../../src/core/whereabouts';
import {
  bindingOf,
  CALENDAR,
  CALENDAR_ID,
  diffContext,
  eventRow,
  KEEPS_ALL,
  planContext,
  stamped,
  toDo,
  tombstone,
} from '../support/core-world';

const due = toDo({ kind: 'settle' });
const ending = bindingOf({ state: 'ending', todo: due });
const pending = bindingOf({ state: 'pending', endsMs: 0, todo: due });

function settled(binding: Binding, look: Look, others: Binding[] = [], cancel: 'yes' | 'none' = 'yes') {
  const ledger = new Ledger([binding, ...others]);
  const diff = diffContext({ capabilitiesOf: () => ({ ...KEEPS_ALL, cancel }) });
  const actions = settle(binding, look, ledger, diff, planContext({ retry: true }));
  return { kinds: actions.map((action) => action.kind), after: ledger.get(bindingKey(binding)), ledger };
}
const row = (given: Row): Look => ({ kind: 'row', row: given });
const absent: Look = { kind: 'absent' };
const TEAM = 'team@example.com';
const here = { email: CALENDAR_ID, self: true };
/** Deleted on the calendar of its organiser: the row says so. */
const deleted: Look = row(tombstone('ev1', { organizer: here }));
const sighted = (seen: Row, more: Partial<Sighting> = {}): Sighting => ({
  calendar: 'calTEAM',
  calendarId: TEAM,
  row: seen,
  ...more,
});
const leftFor = (...elsewhere: Sighting[]): Look => ({ ...row(tombstone()), elsewhere });
const without = eventRow();
const carrying = eventRow({ conferenceData: stamped('conf1') });
const other = eventRow({ conferenceData: stamped('conf2') });

describe('an event of which nothing tells that it has ended', () => {
  const before = new Date(ending.bornMs - MINUTE_MS).toISOString();
  const second = bindingOf({ eventId: 'copy', state: 'ending', todo: due });
  const guests = eventRow({ ...carrying, organizer: { email: 'ben@example.com' } });

  it.each<[string, Binding, Look]>([
    ['left nothing but its id', ending, row(tombstone())],
    ['left nothing but its id before it was seen', pending, row(tombstone())],
    [
      'left its details, with another organiser',
      ending,
      row({ ...eventRow({ organizer: { email: TEAM } }), status: 'cancelled' }),
    ],
    [
      'left a day in the year 2000 and no organiser',
      ending,
      row(tombstone('ev1', { start: { dateTime: '2000-01-01T00:00:00Z' }, end: { dateTime: '2000-01-02T00:00:00Z' } })),
    ],
    ['was seen, and is not found any more', ending, absent],
    ['was given the conference in place of a dead one, and is not found any more', { ...pending, repairs: 1 }, absent],
    ['is an occurrence whose series is not known', ending, row(tombstone('ev1', { recurringEventId: 'ser' }))],
    [
      'is an occurrence whose series has another organiser',
      ending,
      { ...row(tombstone('ev1', { recurringEventId: 'ser' })), series: eventRow({ organizer: { email: TEAM } }) },
    ],
    [
      'is an occurrence that names another organiser itself',
      ending,
      { ...row(tombstone('ev1', { recurringEventId: 'ser', organizer: { email: TEAM } })), series: tombstone('ser') },
    ],
    ['shows nothing but its id on the other calendars, either', ending, leftFor(sighted(tombstone()))],
    ['is a guest’s copy on another calendar', ending, leftFor(sighted(guests))],
    [
      'is a guest’s copy that was taken off another calendar',
      ending,
      leftFor(sighted({ ...guests, status: 'cancelled' })),
    ],
    [
      'was deleted on one calendar, and carries the conference on another',
      ending,
      leftFor(sighted(tombstone('ev1', { organizer: { self: true } })), sighted(carrying)),
    ],
    [
      'was deleted on another calendar before it was made here, as when it was exported and imported',
      ending,
      leftFor(sighted(tombstone('old', { organizer: { self: true }, updated: before }))),
    ],
    [
      'is a series without the conference on another calendar, an occurrence of which has it',
      ending,
      leftFor(sighted(eventRow(), { occurrences: [carrying] })),
    ],
  ])('has its conference let go, and remembered as out of sight: it %s', (_name, binding, look) => {
    const { kinds, after } = settled(binding, look);
    expect(kinds).toEqual([]);
    expect(after).toMatchObject({ state: 'away' });
    expect(after?.todo).toBeUndefined();
  });

  it.each<[string, Partial<Binding>, Look]>([
    ['under its own id', {}, leftFor()],
    ['under another id', { eventId: 'new' }, leftFor(sighted({ ...carrying, id: 'new' }))],
  ])('is forgotten where it is known on another calendar: %s', (_name, there, look) => {
    const moved = bindingOf({ calendar: 'calTEAM', ...there });
    expect(settled(ending, look, [moved]).ledger.all()).toEqual([moved]);
  });

  it.each<[string, Partial<Binding>]>([
    ['has another id', { eventId: 'copy' }],
    ['is a guest’s', { guest: true }],
  ])('is not taken for the one on another calendar that %s', (_name, there) => {
    const other = bindingOf({ calendar: 'calTEAM', ...there });
    expect(settled(ending, leftFor(), [other]).after).toMatchObject({ state: 'away' });
  });

  it('saves its conference from those that end with it', () => {
    const { ledger } = settled(ending, row(tombstone()), [second]);
    expect(ledger.ofEvent(CALENDAR, 'ev1')).toMatchObject([{ state: 'away' }]);
    expect(settle(second, deleted, ledger, diffContext(), planContext())).toEqual([]);
    expect(ledger.all()).toMatchObject([{ eventId: 'ev1', state: 'away' }]);
  });

  it('is remembered beside another that did, so that none comes back as the only one', () => {
    const { ledger } = settled(ending, row(tombstone()), [second]);
    expect(settle(second, row(tombstone('copy')), ledger, diffContext(), planContext())).toEqual([]);
    expect(ledger.all()).toMatchObject([
      { eventId: 'ev1', state: 'away' },
      { eventId: 'copy', state: 'away' },
    ]);
    expect(settle({ ...second, eventId: 'back' }, deleted, ledger, diffContext(), planContext())).toEqual([]);
    expect(ledger.size).toBe(2);
  });

  it('takes its occurrences out of memory with it', () => {
    const occurrence = bindingOf({ eventId: 'ev1_1', series: 'ev1' });
    expect(settled(ending, row(tombstone()), [occurrence]).ledger.all()).toMatchObject([{ eventId: 'ev1' }]);
  });

  it('leaves a conference to the events that are there', () => {
    const copy = bindingOf({ eventId: 'copy' });
    const { todo: _settled, ...left } = ending;
    expect(settled(ending, row(tombstone()), [copy]).ledger.all()).toEqual([copy, { ...left, state: 'away' }]);
  });

  it('keeps its conference from being cancelled with the last event in sight', () => {
    const away = bindingOf({ eventId: 'moved', state: 'away' });
    const { kinds, ledger } = settled(ending, deleted, [away]);
    expect(kinds).toEqual([]);
    expect(ledger.all()).toEqual([away]);
  });

  it('is forgotten, and keeps nothing, where the operator decided so later', () => {
    const away = bindingOf({ eventId: 'moved', state: 'away' });
    const ledger = new Ledger([ending, away]);
    const plan = planContext({ policies: { ...DEFAULT_POLICIES, vanishedEvents: 'end' } });
    expect(settle(ending, absent, ledger, diffContext(), plan)).toEqual([{ kind: 'cancel', binding: ending }]);
    expect(ledger.all()).toEqual([ending]);
  });

  it('has its conference cancelled where the operator decided so', () => {
    const ledger = new Ledger([ending]);
    const plan = planContext({ policies: { ...DEFAULT_POLICIES, vanishedEvents: 'end' } });
    expect(settle(ending, row(tombstone()), ledger, diffContext(), plan)).toEqual([
      { kind: 'cancel', binding: ending },
    ]);
  });
});

describe('a conference whose event has been out of sight, where it may have been copied', () => {
  const strayed: Binding = { ...ending, strayed: true };

  it.each<[string, Look]>([
    ['deleted', deleted],
    ['in sight without it', row(without)],
    ['in sight with another one', row(other)],
  ])('is not cancelled when that event is %s: it is remembered as out of sight', (_name, look) => {
    const { kinds, after } = settled(strayed, look);
    expect(kinds).toEqual([]);
    expect(after).toMatchObject({ state: 'away', strayed: true });
  });

  it('is kept from the events that share it, too', () => {
    const copy = bindingOf({ eventId: 'copy' });
    const { ledger, after } = settled(strayed, deleted, [copy]);
    expect(after).toMatchObject({ state: 'away' });
    const last: Binding = { ...copy, state: 'ending', todo: due };
    ledger.put(last);
    expect(settle(last, row(tombstone('copy', { organizer: here })), ledger, diffContext(), planContext())).toEqual([]);
  });

  it.each<[string, Look]>([
    ['gone without a word', row(tombstone())],
    ['not found', absent],
    ['deleted', deleted],
  ])('is cancelled when a person asks for it and the event is %s', (_name, look) => {
    const { kinds } = settled({ ...strayed, endAsked: true }, look, [bindingOf({ eventId: 'moved', state: 'away' })]);
    expect(kinds).toEqual(['cancel']);
  });

  it('is not cancelled although a person asks for it while the event, or another one, carries it', () => {
    const asked: Binding = { ...strayed, endAsked: true };
    const seen = settled(asked, row(carrying));
    expect(seen.kinds).not.toContain('cancel');
    expect(seen.after).toMatchObject({ state: 'live' });
    expect(seen.after?.endAsked).toBeUndefined();
    expect(settled(asked, deleted, [bindingOf({ eventId: 'copy' })]).kinds).toEqual([]);
  });
});

describe('a conference whose event was away for a while, nobody knows where', () => {
  const ended = tombstone('ev1', { organizer: here });
  const returned = (): Ledger => {
    const ledger = new Ledger([bindingOf()]);
    planRow(tombstone(), ledger, diffContext(), planContext());
    planRow(carrying, ledger, diffContext(), planContext());
    ledger.put({ ...(ledger.all()[0] as Binding), state: 'ending', todo: due });
    return ledger;
  };
  const settledIn = (ledger: Ledger, look: Look) =>
    settle(ledger.all()[0] as Binding, look, ledger, diffContext(), planContext()).map(({ kind }) => kind);

  it('is not ended with it: it may have been copied there', () => {
    const ledger = returned();
    expect(settledIn(ledger, row(ended))).toEqual([]);
    expect(ledger.all()).toMatchObject([{ state: 'away' }]);
  });

  const sinceMs = bindingOf().bornMs + MINUTE_MS;
  it.each<[string, Row, string[]]>([
    ['what it left there since', tombstone('ev1', { updated: new Date(sinceMs).toISOString() }), ['cancel']],
    ['what it left there before', tombstone('ev1', { updated: new Date(sinceMs - 1).toISOString() }), []],
    ['that it was there, and no date, which the changes would have told', tombstone(), []],
    ['that it was there under another id, and no date', tombstone('other'), ['cancel']],
  ])('is ended with it where a calendar in sight shows that it was there: %s', (_name, left, kinds) => {
    expect(settledIn(returned(), { ...row(ended), elsewhere: [sighted(left)] })).toEqual(kinds);
  });

  it('is not ended with it where its own calendar shows what it left there', () => {
    const left = sighted(tombstone('other'), { calendar: CALENDAR, calendarId: CALENDAR_ID });
    expect(settledIn(returned(), { ...row(ended), elsewhere: [left] })).toEqual([]);
  });

  it('is not ended with it where that calendar shows in a full list what it left there, be it long ago', () => {
    const ledger = returned();
    const team = { calendar: 'calTEAM' };
    planRow(tombstone(), ledger, diffContext(team), planContext({ ...team, isOfFullList: true }));
    expect(settledIn(ledger, row(ended))).toEqual([]);
  });

  it('is ended with it where that calendar has told so in the meantime', () => {
    const ledger = returned();
    planRow(tombstone(), ledger, diffContext({ calendar: 'calTEAM' }), planContext({ calendar: 'calTEAM' }));
    expect(settledIn(ledger, row(ended))).toEqual(['cancel']);
  });

  it('is ended with it where it was deleted in between, and brought back', () => {
    const ledger = new Ledger([bindingOf()]);
    planRow(ended, ledger, diffContext(), planContext());
    planRow(carrying, ledger, diffContext(), planContext());
    ledger.put({ ...(ledger.all()[0] as Binding), state: 'ending', todo: due });
    expect(settledIn(ledger, row(ended))).toEqual(['cancel']);
  });

  it('is not ended where it came back under another id', () => {
    const ledger = new Ledger([bindingOf()]);
    planRow(tombstone(), ledger, diffContext(), planContext());
    planRow({ ...carrying, id: 'new' }, ledger, diffContext(), planContext());
    expect(ledger.ofEvent(CALENDAR, 'new')).toMatchObject([{ state: 'live', mayHaveStrayed: true }]);
  });
});
