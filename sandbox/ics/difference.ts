/**
 * What has to be patched so that an event on a calendar says what a file says.
 *
 * Only what iCalendar can tell is looked at: a conference, reminders, colours and the like stay as they are. Equal
 * instants are equal however they are written.
 */
import type { JsonObject } from '../world/json';

type Reading = (event: JsonObject) => JsonObject[string] | undefined;

const plain =
  (name: string): Reading =>
  (event) =>
    event[name];

/** How each field is compared, and that is also how it is written back. */
const FIELDS: Record<string, Reading> = {
  status: (event) => event.status ?? 'confirmed',
  summary: plain('summary'),
  description: plain('description'),
  location: plain('location'),
  start: (event) => eventTime(event, 'start'),
  end: (event) => eventTime(event, 'end'),
  recurrence: plain('recurrence'),
  transparency: plain('transparency'),
  visibility: plain('visibility'),
  attendees: (event) => (event.attendees as JsonObject[] | undefined)?.map(guest),
};

/** The body of a patch that turns `present` into `wanted`, or undefined where nothing differs. */
export function patchTo(present: JsonObject, wanted: JsonObject): JsonObject | undefined {
  const patch: JsonObject = {};
  for (const [name, read] of Object.entries(FIELDS)) {
    const value = read(wanted);
    if (JSON.stringify(read(present)) !== JSON.stringify(value)) patch[name] = value ?? null;
  }
  // A patch merges: without this a day would be left beside a time.
  for (const name of ['start', 'end']) {
    if (patch[name] !== undefined) patch[name] = { date: null, dateTime: null, ...(wanted[name] as JsonObject) };
  }
  if (patch.start === undefined && patch.end === undefined) return Object.keys(patch).length > 0 ? patch : undefined;
  const { start, end } = wanted as Record<string, JsonObject>;
  return { ...patch, start: { date: null, dateTime: null, ...start }, end: { date: null, dateTime: null, ...end } };
}

/** A cancelled occurrence may have no times at all. */
function eventTime(event: JsonObject, name: 'start' | 'end'): JsonObject | undefined {
  const time = event[name] as { date?: string; dateTime?: string; timeZone?: string } | undefined;
  if (time === undefined) return undefined;
  if (time.date !== undefined) return { date: time.date };
  return { atMs: Date.parse(time.dateTime as string), timeZone: time.timeZone ?? null };
}

function guest(attendee: JsonObject): JsonObject {
  const { email, displayName, responseStatus, optional, resource, additionalGuests } = attendee;
  const told = {
    email,
    displayName,
    responseStatus: responseStatus ?? 'needsAction',
    optional,
    resource,
    additionalGuests,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as JsonObject;
}
