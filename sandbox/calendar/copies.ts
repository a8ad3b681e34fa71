/**
 * A guest's copy of an event: made from the organiser's row, kept apart where it is the guest's own.
 *
 * Same id and iCalUID; shared fields from the organiser; reminders, colour, transparency and private extended
 * properties from the copy (/workspace/calendar/api/concepts/inviting-attendees-to-events).
 */
import type { JsonObject } from '../world/json';
import { timestamp, type Zones } from '../world/zones';
import { attendeesOf, turnAttendees } from './attendees';
import { OWN_NAMES, SHARED_NAMES } from './event-fields';
import type { RowDraft } from './event-store';
import { instantOf, inZone } from './event-time';
import { type EventRow, sameJson } from './row';

export interface CopyRequest {
  /** The guest's primary calendar, which is the guest's address. */
  guest: string;
  guestZone: string;
  /** The zone of the organiser's calendar. */
  zone: string;
  /** What stands there now, stored or as an occurrence of the guest's own series. */
  present: EventRow | undefined;
  nowMs: number;
}

/** The guest's row for the organiser's `row`, or undefined when it says so already. */
export function copyFor(row: EventRow, request: CopyRequest, zones: Zones): RowDraft | undefined {
  const { guest, guestZone, zone, present, nowMs } = request;
  const event: JsonObject = {
    kind: 'calendar#event',
    etag: present?.event.etag ?? '',
    id: row.id,
    htmlLink: htmlLink(row.id, guest),
    updated: present?.event.updated ?? '',
  };
  for (const name of SHARED_NAMES) if (row.event[name] !== undefined) event[name] = row.event[name]!;
  for (const name of OWN_NAMES) if (present?.event[name] !== undefined) event[name] = present.event[name]!;
  event.reminders ??= { useDefault: true };
  const extended = ownAndShared(present?.event, row.event);
  if (extended) event.extendedProperties = extended;
  turnPeople(event, guest);
  for (const name of guestZone === zone ? [] : ['start', 'end', 'originalStartTime']) {
    if (event[name] !== undefined) event[name] = inZone(event[name] as JsonObject, guestZone, zones);
  }
  if (present?.gone === undefined && sameJson(event, present?.event)) return undefined;
  event.updated = timestamp(nowMs);
  return {
    calendarId: guest,
    id: row.id,
    updatedMs: nowMs,
    startMs: guestZone === zone ? row.startMs : instantOf(event.start as JsonObject, guestZone, zones),
    endMs: guestZone === zone ? row.endMs : instantOf(event.end as JsonObject, guestZone, zones),
    ...(present?.former && { former: present.former }),
    event,
  };
}

/** Sets every `self` and `organizer` flag for the calendar the event stands on. */
export function turnPeople(event: JsonObject, calendarId: string): void {
  for (const name of ['creator', 'organizer']) {
    const person = event[name] as JsonObject;
    const { self: _self, ...rest } = person;
    event[name] = person.email === calendarId ? { ...rest, self: true } : rest;
  }
  if (event.attendees !== undefined) {
    const organiser = (event.organizer as JsonObject).email as string;
    event.attendees = turnAttendees(attendeesOf(event), calendarId, organiser);
  }
}

/** Extended properties: the private ones of a copy beside the shared ones of the organiser's row. */
function ownAndShared(own: JsonObject | undefined, organiser: JsonObject): JsonObject | undefined {
  const shared = (organiser.extendedProperties as JsonObject | undefined)?.shared;
  const mine = (own?.extendedProperties as JsonObject | undefined)?.private;
  if (shared === undefined && mine === undefined) return undefined;
  return { ...(mine !== undefined && { private: mine }), ...(shared !== undefined && { shared }) };
}

/** The link to the event in Calendar's own interface, in Google's form: base64 of "id address", its domain shortened. */
export function htmlLink(id: string, calendarId: string): string {
  const address = calendarId.replace(/@gmail\.com$/, '@m').replace(/@group\.calendar\.google\.com$/, '@g');
  return `https://www.google.com/calendar/event?eid=${Buffer.from(`${id} ${address}`).toString('base64url')}`;
}
