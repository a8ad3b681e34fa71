import { DEFAULT_POLICIES, HOUR_MS } from '../../src/core/policies';
import { exampleMeet } from '../../src/providers/example-meet';
import { jitsiMeet } from '../../src/providers/jitsi';
import { readEventStatus } from '../../src/sync/event-status';
import { CALENDAR_ID, NOW_MS, SOLUTION } from '../support/core-world';
import { json } from '../support/fake-meet';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const statusOf = (world: SyncWorld, eventId = 'ev1', seriesId?: string) =>
  readEventStatus(world.deps, { calendarId: CALENDAR_ID, eventId, ...(seriesId !== undefined && { seriesId }) });

describe('the status of an event', () => {
  it('is empty without a conference of ours, and for another calendar', () => {
    const world = syncWorld();
    world.book();
    world.pass();
    expect(statusOf(world, 'ev2')).toEqual([]);
    expect(readEventStatus(world.deps, { calendarId: 'other', eventId: 'ev1' })).toEqual([]);
  });

  it('knows a conference that was made a moment ago', () => {
    const world = syncWorld();
    world.book();
    expect(statusOf(world)).toMatchObject([{ solution: SOLUTION, state: 'waits-for-save', caveats: [] }]);
    expect(world.bindings()).toEqual([]);
  });

  it('tells since when a change waits, and what holds it up', () => {
    const world = syncWorld();
    world.book();
    world.meet.script = () => json(401, {});
    world.pass();
    expect(statusOf(world)).toMatchObject([
      {
        state: 'in-step',
        change: { sinceMs: NOW_MS, attempts: 1 },
        pause: { reason: 'unauthorised', untilMs: NOW_MS + HOUR_MS },
      },
    ]);
  });

  it('tells a refusal from a silence that went on for too long', () => {
    const refused = syncWorld();
    refused.book();
    refused.meet.script = () => json(422, {});
    refused.pass();
    expect(statusOf(refused)).toMatchObject([{ change: { setAside: 'refused', attempts: 1 } }]);

    const silent = syncWorld({ policies: { ...DEFAULT_POLICIES, parkAfterAttempts: 3 } });
    silent.book();
    silent.meet.script = () => json(503, {});
    silent.pass();
    for (let hour = 0; hour < 6; hour++) {
      silent.clock.advance(HOUR_MS);
      silent.sweep();
    }
    expect(statusOf(silent)).toMatchObject([{ change: { setAside: 'no-answer', attempts: 3 } }]);
  });

  it('shows an occurrence what its series has', () => {
    const world = syncWorld();
    world.book('ev1', { recurrence: ['RRULE:FREQ=DAILY'] });
    world.pass();
    expect(statusOf(world, 'ev1_20260303T090000Z', 'ev1')).toMatchObject([{ state: 'in-step' }]);
    expect(statusOf(world, 'ev1_20260303T090000Z')).toEqual([]);
  });

  it('asks Google for nothing where the provider is told of nothing', () => {
    const provider = jitsiMeet({ baseUrl: 'https://jitsi.example.org' });
    const world = syncWorld({ solutions: new Map([[SOLUTION, { id: SOLUTION, providerName: 'meet', provider }]]) });
    world.book();
    world.pass();
    const before = [...world.calendar.calls];
    expect(statusOf(world)).toMatchObject([{ caveats: [] }]);
    expect(world.calendar.calls).toEqual(before);
  });

  it('tells what the provider refused of the event as it is now, and with it of a series', () => {
    const world = syncWorld();
    const conference = world.book('ev1', { recurrence: ['RRULE:FREQ=WEEKLY'] });
    world.meet.script = ({ method, json: body }) =>
      method === 'PATCH' && (body as { title?: string }).title === 'Plan' ? json(422, {}) : undefined;
    world.pass();
    expect(statusOf(world)).toMatchObject([{ refused: [{ field: 'title', code: 'http-422' }], isSeries: true }]);
    expect(statusOf(world)[0]).not.toHaveProperty('change');
    world.edit('ev1', conference, { summary: 'Talk', recurrence: ['RRULE:FREQ=WEEKLY'] });
    expect(statusOf(world)[0]).not.toHaveProperty('refused');
    world.calendar.failGet('ev1', 'google-unavailable');
    expect(statusOf(world)).toMatchObject([{ refused: [{ field: 'title' }] }]);
    expect(statusOf(world)[0]).not.toHaveProperty('caveats');
  });

  it('tells that a private event keeps to itself what its provider would show, unless the operator decided otherwise', () => {
    const world = syncWorld();
    world.book('ev1', { visibility: 'confidential' });
    world.pass();
    expect(statusOf(world)).toMatchObject([{ withheld: 'private' }]);
    world.deps.policies = { ...DEFAULT_POLICIES, privateEvents: 'all' };
    expect(statusOf(world)[0]).not.toHaveProperty('withheld');
  });

  it('tells that Google does not show all guests, where the provider has them', () => {
    const meet = exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth: { kind: 'none' } });
    for (const keeps of [['title'], ['title', 'guests']] as const) {
      const provider = { ...meet, capabilities: { ...meet.capabilities, keeps } };
      const world = syncWorld({ solutions: new Map([[SOLUTION, { id: SOLUTION, providerName: 'meet', provider }]]) });
      world.book('ev1', { attendeesOmitted: true });
      world.pass();
      expect(statusOf(world)[0]?.withheld).toBe(keeps.length === 2 ? 'guests' : undefined);
    }
  });

  it('says what the provider says of the event as it is now', () => {
    const meet = exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth: { kind: 'none' } });
    const provider = { ...meet, caveats: ({ title }: { title: string }) => [`Only half of ${title}.`] };
    const world = syncWorld({ solutions: new Map([[SOLUTION, { id: SOLUTION, providerName: 'meet', provider }]]) });
    const conference = world.book('ev1', { summary: 'Plan' });
    world.pass();
    expect(statusOf(world)).toMatchObject([{ caveats: ['Only half of Plan.'] }]);
    world.edit('ev1', conference, { summary: 'Other plan' });
    expect(statusOf(world)).toMatchObject([{ caveats: ['Only half of Other plan.'] }]);
  });
});
