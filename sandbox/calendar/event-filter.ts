/**
 * Which events a list's parameters let through. Source: /workspace/calendar/api/v3/reference/events/list.
 */
import type { JsonObject } from '../world/json';
import { attendeesOf } from './attendees';
import type { ListQuery } from './list-query';
import type { EventRow } from './row';

/** Filters that look at the event alone; times are the lister's. */
export function matches(row: EventRow, query: ListQuery): boolean {
  const { event } = row;
  if (query.iCalUID !== undefined && event.iCalUID !== query.iCalUID) return false;
  if (query.eventTypes && !query.eventTypes.has(event.eventType as string)) return false;
  if (query.updatedMinMs !== undefined && row.updatedMs < query.updatedMinMs) return false;
  if (query.privateProperties.length > 0 && !hasProperties(event, 'private', query.privateProperties)) return false;
  if (query.sharedProperties.length > 0 && !hasProperties(event, 'shared', query.sharedProperties)) return false;
  return query.words.length === 0 || hasWords(event, query.words);
}

/** Whether a row's own times lie in the window: end after timeMin, start before timeMax. */
export function inWindow(row: EventRow, window: ListQuery['window']): boolean {
  if (window.fromMs !== undefined && row.endMs <= window.fromMs)
    return row.startMs === row.endMs && row.startMs >= window.fromMs;
  return window.beforeMs === undefined || row.startMs < window.beforeMs;
}

function hasProperties(event: JsonObject, side: 'private' | 'shared', wanted: Array<[string, string]>): boolean {
  const properties = (event.extendedProperties as JsonObject | undefined)?.[side] as JsonObject | undefined;
  return properties !== undefined && wanted.every(([key, value]) => properties[key] === value);
}

function hasWords(event: JsonObject, words: string[]): boolean {
  const organizer = event.organizer as JsonObject;
  const texts = [event.summary, event.description, event.location, organizer.email, organizer.displayName];
  for (const attendee of attendeesOf(event)) texts.push(attendee.email, attendee.displayName);
  const text = texts
    .filter((one) => typeof one === 'string')
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
