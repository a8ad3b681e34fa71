/** Microsoft Teams: one meeting for an event or a whole series, at its first date. */

import { Refusals } from '../../vendors/refusals';
import { TeamsServer } from '../../vendors/teams/server';
import type { Conference } from '../day';
import { isHidden } from '../oracle';
import { instantMs, zoneOf } from '../slots';
import { type InstallService, KEY } from './service';
import { differs } from './taken';

const HOST = 'graph.microsoft.com';
const LONGEST_MS = 30 * 3_600_000;

export const teams: InstallService = ({ clock, records, random, internet }) => {
  const tokens = { [KEY]: 'meetings@example.com' };
  const refusals = new Refusals();
  const server = new TeamsServer({ clock, records, random: random.fork('teams'), tokens, refusals });
  internet.add(HOST, server);
  return {
    host: HOST,
    refusals,
    repeatsCreates: true,
    conferences: () => teamsConferences(server),
    hostDoes: { moves: true, changes: (id, change) => server.hostChanges(id, change) },
  };
};

export function teamsConferences(server: TeamsServer): Conference[] {
  return server.meetings().map((meeting) => ({
    id: meeting.id,
    madeMs: meeting.createdMs,
    differences: (event, _rows, day) => {
      const zone = zoneOf(day, event);
      const startMs = instantMs(event.start, zone);
      const endMs = Math.min(instantMs(event.end, zone), startMs + LONGEST_MS);
      return [
        ...(!isHidden(event) && differs('title', meeting.subject, event.summary, day) ? ['title'] : []),
        ...(meeting.startMs !== startMs ? ['start'] : []),
        ...(meeting.endMs !== endMs ? ['end'] : []),
      ];
    },
  }));
}
