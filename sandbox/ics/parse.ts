/**
 * Reads an iCalendar file into Calendar v3 events: all of it, or an IcsError that names the line.
 *
 * Series and their exceptions are joined by UID and RECURRENCE-ID in whatever order they stand. Pure: no calendar is
 * touched (see import.ts). Left out, with a warning that counts them: tasks, journals, free/busy, reminders, and guests
 * without an address. X- properties are passed over in silence, but those that name a zone.
 * RFC 5545; the dialects of Google, Outlook and Apple exports.
 */

import type { JsonObject } from '../world/json';
import { Zones } from '../world/zones';
import { type Component, readComponents } from './component';
import { type Entry, readEntry } from './entry';
import { IcsError } from './ics-error';
import { lonelyUid } from './lonely-uid';
import { likeStart, type Moment, type MomentReader, toEventTime, toStamp } from './moment';
import { Warnings } from './warnings';
import { ZoneBook } from './zone-book';

export { IcsError } from './ics-error';

/** More are refused: a calendar of this size is no sandbox any more. */
export const EVENTS_LIMIT = 50_000;

export interface ImportedException {
  line: number;
  /** Which occurrence: as the API's originalStartTime. */
  originalStartTime: JsonObject;
  /** Complete, as a body; or the occurrence is cancelled. */
  change: JsonObject | 'cancelled';
}

export interface ImportedEvent {
  line: number;
  iCalUID: string;
  /** Body of a Calendar v3 event, with iCalUID and sequence; or the file says that the event is cancelled. */
  event: JsonObject | 'cancelled';
  /** Of a series, by original start. */
  exceptions: ImportedException[];
}

export interface ParsedIcs {
  events: ImportedEvent[];
  /** Sentences, each kind once. */
  warnings: string[];
}

const LEFT_OUT: Record<string, string> = {
  VTODO: 'tasks (VTODO) were left out',
  VJOURNAL: 'journals (VJOURNAL) were left out',
  VFREEBUSY: 'free/busy lists (VFREEBUSY) were left out',
  VAVAILABILITY: 'lists of working hours (VAVAILABILITY) were left out',
  // Old Apple exports put them beside their event.
  VALARM: 'reminders (VALARM) were left out',
};

/**
 * @param calendarZone IANA name of the calendar's zone: floating times are read in it.
 * Throws IcsError; RangeError for a zone that is none.
 */
export function parseIcs(text: string, { calendarZone }: { calendarZone: string }): ParsedIcs {
  const zones = new Zones();
  if (!zones.isZone(calendarZone)) throw new RangeError(`"${calendarZone}" is not a time zone of the IANA database.`);
  const calendars = readComponents(text);
  const warnings = new Warnings();
  const reader: MomentReader = { warnings, book: new ZoneBook(zones, calendarZone, calendars) };
  const byUid = new Map<string, Entry[]>();
  for (const component of entriesOf(calendars, warnings)) {
    const entry = readEntry(component, reader);
    const same = byUid.get(entry.uid);
    if (same === undefined) byUid.set(entry.uid, [entry]);
    else same.push(entry);
  }
  const events = [...byUid.values()].flatMap((entries) => joinSeries(entries, reader));
  return { events: events.sort((a, b) => a.line - b.line), warnings: warnings.list() };
}

function entriesOf(calendars: Component[], warnings: Warnings): Component[] {
  const entries: Component[] = [];
  for (const component of calendars.flatMap((calendar) => calendar.components)) {
    if (component.name === 'VEVENT') entries.push(component);
    else if (Object.hasOwn(LEFT_OUT, component.name)) warnings.add(LEFT_OUT[component.name] as string, component.line);
    else if (component.name !== 'VTIMEZONE' && !component.name.startsWith('X-')) {
      const problem = `${component.name} is no component of a calendar.`;
      throw new IcsError(component.line, problem, 'Mend its name, or take it out.');
    }
  }
  const over = entries[EVENTS_LIMIT];
  if (over !== undefined)
    throw new IcsError(over.line, `Here more than ${EVENTS_LIMIT} events are reached.`, 'Split the file.');
  return entries;
}

/** The event of one UID with its exceptions; exceptions without a series become events of their own. */
function joinSeries(entries: Entry[], reader: MomentReader): ImportedEvent[] {
  const master = newest(
    entries.filter((entry) => entry.recurrenceId === undefined),
    reader,
  );
  const bySlot = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.recurrenceId === undefined) continue;
    const slot = toStamp(
      master === undefined ? entry.recurrenceId : likeStart(entry.recurrenceId, master.start, reader),
    );
    bySlot.set(slot, [...(bySlot.get(slot) ?? []), entry]);
  }
  const exceptions = [...bySlot]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([slot, same]) => ({ slot, entry: newest(same, reader) as Entry }));
  if (master?.body.recurrence === undefined) {
    const alone = exceptions.map(({ slot, entry }) => {
      reader.warnings.add('changed occurrences came without their series and became events of their own', entry.line);
      return imported(entry, lonelyUid(entry.uid, slot));
    });
    return master === undefined ? alone : [imported(master, master.uid), ...alone];
  }
  const event = imported(master, master.uid);
  event.exceptions = exceptions.map(({ entry }) => ({
    line: entry.line,
    originalStartTime: toEventTime(likeStart(entry.recurrenceId as Moment, master.start, reader), reader),
    change: entry.cancelled ? 'cancelled' : entry.body,
  }));
  return [event];
}

function imported(entry: Entry, iCalUID: string): ImportedEvent {
  const { line, sequence, cancelled, body } = entry;
  return { line, iCalUID, event: cancelled ? 'cancelled' : { iCalUID, sequence, ...body }, exceptions: [] };
}

/** Of several entries for one thing the one that is to hold: highest SEQUENCE, then latest stamp, then last in the file. */
function newest(entries: Entry[], { warnings }: MomentReader): Entry | undefined {
  return entries.reduce<Entry | undefined>((best, entry) => {
    if (best === undefined) return entry;
    warnings.add('entries were in the file more than once; the newest was taken', entry.line);
    const later = entry.sequence - best.sequence || (entry.stamp < best.stamp ? -1 : 1);
    return later > 0 ? entry : best;
  }, undefined);
}
