/**
 * Port: OAuth 2.0 as a provider declares it, and the tokens that go with its requests.
 *
 * Grant: what lets us act at a provider, for one person (they consent in a browser) or for the whole organisation (the
 * operator's own client). Access token: what is sent with a request. Refresh token: what gets a new one.
 */
import type { HttpFault } from './http';

interface OAuthClient {
  /** https address of the token endpoint. */
  tokenUrl: string;
  scopes: readonly string[];
  /** The Script Property that holds the client's id. */
  clientIdProperty: string;
  /** For vendors that take the secret as a field of the form only. Default: HTTP Basic. */
  clientSecretIn?: 'body';
  /** For vendors that want more than the standard. */
  extraParameters?: Readonly<Record<string, string>>;
}

/** An account at a provider. */
export interface Account {
  /** The provider's own name of it: stays the same, and is nobody else's. */
  id: string;
  /** As its owner knows it, an address mostly. For cards. */
  name: string;
}

/** How it is found out whose a new grant is. */
export interface AccountSource {
  /** The ID token that comes with the access token (OpenID Connect), or the https address that is asked with the latter. */
  at: 'id-token' | `https://${string}`;
  /** @param said the claims, or the answer in JSON. Undefined: it does not say. */
  read(said: Readonly<Record<string, unknown>>): Account | undefined;
}

/** A person's own grant: authorisation code. `extraParameters` go into the address where the person consents. */
export interface PersonalGrant extends OAuthClient {
  kind: 'oauth2';
  /** https address where the person consents. */
  authorizationUrl: string;
  /** https address that ends a grant (RFC 7009), if the vendor has one. */
  revocationUrl?: string;
  /** Left out: a public client, whose proof is PKCE. */
  clientSecretProperty?: string;
  /** S256. Left out only for vendors that refuse it. */
  pkce?: true;
  /** What the vendor calls itself in `iss` of its answers (RFC 9207), if it does. */
  issuer?: string;
  /** Left out: nobody knows, and of a conference that the provider does not know people are told so. */
  account?: AccountSource;
}

/** The organisation's own grant. `extraParameters` go into the token request; `grant_type` may be one of them. */
export interface OrganisationGrant extends OAuthClient {
  kind: 'client-credentials';
  clientSecretProperty: string;
}

export type OAuth = PersonalGrant | OrganisationGrant;

/** Access tokens for requests. A fault tells why there is none. */
export interface TokenSource {
  token(provider: string, auth: OAuth): string | HttpFault;
  /** After `rejected` was answered with 401: another one, or undefined when nothing better can be had. */
  renewed(provider: string, auth: OAuth, rejected: string): string | HttpFault | undefined;
}
