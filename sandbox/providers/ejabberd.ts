/**
 * The real ejabberd behind the add-on. Its rooms are entered with any XMPP client; the page behind a link shows what
 * ejabberd itself says of the room.
 */
import { escapeHtml, webPage } from '../conference/web-page';
import { EJABBERD_INSTALLED, EJABBERD_SERVICE, EJABBERD_USER, startEjabberd } from '../real/ejabberd';
import type { World } from '../whole-world';
import { type InstalledProvider, ProviderRefused, type WebFile } from './provider';

const API_HOST = 'xmpp.example.org';
const PAGE_HOST = 'chat.example.org';

export async function installEjabberd(
  { internet }: World,
  folder: string,
  isHere = EJABBERD_INSTALLED,
): Promise<InstalledProvider> {
  if (!isHere) {
    throw new ProviderRefused(
      'ejabberd is not installed here. On Debian: apt-get install ejabberd. To go on without it, leave out --provider ejabberd.',
    );
  }
  const { url: address, stop } = await startEjabberd(folder);
  internet.addReal(API_HOST, address);
  return {
    scriptProperties: { EJABBERD_PASSWORD: EJABBERD_USER.password },
    notes: [`The real ejabberd, its HTTP API at ${address}/api.`],
    pages: { host: PAGE_HOST, file: (url) => roomPage(address, url.searchParams.get('jid') ?? '') },
    close: stop,
  };
}

async function roomPage(address: string, jid: string): Promise<WebFile> {
  const name = jid.endsWith(`@${EJABBERD_SERVICE}`) ? jid.slice(0, -EJABBERD_SERVICE.length - 1) : '';
  const answer = name === '' ? {} : await optionsOf(address, name);
  const { title, description } = answer;
  if (title === undefined) return page(404, 'No such room', '<p>ejabberd knows no room at this address.</p>');
  const said = [description ?? '', `Its address, for any XMPP client: ${jid}`].filter((text) => text !== '');
  return page(200, escapeHtml(title), said.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n'));
}

/** Empty for a room that is not there. */
async function optionsOf(address: string, name: string): Promise<Record<string, string>> {
  const { name: user, host, password } = EJABBERD_USER;
  const authorization = `Basic ${Buffer.from(`${user}@${host}:${password}`).toString('base64')}`;
  const body = JSON.stringify({ name, service: EJABBERD_SERVICE });
  const answer = await fetch(`${address}/api/get_room_options`, { method: 'POST', headers: { authorization }, body });
  return answer.ok ? ((await answer.json()) as Record<string, string>) : {};
}

function page(status: number, title: string, body: string): WebFile {
  return { status, type: 'text/html; charset=utf-8', body: webPage(status, title, body).body };
}
