/** What sync does with a consent that covers some of its duties. */

import { MINUTE_MS } from '../../src/core/policies';
import type { Duty } from '../../src/ports/platform';
import { createConference } from '../../src/sync/create';
import { readEventStatus } from '../../src/sync/event-status';
import { runPass } from '../../src/sync/pass';
import { runSweep } from '../../src/sync/sweep';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { asKilled } from '../support/killed-creates';
import { consentLacking, syncWorld } from '../support/sync-world';

/** A world whose person allows all, and what is done in it while some of that is missing. */
function worldLacking(...duties: Duty[]) {
  const world = syncWorld();
  const lacking = { ...world.deps, authorisation: consentLacking(...duties) };
  return { ...world, lacking };
}

describe('a create without consent', () => {
  it.each(['calendar', 'provider', 'triggers'] as const)('sends the person to allow it: %s', (duty) => {
    const { lacking, store, meet, log } = worldLacking(duty);
    expect(createConference(lacking, SOLUTION, CALENDAR_ID, 'ev1')).toEqual({
      kind: 'failed',
      error: 'AUTHENTICATION',
      connectUrl: 'https://script.google.com/consent',
    });
    expect([store.reads, store.writes, meet.batches]).toEqual([0, [], []]);
    expect(log.of('create')).toEqual([{ event: 'create', end: 'failed', error: 'AUTHENTICATION', code: 'no-consent' }]);
  });

  it('sends the person there although it is not told of the event', () => {
    expect(createConference(worldLacking('calendar').lacking, SOLUTION, '', '')).toMatchObject({
      error: 'AUTHENTICATION',
    });
  });

  it('says that permission is missing where Google names no address', () => {
    const { deps } = worldLacking();
    const authorisation = { ...consentLacking('provider'), consentUrl: () => undefined };
    const answer = createConference({ ...deps, authorisation }, SOLUTION, CALENDAR_ID, 'ev1');
    expect(answer).toEqual({ kind: 'failed', error: 'PERMISSION_DENIED' });
  });

  it('goes on where only a card would be told less', () => {
    const { lacking } = worldLacking('open-event');
    expect(createConference(lacking, SOLUTION, CALENDAR_ID, 'ev1').kind).toBe('created');
  });
});

describe('a pass without leave to ask providers', () => {
  it('reads, keeps what is to be told without an attempt, and looks at nothing', () => {
    const { lacking, book, edit, meet, pass, bindings, calendar, log } = worldLacking('provider');
    const id = book();
    pass();
    const sent = meet.batches.length;
    edit('ev1', id, { summary: 'Renamed' });
    expect(runPass(lacking, [CALENDAR_ID], 'calendar')).toBe('done');
    expect(bindings()).toMatchObject([{ state: 'live', todo: { kind: 'deliver', attempts: 0 } }]);
    expect(log.of('pass').at(-1)).toMatchObject({ end: 'done', left: 1 });
    const calls = calendar.calls.length;
    expect(runSweep(lacking, { repair: false, by: 'trigger' })).toBe('done');
    expect(calendar.calls.length).toBe(calls + 1);
    expect(meet.batches.length).toBe(sent);
    pass();
    expect(meet.conferences.get(id)?.title).toBe('Renamed');
  });

  it('leaves an unanswered create for later', () => {
    const world = worldLacking('provider');
    const { lacking, create, meet, clock, store, sweep, bindings } = world;
    meet.script = () => ({ fault: 'no answer' });
    create();
    asKilled(world);
    meet.script = () => undefined;
    clock.advance(11 * MINUTE_MS);
    const sent = meet.batches.length;
    runSweep(lacking, { repair: false, by: 'trigger' });
    expect(meet.batches.length).toBe(sent);
    expect([...store.entries.keys()].some((key) => key.startsWith('lockstep.intent.'))).toBe(true);
    sweep();
    expect(bindings()).toMatchObject([{ state: 'pending' }]);
  });
});

describe('a sweep without leave to make triggers', () => {
  it('reads the calendars all the same', () => {
    const { lacking, book, meet } = worldLacking('triggers');
    const id = book();
    expect(runSweep(lacking, { repair: false, by: 'trigger' })).toBe('done');
    expect(meet.conferences.get(id)?.title).toBe('Plan');
  });
});

describe('the standing of an event without consent', () => {
  const place = { calendarId: CALENDAR_ID, eventId: 'ev1' };

  it('says what waits for it', () => {
    const { deps, book, pass } = worldLacking();
    book();
    pass();
    const heldBy = (...duties: Duty[]) =>
      readEventStatus({ ...deps, authorisation: consentLacking(...duties) }, place).map(({ held }) => held);
    expect(heldBy()).toEqual([undefined]);
    expect(heldBy('triggers', 'open-event')).toEqual([undefined]);
    expect(heldBy('provider')).toEqual(['telling']);
    expect(heldBy('calendar', 'provider')).toEqual(['reading']);
  });
});
