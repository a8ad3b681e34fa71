import type { HttpAnswer } from '../../src/ports/http';
import { zoom } from '../../src/providers/zoom';
import { apiDescription } from '../support/openapi';
import { DAYS, DAYS_BEGUN_MS, FIRST_TIME, LATER_DAYS, MEETING, MOVED, SECOND_TIME, SERIES, zurich } from './samples';
import { Wire } from './wire';
import { openZoom } from './zoom-vendor';

const DAY_MS = 86_400_000;
const auth = { kind: 'bearer', scriptProperty: 'ZOOM_TOKEN' } as const;
const provider = zoom({ auth });

function stage(options: Parameters<typeof openZoom>[0] = {}, by = provider) {
  const vendor = openZoom(options);
  const wire = new Wire({
    handle(request) {
      const reply = vendor.site.handle(request);
      vendor.check?.(request, reply);
      return reply;
    },
  });
  const create = (meeting = MEETING) => {
    const outcome = wire.run(by.create(meeting, 'k'));
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    return outcome.conference;
  };
  const newRequests = () => wire.sent.splice(0).map(({ method, url, json }) => [method, url.split('/v2')[1], json]);
  return { ...vendor, wire, create, newRequests };
}

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('a Zoom meeting', () => {
  it('shows guests the link, the code, the passcode and the telephone numbers', () => {
    const { create, meeting } = stage();
    const conference = create();
    const { password } = meeting(conference.id);
    const pin = conference.id.slice(-6);
    expect(conference).toEqual({
      id: expect.stringMatching(/^\d{11}$/),
      joinUrl: `https://zoom.us/j/${conference.id}?pwd=${password}enc.1`,
      meetingCode: conference.id,
      passcode: password,
      phones: [
        { number: '+1 2025550143', region: 'US', pin },
        { number: '+44 2079460143', region: 'GB', pin },
      ],
      notes: `By phone: meeting ID ${conference.id}, passcode ${pin}.`,
    });
  });

  it('has the waiting room, the passcode and the hosts that the operator chose', () => {
    const options = {
      waitingRoom: true,
      passcode: 'none',
      alternativeHosts: ['a@example.com', 'b@example.com'],
    } as const;
    const { create, meeting } = stage({}, zoom({ auth, ...options }));
    const conference = create();
    expect(conference.passcode).toBeUndefined();
    expect(meeting(conference.id).settings).toEqual({
      waiting_room: true,
      alternative_hosts: 'a@example.com;b@example.com',
    });
  });

  it('has text for an agenda, and no more of it than Zoom takes', () => {
    const { create, meeting } = stage();
    const { id } = create({ ...MEETING, title: 'x'.repeat(300), description: `<b>Bring</b><br>${'y'.repeat(3000)}` });
    expect(meeting(id).topic).toHaveLength(200);
    expect(meeting(id).agenda).toHaveLength(2000);
    expect(meeting(id).agenda.slice(0, 7)).toBe('Bring\ny');
  });

  it.each([
    ['first', FIRST_TIME, '2026-10-25T00:30:00Z', 120],
    ['second', SECOND_TIME, '2026-10-25T01:30:00Z', 60],
  ])('in the hour that comes twice is at the %s, told in UTC', (_, twice, start_time, minutes) => {
    const { create, meeting, newRequests } = stage();
    const { startMs, duration, timezone } = meeting(create(twice).id);
    expect([startMs, duration, timezone]).toEqual([Date.parse(start_time), minutes, 'Europe/Zurich']);
    expect(newRequests()).toEqual([
      ['POST', '/users/me/meetings', expect.objectContaining({ start_time, timezone: 'Europe/Zurich' })],
    ]);
  });

  it('belongs to the host that is named', () => {
    const { create, newRequests } = stage(
      { tokens: { 'grant-of-ana': 'room@example.com' } },
      zoom({ auth, userId: 'room@example.com' }),
    );
    create();
    expect(newRequests()[0]?.[1]).toBe('/users/room%40example.com/meetings');
  });

  it('of a whole day lasts 24 hours from its midnight, and of more says that it shows no more', () => {
    const { create, meeting } = stage();
    const day = (date: string) => ({ date, timeZone: 'Europe/Zurich' });
    const one = { ...MEETING, start: day('2026-03-05'), end: day('2026-03-06') };
    const { startMs, duration } = meeting(create(one).id);
    expect([startMs, duration]).toEqual([Date.parse('2026-03-04T23:00:00Z'), 1440]);
    expect(provider.caveats(one)).toEqual([]);
    const three = { ...one, end: day('2026-03-08') };
    expect(meeting(create(three).id).duration).toBe(1440);
    expect(provider.caveats(three)).toEqual(['Zoom shows no more than its first 24 hours.']);
  });
});

