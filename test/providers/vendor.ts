/** A vendor's imitation, as the contract sees it. */
import type { HttpExchange, HttpReply, Site } from '../../sandbox/world/exchange';
import type { MeetingField } from '../../src/core/meeting';

/** A vendor with nothing in it yet, and what can be seen there without our provider's help. */
export interface Vendor {
  site: Site;
  /** How the vendor has a conference, in its own terms, by field; undefined when it has no such conference. */
  kept(id: string): Partial<Record<MeetingField | 'occurrences', unknown>> | undefined;
  count(): number;
  /** The grant is accepted no more. */
  revoke(): void;
  /** What nobody but the host may learn of a conference. */
  secrets?(id: string): string[];
  /** Looks at each exchange; throws what is wrong with it. */
  check?(request: HttpExchange, reply: HttpReply): void;
}

/** Its site, with a look at each exchange. */
export function checked(vendor: Vendor): Site {
  return {
    handle(request, by) {
      const reply = vendor.site.handle(request, by);
      vendor.check?.(request, reply);
      return reply;
    },
  };
}
