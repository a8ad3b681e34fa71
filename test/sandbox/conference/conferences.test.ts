import { session, WEEKLY } from './session';

const ONCE = {
  title: 'Review <b>&',
  start: { dateTime: '2026-03-05T15:00:00+01:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-03-05T16:00:00+01:00', timeZone: 'Europe/Berlin' },
};

describe('a new conference', () => {
  it('has an id, a link, dial-in numbers and the fields it was given', () => {
    const { ask, server } = session();
    const made = ask('POST', '/v1/conferences', { ...ONCE, passcode: 'sesame', invitees: ['ann@example.com'] });
    expect(made.status).toBe(201);
    expect(made.headers.ETag).toBe('"1"');
    expect(made.body).toMatchObject({ ...ONCE, passcode: 'sesame', status: 'scheduled', version: 1, lobby: false });
    expect(made.body.joinUrl).toBe(`https://meet.example.com/j/${made.body.id}`);
    expect(made.body.dialIn.map((dialIn: { country: string }) => dialIn.country)).toEqual(['US', 'GB']);
    expect(ask('GET', `/v1/conferences/${made.body.id}`).body).toEqual(made.body);
    expect(server.conferences()).toHaveLength(1);
  });

  it('may be made before anybody has said when', () => {
    const { ask } = session();
    expect(ask('POST', '/v1/conferences', { title: 'Draft' }).body).toMatchObject({ start: null, end: null });
  });

  it.each([
    ['title', {}],
    ['title', { title: ' ' }],
    ['title', { title: 7 }],
    ['color', { title: 'a', color: 'red' }],
    ['__proto__', JSON.parse('{"title":"a","__proto__":{}}')],
    ['start.timeZone', { ...ONCE, start: { dateTime: '2026-03-05T15:00:00Z', timeZone: 'Mars/Base' } }],
    ['start.timeZone', { ...ONCE, start: { dateTime: '2026-03-05T15:00:00' } }],
    ['start.dateTime', { ...ONCE, start: { dateTime: '2026-02-30T15:00:00Z' } }],
    ['start.date', { ...ONCE, start: { date: '2026-13-01' } }],
    ['start.hour', { ...ONCE, start: { dateTime: '2026-03-05T15:00:00Z', hour: 1 } }],
    ['end', { ...ONCE, end: { date: '2026-03-06' } }],
    ['end', { ...ONCE, end: { dateTime: '2026-03-05T13:00:00Z' } }],
    ['end', { ...ONCE, end: null }],
    ['end.date', { title: 'a', start: { date: '2026-03-05' }, end: { date: '2026-03-05' } }],
    ['recurrence[0]', { ...ONCE, recurrence: ['RRULE:FREQ=SOMETIMES'] }],
    ['recurrence[0]', { ...ONCE, recurrence: ['RRULE:INTERVAL=2'] }],
    ['recurrence[0]', { ...ONCE, recurrence: ['RRULE:FREQ=MONTHLY;BYDAY=6MO'] }],
    ['recurrence[0]', { ...ONCE, recurrence: ['EXRULE:FREQ=DAILY;BYMONTH=13'] }],
    ['recurrence[1]', { ...ONCE, recurrence: ['RRULE:FREQ=DAILY', 'EXDATE:yesterday'] }],
    ['recurrence[0]', { ...ONCE, recurrence: ['EXDATE;TZID=Nowhere:20260305T150000'] }],
    ['recurrence', { title: 'a', recurrence: ['RRULE:FREQ=DAILY'] }],
    ['passcode', { ...ONCE, passcode: 'no spaces' }],
    ['lobby', { ...ONCE, lobby: 'yes' }],
    ['invitees[1]', { ...ONCE, invitees: ['ann@example.com', 'ben'] }],
  ])('is refused with 422 naming %s', (field, body) => {
    const { ask, server } = session();
    const answer = ask('POST', '/v1/conferences', body);
    expect([answer.status, answer.body.error.code, answer.body.error.field]).toEqual([422, 'invalid_field', field]);
    expect(server.all()).toEqual([]);
  });

  it.each(['', '{', '[]', '"a"', 'null'])('is refused with 400 when the body is %j', (body) => {
    expect(session().ask('POST', '/v1/conferences', body).body.error.code).toBe('invalid_json');
  });

  it('is refused when the body is not called JSON', () => {
    const answer = session().ask('POST', '/v1/conferences', ONCE, { 'Content-Type': 'text/plain' });
    expect([answer.status, answer.body.error.code]).toEqual([415, 'unsupported_media_type']);
  });
});

