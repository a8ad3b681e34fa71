/**
 * What other programs write into the lines of a series: dates that it leaves out (EXDATE), where Calendar's own editor would
 * cancel an occurrence, and dates that it adds (RDATE). RFC 5545, 3.8.5.
 */
import { DateTime } from 'luxon';
import type { JsonObject } from '../world/json';
import { withOccurrence } from './choosing';
import type { Day, KnownEvent, Player } from './day';
import { ADDED, LEFT_OUT } from './left-out-lines';
import { occurrencesLeft } from './oracle';

const DAY_MS = 86_400_000;

/** One that nobody has touched: what becomes of a moved occurrence whose date is left out, no one knows. */
export function leaveOut(day: Day): void {
  withOccurrence(day, (owner, place) => {
    const { series, slot } = seriesOf(owner, place);
    if (!isUntouched(day, owner, place.calendarId, [place.eventId])) return;
    write(day, owner, series, [...linesOf(series), `EXDATE${dateText(day, slot, series)}`]);
  });
}

/** All that are left, in one line. */
export function leaveAllOut(day: Day): void {
  withOccurrence(day, (owner, place) => {
    const { series } = seriesOf(owner, place);
    const isEndless = linesOf(series).some((line) => /^RRULE/.test(line) && !/COUNT|UNTIL/.test(line));
    const left = isEndless ? [] : occurrencesLeft(day, { ...place, id: series.id as string }, owner.person.email);
    const ids = left.map(({ id }) => id);
    if (left.length === 0 || !isUntouched(day, owner, place.calendarId, ids)) return;
    const lines = left.map(({ originalStartTime }) => `EXDATE${dateText(day, originalStartTime as never, series)}`);
    write(day, owner, series, [...linesOf(series), ...lines]);
    noteEmpty(day, place.calendarId, series.id as string);
  });
}

/** Series of a few dates only: of a long one nobody has the patience. */
export function cancelEach(day: Day): void {
  withOccurrence(day, (owner, place) => {
    const { series } = seriesOf(owner, place);
    if (linesOf(series).some((line) => /^RRULE/.test(line) && !/COUNT|UNTIL/.test(line))) return;
    for (const { id } of occurrencesLeft(day, { ...place, id: series.id as string }, owner.person.email)) {
      owner.person.deletes({ ...place, eventId: id }, 'this');
    }
    noteEmpty(day, place.calendarId, series.id as string);
  });
}

export function takeDatesBack(day: Day): void {
  withOccurrence(day, (owner, place) => {
    const { series } = seriesOf(owner, place);
    const lines = linesOf(series);
    const kept = lines.filter((line) => !LEFT_OUT.test(line) && !ADDED.test(line));
    if (kept.length < lines.length) write(day, owner, series, kept);
  });
}

export function addDate(day: Day): void {
  withOccurrence(day, (owner, place, startMs) => {
    const { series, slot } = seriesOf(owner, place);
    const date = DateTime.fromMillis(startMs + DAY_MS, { zone: 'utc' }).toFormat('yyyyMMdd');
    const time = slot.date === undefined ? DateTime.fromMillis(startMs, { zone: 'utc' }).toFormat("'T'HHmmss'Z'") : '';
    write(day, owner, series, [...linesOf(series), `RDATE${time === '' ? ';VALUE=DATE' : ''}:${date}${time}`]);
  });
}

function noteEmpty(day: Day, calendarId: string, eventId: string): void {
  for (const event of day.events)
    if (event.calendarId === calendarId && event.eventId === eventId) event.isEmpty = true;
}

function seriesOf({ person }: Player, place: KnownEvent): { series: JsonObject; slot: JsonObject } {
  const item = person.sees(place);
  const series = person.sees({ calendarId: place.calendarId, eventId: item.recurringEventId as string });
  return { series: { ...series, calendarId: place.calendarId }, slot: item.originalStartTime as JsonObject };
}

function linesOf(series: JsonObject): string[] {
  return (series.recurrence ?? []) as string[];
}

/** Nobody did anything to it, or answered: it has no row of its own. */
function isUntouched(day: Day, { person }: Player, calendarId: string, occurrenceIds: readonly string[]): boolean {
  const params = { calendarId, showDeleted: true, singleEvents: false, maxResults: 2500 };
  const { body } = day.world.calendar.handle(person.email, { method: 'events.list', params }, 'editor');
  const { items, nextPageToken } = (body ?? {}) as { items?: JsonObject[]; nextPageToken?: string };
  // What cannot be read, or not to its end, is left alone.
  if (items === undefined || nextPageToken !== undefined) return false;
  return items.every(({ id }) => !occurrenceIds.includes(id as string));
}

/** In one of the notations that programs use. */
function dateText(day: Day, slot: JsonObject, series: JsonObject): string {
  if (typeof slot.date === 'string') return `;VALUE=DATE:${slot.date.replaceAll('-', '')}`;
  const zone = ((series.start as JsonObject).timeZone ?? 'UTC') as string;
  const at = DateTime.fromISO(slot.dateTime as string);
  return day.random.pick([
    `:${at.toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'")}`,
    `;TZID=${zone}:${at.setZone(zone).toFormat("yyyyMMdd'T'HHmmss")}`,
  ]);
}

function write(day: Day, { person }: Player, series: JsonObject, recurrence: string[]): void {
  const params = { calendarId: series.calendarId as string, eventId: series.id as string };
  day.world.calendar.handle(person.email, { method: 'events.patch', params, body: { recurrence } });
}
