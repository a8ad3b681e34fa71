/**
 * /macros/d/<scriptId>/authorize: Google's page that asks a person for the scopes an add-on lacks, each with a box of its
 * own. Where the world says script.google.com, a browser on this machine comes here.
 */
import { Hono } from 'hono';
import type { Authorization } from '../script/authorization';
import { escapeHtml } from './escape-html';
import type { Served } from './served';

export function consentApp({ world }: Served): Hono {
  const app = new Hono();
  app.get('/d/:scriptId/authorize', (c) => {
    if (c.req.param('scriptId') !== world.script.scriptId) return c.notFound();
    return c.html(consentPage(world.script.authorization, ...world.calendar.accounts().map(({ email }) => email)));
  });
  return app;
}

/** A form for each of these people. It leads to /sandbox/, where no page but the sandbox's own may send one. */
export function consentPage(authorization: Authorization, ...people: string[]): string {
  return page(people.map((email) => formOf(email, authorization.scopes(email))));
}

function formOf(email: string, { missing }: { missing: string[] }): string {
  if (missing.length === 0) return `<p>${escapeHtml(email)} has granted everything. You can close this page.</p>`;
  const boxes = missing.map((scope) => {
    const name = escapeHtml(scope);
    return `<label><input type="checkbox" name="scope" value="${name}"> ${name}</label><br>`;
  });
  return `<form method="post" action="/sandbox/consent/boxes"><h2>${escapeHtml(email)}</h2><input type="hidden" name="user" value="${escapeHtml(email)}">
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
