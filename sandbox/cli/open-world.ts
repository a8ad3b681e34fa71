/**
 * From options to a world: the add-on's folder, the users, the import. What is wrong with any of them is a UsageError.
 */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type AddOn, AddOnProblem, loadAddOn } from '../script/add-on';
import { createWorld, type UserOptions, type World } from '../whole-world';
import type { Clock } from '../world/clock';
import type { Records } from '../world/records';
import { type Options, UsageError } from './options';

/** Who is there unless --user says otherwise. */
export const DEFAULT_USERS = [
  ['ana@example.com', { displayName: 'Ana', timeZone: 'Europe/Zurich' }],
  ['ben@example.com', { displayName: 'Ben', timeZone: 'Europe/London' }],
  ['cleo@example.com', { displayName: 'Cleo', timeZone: 'America/New_York' }],
] as const satisfies ReadonlyArray<readonly [email: string, options: UserOptions]>;

const OTHER_USERS: UserOptions = { timeZone: 'Europe/Zurich' };

/** @param ownAddOnDir where the build leaves our own add-on. */
export function readAddOn(options: Options, ownAddOnDir: string): AddOn {
  const dir = resolve(options.addOnDir ?? ownAddOnDir);
  if (!existsSync(dir) || !statSync(dir).isDirectory()) {
    const hint =
      options.addOnDir === undefined ? 'Run npm run build first.' : '--addon takes the folder of a built add-on.';
    throw new UsageError(`There is no folder ${dir}. ${hint}`);
  }
  try {
    return loadAddOn(dir, new Map(options.libraries.map(([symbol, folder]) => [symbol, resolve(folder)])));
  } catch (error) {
    if (!(error instanceof AddOnProblem)) throw error;
    throw new UsageError(`The add-on in ${dir} cannot be loaded: ${error.message}`);
  }
}

export interface OpenOptions {
  options: Options;
  addOn: AddOn;
  records?: Records;
  /** Absent: virtual time. */
  clock?: Clock;
  now?: string;
}

/** The world with its users and script properties. */
export function openWorld({ options, addOn, records, clock, now }: OpenOptions): World {
  const world = createWorld({
    seed: options.seed,
    switches: options.switches,
    addOn,
    latency: clock === undefined ? 'typical' : 'none',
    ...(records && { records }),
    ...(clock && { clock }),
    ...(now !== undefined && { now }),
  });
  const users =
    options.users.length === 0 ? DEFAULT_USERS : options.users.map((email) => [email, OTHER_USERS] as const);
  for (const [email, user] of users) world.addUser(email, user);
  for (const [name, value] of options.scriptProperties) setScriptProperty(world, name, value);
  for (const [host, url] of options.servers) addServer(world, host, url);
  return world;
}

function addServer(world: World, host: string, url: string): void {
  try {
    world.internet.addReal(host, url);
  } catch (error) {
    throw new UsageError(`--server ${host}=${url}: ${(error as Error).message}`);
  }
}

function setScriptProperty(world: World, name: string, value: string): void {
  try {
    world.script.setScriptProperty(name, value);
  } catch (error) {
    throw new UsageError(`--script-property ${name} is refused: ${(error as Error).message}`);
  }
}
