/** What a pass takes that has fifty conferences to update at once, at a service that wants several requests for each. */
import { resolve } from 'node:path';
import { installNextcloudTalk } from '../sandbox/providers/imitated';
import type { Install } from '../sandbox/providers/provider';
import { loadAddOn } from '../sandbox/script/host';
import { CALL_DURATIONS } from '../sandbox/script/latency';
import { BenchWorld, HOUR_MS, ROOT } from './bench-world';
import { type Cell, median, ms, table, whole } from './table';

const EVENTS = 50;
const RUNS = 20;
const FIELDS = {
  summary: 'Another title',
  description: 'And why',
  start: { dateTime: '2026-12-03T14:00:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-12-03T15:00:00', timeZone: 'Europe/Zurich' },
};

/** Folders that run.mjs has built, by the name of their configuration in examples/providers. */
const SERVICES: ReadonlyArray<readonly [name: string, folder: string, install: Install]> = [
  ['the sample', 'dist', () => ({ scriptProperties: {}, notes: [] })],
  ['Nextcloud Talk', '.build/bench/nextcloud-talk', installNextcloudTalk],
];

export async function waves(): Promise<string> {
  const rows: Cell[][] = [];
  for (const [name, folder, install] of SERVICES) rows.push(await rowOf(name, folder, install));
  const head = ['service', 'updates', 'requests', 'calls of fetchAll', 'the pass takes s', 'the requests one by one s'];
  return table(head, rows);
}

async function rowOf(name: string, folder: string, install: Install): Promise<Cell[]> {
  const addOn = loadAddOn(resolve(ROOT, folder));
  const durationsMs: number[] = [];
  let [requests, calls] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    const bench = new BenchWorld(addOn, { latency: 'typical', seed: `waves-${run}` });
    const { world, ana } = bench;
    const installed = await install(world, '');
    for (const [key, value] of Object.entries(installed?.scriptProperties ?? {}))
      world.script.setScriptProperty(key, value);
    const events = Array.from({ length: EVENTS }, (_, i) => bench.makes(i));
    world.advance(2 * HOUR_MS);
    world.faults.always('trigger', { kind: 'drop' });
    for (const event of events) ana.edits(event, FIELDS);
    world.settle();
    const from = world.trace.entries().at(-1)?.seq ?? 0;
    const [pass] = bench.watchAlone(
      () => void world.script.run(ana.email, 'syncEvents', [{ authMode: 'FULL', calendarId: ana.email }], 'trigger'),
    );
    if (pass === undefined) throw new Error('No pass ran.');
    durationsMs.push(pass.durationMs);
    requests = pass.calls.provider;
    calls = world.trace.entries(from).filter(({ text }) => /^UrlFetchApp\.fetch/.test(text)).length;
  }
  const [oneMs] = CALL_DURATIONS['urlFetch.fetch']?.([]) ?? [Number.NaN];
  const seconds = (value: number) => ms(value / 1_000);
  return [name, EVENTS, whole(requests), calls, seconds(median(durationsMs)), seconds(requests * oneMs)];
}
