/** Janus's own video rooms behind our provider: everything that every provider does, and the whole loop. */
import type { HttpExchange, HttpReply } from '../../sandbox/world/exchange';
import { janus } from '../../src/providers/janus';
import { describeContract, type Vendor } from '../providers/contract';
import { JANUS_INSTALLED, JANUS_SECRETS, type JanusServer, startJanus } from './janus-server';
import { EXPECTED_TITLES, playLife } from './life';
import { describeWith } from './process';

const OPTIONS = {
  baseUrl: 'https://janus.example.org',
  joinUrl: 'https://janus.example.org/demos/videoroomtest.html?room=',
};
const provider = janus(OPTIONS);

interface Room {
  room: string;
  description: string;
}

describeWith('Janus', JANUS_INSTALLED)('the real Janus', () => {
  let server: JanusServer;

  beforeAll(async () => {
    server = await startJanus();
  }, 30_000);

  afterAll(() => server?.stop(), 15_000);

  const ask = (request: object): Record<string, unknown> => {
    const body = { janus: 'message_plugin', transaction: 't', plugin: 'janus.plugin.videoroom', request };
    const exchange = { method: 'POST', url: 'https://janus.example.org/admin', headers: {} };
    return JSON.parse(server.site.handle({ ...exchange, body: withSecrets(JSON.stringify(body)) }).body).response;
  };
  const rooms = () => ask({ request: 'list' }).list as Room[];

  const open = (): Vendor => {
    for (const { room } of rooms()) ask({ request: 'destroy', room, permanent: true });
    let admin = JANUS_SECRETS.admin;
    const find = (id: string) => rooms().find(({ room }) => room === id);
    return {
      site: {
        handle: (request: HttpExchange): HttpReply =>
          server.site.handle({ ...request, ...(request.body && { body: withSecrets(request.body, admin) }) }),
      },
      count: () => rooms().length,
      kept: (id) => find(id) && { title: find(id)?.description },
      revoke: () => {
        admin = 'no longer';
      },
      secrets: () => Object.values(JANUS_SECRETS),
    };
  };

  describeContract('janus', { provider, open });

  it('has a room for an event from first to last, through the whole add-on', () => {
    open();
    const { link, ...seen } = playLife({
      provider: `janus(${JSON.stringify(OPTIONS)})`,
      host: 'janus.example.org',
      site: server.site,
      scriptProperties: {
        JANUS_ADMIN_SECRET: JANUS_SECRETS.admin,
        JANUS_ADMIN_KEY: JANUS_SECRETS.key,
        JANUS_ROOM_SECRET: JANUS_SECRETS.room,
      },
      titles: () => rooms().map(({ description }) => description),
    });
    expect(seen).toEqual(EXPECTED_TITLES);
    expect(link).toMatch(/^https:\/\/janus\.example\.org\/demos\/videoroomtest\.html\?room=\w{20}$/);
  }, 30_000);
});

/** As the add-on's adapter puts them in; held to `provider.auth`, which says where. */
function withSecrets(body: string, admin = JANUS_SECRETS.admin): string {
  const { request, ...rest } = JSON.parse(body);
  const secrets = { admin_key: JANUS_SECRETS.key, secret: JANUS_SECRETS.room };
  return JSON.stringify({ ...rest, admin_secret: admin, request: { ...request, ...secrets } });
}
