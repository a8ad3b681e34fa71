/**
 * Who plays in one simulated day, decided by its seed: people with and without the add-on, their calendars, and how each
 * unknown of Google is settled.
 */
import type { AddOn } from '../script/host';
import { createWorld } from '../whole-world';
import { Random } from '../world/random';
import { SWITCHES, type SwitchName } from '../world/switches';
import type { Day, Player } from './day';
import { SERVICES, type ServiceName } from './services/all';
import { KEY, KEY_PROPERTY } from './services/service';
import { everybodySignsIn } from './signing-in';

/** `all`: every switch at random, and twice as many faults; `default`: as the ledger has them; or settings by name. */
export type SwitchChoice = 'random' | 'default' | Record<string, unknown>;

export const ZONES = ['Europe/Zurich', 'America/New_York', 'Asia/Kolkata', 'UTC'];

/** Days around changes of the clocks, a turn of the year, and ordinary ones. */
const DATES = ['2026-03-02', '2026-03-27', '2026-10-23', '2026-12-30', '2026-06-10'];

/** @param contexts how the add-on's executions are run; the day itself is the same. */
export function castDay(
  seed: string,
  addOn: AddOn,
  choice: SwitchChoice,
  contexts: 'fresh' | 'kept' = 'fresh',
  service: ServiceName = 'sample',
): Day {
  const random = new Random(`day/${seed}`);
  const switches = choice === 'random' ? randomSwitches(random.fork('switches')) : choice === 'default' ? {} : choice;
  const now = `${random.pick(DATES)}T0${random.int(10)}:00:00Z`;
  const latency = random.chance(0.5) ? 'typical' : 'none';
  const script = { contexts, computeLimitMs: Number.POSITIVE_INFINITY };
  const world = createWorld({ seed, addOn, switches, now, latency, script });
  world.script.setScriptProperty(KEY_PROPERTY, KEY);
  const solution = world.editor.solutions[0]?.id;
  if (solution === undefined) throw new Error('The add-on has no conference solution: there is nothing to simulate.');
  const day: Day = {
    seed,
    world,
    random,
    players: [],
    events: [],
    drafts: [],
    solution,
    service: SERVICES[service](world),
    outOfSight: new Set(),
    forgotten: new Set(),
    unseen: new Set(),
    carried: new Map(),
    failedCreates: new Set(),
    madeUntold: new Map(),
    failedOutOfSight: 0,
    signIns: [],
    changedAtVendor: new Set(),
    onPause: () => {},
  };
  for (const [i, name] of ['ana', 'ben', 'cleo'].entries()) {
    const zone = random.pick(ZONES);
    const person = world.addUser(`${name}@example.com`, { timeZone: zone });
    day.players.push({ person, hasAddOn: i === 0 || random.chance(0.3), zone, calendars: [person.email] });
  }
  addCalendars(day);
  everybodySignsIn(day);
  return day;
}

/** A second calendar for some, shared with another person for some of those. */
function addCalendars({ world, random, players }: Day): void {
  const [owner, other] = players as [Player, Player];
  if (!random.chance(0.5)) return;
  const made = world.calendar.handle(
    owner.person.email,
    { method: 'calendars.insert', params: {}, body: { summary: 'Team' } },
    'editor',
  );
  const calendarId = (made.body as { id: string }).id;
  owner.calendars.push(calendarId);
  if (!random.chance(0.5)) return;
  const body = { role: 'writer', scope: { type: 'user', value: other.person.email } };
  world.calendar.handle(owner.person.email, { method: 'acl.insert', params: { calendarId }, body }, 'editor');
  other.calendars.push(calendarId);
}

function randomSwitches(random: Random): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(SWITCHES) as SwitchName[]) {
    settings[name] = random.pick(SWITCHES[name].values as readonly unknown[]);
  }
  return settings;
}
