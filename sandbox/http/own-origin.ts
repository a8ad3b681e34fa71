/**
 * Who may ask, and what a page may do.
 *
 * A browser says where a request comes from (Sec-Fetch-Site, Origin); no page can forge either. What no browser sent, a
 * terminal's curl for example, says nothing and is let in: it runs on this machine anyway.
 * https://www.w3.org/TR/fetch-metadata/ and https://fetch.spec.whatwg.org/#origin-header
 */
import type { Context, Next } from 'hono';

const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** A top-level window that goes to an address, and no frame, picture or script of a page. */
export function isNavigation(c: Context): boolean {
  const said = (name: string) => c.req.header(`sec-fetch-${name}`);
  return c.req.method === 'GET' && said('mode') === 'navigate' && said('dest') === 'document';
}

/** Whether a page of another origin caused the request; another port of this machine is another origin. */
export function comesFromElsewhere(c: Context): 'same-site' | 'cross-site' | undefined {
  const site = c.req.header('sec-fetch-site');
  return site === 'same-site' || site === 'cross-site' ? site : undefined;
}

/**
 * Lets in whoever names this machine, except what a page of another origin caused.
 * @param exception what such a page may cause all the same.
 */
export function door(exception: (c: Context) => boolean) {
  return async (c: Context, next: Next): Promise<Response | undefined> => {
    const host = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    if (!OWN_NAMES.has(host.replace(/:\d+$/, '')))
      return c.text(`This server answers on 127.0.0.1 only, not for "${host}".\n`, 421);
    if (origin !== undefined && origin !== `http://${host}`)
      return c.text('No page of another site may use this server.\n', 403);
    if (comesFromElsewhere(c) !== undefined && !exception(c)) {
      return c.text('A page of another site led here. Enter the address yourself to open it.\n', 403);
    }
    await next();
    return undefined;
  };
}

/**
 * The policy of pages that are not the sandbox's own, but stand on its origin: they run no scripts, call nothing, and
 * their forms lead to other such pages only. Links, pictures and styles work.
 */
export function withoutScripts(c: Context): string {
  const here = `http://${c.req.header('host')}`;
  const forms = `form-action ${here}/net/ ${here}/meet/ ${here}/macros/`;
  return `script-src 'none'; object-src 'none'; connect-src 'none'; frame-ancestors 'none'; base-uri 'none'; ${forms}`;
}
