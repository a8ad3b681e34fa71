/** A situation of which others have recorded Google's answer, and the same one played in the sandbox. */
import type { JsonObject } from '../../../sandbox/world/json';
import { ANA, type CalendarRoom, type Event } from '../calendar/calendar-room';

export interface Situation {
  /** Where the recording is, below ../shared/recordings; several that show the same. */
  recordings: string[];
  /** What was done and what was asked, in the present tense; ends the sentence "Google answered when somebody …". */
  does: string;
  /** When, and where it was published. */
  source: string;
  /** The fields beside the rows of a list; none for a single resource. */
  envelope: string;
  /** A line for each row, as shapeOf writes them, in order. */
  rows: string[];
  /** Only which kinds of rows there are is compared: it is a part of a long list, or ids of chance decide the order. */
  kinds?: true;
  /** How many etags the rows share; not compared where rows of several days stand together. */
  etags?: number;
  /** Fields that are not compared, and why. */
  aside?: { fields: string[]; because: string };
  /** The answer of the sandbox to the same. */
  play: (room: CalendarRoom) => unknown;
}

/** A list's own fields, with a sync token, with a token for the next page, or with neither. */
const LIST = [
  'accessRole',
  'defaultReminders',
  'description',
  'etag',
  'items',
  'kind',
  'summary',
  'timeZone',
  'updated',
];
export const WITH_TOKEN = [...LIST, 'nextSyncToken'].sort().join(' ');
export const GOES_ON = [...LIST, 'nextPageToken'].sort().join(' ');
export const ENDS_SO = LIST.join(' ');

export const COMPASS = '2025-03, SwitchbackTech/compass';
export const NANGO = '2026-03, NangoHQ/integration-templates';
export const NANGO_2025 = '2025-12, NangoHQ/integration-templates';

/** What a program that was up to date is told next, without showDeleted, after `act`. */
export function toldAfter(room: CalendarRoom, act: () => void): unknown {
  const { nextSyncToken } = room.list(ANA, { maxResults: 2500 });
  act();
  return room.list(ANA, { syncToken: nextSyncToken! });
}

/** As a person saves it in Calendar's own interface. */
export function edits(room: CalendarRoom, eventId: string, fields: JsonObject): Event {
  return room.ok(ANA, 'events.patch', { calendarId: 'primary', eventId }, fields, {}, 'editor');
}

/** "This and following" from 2 February on. */
export function splits(room: CalendarRoom, seriesId: string, fields: JsonObject, from = '2026-02-02T09:00:00Z'): Event {
  return room.service.splitSeries(ANA, 'primary', seriesId, from, fields).body as Event;
}

/** An hour of a day of 2026 in Zurich, at another time than the series of these situations has. */
export function hour(day: string, from: number): JsonObject {
  const at = (hours: number) => ({ dateTime: `${day}T${hours}:00:00`, timeZone: 'Europe/Zurich' });
  return { start: at(from), end: at(from + 1) };
}

export const TEXT = { summary: 'Other', description: 'What it is about' };
