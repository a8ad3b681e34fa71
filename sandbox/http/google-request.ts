/**
 * Reads an HTTP request as Google's front does: who asks, which parameters, which body.
 *
 * Does not know what a parameter means: coercion and checks are the Calendar engine's.
 */
import type { CalendarRequest } from '../calendar/types';
import type { JsonObject } from '../world/json';
import { formRefused, loginRequired, parseError, tooLarge } from './google-errors';

/** Parameters of Google's front, not of the method (discovery document, `parameters`; oauth and key apart). `fields` is the engine's. */
const FRONT_PARAMETERS = new Set([
  'alt',
  'prettyPrint',
  'key',
  'oauth_token',
  'access_token',
  'quotaUser',
  'userIp',
  '$.xgafv',
]);

/** The sandbox's own bound on a request body; Google names none for events. */
const BODY_LIMIT_BYTES = 5_000_000;

/** What the front refuses. */
export interface Refusal {
  status: number;
  body: JsonObject;
}

/** The address in `Authorization: Bearer …`, or in the query as the front also takes it. */
export function viewerOf(request: Request): string | Refusal {
  const header = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const query = new URL(request.url).searchParams;
  const token = header ?? query.get('access_token') ?? query.get('oauth_token');
  return token ? decodeToken(token) : { status: 401, body: loginRequired() };
}

/** A token is the user's address; a client that percent-encodes it is understood too. */
function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token).toLowerCase();
  } catch {
    return token;
  }
}

/** Path and query parameters by their discovery names; a repeated one becomes an array. */
export function paramsOf(url: string, pathParams: Record<string, string>): CalendarRequest['params'] {
  const params: Record<string, unknown> = {};
  const query = new URL(url).searchParams;
  for (const name of new Set(query.keys())) {
    if (FRONT_PARAMETERS.has(name)) continue;
    const values = query.getAll(name);
    params[name] = values.length === 1 ? values[0] : values;
  }
  return { ...params, ...pathParams };
}

/** The headers the engine looks at, in lower case. */
export function conditionsOf(request: Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of ['if-match', 'if-none-match']) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return headers;
}

/** The JSON body, undefined when there is none, or the front's refusal. */
export async function bodyOf(request: Request): Promise<{ body?: unknown } | Refusal> {
  const text = await textOf(request);
  if (text === undefined) return { status: 413, body: tooLarge() };
  if (text.trim() === '') return {};
  if (/^application\/x-www-form-urlencoded/i.test(request.headers.get('content-type') ?? '')) {
    return { status: 400, body: formRefused() };
  }
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return { status: 400, body: parseError() };
  }
}

/** The body as text; undefined when it is longer than we read. */
async function textOf(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_LIMIT_BYTES) return undefined;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > BODY_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function isRefusal(value: object | string): value is Refusal {
  return typeof value === 'object' && 'status' in value;
}
