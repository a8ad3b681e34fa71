/**
 * The whole of Zoom as an add-on and a person meet it: the API at api.zoom.us; consent, tokens and the pages behind the
 * join links at zoom.us.
 */
import { escapeHtml, webPage } from '../../conference/web-page';
import type { OAuthServerOptions } from '../../oauth/granting';
import { OAuthError } from '../../oauth/oauth-error';
import { OAuthServer } from '../../oauth/server';
import { callbackAddress } from '../../script/user-callback';
import type { World } from '../../whole-world';
import type { HttpExchange, HttpReply } from '../../world/exchange';
import type { ZoomMeeting } from './meeting';
import { ZoomServer } from './server';

export const ZOOM_CLIENT = { id: 'zoom-client', secret: 'zoom-client-secret' };
/** A server-to-server app acts for a whole account: https://developers.zoom.us/docs/internal-apps/s2s-oauth/ */
export const ZOOM_ACCOUNT = { id: 'account-1', user: 'meetings@acme.example' };

export interface ZoomInWorld {
  api: ZoomServer;
  oauth: OAuthServer;
}

/** @param options what the OAuth server does otherwise than Zoom's. */
export function zoomInWorld(world: World, options: Partial<OAuthServerOptions> = {}): ZoomInWorld {
  const { clock, records, random, internet, script } = world;
  const oauth = new OAuthServer({
    clock,
    records,
    random: random.fork('zoom-oauth'),
    issuer: 'https://zoom.us/oauth',
    ownGrantType: 'account_credentials',
    clients: [{ ...ZOOM_CLIENT, redirectUris: [callbackAddress(script.scriptId)], pkce: true, ownGrant: true }],
    ...options,
  });
  const api = new ZoomServer({
    clock,
    records,
    random: random.fork('zoom'),
    scopesOf: (token) => oauth.scopesOf(token),
    tokens: (token) => {
      const account = oauth.accountOf(token);
      return account === ZOOM_CLIENT.id ? ZOOM_ACCOUNT.user : account;
    },
  });
  internet.add('api.zoom.us', api);
  internet.add('zoom.us', { handle: (request) => pageOrGrant(request, api, oauth) });
  return { api, oauth };
}

function pageOrGrant(request: HttpExchange, api: ZoomServer, oauth: OAuthServer): HttpReply {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/oauth/')) {
    const form = new URLSearchParams(request.body ?? '');
    const isOthers = form.get('grant_type') === 'account_credentials' && form.get('account_id') !== ZOOM_ACCOUNT.id;
    return isOthers ? new OAuthError('invalid_request', 'Bad account_id.').reply() : oauth.handle(request);
  }
  const id = /^\/j\/(\d+)$/.exec(pathname)?.[1];
  const meeting = api.meetings().find((one) => String(one.id) === id);
  if (meeting === undefined) return webPage(404, 'Zoom', '<p>There is no meeting at this address.</p>');
  return webPage(
    200,
    escapeHtml(meeting.topic),
    `<p>${escapeHtml(whenOf(meeting))}</p>\n<p>A meeting at the imitation of Zoom.</p>`,
  );
}

function whenOf({ startMs, duration, timezone, recurrence, occurrences }: ZoomMeeting): string {
  if (startMs === undefined) return 'A recurring meeting without fixed time.';
  const start = new Date(startMs).toLocaleString('en-GB', {
    timeZone: timezone,
    dateStyle: 'full',
    timeStyle: 'short',
  });
  const times = recurrence === undefined ? '' : ` It repeats: ${occurrences.length} times are planned.`;
  return `${start} (${timezone}), ${duration} minutes.${times}`;
}
