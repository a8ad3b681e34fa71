/** Teams behind the whole add-on: a person in Calendar, the deployed bundle, and Graph's simulator. */
import { TeamsServer } from '../../sandbox/vendors/teams/server';
import { HOUR_MS, WEEKLY } from '../scenarios/stage';
import { graphProblems } from '../support/graph-meetings';
import { stageOfEachTest } from './vendor-stage';
import { GRANT } from './wire';

const now = stageOfEachTest({
  name: 'teams',
  host: 'graph.microsoft.com',
  tokenProperty: 'TEAMS_TOKEN',
  open: ({ records, clock, random }) =>
    new TeamsServer({ records, clock, random: random.fork('teams'), tokens: { [GRANT]: 'ana@example.com' } }),
  description: { problems: graphProblems },
});

const only = () => {
  const [meeting, ...others] = now().vendor.meetings();
  if (meeting === undefined || others.length > 0) throw new Error('Not exactly one meeting.');
  return meeting;
};
const timesOf = () => [only().startMs, only().endMs].map((ms) => new Date(ms).toISOString().slice(0, 16));

describe('an event with a Teams meeting', () => {
  it('shows the link, the meeting ID, the passcode and the telephone', () => {
    const { conference } = now().meets();
    expect(conference?.entryPoints).toContainEqual(
      expect.objectContaining({
        entryPointType: 'video',
        uri: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\//),
        passcode: only().passcode,
        meetingCode: only().joinMeetingId,
      }),
    );
    expect(conference?.entryPoints).toContainEqual(
      expect.objectContaining({ entryPointType: 'phone', uri: 'tel:+12025550143', pin: only().conferenceId }),
    );
    expect(only()).toMatchObject({ subject: 'Design review', attendees: [] });
  });

  it('costs one request to make, one for the event’s own data, one for an edit', () => {
    const event = now().meets();
    const meeting = `/v1.0/me/onlineMeetings/${only().id}`;
    expect(now().newRequests()).toEqual(['POST /v1.0/me/onlineMeetings/createOrGet', `PATCH ${meeting}`]);
    now().ana.edits(event, {
      summary: 'Other',
      start: { dateTime: '2026-03-04T14:00:00', timeZone: 'Europe/Zurich' },
      end: { dateTime: '2026-03-04T15:30:00', timeZone: 'Europe/Zurich' },
    });
    now().world.settle();
    expect(now().newRequests()).toEqual([`PATCH ${meeting}`]);
    expect(only().subject).toBe('Other');
    expect(timesOf()).toEqual(['2026-03-04T13:00', '2026-03-04T14:30']);
  });

  it('of a whole day that moves to a calendar in another zone is that calendar’s day', () => {
    const { ana, world, vendor } = now();
    const event = now().meets({ summary: 'The day' });
    ana.edits(event, { start: { date: '2026-03-05' }, end: { date: '2026-03-06' } });
    world.settle();
    expect(timesOf()).toEqual(['2026-03-04T23:00', '2026-03-05T23:00']);
    const india = now().newCalendar({ timeZone: 'Asia/Kolkata' });
    now().meets({ calendarId: india, summary: 'So that this calendar is watched' });
    ana.moves(event, india);
    world.settle();
    const day = vendor.meetings().find(({ subject }) => subject === 'The day');
    expect(new Date(day?.startMs ?? 0).toISOString()).toBe('2026-03-04T18:30:00.000Z');
  });

  it('of a whole day is where its calendar is, also when that gets another zone', () => {
    const { ana, world } = now();
    const event = now().meets();
    ana.edits(event, { start: { date: '2026-03-05' }, end: { date: '2026-03-06' } });
    world.settle();
    const params = { calendarId: ana.email };
    const body = { timeZone: 'Asia/Kolkata' };
    world.calendar.handle(ana.email, { method: 'calendars.patch', params, body });
    now().newRequests();
    world.advance(2 * HOUR_MS);
    expect(timesOf()).toEqual(['2026-03-04T18:30', '2026-03-05T18:30']);
    world.advance(2 * HOUR_MS);
    expect(now().newRequests()).toEqual([`PATCH /v1.0/me/onlineMeetings/${only().id}`]);
  });

  it('costs nothing for what Teams does not have: a description, a guest, an answer', () => {
    const event = now().meets({ guests: ['ben@example.com'] });
    now().newRequests();
    now().ana.edits(event, { description: '<b>Why</b>' });
    now().world.user('ben@example.com').replies(event, 'accepted');
    now().world.settle();
    expect(now().newRequests()).toEqual([]);
  });

  it('ends with the event', () => {
    now().ana.deletes(now().meets());
    now().world.settle();
    now().world.advance(2 * HOUR_MS);
    expect(now().vendor.meetings()).toEqual([]);
  });

  it('is not made twice when the answer to the create is lost', () => {
    now().world.faults.next('internet.graph.microsoft.com', { kind: 'lost-answer' });
    now().meets();
    now().world.advance(2 * HOUR_MS);
    expect(only().subject).toBe('Design review');
  });
});

describe('a series with a Teams meeting', () => {
  it('is one meeting at its first date; an occurrence that is moved or cancelled costs nothing', () => {
    const event = now().meets(WEEKLY);
    expect(timesOf()).toEqual(['2026-03-03T09:00', '2026-03-03T10:00']);
    now().newRequests();
    now().ana.deletes(now().ana.occurrence(event, '2026-03-10'), 'this');
    now().ana.drags(now().ana.occurrence(event, '2026-03-17'), '2026-03-18T14:00:00', '2026-03-18T15:00:00', 'this');
    now().world.settle();
    expect(now().newRequests()).toEqual([]);
    expect(timesOf()).toEqual(['2026-03-03T09:00', '2026-03-03T10:00']);
  });

  it('that is split keeps its meeting for the second half when the first is deleted', () => {
    const event = now().meets(WEEKLY);
    now().ana.edits(now().ana.occurrence(event, '2026-03-17'), { summary: 'Second half' }, 'following');
    now().world.settle();
    now().ana.deletes(event, 'all');
    now().world.settle();
    now().world.advance(2 * HOUR_MS);
    expect(only().subject).toBe('Second half');
  });
});

describe('a grant that is not accepted any more', () => {
  it('loses nothing: the edit is told when there is a new one', () => {
    const event = now().meets();
    now().world.script.setScriptProperty('TEAMS_TOKEN', 'expired');
    now().ana.edits(event, { summary: 'While signed out' });
    now().world.settle();
    expect(only().subject).toBe('Design review');
    now().world.script.setScriptProperty('TEAMS_TOKEN', GRANT);
    now().world.advance(3 * HOUR_MS);
    expect(only().subject).toBe('While signed out');
  });
});
