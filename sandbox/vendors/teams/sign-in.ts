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
const TENANT = '00000000-0000-4000-8000-000000000001';
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
      ? this.asAsked(this.oauth.handle({ ...request, url }))
      : this.oauth.handle({ ...request, url });
  }

  /** Only who asks for `offline_access` gets a refresh token, and an ID token only who asks for `openid`. */
  private asAsked(reply: HttpReply): HttpReply {
    const { refresh_token, ...tokens } = JSON.parse(reply.body) as Record<string, unknown>;
    const scopes = String(tokens.scope).split(' ');
    const account = this.oauth.accountOf(String(tokens.access_token));
    const given = {
      ...tokens,
      ...(refresh_token !== undefined && scopes.includes('offline_access') && { refresh_token }),
      ...(account !== undefined && scopes.includes('openid') && { id_token: idToken(account, scopes) }),
    };
    return reply.status === 200 ? jsonReply(200, given) : reply;
  }
}

/** Who it is stands in claims that come with `profile`: /entra/identity-platform/id-token-claims-reference */
function idToken(account: string, scopes: readonly string[]): string {
  const claims = {
    iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    tid: TENANT,
    sub: `pairwise-${account}`,
    ...(scopes.includes('profile') && {
      oid: `object-${account}`,
      preferred_username: account.includes('@') ? account : `${account}@contoso.example`,
    }),
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.signature-of-the-imitation`;
}
