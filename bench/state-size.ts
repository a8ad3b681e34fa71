/** What the state costs as it grows: bytes per binding, and what a pass over it reads, writes and takes. */
import type { AddOn, ExecutionResult } from '../sandbox/script/host';
import { BenchWorld, HOUR_MS, MINUTE_MS, type Ran } from './bench-world';
import { type Cell, median, ms, table, timed, whole } from './table';

const SIZES = [10, 100, 1_000];
const PASSES = 20;
/** Documented: 500 kB a store, keys included. */
const STORE_BYTES = 500_000;

/** Two tables, one of bytes and one of passes. */
export function stateSize(addOn: AddOn): { bytes: string; passes: string } {
  const bench = new BenchWorld(addOn);
  const bytes: Cell[][] = [];
  const passes: Cell[][] = [];
  let made = 0;
  for (const size of SIZES) {
    for (; made < size; made++) {
      bench.makes(made, made % 10 === 0 ? { guests: [bench.ben.email] } : {});
      bench.world.advance(MINUTE_MS);
    }
    bench.world.advance(HOUR_MS);
    bytes.push(bytesAt(bench, size));
    passes.push(...passesAt(bench, size));
  }
  return {
    bytes: table(
      ['conferences', 'properties', 'bytes', 'of them ledger', 'ledger bytes per conference', 'share of the store'],
      bytes,
    ),
    passes: table(
      [
        'conferences',
        'execution',
        'rows',
        'property reads',
        'property writes',
        'bytes written',
        'provider',
        'median ms',
      ],
      passes,
      2,
    ),
  };
}

function bytesAt({ world, ana }: BenchWorld, size: number): Cell[] {
  const entries = Object.entries(world.script.userProperties(ana.email));
  const ledger = sizeOf(entries.filter(([key]) => key.startsWith('lockstep.ledger.')));
  const all = sizeOf(entries);
  const share = `${((100 * all) / STORE_BYTES).toFixed(1)} %`;
  return [whole(size), entries.length, whole(all), whole(ledger), Math.round(ledger / size), share];
}

function passesAt(bench: BenchWorld, size: number): Cell[][] {
  const { world, ana, ben } = bench;
  const events = listed(bench);
  const ids = events.map(({ id }) => id);
  const invited = events.filter(({ attendees }) => attendees !== undefined).map(({ id }) => id);
  const place = (eventId: string) => ({ calendarId: ana.email, eventId });
  const pick = (i: number, ids: string[]) => place(ids[i % ids.length] as string);
  const acts: Array<[what: string, handler: string, act: (i: number) => void]> = [
    ['an RSVP', 'syncEvents', (i) => ben.replies(pick(i, invited), answerOf(i, invited.length))],
    ['an edit', 'syncEvents', (i) => void ana.edits(pick(i, ids), { summary: `Meeting ${i}, size ${size}` })],
    ['nothing new', 'sweepHourly', () => undefined],
    ['the token expired', 'syncEvents', () => world.calendar.expireSyncTokens(ana.email)],
  ];
  return acts.map(([what, handler, act]) => passAt(bench, [`${whole(size)}: ${what}`, `\`${handler}\``], handler, act));
}

/** Another one than last time, whether the same invitation or another one was answered last. */
function answerOf(i: number, invitations: number): 'accepted' | 'declined' {
  return Math.floor(i / invitations) % 2 === 0 ? 'declined' : 'accepted';
}

/** The news is there; the pass that finds it is run and timed alone. The last of some passes is told. */
function passAt(bench: BenchWorld, names: Cell[], handler: string, act: (i: number) => void): Cell[] {
  const { world, ana } = bench;
  const times: number[] = [];
  let told: Cell[] = [];
  for (let i = 0; i < PASSES; i++) {
    act(i);
    const before = world.script.userProperties(ana.email);
    const [run] = bench.watchAlone(() => {
      times.push(timed(() => void runs(world.script.run(ana.email, handler, [{ calendarId: ana.email }], 'trigger'))));
    });
    const written = Object.entries(world.script.userProperties(ana.email)).filter(
      ([key, value]) => before[key] !== value,
    );
    const { calls, rows } = run as Ran;
    told = [rows, calls['property reads'], calls['property writes'], whole(sizeOf(written)), calls.provider];
    world.advance(3 * MINUTE_MS);
  }
  return [...names, ...told, ms(median(times))];
}

function runs(result: ExecutionResult): void {
  if (!result.ok) throw new Error(`A measured pass failed: ${JSON.stringify(result)}`);
}

function sizeOf(entries: ReadonlyArray<[key: string, value: string]>): number {
  return entries.reduce((bytes, [key, value]) => bytes + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
}

function listed({ world, ana }: BenchWorld): Array<{ id: string; attendees?: unknown[] }> {
  const request = { method: 'events.list', params: { calendarId: ana.email, maxResults: 2_500 } };
  return (world.calendar.handle(ana.email, request).body as { items: Array<{ id: string; attendees?: unknown[] }> })
    .items;
}
