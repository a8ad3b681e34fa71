/**
 * The smaller fields of an event that have rules of their own: extended properties, reminders, attachments, types.
 *
 * Sources: /workspace/calendar/api/guides/extended-properties, .../guides/event-types, the events reference.
 */
import type { JsonObject } from '../world/json';
import { refuse } from './refusal';

export const EXTENDED_LIMITS = { keyLength: 44, valueLength: 1024, properties: 300, totalBytes: 32_768 };
export const REMINDER_OVERRIDES_LIMIT = 5;
export const REMINDER_MINUTES_LIMIT = 40_320;
export const ATTACHMENTS_LIMIT = 25;

/** Over-long keys are dropped and over-long values cut, silently, as the guide says. */
export function readExtendedProperties(given: JsonObject): JsonObject | undefined {
  const read: JsonObject = {};
  let count = 0;
  let bytes = 0;
  for (const side of ['private', 'shared']) {
    const properties = given[side];
    if (typeof properties !== 'object' || properties === null) continue;
    const kept: JsonObject = {};
    for (const [key, value] of Object.entries(properties)) {
      if (key.length > EXTENDED_LIMITS.keyLength || value === null) continue;
      kept[key] = String(value).slice(0, EXTENDED_LIMITS.valueLength);
      count++;
      bytes += key.length + (kept[key] as string).length;
    }
    if (Object.keys(kept).length > 0) read[side] = kept;
  }
  if (count > EXTENDED_LIMITS.properties || bytes > EXTENDED_LIMITS.totalBytes) {
    throw refuse.invalid('Extended properties exceed the maximum size.');
  }
  return count === 0 ? undefined : read;
}

export function readReminders(given: JsonObject | undefined): JsonObject {
  if (given === undefined) return { useDefault: true };
  const overrides = given.overrides as JsonObject[] | undefined;
  if (given.useDefault === true && Array.isArray(overrides) && overrides.length > 0) {
    throw refuse.malformed(
      'cannotUseDefaultRemindersAndSpecifyOverride',
      'Cannot specify both default reminders and overrides at the same time.',
    );
  }
  if (!Array.isArray(overrides) || overrides.length === 0) return { useDefault: given.useDefault === true };
  if (overrides.length > REMINDER_OVERRIDES_LIMIT) throw refuse.invalid('Too many reminder overrides.');
  return {
    useDefault: false,
    overrides: overrides.map(({ method, minutes }) => {
      const fits = Number.isInteger(minutes) && Number(minutes) >= 0 && Number(minutes) <= REMINDER_MINUTES_LIMIT;
      if ((method !== 'email' && method !== 'popup') || !fits) throw refuse.invalid('Invalid reminder override.');
      return { method, minutes: minutes as number };
    }),
  };
}

export function readAttachments(given: JsonObject[]): JsonObject[] | undefined {
  if (given.length > ATTACHMENTS_LIMIT) throw refuse.invalid('Too many attachments.');
  for (const one of given) if (typeof one.fileUrl !== 'string') throw refuse.required('Missing attachment file URL.');
  const names = ['fileUrl', 'title', 'mimeType', 'iconLink', 'fileId'];
  const read = given.map((one) =>
    Object.fromEntries(names.filter((name) => typeof one[name] === 'string').map((name) => [name, one[name]!])),
  );
  return read.length === 0 ? undefined : read;
}

const TYPES = ['default', 'birthday', 'focusTime', 'outOfOffice', 'workingLocation'];

/** The type of a new event: only a primary calendar takes more than default ones; fromGmail cannot be made. */
export function readEventType(body: JsonObject, primary: boolean): string {
  const type = body.eventType ?? 'default';
  if (!TYPES.includes(type as string)) throw refuse.invalid('Invalid event type.');
  if (type === 'default') return type;
  if (!primary)
    throw refuse.malformed(
      'eventTypeRestriction',
      `Event type '${String(type)}' is only supported on primary calendars.`,
    );
  if (type === 'focusTime' || type === 'outOfOffice') {
    if (body.attendees !== undefined) throw refuse.malformed('eventTypeRestriction', 'Attendees are not supported.');
    if ((body.start as JsonObject | undefined)?.date !== undefined) {
      const name = type === 'focusTime' ? 'FocusTime' : 'OutOfOffice';
      throw refuse.malformed(`malformed${name}Event`, `A ${type} event must be timed.`);
    }
  }
  if (type === 'workingLocation' && body.workingLocationProperties === undefined) {
    throw refuse.malformed(
      'malformedWorkingLocationEvent',
      'A working location event must have working location properties.',
    );
  }
  if (type === 'birthday') checkBirthday(body);
  return type as string;
}

function checkBirthday(body: JsonObject): void {
  const yearly =
    Array.isArray(body.recurrence) && body.recurrence.some((line) => /^RRULE:.*FREQ=YEARLY/i.test(`${line}`));
  if ((body.start as JsonObject | undefined)?.date === undefined || !yearly) {
    throw refuse.malformed('malformedBirthdayEvent', 'A birthday must be an all-day event that repeats yearly.');
  }
}
