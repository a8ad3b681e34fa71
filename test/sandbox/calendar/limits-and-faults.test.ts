import { GOOGLE_QUOTA } from '../../../sandbox/calendar/quota';
import { ANA, BEN, CalendarRoom, ids, meeting, refusalOf } from './calendar-room';

describe('the request quota', () => {
  const ask = (room: CalendarRoom, viewer = ANA) =>
    room.service.handle(viewer, { method: 'colors.get', params: {} }).status;

  it('lets 600 calls a minute through for each user, by a sliding minute', () => {
    const room = new CalendarRoom({}, GOOGLE_QUOTA);
    const statuses = Array.from({ length: 601 }, () => ask(room));
    expect(statuses.filter((status) => status === 200)).toHaveLength(600);
    expect([ask(room), ask(room, BEN)]).toEqual([403, 200]);
    room.advance(60_000);
    expect(ask(room)).toBe(200);
  });

  it('is refused in Google’s words', () => {
    const room = new CalendarRoom({}, { perUserPerMinute: 0, perProjectPerMinute: 10 });
    const answer = room.call(ANA, 'colors.get', {});
    expect(answer.body).toEqual({
      error: {
        errors: [{ domain: 'usageLimits', reason: 'userRateLimitExceeded', message: 'User Rate Limit Exceeded' }],
        code: 403,
        message: 'User Rate Limit Exceeded',
      },
    });
    const project = new CalendarRoom({}, { perUserPerMinute: 10, perProjectPerMinute: 0 });
    expect(refusalOf(project.call(ANA, 'colors.get', {}))).toEqual([429, 'rateLimitExceeded', 'Rate Limit Exceeded']);
  });

  it('counts a patch three times, and what a person does in Calendar not at all', () => {
    const room = new CalendarRoom({}, { perUserPerMinute: 4, perProjectPerMinute: 100 });
    const { id } = room.insert(ANA, meeting());
    room.patch(ANA, id, { summary: 'New' });
    expect(room.call(ANA, 'colors.get', {}).status).toBe(403);
    expect(room.call(ANA, 'events.insert', { calendarId: 'primary' }, meeting(), undefined, 'editor').status).toBe(200);
    expect(room.service.setConference(ANA, 'primary', id, null).status).toBe(200);
  });
});

describe('a planned fault', () => {
  it('of status refuses with Google’s body and carries nothing out', () => {
    const room = new CalendarRoom();
    room.faults.next('calendar.events.insert', { kind: 'status', status: 503 });
    const answer = room.call(ANA, 'events.insert', { calendarId: 'primary' }, meeting());
    expect(refusalOf(answer)).toEqual([503, 'backendError', 'Backend Error']);
    expect(room.list(ANA).items).toEqual([]);
    const headers = { 'retry-after': '7' };
    room.faults.next('calendar', { kind: 'status', status: 502, body: '<html>', headers });
    expect(room.call(ANA, 'events.list', { calendarId: 'primary' })).toEqual({ status: 502, headers, body: '<html>' });
  });

  it('of lost-answer carries out and then fails; the change is told', () => {
    const room = new CalendarRoom();
    room.faults.next('calendar.events.insert', { kind: 'lost-answer' });
    const answer = room.call(ANA, 'events.insert', { calendarId: 'primary' }, meeting({ id: 'abcde' }));
    expect(refusalOf(answer)).toEqual([503, 'backendError', 'Backend Error']);
    expect(ids(room.list(ANA).items)).toEqual(['abcde']);
    expect(room.changes).toHaveLength(1);
  });

  it('of throw throws its sentence; one that belongs elsewhere says where', () => {
    const room = new CalendarRoom();
    room.faults.next('calendar.events.list', { kind: 'throw', message: 'Empty response' });
    room.faults.next('calendar.events.list', { kind: 'hang', ms: 1 });
    const list = () => room.call(ANA, 'events.list', { calendarId: 'primary' });
    expect(list).toThrow('Empty response');
    expect(list).toThrow(/plan it at script/);
  });
});

describe('every request', () => {
  it('leaves a line in the trace, without titles', () => {
    const room = new CalendarRoom();
    room.insert(ANA, meeting({ summary: 'Secret' }));
    room.list(ANA);
    const entries = room.trace.entries();
    expect(entries.map(({ kind, by, text }) => [kind, by, text])).toEqual([
      ['calendar', ANA, 'events.insert primary → 200'],
      ['calendar', ANA, 'events.list primary → 200, 1 row, token'],
    ]);
    expect(JSON.stringify(entries)).not.toContain('Secret');
  });

  it('by nobody we know is 401, and a bad parameter is 400 with its name', () => {
    const room = new CalendarRoom();
    expect(refusalOf(room.call('nobody@example.com', 'colors.get', {}))).toEqual([
      401,
      'authError',
      'Invalid Credentials',
    ]);
    const list = (params: object) => refusalOf(room.call(ANA, 'events.list', { calendarId: 'primary', ...params }));
    for (const params of [{ maxResults: 0 }, { maxResults: 'many' }, { singleEvents: 'perhaps' }, { orderBy: 'id' }]) {
      expect(list(params).slice(0, 2)).toEqual([400, 'invalidParameter']);
    }
    expect(list({ timeMin: '2026-01-01' })[0]).toBe(400);
    expect(refusalOf(room.call(ANA, 'events.list', {}))).toEqual([400, 'required', 'Required parameter: calendarId']);
  });

  it('takes parameters as strings, as values, and absent as null or undefined', () => {
    const room = new CalendarRoom();
    room.insert(ANA, meeting());
    const list = room.list(ANA, { maxResults: '1', singleEvents: 'true', pageToken: null, q: undefined } as never);
    expect(list.items).toHaveLength(1);
  });

  it('answers with what nobody can change by accident, and stores a copy of what it was given', () => {
    const room = new CalendarRoom();
    const body = meeting({ attendees: [{ email: BEN }] });
    const { id } = room.insert(ANA, body);
    (body.attendees as Array<{ email: string }>)[0]!.email = 'changed@example.com';
    expect(room.get(ANA, id).attendees).toMatchObject([{ email: BEN }]);
    expect(() => Object.assign(room.get(ANA, id).start as object, { dateTime: 'x' })).toThrow(TypeError);
  });
});
