/** What the shell does around a connection: lets go on what waited, and never loses the grant over it. */
import { bindingKey, newToDo } from '../../src/core/binding';
import type { Grants } from '../../src/ports/grants';
import { connect } from '../../src/sync/connect';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { syncWorld } from '../support/sync-world';

/** Someone has just consented at the provider `meet`; the exchange takes so long. */
function connecting(exchangeMs = 300) {
  const grants: Grants = {
    personal: ['meet'],
    accountOf: () => undefined,
    isConnected: () => true,
    connectUrl: () => 'https://id.example.com/authorize?x',
    complete(_answer, resume) {
      world.clock.advance(exchangeMs);
      world.lock.tryTake();
      resume('meet');
      world.lock.release();
      return { kind: 'connected', provider: 'meet' };
    },
    disconnect: () => 'disconnected',
    passwords: [],
    enter: () => 'failed',
  };
  const world = syncWorld({ grants });
  return world;
}

/** A change that was refused three times for want of a grant, and its solution paused. */
function withWaitingChange(exchangeMs?: number) {
  const world = connecting(exchangeMs);
  world.book('ev1');
  world.pass();
  const state = world.state();
  const [binding] = state.ledger.all();
  if (binding === undefined) throw new Error('There is no binding.');
  const nowMs = world.clock.nowMs();
  const todo = { ...newToDo('deliver', nowMs, nowMs + 3_600_000), attempts: 3, parked: true };
  state.ledger.put({ ...binding, delivered: '', todo });
  state.pauses.set(SOLUTION, { failures: 3, untilMs: nowMs + 3_600_000, reason: 'unauthorised', sinceMs: nowMs });
  state.commit(world.store);
  return { world, key: bindingKey(binding) };
}

describe('connecting again', () => {
  it('delivers at once what waited', () => {
    const { world, key } = withWaitingChange();
    connect(world.deps, {});
    expect(world.state().pauses.size).toBe(0);
    expect(world.state().ledger.get(key)?.todo).toBeUndefined();
  });

  it('after a slow exchange leaves the delivery to the next pass, with nothing in its way', () => {
    const { world, key } = withWaitingChange(5_000);
    connect(world.deps, {});
    expect(world.state().pauses.size).toBe(0);
    const todo = world.state().ledger.get(key)?.todo;
    expect(todo).toMatchObject({ attempts: 0, parked: false });
    expect(todo?.notBeforeMs).toBeLessThanOrEqual(world.clock.nowMs());
  });

  it('leaves a pause for another reason as it is', () => {
    const { world } = withWaitingChange(5_000);
    const state = world.state();
    state.pauses.set(SOLUTION, { failures: 2, untilMs: 9e15, reason: 'limited', sinceMs: 0 });
    state.commit(world.store);
    connect(world.deps, {});
    expect(world.state().pauses.get(SOLUTION)?.reason).toBe('limited');
  });

  it('succeeds although the state is a newer version’s', () => {
    const { world } = withWaitingChange();
    world.store.write({ 'lockstep.schema': '99' });
    expect(connect(world.deps, {})).toEqual({ kind: 'connected', provider: 'meet' });
    expect(world.log.of('stopped').map(({ code }) => code)).toContain('state-unreadable');
  });
});

describe('a create that the provider refuses for want of a grant', () => {
  it('says where to connect and leaves nothing behind', () => {
    const world = connecting();
    world.deps.http.sendAll = (requests) => requests.map(() => ({ fault: 'none', undone: true, unauthorised: true }));
    expect(world.create()).toEqual({
      kind: 'failed',
      error: 'AUTHENTICATION',
      connectUrl: 'https://id.example.com/authorize?x',
    });
    expect(world.state().intents).toEqual([]);
  });

  it('leaves nothing behind either when only the token was not to be had', () => {
    const world = connecting();
    world.deps.http.sendAll = (requests) => requests.map(() => ({ fault: 'none', undone: true }));
    expect(world.create()).toEqual({ kind: 'failed', error: 'TEMPORARY' });
    expect(world.state().intents).toEqual([]);
  });
});

describe('a pass that finds the lock held', () => {
  const waits = (world: ReturnType<typeof syncWorld>) => {
    const asked: Array<number | undefined> = [];
    world.lock.tryTake = (waitMs?: number) => {
      asked.push(waitMs);
      return false;
    };
    world.pass(CALENDAR_ID);
    return asked;
  };

  it('waits for a renewal to end, where people have grants of their own', () => {
    expect(waits(connecting())).toEqual([undefined, 2_000]);
  });

  it('waits for nothing otherwise', () => {
    expect(waits(syncWorld())).toEqual([undefined, 0]);
  });
});
