/**
 * Sync and page tokens: opaque to clients, complete in themselves, so that they survive a restart and can be used
 * again. A changed or invented one is recognised by its checksum. They hold a change counter, never a time.
 */
import { DIGEST_LENGTH, digest } from './digest';
import type { SyncQuery } from './list-query';

export interface SyncState {
  calendarId: string;
  viewer: string;
  /** Digest of the query it belongs to. */
  fingerprint: string;
  counter: number;
  /** Epochs of the calendar and of the viewer's access when it was issued. */
  epochs: [number, number];
  /** The window of the seeding list, in milliseconds. */
  window?: SyncQuery['window'];
}

export interface PageState {
  /** Which frozen list. */
  snapshot: string;
  offset: number;
  /** The page before was served empty: the next one is not. */
  rested?: boolean;
}

export class Tokens {
  constructor(private readonly salt: string) {}

  seal(kind: 'sync' | 'page', state: SyncState | PageState): string {
    const text = JSON.stringify([kind, state]);
    return `C${Buffer.from(text + digest(this.salt + text)).toString('base64url')}=`;
  }

  /** What was sealed; undefined for anything this calendar never issued as that kind. */
  open<T extends SyncState | PageState>(kind: 'sync' | 'page', token: string): T | undefined {
    if (!token.startsWith('C') || !token.endsWith('=')) return undefined;
    const whole = Buffer.from(token.slice(1, -1), 'base64url').toString();
    const text = whole.slice(0, -DIGEST_LENGTH);
    if (digest(this.salt + text) !== whole.slice(-DIGEST_LENGTH)) return undefined;
    const [sealedKind, state] = JSON.parse(text) as [string, T];
    return sealedKind === kind ? state : undefined;
  }
}
