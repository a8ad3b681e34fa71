/**
 * Lets a person connect and disconnect: the address where they consent, the way back, and the end of a grant.
 *
 * Each address is an attempt of its own. What proves it is ours (provider, PKCE verifier) stays in the person's cache
 * for an hour and serves once; the address carries the attempt's name, inside Google's encrypted state token, and
 * nothing else. The code goes to the token endpoint of the attempt's provider, whoever sent it.
 *
 * Google: https://developers.google.com/apps-script/reference/script/state-token-builder; RFC 6749, 7009, 7636, 9207
 */
import type { Completion, ConsentGrants, GrantAccount } from '../../ports/grants';
import type { OAuth, PersonalGrant } from '../../ports/oauth';
import type { GrantStore } from './grant-store';
import { isOver, underLock } from './grant-store';
import type { OAuthPlatform } from './platform';
import { askForTokens, clientProof, objectIn } from './token-endpoint';

/** A global function: addresses that are under way call it by name. */
export const CALLBACK = 'authCallback';
const ATTEMPT_PREFIX = 'lockstep.attempt.';
/** As long as Google's state tokens live at most. */
export const ATTEMPT_SECONDS = 3_600;
/** The callback may have to end after 30 s; a person who is told to wait can load the page again. */
const LOCK_WAIT_MS = 10_000;

interface Attempt {
  provider: string;
  verifier: string;
}

export class PersonalGrants implements ConsentGrants {
  readonly personal: readonly string[];
  private readonly declared = new Map<string, PersonalGrant>();

  constructor(
    auths: Iterable<readonly [provider: string, auth: OAuth]>,
    private readonly platform: OAuthPlatform,
    private readonly store: GrantStore,
  ) {
    for (const [provider, auth] of auths) if (auth.kind === 'oauth2') this.declared.set(provider, auth);
    this.personal = [...this.declared.keys()];
  }

  isConnected(provider: string): boolean {
    const auth = this.declared.get(provider);
    const record = auth && this.store.read(provider, auth);
    return record !== undefined && (record.refresh !== undefined || !isOver(record, this.platform.clock.nowMs()));
  }

  accountOf(provider: string): GrantAccount | undefined {
    const auth = this.declared.get(provider);
    return auth && this.store.lately(provider, auth)?.account;
  }

  connectUrl(provider: string): string | undefined {
    const auth = this.declared.get(provider);
    if (auth === undefined) return undefined;
    const clientId = this.platform.scriptProperty(auth.clientIdProperty);
    if (clientId === '') {
      this.platform.log({ event: 'grant', end: 'client-missing', provider });
      return undefined;
    }
    const attempt = this.platform.randomSecret().slice(0, 32);
    const verifier = this.platform.randomSecret();
    const kept: Attempt = { provider, verifier };
    this.platform.userCache.put(ATTEMPT_PREFIX + attempt, JSON.stringify(kept), ATTEMPT_SECONDS);
    const query = {
      ...auth.extraParameters,
      response_type: 'code',
      client_id: clientId,
      redirect_uri: this.platform.redirectUri(),
      ...(auth.scopes.length > 0 && { scope: auth.scopes.join(' ') }),
      ...(auth.pkce === true && { code_challenge: this.platform.sha256(verifier), code_challenge_method: 'S256' }),
      state: this.platform.stateToken(CALLBACK, { attempt }),
    };
    return `${auth.authorizationUrl}${auth.authorizationUrl.includes('?') ? '&' : '?'}${formText(query)}`;
  }

  complete(answer: Readonly<Record<string, string>>, resume: (provider: string) => void): Completion {
    const key = ATTEMPT_PREFIX + (answer.attempt ?? '');
    const attempt = attemptIn(this.platform.userCache.get(key));
    const auth = attempt && this.declared.get(attempt.provider);
    if (attempt === undefined || auth === undefined) return { kind: 'stale' };
    const { provider } = attempt;
    const finished = underLock(this.platform, LOCK_WAIT_MS, (): Completion => {
      // The same answer may have come twice at once, and the other one had the lock first.
      if (attemptIn(this.platform.userCache.get(key)) === undefined) return { kind: 'stale' };
      this.platform.userCache.remove(key);
      const kind = this.exchange(attempt, auth, answer);
      if (kind === 'connected') resume(provider);
      this.platform.log({ event: 'grant', end: kind, provider });
      if (kind !== 'connected') return { kind, provider };
      const account = this.accountOf(provider)?.name;
      return { kind, provider, ...(account !== undefined && { account }) };
    });
    return finished ?? { kind: 'busy', provider };
  }

  disconnect(provider: string): 'disconnected' | 'untold' | 'busy' {
    const auth = this.declared.get(provider);
    if (auth === undefined) return 'disconnected';
    const ended = underLock(this.platform, LOCK_WAIT_MS, () => {
      const told = this.revoke(provider, auth);
      this.store.remove(provider);
      this.platform.log({ event: 'grant', end: told ? 'disconnected' : 'untold', provider });
      return told ? ('disconnected' as const) : ('untold' as const);
    });
    return ended ?? 'busy';
  }

  private exchange(
    { provider, verifier }: Attempt,
    auth: PersonalGrant,
    { code = '', error, iss }: Readonly<Record<string, string>>,
  ): 'connected' | 'declined' | 'failed' {
    // An answer of another vendor's, passed off as this one's: its code must not come here, nor ours go there.
    if (auth.issuer !== undefined && iss !== auth.issuer) return 'failed';
    if (error !== undefined || code === '') return 'declined';
    const proof = auth.pkce === true ? { code_verifier: verifier } : {};
    const form = { grant_type: 'authorization_code', code, redirect_uri: this.platform.redirectUri(), ...proof };
    const tokens = askForTokens(auth, form, this.platform);
    if (tokens.kind !== 'tokens') {
      const code = tokens.kind === 'refused' ? tokens.code : tokens.kind;
      this.platform.log({ event: 'grant', end: 'no-tokens', provider, code });
      return 'failed';
    }
    try {
      this.store.keep(provider, auth, tokens);
      return 'connected';
    } catch {
      return 'failed';
    }
  }

  /** Both tokens: vendors differ in which of them ends the grant. True if none is left that the provider would take. */
  private revoke(provider: string, auth: PersonalGrant): boolean {
    const record = this.store.read(provider, auth);
    if (record === undefined) return true;
    if (auth.revocationUrl === undefined) return false;
    const url = auth.revocationUrl;
    const { headers, form } = clientProof(auth, this.platform);
    const tokens: Record<string, string> = {
      ...(record.refresh !== undefined && { refresh_token: record.refresh }),
      ...(record.access !== '' && { access_token: record.access }),
    };
    const requests = Object.entries(tokens).map(([hint, token]) => ({
      url,
      headers,
      form: { token, token_type_hint: hint, ...form },
    }));
    const [first] = this.platform.sendForms(requests);
    return first !== undefined && !('fault' in first) && first.status >= 200 && first.status < 300;
  }
}

/** What is none as it was kept is no attempt: the person is told to begin again. */
function attemptIn(text: string | undefined): Attempt | undefined {
  const { provider, verifier } = objectIn(text ?? '') ?? {};
  return typeof provider === 'string' && typeof verifier === 'string' ? { provider, verifier } : undefined;
}

/** application/x-www-form-urlencoded, which is also a query. */
export function formText(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}
