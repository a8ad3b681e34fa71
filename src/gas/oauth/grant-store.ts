/**
 * Keeps a person's grants in their user properties, one record under one key for each provider.
 *
 * A record is good only for the token endpoint it came from: after a change of configuration no token goes to another
 * vendor. Written and removed under the user's lock only, so that no rotated refresh token is ever overwritten by an
 * older one.
 */
import type { GrantAccount } from '../../ports/grants';
import type { PersonalGrant } from '../../ports/oauth';
import { accountOfGrant } from './account';
import type { OAuthPlatform } from './platform';
import type { TokenAnswer } from './token-endpoint';

export const GRANT_PREFIX = 'lockstep.grant.';
/** Google: 9 kB a value; 8,066 bytes were measured to be the most. Tokens are ASCII. */
const RECORD_LIMIT_CHARS = 8_000;

export interface GrantRecord {
  /** Token endpoint. */
  from: string;
  /** '' when the store had no room for it: the next request gets a new one. */
  access: string;
  refresh?: string;
  /** Epoch milliseconds. */
  gotMs: number;
  /** Epoch milliseconds; absent when the vendor did not say. */
  expiresMs?: number;
  /** Absent while nobody could find out, and in records of earlier versions. */
  account?: GrantAccount;
}

export class GrantStore {
  /** As each was read or kept last in this execution. */
  private readonly seen = new Map<string, GrantRecord | undefined>();

  constructor(private readonly platform: OAuthPlatform) {}

  /** As it was when this execution read it last; read now if it did not. */
  lately(provider: string, auth: PersonalGrant): GrantRecord | undefined {
    return this.seen.has(provider) ? this.seen.get(provider) : this.read(provider, auth);
  }

  read(provider: string, auth: PersonalGrant): GrantRecord | undefined {
    const record = this.stored(provider, auth);
    this.seen.set(provider, record);
    return record;
  }

  private stored(provider: string, auth: PersonalGrant): GrantRecord | undefined {
    const text = this.platform.properties.get(GRANT_PREFIX + provider);
    if (text === undefined || text === '') return undefined;
    try {
      const record = JSON.parse(text) as GrantRecord;
      return record.from === auth.tokenUrl ? record : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Keeps what a token endpoint gave; an answer without a refresh token leaves the earlier one in force. A renewed grant is the
   * same account's as before.
   * @throws when the store will not even hold the refresh token.
   */
  keep(
    provider: string,
    auth: PersonalGrant,
    tokens: Extract<TokenAnswer, { kind: 'tokens' }>,
    earlier?: GrantRecord,
  ): GrantRecord {
    const gotMs = this.platform.clock.nowMs();
    const refresh = tokens.refresh ?? earlier?.refresh;
    const record: GrantRecord = {
      from: auth.tokenUrl,
      access: tokens.access,
      gotMs,
      ...(refresh !== undefined && { refresh }),
      ...(tokens.lifeMs !== undefined && { expiresMs: gotMs + tokens.lifeMs }),
      ...(earlier?.account !== undefined && { account: earlier.account }),
    };
    this.writeOrShorten(provider, record);
    // Only now: a rotated refresh token is on record before anything else is asked.
    const account = record.account ?? accountOfGrant(provider, auth, tokens, this.platform);
    return account === record.account ? record : this.withAccount(provider, record, account);
  }

  private writeOrShorten(provider: string, record: GrantRecord): void {
    this.seen.set(provider, record);
    try {
      this.write(provider, record);
    } catch (refused) {
      if (record.refresh === undefined) throw refused;
      this.write(provider, { ...record, access: '' });
    }
  }

  /** A store without room for it leaves the account unknown. */
  private withAccount(provider: string, record: GrantRecord, account: GrantAccount | undefined): GrantRecord {
    const named: GrantRecord = account === undefined ? record : { ...record, account };
    try {
      this.write(provider, named);
    } catch {
      return record;
    }
    this.seen.set(provider, named);
    return named;
  }

  remove(provider: string): void {
    this.seen.delete(provider);
    this.platform.properties.remove(GRANT_PREFIX + provider);
  }

  private write(provider: string, record: GrantRecord): void {
    const text = JSON.stringify(record);
    if (text.length > RECORD_LIMIT_CHARS) throw new RangeError('The tokens are too long for the property store.');
    this.platform.properties.set(GRANT_PREFIX + provider, text);
  }
}

/** A token that might expire on its way is one that has. */
const LAST_MOMENT_MS = 15_000;

/** Can its access token not be sent any more? */
export function isOver({ access, expiresMs }: GrantRecord, nowMs: number): boolean {
  return access === '' || (expiresMs !== undefined && expiresMs - nowMs < LAST_MOMENT_MS);
}

/**
 * Runs `work` under the user's lock. A pass holds it already, and then it stays the pass's; a second Lock object of one
 * execution may contend with the first, so everyone here shares one.
 * @returns undefined when the lock was not to be had in time.
 */
export function underLock<Result>(platform: OAuthPlatform, waitMs: number, work: () => Result): Result | undefined {
  const { lock } = platform;
  if (lock.isHeld()) return work();
  if (!lock.tryTake(waitMs)) return undefined;
  try {
    return work();
  } finally {
    lock.release();
  }
}
