/** What the OAuth client needs of Apps Script, so that it can be tried without. */
import type { HttpAnswer, HttpFault } from '../../ports/http';
import type { Clock, Log, PassLock } from '../../ports/platform';

export interface FormRequest {
  url: string;
  headers: Record<string, string>;
  form: Readonly<Record<string, string>>;
}

export interface PlainRequest {
  url: string;
  method: 'get' | 'delete';
  headers: Record<string, string>;
}

/** Strings under keys. A cache may forget at any time. */
export interface Cache {
  get(key: string): string | undefined;
  put(key: string, value: string, seconds: number): void;
  remove(key: string): void;
}

export interface OAuthPlatform {
  /** One person's properties. */
  properties: {
    get(key: string): string | undefined;
    /** @throws when the store refuses. */
    set(key: string, value: string): void;
    remove(key: string): void;
  };
  userCache: Cache;
  /** Shared by all people who use the add-on. */
  scriptCache: Cache;
  /** '' when the operator has not entered it. */
  scriptProperty(name: string): string;
  lock: PassLock;
  clock: Clock;
  /** Never throws; follows no redirect. */
  send(request: PlainRequest): HttpAnswer | HttpFault;
  /** All at once. Never throws. */
  sendForms(requests: readonly FormRequest[]): Array<HttpAnswer | HttpFault>;
  /** At least 32 random bytes, written with letters and digits. */
  randomSecret(): string;
  /** SHA-256, in base64url without padding. */
  sha256(text: string): string;
  base64(text: string): string;
  /** What base64url, with or without padding, stands for: text in UTF-8. @throws when it is none. */
  base64UrlDecode(text: string): string;
  /** Makes the address that Google redirects to `method`; it carries `args`, encrypted, for an hour. */
  stateToken(method: string, args: Readonly<Record<string, string>>): string;
  redirectUri(): string;
  log: Log;
}
