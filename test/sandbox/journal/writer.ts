/** Writes numbered batches into the journal given on the command line until it is killed; prints each number once it is committed. */
import { writeSync } from 'node:fs';
import { openJournal } from '../../../sandbox/world/journal';

const PARTS = 6;
const journal = openJournal(process.argv[2] as string, { compactAtBytes: 60_000 });
let batch = journal.get<{ batch: number }>('parts', 'p0')?.batch ?? 0;
try {
  for (;;) {
    batch++;
    for (let part = 0; part < PARTS; part++) {
      journal.put('parts', `p${part}`, { batch, filling: 'x'.repeat((batch * 37 * part) % 2_000) });
    }
    journal.put('step', `s${batch}`, batch);
    journal.remove('step', `s${batch - 3}`);
    journal.commit();
    writeSync(1, `${batch}\n`);
  }
} catch (problem) {
  writeSync(2, `${(problem as Error).name}: ${(problem as Error).message}\n`);
  process.exit(1);
}
