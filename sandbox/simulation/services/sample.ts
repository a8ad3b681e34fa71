/** The sandbox's own conference server. It can have all of title, time, rule and single occurrences. */
import { CONFERENCE_HOST } from '../../whole-world';
import { differences, occurrenceDifferences } from '../oracle';
import type { InstallService } from './service';

export const sample: InstallService = ({ conferences, clock }) => ({
  host: CONFERENCE_HOST,
  repeatsCreates: true,
  conferences: () =>
    conferences.conferences().map((conference) => ({
      id: conference.id,
      madeMs: conference.createdMs,
      differences: (event, rows) => [
        ...differences(conference, event),
        ...occurrenceDifferences(conference, event, rows, clock.nowMs()),
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
