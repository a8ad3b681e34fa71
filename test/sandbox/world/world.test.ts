import { createWorld, type World, type WorldOptions } from '../../../sandbox/whole-world';
import { MemoryRecords } from '../../../sandbox/world/records';
import { ROOMS } from '../editor/rooms-add-on';

const ANA = 'ana@example.com';
const MORNING = { summary: 'Stand-up', start: '2026-03-03T09:00:00Z', end: '2026-03-03T09:15:00Z', conference: 'room' };

function lived(options: WorldOptions): World {
  const world = createWorld({ addOn: ROOMS, latency: 'typical', ...options });
  const ana = world.addUser(ANA);
  const event = ana.createsEvent(MORNING);
  ana.edits(event, { summary: 'Daily' });
  world.settle();
  return world;
}

describe('A world', () => {
  it('has the same trace for the same seed, and another for another', () => {
    const trace = (seed: string) => JSON.stringify(lived({ seed }).trace.entries());
    expect(trace('one')).toBe(trace('one'));
    expect(trace('one')).not.toBe(trace('two'));
  });

  it('begins when it is told to, and says so when that is no time', () => {
    expect(createWorld({ now: '2027-01-01T00:00:00Z' }).clock.nowMs()).toBe(Date.UTC(2027, 0, 1));
    expect(() => createWorld({ now: 'yesterday' })).toThrow(
      '"yesterday" is no time. Write it as 2026-03-02T08:00:00Z.',
    );
  });

  it('lets time pass in an execution as long as Google would take', () => {
    const world = createWorld({ addOn: ROOMS, latency: 'typical' });
    const before = world.clock.nowMs();
    world.addUser(ANA).createsEvent(MORNING);
    expect(world.clock.nowMs() - before).toBeGreaterThan(100);
  });

  it('goes on with kept records under fresh ids', () => {
    const records = new MemoryRecords();
    const first = createWorld({ addOn: ROOMS, records }).addUser(ANA).createsEvent(MORNING);
    const again = createWorld({ addOn: ROOMS, records }).addUser(ANA);
    expect(again.sees(first).summary).toBe('Stand-up');
    expect(again.createsEvent(MORNING).eventId).not.toBe(first.eventId);
  });

  it('knows nobody without an account, and no script without an add-on', () => {
    const world = createWorld();
    world.addUser(ANA);
    expect(() => world.user('ben@example.com')).toThrow(
      'There is no user ben@example.com. There are: ana@example.com.',
    );
    expect(() => world.script).toThrow('This world has no add-on: pass one to createWorld({ addOn }).');
    expect(() => createWorld({ switches: { nope: 1 } })).toThrow('Unknown switch "nope".');
  });
});
