/** Measures everything and writes docs/measurements.md. Every number comes from a run; the words around stand here. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DOCUMENTED, OURS, ROOT } from './bench-world';
import { callsPerPass } from './calls-per-pass';
import { coldStart } from './cold-start';
import { durations } from './durations';
import { importTimes } from './import-export';
import { importGrowth } from './import-growth';
import { stateSize } from './state-size';
import { whole } from './table';
import { waves } from './waves';

async function measurements(): Promise<string> {
  const day = new Date().toISOString().slice(0, 10);
  const cores = cpus();
  const busy = (loadavg()[0] ?? 0).toFixed(1);
  const code = readFileSync(resolve(ROOT, 'dist/Code.js'));
  const lines = code.toString().split('\n').length - 1;
  const state = stateSize(OURS());
  return `# Measurements

Made by \`npm run bench -- --out docs/measurements.md\` on ${day}, with Node ${process.versions.node} on ${cores.length} cores (${cores[0]?.model ?? 'unknown'}), with a load of ${busy} from other work as it began. Everything runs in the sandbox: calls are counted exactly, real time is this machine's and not Google's, and time in the world rests on latencies that [facts/script.md](facts/script.md) calls observed or assumed. What thousands of conferences cost stands in [scale.md](scale.md).

## Calls per pass

An empty cell is no call. A \`fetchAll\` counts once per request. Calls are those of one user on one calendar; with a second calendar each sweep lists that one too.

${callsPerPass(OURS())}

The same day by [the documented procedure](../examples/documented-procedure/README.md), which tells the server of every event that was changed within a day, and never of a deletion:

${callsPerPass(DOCUMENTED())}

## How long executions take

Virtual time, latencies drawn at random; 300 conferences are made one after the other, each answered by a guest and deleted. A create has 30 s before Google ends it, and 5 s before its review complains; most of it is the start of the runtime and the provider's answer, for which a p99 of 2.5 s and of 3 s is assumed.

${durations(OURS())}

By the documented procedure:

${durations(DOCUMENTED())}

## Much to tell at once

Fifty events get another title, description and time, and one pass finds them all. Virtual time, the median of 20 runs; on the right, what as many requests take if each waits for the one before and takes its median, with the 30 s of an execution over long before.

${await waves()}

## The bundle

\`dist/Code.js\` is ${whole(code.length)} bytes in ${whole(lines)} lines. It is evaluated for every execution; 200 runs each, real time:

${coldStart()}

## The state as it grows

One user, one calendar, single events. Google keeps 500 kB of properties per user and script. Each conference leaves a property without a value behind, of which every sweep removes fifty.

${state.bytes}

A pass over that state; one piece of news each. Real time of the whole execution in this process, prelude, bundle and the sandbox's own services included, median of 20.

${state.passes}

## Importing an export

\`npm start -- --import FILE.ics\` with a generated export. Reading and importing are timed alone, in memory; the program is timed from its start until it says that it is ready, its state on disk.

${await importTimes()}

Exports of growing size, processor time: read, imported (rehearsed in memory, then written to a journal on disk), and imported a second time with nothing to change. It grows with the events, and no faster.

${importGrowth()}
`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const text = await measurements();
  if (values.out === undefined) process.stdout.write(text);
  else writeFileSync(values.out, text);
}

void main();
