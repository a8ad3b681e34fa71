/** What the lines of a series leave out of its rule and add to it, read without any add-on. RFC 5545, 3.8.5. */
import { DateTime } from 'luxon';
import type { OracleEvent } from './day';

export const LEFT_OUT = /^EXDATE[;:]/;
export const ADDED = /^RDATE[;:]/;

/** Of a series: has it lines that add dates to its rule? */
export function addsDates({ recurrence = [] }: Pick<OracleEvent, 'recurrence'>): boolean {
  return recurrence.some((line) => ADDED.test(line));
}

/** The lines without those that leave dates out. */
export function withoutLeftOut(recurrence: readonly string[]): string[] {
  return recurrence.filter((line) => !LEFT_OUT.test(line));
}

/**
 * When the occurrences would be that a series leaves out: epoch milliseconds, of whole days their midnight in `zone`.
 * @param zone the series' own.
 */
export function leftOutMs({ recurrence = [], start }: OracleEvent, zone: string): number[] {
  const hour = start.dateTime === undefined ? '' : DateTime.fromISO(start.dateTime, { zone }).toFormat("'T'HHmmss");
  return recurrence
    .filter((line) => LEFT_OUT.test(line))
    .flatMap((line) => {
      const named = /;TZID=([^;:]+)/.exec(line)?.[1];
      return line
        .slice(line.lastIndexOf(':') + 1)
        .split(',')
        .map((text) => (start.date === undefined ? text : text.slice(0, 8)))
        .map((text) => DateTime.fromISO(text.length === 8 ? text + hour : text, { zone: named ?? zone }).toMillis());
    });
}
