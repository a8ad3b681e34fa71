/** What leaves for a provider through UrlFetchApp: credentials where they belong, to nobody else, and once. */
import { urlFetchHttp } from '../../src/gas/http';
import type { HttpRequest } from '../../src/ports/http';
import type { TokenSource } from '../../src/ports/oauth';

const BASE = 'https://api.vendor.example/v1/';
const SECRET = 'very-secret';

interface Sent {
  url: string;
  [option: string]: unknown;
}

/** Requests in the order they were sent; `fail` decides which batches get no answer. */
function sending(fail: (batch: readonly Sent[]) => boolean = () => false) {
  const batches: Sent[][] = [];
  const serve = (batch: Sent[]) => {
    batches.push(batch);
    if (fail(batch)) throw new Error('Address unavailable');
    return batch.map(({ url }) => ({
      getResponseCode: () => 200,
      getHeaders: () => ({ 'Content-Type': 'application/json', 'X-Url': url }),
      getContentText: () => '{}',
    }));
  };
  Object.assign(globalThis, {
    UrlFetchApp: {
      fetch: (url: string, options: object) => serve([{ url, ...options }])[0],
      fetchAll: (requests: Sent[]) => serve(requests),
    },
    PropertiesService: { getScriptProperties: () => ({ getProperty: () => SECRET }) },
    Utilities: {
      Charset: { UTF_8: 'utf-8' },
      base64Encode: (text: string, charset?: string) => {
        if (charset === undefined) throw new Error('The charset is the platform’s own choice.');
        return Buffer.from(text).toString('base64');
      },
    },
  });
  return batches;
}

const noTokens: TokenSource = { token: () => ({ fault: 'there are none' }), renewed: () => undefined };

const http = urlFetchHttp(
  (provider) =>
    provider === 'vendor' ? { urlPrefixes: [BASE], auth: { kind: 'bearer', scriptProperty: 'KEY' } } : undefined,
  noTokens,
);

const to = (path: string, over: Partial<HttpRequest> = {}) => ({
  provider: 'vendor',
  request: { method: 'GET', url: path.startsWith('https:') ? path : BASE + path, ...over } as HttpRequest,
});

