/** What the endpoints of an OAuth server know of it: its options, its clients, and the book of what was granted. */
import type { Clock } from '../world/clock';
import type { Random } from '../world/random';
import type { Records } from '../world/records';
import type { GrantBook } from './grants';

export interface OAuthClient {
  id: string;
  /** Absent: a public client. */
  secret?: string;
  redirectUris: readonly string[];
  /** A code is given only against a challenge. */
  pkce?: boolean;
  /** May act for itself (client credentials). */
  ownGrant?: boolean;
}

export interface OAuthServerOptions {
  records: Records;
  clock: Clock;
  random: Random;
  /** Its address, without a slash at the end. Everything stands below it. */
  issuer: string;
  /** Where tokens are asked for. Default: /token. */
  tokenPath?: string;
  /** What the grant of a client's own is called. Default: client_credentials. */
  ownGrantType?: string;
  clients: readonly OAuthClient[];
  /** Life of an access token. Default: an hour. */
  accessMs?: number;
  /** `rotate` (default): each use of a refresh token brings another. `keep`: it stays. */
  refresh?: 'rotate' | 'keep';
  /** How long a rotated refresh token may still be used, for clients that lost the answer. Default: not at all. */
  reuseGraceMs?: number;
}

export interface Granting {
  readonly options: OAuthServerOptions;
  readonly book: GrantBook;
  client(id: string): OAuthClient | undefined;
}
