/** Occurrences that have a conference on their own, and what becomes of that when their series gets the same one. */
import type { Binding } from '../../src/core/binding';
import { bindingKey } from '../../src/core/binding';
import { fingerprintOf } from '../../src/core/fingerprint';
import { driverOf, Ledger } from '../../src/core/ledger';
import { type Meeting, projectMeeting } from '../../src/core/meeting';
import { planActions } from '../../src/core/plan';
import { DEFAULT_POLICIES, HOUR_MS } from '../../src/core/policies';
import {
  bindingOf,
  CALENDAR,
  deliveredAs,
  eventRow,
  KEEPS_ALL,
  NOW_MS,
  ours,
  planContext,
  read,
  stamped,
  toDo,
  tombstone,
} from '../support/core-world';

const SLOT = { dateTime: '2026-06-09T07:00:00Z' };
const id = 'ser_20260609T070000Z';
const at = (hour: string) => ({ dateTime: `2026-06-09T${hour}:00:00+02:00`, timeZone: 'Europe/Zurich' });
const exception = ours({ id, recurringEventId: 'ser', originalStartTime: SLOT, start: at('15'), end: at('16') });
const series = ours({ id: 'ser', recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] });
const alone = (over: Partial<Binding> = {}) => bindingOf({ eventId: id, delivered: deliveredAs(exception), ...over });
const wholly = fingerprintOf(
  projectMeeting(series, 'Europe/Zurich', DEFAULT_POLICIES) as Meeting,
  new Set(KEEPS_ALL.keeps),
);

describe('a series that gets the conference which one of its occurrences has alone', () => {
  it('drives it at once, and is told with its rule and all that is not as it was told of the occurrence', () => {
    const ledger = new Ledger([alone()]);
    const [action, ...others] = read(series, ledger);
    expect(others).toEqual([]);
    expect(action).toMatchObject({ kind: 'update', fields: ['time', 'recurrence'], wanted: wholly });
    expect(ledger.all()).toMatchObject([{ eventId: 'ser', delivered: deliveredAs(exception), unread: true }]);
  });

  it('does so where it waited for its event', () => {
    const pending = bindingOf({ eventId: 'ser', state: 'pending', todo: toDo({ kind: 'settle' }) });
    const ledger = new Ledger([alone(), pending]);
    expect(read(series, ledger)).toMatchObject([{ kind: 'update', binding: { eventId: 'ser' } }]);
    expect(ledger.all()).toHaveLength(1);
  });

  it('has the occurrence told after it, as an occurrence', () => {
    const ledger = new Ledger([alone()]);
    read(series, ledger);
    expect(read(exception, ledger)).toMatchObject([{ kind: 'update-occurrence', occurrence: { slot: SLOT.dateTime } }]);
    expect(ledger.get(bindingKey(alone()))).toMatchObject({ series: 'ser' });
  });

  it('leaves an occurrence with another conference, or on its way out, as it is', () => {
    const others = [alone({ conference: 'conf2' }), alone({ state: 'ending', todo: toDo({ kind: 'settle' }) })];
    for (const other of others) {
      const ledger = new Ledger([other]);
      read(series, ledger);
      const { state, conference } = other;
      expect(ledger.get(bindingKey(other))).toMatchObject({ state, conference });
    }
  });

  it('owes what was not told of the occurrence, also when another event drives the conference', () => {
    const copy = bindingOf({ eventId: 'copy', bornMs: NOW_MS - HOUR_MS });
    const ledger = new Ledger([alone({ delivered: '', todo: toDo(), bornMs: 0 }), copy]);
    expect(read(series, ledger)).toEqual([]);
    expect(driverOf(ledger.all(), NOW_MS)).toMatchObject({ eventId: 'copy', todo: { kind: 'deliver' } });
  });

  it('takes nothing from the occurrences of another series of nearly the same name', () => {
    const other = bindingOf({ eventId: 'ser2_20260609T070000Z' });
    const ledger = new Ledger([other]);
    read(series, ledger);
    expect(ledger.get(bindingKey(other))).toBeDefined();
  });

  it('is no series when it does not repeat', () => {
    const ledger = new Ledger([alone()]);
    read(ours({ id: 'ser' }), ledger);
    expect(ledger.get(bindingKey(alone()))).toBeDefined();
  });
});

describe('a change of one occurrence that is taken back before it was told', () => {
  const cancelled = tombstone(id, { recurringEventId: 'ser', originalStartTime: SLOT });
  const moved = eventRow({ ...exception, conferenceData: stamped('conf1') });

  it('is told no more', () => {
    const master = bindingOf({ eventId: 'ser', delivered: wholly, endsMs: 0, lengthMs: HOUR_MS });
    const ledger = new Ledger([master]);
    read(cancelled, ledger);
    const told = ledger.ofEvent(CALENDAR, id)[0] as Binding;
    const { todo: _done, ...rest } = told;
    ledger.put({ ...rest, delivered: 'i_k2ud' });
    expect(read(moved, ledger)).toHaveLength(1);
    expect(read(cancelled, ledger)).toEqual([]);
    expect(ledger.ofEvent(CALENDAR, id)[0]?.todo).toBeUndefined();
  });

  it('is no reason to put back what is not remembered any more', () => {
    const gone = bindingOf({ eventId: id, series: 'ser', todo: toDo() });
    const ledger = new Ledger();
    planActions([{ kind: 'occurrence-told', binding: gone }], ledger, planContext());
    expect(ledger.all()).toEqual([]);
  });
});
