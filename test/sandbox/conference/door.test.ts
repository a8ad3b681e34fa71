import { session, WEEKLY } from './session';

describe('the door of the server', () => {
  it('asks for an API key where keys are set, and keeps accounts apart', () => {
    const { ask } = session({ apiKeys: { one: 'acme', two: 'bolt' } });
    const as = (key: string) => ({ Authorization: `Bearer ${key}` });
    const { id } = ask('POST', '/v1/conferences', WEEKLY, as('one')).body;
    expect(ask('GET', `/v1/conferences/${id}`, undefined, as('one')).status).toBe(200);
    expect(ask('GET', `/v1/conferences/${id}`, undefined, as('two')).status).toBe(404);
    expect(ask('GET', '/v1/conferences', undefined, as('two')).body.items).toEqual([]);
    const refused = ask('GET', `/v1/conferences/${id}`, undefined, as('toString'));
    expect([refused.status, refused.headers['WWW-Authenticate']]).toEqual([401, 'Bearer']);
    expect(ask('GET', '/v1/conferences').status).toBe(401);
  });

  it('lets in so many requests a minute, then says how long to wait', () => {
    const { ask, clock } = session({ limits: { requestsPerMinute: 2 } });
    ask('GET', '/v1/conferences');
    clock.moveTo(clock.nowMs() + 10_000);
    ask('GET', '/v1/conferences');
    const refused = ask('GET', '/v1/conferences');
    expect([refused.status, refused.body.error.code, refused.headers['Retry-After']]).toEqual([
      429,
      'rate_limited',
      '50',
    ]);
    clock.moveTo(clock.nowMs() + 50_000);
    expect(ask('GET', '/v1/conferences').status).toBe(200);
  });

  it('counts creates and updates of a day where that is limited, over restarts too', () => {
    const first = session({ limits: { dailyWrites: 2 } });
    const { id } = first.ask('POST', '/v1/conferences', WEEKLY, { 'Idempotency-Key': 'k' }).body;
    first.ask('POST', '/v1/conferences', WEEKLY, { 'Idempotency-Key': 'k' });
    first.ask('PATCH', `/v1/conferences/${id}`, { lobby: 1 });
    const { ask, clock } = session({ records: first.records, limits: { dailyWrites: 2 } });
    expect(ask('PATCH', `/v1/conferences/${id}`, { lobby: true }).status).toBe(200);
    const refused = ask('PATCH', `/v1/conferences/${id}`, { lobby: false });
    expect([refused.status, refused.body.error.code, refused.headers['Retry-After']]).toEqual([
      429,
      'daily_limit',
      '86400',
    ]);
    expect(ask('GET', `/v1/conferences/${id}`).body.lobby).toBe(true);
    expect(ask('DELETE', `/v1/conferences/${id}`).status).toBe(204);
    clock.moveTo(clock.nowMs() + 86_400_000);
    expect(ask('POST', '/v1/conferences', WEEKLY).status).toBe(201);
  });

  it('answers what it does not know with JSON', () => {
    const { ask } = session();
    expect(ask('GET', '/v2').body.error.code).toBe('no_such_route');
    const refused = ask('PUT', '/v1/conferences', {});
    expect([refused.status, refused.headers.Allow]).toEqual([405, 'GET, POST']);
    expect(ask('constructor', '/v1/conferences', {}).status).toBe(405);
  });
});

describe('the page behind a join link', () => {
  const page = (body?: object) => {
    const { ask, server } = session();
    const id = body === undefined ? 'none' : ask('POST', '/v1/conferences', body).body.id;
    const open = () => server.handle({ method: 'GET', url: `https://meet.example.com/j/${id}`, headers: {} }, 'ann');
    return { open, server, id };
  };

  it('shows title and time, escaped, and no secret', () => {
    const { open } = page({ ...WEEKLY, title: '<script>"&\'', passcode: 'sesame' });
    const { status, body, headers } = open();
    expect(status).toBe(200);
    expect(headers['Content-Type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('<h1>&#60;script&#62;&#34;&#38;&#39;</h1>');
    expect(body).toContain('Monday 9 March 2026, 10:00 to 10:15 (Europe/Berlin)');
    expect(body).not.toContain('sesame');
  });

  it('says that a conference was cancelled, or never was', () => {
    const { open, server, id } = page(WEEKLY);
    server.cancel(id);
    expect(open()).toMatchObject({ status: 410, body: expect.stringContaining('was cancelled') });
    expect(page().open().status).toBe(404);
  });

  it('shows whole days and conferences without a time', () => {
    expect(page({ title: 'a', start: { date: '2026-03-09' }, end: { date: '2026-03-10' } }).open().body).toContain(
      'All day, Monday 9 March 2026',
    );
    expect(page({ title: 'a' }).open().body).toContain('No time has been set yet.');
  });
});
