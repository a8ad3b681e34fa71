/**
 * An OAuth 2.0 server of the sandbox's own, for providers that people connect to: /authorize, /token, /revoke.
 *
 * As strict as vendors are at their strictest: exact redirect addresses, codes for once, PKCE where the client is
 * declared with it, refresh tokens that rotate and whose second use ends the grant. Outages are planned as faults of
 * its host. It keeps no passwords: whoever opens the consent page says who they are.
 * Source: RFC 6749, 7009, 7636, 9207; what is told apart between vendors is an option.
 */
import type { HttpExchange, HttpReply, Site } from '../world/exchange';
import { consent, consentPage } from './consent';
import type { Granting, OAuthClient, OAuthServerOptions } from './granting';
import { type Grant, GrantBook } from './grants';
import { OAuthError } from './oauth-error';
import { revoke, tokens } from './token-endpoint';

export class OAuthServer implements Site, Granting {
  readonly book: GrantBook;

  constructor(readonly options: OAuthServerOptions) {
    this.book = new GrantBook(options);
  }

  handle(request: HttpExchange): HttpReply {
    const url = new URL(request.url);
    const form = new URLSearchParams(request.body ?? '');
    const { issuer, tokenPath = '/token' } = this.options;
    const path = url.href.split('?')[0]?.slice(issuer.length) ?? '';
    try {
      if (request.method === 'POST' && path === tokenPath) return tokens(this, this.clientOf(request, form), form);
      switch (`${request.method} ${path}`) {
        case 'GET /authorize':
          return consentPage(this, url.searchParams);
        case 'POST /authorize':
          return consent(this, form);
        case 'POST /revoke':
          return revoke(this, this.clientOf(request, form), form);
        default:
          return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'Nothing here.' };
      }
    } catch (problem) {
      if (problem instanceof OAuthError) return problem.reply();
      throw problem;
    }
  }

  client(id: string): OAuthClient | undefined {
    return this.options.clients.find((client) => client.id === id);
  }

  /** Whose access token it is, or undefined when it is none, or over. */
  accountOf(accessToken: string): string | undefined {
    return this.book.live(accessToken, 'access')?.grant.account;
  }

  /** What it may do, as it was asked for; '' when it is none, or over. */
  scopesOf(accessToken: string): readonly string[] {
    return this.book.live(accessToken, 'access')?.grant.scope.split(' ') ?? [];
  }

  /** Grants that are in force. */
  grants(): Grant[] {
    return this.book.grants().filter(({ ended }) => !ended);
  }

  /** A person takes back what they granted, on the provider's own pages. */
  withdraw(account: string): void {
    for (const grant of this.grants()) if (grant.account === account) this.book.end(grant.id);
  }

  /** Who asks, by HTTP Basic or by the form's fields; never both (RFC 6749, 2.3). */
  private clientOf(request: HttpExchange, form: URLSearchParams): OAuthClient {
    const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    const basic = /^Basic (.+)$/.exec(header ?? '')?.[1];
    const [id = '', secret] =
      basic === undefined
        ? [form.get('client_id') ?? '', form.get('client_secret') ?? undefined]
        : Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
    const client = this.client(id);
    if (basic !== undefined && form.has('client_secret')) {
      throw new OAuthError('invalid_request', 'Two ways of authentication at once.');
    }
    if (client === undefined || client.secret !== secret) {
      throw new OAuthError('invalid_client', 'Client authentication failed.', 401);
    }
    return client;
  }
}
