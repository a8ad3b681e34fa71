/** An update that takes several requests and fails after the first: what the provider holds then is not known for certain. */
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { SOLUTION } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

const LATER = {
  start: { dateTime: '2026-06-02T12:00:00+02:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-06-02T13:00:00+02:00', timeZone: 'Europe/Zurich' },
};

/** The sample vendor, as if it took titles and times apart. */
function twoRequests() {
  const world = syncWorld();
  const solution = world.deps.solutions.get(SOLUTION) as Solution;
  const provider: Provider = {
    ...solution.provider,
    *update(id, meeting, fields, key) {
      for (const field of fields) {
        const outcome = yield* solution.provider.update(id, meeting, [field], key);
        if (outcome.kind !== 'done') return outcome;
      }
      return { kind: 'done' };
    },
  };
  world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
  const id = world.book();
  world.pass();
  const takesNoTimes = (status: number) => {
    world.meet.script = ({ method, json: body }) =>
      method === 'PATCH' && 'start' in (body as object) ? json(status, {}) : undefined;
  };
  return { ...world, id, takesNoTimes };
}

describe('a change of which the provider took a part', () => {
  it.each([401, 403, 422, 429])('and answered the rest with %d is taken back there, too', (status) => {
    const world = twoRequests();
    world.takesNoTimes(status);
    world.edit('ev1', world.id, { ...LATER, summary: 'New' });
    world.pass();
    expect(world.meet.conferences.get(world.id)?.title).toBe('New');
    world.meet.script = () => undefined;
    world.edit('ev1', world.id, {});
    for (let hour = 0; hour < 3; hour++) {
      world.clock.advance(3_600_000);
      world.sweep();
    }
    expect(world.meet.conferences.get(world.id)?.title).toBe('Plan');
    expect(world.bindings()[0]).not.toHaveProperty('todo');
  });

  it('is not told again when nothing of it was taken', () => {
    const world = twoRequests();
    world.takesNoTimes(422);
    world.edit('ev1', world.id, LATER);
    world.pass();
    world.meet.script = () => undefined;
    const from = world.meet.requests.length;
    world.edit('ev1', world.id, {});
    world.sweep();
    expect(world.meet.requests).toHaveLength(from);
  });
});
