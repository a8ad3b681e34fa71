/**
 * Sends provider requests through UrlFetchApp: credentials added, other hosts refused, redirects not followed.
 *
 * A network fault makes UrlFetchApp throw even with muteHttpExceptions, and in fetchAll one fault may throw away the
 * whole batch; then the requests are sent one by one. They carry idempotency keys or are safe to repeat. A request whose
 * access token is refused was not carried out, and goes out once more with a new token.
 *
 * Google: https://developers.google.com/apps-script/reference/url-fetch/url-fetch-app
 */
import type { AppPassword } from '../ports/app-password';
import type { HttpAnswer, HttpFault, HttpPort, HttpRequest } from '../ports/http';
import type { OAuth, TokenSource } from '../ports/oauth';
import type { Auth } from '../ports/provider';
import { type Credentials, scriptCredentials } from './credentials';

/** One person's own passwords. */
export interface PasswordSource {
  /** The value of `authorization`; undefined while none is kept. */
  header(provider: string, auth: AppPassword): string | undefined;
}

export interface ProviderAccess {
  urlPrefixes: readonly string[];
  auth: Auth;
}

/** Google: 2 kB a URL (2,082 characters in the reference). */
const MAX_URL_CHARS = 2_082;

/** A batch that failed after so long met a host that hangs: repeating its requests one by one could take minutes. */
const REPEAT_WITHIN_MS = 3_000;

type FetchRequest = GoogleAppsScript.URL_Fetch.URLFetchRequest;

/** A request as it goes out, and the access token it goes out with, if any. */
interface Prepared {
  fetch: FetchRequest;
  bearer?: { provider: string; auth: OAuth; token: string };
}

export function urlFetchHttp(
  accessOf: (provider: string) => ProviderAccess | undefined,
  tokens: TokenSource,
  passwords: PasswordSource = { header: () => undefined },
): HttpPort {
  const credentials = scriptCredentials();
  return {
    sendAll(requests) {
      const prepared = requests.map(({ provider, request }) =>
        prepare(request, provider, accessOf(provider), { tokens, credentials, passwords }),
      );
      const answers = sendPrepared(prepared);
      const again = prepared.map((one, i) => withAnotherToken(one, answers[i] as HttpAnswer | HttpFault, tokens));
      return again.some((one) => 'fetch' in one) ? sendPrepared(again) : (again as Array<HttpAnswer | HttpFault>);
    },
  };
}

/** What needs no sending stands for itself. */
function sendPrepared(prepared: ReadonlyArray<Prepared | HttpAnswer | HttpFault>): Array<HttpAnswer | HttpFault> {
  const answers = fetchEach(prepared.flatMap((one) => ('fetch' in one ? [one.fetch] : [])));
  return prepared.map((one) => ('fetch' in one ? (answers.shift() as HttpAnswer | HttpFault) : one));
}

function withAnotherToken(
  sent: Prepared | HttpFault,
  answer: HttpAnswer | HttpFault,
  tokens: TokenSource,
): Prepared | HttpAnswer | HttpFault {
  const refused = 'status' in answer && answer.status === 401;
  if (!refused || 'fault' in sent || sent.bearer === undefined) return answer;
  const { provider, auth, token } = sent.bearer;
  const next = tokens.renewed(provider, auth, token);
  if (next === undefined) return answer;
  return typeof next === 'string' ? { fetch: withBearer(sent.fetch, next) } : undone(next);
}

function undone(fault: HttpFault): HttpFault {
  return { ...fault, undone: true };
}

function withBearer(fetch: FetchRequest, token: string): FetchRequest {
  return { ...fetch, headers: { ...fetch.headers, authorization: `Bearer ${token}` } };
}

function prepare(
  request: HttpRequest,
  provider: string,
  access: ProviderAccess | undefined,
  { tokens, credentials, passwords }: { tokens: TokenSource; credentials: Credentials; passwords: PasswordSource },
): Prepared | HttpFault {
  if (access === undefined || !access.urlPrefixes.some((prefix) => isBelow(prefix, request.url))) {
    return { fault: 'refused: the URL is not one of the provider’s' };
  }
  if (request.url.length > MAX_URL_CHARS) return { fault: 'refused: the URL is too long' };
  const { auth } = access;
  const fetch: FetchRequest = {
    url: request.url,
    method: request.method.toLowerCase() as GoogleAppsScript.URL_Fetch.HttpMethod,
    headers: { accept: 'application/json', ...request.headers, ...credentials.headers(auth) },
    ...(request.json !== undefined && {
      contentType: 'application/json',
      payload: JSON.stringify(credentials.body(request.json, auth)),
    }),
    muteHttpExceptions: true,
    followRedirects: false,
  };
  if (auth.kind === 'app-password') {
    const authorization = passwords.header(provider, auth);
    return authorization === undefined
      ? undone({ fault: 'no app password was entered', unauthorised: true })
      : { fetch: { ...fetch, headers: { ...fetch.headers, authorization } } };
  }
  if (!isOAuth(auth)) return { fetch };
  const token = tokens.token(provider, auth);
  return typeof token === 'string'
    ? { fetch: withBearer(fetch, token), bearer: { provider, auth, token } }
    : undone(token);
}

/** An address that begins like a prefix, and still does when it is sent: a server and what is before it resolve dots. */
function isBelow(prefix: string, url: string): boolean {
  const [path = ''] = url.split(/[?#]/);
  return url.startsWith(prefix) && !/[\s\\]/.test(url) && !/\/(\.|%2e){1,2}(\/|$)/i.test(path);
}

export function isOAuth(auth: Auth): auth is OAuth {
  return auth.kind === 'oauth2' || auth.kind === 'client-credentials';
}

/** Answers in the order of the requests. Never throws. */
export function fetchEach(requests: FetchRequest[]): Array<HttpAnswer | HttpFault> {
  if (requests.length === 0) return [];
  const startMs = Date.now();
  if (requests.length > 1) {
    try {
      return UrlFetchApp.fetchAll(requests).map(answerOf);
    } catch {
      // One of them got no answer; which one is not said.
    }
  }
  return requests.map((request) => {
    if (Date.now() - startMs > REPEAT_WITHIN_MS) return { fault: 'no time to repeat it alone' };
    try {
      const { url, ...options } = request;
      return answerOf(UrlFetchApp.fetch(url, options));
    } catch {
      return { fault: 'no answer' };
    }
  });
}

function answerOf(response: GoogleAppsScript.URL_Fetch.HTTPResponse): HttpAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.getHeaders())) headers[name.toLowerCase()] = String(value);
  return { status: response.getResponseCode(), headers, text: response.getContentText() };
}
