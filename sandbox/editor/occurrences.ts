/**
 * Reads events the way the editor and the calendar grid do: an occurrence, its series, and what a scope means.
 *
 * Does not know drafts.
 */
import type { CalendarService } from '../calendar/service';
import type { CalendarAnswer } from '../calendar/types';
import type { Json, JsonObject } from '../world/json';
import { EditorRefusal, type Scope } from './draft';
import { type EventTime, instantMs } from './series';

/** What a change with a scope writes to. */
export type Target =
  /** One event: single, master or occurrence. */
  | { kind: 'event'; event: JsonObject }
  /** The whole series, changed by way of one of its occurrences. */
  | { kind: 'series'; master: JsonObject; shown: JsonObject }
  /** The series from this occurrence on. */
  | { kind: 'rest'; master: JsonObject; shown: JsonObject; from: string };

export class Occurrences {
  constructor(private readonly calendar: Pick<CalendarService, 'handle'>) {}

  /** The event as Calendar shows it to `user`; refuses with Calendar's own status and message. */
  get(user: string, calendarId: string, eventId: string): JsonObject {
    const answer = this.calendar.handle(user, { method: 'events.get', params: { calendarId, eventId } }, 'editor');
    if (answer.status === 404) throw new EditorRefusal(404, `There is no event ${eventId} on ${calendarId}.`);
    return accepted(answer);
  }

  /** Occurrences of a series in order of start, at most `maxResults`. */
  of(user: string, calendarId: string, masterId: string, maxResults = 50): JsonObject[] {
    const items: JsonObject[] = [];
    let pageToken: Json | undefined;
    do {
      const params = { calendarId, eventId: masterId, maxResults, ...(pageToken !== undefined && { pageToken }) };
      const page = accepted(this.calendar.handle(user, { method: 'events.instances', params }, 'editor'));
      items.push(...((page.items ?? []) as JsonObject[]));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined && items.length < maxResults);
    return items
      .filter((item) => item.status !== 'cancelled')
      .sort((a, b) => instantMs(a.start as EventTime) - instantMs(b.start as EventTime));
  }

  /** What `scope` means for `event`. From the first occurrence on is the whole series, as Calendar takes it. */
  target(user: string, calendarId: string, event: JsonObject, scope: Scope): Target {
    const masterId = event.recurringEventId;
    if (typeof masterId !== 'string' || scope === 'this') return { kind: 'event', event };
    const master = this.get(user, calendarId, masterId);
    if (scope === 'all') return { kind: 'series', master, shown: event };
    const from = event.originalStartTime as EventTime;
    const isFirst = instantMs(from) <= instantMs(master.start as EventTime);
    if (isFirst) return { kind: 'series', master, shown: event };
    return { kind: 'rest', master, shown: event, from: (from.dateTime ?? from.date) as string };
  }

  /** How many occurrences of a series lie before one of them. */
  countBefore(user: string, calendarId: string, masterId: string, from: string): number {
    const beforeMs = Date.parse(from);
    const params = { calendarId, eventId: masterId, maxResults: 2500, showDeleted: true };
    const { items } = accepted(this.calendar.handle(user, { method: 'events.instances', params }, 'editor'));
    const starts = (items as JsonObject[]).map((item) => instantMs(item.originalStartTime as EventTime));
    return starts.filter((startMs) => startMs < beforeMs).length;
  }
}

/** The body of a good answer; refuses with Google's message otherwise. */
export function accepted(answer: CalendarAnswer): JsonObject {
  if (answer.status < 300) return (answer.body ?? {}) as JsonObject;
  const message = (answer.body as { error?: { message?: string } } | undefined)?.error?.message;
  throw new EditorRefusal(answer.status, message ?? `Calendar answered ${answer.status}.`);
}
