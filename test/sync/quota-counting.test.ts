/** What counts toward a provider's day, request by request. */
import { DAY_MS, MINUTE_MS } from '../../src/core/policies';
import type { HttpRequest } from '../../src/ports/http';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

/** The sample vendor with a daily limit, and what else is different about it. */
function rationed(over: Partial<Provider> = {}, dailyRequests = 100) {
  const world = syncWorld();
  const solution = world.deps.solutions.get(SOLUTION) as Solution;
  const capabilities = { ...solution.provider.capabilities, dailyRequests };
  const provider: Provider = {
    ...solution.provider,
    capabilities,
    *update(...args) {
      const outcome = yield* solution.provider.update(...args);
      return outcome.kind === 'limited' ? { ...outcome, daily: true } : outcome;
    },
    ...over,
  };
  world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
  return world;
}

type World = ReturnType<typeof rationed>;
const counted = (world: World) => world.state().spent.get('meet')?.requests ?? 0;
const ask = (method: HttpRequest['method']): HttpRequest => ({
  method,
  url: 'https://meet.example.com/v1/conferences/x',
});

describe('toward the day of a provider', () => {
  it('counts what changes something there, not what only looks or takes away', () => {
    const world = rationed({
      *update() {
        for (const method of ['GET', 'DELETE', 'PATCH', 'POST'] as const) yield ask(method);
        return { kind: 'done' };
      },
    });
    world.book();
    world.pass();
    // One for the create.
    expect(counted(world)).toBe(1 + 2);
  });

  it('counts no end of a conference, in whatever way the provider is asked for it', () => {
    const world = rationed({
      *cancel() {
        yield ask('POST');
        return { kind: 'done' };
      },
    });
    world.book();
    world.pass();
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    expect(world.bindings()).toEqual([]);
    expect(counted(world)).toBe(2);
  });

  it('counts no create of which nobody knows whether it was carried out', () => {
    const world = rationed();
    world.meet.script = () => ({ fault: 'no answer' });
    world.create();
    world.pass();
    expect(counted(world)).toBe(0);
  });
});

describe('two conferences that are refused for the day', () => {
  function refusing() {
    const world = rationed();
    const ids = ['a', 'b', 'c'].map((name) => world.book(name)) as [string, string, string];
    world.pass();
    const refused = new Set<string>();
    world.meet.script = ({ url }) => (refused.has(url.split('/').pop() as string) ? json(429, {}) : undefined);
    const edit = (name: string, id: string, title: string) => {
      world.edit(name, id, { summary: title });
      world.pass();
      return world.meet.conferences.get(id)?.title;
    };
    return { world, ids, refused, edit };
  }

  it('have the day spent when no other was taken in between', () => {
    const { ids, refused, edit } = refusing();
    refused.add(ids[0]).add(ids[1]);
    edit('a', ids[0], 'Waits');
    edit('b', ids[1], 'Waits');
    expect(edit('c', ids[2], 'Waits too')).toBe('Plan');
  });

  it('have it spent also when another one was ended in between', () => {
    const { world, ids, refused, edit } = refusing();
    const other = world.book('d');
    world.pass();
    refused.add(ids[0]).add(ids[1]);
    world.calendar.remove(CALENDAR_ID, 'd');
    world.pass();
    edit('a', ids[0], 'Waits');
    world.clock.advance(6 * MINUTE_MS);
    world.sweep();
    expect(world.meet.conferences.get(other)?.cancelled).toBe(true);
    edit('b', ids[1], 'Waits');
    expect(edit('c', ids[2], 'Waits too')).toBe('Plan');
  });

  it('may each have a limit of their own when another was taken in between', () => {
    const { world, ids, refused, edit } = refusing();
    refused.add(ids[0]).add(ids[1]);
    edit('a', ids[0], 'Waits');
    expect(edit('c', ids[2], 'Told')).toBe('Told');
    // Three creates, three updates, one that was refused and one that was not.
    expect(counted(world)).toBe(8);
    edit('b', ids[1], 'Waits');
    expect(edit('c', ids[2], 'Told again')).toBe('Told again');
    world.clock.advance(DAY_MS);
    refused.clear();
    world.sweep();
    expect(ids.map((id) => world.meet.conferences.get(id)?.title)).toEqual(['Waits', 'Waits', 'Told again']);
  });
});

describe('a provider that speaks of a day’s limit, and of which we know none', () => {
  it('is left alone for as long as it asks, like any other', () => {
    const world = rationed();
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    const { dailyRequests: _none, ...capabilities } = solution.provider.capabilities;
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider: { ...solution.provider, capabilities } }]]);
    world.book();
    world.meet.script = () => json(429, {}, { 'retry-after': '600' });
    world.pass();
    expect(world.state().pauses.get(SOLUTION)).toMatchObject({ reason: 'limited' });
    expect(world.state().spent.size).toBe(0);
  });
});

describe('what waits for the next day', () => {
  it('is counted as left by the pass, and nothing more', () => {
    const world = rationed({}, 4);
    const id = world.book();
    world.pass();
    world.edit('ev1', id, { summary: 'Waits' });
    world.pass();
    expect(world.log.of('pass').at(-1)).toMatchObject({ done: 0, failed: 0, left: 1 });
    expect(world.bindings()).toMatchObject([{ todo: { attempts: 0, notBeforeMs: Date.UTC(2026, 5, 2) } }]);
  });
});
