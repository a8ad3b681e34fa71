import type { HttpExchange } from '../../../sandbox/world/exchange';
import { ANA, type Served, serveWorld } from './serving';

let served: Served;
const seen: HttpExchange[] = [];

beforeAll(async () => {
  served = await serveWorld();
  served.world.internet.add('vendor.example.org', {
    handle(request) {
      seen.push(request);
      const { pathname } = new URL(request.url);
      if (pathname === '/moved')
        return { status: 302, headers: { Location: 'https://door.example.org/j/1?a=b' }, body: '' };
      if (pathname === '/back') return { status: 302, headers: { Location: '/home?x=1' }, body: '' };
      if (pathname === '/none') return { status: 204, headers: {}, body: '' };
      const page = '<a href="https://door.example.org/j/1?a=1&amp;b=2">in</a> https://door.example.org/said';
      return { status: 200, headers: { 'Content-Type': 'text/html' }, body: page };
    },
  });
});

afterAll(() => served.close());
beforeEach(() => void seen.splice(0));

const open = (path: string, init: RequestInit = {}) => fetch(served.url + path, { redirect: 'manual', ...init });

describe("The world's internet, to a browser", () => {
  it('is found below /net/, host by host', async () => {
    const answer = await open('/net/vendor.example.org/a%20b?c=%26', { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
    expect(seen[0]).toMatchObject({ method: 'GET', url: 'https://vendor.example.org/a%20b?c=%26' });
    expect(Object.keys(seen[0]?.headers ?? {})).toContain('accept');
    expect(Object.keys(seen[0]?.headers ?? {})).not.toContain('host');
  });

  it('is given forms as they are sent', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await open('/net/vendor.example.org/form', { method: 'POST', headers, body: 'a=1&b=2' });
    expect(seen[0]).toMatchObject({ method: 'POST', body: 'a=1&b=2', headers });
    expect((await open('/net/vendor.example.org/none', { method: 'DELETE' })).status).toBe(204);
  });

  it('leads on below /net/, by redirects, links and forms, and leaves words as they are', async () => {
    const location = async (path: string) => (await open(path)).headers.get('location');
    expect(await location('/net/vendor.example.org/moved')).toBe('/net/door.example.org/j/1?a=b');
    expect(await location('/net/vendor.example.org/back')).toBe('/net/vendor.example.org/home?x=1');
    expect(await (await open('/net/vendor.example.org/')).text()).toBe(
      '<a href="/net/door.example.org/j/1?a=1&amp;b=2">in</a> https://door.example.org/said',
    );
  });

  it('takes any address of the world, and nothing else', async () => {
    const given = encodeURIComponent('https://vendor.example.org/j?x=1#room');
    expect((await open(`/net/?url=${given}`)).headers.get('location')).toBe('/net/vendor.example.org/j?x=1#room');
    expect((await open('/net/?url=javascript:alert(1)')).status).toBe(400);
    expect((await open('/net/?url=http%3A%2F%2Fvendor.example.org%2F')).status).toBe(400);
    expect((await open('/net/in%20valid/x')).status).toBe(400);
  });

  it('says so when a host is not there', async () => {
    const answer = await open('/net/nowhere.example.org/x');
    expect([answer.status, await answer.text()]).toEqual([
      502,
      'nowhere.example.org does not answer: DNS error: https://nowhere.example.org/x\n',
    ]);
  });

  it('begins with the join links of all events', async () => {
    expect(await (await open('/net/')).text()).toContain('No event has a conference yet.');
    const conferenceData = {
      conferenceSolution: { key: { type: 'addOn' }, name: 'Rooms' },
      entryPoints: [{ entryPointType: 'video', uri: 'https://vendor.example.org/j?x=1' }],
    };
    const times = { start: { dateTime: '2030-01-01T10:00:00Z' }, end: { dateTime: '2030-01-01T11:00:00Z' } };
    const body = { summary: '<b>Plan</b>', ...times };
    const made = served.world.calendar.handle(ANA, {
      ...{ method: 'events.insert', params: { calendarId: 'primary' }, body },
    });
    const { id } = made.body as { id: string };
    served.world.calendar.setConference(ANA, ANA, id, conferenceData);
    const page = await (await open('/net/')).text();
    expect(page).toContain('&lt;b>Plan&lt;/b>');
    expect(page).toContain('href="/net/?url=https%3A%2F%2Fvendor.example.org%2Fj%3Fx%3D1"');
  });
});
