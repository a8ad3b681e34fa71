/** What a pass that died, or that could not put on record what it did, leaves in doubt; and what it does not. */
import type { Binding } from '../../src/core/binding';
import { addOnError } from '../../src/core/errors';
import { UNKNOWN } from '../../src/core/fingerprint';
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { distrust, withActingMark } from '../../src/sync/dead-pass';
import { LedgerShards } from '../../src/sync/shards';
import { UserState } from '../../src/sync/user-state';
import { bindingOf, diffContext, eventRow, NOW_MS, SOLUTION, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

const told = (over: Partial<Binding> = {}) => bindingOf({ delivered: 'AAAAAA', ...over });

function distrusted(bindings: readonly Binding[], ...rows: Row[]): Binding[] {
  const shards = new LedgerShards({});
  for (const binding of bindings) shards.ledger.put(binding);
  const state = new UserState(shards.takeEntries());
  distrust(rows, state, diffContext());
  return state.ledger.all();
}

/** What the ledger takes for delivered of each event, once these rows are in doubt. */
function inDoubt(bindings: readonly Binding[], ...rows: Row[]): Record<string, string> {
  return Object.fromEntries(distrusted(bindings, ...rows).map(({ eventId, delivered }) => [eventId, delivered]));
}

describe('in doubt', () => {
  it('is what was told of an event that comes again, and of no other', () => {
    expect(inDoubt([told(), told({ eventId: 'ev2', conference: 'conf2' })], eventRow())).toEqual({
      ev1: UNKNOWN,
      ev2: 'AAAAAA',
    });
  });

  it('is what is due, and not what waits or was given up', () => {
    const each = [
      told({ todo: toDo() }),
      told({ eventId: 'later', conference: 'conf2', todo: toDo({ notBeforeMs: NOW_MS + 1_000 }) }),
      told({ eventId: 'parked', conference: 'conf3', todo: toDo({ parked: true }) }),
    ];
    expect(inDoubt(each)).toEqual({ ev1: UNKNOWN, later: 'AAAAAA', parked: 'AAAAAA' });
  });

  it('is not an event of the same name in another calendar', () => {
    expect(inDoubt([told({ calendar: 'calTWO' })], eventRow())).toEqual({ ev1: 'AAAAAA' });
  });

  it('is what another event told of the same conference, but not what was told of its occurrences', () => {
    const all = [bindingOf({ eventId: 'copy' }), told(), told({ eventId: 'ev1_1', series: 'ev1' })];
    expect(inDoubt(all, eventRow({ id: 'copy' }))).toEqual({ copy: '', ev1: UNKNOWN, ev1_1: 'AAAAAA' });
  });

  it.each<[string, Partial<Binding>, Binding['todo']]>([
    ['is told again without a row of its own', {}, toDo()],
    ['is told again when it would have been', { todo: toDo({ attempts: 2, notBeforeMs: NOW_MS + 1_000 }) }, undefined],
    ['is not told again at its end', { state: 'ending', todo: toDo({ kind: 'settle' }) }, undefined],
    ['is not told again once it is broken', { state: 'broken' }, undefined],
  ])('%s, when only another event of its conference comes again', (_, over, owed) => {
    const driver = told(over);
    expect(distrusted([bindingOf({ eventId: 'copy' }), driver], eventRow({ id: 'copy' }))).toContainEqual({
      ...driver,
      delivered: UNKNOWN,
      ...(owed && { todo: owed }),
    });
  });

  it('owes nothing to an event that comes again itself', () => {
    expect(distrusted([told()], eventRow())).toEqual([told({ delivered: UNKNOWN })]);
  });

  it('is what was told of an occurrence that comes again, but not what was told of its series', () => {
    const all = [told({ eventId: 'ser' }), told({ eventId: 'ser_1', series: 'ser' })];
    expect(inDoubt(all, eventRow({ id: 'ser_1' }))).toEqual({ ser: 'AAAAAA', ser_1: UNKNOWN });
  });
});

describe('the mark of a pass that was killed', () => {
  it('counts as two failures of a provider that was well', () => {
    const world = syncWorld();
    world.marks.put(`acting:${SOLUTION}`);
    world.pass();
    expect(world.state().pauses.get(SOLUTION)).toMatchObject({ failures: 2, untilMs: NOW_MS + MINUTE_MS });
    expect(world.log.of('dead-pass')).toEqual([{ event: 'dead-pass', solution: SOLUTION }]);
  });

  it.each([
    [1, 2],
    [3, 4],
  ])('counts as one of a provider that has failed %d times before', (before, after) => {
    const world = syncWorld();
    world.book();
    world.meet.script = () => json(503, {});
    world.pass();
    for (let i = 1; i < before; i++) {
      world.clock.advance(HOUR_MS);
      world.sweep();
    }
    expect(world.state().pauses.get(SOLUTION)?.failures).toBe(before);
    world.marks.put(`acting:${SOLUTION}`);
    world.pass();
    expect(world.state().pauses.get(SOLUTION)?.failures).toBe(after);
  });

  it('of doubt alone pauses nobody', () => {
    const world = syncWorld();
    world.marks.put('doubt');
    world.pass();
    expect(world.state().pauses.size).toBe(0);
    expect(world.log.of('dead-pass')).toEqual([]);
    expect(world.marks.set.size).toBe(0);
  });
});

describe('while providers are called', () => {
  function during(solutions: string[], paused: Record<string, number> = {}, act: () => void = () => undefined) {
    const world = syncWorld();
    const state = world.state();
    for (const [solution, untilMs] of Object.entries(paused)) {
      state.pauses.set(solution, { failures: 2, untilMs, reason: 'unavailable', sinceMs: NOW_MS });
    }
    let marks: string[] = [];
    const go = () =>
      withActingMark(solutions, state, world.deps, () => {
        marks = [...world.marks.set];
        act();
      });
    return { world, go, marks: () => marks };
  }

  it('there is a mark for each that may be called, and none for one that is left alone', () => {
    const { go, marks, world } = during(['a', 'b', 'c', 'a'], { b: NOW_MS + 1, c: NOW_MS });
    go();
    expect(marks()).toEqual(['acting:a', 'acting:c']);
    expect(world.marks.set.size).toBe(0);
  });

  it('a throw takes the marks away, and leaves another only if the store refused to write', () => {
    for (const [thrown, left] of [
      [addOnError('store-refused', 'retry-later', 'full'), ['unwritten']],
      [addOnError('google-unavailable', 'retry-later', 'out'), []],
      [new TypeError('mapping'), []],
    ] as const) {
      const { go, world } = during(['a'], {}, () => {
        throw thrown;
      });
      expect(go).toThrow(thrown.message);
      expect([...world.marks.set]).toEqual(left);
    }
  });
});
