/**
 * Access tokens of a person's own grants: read once in an execution, renewed under the user's lock.
 *
 * A pass holds the lock and renews ahead of time, so that creates, which people wait for, seldom have to. Whoever gets
 * the lock looks again first: another execution may have renewed meanwhile, and some vendors end a grant whose refresh
 * token is used twice. A rotated refresh token is stored before the new access token is used; after a lost answer the
 * old one is tried again, which vendors with a grace period accept.
 */
import type { HttpFault } from '../../ports/http';
import type { PersonalGrant } from '../../ports/oauth';
import type { GrantRecord, GrantStore } from './grant-store';
import { isOver, underLock } from './grant-store';
import type { OAuthPlatform } from './platform';
import { askForTokens } from './token-endpoint';

/** A pass renews a token that has less than this left, or less than half its life. */
const AHEAD_MS = 300_000;
/** A person may be waiting; a pass that is acting takes longer than this seldom. */
const LOCK_WAIT_MS = 4_000;

export const NO_GRANT: HttpFault = { fault: 'there is no grant', unauthorised: true };

export class PersonalTokens {
  private readonly known = new Map<string, GrantRecord>();
  /** What came of a renewal in this execution: a second one would bring nothing better. */
  private readonly tried = new Map<string, string | HttpFault>();

  constructor(
    private readonly platform: OAuthPlatform,
    private readonly store: GrantStore,
  ) {}

  token(provider: string, auth: PersonalGrant): string | HttpFault {
    const tried = this.tried.get(provider);
    const record = this.known.get(provider) ?? (tried === undefined ? this.store.lately(provider, auth) : undefined);
    if (record === undefined) return this.tried.get(provider) ?? this.noteTried(provider, NO_GRANT);
    this.known.set(provider, record);
    const over = isOver(record, this.platform.clock.nowMs());
    if (tried !== undefined) return over ? tried : record.access;
    if (!over && !this.isRunningOut(record)) return record.access;
    const renewed = this.renew(provider, auth, record);
    return typeof renewed === 'string' || over ? renewed : record.access;
  }

  renewed(provider: string, auth: PersonalGrant, rejected: string): string | HttpFault | undefined {
    const record = this.known.get(provider);
    if (record === undefined) return undefined;
    // Another request of this execution was rejected, too, and has brought a new one.
    if (record.access !== rejected) return record.access;
    return this.tried.has(provider) ? undefined : this.renew(provider, auth, record);
  }

  private isRunningOut({ refresh, gotMs, expiresMs }: GrantRecord): boolean {
    if (refresh === undefined || expiresMs === undefined || !this.platform.lock.isHeld()) return false;
    return expiresMs - this.platform.clock.nowMs() < Math.min(AHEAD_MS, (expiresMs - gotMs) / 2);
  }

  private renew(provider: string, auth: PersonalGrant, old: GrantRecord): string | HttpFault {
    const renewed = underLock(this.platform, LOCK_WAIT_MS, () => this.renewUnderLock(provider, auth, old));
    const outcome = renewed ?? this.store.read(provider, auth) ?? NO_GRANT;
    if ('fault' in outcome) {
      // With the grant its last token is gone as well.
      if (outcome === NO_GRANT) this.known.delete(provider);
      return this.noteTried(provider, outcome);
    }
    if (outcome.access === old.access) return this.noteTried(provider, { fault: 'another execution holds the lock' });
    this.known.set(provider, outcome);
    return this.noteTried(provider, outcome.access);
  }

  private noteTried<T extends string | HttpFault>(provider: string, outcome: T): T {
    this.tried.set(provider, outcome);
    return outcome;
  }

  private renewUnderLock(provider: string, auth: PersonalGrant, old: GrantRecord): GrantRecord | HttpFault {
    const stored = this.store.read(provider, auth);
    if (stored === undefined) return NO_GRANT;
    if (stored.access !== old.access && !isOver(stored, this.platform.clock.nowMs())) return stored;
    if (stored.refresh === undefined) return { fault: 'the token is not good any more', unauthorised: true };
    const form = { grant_type: 'refresh_token', refresh_token: stored.refresh };
    const answer = askForTokens(auth, form, this.platform);
    switch (answer.kind) {
      case 'tokens': {
        // First of all: until it is kept, a rotated refresh token is nowhere but here.
        const kept = this.keep(provider, auth, answer, stored);
        if (!('fault' in kept)) this.platform.log({ event: 'grant', end: 'renewed', provider });
        return kept;
      }
      case 'unavailable':
        this.platform.log({ event: 'grant', end: 'not-renewed', provider });
        return { fault: 'the token endpoint gave no usable answer' };
      case 'refused':
        if (answer.code === 'invalid_grant') {
          this.store.remove(provider);
          this.platform.log({ event: 'grant', end: 'lost', provider });
          return NO_GRANT;
        }
        // The operator's client is refused: the person's grant may be good again once that is set right.
        this.platform.log({ event: 'grant', end: 'refused', provider, code: answer.code });
        return { fault: 'the token endpoint refused the client', unauthorised: true };
    }
  }

  private keep(...args: Parameters<GrantStore['keep']>): GrantRecord | HttpFault {
    try {
      return this.store.keep(...args);
    } catch {
      // Whatever is in the store still stands; an access token whose refresh token is lost is not used.
      this.platform.log({ event: 'grant', end: 'not-kept', provider: args[0] });
      return { fault: 'the store refused the tokens' };
    }
  }
}
