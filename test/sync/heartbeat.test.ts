/** Triggers that are listed and never fire: told by their silence, and by nothing else. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { readStatus } from '../../src/sync/status';
import { tendTriggers } from '../../src/sync/triggers';
import { CALENDAR_ID, eventRow } from '../support/core-world';
import { TRIGGER_CAP } from '../support/fake-platform';
import { consentLacking, type SyncWorld, syncWorld } from '../support/sync-world';

const ids = (world: SyncWorld) => world.triggers.list.map(({ id, handler }) => `${handler} ${id}`);
const opensCard = (world: SyncWorld) => tendTriggers(world.deps, world.store.readAll(), world.clock.nowMs());
const edit = (world: SyncWorld, i: number) => world.calendar.put(CALENDAR_ID, eventRow({ id: `other${i}` }));

function followed(): SyncWorld {
  const world = syncWorld();
  world.book();
  world.pass();
  return world;
}

/** Hours in which the sweep finds what no trigger has told. */
function sweepsFind(world: SyncWorld, hours: number): void {
  for (let hour = 0; hour < hours; hour++) {
    edit(world, hour);
    world.clock.advance(HOUR_MS);
    world.sweep();
  }
}

describe('an hourly trigger', () => {
  it('counts as dead after two firings that did not come, and is made anew before the calendar’s', () => {
    const world = followed();
    world.clock.advance(150 * MINUTE_MS);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-2']);
    world.clock.advance(1);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-3', 'syncEvents trigger-4']);
    expect(world.log.of('triggers')).toEqual([{ event: 'triggers', made: 0, renewed: 2, refused: 0 }]);
  });

  it('is made anew also when the record of every calendar is damaged, and the sweep then finds the calendars again', () => {
    const world = followed();
    const damaged = Object.keys(world.store.readAll()).filter((key) => key.startsWith('lockstep.calendar.'));
    expect(damaged).toHaveLength(1);
    world.store.write(Object.fromEntries(damaged.map((key) => [key, '### damaged ###'])));
    world.clock.advance(151 * MINUTE_MS);
    opensCard(world);
    expect(ids(world)).toEqual(['syncEvents trigger-2', 'sweepHourly trigger-3']);
    world.calendar.put(CALENDAR_ID, eventRow({ id: 'other' }));
    world.sweep();
    expect(readStatus(world.store, world.clock.nowMs()).calendars).toBe(1);
  });

  it('is looked after where the notes on triggers are damaged as well, and never before there is anything to follow', () => {
    const world = followed();
    const damaged = Object.keys(world.store.readAll()).filter((key) => /\.(calendar\.|triggers$)/.test(key));
    world.store.write(Object.fromEntries(damaged.map((key) => [key, '### damaged ###'])));
    world.triggers.list.length = 0;
    opensCard(world);
    expect(ids(world).map((id) => id.split(' ')[0])).toEqual(['sweepHourly']);
    const unused = syncWorld();
    opensCard(unused);
    expect(ids(unused)).toEqual([]);
  });

  it('lives when it fired, also when no calendar could be read and no grant was there', () => {
    const unreadable = followed();
    let isGranted = true;
    const ungranted = syncWorld({ authorisation: { lacks: () => !isGranted, consentUrl: () => undefined } });
    ungranted.book();
    ungranted.pass();
    isGranted = false;
    for (let hour = 0; hour < 5; hour++) {
      for (const world of [unreadable, ungranted]) world.clock.advance(HOUR_MS);
      unreadable.calendar.failList(CALENDAR_ID, 'google-unavailable');
      unreadable.sweep();
      ungranted.sweep();
    }
    isGranted = true;
    for (const world of [unreadable, ungranted]) {
      opensCard(world);
      expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-2']);
    }
  });

  it('is taken for none while the day’s trigger time is spent', () => {
    const world = followed();
    world.meet.onBatch = () => world.clock.advance(20_000);
    for (let i = 0; i < 140; i++) {
      world.edit('ev1', 'conf1', { summary: `Title ${i}` });
      world.pass();
    }
    world.meet.onBatch = () => undefined;
    world.clock.advance(6 * HOUR_MS);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-2']);
    world.clock.advance(DAY_MS);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-3', 'syncEvents trigger-4']);
  });

  it('is made anew once a day at most', () => {
    const world = followed();
    for (let hour = 0; hour < 24; hour++) {
      world.clock.advance(HOUR_MS);
      opensCard(world);
    }
    expect(ids(world)).toEqual(['sweepHourly trigger-3', 'syncEvents trigger-4']);
    world.clock.advance(4 * HOUR_MS);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-5', 'syncEvents trigger-6']);
  });

  it('is judged by when calendars were read last where an earlier version kept no time of it', () => {
    const world = followed();
    for (const key of ['lockstep.beat', 'lockstep.triggers']) world.store.entries.delete(key);
    world.clock.advance(2 * HOUR_MS);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-2']);
    world.clock.advance(HOUR_MS);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-3', 'syncEvents trigger-4']);
  });
});

