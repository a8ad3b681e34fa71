/** docs/scale.md around the numbers. */
import { cpus, loadavg } from 'node:os';
import { type Cell, ms, quantile, table, whole } from '../table';
import type { Full } from './full';
import type { Growth } from './growth';
import type { Result } from './result';

export interface Played {
  day: Result;
  noise: Result;
  bursts: Result[];
  gap: Result[];
  outages: Result[];
  growth: Growth[];
  nearly: Result[];
  full: Full;
}

const HEAD = [
  'what happens',
  'list',
  'get',
  'property reads',
  'property writes',
  'provider',
  'accepted',
  'executions',
  'left to another',
  'refused',
  'killed',
  'threw',
  'at once',
  'run s',
  'of it starts',
  'longest s',
  'stale p50 s',
  'p99 s',
  'not told',
  'lost',
  'orphans',
  'state bytes',
];

export function results(all: readonly Result[]): string {
  return table(HEAD, all.map(rowOf));
}

function rowOf({ what, tally, stateBytes, lost, orphans, startsMs, peak }: Result): Cell[] {
  const { calls, stalenessMs } = tally;
  const stale = (share: number) => (stalenessMs.length === 0 ? '' : seconds(quantile(stalenessMs, share)));
  return [
    what,
    ...(['list', 'get', 'property reads', 'property writes', 'provider'] as const).map((kind) => whole(calls[kind])),
    whole(tally.accepted),
    whole(tally.executions),
    whole(tally.busy),
    tally.refused,
    tally.killed,
    tally.threw,
    peak,
    seconds(tally.runMs),
    seconds(startsMs),
    seconds(tally.longestMs),
    stale(0.5),
    stale(0.99),
    tally.missed,
    lost,
    orphans,
    whole(stateBytes),
  ];
}

function seconds(value: number): string {
  return (value / 1_000).toFixed(1);
}

export function page(played: Played): string {
  return [results([played.day, played.noise, ...played.bursts, ...played.gap, ...played.outages])].join('\n');
}
