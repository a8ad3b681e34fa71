/**
 * All of Microsoft that an add-on and a person meet for a Teams meeting: Graph at graph.microsoft.com, consent and tokens
 * at login.microsoftonline.com, the pages behind the join links at teams.microsoft.com.
 */
import { escapeHtml, webPage } from '../../conference/web-page';
import type { OAuthServerOptions } from '../../oauth/granting';
import type { OAuthServer } from '../../oauth/server';
import { callbackAddress } from '../../script/user-callback';
import type { World } from '../../whole-world';
import type { HttpReply } from '../../world/exchange';
import { TeamsServer } from './server';
import { MicrosoftSignIn } from './sign-in';

export const TEAMS_CLIENT = { id: 'teams-client', secret: 'teams-client-secret' };

export interface TeamsInWorld {
  api: TeamsServer;
  oauth: OAuthServer;
}

/** @param options what sign-in does otherwise than Microsoft's, and users with an application access policy. */
export function teamsInWorld(
  world: World,
  { actsFor = [], ...options }: Partial<OAuthServerOptions> & { actsFor?: readonly string[] } = {},
): TeamsInWorld {
  const { clock, records, random, internet, script } = world;
  const signIn = new MicrosoftSignIn({
    clock,
    records,
    random: random.fork('microsoft-sign-in'),
    clients: [{ ...TEAMS_CLIENT, redirectUris: [callbackAddress(script.scriptId)], pkce: true, ownGrant: true }],
    ...options,
  });
  const { oauth } = signIn;
  const tokens = (token: string) => oauth.accountOf(token);
  const api = new TeamsServer({ clock, records, random: random.fork('teams'), tokens, actsFor });
  internet.add('graph.microsoft.com', api);
  internet.add('login.microsoftonline.com', signIn);
  internet.add('teams.microsoft.com', { handle: ({ url }) => joinPage(new URL(url), api) });
  return { api, oauth };
}

function joinPage({ pathname }: URL, api: TeamsServer): HttpReply {
  const threadId = decodeURIComponent(/^\/l\/meetup-join\/([^/]+)\/0$/.exec(pathname)?.[1] ?? '');
  const meeting = api.meetings().find((one) => one.threadId === threadId);
  if (meeting === undefined) return webPage(404, 'Teams', '<p>There is no meeting at this address.</p>');
  const when = new Date(meeting.startMs).toLocaleString('en-GB', {
    timeZone: 'UTC',
    dateStyle: 'full',
    timeStyle: 'short',
  });
  return webPage(
    200,
    escapeHtml(meeting.subject ?? 'Meeting'),
    `<p>${escapeHtml(when)} (UTC)</p>\n<p>A meeting at the imitation of Teams.</p>`,
  );
}
