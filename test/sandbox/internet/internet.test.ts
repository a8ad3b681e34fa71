import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { VirtualClock } from '../../../sandbox/world/clock';
import { Faults } from '../../../sandbox/world/faults';
import { type HttpExchange, Internet, NetworkFault } from '../../../sandbox/world/internet';
import { Trace } from '../../../sandbox/world/trace';

function internet() {
  const faults = new Faults();
  const trace = new Trace();
  const net = new Internet({ clock: new VirtualClock(1_000), faults, trace });
  const seen: HttpExchange[] = [];
  net.add('meet.example.com', {
    handle(request) {
      seen.push(request);
      return { status: 201, headers: { 'X-Kept': 'as sent' }, body: 'made' };
    },
  });
  return { net, faults, trace, seen };
}
const get = (url: string): HttpExchange => ({ method: 'GET', url, headers: {} });

function faultOf(call: () => unknown): NetworkFault {
  try {
    call();
  } catch (problem) {
    if (problem instanceof NetworkFault) return problem;
    throw problem;
  }
  throw new Error('nothing was thrown');
}

describe('an address with a site behind it', () => {
  it('reaches the site and hands its answer back untouched', () => {
    const { net, seen } = internet();
    const reply = net.fetch(
      { method: 'POST', url: 'https://meet.example.com/v1?x=1', headers: { A: 'b' }, body: 'c' },
      'ann',
    );
    expect(reply).toEqual({ status: 201, headers: { 'X-Kept': 'as sent' }, body: 'made' });
    expect(seen).toEqual([{ method: 'POST', url: 'https://meet.example.com/v1?x=1', headers: { A: 'b' }, body: 'c' }]);
  });

  it('is no stranger, as one without is: told once by name, and a DNS error to whoever asks', () => {
    const { net, trace } = internet();
    const told: string[] = [];
    net.onStranger((host) => told.push(host));
    net.fetch(get('https://meet.example.com/v1'), 'ann');
    for (const path of ['a', 'b']) {
      const url = `https://api.example.org/${path}`;
      expect(faultOf(() => net.fetch(get(url), 'ann')).message).toBe(`DNS error: ${url}`);
    }
    expect(faultOf(() => net.fetch(get('http://meet.example.com/v1'), 'ann')).message).toContain('Address unavailable');
    expect([told, net.strangers()]).toEqual([['api.example.org'], ['api.example.org']]);
    expect(trace.entries().at(1)?.text).toBe('GET api.example.org/a -> DNS error: nobody imitates this host');
  });

  it('leaves one line in the trace, without query, headers or body', () => {
    const { net, trace } = internet();
    net.fetch({ method: 'POST', url: 'https://meet.example.com/v1/a?key=secret', headers: {}, body: 'secret' }, 'ann');
    expect(trace.entries()).toEqual([
      { seq: 1, atMs: 1_000, kind: 'internet', by: 'ann', text: 'POST meet.example.com/v1/a -> 201' },
    ]);
  });
});

describe('an address nobody answers at', () => {
  it.each([
    ['https://other.example.com/a?b', 'DNS error: https://other.example.com/a?b'],
    ['https://sub.meet.example.com/', 'DNS error: https://sub.meet.example.com/'],
    ['http://localhost:3030', 'DNS error: http://localhost:3030/'],
    ['undefined', 'DNS error: http://undefined/'],
    ['http://meet.example.com/a', 'Address unavailable: http://meet.example.com/a'],
    ['https://meet.example.com:8443/a', 'Address unavailable: https://meet.example.com:8443/a'],
    ['https://meet.example.com/in.("a")', 'Invalid argument: https://meet.example.com/in.("a")'],
    ['', 'Invalid argument: '],
    ['ftp://meet.example.com/', 'Invalid argument: ftp://meet.example.com/'],
  ])('%s throws %s', (url, message) => {
    const { net, seen, trace } = internet();
    expect(faultOf(() => net.fetch(get(url), 'ann')).message).toBe(message);
    expect(seen).toEqual([]);
    expect(trace.entries()).toHaveLength(1);
  });
});

