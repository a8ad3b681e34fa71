/**
 * Everything the sandbox serves, as one app: Calendar at Google's paths, the control API under /sandbox/, the
 * conference server under /meet/, the world's internet under /net/, the add-on's callback under /macros/, and a page
 * that says so.
 *
 * Guarantees: answers only requests that name this machine in their Host header, and no page of another site may write
 * (so a web page in the operator's browser cannot reach in); what a control request changed is durable before it is
 * acknowledged.
 */
import { type Context, Hono } from 'hono';
import { callbackApp } from './callback-app';
import { refusalOf } from './control/body';
import { cardRoutes } from './control/cards';
import { editorRoutes } from './control/editors';
import { eventRoutes } from './control/events';
import { executionRoutes } from './control/executions';
import { logRoutes } from './control/log';
import { worldRoutes } from './control/world';
import { googleApp } from './google-app';
import { indexPage } from './index-page';
import { meetApp } from './meet-app';
import { netApp } from './net-app';
import type { Served } from './served';

const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function serverApp(served: Served): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    const host = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    if (!OWN_NAMES.has(host.replace(/:\d+$/, '')))
      return c.text(`This server answers on 127.0.0.1 only, not for "${host}".\n`, 421);
    if (origin !== undefined && origin !== `http://${host}`)
      return c.text('No page of another site may use this server.\n', 403);
    await next();
  });
  app.get('/', (c) => c.html(indexPage(served.world, new URL(c.req.url).origin, served.service?.())));
  app.route('/sandbox', controlApp(served));
  app.route('/meet', meetApp(served));
  app.route('/macros', callbackApp(served));
  app.route('/net', netApp(served));
  app.route('/', googleApp({ calendar: served.world.calendar, commit: served.commit, onBug: served.onBug }));
  return app;
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
  app.route('/log', logRoutes(served));
  app.route('/executions', executionRoutes(served));
  app.route('/', worldRoutes(served));
  app.all('*', (c) => c.json({ error: { message: `Nothing at ${c.req.path}. GET / says what is where.` } }, 404));
  app.onError((error, c) => {
    const refusal = refusalOf(error);
    if (refusal === undefined) served.onBug(error);
    const { status, message } = refusal ?? { status: 500, message: 'The sandbox failed; its terminal says how.' };
    return c.json({ error: { message } }, status as 400);
  });
  return app;
}

/** Answers are read in terminals: indented, and ended with a line. */
async function readable(c: Context): Promise<void> {
  const { status, headers } = c.res;
  if (!(headers.get('content-type') ?? '').startsWith('application/json')) return;
  c.res = new Response(`${JSON.stringify(await c.res.json(), null, 1)}\n`, { status, headers });
}
