/** Entries of one UID joined to an event with its exceptions, by RECURRENCE-ID, in whatever order they stand. */
import type { JsonObject } from '../world/json';
import { patchTo } from './difference';
import type { Entry } from './entry';
import { lonelyUid } from './lonely-uid';
import { likeStart, type Moment, type MomentReader, toEventTime, toStamp } from './moment';

export interface ImportedException {
  line: number;
  /** Which occurrence: as the API's originalStartTime. */
  originalStartTime: JsonObject;
  /** Complete, as a body; or the occurrence is cancelled. */
  change: JsonObject | 'cancelled';
  /** It says no more than the series does of that occurrence. */
  asSeries: boolean;
}

export interface ImportedEvent {
  line: number;
  iCalUID: string;
  /** Body of a Calendar v3 event, with iCalUID and sequence; or the file says that the event is cancelled. */
  event: JsonObject | 'cancelled';
  /** Of a series, by original start. */
  exceptions: ImportedException[];
}

/** The event of one UID with its exceptions; exceptions without a series become events of their own. */
export function joinSeries(entries: Entry[], reader: MomentReader): ImportedEvent[] {
  const master = newest(
    entries.filter((entry) => entry.recurrenceId === undefined),
    reader,
  );
  const exceptions = bySlot(entries, master, reader);
  if (master?.body.recurrence === undefined) {
    const alone = exceptions.map(({ slot, entry }) => {
      reader.warnings.add('changed occurrences came without their series and became events of their own', entry.line);
      return imported(entry, lonelyUid(entry.uid, slot));
    });
    return master === undefined ? alone : [imported(master, master.uid), ...alone];
  }
  const event = imported(master, master.uid);
  event.exceptions = exceptions.map(({ entry }) => exceptionOf(entry, master, reader));
  return [event];
}

function bySlot(entries: Entry[], master: Entry | undefined, reader: MomentReader) {
  const slots = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { recurrenceId, line } = entry;
    if (recurrenceId === undefined) continue;
    const slot = toStamp(master === undefined ? recurrenceId : likeStart(recurrenceId, master.start, reader, line));
    const same = slots.get(slot);
    if (same === undefined) slots.set(slot, [entry]);
    else same.push(entry);
  }
  return [...slots]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([slot, same]) => ({ slot, entry: newest(same, reader) as Entry }));
}

function exceptionOf(entry: Entry, master: Entry, reader: MomentReader): ImportedException {
  const { line, cancelled, body } = entry;
  const original = likeStart(entry.recurrenceId as Moment, master.start, reader, line);
  return {
    line,
    originalStartTime: toEventTime(original, reader),
    change: cancelled ? 'cancelled' : body,
    asSeries: !cancelled && !master.cancelled && patchTo(occurrenceOf(master, original, reader), body) === undefined,
  };
}

/** What a series says of the occurrence that starts there. */
function occurrenceOf(master: Entry, original: Moment, reader: MomentReader): JsonObject {
  const { recurrence: _rules, ...body } = master.body;
  const end = shifted(master.end, original.ms - master.start.ms);
  return { ...body, start: toEventTime(original, reader), end: toEventTime(end, reader) };
}

function shifted(moment: Moment, byMs: number): Moment {
  const ms = moment.ms + byMs;
  return moment.allDay ? { ...moment, ms, date: new Date(ms).toISOString().slice(0, 10) } : { ...moment, ms };
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