describe('planned misfortune at internet.<host>', () => {
  const url = 'https://meet.example.com/v1';

  it('refuses with a status, and the site never hears of it', () => {
    const { net, faults, seen } = internet();
    faults.next('internet.meet.example.com', {
      kind: 'status',
      status: 503,
      headers: { 'Retry-After': '7' },
      body: 'busy',
    });
    const reply = net.fetch(get(url), 'ann');
    expect([reply.status, reply.headers['Retry-After'], reply.body]).toEqual([503, '7', 'busy']);
    expect(seen).toHaveLength(0);
    expect(net.fetch(get(url), 'ann').status).toBe(201);
  });

  it('loses the answer after the site has done its work', () => {
    const { net, faults, seen } = internet();
    faults.next('internet', { kind: 'lost-answer' });
    expect(faultOf(() => net.fetch(get(url), 'ann')).message).toBe(`Timeout: ${url}`);
    expect(seen).toHaveLength(1);
  });

  it('hangs for as long as the fault carries, without reaching the site', () => {
    const { net, faults, seen } = internet();
    faults.next('internet.meet.example.com', { kind: 'hang', ms: 60_000 });
    const fault = faultOf(() => net.fetch(get(url), 'ann'));
    expect([fault.message, fault.hangMs, seen.length]).toEqual([`Timeout: ${url}`, 60_000, 0]);
  });

  it('throws the sentence it was given', () => {
    const { net, faults } = internet();
    faults.next('internet.meet.example.com', { kind: 'throw', message: 'SSL error: bad certificate' });
    expect(faultOf(() => net.fetch(get(url), 'ann')).message).toBe('SSL error: bad certificate');
  });

  it('says where a fault belongs that cannot strike here', () => {
    const { net, faults } = internet();
    faults.next('internet.meet.example.com', { kind: 'drop' });
    expect(() => net.fetch(get(url), 'ann')).toThrow('plan it at script.* or trigger.*');
  });
});

describe('a real server on this machine', () => {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/base/cut') return void request.socket.destroy();
      response.writeHead(302, { Location: 'https://elsewhere.example/', 'X-Path': request.url ?? '' });
      response.end(`${request.method} ${request.headers.host} ${Buffer.concat(chunks).toString()}`);
    });
  });
  let base = '';
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  it('is asked with path, query and body, and its redirect is not followed', async () => {
    const { net, trace } = internet();
    net.addReal('talk.example.com', base);
    const request = { method: 'PUT', url: 'https://talk.example.com/ocs/a?b=c', headers: {}, body: 'hällo' };
    const reply = await net.fetchAsync(request, 'ann');
    expect(reply.status).toBe(302);
    expect(reply.headers).toMatchObject({ Location: 'https://elsewhere.example/', 'X-Path': '/base/ocs/a?b=c' });
    expect(reply.body).toBe('PUT talk.example.com hällo');
    expect(trace.entries().map((entry) => entry.text)).toEqual(['PUT talk.example.com/ocs/a -> 302']);
  });

  it('cannot be asked synchronously, and the error says so', () => {
    const { net } = internet();
    net.addReal('talk.example.com', base);
    expect(() => net.fetch(get('https://talk.example.com/'), 'ann')).toThrow('by fetchAsync only');
  });

  it('that drops the connection is an unavailable address', async () => {
    const { net } = internet();
    net.addReal('talk.example.com', base);
    const url = 'https://talk.example.com/cut';
    await expect(net.fetchAsync(get(url), 'ann')).rejects.toThrow(`Address unavailable: ${url}`);
  });

  it('meets planned faults like any site', async () => {
    const { net, faults } = internet();
    net.addReal('talk.example.com', base);
    faults.next('internet.talk.example.com', { kind: 'status', status: 500 });
    expect((await net.fetchAsync(get('https://talk.example.com/'), 'ann')).status).toBe(500);
    faults.next('internet.talk.example.com', { kind: 'lost-answer' });
    await expect(net.fetchAsync(get('https://talk.example.com/'), 'ann')).rejects.toThrow('Timeout: https://talk');
  });

  it('must be on loopback', () => {
    const { net } = internet();
    expect(() => net.addReal('talk.example.com', 'http://192.0.2.1/')).toThrow('this machine only');
  });
});
