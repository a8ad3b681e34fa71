/** How Webex lets an add-on act for a person who consents. Webex: https://developer.webex.com/docs/integrations */
import type { PersonalGrant } from '../ports/oauth';
import { accountIn } from './answers';

export function webexGrant(properties: { clientId: string; clientSecret: string }): PersonalGrant {
  return {
    kind: 'oauth2',
    authorizationUrl: 'https://webexapis.com/v1/authorize',
    tokenUrl: 'https://webexapis.com/v1/access_token',
    clientSecretIn: 'body',
    scopes: ['meeting:schedules_read', 'meeting:schedules_write', 'spark:people_read'],
    clientIdProperty: properties.clientId,
    clientSecretProperty: properties.clientSecret,
    pkce: true,
    account: { at: 'https://webexapis.com/v1/people/me', read: ({ id, emails }) => accountIn(id, [emails].flat()[0]) },
  };
}
