/** Whereby as our tests see it: the simulator, held to Whereby's own description of its API. */
import { WherebyServer } from '../../sandbox/vendors/whereby/server';
import { VirtualClock } from '../../sandbox/world/clock';
import { Random } from '../../sandbox/world/random';
import { MemoryRecords } from '../../sandbox/world/records';
import { apiDescription } from '../support/openapi';
import type { Vendor } from './contract';
import { NOW } from './samples';
import { GRANT } from './wire';

const description = apiDescription('whereby.json', '/v1');

export interface WherebyVendor extends Vendor {
  site: WherebyServer;
  clock: VirtualClock;
}

export function openWhereby(): WherebyVendor {
  const keys = new Set([GRANT]);
  const clock = new VirtualClock(Date.parse(NOW));
  const site = new WherebyServer({ records: new MemoryRecords(), clock, random: new Random('whereby'), keys });
  const find = (id: string) => site.meetings().find(({ meetingId }) => meetingId === id);
  return {
    site,
    clock,
    count: () => site.meetings().length,
    revoke: () => keys.delete(GRANT),
    secrets: (id) => [find(id)?.hostRoomUrl ?? '', 'roomKey'],
    kept: (id) => find(id) && {},
    check(request, reply) {
      const problems = description?.problems(request, reply) ?? [];
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  };
}
