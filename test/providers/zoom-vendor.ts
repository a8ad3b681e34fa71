/** Zoom as our tests see it: the simulator, held to Zoom's own description of its API. */
import { startUrl, type ZoomMeeting } from '../../sandbox/vendors/zoom/meeting';
import { ZoomServer, type ZoomServerOptions } from '../../sandbox/vendors/zoom/server';
import { VirtualClock } from '../../sandbox/world/clock';
import { Random } from '../../sandbox/world/random';
import { MemoryRecords } from '../../sandbox/world/records';
import { apiDescription } from '../support/openapi';
import type { Vendor } from './contract';
import { NOW } from './samples';
import { GRANT } from './wire';

const description = apiDescription('zoom-meetings.json', '/v2');

export interface ZoomVendor extends Vendor {
  site: ZoomServer;
  clock: VirtualClock;
  meeting(id: string): ZoomMeeting;
}

export function openZoom(options: Partial<ZoomServerOptions> = {}): ZoomVendor {
  const tokens: Record<string, string> = { [GRANT]: 'ana' };
  const clock = new VirtualClock(Date.parse(NOW));
  const site = new ZoomServer({
    records: new MemoryRecords(),
    clock,
    random: new Random('zoom'),
    tokens,
    ...options,
  });
  const find = (id: string) => site.meetings().find((meeting) => String(meeting.id) === id);
  return {
    site,
    clock,
    count: () => site.meetings().length,
    revoke: () => delete tokens[GRANT],
    secrets: (id) => [startUrl(find(id) as ZoomMeeting), 'zak='],
    meeting: (id) => find(id) as ZoomMeeting,
    kept(id) {
      const meeting = find(id);
      if (meeting === undefined) return undefined;
      const { topic, agenda, startMs, duration, timezone, recurrence, occurrences, settings } = meeting;
      return {
        title: topic,
        description: agenda,
        time: { startMs, duration, timezone },
        recurrence,
        guests: settings.meeting_invitees,
        occurrences,
      };
    },
    check(request, reply) {
      const problems = description?.problems(request, reply) ?? [];
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
  };
}
