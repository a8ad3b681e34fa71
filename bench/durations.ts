/** How long executions take in the world's time, with latencies drawn as docs/facts/script.md says. */
import type { AddOn } from '../sandbox/script/host';
import { BenchWorld, HOUR_MS, MINUTE_MS, type Ran } from './bench-world';
import { type Cell, median, ms, quantile, table } from './table';

const CREATES = 300;

export function durations(addOn: AddOn): string {
  const bench = new BenchWorld(addOn, { latency: 'typical' });
  const runs: Ran[] = [];
  for (let i = 0; i < CREATES; i++) {
    let event = undefined as unknown as ReturnType<BenchWorld['makes']>;
    runs.push(
      ...bench.watch(() => {
        event = bench.makes(i, { guests: [bench.ben.email] });
      }),
    );
    runs.push(...bench.watch(() => bench.ben.replies(event, 'accepted')));
    runs.push(...bench.watch(() => bench.ana.deletes(event)));
    bench.world.advance(10 * MINUTE_MS);
    if (i % 6 === 0) runs.push(...bench.watch(() => void bench.world.advance(HOUR_MS)));
  }
  const names = [...new Set(runs.map(({ name }) => name))];
  const rows = names.map((name): Cell[] => {
    const sample = runs.filter((run) => run.name === name).map(({ durationMs }) => durationMs);
    const within = (limitMs: number) =>
      `${((100 * sample.filter((one) => one <= limitMs).length) / sample.length).toFixed(1)} %`;
    const spread = [median(sample), quantile(sample, 0.99), Math.max(...sample)].map(ms);
    return [`\`${name}\``, sample.length, ...spread, within(3_000), within(5_000)];
  });
  return table(['execution', 'runs', 'median ms', 'p99 ms', 'longest ms', 'within 3 s', 'within 5 s'], rows);
}
