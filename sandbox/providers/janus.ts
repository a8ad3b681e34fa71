/**
 * The real Janus behind the add-on, and the page that its people join by: the video room of Debian's `janus-demos`.
 *
 * The page is served as it is packaged, but for two things that every operator has to write: where Janus is, and that a
 * room's name is a text (`string_ids`), which the page otherwise reads as a number.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { escapeHtml, webPage } from '../conference/web-page';
import { JANUS_INSTALLED, JANUS_SECRETS, startJanus } from '../real/janus';
import type { World } from '../whole-world';
import { type InstalledProvider, ProviderRefused, type WebFile } from './provider';

export const JANUS_DEMOS = '/usr/share/janus/demos';
const HOST = 'janus.example.org';
const ADMIN_HOST = `${HOST}:7889`;
const PUBLIC_HOST = `${HOST}:8089`;

/** From /net/janus.example.org/demos/, where a browser on this machine finds the pages. */
const SETTINGS = `var server = new URL('../../${PUBLIC_HOST}/janus', window.location.href).href;\nvar iceServers = null;\n`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

export async function installJanus(
  { internet }: World,
  folder: string,
  isHere = JANUS_INSTALLED,
): Promise<InstalledProvider> {
  if (!isHere) {
    throw new ProviderRefused(
      'Janus is not installed here. On Debian: apt-get install janus janus-demos. To go on without it, leave out --provider janus.',
    );
  }
  const janus = await startJanus(folder);
  internet.addReal(ADMIN_HOST, janus.adminUrl);
  internet.addReal(PUBLIC_HOST, janus.publicUrl);
  const hasPages = existsSync(JANUS_DEMOS);
  return {
    scriptProperties: {
      JANUS_ADMIN_SECRET: JANUS_SECRETS.admin,
      JANUS_ADMIN_KEY: JANUS_SECRETS.key,
      JANUS_ROOM_SECRET: JANUS_SECRETS.room,
    },
    notes: [
      `The real Janus, listening at ${janus.publicUrl}/janus (admin ${janus.adminUrl}/admin).`,
      ...(hasPages ? [] : ['Its pages are not installed: apt-get install janus-demos brings them.']),
    ],
    pages: { host: HOST, file: async (url) => (hasPages ? demoFile(url) : missingPage(url)) },
    close: () => janus.stop(),
  };
}

function demoFile({ pathname }: URL): WebFile | undefined {
  if (!pathname.startsWith('/demos/')) return undefined;
  // None of the files there has a name that would have to be encoded.
  const path = resolve(JANUS_DEMOS, pathname.slice('/demos/'.length));
  const type = TYPES[extname(path)];
  if (!path.startsWith(JANUS_DEMOS + sep) || type === undefined) return undefined;
  if (!existsSync(path) || !statSync(path).isFile()) return undefined;
  const file = (body: WebFile['body']) => ({ status: 200, type, body });
  if (path === join(JANUS_DEMOS, 'settings.js')) return file(SETTINGS);
  if (path === join(JANUS_DEMOS, 'videoroomtest.js')) return file(withTextRooms(readFileSync(path, 'utf8')));
  return file(new Uint8Array(readFileSync(path)));
}

function withTextRooms(script: string): string {
  return script.replace('parseInt(getQueryStringValue("room"))', 'getQueryStringValue("room")');
}

function missingPage({ searchParams }: URL): WebFile {
  const room = escapeHtml(searchParams.get('room') ?? '');
  const { body } = webPage(
    404,
    'The page of this room is missing',
    `<p>The room <code>${room}</code> is at the real Janus; the page that joins it is in Debian’s package
<code>janus-demos</code>, which is not installed here:</p>
<pre>apt-get install janus-demos</pre>`,
  );
  return { status: 404, type: 'text/html; charset=utf-8', body };
}
