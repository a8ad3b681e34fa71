/** What importing exports of growing size costs: processor time of each step, over a journal on disk as the program has it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importInto } from '../sandbox/ics/import';
import { type ParsedIcs, parseIcs } from '../sandbox/ics/parse';
import { createWorld } from '../sandbox/whole-world';
import { openJournal } from '../sandbox/world/journal';
import { Random } from '../sandbox/world/random';
import { exportOf } from '../test/sandbox/ics/dialects';
import { type Cell, table, whole } from './table';

const SIZES = [1_250, 5_000, 20_000];
const USER = 'ana@example.com';
const ZONE = { calendarZone: 'Europe/Berlin' };

export function importGrowth(): string {
  return table(
    ['events', 'exceptions', 'kB', 'read s', 'import s', 'import again s', 'import per 1,000 events s'],
    SIZES.map(growthOf),
    0,
  );
}

function growthOf(size: number): Cell[] {
  const { events, exceptions, text } = exportOf('google', size, new Random('growth'));
  const dir = mkdtempSync(join(tmpdir(), 'growth-'));
  const journal = openJournal(dir, { fresh: true });
  try {
    const { calendar } = createWorld({ records: journal });
    calendar.createAccount({ email: USER, timeZone: ZONE.calendarZone });
    let parsed = undefined as unknown as ParsedIcs;
    const read = processorSeconds(() => {
      parsed = parseIcs(text, ZONE);
    });
    const [first = 0, again = 0] = [0, 1].map(() =>
      processorSeconds(() => {
        importInto(calendar, USER, USER, parsed);
        journal.commit();
      }),
    );
    const sizes = [whole(events), whole(exceptions), whole(Buffer.byteLength(text) / 1_000)];
    return [...sizes, ...[read, first, again, (first / events) * 1_000].map((seconds) => seconds.toFixed(2))];
  } finally {
    journal.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Of this process, its threads and the system's part in it included. */
function processorSeconds(act: () => void): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
