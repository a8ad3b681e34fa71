/**
 * A whole Nextcloud with Talk at cloud.example.org: its API, the pages behind the join links, and the page where people
 * make app passwords. Whoever opens that page says who they are.
 */
import { escapeHtml, webPage } from '../../conference/web-page';
import type { World } from '../../whole-world';
import type { HttpExchange, HttpReply } from '../../world/exchange';
import { lobbyOf } from './room';
import { NextcloudServer } from './server';

export const NEXTCLOUD_ACCOUNT = { user: 'calendar', appPassword: 'aaaaa-bbbbb-ccccc-ddddd-eeeee' };

const SECURITY_PAGE = '/index.php/settings/user/security';

export function nextcloudInWorld({ clock, records, random, internet }: World): NextcloudServer {
  const { user, appPassword } = NEXTCLOUD_ACCOUNT;
  const appPasswords = new Set([appPassword]);
  const server = new NextcloudServer({ clock, records, random: random.fork('nextcloud'), user, appPasswords });
  internet.add('cloud.example.org', {
    handle: (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === SECURITY_PAGE) return securityPage(request, server);
      const token = /^\/(?:index\.php\/)?call\/([^/]+)$/.exec(pathname)?.[1];
      return token === undefined ? server.handle(request) : roomPage(token, server, clock.nowMs());
    },
  });
  return server;
}

function securityPage({ method, body = '' }: HttpExchange, server: NextcloudServer): HttpReply {
  const account = new URLSearchParams(body).get('account') ?? '';
  if (method === 'POST' && /^[\w.@-]+$/.test(account)) {
    const words = `<p>Login name <code>${account}</code>, app password <code>${server.newAppPassword(account)}</code></p>`;
    return webPage(200, 'A new app password', words);
  }
  const form = `<form method="post" action="https://cloud.example.org${SECURITY_PAGE}">
<label>Your login name <input name="account"></label> <button>Create new app password</button></form>`;
  return webPage(200, 'Devices &amp; sessions', form);
}

function roomPage(token: string, server: NextcloudServer, nowMs: number): HttpReply {
  const room = server.rooms().find((one) => one.token === token);
  if (room === undefined) return webPage(404, 'Talk', '<p>There is no conversation at this address.</p>');
  const { state, timer } = lobbyOf(room, nowMs);
  const lobby = state === 0 ? 'Everybody can come in.' : `The lobby opens at ${new Date(timer * 1_000).toISOString()}.`;
  const said = [room.description, lobby, 'A conversation at the imitation of Nextcloud Talk.'];
  return webPage(200, escapeHtml(room.name), said.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n'));
}
