/** One field that a provider refuses, seen over passes: the rest arrives, nothing is asked again, a change or a repair tries anew. */
import type { HttpRequest } from '../../src/ports/http';
import { json } from '../support/fake-meet';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const LATER = {
  start: { dateTime: '2026-06-02T12:00:00+02:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-06-02T13:00:00+02:00', timeZone: 'Europe/Zurich' },
};

/** A booked event at a vendor that takes no titles with a "<". */
function refusing(refuses = (body: Record<string, unknown>) => String(body.title).includes('<')) {
  const world = syncWorld();
  const id = world.book();
  world.pass();
  world.meet.script = ({ method, json: body }: HttpRequest) =>
    method === 'PATCH' && refuses(body as Record<string, unknown>) ? json(422, {}) : undefined;
  const kept = () => world.meet.conferences.get(id);
  /** Requests that change something: before it begins a meeting is looked at in any case. */
  const requestsOf = (act: () => void) => {
    const from = world.meet.requests.length;
    act();
    return world.meet.requests.slice(from).filter((request) => !request.startsWith('GET ')).length;
  };
  return { world, id, kept, requestsOf };
}

function hoursLater(world: SyncWorld, hours: number): void {
  for (let hour = 0; hour < hours; hour++) {
    world.clock.advance(3_600_000);
    world.sweep();
  }
}

it('brings the new time beside a title that is refused, and owes nothing then', () => {
  const { world, id, kept } = refusing();
  world.edit('ev1', id, { ...LATER, summary: 'Review <draft>' });
  world.pass();
  expect(kept()).toMatchObject({ title: 'Plan', start: { dateTime: '2026-06-02T12:00:00' } });
  expect(world.bindings()[0]).not.toHaveProperty('todo');
  expect(world.log.lines.findLast(({ event }) => event === 'action')).toMatchObject({
    outcome: 'done',
    fields: 'title',
  });
});

it('does not ask again until the title changes, whatever else does', () => {
  const { world, id, kept, requestsOf } = refusing();
  world.edit('ev1', id, { summary: 'Review <draft>' });
  expect(requestsOf(() => world.pass())).toBe(1);
  expect(requestsOf(() => hoursLater(world, 30))).toBe(0);
  world.edit('ev1', id, { ...LATER, summary: 'Review <draft>' });
  expect(requestsOf(() => world.pass())).toBe(1);
  world.edit('ev1', id, { ...LATER, summary: 'Review' });
  expect(requestsOf(() => world.pass())).toBe(1);
  expect(kept()).toMatchObject({ title: 'Review', start: { dateTime: '2026-06-02T12:00:00' } });
  expect(world.bindings()[0]).not.toHaveProperty('refused');
});

it('tells it again when a person asks for a repair', () => {
  const { world, id, kept } = refusing();
  world.edit('ev1', id, { summary: 'Review <draft>' });
  world.pass();
  world.meet.script = () => undefined;
  hoursLater(world, 2);
  expect(kept()?.title).toBe('Plan');
  world.sweep(true);
  expect(kept()?.title).toBe('Review <draft>');
});

it('tells the times in UTC where the zone is not known, and goes on so', () => {
  const { world, id, kept, requestsOf } = refusing((body) => /"timeZone":"(?!UTC)/.test(JSON.stringify(body)));
  world.edit('ev1', id, LATER);
  world.pass();
  expect(kept()).toMatchObject({ start: { dateTime: '2026-06-02T10:00:00', timeZone: 'UTC' } });
  world.edit('ev1', id, { ...LATER, end: { dateTime: '2026-06-02T14:00:00+02:00', timeZone: 'Europe/Zurich' } });
  expect(requestsOf(() => world.pass())).toBe(1);
  expect(kept()).toMatchObject({ end: { dateTime: '2026-06-02T12:00:00', timeZone: 'UTC' } });
});

it('sets aside what is refused as a whole, and blames no field for it', () => {
  const { world, id } = refusing(() => true);
  world.edit('ev1', id, { ...LATER, summary: 'New' });
  world.pass();
  expect(world.bindings()[0]).toMatchObject({ todo: { parked: true } });
  expect(world.bindings()[0]).not.toHaveProperty('refused');
});

it('concludes nothing from an outage in between: all of it is told again', () => {
  const { world, id, kept } = refusing();
  let patches = 0;
  world.meet.script = ({ method }) => (method === 'PATCH' ? json(patches++ === 0 ? 422 : 503, {}) : undefined);
  world.edit('ev1', id, { ...LATER, summary: 'New' });
  world.pass();
  expect(world.bindings()[0]).not.toHaveProperty('refused');
  world.meet.script = () => undefined;
  hoursLater(world, 2);
  expect(kept()).toMatchObject({ title: 'New', start: { dateTime: '2026-06-02T12:00:00' } });
});
