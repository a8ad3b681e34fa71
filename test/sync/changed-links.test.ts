import { DEFAULT_POLICIES, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { syncWorld } from '../support/sync-world';

const allowed = { policies: { ...DEFAULT_POLICIES, brokenLinks: 'repair' as const } };

describe('a conference that is joined another way after an update', () => {
  /** The vendor gives another join link at each update. */
  function moving(over: Parameters<typeof syncWorld>[0] = allowed) {
    const world = syncWorld(over);
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    let links = 0;
    const provider: Provider = {
      ...solution.provider,
      *update(id, ...rest) {
        const outcome = yield* solution.provider.update(id, ...rest);
        const link = { id, joinUrl: `https://meet.example.com/link${++links}` };
        return outcome.kind === 'done' ? { ...outcome, link } : outcome;
      },
    };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
    const id = world.book();
    const links_ = () => {
      const { conferenceData } = world.calendar.get(CALENDAR_ID, 'ev1') as Row & {
        conferenceData: { entryPoints?: Array<{ uri: string }> };
      };
      return conferenceData.entryPoints?.map(({ uri }) => uri);
    };
    return { ...world, id, links: links_ };
  }

  it('is shown in the event with its new link, once for each update', () => {
    const world = moving();
    world.pass();
    expect(world.links()).toEqual(['https://meet.example.com/link1']);
    for (let i = 0; i < 3; i++) world.pass();
    expect(world.links()).toEqual(['https://meet.example.com/link1']);
    world.edit('ev1', world.id, { summary: 'Edited' });
    world.pass();
    expect(world.links()).toEqual(['https://meet.example.com/link2']);
    expect(world.bindings()).toMatchObject([{ state: 'live', conference: world.id }]);
    expect(world.bindings()[0]).not.toHaveProperty('todo');
  });

  it('is shown as broken where events may not be written', () => {
    const world = moving({});
    world.pass();
    expect(world.links()).toBeUndefined();
    expect(readStatus(world.store, world.clock.nowMs())).toMatchObject({ broken: 1, repairing: 0 });
  });

  it('is shown as broken when Google does not take its link', () => {
    const world = moving();
    world.calendar.putFaults.push('request-wrong');
    world.pass();
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(readStatus(world.store, world.clock.nowMs())).toMatchObject({ broken: 1, repairing: 0 });
    expect(world.calendar.calls.filter((call) => call.startsWith('put'))).toHaveLength(1);
  });

  it('is replaced by a new one when its link could not be written down', () => {
    const world = moving();
    world.calendar.putFaults.push('google-unavailable');
    world.pass();
    for (let i = 0; i < 8; i++) {
      world.clock.advance(15 * MINUTE_MS);
      world.sweep();
    }
    expect(readStatus(world.store, world.clock.nowMs())).toMatchObject({ live: 1, broken: 0, repairing: 0 });
    expect([...world.meet.conferences.values()].filter(({ cancelled }) => !cancelled)).toHaveLength(1);
    expect(world.bindings()[0]?.conference).not.toBe(world.id);
  });
});
