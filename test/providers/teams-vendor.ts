/** Microsoft Teams as our tests see it: the simulator, held to Microsoft's own types and pages. */
import type { TeamsMeeting } from '../../sandbox/vendors/teams/meeting';
import { TeamsServer, type TeamsServerOptions } from '../../sandbox/vendors/teams/server';
import { VirtualClock } from '../../sandbox/world/clock';
import { Random } from '../../sandbox/world/random';
import { MemoryRecords } from '../../sandbox/world/records';
import { graphProblems } from '../support/graph-meetings';
import type { Vendor } from './contract';
import { NOW } from './samples';
import { GRANT } from './wire';

export interface TeamsVendor extends Vendor {
  site: TeamsServer;
  clock: VirtualClock;
  meeting(id: string): TeamsMeeting;
}

export function openTeams(options: Partial<TeamsServerOptions> = {}): TeamsVendor {
  const tokens: Record<string, string> = { [GRANT]: 'ana@example.com' };
  const clock = new VirtualClock(Date.parse(NOW));
  const site = new TeamsServer({
    records: new MemoryRecords(),
    clock,
    random: new Random('teams'),
    tokens,
    ...options,
  });
  const find = (id: string) => site.meetings().find((meeting) => meeting.id === id);
  return {
    site,
    clock,
    count: () => site.meetings().length,
    revoke: () => delete tokens[GRANT],
    meeting: (id) => find(id) as TeamsMeeting,
    kept(id) {
      const meeting = find(id);
      if (meeting === undefined) return undefined;
      const { subject, startMs, endMs, attendees } = meeting;
      return { title: subject, time: { startMs, endMs }, guests: attendees };
    },
    check(request, reply) {
      const problems = graphProblems(request, reply);
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  };
}
