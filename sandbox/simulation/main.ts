/**
 * `npm run simulate`: plays many days, each twice, in as many processes as there are cores, and says what went wrong.
 *
 * The first play of a third of the days, or of all, gives every execution a fresh context, as Google does. All other
 * plays keep contexts, which is faster: equal traces prove both that the seed decides everything and that keeping them
 * changed nothing.
 * Exit code 0: no promise was broken and every day gave the same trace twice. 1: some did not, or days could not be judged
 * because the add-on asked a host that nobody imitates. 2: wrong options, or an add-on that cannot be loaded.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { type AddOn, AddOnProblem, loadAddOn } from '../script/host';
import { Random } from '../world/random';
import { explainDay } from './explain';
import { SIMULATE_USAGE, type SimulateOptions, SimulateUsageError, simulateOptions } from './options';
import { type Played, summarise, tellFailure } from './report';
import { runDay } from './run';
import { type ServiceName, serviceOf } from './services/all';

const OWN_ADD_ON_DIR = resolve(__dirname, '../simulation/add-on');
/** Days that broke a promise, as --explain tells them: the first ones of a campaign. */
const FAILED_DAYS_DIR = resolve(__dirname, '../failed-days');
const MOST_WRITTEN = 10;
/** Seeds a process is given at a time. */
const BATCH = 5;

interface Job {
  seeds: string[];
  options: SimulateOptions;
}

/** Of the days, unless all are wanted; their executions take three times as long. */
const FRESH_SHARE = 1 / 3;

/** Loaded once in a process. */
const addOns = new Map<string, AddOn>();

function addOnFor(service: ServiceName, { addOnDir, isOwnAddOn, libraries }: SimulateOptions): AddOn {
  const folder = isOwnAddOn && service !== 'sample' ? `${addOnDir}-${service}` : addOnDir;
  const known = addOns.get(folder);
  if (known !== undefined) return known;
  const addOn = loadAddOn(folder, new Map(libraries));
  addOns.set(folder, addOn);
  return addOn;
}

/** A trace that differs is a violation of its own. */
function play(seed: string, given: SimulateOptions): Omit<Played, 'cpuMs'> {
  const service = serviceOf(seed, given.providers);
  const addOn = addOnFor(service, given);
  const run = (contexts: 'fresh' | 'kept') => runDay(seed, addOn, { ...given, service, contexts });
  const isFresh = given.fresh === 'all' || new Random(`contexts/${seed}`).chance(FRESH_SHARE);
  const first = run(isFresh ? 'fresh' : 'kept');
  const second = run('kept');
  if (second.hash === first.hash && (isFresh || first.violations.length === 0)) {
    return { ...first, isFresh, isChangedByKeeping: false };
  }
  // An add-on may leave something in its globals, which Google forgets: only fresh contexts tell.
  const fresh = isFresh ? first : run('fresh');
  if (run('fresh').hash !== fresh.hash) fresh.violations.push('the same seed gave another trace');
  return { ...fresh, isFresh, isChangedByKeeping: [first, second].some(({ hash }) => hash !== fresh.hash) };
}

/** A day that cannot be played to its end must not end the campaign. */
function playOrTell(seed: string, options: SimulateOptions): Omit<Played, 'cpuMs'> {
  try {
    return play(seed, options);
  } catch (thrown) {
    const violations = [`the day cannot be played: ${thrown instanceof Error ? thrown.message : String(thrown)}`];
    const nothing = {
      hash: '',
      strangers: [],
      misfortunes: [],
      deeds: 0,
      executions: 0,
      isFresh: false,
      isChangedByKeeping: false,
    };
    return { seed, violations, ...nothing };
  }
}

/** A context that lives for milliseconds is gone before optimised code pays; only what runs in all of them is worth it. */
const LATER_OPTIMISATION = '--interrupt-budget=1000000';

/**
 * How V8 is told what a day is like. Contexts die young, and a day leaves nothing: with room for many days of them hardly
 * anything is copied. A function that is called a second time is called often, but in another context each time: it
 * learns early what it deals with.
 */
const LIKE_A_DAY = [
  '--min-semi-space-size=64',
  '--max-semi-space-size=64',
  '--interrupt-budget-for-feedback-allocation=200',
];

function work(): void {
  setFlagsFromString(LATER_OPTIMISATION);
  process.on('message', ({ seeds, options }: Job) => {
    for (const seed of seeds) {
      const before = process.cpuUsage();
      const played = playOrTell(seed, options);
      const { user, system } = process.cpuUsage(before);
      process.send?.({ ...played, cpuMs: (user + system) / 1000 } satisfies Played);
    }
    process.send?.('more');
  });
}

async function campaign(options: SimulateOptions): Promise<boolean> {
  const startMs = Date.now();
  const seeds = Array.from({ length: options.seeds }, (_, i) => String(options.from + i));
  const reports: Played[] = [];
  let broken = 0;
  await Promise.all(
    Array.from({ length: options.jobs }, () => {
      const child = fork(process.argv[1] as string, ['--as-worker'], { execArgv: LIKE_A_DAY });
      return drive(child, seeds, options, (report) => {
        reports.push(report);
        if (report.violations.length > 0) {
          tellFailure(report, options);
          if (++broken <= MOST_WRITTEN) writeDown(report.seed, options);
        }
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
  done: (report: Played) => void,
): Promise<void> {
  return new Promise((fulfil, reject) => {
    const next = () => {
      if (seeds.length === 0) child.disconnect();
      else child.send({ seeds: seeds.splice(0, BATCH), options } satisfies Job);
    };
    child.on('message', (message: Played | 'more') => (message === 'more' ? next() : done(message)));
    child.on('exit', (code) => (code === 0 ? fulfil() : reject(new Error(`A process ended with code ${code}.`))));
    next();
  });
}

/** The whole day, in a file. */
function writeDown(seed: string, options: SimulateOptions): void {
  const told: string[] = [];
  try {
    replay(seed, { ...options, explain: true }, (line) => told.push(line));
  } catch (thrown) {
    told.push(`The day ends here: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  mkdirSync(FAILED_DAYS_DIR, { recursive: true });
  const file = join(FAILED_DAYS_DIR, `${seed}.txt`);
  writeFileSync(file, `${told.join('\n')}\n`);
  console.log(`  the day: ${relative(process.cwd(), file)}`);
}

function replay(seed: string, options: SimulateOptions, say: (line: string) => void): boolean {
  const service = serviceOf(seed, options.providers);
  return explainDay(seed, addOnFor(service, options), { ...options, service }, say);
}

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv[0] === '--as-worker') return work();
  if (argv.includes('--help')) return console.log(SIMULATE_USAGE);
  const options = simulateOptions(argv, OWN_ADD_ON_DIR);
  for (const service of options.providers) addOnFor(service, options);
  const isRight =
    options.replay === undefined
      ? await campaign(options)
      : replay(options.replay, options, (line) => console.log(line));
  process.exitCode = isRight ? 0 : 1;
}

main().catch((thrown: unknown) => {
  if (!(thrown instanceof SimulateUsageError || thrown instanceof AddOnProblem)) throw thrown;
  console.error(thrown.message);
  process.exitCode = 2;
});
