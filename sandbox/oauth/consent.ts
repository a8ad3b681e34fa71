/** The page where a person consents, and the way back to the client with a code. RFC 6749, 4.1.1 and 4.1.2. */
import type { HttpReply } from '../world/exchange';
import type { Granting } from './granting';

/** RFC 6749, 4.1.2 recommends ten minutes at most; vendors give five. */
const CODE_LIFE_MS = 300_000;

const FIELDS = ['client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method'] as const;

/** A form with what was asked, and who says yes or no. */
export function consentPage(server: Granting, asked: URLSearchParams): HttpReply {
  const refusal = refusalOf(server, asked);
  if (refusal !== undefined) return refusal;
  const hidden = FIELDS.filter((name) => asked.has(name)).map(
    (name) => `<input type="hidden" name="${name}" value="${escapeHtml(asked.get(name) as string)}">`,
  );
  const body = `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Connect</title>
<h1>Allow ${escapeHtml(asked.get('client_id') as string)} to act for you?</h1>
<p>It asks for: ${escapeHtml(asked.get('scope') ?? 'nothing in particular')}.
<form method="post" action="${server.options.issuer}/authorize">
${hidden.join('\n')}
<label>Your account <input name="account"></label>
<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button>
</form></html>
`;
  return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
}

/** The form comes back. */
export function consent(server: Granting, form: URLSearchParams): HttpReply {
  form.set('response_type', 'code');
  const refusal = refusalOf(server, form);
  if (refusal !== undefined) return refusal;
  const account = form.get('account') ?? '';
  if (form.get('decision') !== 'allow' || account === '') return back(server, form, { error: 'access_denied' });
  const clientId = form.get('client_id') as string;
  const grant = server.book.newGrant({ clientId, account, scope: form.get('scope') ?? '' });
  const challenge = form.get('code_challenge');
  const code = server.book.newCode({
    grantId: grant.id,
    redirectUri: form.get('redirect_uri') as string,
    ...(challenge !== null && { challenge }),
    expiresMs: server.options.clock.nowMs() + CODE_LIFE_MS,
  });
  return back(server, form, { code });
}

/** A wrong client or address is shown, never redirected to; anything else is told to the client. */
function refusalOf(server: Granting, asked: URLSearchParams): HttpReply | undefined {
  const client = server.client(asked.get('client_id') ?? '');
  if (client === undefined || !client.redirectUris.includes(asked.get('redirect_uri') ?? '')) {
    const body = 'This app is not known here, or wants to send you somewhere else.';
    return { status: 400, headers: { 'Content-Type': 'text/plain' }, body };
  }
  const isWrong =
    (client.pkce === true && !asked.has('code_challenge')) ||
    (asked.has('code_challenge') && asked.get('code_challenge_method') !== 'S256');
  if (asked.get('response_type') !== 'code') return back(server, asked, { error: 'unsupported_response_type' });
  return isWrong ? back(server, asked, { error: 'invalid_request' }) : undefined;
}

function back(server: Granting, asked: URLSearchParams, answer: Record<string, string>): HttpReply {
  const url = new URL(asked.get('redirect_uri') as string);
  const state = asked.get('state');
  const query = { ...answer, ...(state !== null && { state }), iss: server.options.issuer };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { status: 302, headers: { Location: url.href }, body: '' };
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
