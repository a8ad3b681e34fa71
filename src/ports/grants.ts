/** Port: the grants that one person has given us at providers. */

export type Completion =
  | { kind: 'connected'; provider: string }
  /** The person said no, or the provider did. */
  | { kind: 'declined'; provider: string }
  /** The provider gave no token for its code. */
  | { kind: 'failed'; provider: string }
  /** A sync is running; nothing is used up, the same address works again. */
  | { kind: 'busy'; provider: string }
  /** Too old, used already, or none of ours. */
  | { kind: 'stale' };

export interface Grants {
  /** Providers that work only once a person has connected. */
  readonly personal: readonly string[];
  isConnected(provider: string): boolean;
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
