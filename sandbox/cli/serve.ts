/** `npm start`: the sandbox as a server, with its state in a folder, until SIGINT or SIGTERM. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { clockOf, run } from '../http/running';
import { PortRefused } from '../http/server';
import type { InstalledProvider } from '../providers/provider';
import type { World } from '../whole-world';
import { JournalError, type JournaledRecords, openJournal } from '../world/journal';
import { importFile } from './import-file';
import { installProvider } from './install-provider';
import { DEFAULT_USERS, openWorld, readAddOn } from './open-world';
import { type Options, UsageError } from './options';
import { missingHosts, strangerLine } from './strangers';

/** Our own add-on, seen from .build/sandbox/main.cjs; and, with --provider, that of examples/providers. */
const OWN_ADD_ON_DIR = resolve(__dirname, '../../dist');
const EXAMPLES_DIR = resolve(__dirname, '../add-on');

/** Resolves when a signal has ended it. Throws UsageError. */
export async function serve(options: Options): Promise<void> {
  const { provider } = options;
  const addOn = readAddOn(options, provider === undefined ? OWN_ADD_ON_DIR : join(EXAMPLES_DIR, provider));
  for (const warning of addOn.warnings ?? []) process.stderr.write(`Warning: ${warning}\n`);
  const journal = openState(options);
  let installed: InstalledProvider | undefined;
  try {
    const clock = clockOf(journal);
    const world = openWorld({ options, addOn, records: journal, clock });
    const prepare = async () => {
      if (provider !== undefined) installed = await installProvider(world, options, serverFolder(options));
      if (options.importFile === undefined) return;
      const { importFile: file, strict, users } = options;
      say(importFile(world, file, users[0] ?? DEFAULT_USERS[0][0], { strict }));
    };
    const running = await run({
      ...{ world, clock, port: options.port, prepare },
      commit: () => journal.commit(),
      service: () => installed,
    });
    world.internet.onStranger((host) => say(strangerLine(host)));
    const { tornBytes } = journal;
    say(banner({ world, url: running.url, dir: resolve(options.dataDir), tornBytes, notes: installed?.notes ?? [] }));
    await signal();
    say('Closing.');
    await running.close();
  } catch (error) {
    throw error instanceof PortRefused ? new UsageError(error.message) : error;
  } finally {
    await installed?.close?.();
    journal.close();
  }
}

/** Where a real server keeps its own state. */
function serverFolder({ dataDir, fresh }: Options): string {
  const folder = resolve(dataDir, 'server');
  if (fresh) rmSync(folder, { recursive: true, force: true });
  return folder;
}

function openState(options: Options): JournaledRecords {
  try {
    return openJournal(options.dataDir, { fresh: options.fresh });
  } catch (error) {
    throw error instanceof JournalError ? new UsageError(error.message) : error;
  }
}

interface Banner {
  world: World;
  url: string;
  dir: string;
  tornBytes: number;
  notes: readonly string[];
}

function banner({ world, url, dir, tornBytes, notes }: Banner): string {
  const users = world.calendar.accounts().map(({ email }) => email);
  const add = world.editor.solutions.map(({ name }) => name).join(', ') || 'an add-on without conference solutions';
  const torn =
    tornBytes > 0
      ? `\n  The last write of the run before was never acknowledged and is set aside (${tornBytes} bytes).`
      : '';
  const service = notes.map((note, i) => `  ${i === 0 ? 'Conference service' : ' '.repeat(18)} ${note}`);
  const missing = missingHosts(world).map(
    (host) => `\n  Not here           ${host}, which the add-on may ask: nobody imitates it`,
  );
  const sample = `  Conference server  ${url}/meet/             https://${world.conferenceHost}/ to the add-on`;
  return `The Calendar sandbox is ready, with ${add} installed.${torn}
  Start here         ${url}/
  Calendar API       ${url}/calendar/v3/      Authorization: Bearer ${users[0]}
${(service.length > 0 ? service : [sample]).join('\n')}${missing.join('')}
  Join links         ${url}/net/              https://HOST/… opens at ${url}/net/HOST/…
  Log                ${url}/sandbox/log       live: curl -N -H 'Accept: text/event-stream' ${url}/sandbox/log
  Users              ${users.join(', ')}
  State              ${dir}
Stop with Ctrl-C.`;
}

function signal(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
