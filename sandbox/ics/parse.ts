/**
 * Reads an iCalendar file into Calendar v3 events: every entry that can be read, and by name those that cannot.
 *
 * Series and their exceptions are joined by UID and RECURRENCE-ID in whatever order they stand. Pure: no calendar is
 * touched (see import.ts). Left out, with a warning that counts them: tasks, journals, free/busy, reminders, and guests
 * without an address. X- properties are passed over in silence, but those that name a zone.
 * RFC 5545; the dialects of Google, Outlook and Apple exports.
 */

import { Zones } from '../world/zones';
import { type Component, readComponents } from './component';
import { type Entry, readEntry } from './entry';
import { IcsError } from './ics-error';
import { byLine, type LeftOut, leftOut, withoutMaster } from './left-out';
import type { MomentReader } from './moment';
import { propertyOf } from './property';
import { type ImportedEvent, joinSeries } from './series';
import { Warnings } from './warnings';
import { ZoneBook } from './zone-book';

export { IcsError } from './ics-error';
export type { LeftOut } from './left-out';
export type { ImportedEvent, ImportedException } from './series';

/** More are refused: a calendar of this size is no sandbox any more. */
export const EVENTS_LIMIT = 50_000;

export interface ParseOptions {
  /** IANA name of the calendar's zone: floating times are read in it. */
  calendarZone: string;
  /** Numbers of the lines with bytes that are no UTF-8 (decode.ts). */
  undecodable?: ReadonlySet<number>;
}

export interface ParsedIcs {
  events: ImportedEvent[];
  /** By line. */
  leftOut: LeftOut[];
  /** Sentences, each kind once. */
  warnings: string[];
}

const NO_EVENTS: Record<string, string> = {
  VTODO: 'tasks (VTODO) were left out',
  VJOURNAL: 'journals (VJOURNAL) were left out',
  VFREEBUSY: 'free/busy lists (VFREEBUSY) were left out',
  VAVAILABILITY: 'lists of working hours (VAVAILABILITY) were left out',
  // Old Apple exports put them beside their event.
  VALARM: 'reminders (VALARM) were left out',
};

/** Messages about an event, which say nothing of when it is. RFC 5546, 1.4. */
const MESSAGES = ['REPLY', 'REFRESH', 'COUNTER', 'DECLINECOUNTER'];

/** Throws IcsError for a file of which nothing is left; RangeError for a zone that is none. */
export function parseIcs(text: string, { calendarZone, undecodable = new Set() }: ParseOptions): ParsedIcs {
  const zones = new Zones();
  if (!zones.isZone(calendarZone)) throw new RangeError(`"${calendarZone}" is not a time zone of the IANA database.`);
  const warnings = new Warnings();
  const { calendars, strays, faults } = readComponents(text, undecodable, warnings);
  const out: LeftOut[] = [
    ...faults.map((error) => ({ line: error.line, error })),
    ...strays.map((component) => leftOut(component, component.fault as IcsError)),
  ];
  const book = new ZoneBook(zones, calendarZone, calendars);
  const byUid = new Map<string, Entry[]>();
  for (const { component, method } of entriesOf(calendars, warnings, out)) {
    const own: MomentReader = { warnings: new Warnings(), book };
    try {
      if (MESSAGES.includes(method)) throw messageOnly(component, method);
      const entry = readEntry(component, own, method === 'CANCEL');
      const same = byUid.get(entry.uid);
      if (same === undefined) byUid.set(entry.uid, [entry]);
      else same.push(entry);
      warnings.absorb(own.warnings);
    } catch (problem) {
      if (!(problem instanceof IcsError)) throw problem;
      out.push(leftOut(component, problem));
    }
  }
  out.push(...withoutMaster(out, byUid));
  const events = [...byUid.values()].flatMap((entries) => joinSeries(entries, { warnings, book }));
  out.sort(byLine);
  if (events.length === 0 && out[0] !== undefined) throw out[0].error;
  return { events: events.sort(byLine), leftOut: out, warnings: warnings.list() };
}

interface FoundEntry {
  component: Component;
  /** METHOD of its calendar, in upper case; empty where there is none. */
  method: string;
}

function entriesOf(calendars: Component[], warnings: Warnings, out: LeftOut[]): FoundEntry[] {
  const entries: FoundEntry[] = [];
  for (const calendar of calendars) {
    const method = propertyOf(calendar, 'METHOD')?.raw.trim().toUpperCase() ?? '';
    for (const component of calendar.components) {
      if (component.name === 'VEVENT') entries.push({ component, method });
      else {
        const error = component.fault ?? noComponent(component);
        if (Object.hasOwn(NO_EVENTS, component.name)) warnings.add(NO_EVENTS[component.name] as string, component.line);
        if (error !== undefined) out.push({ line: component.line, error });
      }
    }
  }
  const over = entries[EVENTS_LIMIT]?.component.line;
  if (over === undefined) return entries;
  throw new IcsError(over, `Here more than ${EVENTS_LIMIT} events are reached.`, 'Split the file.');
}

function noComponent({ name, line }: Component): IcsError | undefined {
  if (Object.hasOwn(NO_EVENTS, name) || name === 'VTIMEZONE' || name.startsWith('X-')) return undefined;
  return new IcsError(line, `${name} is no component of a calendar.`, 'Mend its name, or take it out.');
}

function messageOnly({ line }: Component, method: string): IcsError {
  const problem = `The METHOD of the file is ${method}: a message about an event, and not the event.`;
  return new IcsError(line, problem, 'Export the event from the calendar that has it.');
}
