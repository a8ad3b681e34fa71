import { Ledger } from '../../src/core/ledger';
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { reconcile } from '../../src/sync/reconcile';
import { bindingOf, CALENDAR_ID, diffContext, eventRow, NOW_MS, toDo } from '../support/core-world';
import { type SyncWorld, syncWorld } from '../support/sync-world';

/** An event whose deletion fell into a gap: its row is gone and the token has expired. */
function gap(others = 1, way: 'purge' | 'removeUnlisted' = 'purge'): { world: SyncWorld; id: string } {
  const world = syncWorld();
  const id = world.book();
  for (let i = 0; i < others; i++) world.calendar.put(CALENDAR_ID, eventRow({ id: `other${i}` }));
  world.pass();
  world.calendar[way](CALENDAR_ID, 'ev1');
  world.calendar.expireTokens(CALENDAR_ID);
  return { world, id };
}

describe('a deletion that fell into a gap', () => {
  it('is found by the full list, and confirmed twice before the conference is cancelled', () => {
    const { world, id } = gap(1, 'removeUnlisted');
    world.pass();
    expect(world.calendar.calls.at(-1)).toBe(`get ${CALENDAR_ID} ev1`);
    expect(world.bindings()).toMatchObject([{ state: 'ending' }]);
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(true);
  });

  it('has its conference kept, and remembered, where Google does not know the event any more', () => {
    const { world, id } = gap();
    world.pass();
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
    expect(world.bindings()).toMatchObject([{ state: 'away' }]);
  });

  it('is not concluded from a list that left out an event which is still there', () => {
    const { world, id } = gap();
    world.calendar.get = () => {
      const owner = world.state().owner;
      return eventRow({
        conferenceData: {
          parameters: {
            addOnParameters: {
              parameters: {
                'lockstep.solution': 'example-meet',
                'lockstep.conference': id,
                'lockstep.owner': owner,
              },
            },
          },
        },
      });
    };
    world.pass();
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
    expect(world.bindings()[0]?.todo).toBeUndefined();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
  });
});

describe('an empty full list', () => {
  it('proves nothing: no event is looked at before an hour has passed', () => {
    const { world, id } = gap(0);
    world.pass();
    expect(world.calendar.calls.filter((call) => call.startsWith('get'))).toEqual([]);
    expect(world.bindings()).toMatchObject([
      { state: 'live', todo: { kind: 'settle', notBeforeMs: NOW_MS + HOUR_MS } },
    ]);
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
  });

  it('does no harm when it was a glitch', () => {
    const { world, id } = gap(0);
    world.pass();
    world.edit('ev1', id, {});
    world.pass();
    world.clock.advance(2 * HOUR_MS);
    world.sweep();
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
    expect(world.meet.conferences.get(id)?.cancelled).toBe(false);
  });
});

describe('reconciling', () => {
  const context = diffContext();
  const settledAfter = (binding: ReturnType<typeof bindingOf>) => {
    const ledger = new Ledger([binding]);
    reconcile({ rows: [eventRow({ id: 'other' })], isFirst: true, isEmpty: false }, ledger, context);
    return ledger.takeTouched().size > 0 && ledger.all()[0]?.todo?.kind === 'settle';
  };

  it('asks for a look at events that are expected and not listed, and at nothing else', () => {
    expect(settledAfter(bindingOf())).toBe(true);
    expect(settledAfter(bindingOf({ state: 'broken' }))).toBe(true);
    expect(settledAfter(bindingOf({ eventId: 'other' }))).toBe(false);
    expect(settledAfter(bindingOf({ state: 'pending', todo: toDo({ kind: 'settle' }) }))).toBe(false);
    expect(settledAfter(bindingOf({ state: 'ending', todo: toDo({ kind: 'settle' }) }))).toBe(false);
    expect(settledAfter(bindingOf({ series: 'ser' }))).toBe(false);
    expect(settledAfter(bindingOf({ calendar: 'calTWO' }))).toBe(false);
  });
});
