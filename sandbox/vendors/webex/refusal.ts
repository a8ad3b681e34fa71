import type { HttpReply } from '../../world/exchange';

/** An answer that Webex gives instead of doing it. */
export class WebexRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  /** @param trackingId the name by which Cisco finds the request. */
  reply(trackingId: string): HttpReply {
    const body = { message: this.message, errors: [{ description: this.message }], trackingId };
    return { status: this.status, headers: { ...JSON_HEADERS, ...this.headers }, body: JSON.stringify(body) };
  }
}

export const JSON_HEADERS = { 'Content-Type': 'application/json;charset=UTF-8' };
