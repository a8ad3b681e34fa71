/** What a web page in the operator's browser, and a page of a conference service, can do to the sandbox: nothing. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callbackAddress } from '../../../sandbox/script/user-callback';
import { ROOMS } from '../editor/rooms-add-on';
import { type Served, serveWorld } from './serving';

let served: Served;
const asked: string[] = [];

beforeAll(async () => {
  served = await serveWorld(
    { addOn: ROOMS },
    {
      ...{ scriptProperties: {}, notes: [] },
      pages: {
        host: 'pages.example.org',
        file: async ({ pathname }) =>
          pathname === '/room.js' ? { status: 200, type: 'text/javascript', body: 'alert(1)' } : undefined,
      },
    },
  );
  served.world.internet.add('rooms.example', {
    handle({ url }) {
      asked.push(url);
      const body =
        '<script>fetch("/sandbox/users")</script><form action="https://rooms.example/in" method="post"></form>';
      const policy = { 'Content-Security-Policy': "img-src 'none'", 'Set-Cookie': 'a=b', 'Clear-Site-Data': '"*"' };
      return { status: 200, headers: { 'Content-Type': 'text/html', ...policy }, body };
    },
  });
});
afterAll(() => served.close());
beforeEach(() => void asked.splice(0));

interface Answer {
  status: number;
  text: string;
  headers: Record<string, string | string[] | undefined>;
}

/** As a browser sends it: fetch lets nobody choose these headers. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, served.url), { method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += String(chunk);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    sent.on('error', reject).end();
  });
}

const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const FRAME = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
const from = (site: string, how: Record<string, string> = {}) => ({ 'sec-fetch-site': site, ...how });

describe('A page of another origin', () => {
  it.each([
    ['a picture', from('cross-site', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })],
    ['a frame', from('cross-site', FRAME)],
    ['a link', from('cross-site', NAVIGATION)],
    ['a script of another port', from('same-site', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' })],
    ['a link of another port', from('same-site', NAVIGATION)],
  ])('reaches nothing by %s', async (_, headers) => {
    for (const path of ['/', '/net/rooms.example/do?x=1', '/sandbox/users', '/calendar/v3/users/me/calendarList']) {
      expect([path, (await ask(path, headers)).status]).toEqual([path, 403]);
    }
    expect(asked).toEqual([]);
  });

  it('may send a whole window back to the callback of the add-on, and no frame', async () => {
    const { pathname } = new URL(callbackAddress(served.world.script.scriptId));
    // 400: it was let in, and its state token is none.
    expect((await ask(pathname, from('cross-site', NAVIGATION))).status).toBe(400);
    expect((await ask(pathname, from('same-site', NAVIGATION))).status).toBe(400);
    expect((await ask(pathname, from('cross-site', FRAME))).status).toBe(403);
    expect((await ask(pathname, from('cross-site', NAVIGATION), 'POST')).status).toBe(403);
  });

  it('is told apart from the person, who enters addresses and follows links of the sandbox', async () => {
    expect((await ask('/net/rooms.example/', from('none', NAVIGATION))).status).toBe(200);
    expect((await ask('/net/rooms.example/', from('same-origin', NAVIGATION))).status).toBe(200);
    expect(asked).toHaveLength(2);
  });
});

describe('A page of a conference service', () => {
  it('runs no scripts on the origin of the sandbox, and sends its forms to such pages only', async () => {
    const { headers } = await ask('/net/rooms.example/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("img-src 'none', script-src 'none'; object-src 'none'; connect-src 'none'");
    expect(policy).toContain(`form-action ${served.url}/net/ ${served.url}/meet/ ${served.url}/macros/`);
  });

  it('says nothing to the browser about the origin it stands on', async () => {
    const { headers } = await ask('/net/rooms.example/');
    expect([headers['set-cookie'], headers['clear-site-data']]).toEqual([undefined, undefined]);
  });

  it('runs no scripts at the conference server of the sandbox either', async () => {
    expect(String((await ask('/meet/none')).headers['content-security-policy'])).toContain("script-src 'none'");
  });
});

describe('A real server', () => {
  const HOST = 'video.example.org';
  let real: Server;

  beforeAll(async () => {
    real = createServer((incoming, answer) => {
      const back = callbackAddress(served.world.script.scriptId);
      const cookie = {
        'set-cookie': `was=${incoming.headers.cookie ?? 'none'}`,
        'x-cookie': incoming.headers.cookie ?? 'none',
      };
      answer.writeHead(200, { ...cookie, 'content-type': 'text/html', 'content-security-policy': "script-src 'self'" });
      answer.end(`${incoming.method} ${incoming.url} <a href="${back}?code=1">back</a>`);
    });
    await new Promise<void>((done) => void real.listen(0, '127.0.0.1', done));
    served.world.internet.addReal(HOST, `http://127.0.0.1:${(real.address() as AddressInfo).port}/`);
  });
  afterAll(() => new Promise((done) => real.close(done)));

  async function place(path = '/room?a=1'): Promise<string> {
    const { status, headers } = await ask(`/net/${HOST}${path}`, {}, 'GET');
    expect(status).toBe(307);
    return String(headers.location);
  }

  it('has an origin of its own, where its scripts run', async () => {
    const there = new URL(await place());
    expect(there.origin).not.toBe(served.url);
    expect(there.pathname + there.search).toBe(`/net/${HOST}/room?a=1`);
    const { text, headers } = await ask(there.href, from('same-site', NAVIGATION));
    expect(text).toContain('GET /room?a=1 ');
    expect(headers['content-security-policy']).toBe("script-src 'self'");
    expect(await place()).toBe(there.href);
  });

  it('finds nothing of the sandbox there, and leads back to the callback of the add-on', async () => {
    const there = await place();
    for (const path of ['/sandbox/users', '/net/rooms.example/', '/calendar/v3/colors', '/']) {
      expect([path, (await ask(new URL(path, there).href)).status]).toEqual([path, 404]);
    }
    const { text } = await ask(there);
    expect(text).toContain(`href="${served.url}${new URL(callbackAddress(served.world.script.scriptId)).pathname}`);
  });

  it('is not reached by pages of other sites', async () => {
    const there = await place();
    expect((await ask(there, from('cross-site', NAVIGATION))).status).toBe(403);
    expect((await ask(there, from('same-site', { 'sec-fetch-mode': 'no-cors' }))).status).toBe(403);
    expect((await ask(there, from('same-origin', { 'sec-fetch-mode': 'cors' }), 'POST')).text).toContain('POST /room');
  });

  it('may have a web server beside it, whose files stand at that origin and not at the sandbox’s', async () => {
    const { status, headers } = await ask('/net/pages.example.org/room.js');
    expect(status).toBe(307);
    const there = new URL(String(headers.location));
    expect(there.origin).not.toBe(served.url);
    const file = await ask(there.href, from('same-origin', { 'sec-fetch-dest': 'script' }));
    expect([file.status, file.text, file.headers['content-type']]).toEqual([200, 'alert(1)', 'text/javascript']);
    expect((await ask(new URL('/net/pages.example.org/none', there).href)).status).toBe(502);
  });

  it('is given no cookie of the sandbox’s, and its own are not kept beside the sandbox', async () => {
    const { headers } = await ask(await place(), { cookie: 'session=1' });
    expect([headers['x-cookie'], headers['set-cookie']]).toEqual(['none', undefined]);
  });
});
