/**
 * Drives a provider's operations against a vendor's Site, as the client in the add-on does: credentials added, one
 * request after the other, header names in lower case. Nothing of Apps Script is in between.
 */
import type { HttpExchange, Site } from '../../sandbox/world/exchange';
import type { HttpAnswer, HttpRequest } from '../../src/ports/http';
import type { Operation } from '../../src/ports/provider';

/** What the vendor takes for a valid grant. */
export const GRANT = 'grant-of-ana';

/** No operation may need more requests in a row: src/sync/provider-client.ts. */
const MAX_REQUESTS = 40;

export class Wire {
  readonly sent: HttpRequest[] = [];
  /** Answers in the vendor's place; undefined lets the request through. */
  instead: (request: HttpRequest) => HttpAnswer | undefined = () => undefined;

  constructor(private readonly site: Site) {}

  /** The operation's result. */
  run<Result>(operation: Operation<Result>): Result {
    const first = this.sent.length;
    let step = operation.next();
    while (step.done !== true) {
      if (this.sent.length - first >= MAX_REQUESTS) throw new Error('The operation asks without end.');
      step = operation.next(this.send(step.value));
    }
    return step.value;
  }

  /** Carries `requests` requests out; the answer to the last never arrives, and the operation with it. */
  lose<Result>(operation: Operation<Result>, requests: number): void {
    let step = operation.next();
    for (let i = 1; step.done !== true; i++) {
      const answer = this.send(step.value);
      if (i === requests) return;
      step = operation.next(answer);
    }
  }

  private send(request: HttpRequest): HttpAnswer {
    this.sent.push(request);
    const instead = this.instead(request);
    if (instead !== undefined) return instead;
    const exchange: HttpExchange = {
      method: request.method,
      url: request.url,
      headers: {
        accept: 'application/json',
        ...request.headers,
        authorization: `Bearer ${GRANT}`,
        ...(request.json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(request.json !== undefined && { body: JSON.stringify(request.json) }),
    };
    const reply = this.site.handle(exchange, 'ana@example.com');
    const headers = Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), value]);
    return { status: reply.status, headers: Object.fromEntries(headers) as Record<string, string>, text: reply.body };
  }
}
