/**
 * Sends provider requests through UrlFetchApp: credentials added, other hosts refused, redirects not followed.
 *
 * A network fault makes UrlFetchApp throw even with muteHttpExceptions, and in fetchAll one fault may throw away the
 * whole batch; then the requests are sent one by one. They carry idempotency keys or are safe to repeat.
 *
 * Google: https://developers.google.com/apps-script/reference/url-fetch/url-fetch-app
 */
import type { HttpAnswer, HttpFault, HttpPort, HttpRequest } from '../ports/http';
import type { Auth } from '../ports/provider';

export interface ProviderAccess {
  urlPrefixes: readonly string[];
  auth: Auth;
}

/** Google: 2 kB a URL (2,082 characters in the reference). */
const MAX_URL_CHARS = 2_082;

/** A batch that failed after so long met a host that hangs: repeating its requests one by one could take minutes. */
const REPEAT_WITHIN_MS = 3_000;

export function urlFetchHttp(accessOf: (provider: string) => ProviderAccess | undefined): HttpPort {
  return {
    sendAll(requests) {
      const prepared = requests.map(({ provider, request }) => prepare(request, accessOf(provider)));
      const sendable = prepared.filter((one): one is GoogleAppsScript.URL_Fetch.URLFetchRequest => !('fault' in one));
      const answers = fetchEach(sendable);
      return prepared.map((one) => ('fault' in one ? one : (answers.shift() as HttpAnswer | HttpFault)));
    },
  };
}

function prepare(
  request: HttpRequest,
  access: ProviderAccess | undefined,
): GoogleAppsScript.URL_Fetch.URLFetchRequest | HttpFault {
  if (access === undefined || !access.urlPrefixes.some((prefix) => request.url.startsWith(prefix))) {
    return { fault: 'refused: the URL is not one of the provider’s' };
  }
  if (request.url.length > MAX_URL_CHARS) return { fault: 'refused: the URL is too long' };
  return {
    url: request.url,
    method: request.method.toLowerCase() as GoogleAppsScript.URL_Fetch.HttpMethod,
    headers: { accept: 'application/json', ...request.headers, ...authHeaders(access.auth) },
    ...(request.json !== undefined && {
      contentType: 'application/json',
      payload: JSON.stringify(withSecrets(request.json, access.auth)),
    }),
    muteHttpExceptions: true,
    followRedirects: false,
  };
}

function fetchEach(requests: GoogleAppsScript.URL_Fetch.URLFetchRequest[]): Array<HttpAnswer | HttpFault> {
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

function authHeaders(auth: Auth): Record<string, string> {
  if (auth.kind === 'none' || auth.kind === 'body') return {};
  const secret = secretIn(auth.scriptProperty);
  switch (auth.kind) {
    case 'bearer':
      return { authorization: `Bearer ${secret}` };
    case 'header':
      return { [auth.name]: secret };
    case 'basic':
      return { authorization: `Basic ${Utilities.base64Encode(`${auth.user}:${secret}`)}` };
  }
}

/** The body with each secret in its place; the request itself stays as the provider made it. */
function withSecrets(json: unknown, auth: Auth): unknown {
  if (auth.kind !== 'body') return json;
  const body = JSON.parse(JSON.stringify(json)) as Record<string, unknown>;
  for (const [path, scriptProperty] of Object.entries(auth.scriptProperties)) {
    const names = path.split('.');
    const last = names.pop() as string;
    let place = body;
    for (const name of names) {
      place[name] ??= {};
      place = place[name] as Record<string, unknown>;
    }
    place[last] = secretIn(scriptProperty);
  }
  return body;
}

function secretIn(scriptProperty: string): string {
  return PropertiesService.getScriptProperties().getProperty(scriptProperty) ?? '';
}
