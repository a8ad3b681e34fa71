import type { HttpReply } from '../../world/exchange';

export const JSON_HEADERS = {
  'Content-Type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
};

/** An answer that Graph gives instead of doing it. */
export class GraphRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  /** @param requestId the name by which Microsoft finds the request. */
  reply(requestId: string, nowMs: number): HttpReply {
    const date = new Date(nowMs).toISOString().slice(0, 19);
    const innerError = { date, 'request-id': requestId, 'client-request-id': requestId };
    const body = { error: { code: this.code, message: this.message, innerError } };
    return { status: this.status, headers: { ...JSON_HEADERS, ...this.headers }, body: JSON.stringify(body) };
  }
}

export function badRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', message);
}
