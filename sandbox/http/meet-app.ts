/** /meet/...: the conference server for a browser on this machine. In the world it is https://meet.example.com/. */
import { Hono } from 'hono';
import type { Served } from './served';

export function meetApp({ world, commit }: Served): Hono {
  const app = new Hono();
  app.all('/*', async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const url = `https://${world.conferenceHost}${pathname.replace(/^\/meet\/?/, '/')}${search}`;
    const headers = Object.fromEntries(c.req.raw.headers);
    const body = c.req.method === 'GET' ? undefined : await c.req.text();
    const reply = world.conferences.handle({ method: c.req.method, url, headers, ...(body && { body }) }, 'browser');
    if (c.req.method !== 'GET') await commit();
    return new Response(reply.body === '' ? null : reply.body, { status: reply.status, headers: reply.headers });
  });
  return app;
}
