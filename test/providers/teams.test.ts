import type { MeetingParticipantInfo, OnlineMeeting } from '@microsoft/microsoft-graph-types';
import type { Meeting } from '../../src/core/meeting';
import type { HttpAnswer } from '../../src/ports/http';
import { teams } from '../../src/providers/teams';
import { createBody, type TeamsAttendee, type TeamsCreate } from '../../src/providers/teams-meeting';
import { graphProblems } from '../support/graph-meetings';
import { MEETING, MOVED, SERIES, zurich } from './samples';
import { openTeams } from './teams-vendor';
import { GRANT, Wire } from './wire';

const auth = { kind: 'bearer', scriptProperty: 'TEAMS_TOKEN' } as const;
const provider = teams({ auth });

function stage(by = provider, vendor = openTeams()) {
  const wire = new Wire({
    handle(request) {
      const reply = vendor.site.handle(request);
      vendor.check?.(request, reply);
      return reply;
    },
  });
  const create = (meeting = MEETING, key = 'k') => {
    const outcome = wire.run(by.create(meeting, key));
    if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome));
    return outcome.conference;
  };
  const newRequests = () => wire.sent.splice(0).map(({ method, url, json }) => [method, url.split('/v1.0')[1], json]);
  return { ...vendor, wire, create, newRequests };
}

const guests = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ email: `guest${i}@example.com`, optional: false }));

describe('what Teams is told', () => {
  /** The compiler refuses `true` when Ours has a field that Theirs has not. */
  type IsPartOf<Ours, Theirs> = [Exclude<keyof Ours, keyof Theirs>] extends [never] ? true : false;

  it('fits Microsoft’s own types, as the compiler sees it, and has no field that they have not', () => {
    const body: OnlineMeeting = createBody(MEETING, 'k', ['title', 'time', 'guests'], []);
    const meeting: IsPartOf<TeamsCreate, OnlineMeeting> = true;
    const attendee: IsPartOf<TeamsAttendee, MeetingParticipantInfo> = true;
    expect([meeting, attendee]).toEqual([true, true]);
    expect(body).toEqual({
      externalId: 'k',
      subject: 'Plan',
      startDateTime: '2026-03-03T09:00:00Z',
      endDateTime: '2026-03-03T10:00:00Z',
      participants: { attendees: [{ upn: 'ben@example.com' }] },
    });
  });

  it.each<[string, object, string]>([
    ['a field that no meeting has', { externalId: 'k', agenda: 'What comes' }, 'OnlineMeeting.agenda is not declared'],
    ['a text where a list is due', { externalId: 'k', participants: { attendees: 'a' } }, 'attendees is no list'],
    ['a role that there is not', attendee({ upn: 'a', role: 'host' }), 'attendees[0].role is none of'],
    ['a field of an attendee that there is not', attendee({ email: 'a' }), 'attendees[0].email is not declared'],
    ['a field that only the answer has', { externalId: 'k', joinWebUrl: 'https://a' }, 'joinWebUrl is not taken'],
    ['an end alone', { externalId: 'k', endDateTime: '2026-03-03T10:00:00Z' }, 'endDateTime stands alone'],
    ['a local time', times('2026-03-03T10:00:00'), 'startDateTime is not in UTC'],
    ['no external id', {}, 'externalId is needed'],
  ])('is looked at: %s is found', (_, body, problem) => {
    const url = 'https://graph.microsoft.com/v1.0/me/onlineMeetings/createOrGet';
    const request = { method: 'POST', url, headers: {}, body: JSON.stringify(body) };
    const found = graphProblems(request, { status: 201, headers: {}, body: '{"id":"8"}' });
    expect(found).toContainEqual(expect.stringContaining(problem));
  });

  function attendee(one: object) {
    return { externalId: 'k', participants: { attendees: [one] } };
  }
  function times(startDateTime: string) {
    return { externalId: 'k', startDateTime, endDateTime: '2026-03-03T10:00:00Z' };
  }
});

