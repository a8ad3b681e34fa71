/**
 * Rows of events by calendar, and what changed since when.
 *
 * Records are the truth; the indexes here are rebuilt from them at start. Each calendar has a counter that grows by
 * one with every written row. A log of rows in the order of writing makes an incremental list cost what changed, not
 * what is there; overwritten entries are swept out when they outnumber the rows. What one request writes has one etag:
 * its time in microseconds, twice (seen in all recorded rows), and never the same for two requests.
 */
import type { JsonObject } from '../world/json';
import type { Records } from '../world/records';
import { type EventRow, etagAt, freezeDeep, inOrderOfChange, writtenUs } from './row';
import { isMember, SeriesFamilies, seriesIdOf } from './series-family';
import { UidIndex } from './uid-index';

const EVENT = 'calendar.event';

interface Index {
  rows: Map<string, EventRow>;
  /** Rows in order of change; an entry counts only while it is still the stored row of its id. */
  log: EventRow[];
  /** Ids of stored exceptions by their series. */
  exceptions: Map<string, Set<string>>;
  families: SeriesFamilies;
  uids: UidIndex;
  counter: number;
  updatedMs: number;
}

/** A row before the store numbers it. */
export type RowDraft = Omit<EventRow, 'change'>;

export interface StoreDeps {
  records: Records;
  /** The least counter a calendar may start from (tombstones above may be gone). */
  counterFloor: (calendarId: string) => number;
  onWrite: (row: EventRow) => void;
  nowMs: () => number;
  /** The switch seriesChangesWhole. */
  wholeSeries: () => boolean;
}

export class EventStore {
  private readonly byCalendar = new Map<string, Index>();
  /** When the newest request wrote, in microseconds. */
  private lastUs = 0;
  private isFresh = true;

  constructor(private readonly deps: StoreDeps) {
    const rows = [...deps.records.entries<EventRow>(EVENT)].map(([, row]) => freezeDeep(row));
    for (const row of rows) keep(this.index(row.calendarId), row);
    for (const row of rows.sort((a, b) => a.change - b.change)) {
      this.note(this.index(row.calendarId), row);
      this.lastUs = Math.max(this.lastUs, writtenUs(row));
    }
  }

  /** What is written from here on is another request's. */
  beginRequest(): void {
    this.isFresh = true;
  }

  row(calendarId: string, id: string): EventRow | undefined {
    const index = this.byCalendar.get(calendarId);
    const row = index?.rows.get(id);
    return index && row && this.dressed(index, row);
  }

  /** All rows in the order they first came. */
  *rows(calendarId: string): Iterable<EventRow> {
    const index = this.index(calendarId);
    for (const row of index.rows.values()) yield this.dressed(index, row);
  }