describe('an update at Zoom', () => {
  it('sends nothing but what changed', () => {
    const { create, wire, newRequests } = stage();
    const { id } = create();
    newRequests();
    wire.run(provider.update(id, { ...MEETING, title: 'New' }, ['title'], 'u'));
    expect(newRequests()).toEqual([['PATCH', `/meetings/${id}`, { topic: 'New' }]]);
  });

  it('of a series that has begun is said again from its next occurrence on, since Zoom passes over the past', () => {
    const { create, wire, clock, meeting, newRequests } = stage();
    const { id } = create(SERIES);
    clock.moveTo(Date.parse('2026-03-18T12:00:00Z'));
    newRequests();
    const later = { ...SERIES, start: zurich(3, 15), end: zurich(3, 16) };
    expect(wire.run(provider.update(id, later, ['time'], 'u'))).toEqual({ kind: 'done' });
    expect(newRequests().map(([, , body]) => (body as { start_time: string }).start_time)).toEqual([
      '2026-03-03T15:00:00',
      '2026-03-24T15:00:00',
    ]);
    expect(meeting(id).recurrence?.end_times).toBe(5);
    // Five Tuesdays at three in Zurich, over the change of the clocks.
    expect(meeting(id).occurrences.map((one) => one.start_time)).toEqual([
      '2026-03-24T14:00:00Z',
      '2026-03-31T13:00:00Z',
      '2026-04-07T13:00:00Z',
      '2026-04-14T13:00:00Z',
      '2026-04-21T13:00:00Z',
    ]);
  });

  it('of whole days that begin before UTC’s do is said again from the next one on', () => {
    const { create, wire, clock, meeting } = stage();
    const { id } = create(LATER_DAYS);
    clock.moveTo(DAYS_BEGUN_MS);
    expect(wire.run(provider.update(id, DAYS, ['time'], 'u'))).toEqual({ kind: 'done' });
    expect(meeting(id).occurrences[0]?.start_time).toBe('2026-03-09T18:30:00Z');
    expect(meeting(id).occurrences).toHaveLength(7);
  });

  it('of what lies behind altogether costs one request', () => {
    const { create, wire, clock, newRequests } = stage();
    const single = create().id;
    const series = create(SERIES).id;
    clock.moveTo(Date.parse('2026-06-01T00:00:00Z'));
    newRequests();
    wire.run(provider.update(single, MEETING, ['time'], 'u'));
    wire.run(provider.update(series, SERIES, ['recurrence'], 'u'));
    expect(newRequests()).toHaveLength(2);
  });

  it('to a repetition that Zoom cannot have leaves a meeting without fixed time, and the same link', () => {
    const { create, wire, meeting } = stage();
    const { id } = create();
    const yearly = { ...MEETING, recurrence: ['RRULE:FREQ=YEARLY'] };
    expect(wire.run(provider.update(id, yearly, ['recurrence'], 'u'))).toEqual({ kind: 'done' });
    expect(meeting(id)).toMatchObject({ type: 3, occurrences: [] });
    expect(provider.caveats(yearly)).toEqual([
      'Zoom has this as a recurring meeting without fixed time, because it repeats yearly.',
    ]);
    expect(wire.run(provider.updateOccurrence(id, MOVED, 'o'))).toEqual({ kind: 'done' });
  });
});

describe('an occurrence at Zoom', () => {
  it('takes a look at the series and one change', () => {
    const { create, wire, newRequests } = stage();
    const { id } = create(SERIES);
    newRequests();
    wire.run(provider.updateOccurrence(id, MOVED, 'o'));
    expect(newRequests()).toEqual([
      ['GET', `/meetings/${id}?show_previous_occurrences=true`, undefined],
      ['PATCH', `/meetings/${id}?occurrence_id=1773133200000`, { start_time: '2026-03-11T15:00:00Z', duration: 60 }],
    ]);
  });

  it.each(['Europe/Zurich', 'America/New_York'])('of whole days in %s is known by its date', (timeZone) => {
    const { create, wire, meeting } = stage();
    const day = (date: string) => ({ date, timeZone });
    const { id } = create({ ...SERIES, start: day('2026-03-10'), end: day('2026-03-11') });
    wire.run(provider.updateOccurrence(id, { slot: '2026-03-17' }, 'o'));
    const time = { start: day('2026-03-25'), end: day('2026-03-26') };
    wire.run(provider.updateOccurrence(id, { slot: '2026-03-24', time }, 'o'));
    const [first, second, third] = meeting(id).occurrences;
    expect([first?.status, second?.status, third?.status]).toEqual(['available', 'deleted', 'available']);
    expect(Date.parse(third?.start_time ?? '') - Date.parse(first?.start_time ?? '')).toBe(15 * DAY_MS);
  });

  it('that was deleted there cannot be brought back', () => {
    const { create, wire } = stage();
    const { id } = create(SERIES);
    wire.run(provider.updateOccurrence(id, { slot: MOVED.slot }, 'o'));
    expect(wire.run(provider.updateOccurrence(id, MOVED, 'o'))).toEqual({ kind: 'gone' });
  });
});

