/** `npm start`: the sandbox as a server, with its state in a folder, until SIGINT or SIGTERM. */
import { resolve } from 'node:path';
import { clockOf, run } from '../http/running';
import { PortRefused } from '../http/server';
import { JournalError, type JournaledRecords, openJournal } from '../world/journal';
import type { World } from '../world/world';
import { importFile } from './import-file';
import { DEFAULT_USERS, openWorld, readAddOn } from './open-world';
import { type Options, UsageError } from './options';

/** Our own add-on, seen from .build/sandbox/main.cjs. */
const OWN_ADD_ON_DIR = resolve(__dirname, '../../dist');

/** Resolves when a signal has ended it. Throws UsageError. */
export async function serve(options: Options): Promise<void> {
  const addOn = readAddOn(options, OWN_ADD_ON_DIR);
  const journal = openState(options);
  try {
    const clock = clockOf(journal);
    const world = openWorld({ options, addOn, records: journal, clock });
    const prepare = () => {
      if (options.importFile === undefined) return;
      say(importFile(world, options.importFile, options.users[0] ?? DEFAULT_USERS[0][0]));
    };
    const running = await run({ world, clock, port: options.port, commit: () => journal.commit(), prepare });
    say(banner(world, running.url, resolve(options.dataDir), journal.tornBytes));
    await signal();
    say('Closing.');
    await running.close();
  } catch (error) {
    throw error instanceof PortRefused ? new UsageError(error.message) : error;
  } finally {
    journal.close();
  }
}

function openState(options: Options): JournaledRecords {
  try {
    return openJournal(options.dataDir, { fresh: options.fresh });
  } catch (error) {
    throw error instanceof JournalError ? new UsageError(error.message) : error;
  }
}

function banner(world: World, url: string, dir: string, tornBytes: number): string {
  const users = world.calendar.accounts().map(({ email }) => email);
  const add = world.editor.solutions.map(({ name }) => name).join(', ') || 'an add-on without conference solutions';
  const torn =
    tornBytes > 0
      ? `\n  The last write of the run before was never acknowledged and is set aside (${tornBytes} bytes).`
      : '';
  return `The Calendar sandbox is ready, with ${add} installed.${torn}
  Start here         ${url}/
  Calendar API       ${url}/calendar/v3/      Authorization: Bearer ${users[0]}
  Conference server  ${url}/meet/             https://${world.conferenceHost}/ to the add-on
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