describe('a calendar’s trigger', () => {
  it('counts as dead when sweep after sweep finds what it did not tell', () => {
    const world = followed();
    sweepsFind(world, 2);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-2']);
    sweepsFind(world, 1);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-3']);
  });

  it('lives once it fires, and where nothing happens to the calendar', () => {
    const world = followed();
    sweepsFind(world, 2);
    world.pass();
    sweepsFind(world, 2);
    for (let hour = 0; hour < 10; hour++) {
      world.clock.advance(HOUR_MS);
      world.sweep();
    }
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-2']);
  });

  it('does not die of one sweep that found many changes, nor of a full list', () => {
    const world = followed();
    for (let i = 0; i < 9; i++) edit(world, i);
    world.clock.advance(HOUR_MS);
    world.sweep();
    world.calendar.failList(CALENDAR_ID, 'sync-token-expired');
    world.sweep();
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-2']);
  });

  it('that was made anew has to be missed anew', () => {
    const world = followed();
    sweepsFind(world, 3);
    opensCard(world);
    world.clock.advance(DAY_MS);
    world.sweep();
    sweepsFind(world, 2);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-3']);
    sweepsFind(world, 1);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-4']);
  });
});

describe('what is dead', () => {
  it('is not replaced by the sweep, whose own triggers may be disabled from the start', () => {
    const world = followed();
    sweepsFind(world, 5);
    world.sweep();
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-2']);
  });

  it('is replaced by the button, and by a create', () => {
    const [pressed, created] = [followed(), followed()];
    for (const world of [pressed, created]) world.clock.advance(5 * HOUR_MS);
    pressed.sweep(true);
    created.create('ev2');
    for (const world of [pressed, created]) {
      expect(ids(world)).toEqual(['sweepHourly trigger-3', 'syncEvents trigger-4']);
    }
    expect(pressed.log.of('sweep')).toMatchObject([{ renewed: 2 }]);
  });

  it('is noticed by a create although the calendar’s own trigger has it read', () => {
    const world = followed();
    for (let hour = 0; hour < 3; hour++) {
      world.clock.advance(HOUR_MS);
      edit(world, hour);
      world.pass();
    }
    world.create('ev2');
    expect(ids(world)).toEqual(['syncEvents trigger-2', 'sweepHourly trigger-3']);
  });

  it('is replaced one by one within the time a person waits, and the rest with the next card', () => {
    const world = followed();
    world.clock.advance(5 * HOUR_MS);
    const { everyHour } = world.triggers;
    world.triggers.everyHour = (handler) => {
      everyHour.call(world.triggers, handler);
      world.clock.advance(8_000);
    };
    opensCard(world);
    expect(ids(world)).toEqual(['syncEvents trigger-2', 'sweepHourly trigger-3']);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-3', 'syncEvents trigger-4']);
  });

  it('stays when it cannot be taken away: there would be two of a kind', () => {
    const world = followed();
    world.triggers.stuck.add('trigger-1');
    world.clock.advance(5 * HOUR_MS);
    opensCard(world);
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-3']);
  });

  it('is not looked for without the grant, or before there is a conference', () => {
    const newcomer = syncWorld();
    newcomer.triggers.all = () => {
      throw new Error('Nobody should ask.');
    };
    opensCard(newcomer);
    const world = syncWorld({ authorisation: consentLacking('triggers') });
    world.create();
    expect(ids(world)).toEqual([]);
    expect(newcomer.log.lines).toEqual([]);
  });
});

describe('a trigger that Google will not have made', () => {
  it('stands in the status until it is made, and is not tried at every card', () => {
    const world = syncWorld();
    world.triggers.refused.add(CALENDAR_ID);
    world.book();
    const status = () => readStatus(world.store, world.clock.nowMs());
    expect(status()).toMatchObject({ unwatched: 1, hasNoSweep: false });
    world.triggers.refused.clear();
    opensCard(world);
    expect(status()).toMatchObject({ unwatched: 1 });
    world.clock.advance(HOUR_MS);
    opensCard(world);
    expect(status()).toMatchObject({ unwatched: 0 });
    expect(ids(world)).toEqual(['sweepHourly trigger-1', 'syncEvents trigger-2']);
  });

  it('is the hourly one: tried at every card, and told', () => {
    const world = syncWorld();
    for (let i = 0; i < TRIGGER_CAP; i++) world.triggers.add({ handler: 'other', kind: 'clock' });
    world.book();
    const status = () => readStatus(world.store, world.clock.nowMs());
    expect(status()).toMatchObject({ unwatched: 1, hasNoSweep: true });
    world.triggers.list.splice(0, 2);
    opensCard(world);
    expect(status()).toMatchObject({ unwatched: 1, hasNoSweep: false });
    world.sweep();
    expect(status()).toMatchObject({ unwatched: 0, hasNoSweep: false });
  });
});
