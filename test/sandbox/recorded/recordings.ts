/**
 * The recorded answers of Google's, where they are: no part of this project, read from `../shared/recordings` beside the
 * checkout. What each shows stands in the situations, in this project's own words.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const DIR = resolve(__dirname, '../../../../shared/recordings');

export const recordingsFound = existsSync(DIR);
if (!recordingsFound)
  console.warn('The situations are not held to the recordings: they are not at ../shared/recordings.');

export function recorded(file: string): unknown {
  return JSON.parse(readFileSync(resolve(DIR, file), 'utf8'));
}

/** All files there are. */
export function recordingNames(): string[] {
  return (recorded('index.json') as Array<{ file: string }>).map(({ file }) => file);
}

/** Recordings that are not played, and why. */
export const NOT_PLAYED: Record<string, string> = {
  'nango-2026-03/event-quick-add.json': 'quickAdd is not simulated: no add-on that keeps conferences needs it.',
  'nango-2026-03/freebusy.json': 'freeBusy is not simulated.',
  'nango-2026-03/watch-events.json': 'Channels are not simulated: a script cannot receive what they send.',
  'nango-2026-03/event-delete.json': 'An empty answer: the tests of writes hold its status.',
  'nango-2025-12/list-orderby-page.json':
    'A guest’s rows taken back from the bin, each from a life of its own; the tests of copies hold that they are whole again.',
  'nango-2025-04/list-rows-with-meet-and-birthday.json':
    'Rows of one page, from several lives; birthdays are not made here, and a Meet conference is held by the tests of conferences.',
  'bubblelab/rows-other.json': 'Rows that a client had rearranged; nothing in them that other recordings do not have.',
  'others/list-primary-2019-caldav.json': 'Events that a phone wrote by CalDAV, which is not simulated.',
  'nylas/calendar-list-rows-2015.json': 'A list with a token of the list of calendars, whose tokens are not simulated.',
};

/** Copies of Google's error guide, which are no recordings. */
export const isOfTheGuide = (file: string): boolean => file.startsWith('northworld/docs-');
