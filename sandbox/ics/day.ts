/**
 * Which day a time stands for, where a file of whole days has one: an UNTIL, an EXDATE, a RECURRENCE-ID, an end.
 *
 * Programs that keep days as local midnights write them as instants, so `20260324T230000Z` is the 25th of March in
 * Zurich. An instant is read as the midnight (or the last second of a day) that it is: in UTC, else in the zone of the
 * file's calendar, in summer's or in winter's time, as some use the offset that the start has for every date.
 */
import type { Warnings } from './warnings';
import type { ZoneBook } from './zone-book';

const DAY_MS = 86_400_000;
const LAST_SECOND_MS = DAY_MS - 1000;

/** A wall time: midnight of its day as if it were UTC, and how far into the day it is. */
export interface DayTime {
  dayMs: number;
  timeMs: number;
}

/**
 * @param zone IANA name of the zone that the instant is shown in; UTC says nothing of where it is a day.
 * @param line where it stands, for a warning where the day depends on the zone.
 */
export function dayOf(
  { ms, zone }: { ms: number; zone: string },
  book: ZoneBook,
  warnings: Warnings,
  line: number,
): DayTime {
  if (zone !== 'UTC') return split(ms + book.zones.offsetMs(zone, ms));
  const utc = split(ms);
  if (isEdge(utc)) return utc;
  const local = [0, DAY_MS * 182, DAY_MS * -182].map((by) => split(ms + book.zones.offsetMs(book.dayZone, ms + by)));
  const edge = local.find(isEdge);
  const read = edge ?? (local[0] as DayTime);
  if (edge === undefined && read.dayMs !== utc.dayMs) {
    warnings.add(`times were read as the days that they fall on in ${book.dayZone}`, line);
  }
  return read;
}

export function timeOfDayMs(wallMs: number): number {
  return ((wallMs % DAY_MS) + DAY_MS) % DAY_MS;
}

function split(wallMs: number): DayTime {
  const timeMs = timeOfDayMs(wallMs);
  return { dayMs: wallMs - timeMs, timeMs };
}

function isEdge({ timeMs }: DayTime): boolean {
  return timeMs === 0 || timeMs === LAST_SECOND_MS;
}
