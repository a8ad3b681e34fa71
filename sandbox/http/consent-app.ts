/**
 * /macros/d/<scriptId>/authorize: Google's page that asks a person for the scopes an add-on lacks, each with a box of its
 * own. Where the world says script.google.com, a browser on this machine comes here.
 */
import { Hono } from 'hono';
import { escapeHtml } from './escape-html';
import type { Served } from './served';

export function consentApp({ world, commit, wake }: Served): Hono {
  const app = new Hono();
  app.get('/d/:scriptId/authorize', (c) => {
    if (c.req.param('scriptId') !== world.script.scriptId) return c.notFound();
    return c.html(
      page(world.calendar.accounts().map(({ email }) => formOf(email, world.script.authorization.scopes(email)))),
    );
  });
  app.post('/d/:scriptId/authorize', async (c) => {
    if (c.req.param('scriptId') !== world.script.scriptId) return c.notFound();
    const { user, scope = [] } = await c.req.parseBody({ all: true });
    const ticked = [scope].flat();
    const email = world.userEmail(String(user));
    const { authorization } = world.script;
    authorization.consent(
      email,
      authorization.scopes(email).missing.filter((missing) => !ticked.includes(missing)),
    );
    await commit();
    wake();
    return c.html(page([formOf(email, authorization.scopes(email))]));
  });
  return app;
}

function formOf(email: string, { missing }: { missing: string[] }): string {
  if (missing.length === 0) return `<p>${escapeHtml(email)} has granted everything. You can close this page.</p>`;
  const boxes = missing.map((scope) => {
    const name = escapeHtml(scope);
    return `<label><input type="checkbox" name="scope" value="${name}"> ${name}</label><br>`;
  });
  return `<form method="post"><h2>${escapeHtml(email)}</h2><input type="hidden" name="user" value="${escapeHtml(email)}">
${boxes.join('\n')}
<button>Continue</button></form>`;
}

function page(parts: readonly string[]): string {
  return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Consent</title>
<h1>What this add-on may do</h1>
${parts.join('\n')}
</html>
`;
}
