/**
 * Properties that an entry may have once, and has twice. RFC 5545, 3.6.1.
 *
 * Where the two differ in when the event is, which one holds cannot be known. Of texts and the like the first is taken.
 */
import type { Component } from './component';
import { IcsError } from './ics-error';
import type { Warnings } from './warnings';

const DECIDING = new Set(['DTSTART', 'DTEND', 'DURATION', 'RECURRENCE-ID', 'UID']);
const ONCE = new Set([
  ...DECIDING,
  'CLASS',
  'DESCRIPTION',
  'LOCATION',
  'ORGANIZER',
  'SEQUENCE',
  'STATUS',
  'SUMMARY',
  'TRANSP',
]);

/** Throws IcsError. */
export function checkRepeated({ properties }: Component, warnings: Warnings): void {
  const first = new Map<string, string>();
  for (const { name, line, text } of properties) {
    if (!ONCE.has(name)) continue;
    const before = first.get(name);
    if (before === undefined) first.set(name, text);
    else if (before !== text && DECIDING.has(name)) {
      throw new IcsError(line, `This entry has another ${name} before this one.`, 'Take one of the two out.');
    } else if (before !== text) warnings.add('lines of an entry were there twice; the first was taken', line);
  }
}
