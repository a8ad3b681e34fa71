import { type Binding, bindingKey } from '../../src/core/binding';
import { Ledger } from '../../src/core/ledger';
import { DEFAULT_POLICIES } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { type Look, settle, wantsOccurrences } from '../../src/core/settle';
import {
  bindingOf,
  CALENDAR,
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
const without = eventRow();
const carrying = eventRow({ conferenceData: stamped('conf1') });
const other = eventRow({ conferenceData: stamped('conf2') });
const { organizer: _hidden, ...withheld } = eventRow();

describe('another look at an event whose conference is to end', () => {
  it.each<[string, Binding, Look]>([
    ['ending and absent', ending, absent],
    ['ending and deleted', ending, row({ ...eventRow(), status: 'cancelled' })],
    [
      'ending and deleted, although Google still shows its conference',
      ending,
      row({ ...carrying, status: 'cancelled' }),
    ],
    ['ending and deleted, of which the organiser is still shown', ending, row(tombstone('ev1', { organizer: {} }))],
    ['ending and deleted, of which the time is still shown', ending, row(tombstone('ev1', { start: {} }))],
    ['ending and a cancelled occurrence', ending, row(tombstone('ev1', { recurringEventId: 'ser' }))],
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

describe('an event that left nothing but its id', () => {
  const second = bindingOf({ eventId: 'copy', state: 'ending', todo: due });

  it('may have moved out of sight: its conference is let go, not cancelled', () => {
    for (const binding of [ending, pending]) {
      const { kinds, ledger } = settled(binding, row(tombstone()));
      expect(kinds).toEqual([]);
      expect(ledger.size).toBe(0);
    }
  });

  it('saves its conference from those that end with it', () => {
    const { ledger } = settled(ending, row(tombstone()), [second]);
    expect(ledger.ofEvent(CALENDAR, 'ev1')).toMatchObject([{ state: 'away' }]);
    expect(settle(second, absent, ledger, diffContext(), planContext())).toEqual([]);
    expect(ledger.size).toBe(0);
  });

  it('is remembered beside another that did, so that none comes back as the only one', () => {
    const { ledger } = settled(ending, row(tombstone()), [second]);
    expect(settle(second, row(tombstone('copy')), ledger, diffContext(), planContext())).toEqual([]);
    expect(ledger.all()).toMatchObject([
      { eventId: 'ev1', state: 'away' },
      { eventId: 'copy', state: 'away' },
    ]);
    expect(settle({ ...second, eventId: 'back' }, absent, ledger, diffContext(), planContext())).toEqual([]);
    expect(ledger.size).toBe(2);
  });

  it('is forgotten with its occurrences where it was the only one', () => {
    const occurrence = bindingOf({ eventId: 'ev1_1', series: 'ev1' });
    expect(settled(ending, row(tombstone()), [occurrence]).ledger.size).toBe(0);
  });

  it('leaves a conference to the events that are there', () => {
    const copy = bindingOf({ eventId: 'copy' });
    const { todo: _settled, ...left } = ending;
    expect(settled(ending, row(tombstone()), [copy]).ledger.all()).toEqual([copy, { ...left, state: 'away' }]);
  });

  it('keeps its conference from being cancelled with the last event in sight, which then is forgotten with it', () => {
    const away = bindingOf({ eventId: 'moved', state: 'away' });
    const { kinds, ledger } = settled(ending, { kind: 'absent' }, [away]);
    expect(kinds).toEqual([]);
    expect(ledger.size).toBe(0);
  });

  it('is forgotten, and keeps nothing, where the operator decided so later', () => {
    const away = bindingOf({ eventId: 'moved', state: 'away' });
    const ledger = new Ledger([ending, away]);
    const plan = planContext({ policies: { ...DEFAULT_POLICIES, vanishedEvents: 'end' } });
    expect(settle(ending, { kind: 'absent' }, ledger, diffContext(), plan)).toEqual([
      { kind: 'cancel', binding: ending },
    ]);
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

describe('a conference that other events refer to', () => {
  it.each<[string, Binding]>([
    ['live', bindingOf({ eventId: 'copy' })],
    ['pending', bindingOf({ eventId: 'copy', state: 'pending', todo: due })],
    ['broken', bindingOf({ eventId: 'copy', state: 'broken' })],
  ])('is not cancelled while one of them is %s: this one is forgotten', (_name, copy) => {
    const { kinds, ledger } = settled(ending, absent, [copy]);
    expect(kinds).toEqual([]);
    expect(ledger.all()).toEqual([copy]);
  });

  it('is cancelled by the last of several that end together', () => {
    const second = bindingOf({ eventId: 'copy', state: 'ending', todo: due });
    const { kinds, ledger } = settled(ending, absent, [second]);
    expect(kinds).toEqual([]);
    expect(ledger.all()).toEqual([second]);
    expect(settle(second, absent, ledger, diffContext(), planContext())).toEqual([{ kind: 'cancel', binding: second }]);
  });

  it('is not kept by its own occurrences', () => {
    const series = { ...ending, eventId: 'ser' };
    expect(settled(series, absent, [bindingOf({ eventId: 'ser_1', series: 'ser' })]).kinds).toEqual(['cancel']);
  });
});

describe('a provider that cannot end a conference', () => {
  it('is not asked: the binding is forgotten', () => {
    const { kinds, ledger } = settled(ending, absent, [], 'none');
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
  it('may live on elsewhere: its conference is let go, not cancelled', () => {
    const { kinds, after } = settled(ending, row(tombstone()));
    expect(kinds).toEqual([]);
    expect(after).toBeUndefined();
  });

  it('ends its conference where the operator wants that', () => {
    const ledger = new Ledger([ending]);
    const context = planContext({ retry: true, policies: { ...DEFAULT_POLICIES, vanishedEvents: 'end' } });
    expect(settle(ending, row(tombstone()), ledger, diffContext(), context).map(({ kind }) => kind)).toEqual([
      'cancel',
    ]);
  });
});
