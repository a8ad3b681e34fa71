/**
 * Occurrences of a series: which there are, and the rows of those that were never stored.
 *
 * An occurrence becomes a stored exception with its first write.
 */
import type { JsonObject } from '../world/json';
import { dayText, parseDay, type Zones } from '../world/zones';
import type { CalendarRecord } from './calendar-store';
import { htmlLink } from './copies';
import type { EventStore } from './event-store';
import { instantOf, seriesStart } from './event-time';
import { instanceId, readInstanceId } from './instance-id';
import type { Recurrences, Series } from './recurrence';
import { type EventRow, isSeries } from './row';

/** How far beyond now a series without end is expanded: Google's own horizon is not published. */
export const EXPANSION_HORIZON_DAYS = 730;
export const DAY_MS = 86_400_000;

export class Occurrences {
  constructor(
    private readonly store: EventStore,
    private readonly recurrences: Recurrences,
    private readonly zones: Zones,
    private readonly calendarOf: (id: string) => CalendarRecord,
  ) {}

  /** The slots of a series row. */
  seriesOf(row: { event: JsonObject }): Series {
    return this.series(row.event.start as JsonObject, row.event.recurrence as string[]);
  }

  series(start: JsonObject, recurrence: string[]): Series {
    return this.recurrences.series(seriesStart(start, this.zones), recurrence);
  }

  /** The stored row of this id, or the occurrence it names, not stored. */
  find(calendarId: string, id: string): EventRow | undefined {
    const stored = this.store.row(calendarId, id);
    if (stored !== undefined && stored.gone !== 'trimmed') return stored;
    return this.named(calendarId, id) ?? stored;
  }

  /** Whether an exception that its series lost is an occurrence of another half by now. */
  hasHeir(trimmed: EventRow): boolean {
    return this.named(trimmed.calendarId, trimmed.id)?.gone === undefined;
  }

  /** The occurrence of a series, or of a half of it, that an id names. */
  private named(calendarId: string, id: string): EventRow | undefined {
    const read = readInstanceId(id);
    if (read === undefined) return undefined;
    const halves = this.store.halves(calendarId, read.base).filter((half) => {
      const isAllDay = (half.event.start as JsonObject).date !== undefined;
      return isSeries(half.event) && isAllDay === read.allDay && this.seriesOf(half).has(read.slot);
    });
    const half = halves.find(({ gone }) => gone === undefined) ?? halves[0];
    return half && this.at(half, read.slot);
  }

  /** One occurrence of a series as a row of its own, as yet unchanged. It shows its series' etag. */
  at(series: EventRow, slot: number): EventRow {
    const zone = this.calendarOf(series.calendarId).timeZone;
    const { recurrence: _lines, ...event } = series.event;
    const start = series.event.start as JsonObject;
    const end = series.event.end as JsonObject;
    const allDay = start.date !== undefined;
    event.id = instanceId(series.id, slot, allDay);
    event.recurringEventId = series.id;
    event.htmlLink = htmlLink(event.id, series.calendarId);
    let startMs = slot;
    let endMs = slot + series.endMs - series.startMs;
    if (allDay) {
      const days = parseDay(end.date as string)! - parseDay(start.date as string)!;
      event.start = { date: dayText(slot) };
      event.end = { date: dayText(slot + days) };
      startMs = this.zones.toMs(zone, slot);
      endMs = this.zones.toMs(zone, slot + days);
    } else {
      event.start = { dateTime: this.zones.format(zone, startMs), timeZone: start.timeZone! };
      event.end = { dateTime: this.zones.format(zone, endMs), timeZone: end.timeZone! };
    }
    event.originalStartTime = event.start;
    return {
      ...series,
      id: event.id,
      event,
      startMs,
      endMs,
      ...(series.gone !== undefined && { gone: series.gone === 'moved' ? series.gone : ('series' as const) }),
    };
  }

  /** The slot an exception stands for. */
  slotOf(exception: JsonObject): number {
    const original = exception.originalStartTime as JsonObject;
    if (typeof original.date === 'string') return parseDay(original.date)!;
    return instantOf(original, 'UTC', this.zones);
  }

  /** Whether any occurrence of a series overlaps (fromMs, beforeMs), by its rules alone. */
  touches(series: EventRow, fromMs: number, beforeMs: number): boolean {
    const lengthMs = series.endMs - series.startMs;
    return this.seriesOf(series).slots(fromMs - lengthMs + 1, beforeMs, 1).length > 0;
  }
}
