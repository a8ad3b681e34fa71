/**
 * What goes wrong in a simulated day, at every boundary there is. Each kind has a name, so that a campaign can count how
 * many seeds met it.
 */
import { damageProperty } from '../script/damage';
import type { Fault } from '../world/faults';
import { ZONES } from './cast';
import { changeConsent } from './consent';
import type { Day } from './day';

const MINUTE_MS = 60_000;
const JSON_TYPE = { 'content-type': 'application/json' };
const error = (code: string) => JSON.stringify({ error: { code, message: 'As planned.' } });

type Strike = (day: Day) => void;

const at =
  (point: string, fault: Fault, most = 3): Strike =>
  (day) =>
    day.world.faults.next(point, fault, 1 + day.random.int(most));
const provider =
  (fault: Fault, most?: number): Strike =>
  (day) =>
    at(`internet.${day.service.host}`, fault, most)(day);
const google = (status: number, reason: string, method = 'calendar'): Strike =>
  at(method, { kind: 'status', status, reason });

export const MISFORTUNES: ReadonlyArray<readonly [name: string, strike: Strike]> = [
  ['trigger lost', at('trigger', { kind: 'drop' })],
  ['trigger doubled', at('trigger', { kind: 'double' })],
  ['trigger late', at('trigger', { kind: 'delay', ms: 10 * MINUTE_MS })],
  ['killed before a service call', (day) => kill(day, 'before')],
  ['killed after a service call', (day) => kill(day, 'after')],
  ['Google 403 rate limit', google(403, 'rateLimitExceeded', 'calendar.events.list')],
  ['Google 429', google(429, 'rateLimitExceeded', 'calendar.events.list')],
  ['Google 500', google(500, 'backendError', 'calendar.events.list')],
  ['Google 410 on list', google(410, 'fullSyncRequired', 'calendar.events.list')],
  ['Google 404 on get', google(404, 'notFound', 'script.calendar.events.get')],
  ['sync tokens expired', (day) => day.world.calendar.expireSyncTokens()],
  ['property write refused', at('properties.setProperties', { kind: 'throw', message: 'Service error: properties.' })],
  ['property write lost on the way', at('script.properties.setProperties', { kind: 'lost-answer' }, 1)],
  [
    'property read refused',
    at('properties.getProperties', { kind: 'throw', message: 'Service error: properties.' }, 1),
  ],
  ['cache refused', at('cache', { kind: 'throw', message: 'Service error: cache.' })],
  ['lock refused', at('lock', { kind: 'throw', message: 'There are too many LockService operations.' }, 1)],
  ['provider 500', provider({ kind: 'status', status: 500, headers: JSON_TYPE, body: error('internal') })],
  [
    'provider 503 for hours',
    (day) => day.world.faults.next(`internet.${day.service.host}`, { kind: 'status', status: 503 }, 40),
  ],
  [
    'provider 429',
    provider({ kind: 'status', status: 429, headers: { ...JSON_TYPE, 'retry-after': '120' }, body: error('rate') }),
  ],
  ['provider 401', provider({ kind: 'status', status: 401, headers: JSON_TYPE, body: error('key') }, 2)],
  ['provider 404, wrongly', provider({ kind: 'status', status: 404, headers: JSON_TYPE, body: error('not_found') }, 1)],
  [
    'provider login page',
    provider({ kind: 'status', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }),
  ],
  ['provider answer lost', provider({ kind: 'lost-answer' })],
  ['provider hangs', provider({ kind: 'hang', ms: MINUTE_MS }, 2)],
  ['provider without DNS', provider({ kind: 'throw', message: 'DNS error' })],
  ['provider refuses a field', refuseField],
  ['grant revoked', revoke],
  ['scope dropped or given back', changeConsent],
  ['trigger deleted', deleteTrigger],
  ['property damaged', damage],
  ['trigger disabled', at('trigger', { kind: 'trigger-disabled' }, 2)],
];

/** Something goes wrong. Returns what. */
export function strikeOnce(day: Day): string {
  const [name, strike] = day.random.pick(MISFORTUNES);
  strike(day);
  return name;
}

/** All is well again, from now on. */
export function endMisfortunes(day: Day): void {
  day.world.faults.clear();
  for (const { person } of day.players) day.world.script.restoreGrant(person.email);
}

function kill(day: Day, when: 'before' | 'after'): void {
  day.world.faults.next('script', { kind: 'kill', when }, 1, day.random.int(30));
}

/** From now on, and for good: texts with some sign in them, or one of the zones. Only UTC is known everywhere. */
function refuseField({ service, random }: Day): void {
  const field = random.pick(['title', 'description', 'zone'] as const);
  const sign = random.pick([...'aeiost']);
  const zone = random.pick(ZONES.filter((one) => one !== 'UTC'));
  service.refusals?.refuse(field, (value) => (field === 'zone' ? value === zone : value.includes(sign)));
}

/** What somebody's add-on remembers of events or calendars is cut, replaced, or gone. */
function damage(day: Day): void {
  const { script, records } = day.world;
  const user = day.random.pick(day.players).person.email;
  const conferences = day.service.conferences()?.map(({ id }) => id) ?? [];
  const known = [...conferences, ...day.players.flatMap(({ calendars }) => calendars)];
  const names = Object.entries(script.userProperties(user))
    .filter(([, text]) => known.some((id) => text.includes(id)))
    .map(([name]) => name);
  if (names.length === 0) return;
  const how = day.random.pick(['cut', 'replace', 'drop'] as const);
  const before = damageProperty(script, records, user, day.random.pick(names), how) ?? '';
  for (const id of conferences) if (before.includes(id)) day.forgotten.add(id);
  // What stood there of a create that has failed was all that anybody knew of what was made in it.
  for (const [eventId, made] of day.madeUntold)
    if (before.includes(eventId)) for (const id of made) day.forgotten.add(id);
}

function revoke(day: Day): void {
  const user = day.random.pick(day.players).person.email;
  if (day.random.chance(0.5)) day.world.script.revokeGrant(user);
  else day.world.script.restoreGrant(user);
}

function deleteTrigger(day: Day): void {
  const calendarTriggers = day.world.script.triggers().filter(({ source }) => source === 'CALENDAR');
  if (calendarTriggers.length === 0) return;
  const { user, uid } = day.random.pick(calendarTriggers);
  day.world.script.removeTrigger(user, uid);
}
