/**
 * The whole of Webex as an add-on and a person meet it: API, consent and tokens at webexapis.com; the pages behind the
 * join links at the site acme.webex.example.
 */
import { escapeHtml, webPage } from '../../conference/web-page';
import type { OAuthServerOptions } from '../../oauth/granting';
import { OAuthServer } from '../../oauth/server';
import { callbackAddress } from '../../script/user-callback';
import type { World } from '../../whole-world';
import { WebexServer } from './server';

export const WEBEX_CLIENT = { id: 'webex-client', secret: 'webex-client-secret' };

const OAUTH_PATHS = ['/v1/authorize', '/v1/access_token'];

export interface WebexInWorld {
  api: WebexServer;
  oauth: OAuthServer;
}

/** @param options what the OAuth server does otherwise than Webex's. */
export function webexInWorld(world: World, options: Partial<OAuthServerOptions> = {}): WebexInWorld {
  const { clock, records, random, internet, script } = world;
  const oauth = new OAuthServer({
    clock,
    records,
    random: random.fork('webex-oauth'),
    issuer: 'https://webexapis.com/v1',
    tokenPath: '/access_token',
    // A token lives for two weeks; a refresh token stays. https://developer.webex.com/docs/integrations
    accessMs: 14 * 86_400_000,
    refresh: 'keep',
    clients: [{ ...WEBEX_CLIENT, redirectUris: [callbackAddress(script.scriptId)], pkce: true }],
    ...options,
  });
  const tokens = (token: string) => oauth.accountOf(token);
  const scopesOf = (token: string) => oauth.scopesOf(token);
  const api = new WebexServer({ clock, records, random: random.fork('webex'), tokens, scopesOf });
  internet.add('webexapis.com', {
    handle: (request) =>
      OAUTH_PATHS.includes(new URL(request.url).pathname) ? oauth.handle(request) : api.handle(request),
  });
  internet.add('acme.webex.example', {
    handle: ({ url }) => {
      const id = /^m(.+)$/.exec(new URL(url).searchParams.get('MTID') ?? '')?.[1];
      const meeting = api.meetings().find((one) => one.id === id);
      if (meeting === undefined) return webPage(404, 'Webex', '<p>There is no meeting at this address.</p>');
      const start = new Date(meeting.startMs).toLocaleString('en-GB', {
        ...{ timeZone: meeting.timezone, dateStyle: 'full', timeStyle: 'short' },
      });
      const when = `${start} (${meeting.timezone})${meeting.recurrence === undefined ? '' : `, ${meeting.recurrence}`}`;
      return webPage(
        200,
        escapeHtml(meeting.title),
        `<p>${escapeHtml(when)}</p>\n<p>A meeting at the imitation of Webex.</p>`,
      );
    },
  });
  return { api, oauth };
}
