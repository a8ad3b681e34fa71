/**
 * The points at which a fault can be planned, and which kinds can strike there: a fault that nobody would ever meet is
 * refused when it is planned.
 */
import { METHODS } from '../../calendar/methods';
import { scriptFiles, topLevelFunctions } from '../../script/add-on';
import type { World } from '../../whole-world';
import type { Fault } from '../../world/faults';

type Kind = Fault['kind'];
type Place = 'calendar' | 'host' | 'call' | 'trigger';

/** Where each kind can strike. */
const STRIKES_AT: Readonly<Record<Kind, readonly Place[]>> = {
  status: ['calendar', 'host', 'call'],
  'lost-answer': ['calendar', 'host', 'call'],
  throw: ['calendar', 'host', 'call'],
  hang: ['host', 'call'],
  kill: ['call'],
  drop: ['trigger'],
  double: ['trigger'],
  delay: ['trigger'],
  'trigger-disabled': ['trigger'],
};

export const FAULT_KINDS = Object.keys(STRIKES_AT) as Kind[];

/**
 * Why a fault cannot be planned there, in a sentence; undefined if it can. A point may name all that begin as it does:
 * `calendar.events` is any method of events.
 */
export function faultProblem(world: World, point: string, kind: Kind): string | undefined {
  const all = pointsOf(world);
  const places = [...all].filter(([, points]) => points.some((one) => one === point || one.startsWith(`${point}.`)));
  if (places.length === 0)
    return `Nothing passes the point "${point}". There are: ${known([...all.values()].flat(), point)}.`;
  const kinds = FAULT_KINDS.filter((one) => places.some(([place]) => STRIKES_AT[one].includes(place)));
  return kinds.includes(kind) ? undefined : `At "${point}" a fault is one of ${kinds.join(', ')}.`;
}

/** Those that begin with the same word, or the words with which points begin. */
function known(points: readonly string[], point: string): string {
  const rootOf = (one: string) => one.split('.')[0] as string;
  const near = points.filter((one) => rootOf(one) === rootOf(point));
  if (near.length > 0) return [...near].sort().join(', ');
  return `points that begin with ${[...new Set(points.map(rootOf))].sort().join(', ')}`;
}

/** Every whole point at which somebody asks for a fault, by its place. */
function pointsOf(world: World): Map<Place, string[]> {
  const calls = world.hasAddOn ? world.script.calls() : [];
  const elsewhere = calls.filter((call) => call !== 'calendar');
  const methods = Object.keys(METHODS).map((name) => `calendar.${name}`);
  const inScript = [...elsewhere, ...(calls.includes('calendar') ? methods : [])];
  return new Map<Place, string[]>([
    ['calendar', methods],
    ['call', [...elsewhere, ...inScript.map((name) => `script.${name}`)]],
    ['host', world.internet.hosts().map((host) => `internet.${host}`)],
    ['trigger', (world.hasAddOn ? handlersOf(world) : []).map((name) => `trigger.${name}`)],
  ]);
}

/** What a trigger may call: a function of the add-on, and what triggers that another version left still name. */
function handlersOf({ script }: World): string[] {
  const declared = scriptFiles(script.addOn).flatMap((file) => topLevelFunctions(file));
  return [...new Set([...declared, ...script.triggers().map(({ handler }) => handler)])];
}
