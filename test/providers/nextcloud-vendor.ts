/** Nextcloud Talk as our tests see it: the simulator, held to Nextcloud's own description of its API. */
import { lobbyOf, type TalkRoom } from '../../sandbox/vendors/nextcloud/room';
import { NextcloudServer, type NextcloudServerOptions } from '../../sandbox/vendors/nextcloud/server';
import { VirtualClock } from '../../sandbox/world/clock';
import type { HttpExchange, HttpReply } from '../../sandbox/world/exchange';
import { Random } from '../../sandbox/world/random';
import { MemoryRecords } from '../../sandbox/world/records';
import { apiDescription } from '../support/openapi';
import type { Vendor } from './contract';
import { NOW } from './samples';

export const USER = 'calendar';
const APP_PASSWORD = 'aaaaa-bbbbb-ccccc-ddddd-eeeee';

const description = apiDescription('nextcloud-talk.json', '');

export interface NextcloudVendor extends Vendor {
  server: NextcloudServer;
  clock: VirtualClock;
  room(id: string): TalkRoom;
  lobby(id: string): { state: number; timer: number };
}

export function openNextcloud(options: Partial<NextcloudServerOptions> = {}): NextcloudVendor {
  const appPasswords = new Set([APP_PASSWORD]);
  const clock = new VirtualClock(Date.parse(NOW));
  const random = new Random('nextcloud');
  const server = new NextcloudServer({
    records: new MemoryRecords(),
    clock,
    random,
    user: USER,
    appPasswords,
    ...options,
  });
  const find = (id: string) => server.rooms().find(({ token }) => token === id);
  const room = (id: string) => find(id) as TalkRoom;
  return {
    server,
    // The wire carries a bearer token, whatever the provider's credentials are.
    site: { handle: (request) => server.handle(withPassword(request)) },
    clock,
    room,
    lobby: (id) => lobbyOf(room(id), clock.nowMs()),
    count: () => server.rooms().length,
    revoke: () => appPasswords.clear(),
    secrets: () => [APP_PASSWORD],
    kept(id) {
      const { name, description, lobbyState, lobbyTimer } = find(id) ?? {};
      return name === undefined ? undefined : { title: name, description, time: { lobbyState, lobbyTimer } };
    },
    check(request: HttpExchange, reply: HttpReply) {
      const problems = description?.problems(request, reply) ?? [];
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  };
}

function withPassword(request: HttpExchange): HttpExchange {
  const authorization = `Basic ${Buffer.from(`${USER}:${APP_PASSWORD}`).toString('base64')}`;
  return { ...request, headers: { ...request.headers, authorization } };
}
