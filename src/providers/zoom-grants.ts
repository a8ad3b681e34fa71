/**
 * The two ways Zoom lets an add-on act: for a person who consents, and for a whole account.
 * Zoom: https://developers.zoom.us/docs/integrations/oauth/
 */
import type { OrganisationGrant, PersonalGrant } from '../ports/oauth';
import { accountIn } from './answers';

const TOKEN_URL = 'https://zoom.us/oauth/token';
const ACTIONS = ['write', 'update', 'delete', 'read'];

/** Each person signs in; their meetings are their own. Refresh tokens rotate. */
export function zoomPersonalGrant(properties: { clientId: string; clientSecret: string }): PersonalGrant {
  return {
    kind: 'oauth2',
    authorizationUrl: 'https://zoom.us/oauth/authorize',
    tokenUrl: TOKEN_URL,
    revocationUrl: 'https://zoom.us/oauth/revoke',
    scopes: [...ACTIONS.map((action) => `meeting:${action}:meeting`), 'user:read:user'],
    clientIdProperty: properties.clientId,
    clientSecretProperty: properties.clientSecret,
    pkce: true,
    account: { at: 'https://api.zoom.us/v2/users/me', read: ({ id, email }) => accountIn(id, email) },
  };
}

/** A server-to-server app acts for the account `accountId`; `userId` of the provider says whose the meetings are. */
export function zoomAccountGrant(
  accountId: string,
  properties: { clientId: string; clientSecret: string },
): OrganisationGrant {
  return {
    kind: 'client-credentials',
    tokenUrl: TOKEN_URL,
    scopes: [],
    clientIdProperty: properties.clientId,
    clientSecretProperty: properties.clientSecret,
    extraParameters: { grant_type: 'account_credentials', account_id: accountId },
  };
}
