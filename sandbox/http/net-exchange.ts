/** One exchange between a browser on this machine and a host of the world, as it stands below /net/. */
import type { Context } from 'hono';
import { callbackAddress } from '../script/user-callback';
import type { World } from '../whole-world';
import { NetworkFault } from '../world/exchange';
import type { Served } from './served';

/** What is between a browser and us alone, and no business of the host's. */
const NOT_PASSED_ON = /^(host|connection|keep-alive|content-length|accept-encoding|origin|referer|cookie|sec-.*)$/;
/** What a host may say to a browser about its own origin, and not about ours. */
const NOT_PASSED_BACK =
  /^(content-length|connection|keep-alive|transfer-encoding|set-cookie|clear-site-data|content-security-policy-report-only|access-control-.*|strict-transport-security|service-worker-allowed|alt-svc|report-to|nel|refresh)$/;
const HAS_NO_BODY = [204, 205, 304];

/** What stands behind /net/ as an address of the world; undefined for what is none. */
export function netAddress(c: Context): URL | undefined {
  const { pathname, search } = new URL(c.req.url);
  const address = `https://${pathname.replace(/^\/net\/?/, '')}${search}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/**
 * The host's answer, leading on below /net/.
 * @param main where the sandbox is for a page of another origin; '' on its own.
 */
export async function passedOn(c: Context, url: URL, served: Served, main = ''): Promise<Response> {
  const { world } = served;
  const headers = Object.fromEntries([...c.req.raw.headers].filter(([name]) => !NOT_PASSED_ON.test(name)));
  const body = ['GET', 'HEAD'].includes(c.req.method) ? '' : await c.req.text();
  const request = { method: c.req.method, url: url.href, headers, ...(body && { body }) };
  try {
    const reply = await world.internet.fetchAsync(request, 'browser');
    const given = new Headers(
      Object.entries(reply.headers).filter(([name]) => !NOT_PASSED_BACK.test(name.toLowerCase())),
    );
    const location = given.get('location');
    if (location !== null) given.set('location', hereOf(new URL(location, url).href, world, main) ?? location);
    const isPage = (given.get('content-type') ?? '').startsWith('text/html');
    const content = isPage ? leadingHere(reply.body, world, main) : reply.body;
    return new Response(HAS_NO_BODY.includes(reply.status) ? null : content, { status: reply.status, headers: given });
  } catch (problem) {
    if (!(problem instanceof NetworkFault)) throw problem;
    return c.text(`${url.host} does not answer: ${problem.message}\n`, 502);
  }
}

/** Where an address of the world stands for a browser on this machine. */
export function hereOf(address: string, world: World, main = ''): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname, search, hash } = new URL(address);
  if (protocol !== 'https:') return undefined;
  // Google's own pages of the add-on: where services send people back to, and where people consent.
  const isGoogles = world.hasAddOn && address.startsWith(callbackAddress(world.script.scriptId, ''));
  return `${isGoogles ? main + pathname : `/net/${host}${pathname}`}${search}${hash}`;
}

function leadingHere(html: string, world: World, main: string): string {
  return html.replace(
    /(\b(?:href|action|src)=")(https:\/\/[^"]+)(")/g,
    (whole, before: string, address: string, after: string) => {
      const here = hereOf(address.replace(/&amp;/g, '&'), world, main);
      return here === undefined ? whole : `${before}${here.replace(/&/g, '&amp;')}${after}`;
    },
  );
}
