/** A conference that is joined another way after an update: what its event is told of it, and when it is not. */
import { DEFAULT_POLICIES } from '../../src/core/policies';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { CALENDAR_ID, eventRow, SOLUTION } from '../support/core-world';
import { type SyncWorld, syncWorld } from '../support/sync-world';

/** An event that is told for the first time, by which its link changes. */
function moving(): SyncWorld {
  const world = syncWorld({ policies: { ...DEFAULT_POLICIES, brokenLinks: 'repair' } });
  const solution = world.deps.solutions.get(SOLUTION) as Solution;
  const provider: Provider = {
    ...solution.provider,
    *update(id, ...rest) {
      const outcome = yield* solution.provider.update(id, ...rest);
      return outcome.kind === 'done' ? { ...outcome, link: { id, joinUrl: 'https://meet.example.com/new' } } : outcome;
    },
  };
  world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
  world.book();
  return world;
}

const puts = (world: SyncWorld) => world.calendar.calls.filter((call) => call.startsWith('put'));

describe('a link that changed', () => {
  it('is put into the event, which is logged', () => {
    const world = moving();
    world.pass();
    expect(world.log.of('relink')).toEqual([
      { event: 'relink', conference: expect.stringMatching(/^[\w-]{6}$/), end: 'written' },
    ]);
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
    expect(world.bindings()[0]).not.toHaveProperty('unmarked');
  });

  it('is known to be ours although Google keeps it without our mark', () => {
    const world = moving();
    world.calendar.stampsAreKept = false;
    world.pass();
    expect(world.bindings()).toMatchObject([{ state: 'live', unmarked: true }]);
  });

  it('is not put into an event that cannot be read now', () => {
    const world = moving();
    world.calendar.failGet('ev1', 'google-unavailable');
    world.pass();
    expect(puts(world)).toEqual([]);
    expect(world.bindings()).toMatchObject([{ state: 'broken' }]);
  });

  it('is not put into an event that has lost its conference meanwhile', () => {
    const world = moving();
    world.meet.onBatch = () => world.calendar.put(CALENDAR_ID, eventRow());
    world.pass();
    expect(puts(world)).toEqual([]);
  });

  it('is not put into a guest’s copy', () => {
    const world = moving();
    const id = [...world.meet.conferences.keys()][0] as string;
    world.edit('ev1', id, { organizer: { email: 'ben@example.com' } });
    world.pass();
    expect(puts(world)).toEqual([]);
  });
});
