import { request } from 'node:http';
import { ANA, type Served, serveWorld } from './serving';

let served: Served;

beforeAll(async () => {
  served = await serveWorld();
});

afterAll(() => served.close());

const EVENTS = '/calendar/v3/calendars/primary/events';
const BEARER = { authorization: `Bearer ${ANA}` };
const JSON_TYPE = { 'content-type': 'application/json' };
const EVENT = JSON.stringify({ start: { date: '2026-12-01' }, end: { date: '2026-12-02' } });

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; body: string; headers: Headers }> {
  const response = await fetch(served.url + path, init);
  return { status: response.status, body: await response.text(), headers: response.headers };
}

async function refusal(path: string, init: RequestInit): Promise<unknown> {
  const { status, body } = await ask(path, init);
  const { error } = JSON.parse(body) as { error: { code: number; errors: Array<{ reason: string }> } };
  expect(error.code).toBe(status);
  return [status, error.errors[0]?.reason];
}

/** fetch does not let a caller choose the Host header. */
function statusFor(headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${served.url}/sandbox/clock`, { headers, method }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
}

describe("Google's front", () => {
  it('asks for a login without credentials, and with an API key alone', async () => {
    expect(await refusal(EVENTS, {})).toEqual([401, 'required']);
    expect(await refusal(`${EVENTS}?key=AIza`, {})).toEqual([401, 'required']);
  });

  it('refuses a token that was never issued', async () => {
    expect(await refusal(EVENTS, { headers: { authorization: 'Bearer ya29.nobody' } })).toEqual([401, 'authError']);
  });

  it('refuses a body that is not JSON, or is a form', async () => {
    const send = (type: string, body: string) =>
      refusal(EVENTS, { method: 'POST', headers: { ...BEARER, 'content-type': type }, body });
    expect(await send('application/json', '{"summary":')).toEqual([400, 'parseError']);
    expect(await send('application/x-www-form-urlencoded', EVENT)).toEqual([400, 'parseError']);
  });

  it('answers an address that is no method with a page, not with JSON', async () => {
    for (const path of ['/calendar/v3/calenders/primary', '/calendar/v2/x', '/calendar/v3/calendars/primary/clear']) {
      const { status, body, headers } = await ask(path, { headers: BEARER });
      expect([path, status, headers.get('content-type')]).toEqual([path, 404, 'text/html; charset=UTF-8']);
      expect(body).toContain('was not found on this server');
    }
  });

  it('takes another verb from X-HTTP-Method-Override', async () => {
    const made = await ask(EVENTS, { method: 'POST', headers: { ...BEARER, ...JSON_TYPE }, body: EVENT });
    const { id } = JSON.parse(made.body) as { id: string };
    const headers = { ...BEARER, ...JSON_TYPE, 'x-http-method-override': 'PATCH' };
    const patched = await ask(`${EVENTS}/${id}`, { method: 'POST', headers, body: '{"summary":"Patched"}' });
    expect(JSON.parse(patched.body)).toMatchObject({ id, summary: 'Patched' });
  });

  it('prints prettily unless told otherwise, and ignores its own parameters', async () => {
    const path = '/calendar/v3/users/me/calendarList/primary';
    const pretty = await ask(`${path}?alt=json&quotaUser=x&userIp=1.2.3.4`, { headers: BEARER });
    expect(pretty.body).toMatch(/^\{\n "kind"/);
    expect((await ask(`${path}?prettyPrint=false`, { headers: BEARER })).body).not.toContain('\n');
  });

  it('sends the ETag, and 304 without a body for If-None-Match', async () => {
    const made = await ask(EVENTS, { method: 'POST', headers: { ...BEARER, ...JSON_TYPE }, body: EVENT });
    const { id, etag } = JSON.parse(made.body) as { id: string; etag: string };
    expect(made.headers.get('etag')).toBe(etag);
    const again = await ask(`${EVENTS}/${id}`, { headers: { ...BEARER, 'if-none-match': etag } });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  it('says what it does not simulate', async () => {
    expect(await refusal('/batch/calendar/v3', { method: 'POST', headers: BEARER, body: '--x' })).toEqual([
      501,
      'notSimulated',
    ]);
    expect(await refusal(`${EVENTS}/watch`, { method: 'POST', headers: BEARER, body: '' })).toEqual([
      501,
      'notSimulated',
    ]);
  });

  it('refuses a body beyond five megabytes', async () => {
    const body = JSON.stringify({ summary: 'x'.repeat(5_000_001) });
    expect(await refusal(EVENTS, { method: 'POST', headers: { ...BEARER, ...JSON_TYPE }, body })).toEqual([
      413,
      'uploadTooLarge',
    ]);
  });
});

describe('The door of the server', () => {
  it('answers under the names of this machine only', async () => {
    expect(await statusFor({ host: 'localhost:1234' })).toBe(200);
    expect(await statusFor({ host: 'evil.example' })).toBe(421);
    expect(await statusFor({ host: '127.0.0.1.evil.example' })).toBe(421);
  });

  it('lets no page of another site write', async () => {
    expect(await statusFor({ origin: 'https://evil.example' }, 'POST')).toBe(403);
  });
});

describe('The page at /', () => {
  const links = (page: string) => [...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => href as string);

  it('leads nowhere that is not there', async () => {
    const { body } = await ask('/');
    expect(links(body)).toEqual(expect.arrayContaining(['/meet/', '/net/', '/sandbox/conferences', '/sandbox/log']));
    for (const path of links(body)) expect([path, (await ask(path)).status]).toEqual([path, 200]);
  });

  it('has a line for a terminal that makes an event', async () => {
    const { body } = await ask('/');
    expect(body).toMatch(/<pre>curl .*summary.*\/calendar\/v3\/calendars\/primary\/events<\/pre>/);
  });
});

describe('The control API', () => {
  it('answers in lines that a person can read, and ends the last one', async () => {
    expect((await ask('/sandbox/faults')).body).toBe('{\n "struck": []\n}\n');
    expect((await ask('/sandbox/nothing')).body).toMatch(/^\{\n "error".*\}\n$/s);
  });
});
