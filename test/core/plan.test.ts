import { type Binding, bindingKey } from '../../src/core/binding';
import { MAX_OCCURRENCES } from '../../src/core/bounds';
import { diffRow } from '../../src/core/diff';
import { Ledger } from '../../src/core/ledger';
import { type Meeting, projectMeeting } from '../../src/core/meeting';
import { type Action, isCurrent, planActions } from '../../src/core/plan';
import { DAY_MS, DEFAULT_POLICIES, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { endOf } from '../../src/core/series';
import {
  bindingOf,
  CALENDAR,
  deliveredAs,
  diffContext,
  eventRow,
  KEEPS_ALL,
  NOW_MS,
  ours,
  planContext,
  read,
  toDo,
  tombstone,
} from '../support/core-world';

describe('an event seen with its conference', () => {
  it('makes a pending binding live and delivers the event', () => {
    const pending = bindingOf({ state: 'pending', todo: toDo({ kind: 'settle' }) });
    const ledger = new Ledger([pending]);
    const [action] = read(ours(), ledger);
    expect(action).toMatchObject({ kind: 'update', fields: ['title', 'time', 'recurrence'] });
    expect(ledger.get(bindingKey(pending))).toMatchObject({ state: 'live', todo: { kind: 'deliver', attempts: 0 } });
  });

  it('is told in the fields that changed, and no others', () => {
    const ledger = new Ledger([bindingOf({ delivered: deliveredAs(ours()) })]);
    expect(read(ours({ summary: 'Talk' }), ledger)).toMatchObject([{ kind: 'update', fields: ['title'] }]);
  });

  it('costs nothing and writes nothing when no kept field changed', () => {
    const endsMs = Date.parse('2026-06-02T10:00:00+02:00');
    const ledger = new Ledger([bindingOf({ delivered: deliveredAs(ours()), endsMs })]);
    expect(read(ours({ etag: '"2"', attendees: [{ email: 'ben@example.com' }] }), ledger)).toEqual([]);
    expect(ledger.takeTouched()).toEqual(new Set());
  });

  it('withdraws an undelivered change that was taken back', () => {
    const binding = bindingOf({ delivered: deliveredAs(ours()), todo: toDo({ attempts: 3 }) });
    const ledger = new Ledger([binding]);
    expect(read(ours(), ledger)).toEqual([]);
    expect(ledger.get(bindingKey(binding))?.todo).toBeUndefined();
  });

  it('begins to count its attempts anew when it changed, and goes on counting when it is tried again', () => {
    const parked = bindingOf({ todo: toDo({ attempts: 7, parked: true }) });
    const changed = new Ledger([parked]);
    read(ours(), changed);
    expect(changed.get(bindingKey(parked))?.todo).toMatchObject({ attempts: 0, parked: false });
    const again = new Ledger([parked]);
    read(ours(), again, { retry: true });
    expect(again.get(bindingKey(parked))?.todo).toMatchObject({ attempts: 7 });
  });

  it('delivers nothing of a conference that is broken', () => {
    const broken = bindingOf({ state: 'broken' });
    const ledger = new Ledger([broken]);
    expect(read(ours({ summary: 'Talk' }), ledger)).toEqual([]);
    expect(ledger.get(bindingKey(broken))?.state).toBe('broken');
  });

  it('lives again when it was ending', () => {
    const ending = bindingOf({ state: 'ending', delivered: deliveredAs(ours()), todo: toDo({ kind: 'settle' }) });
    const ledger = new Ledger([ending]);
    expect(read(ours(), ledger)).toEqual([]);
    expect(ledger.get(bindingKey(ending))).toMatchObject({ state: 'live' });
    expect(ledger.get(bindingKey(ending))?.todo).toBeUndefined();
  });
});

describe('a series seen with its conference for the first time', () => {
  const weekly = ours({ recurrence: ['RRULE:FREQ=WEEKLY'] });

  it.each([
    ['adopted', []],
    ['pending', [bindingOf({ state: 'pending' })]],
  ])('is %s with its length, and its occurrences are still to be read', (_, known) => {
    const ledger = new Ledger(known);
    read(weekly, ledger);
    expect(ledger.all()).toMatchObject([{ state: 'live', lengthMs: HOUR_MS, unread: true, guest: false }]);
  });

  it('has nothing to be read once it was seen, and a single event never has', () => {
    const seen = new Ledger([bindingOf()]);
    read(weekly, seen);
    const single = new Ledger([bindingOf({ state: 'pending', unread: true })]);
    read(ours(), single);
    for (const ledger of [seen, single]) expect(ledger.all()[0]).not.toHaveProperty('unread');
    expect(single.all()[0]).not.toHaveProperty('lengthMs');
  });
});

describe('what is remembered of an event', () => {
  const endsMs = Date.parse('2026-06-02T10:00:00+02:00');

  it.each<[string, Partial<Binding>]>([
    ['the event is the user’s again', { guest: true }],
    ['it ends later', { endsMs: endsMs - HOUR_MS }],
    ['it is a series no more', { lengthMs: HOUR_MS }],
  ])('is put right without a call when %s', (_, over) => {
    const ledger = new Ledger([bindingOf({ delivered: deliveredAs(ours()), endsMs, ...over })]);
    expect(read(ours(), ledger)).toEqual([]);
    expect(ledger.takeTouched().size).toBe(1);
    expect(ledger.all()[0]).toEqual(bindingOf({ delivered: deliveredAs(ours()), endsMs }));
  });
});

describe('an event that is gone', () => {
  it('is settled after the grace period and cancels nothing now', () => {
    const binding = bindingOf();
    const ledger = new Ledger([binding]);
    expect(read(tombstone(), ledger)).toEqual([]);
    expect(ledger.get(bindingKey(binding))).toMatchObject({
      state: 'ending',
      todo: { kind: 'settle', notBeforeMs: NOW_MS + DEFAULT_POLICIES.graceMinutes * MINUTE_MS },
    });
  });

  it('is settled after the grace period, too, when it only dropped its conference', () => {
    const ledger = new Ledger([bindingOf()]);
    expect(read(eventRow(), ledger)).toEqual([]);
    expect(ledger.all()).toMatchObject([{ state: 'ending', todo: { kind: 'settle' } }]);
  });

  it('does not put its end off when its tombstone comes again', () => {
    const binding = bindingOf();
    const ledger = new Ledger([binding]);
    read(tombstone(), ledger);
    ledger.takeTouched();
    expect(read(tombstone(), ledger, { nowMs: NOW_MS + HOUR_MS })).toEqual([]);
    expect(ledger.takeTouched()).toEqual(new Set());
  });

  it('releases a binding whose event belongs to somebody else now, with its occurrences', () => {
    const guest = bindingOf({ eventId: 'ser', guest: true });
    const occurrence = bindingOf({ eventId: 'ser_1', series: 'ser' });
    const ledger = new Ledger([guest, occurrence]);
    expect(read(tombstone('ser'), ledger)).toEqual([]);
    const { todo: _none, ...kept } = guest;
    expect(ledger.all()).toEqual([{ ...kept, vanished: true, state: 'away' }]);
  });
});

describe('an adopted event', () => {
  it('is bound from now on and delivered when no older one drives', () => {
    const ledger = new Ledger();
    const [action] = read(ours({ id: 'copy' }), ledger);
    expect(action).toMatchObject({ kind: 'update' });
    expect(ledger.ofEvent(CALENDAR, 'copy')).toMatchObject([{ state: 'live', bornMs: NOW_MS, delivered: '' }]);
  });

  describe.each(['ending', 'away'] as const)('may be one that is %s elsewhere:', (state) => {
    const at = endOf(projectMeeting(ours(), 'Europe/Zurich', DEFAULT_POLICIES) as Meeting);
    const left = (over: Partial<Binding>) => bindingOf({ calendar: 'elsewhere', endsMs: at, state, ...over });
    const boundAfter = (row: Row, ...known: Binding[]) => {
      const ledger = new Ledger(known);
      read(row, ledger);
      return ledger.all().map(({ eventId }) => eventId);
    };

    it('the one of its times is let go, and nothing else', () => {
      const other = bindingOf({ eventId: 'other' });
      const occurrence = bindingOf({ eventId: 'other_1', series: 'other', state: 'ending' });
      const later = left({ eventId: 'later', endsMs: at + DAY_MS });
      const shorter = left({ eventId: 'shorter', lengthMs: DAY_MS });
      const known = [later, shorter, left({ eventId: 'left' }), left({ eventId: 'twin' }), other, occurrence];
      expect(boundAfter(ours({ id: 'moved' }), ...known)).toEqual([
        'later',
        'shorter',
        'twin',
        'other',
        'other_1',
        'moved',
      ]);
    });

    it('and none that is in sight there, no occurrence, and none of its own calendar, of which it is a copy', () => {
      const there = { calendar: 'elsewhere', endsMs: at };
      const known = [
        bindingOf({ ...there, eventId: 'in-sight' }),
        bindingOf({ ...there, eventId: 'in-sight_1', series: 'in-sight' }),
        bindingOf({ eventId: 'left', state, endsMs: at }),
      ];
      expect(boundAfter(ours({ id: 'copy' }), ...known)).toEqual(['in-sight', 'in-sight_1', 'left', 'copy']);
    });

    it('rather the one of its id, whatever its times are now', () => {
      const same = left({ eventId: 'moved', endsMs: at + DAY_MS });
      expect(boundAfter(ours({ id: 'moved' }), left({ eventId: 'twin' }), same)).toEqual(['twin', 'moved']);
    });
  });

  it('is not bound when the store has no room', () => {
    const ledger = new Ledger();
    expect(read(ours({ id: 'copy' }), ledger, { hasRoom: false })).toEqual([]);
    expect(ledger.size).toBe(0);
  });
});

describe('an occurrence of a series', () => {
  const series = bindingOf({ eventId: 'ser', delivered: 'AAAAAA', endsMs: 0 });
  const slot = { dateTime: new Date(NOW_MS + DAY_MS).toISOString() };
  const cancelled = tombstone('ser_1', { recurringEventId: 'ser', originalStartTime: slot });

  it('is remembered under its series with a to-do, before it is told', () => {
    const ledger = new Ledger([series]);
    const [action] = read(cancelled, ledger);
    expect(action).toMatchObject({ kind: 'update-occurrence', occurrence: { slot: '2026-06-02T08:00:00Z' } });
    expect(ledger.ofEvent(CALENDAR, 'ser_1')).toMatchObject([
      { series: 'ser', conference: 'conf1', delivered: '', todo: { kind: 'deliver' } },
    ]);
    expect(ledger.get(bindingKey(series))).toBe(series);
  });

  it('is told to the conference its series has now, not to the one it had', () => {
    const before = bindingOf({ eventId: 'ser', conference: 'conf0', state: 'ending', todo: toDo({ kind: 'settle' }) });
    const remembered = bindingOf({ eventId: 'ser_1', series: 'ser', conference: 'conf0', delivered: 'BBBBBB' });
    const ledger = new Ledger([before, remembered, series]);
    const actions = read(cancelled, ledger);
    expect(actions.map((action) => action.binding.conference)).toEqual(['conf1']);
  });

  it('is not followed beyond a bound per series', () => {
    const many = Array.from({ length: MAX_OCCURRENCES }, (_, i) => bindingOf({ eventId: `ser_x${i}`, series: 'ser' }));
    const ledger = new Ledger([series, ...many]);
    expect(read(cancelled, ledger)).toEqual([]);
  });

  it('is followed on when it changes again, also at that bound, with attempts that begin anew', () => {
    const many = Array.from({ length: MAX_OCCURRENCES - 1 }, (_, i) =>
      bindingOf({ eventId: `ser_x${i}`, series: 'ser' }),
    );
    const known = bindingOf({
      eventId: 'ser_1',
      series: 'ser',
      delivered: 'BBBBBB',
      bornMs: 0,
      todo: toDo({ attempts: 3 }),
    });
    const ledger = new Ledger([series, ...many, known]);
    expect(read(cancelled, ledger)).toMatchObject([{ kind: 'update-occurrence', binding: { delivered: 'BBBBBB' } }]);
    expect(ledger.get(bindingKey(known))).toMatchObject({ bornMs: 0, todo: { attempts: 0 } });
    expect(read(cancelled, ledger, { retry: true })).toHaveLength(1);
  });

  it('goes on counting its attempts when it is tried again', () => {
    const known = bindingOf({ eventId: 'ser_1', series: 'ser', todo: toDo({ attempts: 3 }) });
    const ledger = new Ledger([series, known]);
    read(cancelled, ledger, { retry: true });
    expect(ledger.get(bindingKey(known))?.todo?.attempts).toBe(3);
  });

  it.each<[string, Ledger]>([
    ['is not there any more', new Ledger()],
    ['is ending', new Ledger([{ ...series, state: 'ending' }])],
    ['does not drive its conference', new Ledger([series, bindingOf({ eventId: 'older', bornMs: 0 })])],
  ])('is not told when its series %s', (_, ledger) => {
    const change = { eventId: 'ser_1', series, occurrence: { slot: '2026-06-02T08:00:00Z' }, wanted: 'CCCCCC' };
    expect(planActions([{ kind: 'occurrence', ...change }], ledger, planContext())).toEqual([]);
    expect(ledger.ofEvent(CALENDAR, 'ser_1')).toEqual([]);
  });

  it('of which only the id is left is looked at again with its series, stays as long as that, and then is forgotten', () => {
    const remembered = bindingOf({ eventId: 'ser_1', series: 'ser' });
    const left = (...masters: Binding[]) => {
      const ledger = new Ledger([...masters, remembered]);
      expect(planActions([{ kind: 'occurrence-gone', binding: remembered }], ledger, planContext())).toEqual([]);
      return ledger.all();
    };
    expect(left(series)).toEqual([{ ...series, unread: true }, remembered]);
    const ending: Binding = { ...series, state: 'ending' };
    expect(left(ending)).toEqual([ending, remembered]);
    expect(left()).toEqual([]);
  });
});

describe('a planned action', () => {
  it('is current until a later row of the same event overtakes it', () => {
    const ledger = new Ledger([bindingOf()]);
    const [first] = read(ours(), ledger);
    expect(isCurrent(first as Action, ledger)).toBe(true);
    const [second] = read(ours({ summary: 'Talk' }), ledger);
    expect(isCurrent(first as Action, ledger)).toBe(false);
    expect(isCurrent(second as Action, ledger)).toBe(true);
    read(tombstone(), ledger);
    expect(isCurrent(second as Action, ledger)).toBe(false);
  });

  it('is not current when it would cancel a conference that another event refers to', () => {
    const ending = bindingOf({ state: 'ending', todo: toDo({ kind: 'settle' }) });
    const ledger = new Ledger([ending, bindingOf({ eventId: 'copy' })]);
    expect(isCurrent({ kind: 'cancel', binding: ending }, ledger)).toBe(false);
  });

  it('is no longer current when it would cancel a conference that another event has brought back', () => {
    const ending = bindingOf({ state: 'ending', todo: toDo({ kind: 'settle' }) });
    const ledger = new Ledger([ending]);
    const cancel: Action = { kind: 'cancel', binding: ending };
    expect(isCurrent(cancel, ledger)).toBe(true);
    read(ours({ id: 'copy' }), ledger);
    expect(isCurrent(cancel, ledger)).toBe(false);
  });
});

describe('a series at a provider that forgets its occurrences when it is rescheduled', () => {
  const SECOND = 'ev1_20260609T070000Z';
  const weekly = ours({ recurrence: ['RRULE:FREQ=WEEKLY'] });
  const moved = bindingOf({ eventId: SECOND, series: 'ev1', delivered: 'AAAAAA' });
  const ledgerAfter = (change: Partial<Row>, occurrences: 'keeps' | 'keeps-until-rescheduled') => {
    const series = bindingOf({ delivered: deliveredAs(weekly), endsMs: 0, lengthMs: HOUR_MS });
    const other = bindingOf({ eventId: 'ev2_1', series: 'ev2', conference: 'conf2', delivered: 'BBBBBB' });
    const ledger = new Ledger([series, moved, other]);
    const context = diffContext({ capabilitiesOf: () => ({ ...KEEPS_ALL, occurrences }) });
    const actions = planActions(diffRow({ ...weekly, ...change }, ledger, context), ledger, planContext());
    expect(actions.filter((action) => isCurrent(action, ledger))).toHaveLength(1);
    return ledger.all().map(({ eventId, delivered, unread }) => [eventId, eventId === 'ev1' || delivered, unread]);
  };
  const rescheduled: Array<Partial<Row>> = [
    { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=9'] },
    { end: { dateTime: '2026-06-02T10:30:00+02:00', timeZone: 'Europe/Zurich' } },
  ];

  it.each(rescheduled)('tells every one of them again after %j', (change) => {
    expect(ledgerAfter(change, 'keeps-until-rescheduled')).toEqual([
      ['ev1', true, true],
      [SECOND, '', undefined],
      ['ev2_1', 'BBBBBB', undefined],
    ]);
  });

  it('tells none of them again after another title', () => {
    expect(ledgerAfter({ summary: 'Other' }, 'keeps-until-rescheduled')[1]).toEqual([SECOND, 'AAAAAA', undefined]);
  });

  it('differs in this from a provider that keeps them', () => {
    expect(ledgerAfter(rescheduled[0] as Partial<Row>, 'keeps')).toEqual([
      ['ev1', true, undefined],
      [SECOND, 'AAAAAA', undefined],
      ['ev2_1', 'BBBBBB', undefined],
    ]);
  });
});
