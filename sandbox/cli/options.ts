/**
 * What can be said on the command line. Every mistake is one sentence that says what to do (`UsageError`).
 *
 * Does not look at the disk: whether a folder or file is there is found out by whoever opens it.
 */
import { parseArgs } from 'node:util';
import { PROVIDERS } from '../providers/all';
import { SWITCHES, type SwitchSettings, switchSettings } from '../world/switches';

/** Thrown for whatever the person who started us can put right; shown without a stack, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export interface Options {
  help: boolean;
  port: number;
  dataDir: string;
  fresh: boolean;
  /** Folder of a built add-on; absent: our own. */
  addOnDir?: string;
  /** Folders of libraries that its manifest names, by symbol. */
  libraries: Array<[symbol: string, dir: string]>;
  /** A name in PROVIDERS. */
  provider?: string;
  importFile?: string;
  /** Import all of the file, or nothing. */
  strict: boolean;
  story: boolean;
  seed: string;
  switches: SwitchSettings;
  /** Addresses given; none means the default users. */
  users: string[];
  scriptProperties: Array<[name: string, value: string]>;
  /** Real servers on this machine, by the host that the add-on asks. */
  servers: Array<[host: string, url: string]>;
}

export const DEFAULT_PORT = 8787;
export const DEFAULT_DATA_DIR = '.lockstep';

export const HELP = `Starts the Calendar sandbox on 127.0.0.1, with the add-on installed for every user.

  npm start -- [options]

  --port N                       port to listen on (default ${DEFAULT_PORT}; 0 picks a free one)
  --data DIR                     where the state is kept between starts (default ${DEFAULT_DATA_DIR};
                                 with --provider a folder of its own in there)
  --fresh                        begin anew: forget the state in that folder first
  --addon DIR                    run another add-on: the folder of a clasp project, or one with its script files and
                                 appsscript.json
  --library NAME=DIR             a library that its manifest names: a folder with its script files; may be repeated
  --provider NAME                with this conference service: ${Object.keys(PROVIDERS).slice(0, 4).join(', ')},
                                 ${Object.keys(PROVIDERS).slice(4).join(', ')}
  --import FILE.ics              load an iCalendar file into the first user's calendar; what cannot be read is
                                 left out and named
  --strict                       with --import: nothing is loaded when anything would be left out
  --user EMAIL                   a user; may be repeated (default ana@, ben@ and cleo@example.com)
  --story                        play a short day in virtual time, print it, and end
  --seed S                       what chance is drawn from (default "lockstep")
  --switch NAME=VALUE            settle something that nobody outside Google knows; may be repeated
  --script-property NAME=VALUE   a script property of the add-on; may be repeated
  --server HOST=URL              what the add-on finds at https://HOST/: a server on this machine; may be repeated
  --help                         this text

Switches: ${Object.entries(SWITCHES)
  .map(
    ([name, { values, default: standard }]) => `\n  ${`${name}=${values.join('|')}`.padEnd(44)} (default ${standard})`,
  )
  .join('')}
`;

const OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string' },
  fresh: { type: 'boolean' },
  addon: { type: 'string' },
  library: { type: 'string', multiple: true },
  provider: { type: 'string' },
  import: { type: 'string' },
  strict: { type: 'boolean' },
  user: { type: 'string', multiple: true },
  story: { type: 'boolean' },
  seed: { type: 'string' },
  switch: { type: 'string', multiple: true },
  'script-property': { type: 'string', multiple: true },
  server: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the arguments after the program's name. Throws UsageError. */
export function readOptions(args: readonly string[]): Options {
  const given = parse(args);
  const provider = given.provider === undefined ? undefined : readProvider(given.provider);
  if (provider !== undefined && given.story) {
    throw new UsageError('--story is told of the sample. Leave out --story or --provider.');
  }
  if (given.strict && given.import === undefined) {
    throw new UsageError('--strict goes with --import FILE.ics. Leave it out, or name a file.');
  }
  return {
    help: given.help ?? false,
    port: readPort(given.port),
    dataDir: given.data ?? (provider === undefined ? DEFAULT_DATA_DIR : `${DEFAULT_DATA_DIR}/${provider}`),
    fresh: given.fresh ?? false,
    ...(given.addon !== undefined && { addOnDir: given.addon }),
    libraries: (given.library ?? []).map((text) => readPair('--library', text)),
    ...(provider !== undefined && { provider }),
    ...(given.import !== undefined && { importFile: given.import }),
    strict: given.strict ?? false,
    story: given.story ?? false,
    seed: given.seed ?? 'lockstep',
    switches: readSwitches(given.switch ?? []),
    users: (given.user ?? []).map(readAddress),
    scriptProperties: (given['script-property'] ?? []).map((text) => readPair('--script-property', text)),
    servers: (given.server ?? []).map((text) => readPair('--server', text)),
  };
}

function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (positionals.length === 0) return values;
    throw new UsageError(
      `There is nothing to do with "${positionals[0]}". Options stand behind two dashes that npm takes for itself, ` +
        'as in: npm start -- --port 8960. With --help instead it lists them.',
    );
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      throw new UsageError(`There is no option ${/'([^']+)'/.exec(message)?.[1] ?? ''}. --help lists the options.`);
    }
    throw new UsageError(`${message.split(/\.?\n|\. /)[0]}. --help lists the options.`);
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`);
  return port;
}

function readProvider(name: string): string {
  if (Object.hasOwn(PROVIDERS, name)) return name;
  throw new UsageError(`There is no provider "${name}". There are: ${Object.keys(PROVIDERS).join(', ')}.`);
}

function readAddress(text: string): string {
  if (!/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text))
    throw new UsageError(`--user takes an e-mail address, not "${text}".`);
  return text.toLowerCase();
}

const PAIRS: Readonly<Record<string, string>> = { '--server': 'HOST=URL', '--library': 'NAME=DIR' };

function readPair(option: string, text: string): [string, string] {
  const at = text.indexOf('=');
  const form = PAIRS[option] ?? 'NAME=VALUE';
  if (at < 1) throw new UsageError(`${option} takes ${form}, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function readSwitches(texts: readonly string[]): SwitchSettings {
  const given = texts.map((text) => {
    const [name, value] = readPair('--switch', text);
    const known = new Map<string, { values: readonly unknown[] }>(Object.entries(SWITCHES)).get(name)?.values ?? [];
    return [name, known.find((allowed) => String(allowed) === value) ?? value];
  });
  try {
    return switchSettings(Object.fromEntries(given) as Record<string, unknown>);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
