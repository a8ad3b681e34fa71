/**
 * One copy of an event on one calendar, as stored and as shown.
 *
 * `event` is the resource Google would send for a live row, ready made when it is written, so that listing costs
 * nothing. What a cancelled row still tells follows the `status` text of the events reference: see `showRow`.
 */
import type { JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';

/**
 * Why a row is cancelled. `deleted`: by whoever organises it. `removed`: a guest took it off the own calendar.
 * `withdrawn`: the organiser deleted it or took the guest off. `moved`: it lives on another calendar now.
 * `occurrence`: one occurrence of a live series. `series`: an exception whose series was deleted. `trimmed`: one that
 * its series no longer has a slot for.
 */
export type Gone = 'deleted' | 'removed' | 'withdrawn' | 'moved' | 'occurrence' | 'series' | 'trimmed';

/** What a series was before its times or rules changed: listing expanded occurrences must report the lost ones. */
export interface FormerSeries {
  /** Change number up to which it was so. */
  until: number;
  start: JsonObject;
  recurrence: string[];
}

export interface EventRow {
  calendarId: string;
  id: string;
  /** The calendar's change counter when this row was last written. */
  change: number;
  updatedMs: number;
  /** Instants of start and (exclusive) end; of the first occurrence for a series. */
  startMs: number;
  endMs: number;
  gone?: Gone;
  former?: FormerSeries[];
  /** A private copy (imported, or privateCopy): it is in touch with no other calendar. */
  alone?: true;
  event: JsonObject;
}

/** Of calendars, lists and rules etags are opaque; ours grow with a counter. */
const ETAG_BASE = 3_100_000_000_000_000;

export function etagOf(change: number): string {
  return `"${ETAG_BASE + change * 2000}"`;
}

/** The etag of an event that was written at this time, in microseconds: recorded ones are the time, twice. */
export function etagAt(us: number): string {
  return `"${us * 2}"`;
}

/** When a row was written, in microseconds, as its etag tells. */
export function writtenUs({ event }: EventRow): number {
  return Number((event.etag as string).slice(1, -1)) / 2;
}

/** By time of change, then by id: the order of all recorded lists that were not asked for another. */
export function inOrderOfChange(a: EventRow, b: EventRow): number {
  return writtenUs(a) - writtenUs(b) || (a.id < b.id ? -1 : 1);
}

export function isSeries(event: JsonObject): boolean {
  return event.recurrence !== undefined;
}

export function isException(event: JsonObject): boolean {
  return event.recurringEventId !== undefined;
}

/** Freezes a value and everything in it; stops where it is frozen already. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freezeDeep(inner);
  return Object.freeze(value);
}

/** Equal as JSON, whatever the order of names. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => name in right && sameJson(left[name], right[name]));
}

/** What of a cancelled row is told beyond its id, as far as nobody outside Google knows it. */
export type TombstoneSwitches = Pick<
  SwitchSettings,
  | 'tombstoneKeepsConference'
  | 'movedTombstone'
  | 'guestTombstone'
  | 'trimmedException'
  | 'cancelledOccurrenceKeepsDetails'
>;

/**
 * The resource to show for a row. A live one as it is. A cancelled one without `detail`: the stub {kind, etag, id, status},
 * of an occurrence of a live series with recurringEventId and originalStartTime. With `detail` it is whole, its conference
 * too on a guest's copy, unless the switch for its kind says less.
 * @param detail false for lists without showDeleted.
 */
export function showRow(row: EventRow, detail: boolean, switches: TombstoneSwitches): JsonObject {
  const { gone, event } = row;
  if (gone === undefined) return event;
  const stub: JsonObject = { kind: event.kind!, etag: event.etag!, id: event.id!, status: 'cancelled' };
  if (gone === 'occurrence' && !(detail && switches.cancelledOccurrenceKeepsDetails)) {
    stub.recurringEventId = event.recurringEventId!;
    stub.originalStartTime = event.originalStartTime!;
    return stub;
  }
  if (!detail || tellsOnlyId(row, switches)) return stub;
  if (gone === 'moved' && switches.movedTombstone === 'placeholder') return placeholderOf(stub, event);
  return withDetails(row, switches);
}

function tellsOnlyId({ gone, event }: EventRow, switches: TombstoneSwitches): boolean {
  if (gone === 'moved') return !['detailed', 'placeholder'].includes(switches.movedTombstone);
  if (gone === 'trimmed') return switches.trimmedException === 'bare';
  return isGuests(event) && gone !== 'removed' && gone !== 'occurrence' && switches.guestTombstone === 'bare';
}

/** Whether the copy's organiser is another calendar. */
function isGuests(event: JsonObject): boolean {
  return (event.organizer as JsonObject).self !== true;
}

/** Whether asking for it by id finds nothing, though lists still tell that it went. */
export function isForgotten(row: EventRow, { movedTombstone }: TombstoneSwitches): boolean {
  return row.gone === 'moved' && movedTombstone === 'absent';
}

/** A cancelled row with all that it still tells. */
export function withDetails({ gone, event }: EventRow, switches: TombstoneSwitches): JsonObject {
  const shown: JsonObject = { ...event, status: 'cancelled' };
  const keeps = switches.tombstoneKeepsConference || (isGuests(event) && gone !== 'moved');
  if (!keeps) {
    delete shown.conferenceData;
    delete shown.hangoutLink;
  }
  return shown;
}

/** A cancelled row as it was seen on a room's calendar: no organiser, no title, and a day of the year 2000. */
function placeholderOf(stub: JsonObject, event: JsonObject): JsonObject {
  const day = (date: string): JsonObject => ({ dateTime: `${date}T00:00:00Z`, timeZone: 'UTC' });
  return {
    ...stub,
    htmlLink: event.htmlLink!,
    updated: event.updated!,
    creator: event.creator!,
    start: day('2000-01-01'),
    end: day('2000-01-02'),
    transparency: 'transparent',
    iCalUID: event.iCalUID!,
  };
}
