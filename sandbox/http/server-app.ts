/**
 * Everything the sandbox serves, as one app: Calendar at Google's paths, the control API under /sandbox/, the
 * conference server under /meet/, the world's internet under /net/, the add-on's callback and consent under /macros/,
 * and a page that says so.
 *
 * Guarantees: answers only requests that name this machine in their Host header, and nothing that a page of another site
 * caused, but for a window that comes back to the add-on's callback (so a web page in the operator's browser cannot
 * reach in); what a control request changed is durable before it is acknowledged.
 */
import { type Context, Hono } from 'hono';
import type { RouterRoute } from 'hono/types';
import { callbackApp } from './callback-app';
import { consentApp } from './consent-app';
import { refusalOf } from './control/body';
import { cardRoutes } from './control/cards';
import { consentRoutes } from './control/consent';
import { editorRoutes } from './control/editors';
import { eventRoutes } from './control/events';
import { executionRoutes } from './control/executions';
import { logRoutes } from './control/log';
import { worldRoutes } from './control/world';
import { googleApp } from './google-app';
import { indexPage } from './index-page';
import { meetApp } from './meet-app';
import { netApp } from './net-app';
import { door, isNavigation } from './own-origin';
import type { Served } from './served';

/** @param pagesPort where the origin for pages of real servers listens. */
export function serverApp(served: Served, pagesPort: () => Promise<number>): Hono {
  const app = new Hono({ getPath });
  app.use(door((c) => isNavigation(c) && c.req.path.startsWith('/macros/')));
  app.get('/', (c) => c.html(indexPage(served.world, new URL(c.req.url).origin, served.service?.())));
  app.route('/sandbox', controlApp(served));
  app.route('/meet', meetApp(served));
  app.route('/macros', callbackApp(served));
  app.route('/macros', consentApp(served));
  app.route('/net', netApp(served, pagesPort));
  app.route('/', googleApp({ calendar: served.world.calendar, commit: served.commit, onBug: served.onBug }));
  return app;
}

/** Of our own addresses /sandbox/log/ is /sandbox/log; Google's are taken as they are written. */
function getPath({ url }: Request): string {
  const { pathname } = new URL(url);
  return /^\/sandbox\//.test(pathname) ? pathname.replace(/\/+$/, '') : pathname;
}

function controlApp(served: Served): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    await readable(c);
    if (c.req.method === 'GET') return;
    await served.commit();
    served.wake();
  });
  app.route('/editors', editorRoutes(served));
  app.route('/events', eventRoutes(served));
  app.route('/cards', cardRoutes(served));
  app.route('/consent', consentRoutes(served));
  app.route('/log', logRoutes(served));
  app.route('/executions', executionRoutes(served));
  app.route('/', worldRoutes(served));
  app.get('/', (c) => c.json({ there: [...new Set(app.routes.filter(isThere).map(described))].sort() }));
  app.all('*', (c) => c.json({ error: { message: `Nothing at ${c.req.path}. GET / says what is where.` } }, 404));
  app.onError((error, c) => {
    const refusal = refusalOf(error);
    if (refusal === undefined) served.onBug(error);
    const { status, message } = refusal ?? { status: 500, message: 'The sandbox failed; its terminal says how.' };
    return c.json({ error: { message } }, status as 400);
  });
  return app;
}

/** A method and path that somebody answers; middleware and the last resort stand for all methods. */
function isThere({ method, path }: RouterRoute): boolean {
  return method !== 'ALL' && path !== '/';
}

function described({ method, path }: RouterRoute): string {
  return `${method} /sandbox${path}`;
}

/** Answers are read in terminals: indented, and ended with a line. */
async function readable(c: Context): Promise<void> {
  const { status, headers } = c.res;
  if (!(headers.get('content-type') ?? '').startsWith('application/json')) return;
  c.res = new Response(`${JSON.stringify(await c.res.json(), null, 1)}\n`, { status, headers });
}
