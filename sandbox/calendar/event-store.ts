/**
 * Rows of events by calendar, and what changed since when.
 *
 * Records are the truth; the indexes here are rebuilt from them at start. Each calendar has a counter that grows by
 * one with every written row. A log of rows in the order of writing makes an incremental list cost what changed, not
 * what is there; overwritten entries are swept out when they outnumber the rows.
 */
import type { Records } from '../world/records';
import { type EventRow, etagOf, freezeDeep } from './row';

const EVENT = 'calendar.event';

interface Index {
  rows: Map<string, EventRow>;
  /** Rows in order of change; an entry counts only while it is still the stored row of its id. */
  log: EventRow[];
  /** Ids of stored exceptions by their series. */
  exceptions: Map<string, Set<string>>;
  counter: number;
  updatedMs: number;
}

/** A row before the store numbers it. */
export type RowDraft = Omit<EventRow, 'change'>;

export class EventStore {
  private readonly byCalendar = new Map<string, Index>();

  /** @param counterFloor the least counter a calendar may start from (tombstones above may be gone). */
  constructor(
    private readonly records: Records,
    private readonly counterFloor: (calendarId: string) => number,
    private readonly onWrite: (row: EventRow) => void,
  ) {
    const rows = [...records.entries<EventRow>(EVENT)].map(([, row]) => freezeDeep(row));
    for (const row of rows) this.index(row.calendarId).rows.set(row.id, row);
    for (const row of rows.sort((a, b) => a.change - b.change)) this.note(this.index(row.calendarId), row);
  }

  row(calendarId: string, id: string): EventRow | undefined {
    return this.byCalendar.get(calendarId)?.rows.get(id);
  }

  /** All rows in the order they first came. */
  rows(calendarId: string): Iterable<EventRow> {
    return this.index(calendarId).rows.values();
  }

  count(calendarId: string): number {
    return this.index(calendarId).rows.size;
  }

  counter(calendarId: string): number {
    return this.index(calendarId).counter;
  }

  /** When any row of the calendar was last written; 0 when never. */
  updatedMs(calendarId: string): number {
    return this.index(calendarId).updatedMs;
  }

  /** Rows written after `counter`, in the order of writing. */
  changedSince(calendarId: string, counter: number): EventRow[] {
    const { log, rows } = this.index(calendarId);
    const changed: EventRow[] = [];
    for (let i = log.length - 1; i >= 0 && log[i]!.change > counter; i--) {
      if (rows.get(log[i]!.id) === log[i]) changed.push(log[i]!);
    }
    return changed.reverse();
  }

  /** Stored exceptions (changed or cancelled occurrences) of a series. */
  exceptions(calendarId: string, seriesId: string): EventRow[] {
    const index = this.index(calendarId);
    const ids = index.exceptions.get(seriesId);
    return ids === undefined ? [] : [...ids].map((id) => index.rows.get(id)!);
  }

  /** Stores a row under the calendar's next change number and stamps its etag. */
  put(draft: RowDraft): EventRow {
    const index = this.index(draft.calendarId);
    const change = ++index.counter;
    const row: EventRow = freezeDeep({ ...draft, change, event: { ...draft.event, etag: etagOf(change) } });
    index.rows.set(row.id, row);
    this.note(index, row);
    this.records.put(EVENT, recordKey(row), row);
    if (index.log.length > 2 * index.rows.size + 64) {
      index.log = index.log.filter((entry) => index.rows.get(entry.id) === entry);
    }
    this.onWrite(row);
    return row;
  }

  /** Overwrites a row without a change that any list would report. */
  putSilently(row: EventRow): void {
    const index = this.index(row.calendarId);
    const before = index.rows.get(row.id);
    const frozen = freezeDeep({ ...row });
    index.rows.set(row.id, frozen);
    const at = index.log.lastIndexOf(before!);
    if (at >= 0) index.log[at] = frozen;
    this.records.put(EVENT, recordKey(row), frozen);
  }

  /** Forgets a row altogether. */
  remove(row: EventRow): void {
    const index = this.index(row.calendarId);
    index.rows.delete(row.id);
    const series = row.event.recurringEventId;
    if (typeof series === 'string') index.exceptions.get(series)?.delete(row.id);
    this.records.remove(EVENT, recordKey(row));
  }

  private note(index: Index, row: EventRow): void {
    index.log.push(row);
    index.counter = Math.max(index.counter, row.change);
    index.updatedMs = Math.max(index.updatedMs, row.updatedMs);
    const series = row.event.recurringEventId;
    if (typeof series !== 'string') return;
    const ids = index.exceptions.get(series);
    if (ids === undefined) index.exceptions.set(series, new Set([row.id]));
    else ids.add(row.id);
  }

  private index(calendarId: string): Index {
    let index = this.byCalendar.get(calendarId);
    if (index === undefined) {
      index = { rows: new Map(), log: [], exceptions: new Map(), counter: this.counterFloor(calendarId), updatedMs: 0 };
      this.byCalendar.set(calendarId, index);
    }
    return index;
  }
}

function recordKey(row: { calendarId: string; id: string }): string {
  return `${row.calendarId}/${row.id}`;
}
