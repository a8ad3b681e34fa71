/**
 * /meet/...: the conference server for a browser on this machine. In the world it is https://meet.example.com/.
 * /meet/ itself is ours: a list of the join pages.
 */
import { Hono } from 'hono';
import { escapeHtml } from './escape-html';
import { withoutScripts } from './own-origin';
import type { Served } from './served';

export function meetApp({ world, commit }: Served): Hono {
  const app = new Hono();
  app.all('/*', async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const path = pathname.replace(/^\/meet\/?/, '/');
    if (c.req.method === 'GET' && path === '/') return c.html(listPage(world));
    const url = `https://${world.conferenceHost}${path}${search}`;
    const headers = Object.fromEntries(c.req.raw.headers);
    const body = c.req.method === 'GET' ? undefined : await c.req.text();
    const reply = world.conferences.handle({ method: c.req.method, url, headers, ...(body && { body }) }, 'browser');
    if (c.req.method !== 'GET') await commit();
    const given = { ...reply.headers, 'content-security-policy': withoutScripts(c) };
    return new Response(reply.body === '' ? null : reply.body, { status: reply.status, headers: given });
  });
  return app;
}

function listPage(world: Served['world']): string {
  const items = world.conferences.all().map(({ joinUrl, title, status }) => {
    const path = `/meet${new URL(joinUrl).pathname}`;
    return `<li><a href="${escapeHtml(path)}">${escapeHtml(title)}</a> (${status}), <code>${escapeHtml(joinUrl)}</code>`;
  });
  return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Conferences</title>
<h1>Conferences</h1>
<ul>
${items.length === 0 ? '<li>None yet.' : items.join('\n')}
</ul>
<p>Its API is described at <a href="/meet/openapi.json">/meet/openapi.json</a>.
</html>
`;
}
