/** The tokens and grants of one execution, for all providers that use OAuth. */
import type { ConsentGrants } from '../../ports/grants';
import type { OAuth, TokenSource } from '../../ports/oauth';
import { GrantStore } from './grant-store';
import { OrganisationTokens } from './organisation-tokens';
import { PersonalGrants } from './personal-grants';
import { PersonalTokens } from './personal-tokens';
import type { OAuthPlatform } from './platform';

/** Touches no service before it is asked for a token or a grant. */
export function oauthClient(
  auths: Iterable<readonly [provider: string, auth: OAuth]>,
  platform: OAuthPlatform,
): { tokens: TokenSource; grants: ConsentGrants } {
  const store = new GrantStore(platform);
  const personal = new PersonalTokens(platform, store);
  const organisation = new OrganisationTokens(platform);
  const tokens: TokenSource = {
    token: (provider, auth) =>
      auth.kind === 'oauth2' ? personal.token(provider, auth) : organisation.token(provider, auth),
    renewed: (provider, auth, rejected) =>
      auth.kind === 'oauth2'
        ? personal.renewed(provider, auth, rejected)
        : organisation.renewed(provider, auth, rejected),
  };
  return { tokens, grants: new PersonalGrants(auths, platform, store) };
}
