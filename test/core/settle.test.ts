import { type Binding, bindingKey } from '../../src/core/binding';
import { Ledger } from '../../src/core/ledger';
import { DEFAULT_POLICIES } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { settle, wantsOccurrences } from '../../src/core/settle';
import type { Look, Sighting } from '../../src/core/whereabouts';
import {
  bindingOf,
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
const live = bindingOf({ todo: due });

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
const { organizer: _hidden, ...withheld } = eventRow();

describe('another look at an event whose conference is to end', () => {
  it.each<[string, Binding, Look]>([
    ['ending and deleted', ending, row({ ...eventRow(), status: 'cancelled' })],
    [
      'ending and deleted, although Google still shows its conference',
      ending,
      row({ ...carrying, status: 'cancelled' }),
    ],
    ['ending and deleted, of which only the organiser is still shown', ending, deleted],
    [
      'ending and deleted, where the organiser is known by the address of a secondary calendar',
      ending,
      row(tombstone('ev1', { organizer: { email: CALENDAR_ID.toUpperCase() } })),
    ],
    [
      'ending and a cancelled occurrence of a series that this calendar organises',
      ending,
      { ...row(tombstone('ev1', { recurringEventId: 'ser' })), series: eventRow({ id: 'ser' }) },
    ],
    [
      'ending and an occurrence that is gone with the series that was deleted here',
      ending,
      { kind: 'absent', series: tombstone('ser', { organizer: here }) },
    ],
    ['ending and moved, and deleted there', ending, leftFor(sighted(tombstone('ev1', { organizer: { self: true } })))],
    [
      'ending and moved, and deleted there since it was bound',
      ending,
      leftFor(sighted(tombstone('ev1', { organizer: { self: true }, updated: new Date(ending.bornMs).toISOString() }))),
    ],
    [
      'ending and moved, and without a conference there',
      ending,
      leftFor(sighted(eventRow({ updated: '2020-01-01T00:00:00Z' }))),
    ],
    [
      'ending and an occurrence of a series that moved, cancelled there',
      ending,
      leftFor(sighted(tombstone('ev1'), { series: eventRow({ organizer: { email: TEAM } }) })),
    ],
    ['ending and without a conference', ending, row(without)],
    ['ending and with another conference', ending, row(other)],
    ['pending and absent', pending, absent],
    ['pending and saved without the conference', pending, row(without)],
  ])('cancels it: %s', (_name, binding, look) => {
    const { kinds, after } = settled(binding, look);
    expect(kinds).toContain('cancel');
    expect(after?.todo).toBeDefined();
  });

  it('proves nothing when the event is shown without details', () => {
    for (const binding of [ending, pending, live]) {
      const { kinds, after } = settled(binding, row(withheld));
      expect(kinds).toEqual([]);
      expect(after).toBe(binding);
    }
  });

  it('begins the grace period of one that was live until now', () => {
    for (const look of [absent, row(tombstone()), row(without)]) {
      const { kinds, after } = settled(live, look);
      expect(kinds).toEqual([]);
      expect(after).toMatchObject({ state: 'ending', todo: { kind: 'settle' } });
      expect(after?.todo?.notBeforeMs).toBeGreaterThan(due.notBeforeMs);
    }
  });

  it('keeps it when the event carries it again', () => {
    for (const binding of [ending, pending, live]) {
      const { kinds, after } = settled(binding, row(eventRow({ conferenceData: stamped('conf1') })));
      expect(kinds).toEqual(['update']);
      expect(after).toMatchObject({ state: 'live', todo: { kind: 'deliver' } });
    }
  });
});

describe('the occurrences of an event', () => {
  const DAILY = { recurrence: ['RRULE:FREQ=DAILY'] };

  it.each<[string, Binding, Row]>([
    ['ends', ending, eventRow(DAILY)],
    ['was awaited in vain', pending, eventRow(DAILY)],
  ])('are looked at where it is a series whose conference %s', (_name, binding, series) => {
    expect(wantsOccurrences(binding, series)).toBe(true);
  });

  it.each<[string, Binding, Row]>([
    ['the series lost its conference just now', live, eventRow(DAILY)],
    ['the conference is broken', bindingOf({ state: 'broken' }), eventRow(DAILY)],
    ['the series is deleted', ending, { ...eventRow(DAILY), status: 'cancelled' }],
    ['the series shows the conference', ending, { ...carrying, ...DAILY }],
    ['it is no series', ending, eventRow()],
    ['it is no series any more', ending, eventRow({ recurrence: [] })],
  ])('are not looked at where %s', (_name, binding, seen) => {
    expect(wantsOccurrences(binding, seen)).toBe(false);
  });
});

describe('a conference that other events refer to', () => {
  it.each<[string, Binding]>([
    ['live', bindingOf({ eventId: 'copy' })],
    ['pending', bindingOf({ eventId: 'copy', state: 'pending', todo: due })],
    ['broken', bindingOf({ eventId: 'copy', state: 'broken' })],
  ])('is not cancelled while one of them is %s: this one is forgotten', (_name, copy) => {
    const { kinds, ledger } = settled(ending, deleted, [copy]);
    expect(kinds).toEqual([]);
    expect(ledger.all()).toEqual([copy]);
  });

  it('is cancelled by the last of several that end together', () => {
    const second = bindingOf({ eventId: 'copy', state: 'ending', todo: due });
    const { kinds, ledger } = settled(ending, deleted, [second]);
    expect(kinds).toEqual([]);
    expect(ledger.all()).toEqual([second]);
    const look = row(tombstone('copy', { organizer: here }));
    expect(settle(second, look, ledger, diffContext(), planContext())).toEqual([{ kind: 'cancel', binding: second }]);
  });

  it('is not kept by its own occurrences', () => {
    const series = { ...ending, eventId: 'ser' };
    expect(settled(series, deleted, [bindingOf({ eventId: 'ser_1', series: 'ser' })]).kinds).toEqual(['cancel']);
  });
});

describe('a provider that cannot end a conference', () => {
  it('is not asked: the binding is forgotten', () => {
    const { kinds, ledger } = settled(ending, deleted, [], 'none');
    expect(kinds).toEqual([]);
    expect(ledger.size).toBe(0);
  });
});

describe('an event that switched from one of our conferences to another', () => {
  it('has the old one cancelled, while the new one is bound by its own row', () => {
    const next = bindingOf({ conference: 'conf2' });
    const { kinds } = settled(ending, row(other), [next]);
    expect(kinds).toContain('cancel');
  });
});

describe('an event that left nothing but its id on its calendar', () => {
  it('ends its conference where the operator wants that', () => {
    const ledger = new Ledger([ending]);
    const context = planContext({ retry: true, policies: { ...DEFAULT_POLICIES, vanishedEvents: 'end' } });
    expect(settle(ending, row(tombstone()), ledger, diffContext(), context).map(({ kind }) => kind)).toEqual([
      'cancel',
    ]);
  });
});
