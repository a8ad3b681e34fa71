/**
 * UrlFetchApp between a script and the sandbox's internet: whitelist, limits, redirects, muted and unmuted failures.
 *
 * Network faults are thrown even when muted (observed). Wording of refusals: observed, but for the whitelist's, which
 * is ours. Whether a redirect may leave the whitelist is unknown; here it may.
 */
import type { HttpExchange, HttpReply } from '../../world/exchange';
import { NetworkFault } from '../../world/exchange';
import type { Json } from '../../world/json';
import { SCOPES } from '../authorization';
import { ScriptException } from '../exceptions';
import {
  FETCH_TIMEOUT_MS,
  MAX_FETCH_BODY_BYTES,
  MAX_FETCH_HEADER_BYTES,
  MAX_FETCH_HEADERS,
  MAX_FETCH_RESPONSE_BYTES,
  MAX_FETCH_URL_CHARS,
  MAX_REDIRECTS,
  QUOTED_RESPONSE_CHARS,
} from '../limits';
import type { Caller, Service, Steps } from '../service';
import { isWhitelisted } from './url-whitelist';

/** Agreed with url-fetch.ts of the prelude. */
interface WireRequest {
  url: string;
  method: string | null;
  contentType: string | null;
  headers: Record<string, string>;
  body: string | null;
  followRedirects: boolean;
  muteHttpExceptions: boolean;
}

const METHODS = ['get', 'delete', 'patch', 'post', 'put'];
const REDIRECTS = [301, 302, 303, 307, 308];

