/**
 * Calendar v3 over HTTP, at Google's own paths. A thin skin: it finds the method in the routes table, reads the request
 * and hands it to the engine in the name of the token's owner.
 *
 * Guarantees: a write is durable (`commit`) before it is acknowledged. So is what a sync
 * token vouches for; other reads do not wait for the disk. Batches answer 501: not simulated.
 * Source: discovery document of Calendar v3; front behaviour observed (docs/facts/editor.md).
 */
import { Hono } from 'hono';
import type { CalendarService } from '../calendar/service';
import type { CalendarAnswer } from '../calendar/types';
import { NotSimulated } from '../world/not-simulated';
import { backendError, notFoundPage, notSimulated } from './google-errors';
import { bodyOf, conditionsOf, isRefusal, paramsOf, viewerOf } from './google-request';
import { BATCH_PATHS, GOOGLE_ROUTES, type GoogleRoute, type HttpVerb, SERVICE_PATH } from './google-routes';

export interface GoogleAppDeps {
  calendar: Pick<CalendarService, 'handle'>;
  /** Makes everything written so far durable. */
  commit(): void | Promise<void>;
  /** Told about a fault of our own, for the operator's terminal. */
  onBug(error: unknown): void;
}

/** The app to mount at the server's root. */
export function googleApp(deps: GoogleAppDeps): Hono {
  const app = new Hono();
  app.post(`${SERVICE_PATH}/*`, async (c, next) => {
    const verb = c.req.header('x-http-method-override')?.toUpperCase();
    if (verb === undefined || verb === 'POST') return next();
    return app.fetch(withVerb(c.req.raw, verb));
  });
  for (const route of GOOGLE_ROUTES) {
    app.on(route.verb, SERVICE_PATH + route.path, (c) => answer(deps, route, c.req.raw, c.req.param()));
  }
  for (const path of BATCH_PATHS) {
    app.post(path, () => json(501, notSimulated(new NotSimulated('batch requests').message), true));
  }
  app.all('/calendar/*', (c) => c.html(notFoundPage(c.req.path), 404));
  app.all('/batch/*', (c) => c.html(notFoundPage(c.req.path), 404));
  return app;
}

/** Google lets a POST say which verb it means (X-HTTP-Method-Override). */
function withVerb(request: Request, verb: string): Request {
  const headers = new Headers(request.headers);
  headers.delete('x-http-method-override');
  const bodyless = (verb as HttpVerb) === 'GET';
  return new Request(request.url, {
    method: verb,
    headers,
    ...(bodyless ? {} : { body: request.body, duplex: 'half' }),
  } as RequestInit);
}

async function answer(
  deps: GoogleAppDeps,
  route: GoogleRoute,
  request: Request,
  pathParams: Record<string, string>,
): Promise<Response> {
  const pretty = new URL(request.url).searchParams.get('prettyPrint') !== 'false';
  const viewer = viewerOf(request);
  if (typeof viewer !== 'string') return json(viewer.status, viewer.body, pretty);
  const alt = new URL(request.url).searchParams.get('alt') ?? 'json';
  if (alt !== 'json') return json(501, notSimulated(new NotSimulated(`alt=${alt}`).message), pretty);
  const read = request.method === 'GET' ? {} : await bodyOf(request);
  if (isRefusal(read)) return json(read.status, read.body, pretty);
  try {
    const params = paramsOf(request.url, pathParams);
    const said = deps.calendar.handle(viewer, {
      method: route.method,
      params,
      headers: conditionsOf(request),
      ...read,
    });
    if (route.verb !== 'GET' || hasSyncToken(said)) await deps.commit();
    return respond(said, pretty);
  } catch (error) {
    if (error instanceof NotSimulated) return json(501, notSimulated(error.message), pretty);
    deps.onBug(error);
    return json(500, backendError(), pretty);
  }
}

function hasSyncToken({ body }: CalendarAnswer): boolean {
  return typeof body === 'object' && body !== null && 'nextSyncToken' in body;
}

/** A resource's etag stands in the header too. */
function respond({ status, headers, body }: CalendarAnswer, pretty: boolean): Response {
  if (body === undefined) return new Response(null, { status, headers });
  const etag = (body as { etag?: unknown }).etag;
  return json(status, body, pretty, { ...headers, ...(typeof etag === 'string' && { etag }) });
}

function json(status: number, body: unknown, pretty: boolean, headers: Record<string, string> = {}): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, pretty ? 1 : 0);
  return new Response(text, { status, headers: { 'content-type': 'application/json; charset=UTF-8', ...headers } });
}
