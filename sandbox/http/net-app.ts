/**
 * /net/HOST/PATH: https://HOST/PATH of the world's internet, for a browser on this machine. So a join link of an event
 * opens, and a person can consent where a provider wants it. /net/ itself is ours: the links of all events.
 *
 * Redirects and the links and forms of a page lead on below /net/; what leads to the add-on's callback leads to ours.
 */
import { type Context, Hono } from 'hono';
import { callbackAddress } from '../script/user-callback';
import { NetworkFault } from '../world/exchange';
import { linksPage } from './links-page';
import type { Served } from './served';

/** What is between a browser and us alone, and no business of the host's. */
const NOT_PASSED_ON = /^(host|connection|keep-alive|content-length|accept-encoding|origin|referer|cookie|sec-.*)$/;
const HAS_NO_BODY = [204, 205, 304];

export function netApp(served: Served): Hono {
  const { commit, wake } = served;
  const app = new Hono();
  app.all('/*', async (c) => {
    const { pathname, search, searchParams } = new URL(c.req.url);
    const named = pathname.replace(/^\/net\/?/, '');
    if (named === '') return ownPage(c, searchParams.get('url'), served);
    if (!URL.canParse(`https://${named}`)) return c.text(`https://${named} is no address.\n`, 400);
    const url = new URL(`https://${named}${search}`);
    const file = await served.service?.()?.file?.(url);
    if (file !== undefined) {
      return new Response(file.body, { status: file.status, headers: { 'Content-Type': file.type } });
    }
    const answer = await passedOn(c, url, served);
    if (c.req.method === 'GET') return answer;
    await commit();
    wake();
    return answer;
  });
  return app;
}

function ownPage(c: Context, address: string | null, served: Served): Response | Promise<Response> {
  if (address === null) return c.html(linksPage(served.world));
  const here = hereOf(address, served);
  return here === undefined ? c.text(`${address} is no https address.\n`, 400) : c.redirect(here);
}

async function passedOn(c: Context, url: URL, served: Served): Promise<Response> {
  const headers = Object.fromEntries([...c.req.raw.headers].filter(([name]) => !NOT_PASSED_ON.test(name)));
  const body = ['GET', 'HEAD'].includes(c.req.method) ? '' : await c.req.text();
  const request = { method: c.req.method, url: url.href, headers, ...(body && { body }) };
  try {
    const reply = await served.world.internet.fetchAsync(request, 'browser');
    const given = new Headers(reply.headers);
    for (const name of ['content-length', 'connection', 'keep-alive', 'transfer-encoding']) given.delete(name);
    const location = given.get('location');
    if (location !== null) given.set('location', hereOf(new URL(location, url).href, served) ?? location);
    const isPage = (given.get('content-type') ?? '').startsWith('text/html');
    const content = isPage ? leadingHere(reply.body, served) : reply.body;
    return new Response(HAS_NO_BODY.includes(reply.status) ? null : content, { status: reply.status, headers: given });
  } catch (problem) {
    if (!(problem instanceof NetworkFault)) throw problem;
    return c.text(`${url.host} does not answer: ${problem.message}\n`, 502);
  }
}

/** Where an address of the world stands for a browser on this machine. */
function hereOf(address: string, { world }: Served): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname, search, hash } = new URL(address);
  if (protocol !== 'https:') return undefined;
  const isCallback = world.hasAddOn && address.startsWith(callbackAddress(world.script.scriptId));
  return `${isCallback ? pathname : `/net/${host}${pathname}`}${search}${hash}`;
}

function leadingHere(html: string, served: Served): string {
  return html.replace(
    /(\b(?:href|action|src)=")(https:\/\/[^"]+)(")/g,
    (whole, before: string, address: string, after: string) => {
      const here = hereOf(address.replace(/&amp;/g, '&'), served);
      return here === undefined ? whole : `${before}${here.replace(/&/g, '&amp;')}${after}`;
    },
  );
}
