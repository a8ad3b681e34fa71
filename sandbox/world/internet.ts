/**
 * Everything that UrlFetchApp can reach, and nothing else: hosts that somebody added.
 *
 * A host is either a Site (a program of ours, answered at once and in process) or real (an HTTP server on this
 * machine, reached only by `fetchAsync`). No name is ever looked up, no packet leaves the machine by itself: a host that
 * nobody imitates is a DNS error to the script, and a stranger by name to whoever runs the sandbox.
 * Knows nothing of redirects, whitelists, quotas or muted errors: those are UrlFetchApp's (sandbox/script).
 *
 * Wording of network faults: docs/facts/internet.md.
 */
import type { Clock } from './clock';
import { type HttpExchange, type HttpReply, NetworkFault, type Site } from './exchange';
import type { Fault, Faults } from './faults';
import { askRealServer } from './real-server';
import type { Trace } from './trace';

export { type HttpExchange, type HttpReply, NetworkFault, type Site } from './exchange';

type Destination = { site: Site } | { baseUrl: URL };

/** What a script is told that asks a host which nobody added. */
class UnknownHost extends NetworkFault {}

export class Internet {
  private readonly destinations = new Map<string, Destination>();
  private readonly asked = new Set<string>();
  private readonly listeners: Array<(host: string) => void> = [];

  constructor(private readonly deps: { clock: Clock; faults: Faults; trace: Trace }) {}

  /** @param host as in the address, lower case, with the port if it is not 443: `meet.example.com`. */
  add(host: string, site: Site): void {
    this.destinations.set(checkedHost(host), { site });
  }

  /**
   * Lets `https://<host>/...` reach a real server on this machine, by `fetchAsync` only.
   * @param baseUrl `http://127.0.0.1:8080/` or below; anything but loopback throws.
   */
  addReal(host: string, baseUrl: string): void {
    const base = new URL(baseUrl);
    if (!['127.0.0.1', '[::1]', 'localhost'].includes(base.hostname)) {
      throw new RangeError(`The sandbox reaches real servers on this machine only, not ${base.hostname}.`);
    }
    this.destinations.set(checkedHost(host), { baseUrl: base });
  }

  /** Names of all hosts, without their ports. */
  hosts(): string[] {
    return [...new Set([...this.destinations.keys()].map((host) => host.split(':')[0] as string))];
  }

  /** Hosts that were asked and that nobody imitates, in the order in which they were first asked. */
  strangers(): string[] {
    return [...this.asked];
  }

  /** Calls `listen` for each stranger once, when it is first asked. */
  onStranger(listen: (host: string) => void): void {
    this.listeners.push(listen);
  }

  /** Whether a fetch of `url` must go through `fetchAsync`. */
  isReal(url: string): boolean {
    const destination = this.destinations.get(parseUrl(url)?.host ?? '');
    return destination !== undefined && 'baseUrl' in destination;
  }

  /** One exchange with a Site. Throws NetworkFault where Apps Script would throw without an HTTP answer. */
  fetch(request: HttpExchange, by: string): HttpReply {
    const url = this.traced(request, by, () => this.resolve(request.url));
    const destination = this.destinations.get(url.host) as Destination;
    if ('baseUrl' in destination) {
      throw new Error(
        `${url.host} is a real server (${destination.baseUrl.href}): it can be reached by fetchAsync only.`,
      );
    }
    return this.traced(request, by, () => {
      const fault = this.faultAt(url, request.url);
      if (fault?.kind === 'status') return faultReply(fault);
      const reply = destination.site.handle({ ...request, headers: { ...request.headers } }, by);
      if (fault !== undefined) throw new NetworkFault(`Timeout: ${request.url}`);
      return reply;
    });
  }

  /** As `fetch`, and for real servers too. Follows no redirect; status, headers and body come back as sent. */
  async fetchAsync(request: HttpExchange, by: string): Promise<HttpReply> {
    if (!this.isReal(request.url)) return this.fetch(request, by);
    try {
      const url = this.resolve(request.url);
      const { baseUrl } = this.destinations.get(url.host) as { baseUrl: URL };
      const fault = this.faultAt(url, request.url);
      const reply = fault?.kind === 'status' ? faultReply(fault) : await askRealServer(baseUrl, url, request);
      if (fault?.kind === 'lost-answer') throw new NetworkFault(`Timeout: ${request.url}`);
      this.note(request, by, String(reply.status));
      return reply;
    } catch (problem) {
      this.note(request, by, outcomeOf(problem));
      throw problem;
    }
  }

  private resolve(address: string): URL {
    const url = parseUrl(address);
    if (url === undefined) throw new NetworkFault(`Invalid argument: ${address}`);
    if (url.protocol === 'https:' && this.destinations.has(url.host)) return url;
    const named = [...this.destinations.keys()].some((host) => host.split(':')[0] === url.hostname);
    // The name exists, but nobody listens at that port (80 for http:).
    if (named) throw new NetworkFault(`Address unavailable: ${url.href}`);
    if (!this.asked.has(url.hostname)) {
      this.asked.add(url.hostname);
      for (const listen of this.listeners) listen(url.hostname);
    }
    throw new UnknownHost(`DNS error: ${url.href}`);
  }

  /** Throws what a fault says must be thrown before the server is reached. */
  private faultAt(url: URL, address: string): (Fault & { kind: 'status' | 'lost-answer' }) | undefined {
    const point = `internet.${url.hostname}`;
    const fault = this.deps.faults.take(point);
    switch (fault?.kind) {
      case undefined:
        return undefined;
      case 'status':
      case 'lost-answer':
        return fault;
      case 'hang':
        throw new NetworkFault(`Timeout: ${address}`, fault.ms);
      case 'throw':
        throw new NetworkFault(fault.message);
      default:
        throw new RangeError(
          `A fault of kind ${fault?.kind} cannot strike at ${point}; plan it at script.* or trigger.*.`,
        );
    }
  }

  private traced<T extends HttpReply | URL>(request: HttpExchange, by: string, exchange: () => T): T {
    try {
      const result = exchange();
      if ('status' in result) this.note(request, by, String(result.status));
      return result;
    } catch (problem) {
      this.note(request, by, outcomeOf(problem));
      throw problem;
    }
  }

  /** Query, headers and body stay out of the trace: they may hold secrets. */
  private note(request: HttpExchange, by: string, outcome: string): void {
    const url = parseUrl(request.url);
    const where = url === undefined ? '(bad address)' : `${url.host}${url.pathname}`;
    this.deps.trace.add(this.deps.clock.nowMs(), 'internet', by, `${request.method} ${where} -> ${outcome}`);
  }
}

function checkedHost(host: string): string {
  if (parseUrl(`https://${host}/`)?.host !== host) {
    throw new RangeError(`"${host}" is no host name; write it as in an address, such as meet.example.com.`);
  }
  return host;
}

/** Apps Script puts http:// before an address without a scheme, and refuses characters that must be encoded. */
function parseUrl(address: string): URL | undefined {
  if (address === '' || /[\s"<>\\^`{|}]/.test(address)) return undefined;
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
  } catch {
    return undefined;
  }
}

function outcomeOf(problem: unknown): string {
  const outcome = (problem as Error).message.split(':')[0] as string;
  return problem instanceof UnknownHost ? `${outcome}: nobody imitates this host` : outcome;
}

function faultReply(fault: Fault & { kind: 'status' }): HttpReply {
  return {
    status: fault.status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...fault.headers },
    body: fault.body ?? fault.message ?? '',
  };
}
