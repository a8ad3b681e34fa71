/**
 * Brings a parsed file onto a calendar, through Calendar's own methods.
 *
 * First everything is imported into a scratch calendar in memory, so that whatever Calendar would refuse is known, and
 * left out by name, before the first real write. Should a write fail all the same, those before it are undone. An
 * event that is already there (same iCalUID) is brought to what the file says, and left alone where it says so
 * already. What the calendar has and the file lacks stays.
 */
import type { CalendarService } from '../calendar/service';
import { CalendarWriter, type OccurrenceOutcome, WriteRefused } from './calendar-writer';
import { byLine } from './left-out';
import type { LeftOut, ParsedIcs } from './parse';
import { rehearse } from './rehearsal';

export interface ImportSummary {
  added: number;
  updated: number;
  /** They already said what the file says. */
  unchanged: number;
  /** The file says that they are cancelled. */
  removed: number;
  /** Of the series among them: what became of the occurrences that the file names. */
  occurrences: Record<OccurrenceOutcome, number>;
  /** By line: what could not be read, and what Calendar refuses. */
  leftOut: LeftOut[];
}

/** The calendar refused a write that had been good in rehearsal. Everything before it was undone. */
export class ImportFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImportFailed';
  }
}

export interface ImportOptions {
  /** Nothing is imported when anything would be left out. */
  strict?: boolean;
}

/**
 * @param viewer address of the user whose import it is; needs to be allowed to write to the calendar.
 * Throws IcsError for what the file has wrong, when nothing is left of it or with `strict`; ImportFailed for what the
 * calendar refuses. The calendar is then as before.
 */
export function importInto(
  calendar: CalendarService,
  viewer: string,
  calendarId: string,
  parsed: ParsedIcs,
  { strict = false }: ImportOptions = {},
): ImportSummary {
  const writer = new CalendarWriter(calendar, viewer, calendarId);
  openForImport(writer);
  const { events, refused } = rehearse(viewer, writer.timeZone, parsed.events);
  const leftOut = [...parsed.leftOut, ...refused].sort(byLine);
  if (leftOut[0] !== undefined && (strict || events.length === 0)) throw leftOut[0].error;
  const occurrences = { changed: 0, cancelled: 0, asSeries: 0, alone: 0, nowhere: 0 };
  const summary: ImportSummary = { added: 0, updated: 0, unchanged: 0, removed: 0, occurrences, leftOut };
  try {
    for (const event of events) {
      const brought = writer.bring(event);
      summary[brought.event]++;
      for (const outcome of brought.occurrences) occurrences[outcome]++;
    }
  } catch (problem) {
    const left = writer.undo();
    if (!(problem instanceof WriteRefused)) throw problem;
    const outcome = left.length === 0 ? 'Nothing was imported.' : `Could not be undone: ${left.join('; ')}.`;
    throw new ImportFailed(`The calendar refused an event of the file: ${problem.message} ${outcome}`);
  }
  return summary;
}

function openForImport(writer: CalendarWriter): void {
  try {
    writer.open();
  } catch (problem) {
    if (!(problem instanceof WriteRefused)) throw problem;
    throw new ImportFailed(`The calendar cannot be read: ${problem.message} Nothing was imported.`);
  }
}