  /** The first row with this iCalUID that is no exception. */
  withUid(calendarId: string, iCalUID: string): EventRow | undefined {
    const id = this.index(calendarId).uids.first(iCalUID);
    return id === undefined ? undefined : this.row(calendarId, id);
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

  /**
   * Rows written after `counter`, by time of change, then by id.
   * @param withFamilies whether a written row brings its series and the other exceptions along.
   */
  changedSince(calendarId: string, counter: number, withFamilies: boolean): EventRow[] {
    const index = this.index(calendarId);
    const { log, rows } = index;
    const changed = new Map<string, EventRow>();
    for (let i = log.length - 1; i >= 0 && log[i]!.change > counter; i--) {
      if (rows.get(log[i]!.id) === log[i]) changed.set(log[i]!.id, this.dressed(index, log[i]!));
    }
    if (withFamilies && this.deps.wholeSeries()) this.addFamilies(index, changed);
    return [...changed.values()].sort(inOrderOfChange);
  }

  /** Stored exceptions (changed or cancelled occurrences) of a series. */
  exceptions(calendarId: string, seriesId: string): EventRow[] {
    const index = this.index(calendarId);
    const ids = index.exceptions.get(seriesId);
    return ids === undefined ? [] : [...ids].map((id) => this.dressed(index, index.rows.get(id)!));
  }

  /** The series of this id and those that "this and following" cut from it, first the series. */
  halves(calendarId: string, base: string): EventRow[] {
    const index = this.index(calendarId);
    const ids = [base, ...index.families.halvesOf(base)];
    return ids.map((id) => index.rows.get(id)).flatMap((row) => (row === undefined ? [] : [this.dressed(index, row)]));
  }

  /** Stores a row under the calendar's next change number and stamps its etag. */
  put(draft: RowDraft): EventRow {
    const index = this.index(draft.calendarId);
    const change = ++index.counter;
    const row: EventRow = freezeDeep({ ...draft, change, event: { ...draft.event, etag: etagAt(this.requestUs()) } });
    this.leaveSeries(index, row);
    keep(index, row);
    this.note(index, row);
    this.deps.records.put(EVENT, recordKey(row), row);
    if (index.log.length > 2 * index.rows.size + 64) {
      index.log = index.log.filter((entry) => index.rows.get(entry.id) === entry);
    }
    this.deps.onWrite(row);
    return row;
  }

  /** Overwrites a row without a change that any list would report. */
  putSilently(row: EventRow): void {
    const index = this.index(row.calendarId);
    const before = index.rows.get(row.id);
    // A row that is shown with its family's number keeps its own.
    const frozen = freezeDeep({ ...row, change: before?.change ?? row.change });
    keep(index, frozen);
    const at = index.log.lastIndexOf(before!);
    if (at >= 0) index.log[at] = frozen;
    this.deps.records.put(EVENT, recordKey(row), frozen);
  }

  /** Overwrites the events of a calendar, where `change` gives another, without a change that any list would report. */
  rewrite(calendarId: string, change: (event: JsonObject) => JsonObject): void {
    for (const row of [...this.index(calendarId).rows.values()]) {
      const event = change(row.event);
      if (event !== row.event) this.putSilently({ ...row, event });
    }
  }

  /** Gives a calendar another id, its rows and their numbers as they were. */
  rehome(calendarId: string, newId: string): void {
    const before = this.index(calendarId);
    this.byCalendar.delete(calendarId);
    const index = this.index(newId);
    for (const row of [...before.rows.values()].sort((a, b) => a.change - b.change)) {
      const moved: EventRow = freezeDeep({ ...row, calendarId: newId });
      keep(index, moved);
      this.note(index, moved);
      this.deps.records.remove(EVENT, recordKey(row));
      this.deps.records.put(EVENT, recordKey(moved), moved);
    }
    index.counter = Math.max(index.counter, before.counter);
  }

  /** Forgets a row altogether. */
  remove(row: EventRow): void {
    const index = this.index(row.calendarId);
    index.uids.forget(index.rows.get(row.id));
    index.rows.delete(row.id);
    index.families.forget(row);
    const series = row.event.recurringEventId;
    if (typeof series === 'string') index.exceptions.get(series)?.delete(row.id);
    this.deps.records.remove(EVENT, recordKey(row));
  }

  /** An exception whose slot another half has taken over is that half's from now on. */
  private leaveSeries(index: Index, row: EventRow): void {
    const before = index.rows.get(row.id)?.event.recurringEventId;
    if (typeof before === 'string' && before !== row.event.recurringEventId)
      index.exceptions.get(before)?.delete(row.id);
  }

  /** The series and the exceptions of all that changed. */
  private addFamilies(index: Index, changed: Map<string, EventRow>): void {
    const seriesIds = new Set([...changed.values()].map(seriesIdOf));
    for (const seriesId of seriesIds) {
      const series = seriesId === undefined ? undefined : index.rows.get(seriesId);
      if (series === undefined) continue;
      for (const id of [series.id, ...(index.exceptions.get(series.id) ?? [])]) {
        const row = index.rows.get(id)!;
        if (isMember(row, series)) changed.set(id, this.dressed(index, row));
      }
    }
  }

  private dressed(index: Index, row: EventRow): EventRow {
    const seriesId = this.deps.wholeSeries() ? seriesIdOf(row) : undefined;
    return seriesId === undefined ? row : index.families.dress(row, index.rows.get(seriesId));
  }

  private requestUs(): number {
    if (this.isFresh) this.lastUs = Math.max(this.deps.nowMs() * 1000, this.lastUs + 1);
    this.isFresh = false;
    return this.lastUs;
  }

  private note(index: Index, row: EventRow): void {
    index.families.note(row);
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
      index = {
        ...{ rows: new Map(), log: [], exceptions: new Map(), families: new SeriesFamilies() },
        ...{ uids: new UidIndex(), counter: this.deps.counterFloor(calendarId), updatedMs: 0 },
      };
      this.byCalendar.set(calendarId, index);
    }
    return index;
  }
}

function keep(index: Index, row: EventRow): void {
  index.uids.keep(row, index.rows.get(row.id));
  index.rows.set(row.id, row);
}

function recordKey(row: { calendarId: string; id: string }): string {
  return `${row.calendarId}/${row.id}`;
}
