/**
 * The sample vendor's conference server behind the http port: keeps conferences, honours idempotency keys, answers 404
 * for what it does not have. Answers can be scripted ahead of it; every batch is recorded.
 */
import type { HttpAnswer, HttpFault, HttpPort, HttpRequest } from '../../src/ports/http';

export interface FakeConference {
  id: string;
  title: string;
  cancelled: boolean;
  occurrences: Record<string, unknown>;
  [field: string]: unknown;
}

export type Scripted = HttpAnswer | HttpFault;

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  text: JSON.stringify(body),
});

export class FakeMeet implements HttpPort {
  readonly conferences = new Map<string, FakeConference>();
  readonly batches: HttpRequest[][] = [];
  /** Answers instead of the server's; undefined lets the request through. */
  script: (request: HttpRequest) => Scripted | undefined = () => undefined;
  /** Runs once per batch, before it is answered: where time passes. */
  onBatch: () => void = () => undefined;
  private readonly byKey = new Map<string, string>();

  get requests(): string[] {
    return this.batches.flat().map(({ method, url }) => `${method} ${url.replace('https://meet.example.com/v1', '')}`);
  }

  sendAll(requests: ReadonlyArray<{ provider: string; request: HttpRequest }>): Scripted[] {
    this.batches.push(requests.map(({ request }) => request));
    this.onBatch();
    return requests.map(({ request }) => this.script(request) ?? this.serve(request));
  }

  /** Carries a request out although its answer will be lost. */
  serve(request: HttpRequest): HttpAnswer {
    const [, id, , slot] = request.url.replace('https://meet.example.com/v1/', '').split('/').map(decodeURIComponent);
    const body = (request.json ?? {}) as Record<string, unknown>;
    if (id === undefined) return json(201, this.create(body, request.headers?.['Idempotency-Key']));
    const conference = this.conferences.get(id);
    if (conference === undefined || conference.cancelled) return json(404, { code: 'not-found' });
    if (request.method === 'DELETE') conference.cancelled = true;
    else if (slot !== undefined) conference.occurrences[slot] = body;
    else Object.assign(conference, body);
    return request.method === 'DELETE' ? { status: 204, headers: {}, text: '' } : json(200, conference);
  }

  private create(body: Record<string, unknown>, key = ''): FakeConference & { joinUrl: string } {
    const id = this.byKey.get(key) ?? `conf${this.conferences.size + 1}`;
    if (key !== '') this.byKey.set(key, id);
    const known = this.conferences.get(id);
    const conference = known ?? { id, title: String(body.title), cancelled: false, occurrences: {}, ...body };
    this.conferences.set(id, conference);
    return { ...conference, joinUrl: `https://meet.example.com/j/${id}` };
  }
}
