/**
 * What the OAuth server remembers: codes, grants and tokens, in the world's records.
 *
 * A grant is one person's consent to one client, or a client's own. Every code and token belongs to one; ending the
 * grant ends them all. Tokens of a rotated line know their successor, so that a second use is noticed.
 */
import type { Clock } from '../world/clock';
import type { Random } from '../world/random';
import type { Records } from '../world/records';

export interface Grant {
  id: string;
  clientId: string;
  /** Whose; the client's own id for its own grant. */
  account: string;
  scope: string;
  ended: boolean;
}

export interface Code {
  grantId: string;
  redirectUri: string;
  challenge?: string;
  expiresMs: number;
  used: boolean;
}

export interface Token {
  grantId: string;
  kind: 'access' | 'refresh';
  /** Absent: lives as long as its grant. */
  expiresMs?: number;
  /** Refresh tokens: when another one took its place. */
  rotatedMs?: number;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export class GrantBook {
  constructor(private readonly deps: { records: Records; clock: Clock; random: Random }) {}

  newGrant(grant: Omit<Grant, 'id' | 'ended'>): Grant {
    const made: Grant = { ...grant, id: this.word(12), ended: false };
    this.deps.records.put('oauth.grant', made.id, made);
    return made;
  }

  grant(id: string): Grant {
    return this.deps.records.get<Grant>('oauth.grant', id) as Grant;
  }

  grants(): Grant[] {
    return [...this.deps.records.entries<Grant>('oauth.grant')].map(([, grant]) => grant);
  }

  end(id: string): void {
    this.deps.records.put('oauth.grant', id, { ...this.grant(id), ended: true });
  }

  newCode(code: Omit<Code, 'used'>): string {
    const word = this.word(32);
    this.deps.records.put('oauth.code', word, { ...code, used: false });
    return word;
  }

  code(word: string): Code | undefined {
    return this.deps.records.get<Code>('oauth.code', word);
  }

  useCode(word: string): void {
    this.deps.records.put('oauth.code', word, { ...(this.code(word) as Code), used: true });
  }

  newToken(token: Token): string {
    const word = this.word(40);
    this.deps.records.put('oauth.token', word, token);
    return word;
  }

  token(word: string): Token | undefined {
    return this.deps.records.get<Token>('oauth.token', word);
  }

  change(word: string, changes: Partial<Token>): void {
    this.deps.records.put('oauth.token', word, { ...(this.token(word) as Token), ...changes });
  }

  forget(word: string): void {
    this.deps.records.remove('oauth.token', word);
  }

  /** A token that is neither over nor of an ended grant. */
  live(word: string, kind: Token['kind']): (Token & { grant: Grant }) | undefined {
    const token = this.token(word);
    if (token === undefined || token.kind !== kind) return undefined;
    const grant = this.grant(token.grantId);
    if (grant.ended || (token.expiresMs !== undefined && token.expiresMs <= this.deps.clock.nowMs())) return undefined;
    return { ...token, grant };
  }

  private word(length: number): string {
    return this.deps.random.text(length, LETTERS);
  }
}
