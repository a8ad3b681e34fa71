/** Tokens for codes, for refresh tokens and for clients of their own; and their end. RFC 6749, 4 to 6; RFC 7009. */
import { createHash } from 'node:crypto';
import type { HttpReply } from '../world/exchange';
import type { Granting, OAuthClient } from './granting';
import type { Grant } from './grants';
import { jsonReply, OAuthError } from './oauth-error';

const ACCESS_MS = 3_600_000;

export function tokens(server: Granting, client: OAuthClient, form: URLSearchParams): HttpReply {
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return given(server, forCode(server, client, form), true);
    case 'refresh_token':
      return forRefreshToken(server, client, form.get('refresh_token') ?? '');
    case server.options.ownGrantType ?? 'client_credentials': {
      if (client.ownGrant !== true) throw new OAuthError('unauthorized_client', 'Not for this client.');
      const scope = form.get('scope') ?? '';
      return given(server, server.book.newGrant({ clientId: client.id, account: client.id, scope }), false);
    }
    default:
      throw new OAuthError('unsupported_grant_type', 'No such grant type.');
  }
}

function forCode(server: Granting, client: OAuthClient, form: URLSearchParams): Grant {
  const { book } = server;
  const word = form.get('code') ?? '';
  const code = book.code(word);
  if (code === undefined) throw new OAuthError('invalid_grant', 'No such code.');
  const grant = book.grant(code.grantId);
  if (code.used) {
    // Somebody else may have had it first (RFC 6749, 4.1.2).
    book.end(grant.id);
    throw new OAuthError('invalid_grant', 'The code was used already.');
  }
  book.useCode(word);
  const verifier = form.get('code_verifier');
  const isProven =
    code.challenge === undefined ? verifier === null : verifier !== null && challengeOf(verifier) === code.challenge;
  const isRight = grant.clientId === client.id && code.redirectUri === form.get('redirect_uri') && !grant.ended;
  if (!isRight || !isProven || code.expiresMs <= server.options.clock.nowMs()) {
    throw new OAuthError('invalid_grant', 'The code is not good for this request.');
  }
  return grant;
}

function challengeOf(verifier: string): string | undefined {
  // RFC 7636, 4.1.
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return undefined;
  return createHash('sha256').update(verifier).digest('base64url');
}

function forRefreshToken(server: Granting, client: OAuthClient, word: string): HttpReply {
  const { book, options } = server;
  const token = book.live(word, 'refresh');
  if (token === undefined || token.grant.clientId !== client.id) {
    throw new OAuthError('invalid_grant', 'The refresh token is not good (any more).');
  }
  if (options.refresh === 'keep') return given(server, token.grant, false);
  const nowMs = options.clock.nowMs();
  if (token.rotatedMs !== undefined && nowMs - token.rotatedMs >= (options.reuseGraceMs ?? 0)) {
    book.end(token.grant.id);
    throw new OAuthError('invalid_grant', 'The refresh token was used twice; the grant is over.');
  }
  if (token.rotatedMs === undefined) book.change(word, { rotatedMs: nowMs });
  return given(server, token.grant, true);
}

function given({ book, options }: Granting, grant: Grant, withRefresh: boolean): HttpReply {
  const lifeMs = options.accessMs ?? ACCESS_MS;
  const expiresMs = options.clock.nowMs() + lifeMs;
  return jsonReply(200, {
    access_token: book.newToken({ grantId: grant.id, kind: 'access', expiresMs }),
    token_type: 'Bearer',
    expires_in: lifeMs / 1_000,
    ...(withRefresh && { refresh_token: book.newToken({ grantId: grant.id, kind: 'refresh' }) }),
    scope: grant.scope,
  });
}

/** A refresh token takes its grant with it; an unknown token is no error (RFC 7009, 2.2). */
export function revoke({ book }: Granting, client: OAuthClient, form: URLSearchParams): HttpReply {
  const word = form.get('token') ?? '';
  const token = book.token(word);
  if (token !== undefined && book.grant(token.grantId).clientId === client.id) {
    if (token.kind === 'refresh') book.end(token.grantId);
    else book.forget(word);
  }
  return { status: 200, headers: {}, body: '' };
}
