/** What planning leaves alone: what is newer than the change, what another conference was told, what nobody has to hear. */
import { type Binding, bindingKey } from '../../src/core/binding';
import { type Change, diffRow } from '../../src/core/diff';
import { Ledger } from '../../src/core/ledger';
import { planActions } from '../../src/core/plan';
import { DEFAULT_POLICIES, HOUR_MS } from '../../src/core/policies';
import {
  bindingOf,
  deliveredAs,
  diffContext,
  KEEPS_ALL,
  NOW_MS,
  ours,
  planContext,
  toDo,
  tombstone,
} from '../support/core-world';

const WEEKLY = { recurrence: ['RRULE:FREQ=WEEKLY'] };
const forgetful = { capabilitiesOf: () => ({ ...KEEPS_ALL, occurrences: 'keeps-until-rescheduled' as const }) };

describe('a change that is planned after others of the same row', () => {
  it('builds on what those made of the binding', () => {
    const ledger = new Ledger([bindingOf()]);
    const [change] = diffRow(ours(), ledger, diffContext());
    const newer = bindingOf({ bornMs: 0 });
    ledger.put(newer);
    planActions([change as Change], ledger, planContext());
    expect(ledger.get(bindingKey(newer))?.bornMs).toBe(0);
  });
});

describe('a series that refers to its conference in vain', () => {
  it('has no occurrences read for it', () => {
    const broken = bindingOf({ state: 'broken', endsMs: 0 });
    const ledger = new Ledger([broken]);
    planActions(diffRow(ours(WEEKLY), ledger, diffContext()), ledger, planContext());
    expect(ledger.get(bindingKey(broken))).toMatchObject({ state: 'broken' });
    expect(ledger.get(bindingKey(broken))).not.toHaveProperty('unread');
  });
});

describe('a repair that is under way', () => {
  it('goes on counting its attempts when the event is seen again with the dead link', () => {
    const policies = { ...DEFAULT_POLICIES, brokenLinks: 'repair' as const };
    const repairing = bindingOf({ state: 'broken', todo: toDo({ kind: 'repair', attempts: 2 }) });
    const ledger = new Ledger([repairing]);
    planActions(diffRow(ours(), ledger, diffContext()), ledger, planContext({ policies }));
    expect(ledger.get(bindingKey(repairing))).toMatchObject({ state: 'broken', todo: { kind: 'repair', attempts: 2 } });
  });
});

describe('a series that is rescheduled at a provider that forgets its occurrences then', () => {
  const series = bindingOf({ delivered: deliveredAs(ours(WEEKLY)), endsMs: 0, lengthMs: HOUR_MS });
  const rescheduled = ours({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=9'] });

  function touched(...others: Binding[]): string[] {
    const ledger = new Ledger([series, ...others]);
    planActions(diffRow(rescheduled, ledger, diffContext(forgetful)), ledger, planContext());
    const keys = ledger.takeTouched();
    return others.filter((other) => keys.has(bindingKey(other))).map(({ eventId }) => eventId);
  }

  it('tells those occurrences again that it had told', () => {
    expect(touched(bindingOf({ eventId: 'ev1_1', series: 'ev1', delivered: 'AAAAAA' }))).toEqual(['ev1_1']);
    expect(touched(bindingOf({ eventId: 'ev1_1', series: 'ev1', todo: toDo() }))).toEqual([]);
  });

  it('leaves those that were told to another conference of the series', () => {
    const second = bindingOf({ conference: 'conf2', state: 'ending', todo: toDo({ kind: 'settle' }) });
    const told = bindingOf({ eventId: 'ev1_1', series: 'ev1', conference: 'conf2', delivered: 'AAAAAA' });
    expect(touched(second, told)).toEqual([]);
  });
});

describe('a copy that goes away', () => {
  it('gives the event that drives nothing to do', () => {
    const driver = bindingOf({ eventId: 'first', bornMs: 0, delivered: 'AAAAAA' });
    const copy = bindingOf({ eventId: 'copy', bornMs: NOW_MS });
    const ledger = new Ledger([driver, copy]);
    planActions(diffRow(tombstone('copy'), ledger, diffContext()), ledger, planContext());
    expect(ledger.get(bindingKey(driver))).toBe(driver);
  });
});

describe('an event that comes from another calendar', () => {
  it('leaves what was told of the occurrences of a series there', () => {
    const series = bindingOf({ calendar: 'elsewhere', eventId: 'ser', endsMs: 0, bornMs: 0 });
    const told = bindingOf({ calendar: 'elsewhere', eventId: 'ser_1', series: 'ser', delivered: 'AAAAAA' });
    const ledger = new Ledger([series, told]);
    planActions(diffRow(ours(), ledger, diffContext()), ledger, planContext());
    expect(ledger.get(bindingKey(told))).toEqual(told);
  });
});

describe('an occurrence that is remembered', () => {
  it('is told also when there is no room for new ones', () => {
    const series = bindingOf({ eventId: 'ser', endsMs: 0 });
    const remembered = bindingOf({ eventId: 'ser_1', series: 'ser', delivered: 'AAAAAA' });
    const ledger = new Ledger([series, remembered]);
    const row = tombstone('ser_1', {
      recurringEventId: 'ser',
      originalStartTime: { dateTime: '2026-06-02T08:00:00Z' },
    });
    const actions = planActions(diffRow(row, ledger, diffContext()), ledger, planContext({ hasRoom: false }));
    expect(actions).toMatchObject([{ kind: 'update-occurrence' }]);
  });
});
