import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, stamped, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { asKilled } from '../support/killed-creates';
import { syncWorld } from '../support/sync-world';

describe('an intent with an answer', () => {
  it('is a conference that waits for its event, as long as the operator decided', () => {
    const world = syncWorld();
    world.create();
    world.pass();
    expect(world.bindings()).toEqual([
      {
        calendar: calendarKey(CALENDAR_ID),
        eventId: 'ev1',
        solution: SOLUTION,
        conference: 'conf1',
        state: 'pending',
        delivered: '',
        endsMs: 0,
        bornMs: NOW_MS,
        guest: false,
        todo: toDo({ kind: 'settle', notBeforeMs: NOW_MS + DAY_MS }),
      },
    ]);
  });
});

describe('an intent without an answer', () => {
  function cutShort() {
    const world = syncWorld();
    world.meet.script = (request) => {
      world.meet.serve(request);
      return { fault: 'no answer' };
    };
    expect(world.create()).toEqual({ kind: 'failed', error: 'TEMPORARY' });
    asKilled(world);
    world.meet.script = () => undefined;
    return world;
  }

  it('is left alone while its execution may still run', () => {
    const world = cutShort();
    const sent = world.meet.batches.length;
    world.clock.advance(9 * MINUTE_MS);
    world.sweep();
    expect(world.meet.batches.length).toBe(sent);
    expect(world.state().intents).toHaveLength(1);
  });

  it('is resolved with the key and the body of its create, and makes no second conference', () => {
    const world = cutShort();
    world.clock.advance(70 * MINUTE_MS);
    world.sweep();
    const creates = world.meet.batches.flat().filter(({ method }) => method === 'POST');
    expect(new Set(creates.map((request) => JSON.stringify(request))).size).toBe(1);
    expect(world.meet.conferences.size).toBe(1);
    expect(world.bindings()).toMatchObject([{ state: 'pending', conference: 'conf1' }]);
    expect(world.state().intents).toEqual([]);
  });

  it('leaves a binding alone that knows more than the intent', () => {
    const world = cutShort();
    world.calendar.put(CALENDAR_ID, eventRow({ conferenceData: stamped('conf1', world.state().owner) }));
    world.pass();
    world.clock.advance(70 * MINUTE_MS);
    world.sweep();
    expect(world.bindings()).toMatchObject([{ state: 'live', delivered: expect.stringMatching(/^.{18}$/) }]);
  });

  it('keeps its conference as long as any other unsaved event does, because a person may hold its link', () => {
    const world = cutShort();
    world.clock.advance(70 * MINUTE_MS);
    world.sweep();
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.meet.conferences.get('conf1')?.cancelled).toBe(false);
    world.clock.advance(DAY_MS);
    world.sweep();
    expect(world.meet.conferences.get('conf1')?.cancelled).toBe(true);
    expect(world.bindings()).toEqual([]);
  });

  it('is used up when the provider still refuses it after a day, and kept while the provider is out', () => {
    const world = cutShort();
    world.clock.advance(HOUR_MS);
    world.meet.script = () => json(503, {});
    world.sweep();
    expect(world.state().intents).toHaveLength(1);
    world.clock.advance(HOUR_MS);
    world.meet.script = () => json(422, {});
    world.sweep();
    expect(world.state().intents).toHaveLength(1);
    world.clock.advance(DAY_MS);
    world.sweep();
    expect(world.state().intents).toEqual([]);
  });

  it('is given up, with a log line, after a week', () => {
    const world = cutShort();
    world.clock.advance(8 * DAY_MS);
    world.sweep();
    expect(world.state().intents).toEqual([]);
    expect(world.log.of('intent-given-up')).toHaveLength(1);
  });

  it('does not keep the calendars from being read, however many there are and however slowly the provider fails', () => {
    const world = syncWorld();
    world.book('ev0');
    world.meet.script = () => ({ fault: 'no answer' });
    for (let i = 1; i <= 30; i++) world.create(`ev${i}`);
    world.clock.advance(HOUR_MS);
    world.meet.onBatch = () => world.clock.advance(4_000);
    const startMs = world.clock.nowMs();
    world.sweep();
    expect(world.clock.nowMs() - startMs).toBeLessThan(30_000);
    expect(world.calendar.calls).toContain(`list ${CALENDAR_ID} full`);
  });

  it('leaves a mark while it is resolved, so that a provider that kills one sweep does not kill the next', () => {
    const world = cutShort();
    world.clock.advance(HOUR_MS);
    let marked: string[] = [];
    world.meet.onBatch = () => {
      marked = [...world.marks.set];
    };
    world.meet.script = () => ({ fault: 'no answer' });
    world.sweep();
    expect(marked).toEqual(['acting:example-meet']);
    expect(world.marks.set.size).toBe(0);
    const sent = world.meet.batches.length;
    world.marks.put(marked[0] as string);
    expect(world.sweep()).toBe('done');
    expect(world.meet.batches).toHaveLength(sent);
    expect(world.state().pauses.get('example-meet')).toMatchObject({ reason: 'unavailable' });
  });
});
