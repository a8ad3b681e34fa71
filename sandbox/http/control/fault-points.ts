/**
 * The points at which a fault can be planned, and which kinds can strike there: a fault that nobody would ever meet is
 * refused when it is planned.
 */
import { METHODS } from '../../calendar/methods';
import { scriptFiles, topLevelFunctions } from '../../script/add-on';
import type { World } from '../../whole-world';
import type { Fault } from '../../world/faults';

type Kind = Fault['kind'];

interface Family {
  /** Where faults of this family are asked for, each a whole point. */
  points: readonly string[];
  kinds: readonly Kind[];
}

/**
 * Why a fault cannot be planned there, in a sentence; undefined if it can. A point may name all that begin as it does:
 * `calendar.events` is any method of events.
 */
export function faultProblem(world: World, point: string, kind: Kind): string | undefined {
  const families = familiesOf(world);
  const met = families.filter(({ points }) => points.some((one) => one === point || one.startsWith(`${point}.`)));
  if (met.length === 0) {
    const [root = ''] = point.split('.');
    const near = families.flatMap(({ points }) => points).filter((one) => one.split('.')[0] === root);
    const roots = new Set(families.flatMap(({ points }) => points).map((one) => one.split('.')[0]));
    const known = near.length > 0 ? near.sort().join(', ') : `points that begin with ${[...roots].sort().join(', ')}`;
    return `Nothing passes the point "${point}". There are: ${known}.`;
  }
  const kinds = [...new Set(met.flatMap((family) => family.kinds))];
  return kinds.includes(kind) ? undefined : `At "${point}" a fault is one of ${kinds.join(', ')}.`;
}

function familiesOf(world: World): Family[] {
  const calls = world.hasAddOn ? world.script.calls() : [];
  const elsewhere = calls.filter((call) => call !== 'calendar');
  const methods = Object.keys(METHODS).map((name) => `calendar.${name}`);
  const handlers = world.hasAddOn ? handlersOf(world) : [];
  const inScript = [...elsewhere, ...(calls.includes('calendar') ? methods : [])];
  const call: readonly Kind[] = ['status', 'lost-answer', 'hang', 'throw', 'kill'];
  return [
    { points: methods, kinds: ['status', 'lost-answer', 'throw'] },
    { points: [...elsewhere, ...inScript.map((name) => `script.${name}`)], kinds: call },
    {
      points: world.internet.hosts().map((host) => `internet.${host}`),
      kinds: ['status', 'lost-answer', 'hang', 'throw'],
    },
    { points: handlers.map((name) => `trigger.${name}`), kinds: ['drop', 'double', 'delay'] },
  ];
}

/** What a trigger may call: a function of the add-on, and what triggers that another version left still name. */
function handlersOf({ script }: World): string[] {
  const declared = scriptFiles(script.addOn).flatMap((file) => topLevelFunctions(file));
  return [...new Set([...declared, ...script.triggers().map(({ handler }) => handler)])];
}
