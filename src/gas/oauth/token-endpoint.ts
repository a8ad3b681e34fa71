/**
 * Asks a token endpoint, and says what its answer means.
 *
 * Errors are told by their standard words only (RFC 6749, 5.2): an endpoint's own text might hold anything and is
 * neither kept nor logged.
 */
import type { HttpAnswer, HttpFault } from '../../ports/http';
import type { OAuth } from '../../ports/oauth';
import type { OAuthPlatform } from './platform';

export type TokenAnswer =
  | { kind: 'tokens'; access: string; refresh?: string; lifeMs?: number; idToken?: string }
  /** `invalid_grant` and the like, or `http-<status>`. */
  | { kind: 'refused'; code: string }
  /** No answer that is understood: it may have been carried out. */
  | { kind: 'unavailable' };

export function askForTokens(
  auth: OAuth,
  form: Readonly<Record<string, string>>,
  platform: OAuthPlatform,
): TokenAnswer {
  const scope = auth.kind === 'client-credentials' && auth.scopes.length > 0 ? { scope: auth.scopes.join(' ') } : {};
  const extra = auth.kind === 'client-credentials' ? auth.extraParameters : {};
  const client = clientProof(auth, platform);
  const request = {
    url: auth.tokenUrl,
    headers: client.headers,
    form: { ...form, ...scope, ...extra, ...client.form },
  };
  return meaningOf(platform.sendForms([request])[0] ?? { fault: 'no answer' });
}

/** How the client says who it is (RFC 6749, 2.3.1); a public client only gives its name. */
export function clientProof(auth: OAuth, platform: OAuthPlatform) {
  const id = platform.scriptProperty(auth.clientIdProperty);
  const secret = auth.clientSecretProperty === undefined ? '' : platform.scriptProperty(auth.clientSecretProperty);
  if (secret === '') return { headers: {}, form: { client_id: id } };
  if (auth.clientSecretIn === 'body') return { headers: {}, form: { client_id: id, client_secret: secret } };
  const pair = platform.base64(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`);
  return { headers: { authorization: `Basic ${pair}` }, form: {} };
}

/** Refusals of a moment: the very same request may be granted later. */
const PASSING = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);

function meaningOf(answer: HttpAnswer | HttpFault): TokenAnswer {
  if ('fault' in answer) return { kind: 'unavailable' };
  const body = objectIn(answer.text);
  const { status } = answer;
  const error = typeof body?.error === 'string' ? body.error : undefined;
  if (status >= 200 && status < 300 && error === undefined) return tokensIn(body);
  if (status < 200 || (status >= 300 && status < 400) || status === 408 || status === 429 || status >= 500) {
    return { kind: 'unavailable' };
  }
  if (error !== undefined && PASSING.has(error)) return { kind: 'unavailable' };
  return { kind: 'refused', code: /^[a-z_]{1,40}$/.test(error ?? '') ? (error as string) : `http-${status}` };
}

function tokensIn(body: Record<string, unknown> | undefined): TokenAnswer {
  const { access_token: access, refresh_token: refresh, token_type: type = 'bearer', expires_in: life } = body ?? {};
  const idToken = body?.id_token;
  // What cannot be a header's value is no token.
  if (typeof access !== 'string' || !/^[\x21-\x7e]+$/.test(access)) return { kind: 'unavailable' };
  if (String(type).toLowerCase() !== 'bearer') return { kind: 'refused', code: 'unknown_token_type' };
  const seconds = Number(life);
  return {
    kind: 'tokens',
    access,
    ...(typeof refresh === 'string' && refresh !== '' && { refresh }),
    ...(life !== undefined && seconds > 0 && { lifeMs: seconds * 1_000 }),
    ...(typeof idToken === 'string' && { idToken }),
  };
}

/** The JSON object that `text` is; undefined when it is none. */
export function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
