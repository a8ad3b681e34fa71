/** What `npm run simulate -- …` understands. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { SWITCHES, type SwitchName } from '../world/switches';
import type { SwitchChoice } from './cast';
import { QUIET_HOURS } from './run';
import { SERVICE_NAMES, type ServiceName } from './services/all';

export interface SimulateOptions {
  seeds: number;
  from: number;
  hours: number;
  quietHours: number;
  switches: SwitchChoice;
  jobs: number;
  /** Of which days the first play gives every execution a fresh context. All other plays keep contexts. */
  fresh: 'some' | 'all';
  /** Of these each seed draws one. */
  providers: readonly ServiceName[];
  /** The built add-on; of our own there is one for each provider, in folders beside this one. */
  addOnDir: string;
  isOwnAddOn: boolean;
  /** Folders of libraries that its manifest names, by symbol. */
  libraries: Array<[symbol: string, dir: string]>;
  /** Play one seed, and say what happens. */
  replay?: string;
  explain: boolean;
  /** Options as they were typed that make a day what it is. */
  dayOptions: string;
}

/** A wrong option, in a sentence for the person who typed it. */
export class SimulateUsageError extends Error {}

/** Our own add-on is built with shorter waits (short-waits.mjs). */
const SHORT_QUIET_HOURS = 6;

export const SIMULATE_USAGE = `npm run simulate -- [options]
  --seeds N             how many days to play (default 200), each twice
  --from S              the first seed (default 0)
  --hours H             hours of deeds in a day (default 24)
  --quiet H             hours after it in which nothing happens, before the promises are checked: longer than the add-on
                        waits for anything (default ${SHORT_QUIET_HOURS} for our own, whose waits are shortened; ${QUIET_HOURS} for another)
  --switches CHOICE     all, random (default), default, or NAME=VALUE[,NAME=VALUE]
  --provider NAMES      ${SERVICE_NAMES.join(', ')}
                        (default all, with another add-on sample); of several each seed draws one
  --fresh DAYS          some (default: a third) or all: days whose first play gives every execution a fresh context, as
                        Google does. Other plays keep contexts, several times faster
  --jobs N              processes (default: one per core)
  --addon DIR           another add-on's folder
  --library NAME=DIR    a library that its manifest names; may be repeated
  --replay SEED         play one day; with --explain it is told`;

const DAY_OPTIONS = ['hours', 'quiet', 'switches', 'provider', 'addon'] as const;

export function simulateOptions(argv: readonly string[], ownAddOnDir: string): SimulateOptions {
  const { values } = parse(argv);
  return {
    seeds: wholeNumber('seeds', values.seeds ?? '200'),
    from: wholeNumber('from', values.from ?? '0', 0),
    hours: wholeNumber('hours', values.hours ?? '24'),
    quietHours: wholeNumber(
      'quiet',
      values.quiet ?? String(values.addon === undefined ? SHORT_QUIET_HOURS : QUIET_HOURS),
      0,
    ),
    jobs: wholeNumber('jobs', values.jobs ?? String(availableParallelism())),
    fresh: someOrAll('fresh', values.fresh ?? 'some'),
    switches: switchChoice(values.switches ?? 'random'),
    providers: providersIn(values.provider ?? (values.addon === undefined ? 'all' : 'sample')),
    addOnDir: values.addon ?? ownAddOnDir,
    isOwnAddOn: values.addon === undefined,
    libraries: (values.library ?? []).map(libraryIn),
    explain: values.explain ?? false,
    dayOptions: [
      ...DAY_OPTIONS.flatMap((name) => (values[name] === undefined ? [] : `--${name} ${values[name]}`)),
      ...(values.library ?? []).map((library) => `--library ${library}`),
    ].join(' '),
    ...(values.replay !== undefined && { replay: values.replay }),
  };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const day = { hours: text, quiet: text, switches: text, provider: text, addon: text };
  const which = { seeds: text, from: text, jobs: text, fresh: text, replay: text } as const;
  try {
    const library = { type: 'string', multiple: true } as const;
    return parseArgs({ args: [...argv], options: { ...day, ...which, library, explain: { type: 'boolean' } } });
  } catch (thrown) {
    const { code, message } = thrown as { code?: string; message: string };
    const isWord = code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    const hint = isWord ? ' Options stand behind two dashes: npm run simulate -- --seeds 1000.' : '';
    throw new SimulateUsageError(`${message}${hint}\n${SIMULATE_USAGE}`);
  }
}

function wholeNumber(name: string, text: string, least = 1): number {
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
  throw new SimulateUsageError(`--${name} takes a whole number from ${least} up, not "${text}".`);
}

function libraryIn(text: string): [symbol: string, dir: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new SimulateUsageError(`--library takes NAME=DIR, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function someOrAll(name: string, text: string): 'some' | 'all' {
  if (text === 'some' || text === 'all') return text;
  throw new SimulateUsageError(`--${name} takes some or all, not "${text}".`);
}

function providersIn(text: string): ServiceName[] {
  const names = text === 'all' ? SERVICE_NAMES : text.split(',');
  const strange = names.find((name) => !SERVICE_NAMES.includes(name as ServiceName));
  if (strange === undefined) return names as ServiceName[];
  throw new SimulateUsageError(
    `--provider: "${strange}" is not known. Allowed: all, or some of ${SERVICE_NAMES.join(', ')}.`,
  );
}

/** `all` is `random`: over many seeds every setting of every switch comes up. */
function switchChoice(text: string): SwitchChoice {
  if (text === 'all' || text === 'random') return 'random';
  if (text === 'default') return 'default';
  const settings: Record<string, unknown> = {};
  for (const pair of text.split(',')) {
    const [name = '', value = ''] = pair.split('=');
    const isSwitch = Object.hasOwn(SWITCHES, name);
    const values: readonly unknown[] | undefined = isSwitch ? SWITCHES[name as SwitchName].values : undefined;
    const known = values?.find((candidate) => String(candidate) === value);
    if (known === undefined) {
      const allowed = values === undefined ? Object.keys(SWITCHES).join(', ') : values.join(' or ');
      throw new SimulateUsageError(`--switches: "${pair}" is not known. Allowed: ${allowed}.`);
    }
    settings[name] = known;
  }
  return settings;
}
