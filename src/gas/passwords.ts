/**
 * Logins and app passwords that people enter on the settings card: tried at the service, kept in the person's own
 * properties, sent with each request, and ended where the service can.
 *
 * A password goes to the addresses of its own configuration and nowhere else: not into a log, a card or an address. A
 * record is good only for the service it was tried at. Written and removed under the user's lock only.
 */
import { digest } from '../core/fingerprint';
import type { AppPassword, Entered, LoginPair } from '../ports/app-password';
import type { ConsentGrants, GrantAccount, Grants } from '../ports/grants';
import type { Account } from '../ports/oauth';
import type { Auth } from '../ports/provider';
import type { PasswordSource } from './http';
import { namedAccount } from './oauth/account';
import { GRANT_PREFIX, underLock } from './oauth/grant-store';
import type { OAuthPlatform } from './oauth/platform';
import { objectIn } from './oauth/token-endpoint';

/** A card's action has to end within 30 s; a person who is told to wait can press the button again. */
const LOCK_WAIT_MS = 10_000;
const MAX_CHARS = 200;

interface PasswordRecord extends LoginPair {
  /** The address it was tried at. */
  from: string;
  /** Absent in records of earlier versions. */
  account?: GrantAccount;
}

export class Passwords implements PasswordSource {
  private readonly declared = new Map<string, AppPassword>();
  private readonly read = new Map<string, PasswordRecord>();

  constructor(
    auths: Iterable<readonly [provider: string, auth: Auth]>,
    private readonly platform: OAuthPlatform,
  ) {
    for (const [provider, auth] of auths) if (auth.kind === 'app-password') this.declared.set(provider, auth);
  }

  header(provider: string, auth: AppPassword): string | undefined {
    const record = this.lately(provider, auth);
    return record && this.basic(record);
  }

  private lately(provider: string, auth: AppPassword): PasswordRecord | undefined {
    const record = this.read.get(provider) ?? this.stored(provider, auth);
    if (record !== undefined) this.read.set(provider, record);
    return record;
  }

  /** Beside the grants that people give by consent. */
  besides(consents: ConsentGrants): Grants {
    const own = (provider: string) => this.declared.get(provider);
    const passwords = [...this.declared.keys()];
    return {
      personal: [...consents.personal, ...passwords],
      passwords,
      isConnected: (provider) => {
        const auth = own(provider);
        return auth === undefined ? consents.isConnected(provider) : this.stored(provider, auth) !== undefined;
      },
      accountOf: (provider) => {
        const auth = own(provider);
        return auth === undefined ? consents.accountOf(provider) : accountIn(this.lately(provider, auth));
      },
      connectUrl: (provider) => own(provider)?.makeUrl ?? consents.connectUrl(provider),
      complete: (answer, resume) => consents.complete(answer, resume),
      disconnect: (provider) => {
        const auth = own(provider);
        return auth === undefined ? consents.disconnect(provider) : this.end(provider, auth);
      },
      enter: (provider, pair, resume) => {
        const auth = own(provider);
        return auth === undefined ? 'failed' : this.enter(provider, auth, pair, resume);
      },
    };
  }

  private enter(provider: string, auth: AppPassword, pair: LoginPair, resume: (provider: string) => void): Entered {
    const said = isWellFormed(pair) ? this.tried(auth, pair) : 'refused';
    const kept =
      typeof said === 'string'
        ? said
        : underLock(this.platform, LOCK_WAIT_MS, () => {
            const account = auth.account?.(said) ?? { id: pair.user, name: pair.user };
            return this.keep(provider, { from: auth.checkUrl, ...pair, ...withAccount(provider, account) }, resume);
          });
    this.platform.log({ event: 'grant', end: kept ?? 'busy', provider });
    return kept ?? 'busy';
  }

  /** What the service says of the account, or why the pair is not kept. */
  private tried(auth: AppPassword, pair: LoginPair): Record<string, unknown> | 'refused' | 'failed' {
    const answer = this.platform.send({ url: auth.checkUrl, method: 'get', headers: this.headers(auth, pair) });
    if ('fault' in answer) return 'failed';
    if (answer.status === 401 || answer.status === 403) return 'refused';
    // A login page, or XML, is no answer to this question.
    const isAnswer = answer.status === 200 && /json/.test(answer.headers['content-type'] ?? '');
    return isAnswer ? (objectIn(answer.text) ?? {}) : 'failed';
  }

  private keep(provider: string, record: PasswordRecord, resume: (provider: string) => void): Entered {
    try {
      this.platform.properties.set(GRANT_PREFIX + provider, JSON.stringify(record));
    } catch {
      return 'failed';
    }
    this.read.set(provider, record);
    resume(provider);
    return 'connected';
  }

  private end(provider: string, auth: AppPassword): 'disconnected' | 'untold' | 'busy' {
    const ended = underLock(this.platform, LOCK_WAIT_MS, () => {
      const told = this.ended(provider, auth);
      this.platform.properties.remove(GRANT_PREFIX + provider);
      this.read.delete(provider);
      this.platform.log({ event: 'grant', end: told ? 'disconnected' : 'untold', provider });
      return told ? ('disconnected' as const) : ('untold' as const);
    });
    return ended ?? 'busy';
  }

  /** True if nothing is left that the service would take. */
  private ended(provider: string, auth: AppPassword): boolean {
    const record = this.stored(provider, auth);
    if (record === undefined) return true;
    if (auth.endUrl === undefined) return false;
    const answer = this.platform.send({ url: auth.endUrl, method: 'delete', headers: this.headers(auth, record) });
    // What is not accepted any more is ended already.
    return !('fault' in answer) && ((answer.status >= 200 && answer.status < 300) || answer.status === 401);
  }

  private headers(auth: AppPassword, pair: LoginPair): Record<string, string> {
    return { accept: 'application/json', ...auth.headers, authorization: this.basic(pair) };
  }

  private basic({ user, password }: LoginPair): string {
    return `Basic ${this.platform.base64(`${user}:${password}`)}`;
  }

  private stored(provider: string, auth: AppPassword): PasswordRecord | undefined {
    try {
      const record = JSON.parse(
        this.platform.properties.get(GRANT_PREFIX + provider) ?? 'null',
      ) as PasswordRecord | null;
      return record?.from === auth.checkUrl ? record : undefined;
    } catch {
      return undefined;
    }
  }
}

function withAccount(provider: string, said: Account): Pick<PasswordRecord, 'account'> {
  const account = namedAccount(provider, said);
  return account === undefined ? {} : { account };
}

/** A service may take several names for one login: of a record without its account it is known that it is one and the same. */
function accountIn(record: PasswordRecord | undefined): GrantAccount | undefined {
  return record && (record.account ?? { mark: `?${digest(`${record.from}/${record.user}`)}`, name: record.user });
}

/** HTTP Basic ends the login at the first colon (RFC 7617). */
function isWellFormed({ user, password }: LoginPair): boolean {
  const isText = (text: string) => text !== '' && text.length <= MAX_CHARS && /^[\x21-\x7e\u00a0-\uffff ]+$/.test(text);
  return isText(user) && !user.includes(':') && isText(password);
}
