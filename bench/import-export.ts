/** How long an export of 2,000 events takes to come onto a calendar: its parts, and the program from start to ready. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { importInto } from '../sandbox/ics/import';
import { type ParsedIcs, parseIcs } from '../sandbox/ics/parse';
import { createWorld } from '../sandbox/whole-world';
import { Random } from '../sandbox/world/random';
import { type Dialect, exportOf } from '../test/sandbox/ics/dialects';
import { ROOT } from './bench-world';
import { type Cell, ms, table, timed, whole } from './table';

const EVENTS = 2_000;
const DIALECTS: readonly Dialect[] = ['google', 'outlook', 'apple'];
const USER = 'ana@example.com';
/** A program that has not said where it is by then never will. */
const PATIENCE_MS = 120_000;

export async function importTimes(): Promise<string> {
  const rows: Cell[][] = [];
  for (const dialect of DIALECTS) rows.push(await importOf(dialect));
  return table(
    [
      'export in the manner of',
      'events',
      'exceptions',
      'kB',
      'read ms',
      'import ms',
      'import again ms',
      'program ready ms',
    ],
    rows,
  );
}

async function importOf(dialect: Dialect): Promise<Cell[]> {
  const { events, exceptions, text } = exportOf(dialect, EVENTS, new Random(dialect));
  const { calendar } = createWorld();
  calendar.createAccount({ email: USER, timeZone: 'Europe/Berlin' });
  let parsed = undefined as unknown as ParsedIcs;
  const readMs = timed(() => {
    parsed = parseIcs(text, { calendarZone: 'Europe/Berlin' });
  });
  const [firstMs, againMs] = [0, 1].map(() => timed(() => void importInto(calendar, USER, USER, parsed)));
  const programMs = await startWith(text);
  const sizes = [whole(events), whole(exceptions), whole(Buffer.byteLength(text) / 1_000)];
  return [dialect, ...sizes, ms(readMs), ms(firstMs as number), ms(againMs as number), ms(programMs)];
}

/** From the start of `npm start -- --import FILE`, builds apart, until it says that it is ready. */
async function startWith(text: string): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'import-'));
  const file = join(dir, 'export.ics');
  writeFileSync(file, text);
  const fromNs = process.hrtime.bigint();
  const program = spawn(process.execPath, [
    resolve(ROOT, '.build/sandbox/main.cjs'),
    ...['--port', '0', '--data', join(dir, 'state'), '--import', file],
  ]);
  try {
    await new Promise<void>((ready, failed) => {
      const timer = setTimeout(() => failed(new Error('The program was not ready in time.')), PATIENCE_MS);
      let said = '';
      program.stdout.on('data', (data) => {
        said += data;
        if (!said.includes('is ready')) return;
        clearTimeout(timer);
        ready();
      });
      program.once('exit', (code) => failed(new Error(`The program ended with ${code}.`)));
    });
    return Number(process.hrtime.bigint() - fromNs) / 1e6;
  } finally {
    program.removeAllListeners('exit');
    const gone = new Promise((done) => program.once('exit', done));
    program.kill('SIGTERM');
    await gone;
    rmSync(dir, { recursive: true, force: true });
  }
}
