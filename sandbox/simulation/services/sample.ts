/** The sandbox's own conference server. It can have all of title, time, rule and single occurrences. */
import { CONFERENCE_HOST } from '../../whole-world';
import { withoutLeftOut } from '../left-out-lines';
import { differences, occurrenceDifferences } from '../oracle';
import { zoneOf } from '../slots';
import type { InstallService } from './service';

export const sample: InstallService = ({ conferences, clock }) => ({
  host: CONFERENCE_HOST,
  repeatsCreates: true,
  hostDoes: { moves: false, changes: (id, { title = '' }) => void conferences.edit(id, { title }) },
  conferences: () =>
    conferences.conferences().map((conference) => ({
      id: conference.id,
      madeMs: conference.createdMs,
      // What a series leaves out is cancelled, one by one, and no part of the rule.
      differences: (event, rows, day) => [
        ...differences(conference, event, withoutLeftOut(event.recurrence ?? [])),
        ...occurrenceDifferences(conference, event, rows, clock.nowMs(), zoneOf(day, event)),
      ],
    })),
});

/** The same server, asked by an add-on that never tells single occurrences. */
export const ruleOnly: InstallService = (world) => ({
  host: CONFERENCE_HOST,
  repeatsCreates: true,
  conferences: () =>
    world.conferences.conferences().map((conference) => ({
      id: conference.id,
      madeMs: conference.createdMs,
      differences: (event) => [
        ...differences(conference, event),
        ...(Object.keys(conference.occurrences).length > 0 ? ['occurrences were told'] : []),
      ],
    })),
});
