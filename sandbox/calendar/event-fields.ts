/**
 * The fields of an event: who owns each, who may write it, what is its default.
 *
 * Source: the events reference (/workspace/calendar/api/v3/reference/events) and the guides on inviting attendees and
 * on extended properties. `shared` fields belong to the organiser and are copied to guests; `own` ones belong to each
 * copy.
 */
import type { JsonObject } from '../world/json';
import { refuse } from './refusal';

export type FieldType = 'text' | 'boolean' | 'integer' | 'object' | 'texts' | 'objects';

export interface Field {
  type: FieldType;
  owner: 'shared' | 'own';
  /** A value that Google leaves out of its answers. */
  silent?: string | boolean;
  values?: readonly string[];
}

const flag = (silent: boolean): Field => ({ type: 'boolean', owner: 'shared', silent });
const shared = (type: FieldType): Field => ({ type, owner: 'shared' });

/** What a client may write, in the order Google prints it; the rest of a body is passed over. */
export const WRITABLE: Record<string, Field> = {
  status: { type: 'text', owner: 'shared', values: ['confirmed', 'tentative', 'cancelled'] },
  summary: shared('text'),
  description: shared('text'),
  location: shared('text'),
  colorId: { type: 'text', owner: 'own' },
  start: shared('object'),
  end: shared('object'),
  recurrence: shared('texts'),
  transparency: { type: 'text', owner: 'own', silent: 'opaque', values: ['opaque', 'transparent'] },
  visibility: {
    type: 'text',
    owner: 'shared',
    silent: 'default',
    values: ['default', 'public', 'private', 'confidential'],
  },
  sequence: shared('integer'),
  attendees: shared('objects'),
  anyoneCanAddSelf: flag(false),
  guestsCanInviteOthers: flag(true),
  guestsCanModify: flag(false),
  guestsCanSeeOtherGuests: flag(true),
  extendedProperties: shared('object'),
  conferenceData: shared('object'),
  gadget: shared('object'),
  reminders: { type: 'object', owner: 'own' },
  source: shared('object'),
  attachments: shared('objects'),
  privateCopy: flag(false),
  workingLocationProperties: { type: 'object', owner: 'own' },
  outOfOfficeProperties: { type: 'object', owner: 'own' },
  focusTimeProperties: { type: 'object', owner: 'own' },
  birthdayProperties: { type: 'object', owner: 'own' },
};

/** Only the organiser's copy may change these: /workspace/calendar/api/guides/errors, forbiddenForNonOrganizer. */
export const ORGANISER_ONLY = [
  'anyoneCanAddSelf',
  'guestsCanInviteOthers',
  'guestsCanModify',
  'guestsCanSeeOtherGuests',
];

/** Every field name of the Event resource, for partial responses. */
export const EVENT_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(WRITABLE),
  ...['kind', 'etag', 'id', 'htmlLink', 'created', 'updated', 'creator', 'organizer', 'endTimeUnspecified'],
  ...['recurringEventId', 'originalStartTime', 'iCalUID', 'attendeesOmitted', 'hangoutLink', 'locked', 'eventType'],
]);

/** What an organiser's edit carries to guests' copies, beside extendedProperties.shared. */
export const SHARED_NAMES: readonly string[] = [
  ...Object.keys(WRITABLE).filter((name) => WRITABLE[name]!.owner === 'shared' && name !== 'extendedProperties'),
  ...['creator', 'organizer', 'hangoutLink', 'endTimeUnspecified', 'eventType', 'created', 'iCalUID'],
  ...['recurringEventId', 'originalStartTime'],
];

export const OWN_NAMES: readonly string[] = Object.keys(WRITABLE).filter((name) => WRITABLE[name]!.owner === 'own');

/** The body as an object; 400 when it is not one. */
export function readBody(body: unknown): JsonObject {
  if (body === undefined || body === null) throw refuse.required('Required');
  if (typeof body !== 'object' || Array.isArray(body)) throw refuse.invalid('Parse Error');
  return body as JsonObject;
}

/** Refuses a value of the wrong JSON type, as Google's parser does before it looks at anything else. */
export function checkType(name: string, value: unknown, type: FieldType): void {
  const fits =
    type === 'text'
      ? typeof value === 'string' || typeof value === 'number'
      : type === 'boolean'
        ? typeof value === 'boolean'
        : type === 'integer'
          ? Number.isInteger(value)
          : type === 'object'
            ? typeof value === 'object' && !Array.isArray(value)
            : Array.isArray(value) && value.every((one) => typeof one === (type === 'texts' ? 'string' : 'object'));
  if (!fits) throw refuse.invalid(`Invalid value for: ${name}`);
}

/**
 * Patch semantics (/workspace/calendar/api/guides/performance#patch): objects are merged, null takes away, arrays are
 * replaced whole.
 */
export function mergePatch(base: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged: Record<string, unknown> =
    typeof base === 'object' && base !== null && !Array.isArray(base) ? { ...base } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else if (value !== undefined) merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}
