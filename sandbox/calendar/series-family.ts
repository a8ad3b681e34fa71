/**
 * A series and its stored exceptions as one: whatever is written of one of them, lists tell all of them, under one etag
 * and one time of change. So it is in every recorded list with a sync token of 2025 and 2026; in 2023 exceptions had
 * etags of their own (switch seriesChangesWhole).
 *
 * Derived from the rows as they come and stored nowhere. An exception that its series no longer has a slot for, or whose
 * series is gone, is told by itself.
 */
import type { JsonObject } from '../world/json';
import { baseOf } from './instance-id';
import type { EventRow } from './row';

export class SeriesFamilies {
  /** By series, the member that was written last. */
  private readonly latest = new Map<string, EventRow>();
  /** By base, the ids of the halves that were cut from it. */
  private readonly halves = new Map<string, Set<string>>();
  private readonly dressed = new WeakMap<EventRow, { by: EventRow; row: EventRow }>();

  /** Told of every row, in the order of writing. */
  note(row: EventRow): void {
    const seriesId = seriesIdOf(row);
    if (seriesId !== undefined) this.latest.set(seriesId, row);
    const base = baseOf(row.id);
    if (base === row.id) return;
    const halves = this.halves.get(base);
    if (halves === undefined) this.halves.set(base, new Set([row.id]));
    else halves.add(row.id);
  }

  halvesOf(base: string): Iterable<string> {
    return this.halves.get(base) ?? [];
  }

  forget(row: EventRow): void {
    this.latest.delete(row.id);
  }

  /** The row under the etag and the time of change that it shares with its family. */
  dress(row: EventRow, series: EventRow | undefined): EventRow {
    const by = series === undefined || !isMember(row, series) ? undefined : this.latest.get(series.id);
    if (by === undefined || by.change <= row.change) return row;
    const known = this.dressed.get(row);
    if (known?.by === by) return known.row;
    const event: JsonObject = { ...row.event, etag: by.event.etag!, updated: by.event.updated! };
    const dressed: EventRow = Object.freeze({
      ...{ ...row, change: by.change, updatedMs: by.updatedMs },
      event: Object.freeze(event),
    });
    this.dressed.set(row, { by, row: dressed });
    return dressed;
  }
}

/** The series whose family the row is of. */
export function seriesIdOf({ id, event }: EventRow): string | undefined {
  if (typeof event.recurringEventId === 'string') return event.recurringEventId;
  return event.recurrence === undefined ? undefined : id;
}

/** Whether a row is told whenever its series is: the series itself, its changed and its cancelled occurrences. */
export function isMember(row: EventRow, series: EventRow): boolean {
  if (series.gone !== undefined || series.event.recurrence === undefined) return false;
  return row.id === series.id || row.gone === undefined || row.gone === 'occurrence';
}
