/**
 * Port: HTTP to conference providers.
 *
 * A request names its provider, so that the adapter adds that provider's credentials and refuses any other host. A fault
 * is a request that got no answer; it may or may not have been carried out.
 */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute https URL. */
  url: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
}

export interface HttpAnswer {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  text: string;
}

export interface HttpFault {
  fault: string;
  /** It was not carried out, for certain: there was no token to send it with. */
  undone?: true;
  /** And there will be none before somebody grants access. */
  unauthorised?: true;
}

export interface HttpPort {
  /** All at once; answers stand in the order of the requests. Never throws. */
  sendAll(requests: ReadonlyArray<{ provider: string; request: HttpRequest }>): Array<HttpAnswer | HttpFault>;
}
