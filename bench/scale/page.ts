/** docs/scale.md around the numbers. */
import { cpus, loadavg } from 'node:os';
import { type Cell, ms, quantile, table, whole } from '../table';
import { bars } from './bars';
import type { Growth } from './growth';
import { paper } from './paper';
import type { Played } from './played';
import type { Result } from './result';

const HEAD = [
  'what happens',
  'list',
  'get',
  'failed',
  'property reads',
  'property writes',
  'provider',
  'accepted',
  'executions',
  'left to another',
  'refused',
  'killed',
  'at once',
  'run s',
  'at medians s',
  'stale p50 s',
  'stale p99 s',
  'to be told',
  'wrong',
  'state bytes',
];

export function results(all: readonly Result[]): string {
  return table(HEAD, all.map(rowOf));
}

function rowOf({ what, tally, stateBytes, lost, orphans, peak }: Result): Cell[] {
  const { calls, stalenessMs } = tally;
  const stale = (share: number) => (stalenessMs.length === 0 ? '' : seconds(quantile(stalenessMs, share)));
  return [
    what,
    whole(calls.list),
    whole(calls.get),
    tally.failed,
    ...(['property reads', 'property writes', 'provider'] as const).map((kind) => whole(calls[kind])),
    whole(tally.accepted),
    whole(tally.executions),
    whole(tally.busy),
    tally.refused,
    tally.killed,
    peak,
    seconds(tally.runMs),
    seconds(tally.medianMs),
    stale(0.5),
    stale(0.99),
    tally.missed,
    // Before all is told, what is not told yet would be counted.
    tally.missed > 0 ? '' : lost + orphans,
    whole(stateBytes),
  ];
}

function growthTable(growth: readonly Growth[]): string {
  const kinds = ['list', 'get', 'property reads', 'property writes', 'provider', 'cache', 'lock'] as const;
  return table(
    ['conferences', 'news', ...kinds, 'at medians s', 'of the processor ms', 'state bytes'],
    growth.map(({ conferences, what, tally, passes, realMs, stateBytes }) => [
      whole(conferences),
      what,
      ...kinds.map((kind) => tally.calls[kind] / passes),
      (tally.medianMs / passes / 1_000).toFixed(2),
      ms(realMs),
      whole(stateBytes),
    ]),
    2,
  );
}

function seconds(value: number): string {
  return (value / 1_000).toFixed(1);
}

export function page(played: Played): string {
  const { day, noise, bursts, gap, outages, growth, nearly, full } = played;
  const cores = cpus();
  const busy = (loadavg()[0] ?? 0).toFixed(1);
  return `# Scale

Made by \`npm run scale -- --out docs/scale.md\` on ${new Date().toISOString().slice(0, 10)}, with Node ${process.versions.node} on ${cores.length} cores (${cores[0]?.model ?? 'unknown'}), with a load of ${busy} from other work as it ended. One user, one calendar, 1,000 live conferences unless a line says otherwise. The built add-on runs in the sandbox, in virtual time, each execution in a worker of its own: those that overlap there overlap here, at every service call. How long calls take is drawn at random from what [facts/script.md](facts/script.md) calls observed or assumed; so are the delay of triggers (median 5 s, one in a hundred over a minute), their loss (one in 200) and their doubling (one in 100). Same program, same numbers, but for those of the processor.

- *failed*: calls of the Calendar API that were refused, which stand in no other column. *provider*: requests sent; *accepted*: those answered with success.
- *left to another*: executions that met the lock held, left a mark and ended. *refused*: triggers beyond Google's 30 executions at once. *at once*: the most at one time.
- *run s*: what all executions together take of the 90 minutes a day that Google gives to triggers. *at medians*: the same calls if each took its median; the draws are skewed, so their sum is more.
- *stale*: from a change to the provider's accepting it, trigger delay included; in lines about the time after some trouble, from the end of the trouble. *to be told*: changes of which the provider has not heard yet. *wrong*: conferences that, with everything told, are not as their events are, or that no event refers to.

## What was wanted

${bars(played)}

The bars are for calls that take their medians. The import misses its bar by as much as the lists take of those executions that found the lock free: ${whole(bursts[2]?.tally.calls.list ?? 0)} lists in ${whole(bursts[2]?.tally.executions ?? 0)} executions, which is what keeps news fresh.

## Everyday

60 changes in nine hours, half of them answers of guests, a quarter edits of events without a conference, a quarter edits of meetings; and the whole night, with its hourly sweeps.

${results([day, noise])}

Of the day's run time ${seconds(day.tally.sweepMs)} s are its sweeps, and ${seconds(day.startsMs)} s the start of the runtime, which no add-on can save.

## Much at once

${results(bursts)}

## When things go wrong

Nothing runs for three days in which 5 meetings are edited, 3 deleted and 2 duplicated; then the sync token has expired. Deleted meetings are cancelled by the first sweep after the grace period, hence the second line.

${results(gap)}

Every line about some trouble is followed by one about the time after it. Eighteen of the twenty edits are of different meetings.

${results(outages)}

## A store that is nearly full

${results([...nearly, ...full.results])}

${whole(full.conferences)} conferences fit, in ${whole(full.stateBytes)} bytes. Whoever wants one more is shown “${full.shown}”, and the add-on's card says: “${full.card}” What is there is followed as before.

## What a pass costs as conferences grow

One change of one event, one pass: calls of a pass, the time it takes if every call takes its median, and the processor's time for the whole execution on this machine, prelude and the sandbox's own services included (median of 20). The latencies know no read that grows with the store; at 0.05 ms a kB, which is assumed elsewhere, 3,600 conferences would add 16 ms to a pass.

${growthTable(growth)}

## Ten thousand users, on paper

${paper(day)}
`;
}
