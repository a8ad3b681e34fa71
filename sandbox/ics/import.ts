/**
 * Brings a parsed file onto a calendar, through Calendar's own methods: all of it, or none.
 *
 * First everything is imported into a scratch calendar in memory, so that whatever Calendar would refuse is known
 * before the first real write. Should a write fail all the same, those before it are undone. An event that is already
 * there (same iCalUID) is brought to what the file says, and left alone where it says so already. What the calendar has
 * and the file lacks stays.
 */
import { CalendarService } from '../calendar/service';
import { VirtualClock } from '../world/clock';
import { Faults } from '../world/faults';
import { Random } from '../world/random';
import { MemoryRecords } from '../world/records';
import { switchSettings } from '../world/switches';
import { Trace } from '../world/trace';
import { CalendarWriter, WriteRefused } from './calendar-writer';
import { IcsError } from './ics-error';
import type { ImportedEvent, ParsedIcs } from './parse';

export interface ImportSummary {
  added: number;
  updated: number;
  /** They already said what the file says. */
  unchanged: number;
  /** The file says that they are cancelled. */
  removed: number;
}

/** The calendar refused a write that had been good in rehearsal. Everything before it was undone. */
export class ImportFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImportFailed';
  }
}

/**
 * @param viewer address of the user whose import it is; needs to be allowed to write to the calendar.
 * Throws IcsError for what the file has wrong, ImportFailed for what the calendar refuses. The calendar is then as before.
 */
export function importInto(
  calendar: CalendarService,
  viewer: string,
  calendarId: string,
  parsed: ParsedIcs,
): ImportSummary {
  const writer = new CalendarWriter(calendar, viewer, calendarId);
  openForImport(writer);
  rehearse(viewer, writer.timeZone, parsed);
  const summary: ImportSummary = { added: 0, updated: 0, unchanged: 0, removed: 0 };
  try {
    for (const event of parsed.events) summary[writer.bring(event)]++;
  } catch (problem) {
    const left = writer.undo();
    if (!(problem instanceof WriteRefused)) throw problem;
    const outcome = left.length === 0 ? 'Nothing was imported.' : `Could not be undone: ${left.join('; ')}.`;
    throw new ImportFailed(`The calendar refused an event of the file: ${problem.message} ${outcome}`);
  }
  return summary;
}

/** Throws IcsError for the first event that Calendar refuses. */
function rehearse(viewer: string, timeZone: string, parsed: ParsedIcs): void {
  const scratch = new CalendarService({
    records: new MemoryRecords(),
    clock: new VirtualClock(0),
    random: new Random('rehearsal'),
    switches: switchSettings(),
    faults: new Faults(),
    trace: new Trace(),
    quota: 'off',
  });
  scratch.createAccount({ email: viewer, timeZone });
  const writer = new CalendarWriter(scratch, viewer, viewer);
  for (const event of parsed.events) rehearseOne(writer, event);
}

function rehearseOne(writer: CalendarWriter, event: ImportedEvent): void {
  try {
    writer.bring(event);
  } catch (problem) {
    if (!(problem instanceof WriteRefused)) throw problem;
    throw new IcsError(problem.line, `Calendar refuses this entry: ${problem.message}`, 'Mend it, or take it out.');
  }
}

function openForImport(writer: CalendarWriter): void {
  try {
    writer.open();
  } catch (problem) {
    if (!(problem instanceof WriteRefused)) throw problem;
    throw new ImportFailed(`The calendar cannot be read: ${problem.message} Nothing was imported.`);
  }
}
