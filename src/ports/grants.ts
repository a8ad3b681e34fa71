/** Port: the grants that one person has given us at providers. */
import type { Entered, LoginPair } from './app-password';

export type Completion =
  | { kind: 'connected'; provider: string; account?: string }
  /** The person said no, or the provider did. */
  | { kind: 'declined'; provider: string }
  /** The provider gave no token for its code. */
  | { kind: 'failed'; provider: string }
  /** A sync is running; nothing is used up, the same address works again. */
  | { kind: 'busy'; provider: string }
  /** Too old, used already, or none of ours. */
  | { kind: 'stale' };

/** Whose a grant is. */
export interface GrantAccount {
  /** See AccountMark in core/account.ts. */
  mark: string;
  /** As its owner knows it, for cards; absent where the provider does not say. */
  name?: string;
}

/** Those that a person gives by consent, in a browser. */
export interface ConsentGrants {
  /** Providers that work only once a person has connected. */
  readonly personal: readonly string[];
  isConnected(provider: string): boolean;
  /** Undefined without a grant, and while nobody could find out. */
  accountOf(provider: string): GrantAccount | undefined;
  /**
   * Where the person connects; good for an hour. Undefined for a provider that needs no grant of a person's, and while
   * the operator has not entered the client's id.
   */
  connectUrl(provider: string): string | undefined;
  /** The provider sent the person back with `answer`. `resume` runs under the user's lock, once the grant is kept. */
  complete(answer: Readonly<Record<string, string>>, resume: (provider: string) => void): Completion;
  /** `untold`: the grant is forgotten here, but the provider could not be told. */
  disconnect(provider: string): 'disconnected' | 'untold' | 'busy';
}

/** All of them. Where a login and an app password are wanted, `connectUrl` is where a person makes one. */
export interface Grants extends ConsentGrants {
  /** Providers among `personal` that want a login and an app password. */
  readonly passwords: readonly string[];
  /** Asks the provider whether it takes the pair, and keeps it. `resume` runs under the user's lock, once it is kept. */
  enter(provider: string, pair: LoginPair, resume: (provider: string) => void): Entered;
}
