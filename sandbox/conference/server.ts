/**
 * The sandbox's own conference server: a small stateful REST API at https://meet.example.com/v1.
 *
 * Described by openapi.ts, which it serves at /openapi.json; every answer keeps to that. A request is carried out
 * wholly or not at all. Errors are {error: {code, message, field?}}. It knows nothing of calendars or add-ons.
 */
import type { HttpExchange, HttpReply, Site } from '../world/internet';
import { type AllowanceLimits, Allowances } from './allowances';
import { checkTogether, readFields } from './body';
import { type ConferenceFields, type ConferenceRecord, fieldsOf } from './conference';
import { joinPage } from './join-page';
import { EXCHANGES_KEPT } from './limits';
import { openApiDescription } from './openapi';
import { type Call, OPERATIONS } from './operations';
import { Refusal } from './refusal';
import { ConferenceStore, type StoreDeps } from './store';

export interface ConferenceServerOptions extends StoreDeps {
  /** Where join links point. Default: https://meet.example.com. No slash at the end. */
  publicUrl?: string;
  /** API keys and whose they are. Absent: no key is asked for, and everybody shares the account `open`. */
  apiKeys?: Record<string, string>;
  limits?: AllowanceLimits;
}

/** One exchange, for tests. */
export interface ConferenceExchange {
  atMs: number;
  by: string;
  method: string;
  /** Without the query. */
  path: string;
  idempotencyKey?: string;
  status: number;
}

const ROUTES: ReadonlyArray<{ path: RegExp; methods: Record<string, (call: Call) => HttpReply> }> = [
  { path: /^\/v1\/conferences$/, methods: { GET: OPERATIONS.list, POST: OPERATIONS.create } },
  {
    path: /^\/v1\/conferences\/([^/]+)$/,
    methods: { GET: OPERATIONS.get, PATCH: OPERATIONS.patch, DELETE: OPERATIONS.remove },
  },
  {
    path: /^\/v1\/conferences\/([^/]+)\/occurrences\/([^/]+)$/,
    methods: { PUT: OPERATIONS.putOccurrence, DELETE: OPERATIONS.removeOccurrence },
  },
];

export class ConferenceServer implements Site {
  private readonly store: ConferenceStore;
  private readonly allowances: Allowances;
  private readonly exchanges: ConferenceExchange[] = [];

  constructor(private readonly options: ConferenceServerOptions) {
    this.store = new ConferenceStore(options, options.publicUrl ?? 'https://meet.example.com');
    this.allowances = new Allowances(options, options.limits ?? {});
  }

  handle(request: HttpExchange, by: string): HttpReply {
    const url = new URL(request.url);
    const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const reply = this.answer(request, url, headers);
    const idempotencyKey = headers.get('idempotency-key');
    this.exchanges.push({
      atMs: this.options.clock.nowMs(),
      by,
      method: request.method,
      path: url.pathname,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      status: reply.status,
    });
    if (this.exchanges.length > EXCHANGES_KEPT) this.exchanges.shift();
    return reply;
  }

  /** Those that are not cancelled, oldest first. */
  conferences(): ConferenceRecord[] {
    return this.store.all().filter((record) => record.status !== 'cancelled');
  }

  all(): ConferenceRecord[] {
    return this.store.all();
  }

  /** What was asked since this server object was made, oldest first. */
  requests(): readonly ConferenceExchange[] {
    return this.exchanges;
  }

  /** As if its owner had changed it on the server's own pages. Throws what the API would refuse. */
  edit(id: string, changes: Partial<ConferenceFields>): ConferenceRecord {
    const record = this.store.live(id);
    const fields = { ...fieldsOf(record), ...readFields(changes) };
    checkTogether(fields);
    return this.store.change(record, fields);
  }

  /** As if its owner had cancelled it on the server's own pages. */
  cancel(id: string): void {
    this.store.cancel(this.store.live(id));
  }

  private answer(request: HttpExchange, url: URL, headers: Map<string, string>): HttpReply {
    try {
      const page = /^\/j\/([^/]+)$/.exec(url.pathname);
      if (request.method === 'GET' && page !== null) return joinPage(this.store.find(decoded(page[1] as string)));
      if (request.method === 'GET' && url.pathname === '/openapi.json') {
        return {
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(openApiDescription()),
        };
      }
      return this.answerApi(request, url, headers);
    } catch (problem) {
      if (problem instanceof Refusal) return problem.reply();
      throw problem;
    }
  }

  private answerApi(request: HttpExchange, url: URL, headers: Map<string, string>): HttpReply {
    const route = ROUTES.find(({ path }) => path.test(url.pathname));
    if (route === undefined) throw new Refusal('no_such_route', `There is nothing at ${url.pathname}.`);
    const account = this.accountOf(headers.get('authorization'));
    this.allowances.takeRequest(account);
    const operation = Object.hasOwn(route.methods, request.method) ? route.methods[request.method] : undefined;
    if (operation === undefined) {
      const allow = Object.keys(route.methods).join(', ');
      throw new Refusal('method_not_allowed', `Use ${allow} here.`, { headers: { Allow: allow } });
    }
    const [, id = '', originalStart = ''] = (route.path.exec(url.pathname) ?? []).map(decoded);
    const { store, allowances } = this;
    return operation({
      store,
      allowances,
      account,
      headers,
      query: url.searchParams,
      body: request.body,
      id,
      originalStart,
    });
  }

  private accountOf(authorization: string | undefined): string {
    const { apiKeys } = this.options;
    if (apiKeys === undefined) return 'open';
    const key = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
    if (!Object.hasOwn(apiKeys, key)) {
      const headers = { 'WWW-Authenticate': 'Bearer' };
      throw new Refusal('unauthorized', 'Send a valid API key as Authorization: Bearer <key>.', { headers });
    }
    return apiKeys[key] as string;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
