import { DAY_MS } from '../../src/core/policies';
import { INTENT_PREFIX } from '../../src/sync/intents';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

describe('the sweep', () => {
  it('does nothing without the user’s grant', () => {
    const world = syncWorld({ authorisation: { granted: () => false } });
    expect(world.sweep()).toBe('unauthorised');
    expect(world.store.reads).toBe(0);
  });

  it('finds what a lost trigger never told', () => {
    const world = syncWorld();
    const id = world.book();
    world.sweep();
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });

  it('forgets an event some time after its end, and leaves its conference alone', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    world.clock.advance(31 * DAY_MS);
    world.sweep();
    expect(world.bindings()).toHaveLength(1);
    world.clock.advance(2 * DAY_MS);
    world.sweep();
    expect(world.bindings()).toEqual([]);
    expect(world.meet.requests.filter((line) => line.startsWith('DELETE'))).toEqual([]);
  });

  it('removes the properties of intents that are done with', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    expect(world.store.withPrefix(INTENT_PREFIX)).toHaveLength(1);
    world.sweep();
    expect(world.store.withPrefix(INTENT_PREFIX)).toEqual([]);
  });

  it('tries everything again that was given up when a person asks for a repair', () => {
    const world = syncWorld();
    const id = world.book();
    world.meet.script = () => json(422, {});
    world.pass();
    expect(world.bindings()).toMatchObject([{ todo: { parked: true } }]);
    world.meet.script = () => undefined;
    world.clock.advance(DAY_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.title).toBe('Meeting');
    world.sweep(true);
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });

  it('says that another execution is busy, and reads no calendar', () => {
    const world = syncWorld();
    world.lock.taken = true;
    expect(world.sweep()).toBe('busy');
    expect(world.calendar.calls).toEqual([]);
  });

  it('survives a trigger that cannot be removed', () => {
    const world = syncWorld();
    const double = [world.triggers.add({ handler: 'sweepHourly', kind: 'clock' })];
    double.push(world.triggers.add({ handler: 'sweepHourly', kind: 'clock' }));
    for (const { id } of double) world.triggers.stuck.add(id);
    expect(world.sweep()).toBe('done');
  });
});