describe('a Teams meeting', () => {
  it('shows guests the link, the meeting ID, the passcode and the telephone', () => {
    const { create, meeting } = stage();
    const conference = create();
    const { joinMeetingId, passcode, conferenceId } = meeting(conference.id);
    expect(conference).toEqual({
      id: conference.id,
      joinUrl: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\/l\/meetup-join\/19%3Ameeting_/),
      meetingCode: joinMeetingId,
      passcode,
      phones: [{ number: '+1 202-555-0143', pin: conferenceId }],
      notes: expect.stringContaining(`By phone: conference ID ${conferenceId}, local numbers at https://dialin.teams`),
    });
  });

  it.each<[string, Partial<Meeting>, string[], string[]]>([
    ['is at its instants', {}, ['2026-03-03T09:00', '2026-03-03T10:00'], []],
    [
      'that repeats is at its first date, and says so',
      { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'] },
      ['2026-03-03T09:00', '2026-03-03T10:00'],
      ['Teams has the series as one meeting, at its first date; the link serves all of them.'],
    ],
    [
      'of a whole day is from midnight to midnight where the calendar is',
      allDay('2026-03-05', '2026-03-06'),
      ['2026-03-04T23:00', '2026-03-05T23:00'],
      [],
    ],
    [
      'of the day on which the clocks change has an hour less',
      allDay('2026-03-29', '2026-03-30'),
      ['2026-03-28T23:00', '2026-03-29T22:00'],
      [],
    ],
    [
      'of a day that has no midnight begins when the day does',
      allDay('2026-09-06', '2026-09-07', 'America/Santiago'),
      ['2026-09-06T04:00', '2026-09-07T03:00'],
      [],
    ],
    [
      'of several days is shown as the 30 hours that Teams gives it, and says so',
      allDay('2026-03-05', '2026-03-08'),
      ['2026-03-04T23:00', '2026-03-06T05:00'],
      ['Teams ends a meeting after 30 hours.'],
    ],
  ])('%s', (_, changes, instants, caveats) => {
    const { create, meeting } = stage();
    const changed = { ...MEETING, ...changes };
    const { startMs, endMs } = meeting(create(changed).id);
    expect([startMs, endMs].map((ms) => new Date(ms).toISOString().slice(0, 16))).toEqual(instants);
    expect(provider.caveats(changed)).toEqual(caveats);
  });

  function allDay(start: string, end: string, timeZone = 'Europe/Zurich'): Pick<Meeting, 'start' | 'end'> {
    return { start: { date: start, timeZone }, end: { date: end, timeZone } };
  }

  it('tells Teams of nobody unless the operator wants it', () => {
    const { create, meeting, newRequests } = stage();
    expect(meeting(create().id).attendees).toEqual([]);
    expect(JSON.stringify(newRequests())).not.toContain('ben@example.com');
  });

  it('has guests as attendees, and co-organisers among them, where the operator wants it', () => {
    const { create, meeting } = stage(teams({ auth, attendees: true, coOrganizers: ['guest1@example.com'] }));
    expect(meeting(create({ ...MEETING, guests: guests(2) }).id).attendees).toEqual([
      { upn: 'guest0@example.com', role: null },
      { upn: 'guest1@example.com', role: 'coorganizer' },
    ]);
  });
});

