/** A refusal of the token endpoint (RFC 6749, 5.2). */
import type { HttpReply } from '../world/exchange';

export class OAuthError extends Error {
  constructor(
    readonly code: string,
    description: string,
    readonly status = 400,
  ) {
    super(description);
  }

  reply(): HttpReply {
    return jsonReply(this.status, { error: this.code, error_description: this.message });
  }
}

export function jsonReply(status: number, body: unknown): HttpReply {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  return { status, headers, body: JSON.stringify(body) };
}