describe('Zoom’s limits', () => {
  const use = (
    act: (n: number) => { kind: string },
    clock: { moveTo(ms: number): void; nowMs(): number },
  ): { kind: string } => {
    for (let n = 0; n < 100; n++) {
      clock.moveTo(clock.nowMs() + 1_000);
      expect(act(n).kind).toMatch(/^(done|created)$/);
    }
    return act(100);
  };

  it('of 100 creates and updates a day is known for a daily one, also where only the sentence says so', () => {
    const { wire, clock } = stage();
    const left = use(() => wire.run(provider.create(MEETING, 'k')), clock);
    expect(left).toEqual({ kind: 'limited', daily: true });
    clock.moveTo(Math.ceil(clock.nowMs() / DAY_MS) * DAY_MS);
    expect(wire.run(provider.create(MEETING, 'k')).kind).toBe('created');
  });

  it('of a day still lets meetings be deleted', () => {
    const { wire, clock, create } = stage({ tellsRetryAfter: true });
    const { id } = create();
    const rename = (): { kind: string } => wire.run(provider.update(id, MEETING, ['title'], 'u'));
    for (let n = 1; n < 100; n++) {
      clock.moveTo(clock.nowMs() + 1_000);
      expect(rename()).toEqual({ kind: 'done' });
    }
    expect(rename()).toMatchObject({ kind: 'limited', daily: true, retryAfterMs: expect.any(Number) });
    expect(wire.run(provider.cancel(id, 'c'))).toEqual({ kind: 'done' });
  });

  it('of requests a second is over at once, as far as anybody says', () => {
    const { wire, create } = stage();
    const { id } = create();
    const outcomes = Array.from({ length: 40 }, () => wire.run(provider.update(id, MEETING, ['title'], 'u')));
    expect(outcomes.at(-1)).toEqual({ kind: 'limited' });
  });
});

describe('what Zoom’s answers mean', () => {
  const said = (status: number, body: unknown) => {
    const { wire } = stage();
    wire.instead = () => answer(status, body);
    return wire.run(provider.cancel('8', 'c'));
  };

  it.each([
    [400, 124, { kind: 'unauthorised' }],
    [401, 124, { kind: 'unauthorised' }],
    [400, 300, { kind: 'refused', code: 'zoom-300' }],
    [404, 1001, { kind: 'refused', code: 'zoom-1001', of: [] }],
    [404, 3001, { kind: 'gone' }],
    [400, 3001, { kind: 'gone' }],
    [400, 3161, { kind: 'refused', code: 'zoom-3161', of: [] }],
    [403, 3000, { kind: 'refused', code: 'zoom-3000', of: [] }],
  ])('%d with code %d is %j', (status, code, outcome) => {
    expect(said(status, { code, message: 'Meeting does not exist: 8.' })).toEqual(outcome);
  });

  it('404 without Zoom’s own code proves nothing about the meeting', () => {
    expect(said(404, '<html>Not found</html>')).toEqual({ kind: 'unavailable' });
  });

  it('a link that is no plain https link is no conference', () => {
    for (const join_url of ['http://zoom.us/j/8', 'javascript:alert(1)', 'https://zoom.us@evil.example/j/8', 8]) {
      const { wire } = stage();
      wire.instead = () => answer(201, { id: 8, join_url });
      expect(wire.run(provider.create(MEETING, 'k'))).toEqual({ kind: 'unavailable' });
    }
  });
});

describe('Zoom’s description of its API', () => {
  const description = apiDescription('zoom-meetings.json', '/v2');
  const asked = (method: string, path: string, body?: unknown) => ({
    method,
    url: `https://api.zoom.us/v2${path}`,
    headers: {},
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const done = { status: 204, headers: {}, body: '' };
  const itFinds = description === undefined ? it.skip : it;

  itFinds.each([
    ['a field that is not described', asked('PATCH', '/meetings/8', { title: 'Plan' }), done],
    ['a value that is wrong', asked('PATCH', '/meetings/8', { duration: 2_000 }), done],
    ['a parameter that is not described', asked('DELETE', '/meetings/8?notify=false'), done],
    ['a parameter of a wrong kind', asked('DELETE', '/meetings/8?schedule_for_reminder=no'), done],
    ['an operation that is not described', asked('PUT', '/meetings/8', {}), done],
    ['an answer that is not described', asked('DELETE', '/meetings/8'), { ...done, status: 202 }],
    ['an answer with a wrong field', asked('GET', '/meetings/8'), { ...done, status: 200, body: '{"id":"8"}' }],
  ])('finds %s', (_, request, reply) => {
    expect(description?.problems(request, reply)).toHaveLength(1);
  });
});