describe('a create at Teams', () => {
  it('carries its key as the external id, which is one of the person’s own', () => {
    const vendor = openTeams({ tokens: { [GRANT]: 'ana@example.com', other: 'ben@example.com' } });
    const { create, meeting } = stage(provider, vendor);
    const { id } = create(MEETING, 'word-9');
    expect(meeting(id).externalId).toBe('word-9');
    const url = 'https://graph.microsoft.com/v1.0/me/onlineMeetings/createOrGet';
    const headers = { authorization: 'Bearer other' };
    const reply = vendor.site.handle({ method: 'POST', url, headers, body: '{"externalId":"word-9"}' });
    expect(reply.status).toBe(201);
    expect(vendor.site.meetings().map(({ organizer }) => organizer)).toEqual(['ana@example.com', 'ben@example.com']);
  });

  it('for a user whom the application may not act for is forbidden, and says so', () => {
    const { wire } = stage(teams({ auth, userId: 'user-2' }), openTeams({ actsFor: ['user-1'] }));
    expect(wire.run(provider.create(MEETING, 'k')).kind).toBe('created');
    const outcome = wire.run(teams({ auth, userId: 'user-2' }).create(MEETING, 'k'));
    expect(outcome).toEqual({ kind: 'refused', code: 'forbidden' });
  });

  it('stops at 2,000 a month, and waits as long as it is told to', () => {
    const { wire, clock } = stage(provider, { ...openTeams(), check: () => undefined });
    for (let i = 0; i < 2_000; i++) wire.run(provider.create(MEETING, `k${i}`));
    clock.moveTo(clock.nowMs() + 86_400_000);
    const limited = { kind: 'limited', retryAfterMs: 29 * 86_400_000 };
    expect(wire.run(provider.create(MEETING, 'one more'))).toEqual(limited);
    expect(wire.run(provider.create(MEETING, 'k7')).kind).toBe('created');
  });
});

describe('an update at Teams', () => {
  it('sends nothing but what changed', () => {
    const { create, wire, newRequests } = stage();
    const { id } = create();
    newRequests();
    wire.run(provider.update(id, { ...MEETING, title: 'New' }, ['title'], 'u'));
    expect(newRequests()).toEqual([['PATCH', `/me/onlineMeetings/${id}`, { subject: 'New' }]]);
  });

  it('sends start and end together, though only one of them changed', () => {
    const { create, wire, newRequests } = stage();
    const { id } = create();
    newRequests();
    wire.run(provider.update(id, { ...MEETING, end: zurich(3, 12) }, ['time'], 'u'));
    const times = { startDateTime: '2026-03-03T09:00:00Z', endDateTime: '2026-03-03T11:00:00Z' };
    expect(newRequests()).toEqual([['PATCH', `/me/onlineMeetings/${id}`, times]]);
  });

  it('sends all attendees, though only one of them changed, and none when none is left', () => {
    const by = teams({ auth, attendees: true });
    const { create, wire, meeting } = stage(by);
    const { id } = create({ ...MEETING, guests: guests(3) });
    const people = () => meeting(id).attendees.map(({ upn }) => upn);
    wire.run(by.update(id, { ...MEETING, guests: guests(3).slice(1) }, ['guests'], 'u'));
    expect(people()).toEqual(['guest1@example.com', 'guest2@example.com']);
    wire.run(by.update(id, { ...MEETING, guests: [] }, ['guests'], 'u'));
    expect(people()).toEqual([]);
  });

  it('of what Teams does not have costs nothing', () => {
    const { wire, newRequests } = stage();
    expect(wire.run(provider.update('id', SERIES, ['description', 'recurrence'], 'u'))).toEqual({ kind: 'done' });
    expect(wire.run(provider.updateOccurrence('id', MOVED, 'o'))).toEqual({ kind: 'done' });
    expect(newRequests()).toEqual([]);
  });
});

