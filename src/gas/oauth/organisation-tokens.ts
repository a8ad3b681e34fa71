/**
 * Access tokens of the organisation's own client: shared by everyone who uses the add-on, kept in the script's cache.
 *
 * Nothing can be lost here, so there is no lock: whoever finds the cache empty asks for a token of their own.
 */
import type { HttpFault } from '../../ports/http';
import type { OrganisationGrant } from '../../ports/oauth';
import type { OAuthPlatform } from './platform';
import { askForTokens, objectIn } from './token-endpoint';

const TOKEN_PREFIX = 'lockstep.token.';
/** Google: a cache keeps six hours at most. */
const LONGEST_SECONDS = 21_600;
/** When the vendor does not say how long its token lives. */
const UNKNOWN_LIFE_MS = 600_000;
const LAST_MOMENT_MS = 60_000;

/** The endpoint is part of it: after a change of configuration no token goes to another vendor. */
interface CachedToken {
  from: string;
  access: string;
}

export class OrganisationTokens {
  private readonly known = new Map<string, string>();
  private readonly renewals = new Set<string>();

  constructor(private readonly platform: OAuthPlatform) {}

  token(provider: string, auth: OrganisationGrant): string | HttpFault {
    const known = this.known.get(provider) ?? this.cached(provider, auth);
    if (known === undefined) return this.fresh(provider, auth);
    this.known.set(provider, known);
    return known;
  }

  renewed(provider: string, auth: OrganisationGrant, rejected: string): string | HttpFault | undefined {
    const known = this.known.get(provider);
    if (known !== undefined && known !== rejected) return known;
    if (this.renewals.has(provider)) return undefined;
    this.platform.scriptCache.remove(TOKEN_PREFIX + provider);
    return this.fresh(provider, auth);
  }

  private cached(provider: string, auth: OrganisationGrant): string | undefined {
    const { from, access } = objectIn(this.platform.scriptCache.get(TOKEN_PREFIX + provider) ?? '') ?? {};
    return from === auth.tokenUrl && typeof access === 'string' ? access : undefined;
  }

  private fresh(provider: string, auth: OrganisationGrant): string | HttpFault {
    this.renewals.add(provider);
    const answer = askForTokens(auth, { grant_type: 'client_credentials' }, this.platform);
    if (answer.kind !== 'tokens') {
      const code = answer.kind === 'refused' ? { code: answer.code } : {};
      this.platform.log({ event: 'grant', end: answer.kind, provider, ...code });
      return answer.kind === 'refused'
        ? { fault: 'the token endpoint refused the client', unauthorised: true }
        : { fault: 'the token endpoint gave no usable answer' };
    }
    this.known.set(provider, answer.access);
    const lifeMs = (answer.lifeMs ?? UNKNOWN_LIFE_MS) - LAST_MOMENT_MS;
    const seconds = Math.min(LONGEST_SECONDS, Math.floor(lifeMs / 1_000));
    const cached: CachedToken = { from: auth.tokenUrl, access: answer.access };
    if (seconds >= 1) this.platform.scriptCache.put(TOKEN_PREFIX + provider, JSON.stringify(cached), seconds);
    return answer.access;
  }
}
