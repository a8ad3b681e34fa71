/** --import: an iCalendar file into the calendar of the first user, and an account of all that it holds. */
import { readFileSync } from 'node:fs';
import { decodeFile } from '../ics/decode';
import { ImportFailed, type ImportOptions, type ImportSummary, importInto } from '../ics/import';
import { IcsError, type LeftOut, parseIcs } from '../ics/parse';
import type { World } from '../whole-world';
import { UsageError } from './options';

/** So many entries that were left out are named one by one. */
const NAMED = 50;

/**
 * @returns what was imported, what was read in one of several ways and what was left out, for the terminal.
 * Throws UsageError, and then the calendar is as before.
 */
export function importFile(world: World, file: string, user: string, options: ImportOptions = {}): string {
  const account = world.calendar.accounts().find(({ email }) => email === user);
  const { text, undecodable } = decodeFile(bytesOf(file));
  try {
    const parsed = parseIcs(text, { calendarZone: account?.timeZone ?? 'UTC', undecodable });
    const summary = importInto(world.calendar, user, user, parsed, options);
    return [
      `Imported ${file} into the calendar of ${user}: ${counts(summary)}.`,
      ...occurrences(summary),
      ...parsed.warnings,
      ...named(summary.leftOut),
    ].join('\n  ');
  } catch (error) {
    if (error instanceof IcsError || error instanceof ImportFailed) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`There is no file ${file}. --import takes an iCalendar file.`);
    throw new UsageError(`${file} cannot be read: ${code === 'EISDIR' ? 'it is a folder' : message}.`);
  }
}

function counts({ added, updated, unchanged, removed }: ImportSummary): string {
  const parts = [`${added} added`, `${updated} updated`, `${unchanged} unchanged`, `${removed} removed`];
  return parts.filter((part) => !part.startsWith('0 ')).join(', ') || 'it has no events';
}

/** Those of series that the file names one by one. */
function occurrences({ occurrences: { changed, cancelled, asSeries, alone, nowhere } }: ImportSummary): string[] {
  const parts = [
    `${changed} changed`,
    `${cancelled} cancelled`,
    `${asSeries} as the series has it`,
    `${alone} where the series has none, now an event of its own`,
    `${nowhere} cancelled where the series has none`,
  ].filter((part) => !part.startsWith('0 '));
  return parts.length === 0 ? [] : [`Single occurrences of series: ${parts.join(', ')}.`];
}

function named(leftOut: readonly LeftOut[]): string[] {
  const lines = leftOut.slice(0, NAMED).map(({ title, uid, error, ofSeries }) => {
    const name = title ?? uid;
    const series = ofSeries ? ' Its series shows that day as the rule has it.' : '';
    return `Left out${name === undefined ? '' : `, ${JSON.stringify(name)}`}: ${error.sentence}${series}`;
  });
  const more = leftOut.length - lines.length;
  return more > 0 ? [...lines, `And ${more} more were left out.`] : lines;
}