function addressOf(given: string): URL {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  if (/[\s"<>\\^`{|}]/.test(given)) throw new ScriptException(`Invalid argument: ${given}`);
  try {
    return new URL(url);
  } catch {
    throw new ScriptException(`Invalid argument: ${given}`);
  }
}

function checkLimits(wire: WireRequest): void {
  if (wire.url.length > MAX_FETCH_URL_CHARS) throw new ScriptException('Limit Exceeded: URLFetch URL Length.');
  const headers = Object.entries(wire.headers);
  if (headers.length > MAX_FETCH_HEADERS) throw new ScriptException('Limit Exceeded: URLFetch Headers.');
  const tooLarge = headers.some(([name, value]) => Buffer.byteLength(name + value) > MAX_FETCH_HEADER_BYTES);
  if (tooLarge) throw new ScriptException('Limit Exceeded: URLFetch Header Size.');
  if (wire.body !== null && Buffer.byteLength(wire.body) > MAX_FETCH_BODY_BYTES) {
    throw new ScriptException('Limit Exceeded: URLFetch POST Size.');
  }
}

/** Checks a request and brings it into the form that goes out. */
function exchangeOf(execution: Caller, wire: WireRequest): HttpExchange {
  checkLimits(wire);
  const url = addressOf(wire.url);
  const whitelist = execution.runtime.addOn.manifest.urlFetchWhitelist;
  if (whitelist !== undefined && !isWhitelisted(url, whitelist)) {
    throw new ScriptException(`UrlFetch calls to ${wire.url} are not permitted: no urlFetchWhitelist entry covers it.`);
  }
  const named = (wire.method ?? 'get').toLowerCase();
  if (!METHODS.includes(named)) throw new ScriptException('Attribute provided with invalid value: method');
  const headers: Record<string, string> = { 'user-agent': 'Mozilla/5.0 (compatible; Google-Apps-Script)' };
  if (wire.body !== null) headers['content-type'] = wire.contentType ?? 'application/x-www-form-urlencoded';
  for (const [name, value] of Object.entries(wire.headers)) headers[name.toLowerCase()] = value;
  // A GET with a payload goes out as POST (observed).
  const method = named === 'get' && wire.body !== null ? 'POST' : named.toUpperCase();
  return { method, url: wire.url, headers, ...(wire.body !== null && { body: wire.body }) };
}

/** One exchange; a real server is waited for where the driver of the execution can wait. */
function* reach(execution: Caller, request: HttpExchange): Steps<HttpReply> {
  const { internet } = execution.runtime;
  if (!execution.canWait || !internet.isReal(request.url)) return internet.fetch(request, execution.id);
  let reply: HttpReply | undefined;
  let problem: unknown;
  const arrived = internet.fetchAsync(request, execution.id).then(
    (given) => {
      reply = given;
    },
    (error: unknown) => {
      problem = error;
    },
  );
  yield { ms: 0, promise: arrived };
  if (reply === undefined) throw problem;
  return reply;
}

/** Lets the time of a hanging host pass; of several hosts that hang at once, the slowest one's. */
function hang(execution: Caller, problems: readonly unknown[]): Steps<void> {
  const times = problems.map((problem) => (problem instanceof NetworkFault ? (problem.hangMs ?? 0) : 0));
  return execution.spend(Math.min(Math.max(0, ...times), FETCH_TIMEOUT_MS));
}

function* follow(execution: Caller, first: HttpExchange, follows: boolean): Steps<HttpReply> {
  let request = first;
  for (let hops = 0; ; hops++) {
    const reply = yield* reach(execution, request);
    const location = Object.entries(reply.headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (!follows || location === undefined || !REDIRECTS.includes(reply.status)) return reply;
    if (hops >= MAX_REDIRECTS) throw new ScriptException(`Too many redirects: ${first.url}`);
    const url = new URL(location, request.url).href;
    const { body: _body, ...bare } = request;
    const becomesGet = reply.status === 303 || (reply.status < 303 && request.method === 'POST');
    request = becomesGet ? { ...bare, method: 'GET', url } : { ...request, url };
  }
}

function accepted(wire: WireRequest, reply: HttpReply): Json {
  if (Buffer.byteLength(reply.body) > MAX_FETCH_RESPONSE_BYTES) {
    throw new ScriptException('Limit Exceeded: URLFetch Response Size.');
  }
  if (reply.status >= 400 && !wire.muteHttpExceptions) {
    const { protocol, host } = addressOf(wire.url);
    throw new ScriptException(
      `Request failed for ${protocol}//${host} returned code ${reply.status}. Truncated server response: ` +
        `${reply.body.slice(0, QUOTED_RESPONSE_CHARS)} (use muteHttpExceptions option to examine full response)`,
    );
  }
  return { status: reply.status, headers: reply.headers, body: reply.body };
}

function* fetchOne(execution: Caller, [given]: Json[]): Steps<Json> {
  const wire = given as unknown as WireRequest;
  const request = exchangeOf(execution, wire);
  execution.runtime.quotas.use(execution.user, 'urlFetches');
  try {
    return accepted(wire, yield* follow(execution, request, wire.followRedirects));
  } catch (error) {
    yield* hang(execution, [error]);
    throw error;
  }
}

/** All go out; then the first failure speaks for the batch. */
function* fetchAll(execution: Caller, [given]: Json[]): Steps<Json> {
  const wires = given as unknown as WireRequest[];
  const requests = wires.map((wire) => exchangeOf(execution, wire));
  execution.runtime.quotas.use(execution.user, 'urlFetches', requests.length);
  const replies: Array<HttpReply | NetworkFault> = [];
  for (const [i, request] of requests.entries()) {
    try {
      replies.push(yield* follow(execution, request, wires[i]!.followRedirects));
    } catch (error) {
      if (!(error instanceof NetworkFault)) throw error;
      replies.push(error);
    }
  }
  yield* hang(execution, replies);
  return replies.map((reply, i) => {
    const wire = wires[i]!;
    if (!(reply instanceof NetworkFault)) return accepted(wire, reply);
    if (execution.runtime.switches.fetchAllRejectsWhole || !wire.muteHttpExceptions) throw reply;
    // Nobody has shown what a muted request gets instead; an empty answer without a status is the least.
    return { status: 0, headers: {}, body: '' };
  });
}

/** Method, host and path; queries may hold secrets. */
function place(given: Json | undefined): string {
  const { url, method } = given as unknown as WireRequest;
  const path = url.replace(/[?#].*$/, '').replace(/\/\/[^/@]*@/, '//');
  return `${(method ?? 'get').toUpperCase()} ${path}`;
}

export const urlFetchService: Service = {
  'urlFetch.fetch': {
    api: 'UrlFetchApp.fetch',
    scopes: SCOPES.externalRequest,
    run: fetchOne,
    note: ([request], answer) => `${place(request)} -> ${(answer as { status: number }).status}`,
  },
  'urlFetch.fetchAll': {
    api: 'UrlFetchApp.fetchAll',
    scopes: SCOPES.externalRequest,
    run: fetchAll,
    note: ([requests]) => `${(requests as Json[]).length} requests`,
  },
};
