import { ConferenceServer } from '../../sandbox/conference/server';
import { VirtualClock } from '../../sandbox/world/clock';
import { Random } from '../../sandbox/world/random';
import { MemoryRecords } from '../../sandbox/world/records';
import { exampleMeet } from '../../src/providers/example-meet';
import { describeContract, type Vendor } from './contract';
import { NOW } from './samples';
import { GRANT } from './wire';

function open(): Vendor {
  const apiKeys: Record<string, string> = { [GRANT]: 'ana' };
  const clock = new VirtualClock(Date.parse(NOW));
  const site = new ConferenceServer({ records: new MemoryRecords(), clock, random: new Random('contract'), apiKeys });
  const find = (id: string) => site.conferences().find((record) => record.id === id);
  return {
    site,
    count: () => site.conferences().length,
    revoke: () => delete apiKeys[GRANT],
    kept(id) {
      const record = find(id);
      if (record === undefined) return undefined;
      const { title, start, end, recurrence, occurrences } = record;
      return { title, time: { start, end }, recurrence, occurrences };
    },
  };
}

const auth = { kind: 'bearer', scriptProperty: 'MEET_TOKEN' } as const;
describeContract('exampleMeet', {
  provider: exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth }),
  open,
});
