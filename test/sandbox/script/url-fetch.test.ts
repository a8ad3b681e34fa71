import { NetworkFault } from '../../../sandbox/world/internet';
import { ANN, resultOf, Stage } from './support/stage';

const FETCH =
  'function main(url, params) { const r = UrlFetchApp.fetch(url, params); return [r.getResponseCode(), r.getContentText(), r.getHeaders()]; }';
const SITE = 'https://site.example.com/a?secret=1';

function fetching(options = {}): { stage: Stage; fetch: (url?: string, params?: object) => unknown } {
  const stage = new Stage(FETCH, options);
  return { stage, fetch: (url = SITE, params = {}) => resultOf(stage.run('main', [url, params as never])) };
}

describe('UrlFetchApp.fetch', () => {
  it('answers with an object that is its content where text is due', () => {
    const stage = new Stage(
      'function main() { const r = UrlFetchApp.fetch("https://site.example.com/"); return [JSON.parse(r), "" + r]; }',
    );
    stage.answerSite = () => ({ status: 200, headers: {}, body: '{"a":[1]}' });
    expect(resultOf(stage.run('main'))).toEqual([{ a: [1] }, '{"a":[1]}']);
  });

  it('sends what it was given and answers with what came', () => {
    const { stage, fetch } = fetching();
    stage.answerSite = () => ({ status: 201, headers: { 'Content-Type': 'application/json' }, body: '{"ö":1}' });
    expect(
      fetch(SITE, { method: 'put', contentType: 'application/json', headers: { 'X-Key': 7 }, payload: '{}' }),
    ).toEqual([201, '{"ö":1}', { 'Content-Type': 'application/json' }]);
    expect(stage.exchanges[0]).toMatchObject({
      method: 'PUT',
      url: SITE,
      headers: { 'content-type': 'application/json', 'x-key': '7' },
      body: '{}',
    });
  });

  it('sends an object as a form, and a GET with a payload as POST', () => {
    const { stage, fetch } = fetching();
    fetch(SITE, { payload: { a: 'x y', b: 2 } });
    expect(stage.exchanges[0]).toMatchObject({
      method: 'POST',
      body: 'a=x%20y&b=2',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  });

  it('throws for 400 and above, quoting a piece of the answer, unless muted', () => {
    const { stage, fetch } = fetching();
    stage.answerSite = () => ({ status: 404, headers: {}, body: 'x'.repeat(300) });
    expect(fetch()).toBe(
      `Exception: Request failed for https://site.example.com returned code 404. Truncated server response: ${'x'.repeat(100)} (use muteHttpExceptions option to examine full response)`,
    );
    expect(fetch(SITE, { muteHttpExceptions: true })).toEqual([404, 'x'.repeat(300), {}]);
  });

  it('throws for network faults even when muted', () => {
    const { stage, fetch } = fetching();
    expect(fetch('https://nowhere.example/x', { muteHttpExceptions: true })).toBe(
      'Exception: DNS error: https://nowhere.example/x',
    );
    stage.answerSite = () => {
      throw new NetworkFault(`Timeout: ${SITE}`, 90_000);
    };
    const before = stage.clock.nowMs();
    expect(fetch()).toBe(`Exception: Timeout: ${SITE}`);
    expect(stage.clock.nowMs() - before).toBe(60_000);
  });

  it('gives up after a minute of silence', () => {
    const { stage, fetch } = fetching();
    stage.faults.next('urlFetch.fetch', { kind: 'hang', ms: 300_000 });
    const before = stage.clock.nowMs();
    expect(fetch()).toBe(`Exception: Timeout: ${SITE}`);
    expect(stage.clock.nowMs() - before).toBe(60_000);
    expect(stage.exchanges).toEqual([]);
  });

  it('follows redirects unless told not to', () => {
    const { stage, fetch } = fetching();
    stage.answerSite = ({ url }) =>
      url.endsWith('/end')
        ? { status: 200, headers: {}, body: 'there' }
        : { status: 302, headers: { Location: '/end' }, body: '' };
    expect(fetch(SITE, { method: 'post', payload: 'x' })).toEqual([200, 'there', {}]);
    expect(stage.exchanges.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${SITE}`,
      'GET https://site.example.com/end',
    ]);
    expect(fetch(SITE, { followRedirects: false })).toEqual([302, '', { Location: '/end' }]);
    stage.answerSite = () => ({ status: 302, headers: { Location: SITE }, body: '' });
    expect(fetch()).toBe(`Exception: Too many redirects: ${SITE}`);
  });

  it('refuses what the manifest does not whitelist, by host and path', () => {
    const { fetch } = fetching({
      manifest: { urlFetchWhitelist: ['https://site.example.com/v1', 'https://*.example.org/'] },
    });
    for (const url of [
      'https://site.example.com/v1',
      'https://site.example.com/v1/x',
      'https://SITE.example.com/v1?q=1',
    ]) {
      expect(fetch(url)).toEqual([200, 'hello', {}]);
    }
    expect(fetch('https://a.example.org/')).toMatch(/DNS error/);
    for (const url of [
      'https://site.example.com/v10',
      'https://site.example.com/',
      'http://site.example.com/v1',
      'https://example.org/',
    ]) {
      expect(fetch(url)).toBe(
        `Exception: UrlFetch calls to ${url} are not permitted: no urlFetchWhitelist entry covers it.`,
      );
    }
  });

  it('refuses what is too long, and what is no request', () => {
    const { fetch } = fetching();
    expect(fetch(`${SITE}${'x'.repeat(2082)}`)).toBe('Exception: Limit Exceeded: URLFetch URL Length.');
    const headers = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`h${i}`, 'v']));
    expect(fetch(SITE, { headers })).toBe('Exception: Limit Exceeded: URLFetch Headers.');
    expect(fetch(SITE, { headers: { big: 'x'.repeat(8192) } })).toBe(
      'Exception: Limit Exceeded: URLFetch Header Size.',
    );
    expect(fetch(SITE, { method: 'head' })).toBe('Exception: Attribute provided with invalid value: method');
    expect(fetch('')).toBe('Exception: Attribute provided with no value: url');
    expect(fetch('https://site.example.com/a b')).toBe('Exception: Invalid argument: https://site.example.com/a b');
  });

  it('allows 20,000 calls a day to a consumer', () => {
    const stage = new Stage(
      "function main(n) { UrlFetchApp.fetchAll(Array.from({ length: n }, () => 'https://site.example.com/')); }",
    );
    expect(stage.run('main', [20_000]).ok).toBe(true);
    expect(resultOf(stage.run('main', [1]))).toBe('Exception: Service invoked too many times for one day: urlfetch.');
  });

  it('leaves queries, headers and bodies out of the log', () => {
    const { stage, fetch } = fetching();
    fetch(SITE, { method: 'post', payload: 'secret=2', headers: { authorization: 'secret' } });
    expect(stage.lines('service')).toEqual(['UrlFetchApp.fetch POST https://site.example.com/a -> 200']);
    expect(JSON.stringify(stage.trace.entries())).not.toContain('secret');
  });
});

describe('UrlFetchApp.fetchAll', () => {
  const ALL = `function main(muted) { return UrlFetchApp.fetchAll([{ url: 'https://site.example.com/1', muteHttpExceptions: muted }, 
    { url: 'https://nowhere.example/2', muteHttpExceptions: muted }, 'https://site.example.com/3']).map((r) => r.getResponseCode()); }`;

  it('answers in the order of the requests', () => {
    const stage = new Stage(
      `function main() { return UrlFetchApp.fetchAll(['https://site.example.com/1', { url: 'https://site.example.com/2', method: 'delete' }]).map((r) => r.getContentText()); }`,
    );
    stage.answerSite = ({ method, url }) => ({ status: 200, headers: {}, body: `${method} ${url.at(-1)}` });
    expect(resultOf(stage.run('main'))).toEqual(['GET 1', 'DELETE 2']);
  });

  it('is rejected whole by one network fault, though all requests went out', () => {
    const stage = new Stage(ALL);
    expect(resultOf(stage.run('main', [true]))).toBe('Exception: DNS error: https://nowhere.example/2');
    expect(stage.exchanges).toHaveLength(2);
  });

  it('spares the others where the switch says so', () => {
    const stage = new Stage(ALL, { switches: { fetchAllRejectsWhole: false } });
    expect(resultOf(stage.run('main', [true]))).toEqual([200, 0, 200]);
  });
});

describe('the advanced Calendar service', () => {
  it('takes body, path, options and headers in this order, and drops what is not given', () => {
    const stage = new Stage(
      `function main() { return Calendar.Events.update({ summary: 's' }, 'c', 'e', { conferenceDataVersion: 1, pageToken: undefined, x: null }, { 'If-Match': '"1"' }); }`,
    );
    stage.answerCalendar = () => ({ status: 200, headers: {}, body: { id: 'e' } });
    expect(resultOf(stage.run('main'))).toEqual({ id: 'e' });
    expect(stage.calendarRequests).toEqual([
      {
        method: 'events.update',
        params: { calendarId: 'c', eventId: 'e', conferenceDataVersion: 1 },
        body: { summary: 's' },
        headers: { 'if-match': '"1"' },
      },
    ]);
  });

  it("throws GoogleJsonResponseException with Google's prefix, and details where the switch says so", () => {
    const source = `function main() { try { Calendar.Events.get('c', 'e'); } catch (e) { return [e.name, e.message, e instanceof Error, e.details]; } }`;
    const details = {
      code: 404,
      message: 'Not Found',
      errors: [{ domain: 'global', reason: 'notFound', message: 'Not Found' }],
    };
    const said = ['GoogleJsonResponseException', 'API call to calendar.events.get failed with error: Not Found', true];
    expect(resultOf(new Stage(source).run('main'))).toEqual([...said, details]);
    expect(resultOf(new Stage(source, { switches: { errorDetails: false } }).run('main'))).toEqual([...said, null]);
  });

  it('throws for 304, and for an answer without a body', () => {
    const stage = new Stage("function main() { Calendar.Events.get('c', 'e', {}, { 'If-None-Match': '1' }); }");
    stage.answerCalendar = () => ({ status: 304, headers: {} });
    expect(resultOf(stage.run('main'))).toBe(
      'GoogleJsonResponseException: API call to calendar.events.get failed with error: Not Modified',
    );
    stage.answerCalendar = () => ({ status: 502, headers: {} });
    expect(resultOf(stage.run('main'))).toMatch(/failed with error: Empty response$/);
  });

  it('refuses arguments that do not fit', () => {
    const run = (expression: string) => resultOf(new Stage(`function main() { return ${expression}; }`).run('main'));
    expect(run('Calendar.Events.list()')).toBe('Exception: Invalid number of arguments provided. Expected 1-3 only');
    expect(run("Calendar.Events.get('c', null)")).toBe('Exception: Missing required parameter: eventId');
    expect(run("Calendar.Events.list('c', {}, { Accept: 'x' })")).toBe('Exception: Invalid argument: header Accept');
  });

  it('is called remove where the API says delete, and returns nothing', () => {
    const stage = new Stage("function main() { return [Calendar.Events.remove('c', 'e')]; }");
    stage.answerCalendar = () => ({ status: 204, headers: {} });
    expect(resultOf(stage.run('main'))).toEqual([null]);
    expect(stage.calendarRequests[0]?.method).toBe('events.delete');
  });

  it('does not exist unless the manifest enables it', () => {
    expect(
      resultOf(new Stage('function main() { return Calendar; }', { manifest: { dependencies: {} } }).run('main')),
    ).toBe('ReferenceError: Calendar is not defined');
  });

  it('writes only with a scope that allows it', () => {
    const stage = new Stage("function main() { Calendar.Events.patch({}, 'c', 'e'); }", {
      manifest: { oauthScopes: ['https://www.googleapis.com/auth/calendar.events.readonly'] },
    });
    expect(resultOf(stage.run('main'))).toMatch(/Request had insufficient authentication scopes\.$/);
    expect(stage.calendarRequests).toEqual([]);
  });

  it('acts as the user who runs the script', () => {
    const stage = new Stage(
      'function main() { return Session.getEffectiveUser().getEmail() + Session.getActiveUser().getEmail(); }',
    );
    expect(resultOf(stage.run('main'))).toBe(ANN + ANN);
    const bare = new Stage('function main() { return Session.getEffectiveUser().getEmail(); }', {
      manifest: { oauthScopes: [] },
    });
    expect(resultOf(bare.run('main'))).toBe('');
  });
});
