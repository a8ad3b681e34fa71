/** Puts an OAuth server's tokens before a site: without a good one there is 401 (RFC 6750), and nothing reaches it. */
import type { HttpExchange, HttpReply, Site } from '../world/exchange';
import type { OAuthServer } from './server';

export class ProtectedSite implements Site {
  /** Refuse so many more requests, whatever they carry: a provider that has forgotten its tokens. */
  refuseNext = 0;

  constructor(
    private readonly site: Site,
    private readonly oauth: Pick<OAuthServer, 'accountOf'>,
  ) {}

  handle(request: HttpExchange, by: string): HttpReply {
    const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
    const token = /^Bearer (.+)$/.exec(header)?.[1];
    const account = token === undefined ? undefined : this.oauth.accountOf(token);
    if (account === undefined || this.refuseNext > 0) {
      if (this.refuseNext > 0) this.refuseNext--;
      const headers = { 'Content-Type': 'application/json', 'WWW-Authenticate': 'Bearer error="invalid_token"' };
      return { status: 401, headers, body: JSON.stringify({ error: { code: 'unauthorized', message: 'No.' } }) };
    }
    const { [headerName(request)]: _token, ...rest } = request.headers;
    return this.site.handle({ ...request, headers: rest }, by);
  }
}

function headerName(request: HttpExchange): string {
  return Object.keys(request.headers).find((name) => name.toLowerCase() === 'authorization') ?? 'authorization';
}
