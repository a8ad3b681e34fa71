/**
 * `npm run simulate`: plays many days, each twice, in as many processes as there are cores, and says what went wrong.
 *
 * Exit code 0: no promise was broken and every day gave the same trace twice. 1: some did not. 2: wrong options.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { loadAddOn } from '../script/host';
import { explainDay } from './explain';
import { MISFORTUNES } from './misfortunes';
import { SIMULATE_USAGE, type SimulateOptions, SimulateUsageError, simulateOptions } from './options';
import { type RunReport, runDay } from './run';

const OWN_ADD_ON_DIR = resolve(__dirname, '../../dist');
/** Seeds a process is given at a time. */
const BATCH = 5;

interface Job {
  seeds: string[];
  options: SimulateOptions;
}

/** Plays a day twice; a trace that differs is a violation of its own. */
function playTwice(seed: string, options: SimulateOptions, addOn: ReturnType<typeof loadAddOn>): RunReport {
  const first = runDay(seed, addOn, options);
  const second = runDay(seed, addOn, options);
  if (first.hash !== second.hash) first.violations.push('the same seed gave another trace the second time');
  return first;
}

function work(): void {
  let addOn: ReturnType<typeof loadAddOn> | undefined;
  process.on('message', ({ seeds, options }: Job) => {
    addOn ??= loadAddOn(options.addOnDir);
    for (const seed of seeds) process.send?.(playTwice(seed, options, addOn));
    process.send?.('more');
  });
}

async function campaign(options: SimulateOptions): Promise<boolean> {
  const startMs = Date.now();
  const seeds = Array.from({ length: options.seeds }, (_, i) => String(options.from + i));
  const reports: RunReport[] = [];
  await Promise.all(
    Array.from({ length: Math.max(1, options.jobs) }, () => {
      const child = fork(process.argv[1] as string, ['--as-worker']);
      return drive(child, seeds, options, (report) => {
        reports.push(report);
        if (report.violations.length > 0) tellFailure(report, options);
        if (reports.length % 500 === 0) console.log(`${reports.length} days played …`);
      });
    }),
  );
  return summarise(reports, options, Date.now() - startMs);
}

function drive(
  child: ChildProcess,
  seeds: string[],
  options: SimulateOptions,
  done: (report: RunReport) => void,
): Promise<void> {
  return new Promise((fulfil, reject) => {
    const next = () => {
      if (seeds.length === 0) child.disconnect();
      else child.send({ seeds: seeds.splice(0, BATCH), options } satisfies Job);
    };
    child.on('message', (message: RunReport | 'more') => (message === 'more' ? next() : done(message)));
    child.on('exit', (code) => (code === 0 ? fulfil() : reject(new Error(`A process ended with code ${code}.`))));
    next();
  });
}

function tellFailure({ seed, violations, misfortunes }: RunReport, { hours, switches }: SimulateOptions): void {
  console.log(`seed ${seed}: ${violations.slice(0, 3).join('; ')}${violations.length > 3 ? ' …' : ''}`);
  if (misfortunes.length > 0) console.log(`  it met: ${misfortunes.join(', ')}`);
  const named =
    typeof switches === 'string'
      ? switches
      : Object.entries(switches)
          .map((pair) => pair.join('='))
          .join(',');
  const rest = `${hours === 24 ? '' : ` --hours ${hours}`}${named === 'random' ? '' : ` --switches ${named}`}`;
  console.log(`  replay: npm run simulate -- --replay ${seed} --explain${rest}`);
}

function summarise(reports: readonly RunReport[], options: SimulateOptions, ms: number): boolean {
  const broken = reports.filter(({ violations }) => violations.length > 0);
  const sum = (of: (report: RunReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  console.log(
    `\n${reports.length} days of ${options.hours} h and a quiet time each, every one played twice, in ${Math.round(ms / 1000)} s ` +
      `(${options.jobs} processes): ${sum(({ deeds }) => deeds)} deeds, ${sum(({ executions }) => executions)} executions.`,
  );
  const rows = MISFORTUNES.map(
    ([name]) => [name, reports.filter((report) => report.misfortunes.includes(name)).length] as const,
  );
  for (const [name, met] of rows) {
    console.log(`  ${((100 * met) / Math.max(1, reports.length)).toFixed(1).padStart(5)} % of days: ${name}`);
  }
  console.log(broken.length === 0 ? 'Nothing lost, nothing wrong.' : `${broken.length} days broke a promise.`);
  return broken.length === 0;
}

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv[0] === '--as-worker') return work();
  if (argv.includes('--help')) return console.log(SIMULATE_USAGE);
  const options = simulateOptions(argv, OWN_ADD_ON_DIR);
  const isRight =
    options.replay === undefined
      ? await campaign(options)
      : explainDay(options.replay, options, (line) => console.log(line));
  process.exitCode = isRight ? 0 : 1;
}

main().catch((thrown: unknown) => {
  if (!(thrown instanceof SimulateUsageError)) throw thrown;
  console.error(thrown.message);
  process.exitCode = 2;
});
