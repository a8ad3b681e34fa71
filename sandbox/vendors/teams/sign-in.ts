/**
 * The Microsoft identity platform, as far as an application of one organisation needs it.
 *
 * The same application answers under each tenant's name. Used refresh tokens stay good; there is one only for who asked
 * for `offline_access`. A client of its own asks for `.default`, and for no single permission. No address ends a grant.
 * Microsoft: /entra/identity-platform/v2-oauth2-auth-code-flow, …/v2-oauth2-client-creds-grant-flow, …/refresh-tokens
 */

import type { OAuthServerOptions } from '../../oauth/granting';
import { jsonReply, OAuthError } from '../../oauth/oauth-error';
import { OAuthServer } from '../../oauth/server';
import type { HttpExchange, HttpReply, Site } from '../../world/exchange';

const ISSUER = 'https://login.microsoftonline.com/organizations/oauth2/v2.0';
const TENANT_PATH = /^https:\/\/login\.microsoftonline\.com\/[^/]+\/oauth2\/v2\.0(?=\/(authorize|token)\b)/;
const MINUTE_MS = 60_000;
const REFRESH_DAYS = 90;

export class MicrosoftSignIn implements Site {
  readonly oauth: OAuthServer;

  constructor(options: Omit<OAuthServerOptions, 'issuer'>) {
    this.oauth = new OAuthServer({
      issuer: ISSUER,
      // Each token's own, from 60 to 90 minutes.
      accessMs: 75 * MINUTE_MS,
      reuseGraceMs: REFRESH_DAYS * 24 * 60 * MINUTE_MS,
      ...options,
    });
  }

  handle(request: HttpExchange): HttpReply {
    const url = request.url.replace(TENANT_PATH, ISSUER);
    const form = new URLSearchParams(request.body ?? '');
    const isOwnGrant = form.get('grant_type') === 'client_credentials';
    if (isOwnGrant && !/^https:\/\/\S+\/\.default$/.test(form.get('scope') ?? '')) {
      return new OAuthError('invalid_scope', 'AADSTS1002012: The provided value for scope is not valid.').reply();
    }
    return url.endsWith('/token')
      ? withoutUnasked(this.oauth.handle({ ...request, url }))
      : this.oauth.handle({ ...request, url });
  }
}

function withoutUnasked(reply: HttpReply): HttpReply {
  const { refresh_token, ...tokens } = JSON.parse(reply.body) as Record<string, unknown>;
  const isAsked = String(tokens.scope).split(' ').includes('offline_access');
  return refresh_token === undefined || isAsked ? reply : jsonReply(reply.status, tokens);
}
