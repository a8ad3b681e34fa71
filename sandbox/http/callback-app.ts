/** /macros/d/<scriptId>/usercallback: the add-on's callback for a browser on this machine, script.google.com in the world. */
import { Hono } from 'hono';
import { callbackAddress, pageOf, STATE_REFUSED, userCallback } from '../script/user-callback';
import { withoutScripts } from './own-origin';
import type { Served } from './served';

export function callbackApp({ world, commit, wake }: Served): Hono {
  const app = new Hono();
  app.get('/d/:scriptId/usercallback', async (c) => {
    const { script } = world;
    if (c.req.param('scriptId') !== script.scriptId) return c.notFound();
    const callback = userCallback(script, callbackAddress(script.scriptId) + new URL(c.req.url).search);
    if (callback === undefined) return c.text(STATE_REFUSED, 400);
    const page = pageOf(await script.runInWorker(callback.user, callback.method, [callback.event], 'card'));
    await commit();
    wake();
    // A page of the add-on's, which at Google stands in a frame of an origin of its own.
    return c.html(page.html, 200, { 'content-security-policy': withoutScripts(c) });
  });
  return app;
}
