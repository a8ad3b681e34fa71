/** One HTTP exchange between a script and the world outside Google: plain values, and the fault of having no answer. */

export interface HttpExchange {
  method: string;
  /** Absolute. */
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export interface HttpReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Site {
  /** @param by who asks: a user's address or an execution's id, for the trace only. */
  handle(request: HttpExchange, by: string): HttpReply;
}

/** No HTTP answer at all. `message` is what Apps Script says, without the name of its exception. */
export class NetworkFault extends Error {
  /**
   * @param hangMs how long the caller waited in vain, for whoever charges time. Absent: the fault came at once.
   */
  constructor(
    message: string,
    readonly hangMs?: number,
  ) {
    super(message);
    this.name = 'NetworkFault';
  }
}
