/** A whole Nextcloud with Talk at cloud.example.org: its API, and the pages behind the join links. */
import { escapeHtml, webPage } from '../../conference/web-page';
import type { World } from '../../world/world';
import { lobbyOf } from './room';
import { NextcloudServer } from './server';

export const NEXTCLOUD_ACCOUNT = { user: 'calendar', appPassword: 'aaaaa-bbbbb-ccccc-ddddd-eeeee' };

export function nextcloudInWorld({ clock, records, random, internet }: World): NextcloudServer {
  const { user, appPassword } = NEXTCLOUD_ACCOUNT;
  const appPasswords = new Set([appPassword]);
  const server = new NextcloudServer({ clock, records, random: random.fork('nextcloud'), user, appPasswords });
  internet.add('cloud.example.org', {
    handle: (request) => {
      const token = /^\/(?:index\.php\/)?call\/([^/]+)$/.exec(new URL(request.url).pathname)?.[1];
      if (token === undefined) return server.handle(request);
      const room = server.rooms().find((one) => one.token === token);
      if (room === undefined) return webPage(404, 'Talk', '<p>There is no conversation at this address.</p>');
      const { state, timer } = lobbyOf(room, clock.nowMs());
      const lobby =
        state === 0 ? 'Everybody can come in.' : `The lobby opens at ${new Date(timer * 1_000).toISOString()}.`;
      const said = [room.description, lobby, 'A conversation at the imitation of Nextcloud Talk.'];
      return webPage(200, escapeHtml(room.name), said.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n'));
    },
  });
  return server;
}
