/**
 * Occurrences of a series: their ids, and the rows of those that were never stored.
 *
 * An occurrence's id is `<series>_<stamp>`, the stamp its original start in UTC (a day for all-day series). That form
 * is undocumented but seen everywhere. An occurrence becomes a stored exception with its first write.
 */
import type { JsonObject } from '../world/json';
import { dayText, parseDay, stampText, type Zones } from '../world/zones';
import type { CalendarRecord } from './calendar-store';
import { htmlLink } from './copies';
import type { EventStore } from './event-store';
import { instantOf, seriesStart } from './event-time';
import type { Recurrences, Series } from './recurrence';
import { type EventRow, isSeries } from './row';

/** How far beyond now a series without end is expanded: Google's own horizon is not published. */
export const EXPANSION_HORIZON_DAYS = 730;
export const DAY_MS = 86_400_000;

const INSTANCE_ID = /^(.+)_(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?$/;

/** What an occurrence's id says, or undefined when it does not look like one. */
export function readInstanceId(id: string): { seriesId: string; slot: number; allDay: boolean } | undefined {
  const m = INSTANCE_ID.exec(id);
  if (m === null) return undefined;
  const dayMs = parseDay(`${m[2]}-${m[3]}-${m[4]}`);
  if (dayMs === undefined) return undefined;
  if (m[5] === undefined) return { seriesId: m[1]!, slot: dayMs, allDay: true };
  return { seriesId: m[1]!, slot: dayMs + (+m[5] * 3600 + +m[6]! * 60 + +m[7]!) * 1000, allDay: false };
}

export function instanceId(seriesId: string, slot: number, allDay: boolean): string {
  return `${seriesId}_${allDay ? dayText(slot).replaceAll('-', '') : stampText(slot)}`;
}

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
    if (stored !== undefined) return stored;
    const named = readInstanceId(id);
    if (named === undefined) return undefined;
    const series = this.store.row(calendarId, named.seriesId);
    if (series === undefined || !isSeries(series.event)) return undefined;
    const allDay = (series.event.start as JsonObject).date !== undefined;
    if (allDay !== named.allDay || !this.seriesOf(series).has(named.slot)) return undefined;
    return this.at(series, named.slot);
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
