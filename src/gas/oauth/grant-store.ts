/**
 * Keeps a person's grants in their user properties, one record under one key for each provider.
 *
 * A record is good only for the token endpoint it came from: after a change of configuration no token goes to another
 * vendor. Written and removed under the user's lock only, so that no rotated refresh token is ever overwritten by an
 * older one.
 */
import type { PersonalGrant } from '../../ports/oauth';
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
}

export class GrantStore {
  constructor(private readonly platform: OAuthPlatform) {}

  read(provider: string, auth: PersonalGrant): GrantRecord | undefined {
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
   * Keeps what a token endpoint gave; an answer without a refresh token leaves the earlier one in force.
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
    };
    try {
      this.write(provider, record);
    } catch (refused) {
      if (refresh === undefined) throw refused;
      this.write(provider, { ...record, access: '' });
    }
    return record;
  }

  remove(provider: string): void {
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
