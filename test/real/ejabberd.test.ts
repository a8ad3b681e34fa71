/** ejabberd's own chat rooms behind our provider: everything that every provider does. */
import type { Site } from '../../sandbox/world/exchange';
import { ejabberd } from '../../src/providers/ejabberd';
import { describeContract, type Vendor } from '../providers/contract';
import { EJABBERD_INSTALLED, EJABBERD_USER, type EjabberdServer, startEjabberd } from './ejabberd-server';
import { EXPECTED_TITLES, playLife } from './life';
import { describeWith } from './process';

const SERVICE = 'conference.localhost';
const LOOK_MS = 30;
const MAX_LOOKS = 100;

const OPTIONS = {
  baseUrl: 'https://xmpp.example.org/api',
  user: 'admin@localhost',
  scriptProperty: 'EJABBERD_PASSWORD',
  host: 'localhost',
  service: SERVICE,
  joinUrl: 'https://chat.example.org/#converse/room?jid=',
};
const provider = ejabberd(OPTIONS);

describeWith('ejabberd', EJABBERD_INSTALLED)('the real ejabberd', () => {
  let server: EjabberdServer;

  beforeAll(async () => {
    server = await startEjabberd();
  }, 30_000);

  afterAll(() => server?.stop(), 15_000);

  const ask = (command: string, body: object): unknown => {
    const exchange = { method: 'POST', url: `https://xmpp.example.org/api/${command}`, body: JSON.stringify(body) };
    return JSON.parse(server.site.handle({ ...exchange, headers: { authorization: basic() } }).body);
  };
  const rooms = () =>
    (ask('muc_online_rooms', { service: SERVICE }) as string[]).map((room) => room.split('@')[0] as string);

  /** ejabberd answers before a room has ended: what comes right behind it may meet the room still. */
  const waitFor = (ended: () => boolean): void => {
    for (let looks = 0; !ended(); looks++) {
      if (looks >= MAX_LOOKS) throw new Error(`There are rooms that do not end: ${rooms().join(', ')}.`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
    }
  };

  const site: Site = {
    handle(request) {
      const reply = server.site.handle(request);
      if (request.url.endsWith('/destroy_room') && reply.status === 200) {
        waitFor(() => !rooms().includes(JSON.parse(request.body ?? '{}').name));
      }
      return reply;
    },
  };

  const open = (): Vendor => {
    for (const name of rooms()) ask('destroy_room', { name, service: SERVICE });
    waitFor(() => rooms().length === 0);
    let password = EJABBERD_USER.password;
    return {
      site: {
        handle: (request, by) =>
          site.handle({ ...request, headers: { ...request.headers, authorization: basic(password) } }, by),
      },
      count: () => rooms().length,
      kept(id) {
        if (!rooms().includes(id)) return undefined;
        const { title, description } = ask('get_room_options', { name: id, service: SERVICE }) as Record<
          string,
          string
        >;
        return { title, description };
      },
      revoke: () => {
        password = 'no longer';
      },
      secrets: () => [EJABBERD_USER.password],
    };
  };

  describeContract('ejabberd', { provider, open });

  it('has a room for an event from first to last, through the whole add-on', () => {
    const vendor = open();
    const { link, ...seen } = playLife({
      provider: `ejabberd(${JSON.stringify(OPTIONS)})`,
      host: 'xmpp.example.org',
      site,
      scriptProperties: { EJABBERD_PASSWORD: EJABBERD_USER.password },
      titles: () => rooms().map((name) => vendor.kept(name)?.title as string),
    });
    expect(seen).toEqual(EXPECTED_TITLES);
    expect(link).toMatch(/^https:\/\/chat\.example\.org\/#converse\/room\?jid=\w{20}%40conference\.localhost$/);
  }, 30_000);
});

function basic(password = EJABBERD_USER.password): string {
  return `Basic ${Buffer.from(`${EJABBERD_USER.name}@${EJABBERD_USER.host}:${password}`).toString('base64')}`;
}
