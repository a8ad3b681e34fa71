/** An event whose judging takes all of an execution's time is set aside; the rest goes on. */
import { HOUR_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import { readEventStatus } from '../../src/sync/event-status';
import { HAND_KEY, PLANNING } from '../../src/sync/hand';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID } from '../support/core-world';
import { type Kills, killable } from '../support/killable';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const LONG = ['RRULE:FREQ=MONTHLY;INTERVAL=100000'];

/** Two events with a conference; one of them has just become one that no execution can judge in its time. */
function poisoned(over: Partial<Row> = {}) {
  const world = syncWorld();
  const kills = killable(world);
  const [bad, good] = [world.book('bad'), world.book('good')];
  world.pass();
  poison(world, kills, bad, over);
  world.edit('good', good, { summary: 'Renamed' });
  return { world, kills, bad, good, title: () => world.meet.conferences.get(good)?.title };
}

function poison(world: SyncWorld, kills: Kills, conference: string, over: Partial<Row>): void {
  const row: Row = { id: 'bad' };
  world.edit('bad', conference, over);
  Object.assign(row, world.calendar.get(CALENDAR_ID, 'bad'));
  Object.defineProperty(row, 'start', { enumerable: true, get: () => kills.takesTooLong() });
  world.calendar.put(CALENDAR_ID, row);
}

/** Executions one after the other, each an hour later. Whether the good one's title has arrived after each. */
function hours({ world, kills, title }: ReturnType<typeof poisoned>, number: number, run = () => world.sweep()) {
  return Array.from({ length: number }, () => {
    world.clock.advance(HOUR_MS);
    kills.execute(() => void run());
    world.lock.release();
    return title();
  });
}

const cardOf = (world: SyncWorld, eventId: string) =>
  readEventStatus(world.deps, { calendarId: CALENDAR_ID, eventId })[0];

describe('an event that no execution can judge in its time', () => {
  it('is set aside after the sweep that found out that one dies, and two that knew of what', () => {
    const scene = poisoned();
    expect(hours(scene, 4)).toEqual(['Plan', 'Plan', 'Plan', 'Renamed']);
    expect(cardOf(scene.world, 'bad')?.change).toMatchObject({ setAside: 'own-fault' });
    expect(scene.world.log.of('row-parked').filter(({ code }) => code !== undefined)).toEqual([
      { event: 'row-parked', calendar: calendarKey(CALENDAR_ID), code: 'took-too-long' },
    ]);
    expect(scene.world.store.entries.get(HAND_KEY)).toBe('');
  });

  it('is set aside by the third pass, whatever started it, where it looks as if it could take long', () => {
    for (const over of [
      { recurrence: LONG },
      { recurrence: [`RDATE:${'2'.repeat(300)}`] },
      { description: 'x'.repeat(20_001) },
    ]) {
      const scene = poisoned(over);
      expect(hours(scene, 3, scene.world.pass)).toEqual(['Plan', 'Plan', 'Renamed']);
    }
  });

  it('is tried anew when it changes, and followed again once it can be', () => {
    const scene = poisoned();
    hours(scene, 5);
    scene.world.edit('bad', scene.bad, { summary: 'Harmless' });
    scene.world.pass();
    expect(scene.world.meet.conferences.get(scene.bad)?.title).toBe('Harmless');
    expect(cardOf(scene.world, 'bad')?.change).toBeUndefined();
  });

  it('is set aside again after two more deaths, not at once', () => {
    const scene = poisoned({ recurrence: LONG });
    hours(scene, 3, scene.world.pass);
    poison(scene.world, scene.kills, scene.bad, { recurrence: LONG, summary: 'Again' });
    scene.world.edit('good', scene.good, { summary: 'Later' });
    expect(hours(scene, 3, scene.world.pass)).toEqual(['Renamed', 'Renamed', 'Later']);
  });

  it('is remembered although passes over another calendar come in between', () => {
    const scene = poisoned({ recurrence: LONG });
    const { world } = scene;
    world.calendar.add('team@example.com');
    hours(scene, 1, world.pass);
    hours(scene, 1, () => world.pass('team@example.com'));
    hours(scene, 1, world.pass);
    expect(hours(scene, 1, world.pass)).toEqual(['Renamed']);
  });

  it('keeps a look at it from killing pass after pass as well', () => {
    const world = syncWorld();
    const kills = killable(world);
    const bad = world.book('bad');
    world.meet.script = () => ({ fault: 'no answer' });
    world.pass();
    world.meet.script = () => undefined;
    poison(world, kills, bad, {});
    const scene = { world, kills, bad, good: bad, title: () => String(world.bindings()[0]?.todo?.parked) };
    expect(hours(scene, 4)).toEqual(['false', 'false', 'false', 'true']);
  });
});

describe('an event that is innocent', () => {
  it('is not set aside because a pass was killed once while it was in hand', () => {
    const world = syncWorld();
    const kills = killable(world);
    const id = world.book('ev1', { recurrence: LONG });
    world.pass();
    world.edit('ev1', id, { recurrence: LONG, summary: 'Renamed' });
    // The second write: the first one says what is in hand.
    kills.plan(2, true);
    kills.execute(() => void world.pass());
    kills.callOff();
    world.lock.release();
    world.pass();
    expect(world.meet.conferences.get(id)?.title).toBe('Renamed');
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
  });

  it('costs no write when it is short, and two when it is long', () => {
    const world = syncWorld();
    const [short, long] = [world.book('short'), world.book('long', { recurrence: LONG })];
    world.pass();
    const writesFor = (act: () => void) => {
      act();
      const before = world.store.writes.length;
      world.pass();
      return world.store.writes.slice(before).filter((keys) => keys.includes(HAND_KEY)).length;
    };
    expect(writesFor(() => world.edit('short', short, { summary: 'A' }))).toBe(0);
    expect(writesFor(() => world.edit('long', long, { recurrence: LONG, summary: 'B' }))).toBe(2);
  });

  it('of nobody’s is never written down', () => {
    const world = syncWorld();
    world.calendar.put(CALENDAR_ID, { id: 'foreign', status: 'confirmed', recurrence: LONG });
    world.pass();
    expect(world.store.entries.has(HAND_KEY)).toBe(false);
  });
});

it('a sweep leaves its mark only while it plans', () => {
  const world = syncWorld();
  const id = world.book();
  world.pass();
  world.edit('ev1', id, { summary: 'Renamed' });
  const marked: boolean[] = [];
  world.calendar.onCall = () => void marked.push(world.marks.set.has(PLANNING));
  world.meet.onBatch = () => void marked.push(world.marks.set.has(PLANNING));
  world.sweep();
  expect(marked).toEqual([true, false]);
  expect(world.marks.set.has(PLANNING)).toBe(false);
});
