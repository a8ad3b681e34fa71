/**
 * The guest list: checked, printed as Google prints it, and turned to the calendar it stands on.
 *
 * Addresses are kept in lower case. A guest sent without responseStatus has not answered, even who had (seen in
 * public reports; docs/facts/calendar.md, attendees-reset).
 */
import type { JsonObject } from '../world/json';
import { refuse } from './refusal';

const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+$/;
const RESPONSES = ['needsAction', 'declined', 'tentative', 'accepted'];

/** Beyond this many guests an answer is not carried to the others' copies: events reference, responseStatus. */
export const RESPONSES_SPREAD_LIMIT = 200;

/** The guests of a body, without the flags that depend on the calendar. */
export function readAttendees(given: JsonObject[]): JsonObject[] {
  const seen = new Set<string>();
  const read: JsonObject[] = [];
  for (const one of given) {
    const email = typeof one.email === 'string' ? one.email.trim().toLowerCase() : '';
    if (email === '') throw refuse.required('Missing attendee email.');
    if (!ADDRESS.test(email)) throw refuse.invalid('Invalid attendee email.');
    if (seen.has(email)) continue;
    seen.add(email);
    const attendee: JsonObject = { email };
    if (typeof one.displayName === 'string' && one.displayName !== '') attendee.displayName = one.displayName;
    for (const name of ['optional', 'resource']) if (one[name] === true) attendee[name] = true;
    const response = one.responseStatus ?? 'needsAction';
    if (!RESPONSES.includes(response as string)) throw refuse.invalid('Invalid value for: responseStatus');
    attendee.responseStatus = response;
    if (typeof one.comment === 'string' && one.comment !== '') attendee.comment = one.comment;
    if (typeof one.additionalGuests === 'number' && one.additionalGuests > 0) {
      attendee.additionalGuests = one.additionalGuests;
    }
    read.push(attendee);
  }
  return read;
}

/** The list as it stands on a calendar: `self` and `organizer` flags set anew. Keeps entries that need no change. */
export function turnAttendees(attendees: readonly JsonObject[], calendarId: string, organiser: string): JsonObject[] {
  return attendees.map((attendee) => {
    const self = attendee.email === calendarId;
    const organizer = attendee.email === organiser;
    if ((attendee.self === true) === self && (attendee.organizer === true) === organizer) return attendee;
    const { self: _self, organizer: _organizer, ...turned } = attendee;
    if (organizer) turned.organizer = true;
    if (self) turned.self = true;
    return turned;
  });
}

export function attendeesOf(event: JsonObject): readonly JsonObject[] {
  return (event.attendees as JsonObject[] | undefined) ?? [];
}

export function emailsOf(event: JsonObject): string[] {
  return attendeesOf(event).map((attendee) => attendee.email as string);
}

export function findAttendee(event: JsonObject, email: string): JsonObject | undefined {
  return attendeesOf(event).find((attendee) => attendee.email === email);
}

/** The list with one guest's answer (responseStatus, comment, additionalGuests) taken from `answer`. */
export function withAnswer(attendees: readonly JsonObject[], email: string, answer: JsonObject): JsonObject[] {
  return attendees.map((attendee) => {
    if (attendee.email !== email) return attendee;
    const { responseStatus: _r, comment: _c, additionalGuests: _a, ...rest } = attendee;
    for (const name of ['responseStatus', 'comment', 'additionalGuests']) {
      if (answer[name] !== undefined) rest[name] = answer[name];
    }
    return rest;
  });
}

export function sameAnswer(a: JsonObject, b: JsonObject): boolean {
  return a.responseStatus === b.responseStatus && a.comment === b.comment && a.additionalGuests === b.additionalGuests;
}

/**
 * A series' guest list changed from `before` to `after`: the list of one of its exceptions that had `own`.
 * Newcomers come, those taken off go, and an answer is carried over where the exception had the series' one.
 */
export function inheritAttendees(
  own: readonly JsonObject[],
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): JsonObject[] {
  const was = new Map(before.map((attendee) => [attendee.email, attendee]));
  const is = new Map(after.map((attendee) => [attendee.email, attendee]));
  const kept = own
    .filter((attendee) => is.has(attendee.email!) || !was.has(attendee.email!))
    .map((attendee) => {
      const old = was.get(attendee.email!);
      const now = is.get(attendee.email!);
      return old && now && sameAnswer(attendee, old) ? now : attendee;
    });
  const there = new Set(own.map((attendee) => attendee.email));
  return [...kept, ...after.filter((attendee) => !was.has(attendee.email!) && !there.has(attendee.email!))];
}
