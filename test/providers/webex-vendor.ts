/** Webex as our tests see it: the simulator, held to Webex's own description of its API. */
import type { WebexMeeting } from '../../sandbox/vendors/webex/meeting';
import { WebexServer } from '../../sandbox/vendors/webex/server';
import { VirtualClock } from '../../sandbox/world/clock';
import { Random } from '../../sandbox/world/random';
import { MemoryRecords } from '../../sandbox/world/records';
import type { Provider } from '../../src/ports/provider';
import { apiDescription } from '../support/openapi';
import type { Vendor } from './contract';
import { MEETING, NOW } from './samples';
import { GRANT, Wire } from './wire';

const description = apiDescription('webex-meetings.json', '/v1');

export interface WebexVendor extends Vendor {
  site: WebexServer;
  clock: VirtualClock;
  meeting(id: string): WebexMeeting;
}

export function openWebex(): WebexVendor {
  const tokens: Record<string, string> = { [GRANT]: 'ana@example.com' };
  const clock = new VirtualClock(Date.parse(NOW));
  const site = new WebexServer({ records: new MemoryRecords(), clock, random: new Random('webex'), tokens });
  const find = (id: string) => site.meetings().find((meeting) => meeting.id === id);
  return {
    site,
    clock,
    count: () => site.meetings().length,
    revoke: () => delete tokens[GRANT],
    secrets: (id) => ['hostKey', (find(id) as WebexMeeting).hostKey],
    meeting: (id) => find(id) as WebexMeeting,
    kept(id) {
      const meeting = find(id);
      if (meeting === undefined) return undefined;
      const { title, agenda, startMs, endMs, timezone, recurrence, invitees, exceptions } = meeting;
      return {
        title,
        description: agenda,
        time: { startMs, endMs, timezone },
        recurrence,
        guests: invitees.map(({ email, coHost }) => ({ email, coHost })),
        occurrences: exceptions,
      };
    },
    check(request, reply) {
      const problems = description?.problems(request, reply) ?? [];
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  };
}

/** The provider at work with Webex as above. */
export function webexStage(by: Provider) {
  const vendor = openWebex();
  const wire = new Wire({
    handle(request) {
      const reply = vendor.site.handle(request);
      vendor.check?.(request, reply);
      return reply;
    },
  });
  const create = (meeting = MEETING, key = 'k') => {
    const outcome = wire.run(by.create(meeting, key));
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    return outcome.conference;
  };
  const newRequests = () => wire.sent.splice(0).map(({ method, url, json }) => [method, url.split('/v1')[1], json]);
  return { ...vendor, wire, create, newRequests };
}

export const webexGuests = (count: number, name = 'guest') =>
  Array.from({ length: count }, (_, i) => ({ email: `${name}${i}@example.com`, optional: false }));
