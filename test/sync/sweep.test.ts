import type { ToDo } from '../../src/core/binding';
import { DAY_MS, MINUTE_MS } from '../../src/core/policies';
import { INTENT_PREFIX } from '../../src/sync/intents';
import { runSweep } from '../../src/sync/sweep';
import { CALENDAR_ID, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { TRIGGER_CAP } from '../support/fake-platform';
import { remember } from '../support/remember';
import { consentLacking, syncWorld } from '../support/sync-world';

describe('the sweep', () => {
  it('leaves its time and does nothing else without the user’s grant', () => {
    const world = syncWorld({ authorisation: consentLacking('calendar') });
    expect(world.sweep()).toBe('unauthorised');
    expect(world.store.writes).toEqual([['lockstep.beat']]);
    expect(world.sweep(true)).toBe('unauthorised');
    expect(world.store.writes).toHaveLength(1);
    expect(world.triggers.list).toEqual([]);
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

  describe('finds what has failed for an hour and more, and', () => {
    const titleAfter = (attempts: number, inMinutes: number, over: Partial<ToDo> = {}) => {
      const world = syncWorld();
      const id = world.book();
      world.pass();
      world.meet.conferences.get(id)!.title = 'Old';
      const todo = toDo({ attempts, notBeforeMs: world.clock.nowMs() + inMinutes * MINUTE_MS, ...over });
      remember(world.store, { conference: id, delivered: '?', todo });
      world.sweep();
      return world.meet.conferences.get(id)?.title;
    };

    it('tries it again, although its wait would outlast it', () => {
      expect(titleAfter(6, 32)).toBe('Plan');
      expect(titleAfter(60, 60)).toBe('Plan');
    });

    it.each<[string, number, number, Partial<ToDo>]>([
      ['the provider asked for more', 6, 33, {}],
      ['it has failed less often', 5, 16, {}],
      ['it waits for a second opinion', 6, 32, { missed: true }],
      ['it was given up', 6, 32, { parked: true }],
    ])('lets it wait where %s', (_, attempts, inMinutes, over) => {
      expect(titleAfter(attempts, inMinutes, over)).toBe('Old');
    });
  });

  it('does not hurry a repair, which has few attempts', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    const todo = toDo({ kind: 'repair', attempts: 6, notBeforeMs: world.clock.nowMs() + 32 * MINUTE_MS });
    remember(world.store, { eventId: 'ev2', conference: 'conf2', state: 'broken', todo });
    world.sweep();
    expect(world.bindings()).toContainEqual(expect.objectContaining({ eventId: 'ev2', todo }));
  });

  it('tries everything again that was given up when a person asks for a repair', () => {
    const world = syncWorld();
    const id = world.book();
    world.meet.script = () => json(422, {});
    world.pass();
    expect(world.bindings()).toMatchObject([{ todo: { parked: true } }]);
    world.meet.script = () => undefined;
    world.clock.advance(DAY_MS);
    runSweep(world.deps, { repair: false, by: 'trigger' });
    expect(world.meet.conferences.get(id)?.title).toBe('Meeting');
    world.sweep(true);
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });

  it('says that another execution is busy, reads no calendar and clears nothing away', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    world.calendar.calls.length = 0;
    world.lock.taken = true;
    expect(world.sweep()).toBe('busy');
    expect(world.calendar.calls).toEqual([]);
    expect(world.store.withPrefix(INTENT_PREFIX)).toHaveLength(1);
  });

  it('clears away only so many properties at once', () => {
    const world = syncWorld();
    for (let i = 0; i < 60; i++) world.store.entries.set(`${INTENT_PREFIX}${i}`, '');
    world.sweep();
    expect(world.store.withPrefix(INTENT_PREFIX)).toHaveLength(10);
    world.sweep();
    expect(world.store.withPrefix(INTENT_PREFIX)).toEqual([]);
  });

  it('ends a conference whose end had to wait, although its event would be forgotten by now', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    world.clock.advance(29 * DAY_MS);
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.meet.script = () => json(503, {});
    world.pass();
    for (let i = 0; i < 3; i++) {
      world.clock.advance(DAY_MS);
      world.sweep();
    }
    world.meet.script = () => undefined;
    world.clock.advance(DAY_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.cancelled).toBe(true);
    expect(world.bindings()).toEqual([]);
  });

  it('writes one line of itself: how it ended, and what it did to the triggers', () => {
    const world = syncWorld();
    for (let i = 0; i < TRIGGER_CAP - 2; i++) world.triggers.add({ handler: 'other', kind: 'clock' });
    world.triggers.add({ handler: 'syncEvents', kind: 'calendar', calendarId: 'gone@example.com' });
    world.triggers.refused.add(CALENDAR_ID);
    world.store.entries.set('lockstep.calendar.x', JSON.stringify({ id: CALENDAR_ID }));
    world.sweep();
    expect(world.log.of('sweep')).toEqual([{ event: 'sweep', end: 'done', made: 1, removed: 1, refused: 1 }]);
    const revoked = syncWorld({ authorisation: consentLacking('calendar') });
    revoked.sweep();
    expect(revoked.log.lines).toEqual([{ event: 'sweep', end: 'unauthorised' }]);
  });

  it('survives a trigger that cannot be removed', () => {
    const world = syncWorld();
    const double = [world.triggers.add({ handler: 'sweepHourly', kind: 'clock' })];
    double.push(world.triggers.add({ handler: 'sweepHourly', kind: 'clock' }));
    for (const { id } of double) world.triggers.stuck.add(id);
    expect(world.sweep()).toBe('done');
  });
});
