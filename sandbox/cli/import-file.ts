/** --import: an iCalendar file into the calendar of the first user; all of it or nothing, and a sentence about it. */
import { readFileSync } from 'node:fs';
import { ImportFailed, type ImportSummary, importInto } from '../ics/import';
import { IcsError, parseIcs } from '../ics/parse';
import type { World } from '../whole-world';
import { UsageError } from './options';

/** @returns what was imported, for the terminal. Throws UsageError, and then the calendar is as before. */
export function importFile(world: World, file: string, user: string): string {
  const account = world.calendar.accounts().find(({ email }) => email === user);
  const text = readText(file);
  try {
    const parsed = parseIcs(text, { calendarZone: account?.timeZone ?? 'UTC' });
    const summary = importInto(world.calendar, user, user, parsed);
    return [`Imported ${file} into the calendar of ${user}: ${counts(summary)}.`, ...parsed.warnings].join('\n  ');
  } catch (error) {
    if (error instanceof IcsError || error instanceof ImportFailed) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`There is no file ${file}. --import takes an iCalendar file.`);
    throw new UsageError(`${file} cannot be read: ${code === 'EISDIR' ? 'it is a folder' : message}.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not in UTF-8, as iCalendar files are. Save it as UTF-8 and import that.`);
  }
}

function counts({ added, updated, unchanged, removed }: ImportSummary): string {
  const parts = [`${added} added`, `${updated} updated`, `${unchanged} unchanged`, `${removed} removed`];
  return parts.filter((part) => !part.startsWith('0 ')).join(', ') || 'it has no events';
}
