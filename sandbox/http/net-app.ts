/**
 * /net/HOST/PATH: https://HOST/PATH of the world's internet, for a browser on this machine. So a join link of an event
 * opens, and a person can consent where a provider wants it. /net/ itself is ours: the links of all events.
 *
 * Redirects and the links and forms of a page lead on below /net/; what leads to the add-on's callback leads to ours.
 * Pages here run no scripts; what is a real server's is served from an origin of its own (pages-app.ts).
 */
import { type Context, Hono } from 'hono';
import { linksPage } from './links-page';
import { hereOf, netAddress, passedOn } from './net-exchange';
import { withoutScripts } from './own-origin';
import { isRealPage, nameOf } from './pages-app';
import type { Served } from './served';

const SAME_METHOD_AND_BODY = 307;

/** @param pagesPort where the origin for real servers listens. */
export function netApp(served: Served, pagesPort: () => Promise<number>): Hono {
  const { commit, wake } = served;
  const app = new Hono();
  app.all('/*', async (c) => {
    const { pathname, search, searchParams } = new URL(c.req.url);
    const named = pathname.replace(/^\/net\/?/, '');
    if (named === '') return ownPage(c, searchParams.get('url'), served);
    const url = netAddress(c);
    if (url === undefined) return c.text(`https://${named} is no address.\n`, 400);
    if (isRealPage(url, served.world, served.service?.())) {
      return c.redirect(`http://${nameOf(c)}:${await pagesPort()}${pathname}${search}`, SAME_METHOD_AND_BODY);
    }
    const answer = await passedOn(c, url, served);
    answer.headers.append('content-security-policy', withoutScripts(c));
    if (c.req.method === 'GET') return answer;
    await commit();
    wake();
    return answer;
  });
  return app;
}

function ownPage(c: Context, address: string | null, served: Served): Response | Promise<Response> {
  if (address === null) return c.html(linksPage(served.world));
  const here = hereOf(address, served.world);
  return here === undefined ? c.text(`${address} is no https address.\n`, 400) : c.redirect(here);
}