describe('what Graph’s answers mean', () => {
  const json = { 'content-type': 'application/json; charset=utf-8' };
  const answer = (status: number, error: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
    status,
    headers: { ...json, ...headers },
    text: JSON.stringify({ error }),
  });
  const said = (instead: HttpAnswer) => {
    const { wire } = stage();
    wire.instead = () => instead;
    return wire.run(provider.cancel('8', 'c'));
  };
  const inner = { 'request-id': '599d9cb0-56ac-4dc5-b6f8-1456a1414609' };

  it.each<[string, HttpAnswer, object]>([
    ['404 of Graph’s own', answer(404, { code: 'NotFound', message: 'Meeting not found' }), { kind: 'gone' }],
    ['404 of a page', { status: 404, headers: { 'content-type': 'text/html' }, text: '<p>' }, { kind: 'unavailable' }],
    ['404 of something else’s', { status: 404, headers: json, text: '{"message":"no"}' }, { kind: 'unavailable' }],
    [
      'a refusal',
      answer(400, { code: 'BadRequest', message: 'ben@example.com', innerError: inner }),
      { kind: 'refused', code: 'graph-400-BadRequest-599d9cb0-56ac-4dc5-b6f8-1456a1414609' },
    ],
    [
      'a refusal whose id stands in a header',
      answer(409, { code: 'Conflict <1>' }, { 'request-id': '77' }),
      { kind: 'refused', code: 'graph-409-Conflict1-77', of: [] },
    ],
    ['a refusal without a word', { status: 400, headers: json, text: '' }, { kind: 'refused', code: 'graph-400' }],
    ['no permission', answer(403, { code: 'Forbidden', innerError: inner }), { kind: 'refused', code: 'forbidden' }],
    [
      'too many requests, though the status says forbidden',
      answer(403, { code: 'accessDenied', innerError: { code: 'throttledRequest' } }, { 'retry-after': '41' }),
      { kind: 'limited', retryAfterMs: 41_000 },
    ],
    [
      'a meeting that is being made, though the status says bad request',
      answer(400, { code: 'invalidRequest', innererror: { code: 'resourceBeingProvisioned' } }),
      { kind: 'unavailable' },
    ],
    ['a grant that is not good', answer(400, { code: 'unauthenticated' }), { kind: 'unauthorised' }],
    ['the bandwidth is used up', answer(509, { code: 'x' }), { kind: 'unavailable' }],
  ])('%s', (_, instead, outcome) => {
    expect(said(instead)).toEqual(outcome);
  });

  it('a create for a user whom Graph does not know is refused, not gone', () => {
    const { wire } = stage();
    wire.instead = () => answer(404, { code: 'Request_ResourceNotFound' });
    expect(wire.run(provider.create(MEETING, 'k'))).toEqual({ kind: 'refused', code: 'graph-404' });
  });

  it.each([
    'https://teams.microsoft.com@evil.example/l/meetup-join/1',
    'http://teams.microsoft.com/a',
    'https://teams.microsoft.com',
  ])('a meeting with the link %s is none', (joinWebUrl) => {
    const { wire } = stage();
    wire.instead = () => ({ status: 201, headers: json, text: JSON.stringify({ id: '8', joinWebUrl }) });
    expect(wire.run(provider.create(MEETING, 'k'))).toEqual({ kind: 'unavailable' });
  });

  it('a meeting without telephone and codes is one of its link alone', () => {
    const { wire } = stage();
    const joinWebUrl = 'https://teams.microsoft.com/l/meetup-join/19:meeting_a@thread.v2/0';
    const meeting = { id: '8', joinWebUrl, audioConferencing: null, joinMeetingIdSettings: { passcode: null } };
    wire.instead = () => ({ status: 200, headers: json, text: JSON.stringify(meeting) });
    const conference = { id: '8', joinUrl: joinWebUrl };
    expect(wire.run(provider.create(MEETING, 'k'))).toEqual({ kind: 'created', conference });
  });

  it('several numbers are told once each, with the conference ID', () => {
    const { wire } = stage();
    const audioConferencing = {
      conferenceId: '7',
      tollNumber: '+1',
      tollNumbers: ['+1', '+2'],
      tollFreeNumbers: ['+3'],
    };
    const meeting = { id: '8', joinWebUrl: 'https://teams.microsoft.com/meet/8', audioConferencing };
    wire.instead = () => ({ status: 200, headers: json, text: JSON.stringify(meeting) });
    const outcome = wire.run(provider.create(MEETING, 'k'));
    const phones = ['+1', '+2', '+3'].map((number) => ({ number, pin: '7' }));
    expect(outcome).toMatchObject({ conference: { phones, notes: 'By phone: conference ID 7.' } });
  });
});