describe('a request to a provider', () => {
  it('carries the secret in a header, never in its address', () => {
    const batches = sending();
    http.sendAll([to('meetings?page=2')]);
    expect(batches[0]?.[0]).toMatchObject({
      url: `${BASE}meetings?page=2`,
      headers: { authorization: `Bearer ${SECRET}` },
    });
    expect(batches[0]?.[0]?.url).not.toContain(SECRET);
  });

  it.each([
    ['leads above the prefix', `${BASE}../admin`],
    ['leads above it at its end', `${BASE}rooms/..`],
    ['leads above it in other signs', `${BASE}rooms/%2E%2e/%2e%2e/admin`],
    ['names what it stands in', `${BASE}rooms/.`],
    ['leads above it by a backslash', `${BASE}rooms\\..\\..\\admin`],
    ['holds a line break', `${BASE}rooms/1\nx`],
  ])('is not sent when its address %s', (_, url) => {
    const batches = sending();
    expect(http.sendAll([to(url)])).toEqual([{ fault: 'refused: the URL is not one of the provider’s' }]);
    expect(batches).toEqual([]);
  });

  it('is sent when dots stand in names and queries only', () => {
    const batches = sending();
    http.sendAll([to('rooms/..a/b..?next=/../x#/..')]);
    expect(batches).toHaveLength(1);
  });

  it('costs no read of a secret that another of the same execution has read', () => {
    sending();
    let reads = 0;
    const getProperty = () => {
      reads++;
      return SECRET;
    };
    Object.assign(globalThis, { PropertiesService: { getScriptProperties: () => ({ getProperty }) } });
    const auth = { kind: 'bearer', scriptProperty: 'KEY' } as const;
    const fresh = urlFetchHttp(() => ({ urlPrefixes: [BASE], auth }), noTokens);
    fresh.sendAll([to('a'), to('b')]);
    fresh.sendAll([to('c')]);
    expect(reads).toBe(1);
  });

  it('carries a name and a password in UTF-8', () => {
    const batches = sending();
    const auth = { kind: 'basic', user: 'Jürgen', scriptProperty: 'KEY' } as const;
    urlFetchHttp(() => ({ urlPrefixes: [BASE], auth }), noTokens).sendAll([to('x')]);
    const authorization = `Basic ${Buffer.from(`Jürgen:${SECRET}`, 'utf8').toString('base64')}`;
    expect(batches[0]?.[0]).toMatchObject({ headers: { authorization } });
  });

  it('carries secrets in its body where the provider says so, and the provider’s own request stays without', () => {
    const batches = sending();
    const scriptProperties = { admin_secret: 'KEY', 'request.secret': 'KEY' };
    const withBody = urlFetchHttp(() => ({ urlPrefixes: [BASE], auth: { kind: 'body', scriptProperties } }), noTokens);
    const request: HttpRequest = { method: 'POST', url: `${BASE}admin`, json: { request: { room: 'r' } } };
    withBody.sendAll([{ provider: 'vendor', request }]);
    const sent = batches[0]?.[0];
    expect(JSON.parse(String(sent?.payload))).toEqual({ admin_secret: SECRET, request: { room: 'r', secret: SECRET } });
    expect(JSON.stringify([sent?.headers, sent?.url, request])).not.toContain(SECRET);
  });

  it.each([
    ['another host', 'https://api.vendor.example.evil.example/v1/x'],
    ['a host that only begins alike', 'https://api.vendor.examples/v1/x'],
    ['the same host without encryption', 'http://api.vendor.example/v1/x'],
    ['another part of the host', 'https://api.vendor.example/v2/x'],
    ['another host, with an allowed address somewhere inside', `https://other.example/?next=${BASE}x`],
  ])('is not sent to %s', (_, url) => {
    const batches = sending();
    const [answer] = http.sendAll([{ ...to(''), request: { method: 'GET', url } }]);
    expect(answer).toEqual({ fault: expect.stringContaining('refused') });
    expect(batches).toEqual([]);
  });

  it('of a provider that nobody configured is not sent', () => {
    const batches = sending();
    expect(http.sendAll([{ ...to('x'), provider: 'stranger' }])).toEqual([{ fault: expect.any(String) }]);
    expect(batches).toEqual([]);
  });

  it('follows no redirect, and takes every status for an answer', () => {
    const batches = sending();
    http.sendAll([to('x')]);
    expect(batches[0]?.[0]).toMatchObject({ followRedirects: false, muteHttpExceptions: true });
  });

  it('sends JSON as JSON', () => {
    const batches = sending();
    http.sendAll([to('x', { method: 'PATCH', json: { title: 'Grüezi' } })]);
    expect(batches[0]?.[0]).toMatchObject({
      method: 'patch',
      contentType: 'application/json',
      payload: '{"title":"Grüezi"}',
    });
  });
});

describe('several requests', () => {
  it('go out together, and their answers stand in their order', () => {
    const batches = sending();
    const answers = http.sendAll([to('a'), to('https://elsewhere.example/b'), to('c')]);
    expect(batches).toHaveLength(1);
    expect(answers).toEqual([
      expect.objectContaining({ status: 200, headers: expect.objectContaining({ 'x-url': `${BASE}a` }) }),
      { fault: expect.any(String) },
      expect.objectContaining({ status: 200, headers: expect.objectContaining({ 'x-url': `${BASE}c` }) }),
    ]);
  });

  it('are sent one by one when one of them threw the batch away, and only that one has no answer', () => {
    sending((batch) => batch.some(({ url }) => url.endsWith('/down')));
    const answers = http.sendAll([to('a'), to('down'), to('c')]);
    expect(answers.map((answer) => 'fault' in answer)).toEqual([false, true, false]);
  });
});