describe('the same create sent twice', () => {
  const key = { 'Idempotency-Key': 'k-1' };

  it('makes one conference, and says 200 the second time', () => {
    const { ask, server } = session();
    const first = ask('POST', '/v1/conferences', ONCE, key);
    const { title, end, start } = ONCE;
    const second = ask('POST', '/v1/conferences', { end, start, title }, key);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    expect(server.conferences()).toHaveLength(1);
  });

  it('shows the conference as it is now, not as it was', () => {
    const { ask } = session();
    const { id } = ask('POST', '/v1/conferences', ONCE, key).body;
    ask('PATCH', `/v1/conferences/${id}`, { title: 'Later' });
    expect(ask('POST', '/v1/conferences', ONCE, key).body).toMatchObject({ id, title: 'Later', version: 2 });
  });

  it('is refused when the body differs', () => {
    const { ask } = session();
    ask('POST', '/v1/conferences', ONCE, key);
    const answer = ask('POST', '/v1/conferences', { ...ONCE, title: 'Other' }, key);
    expect([answer.status, answer.body.error.code]).toEqual([422, 'idempotency_mismatch']);
  });

  it('is refused when the conference was cancelled since', () => {
    const { ask } = session();
    ask('DELETE', `/v1/conferences/${ask('POST', '/v1/conferences', ONCE, key).body.id}`);
    expect(ask('POST', '/v1/conferences', ONCE, key).status).toBe(410);
  });

  it('makes another one after 24 hours', () => {
    const { ask, clock, records, server } = session();
    ask('POST', '/v1/conferences', ONCE, key);
    clock.moveTo(clock.nowMs() + 24 * 3_600_000 - 1);
    expect(ask('POST', '/v1/conferences', ONCE, key).status).toBe(200);
    clock.moveTo(clock.nowMs() + 1);
    expect(ask('POST', '/v1/conferences', ONCE, key).status).toBe(201);
    expect([server.conferences().length, records.count('conference-key')]).toEqual([2, 1]);
  });

  it('survives a restart of the server, which deals out no id twice', () => {
    const before = session();
    const { id } = before.ask('POST', '/v1/conferences', ONCE, key).body;
    const after = session({ records: before.records });
    expect(after.ask('POST', '/v1/conferences', ONCE, key).body.id).toBe(id);
    expect(after.ask('POST', '/v1/conferences', ONCE).body.id).not.toBe(id);
  });
});

describe('changing a conference', () => {
  it('changes what is sent and counts a version', () => {
    const { ask } = session();
    const made = ask('POST', '/v1/conferences', ONCE).body;
    const changed = ask(
      'PATCH',
      `/v1/conferences/${made.id}`,
      { title: 'New', description: 'x' },
      { 'If-Match': '"1"' },
    );
    expect(changed.body).toEqual({
      ...made,
      title: 'New',
      description: 'x',
      version: 2,
      updated: changed.body.updated,
    });
  });

  it('counts no version when nothing is different', () => {
    const { ask } = session();
    const { id } = ask('POST', '/v1/conferences', ONCE).body;
    expect(ask('PATCH', `/v1/conferences/${id}`, { title: ONCE.title }).body.version).toBe(1);
  });

  it('is refused at another version than If-Match names', () => {
    const { ask } = session();
    const { id } = ask('POST', '/v1/conferences', ONCE).body;
    const answer = ask('PATCH', `/v1/conferences/${id}`, { title: 'New' }, { 'if-match': '"7"' });
    expect([answer.status, answer.body.error.code]).toEqual([412, 'version_mismatch']);
  });

  it('is refused when it would leave the end before the start', () => {
    const { ask } = session();
    const { id } = ask('POST', '/v1/conferences', ONCE).body;
    const answer = ask('PATCH', `/v1/conferences/${id}`, { start: { dateTime: '2026-03-06T15:00:00Z' } });
    expect([answer.status, answer.body.error.field]).toEqual([422, 'end']);
    expect(ask('GET', `/v1/conferences/${id}`).body.version).toBe(1);
  });
});

describe('cancelling a conference', () => {
  it('is final: 204 once, then 410 for everything', () => {
    const { ask, server } = session();
    const { id } = ask('POST', '/v1/conferences', ONCE).body;
    const path = `/v1/conferences/${id}`;
    expect(ask('DELETE', path).status).toBe(204);
    expect([ask('DELETE', path), ask('GET', path), ask('PATCH', path, {})].map(({ status }) => status)).toEqual([
      410, 410, 410,
    ]);
    expect(server.conferences()).toEqual([]);
    expect(ask('GET', '/v1/conferences').body.items).toEqual([]);
    expect(ask('GET', '/v1/conferences?include=cancelled').body.items).toMatchObject([{ id, status: 'cancelled' }]);
  });

  it('answers 404 for what never was', () => {
    const answer = session().ask('DELETE', '/v1/conferences/abc-defg-hij');
    expect([answer.status, answer.body.error.code]).toEqual([404, 'not_found']);
  });
});

describe('the owner acts on the server itself', () => {
  it('edits and cancels without any request', () => {
    const { ask, server } = session();
    const { id } = ask('POST', '/v1/conferences', WEEKLY).body;
    server.edit(id, { title: 'Renamed there' });
    expect(ask('GET', `/v1/conferences/${id}`).body).toMatchObject({ title: 'Renamed there', version: 2 });
    server.cancel(id);
    expect(ask('GET', `/v1/conferences/${id}`).status).toBe(410);
    expect(server.requests().map(({ method, status }) => `${method} ${status}`)).toEqual([
      'GET 200',
      'POST 201',
      'GET 200',
      'GET 410',
    ]);
  });
});

describe('the list', () => {
  it('comes in pages that miss nothing', () => {
    const { ask } = session();
    const ids = Array.from({ length: 5 }, (_, i) => ask('POST', '/v1/conferences', { title: `c${i}` }).body.id);
    const seen: string[] = [];
    for (let token = ''; ; ) {
      const page = ask('GET', `/v1/conferences?pageSize=2${token && `&pageToken=${token}`}`).body;
      seen.push(...page.items.map((item: { id: string }) => item.id));
      if (page.nextPageToken === undefined) break;
      token = page.nextPageToken;
    }
    expect(seen).toEqual(ids);
  });

  it.each(['pageSize=0', 'pageSize=501', 'pageToken=x', 'include=all'])('is refused with 400 for %s', (query) => {
    expect(session().ask('GET', `/v1/conferences?${query}`).body.error.code).toBe('invalid_parameter');
  });
});
