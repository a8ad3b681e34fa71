/**
 * The two ways Microsoft lets an add-on act: for a person who consents, and as an application for users whom an
 * administrator named. Both take work and school accounts only.
 * Microsoft: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
import type { OrganisationGrant, PersonalGrant } from '../ports/oauth';
import { accountIn } from './answers';

interface TeamsClient {
  /** Script Property with the application's id. */
  clientId: string;
  /** Script Property with a secret of the application. */
  clientSecret: string;
}

export interface TeamsTenant {
  /** Who may sign in: a tenant's id or domain. Default for people: `organizations`, any of them. */
  tenant?: string;
  /** Default: https://login.microsoftonline.com. */
  loginUrl?: string;
  /** Default: https://graph.microsoft.com. What the application's permissions are for. */
  graphUrl?: string;
}

/** Each person signs in; their meetings are their own. Refresh tokens rotate. */
export function teamsPersonalGrant(properties: TeamsClient, where: Omit<TeamsTenant, 'graphUrl'> = {}): PersonalGrant {
  const { tenant = 'organizations' } = where;
  return {
    kind: 'oauth2',
    authorizationUrl: endpoint({ ...where, tenant }, 'authorize'),
    scopes: ['OnlineMeetings.ReadWrite', 'offline_access', 'openid', 'profile'],
    pkce: true,
    account: { at: 'id-token', read: readClaims },
    ...client({ ...where, tenant }, properties),
  };
}

/** The application acts without anybody; `userId` of the provider says whose the meetings are. */
export function teamsApplicationGrant(
  properties: TeamsClient,
  where: TeamsTenant & { tenant: string },
): OrganisationGrant {
  const { graphUrl = 'https://graph.microsoft.com' } = where;
  // An application is given all that an administrator consented to, and asks for no single permission.
  return { kind: 'client-credentials', scopes: [`${graphUrl}/.default`], ...client(where, properties) };
}

/** An object id is a tenant's own. https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
function readClaims({ oid, tid, preferred_username }: Readonly<Record<string, unknown>>) {
  return typeof oid === 'string' && typeof tid === 'string'
    ? accountIn(`${tid}/${oid}`, preferred_username)
    : undefined;
}

function client(where: TeamsTenant & { tenant: string }, { clientId, clientSecret }: TeamsClient) {
  return {
    tokenUrl: endpoint(where, 'token'),
    clientSecretIn: 'body' as const,
    clientIdProperty: clientId,
    clientSecretProperty: clientSecret,
  };
}

function endpoint(where: TeamsTenant & { tenant: string }, name: string): string {
  const { tenant, loginUrl = 'https://login.microsoftonline.com' } = where;
  return `${loginUrl}/${encodeURIComponent(tenant)}/oauth2/v2.0/${name}`;
}
