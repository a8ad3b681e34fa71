/**
 * The rows of events.list and events.instances, before they are cut into pages.
 *
 * Without singleEvents: one-off events, series masters and stored exceptions. With it: one-off events and occurrences;
 * a series without end is expanded up to EXPANSION_HORIZON_DAYS from now. What is cancelled shows as the reference's
 * showDeleted and status texts say; the rules stand at `shows`.
 */
import type { JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';
import type { Zones } from '../world/zones';
import type { Access } from './access';
import { attendeesOf } from './attendees';
import { inWindow, matches } from './event-filter';
import type { EventStore } from './event-store';
import { inZone } from './event-time';
import type { ListQuery } from './list-query';
import { hasLiveSeries } from './meetings';
import { DAY_MS, EXPANSION_HORIZON_DAYS, type Occurrences } from './occurrences';
import { type EventRow, inOrderOfChange, isSeries, showRow } from './row';

export interface ListerDeps {
  store: EventStore;
  occurrences: Occurrences;
  zones: Zones;
  switches: SwitchSettings;
  nowMs: () => number;
}

/** What decides how a row is printed. */
export interface Display {
  access: Access;
  /** Whether cancelled rows tell more than that they are: with showDeleted, or got by id. */
  showDeleted: boolean;
  maxAttendees?: number | undefined;
  timeZone?: string | undefined;
}

export class EventLister {
  constructor(private readonly deps: ListerDeps) {}

  /** A full list, in the order that was asked for; else, as recorded, by time of change. */
  full(calendarId: string, query: ListQuery, expand: boolean): EventRow[] {
    const found: EventRow[] = [];
    for (const row of this.deps.store.rows(calendarId)) {
      if (expand) this.expand(row, query, found);
      else if (matches(row, query) && this.reaches(row, query)) found.push(row);
    }
    if (query.orderBy === 'startTime') found.sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1));
    else if (query.orderBy === 'updated') found.sort((a, b) => a.updatedMs - b.updatedMs || inOrderOfChange(a, b));
    else found.sort(inOrderOfChange);
    return found;
  }

  /** Whether a full list passes over a row it found: a deleted one, without showDeleted. It still takes a place on a page. */
  passesOver(row: EventRow, query: ListQuery, expand: boolean): boolean {
    return !expand && !this.shows(row, query);
  }

  /** Rows changed since `counter`; cancelled ones always. `window` narrows live rows (switch seedWindowKept). */
  changed(calendarId: string, counter: number, query: ListQuery, expand: boolean): EventRow[] {
    const found: EventRow[] = [];
    for (const row of this.deps.store.changedSince(calendarId, counter, !expand)) {
      if (query.eventTypes && !query.eventTypes.has(row.event.eventType as string)) continue;
      if (!this.tellsReset(row)) continue;
      if (expand && isSeries(row.event)) this.expandChanged(row, counter, query, found);
      else if (row.gone !== undefined || this.reaches(row, query)) found.push(row);
    }
    return found;
  }

  /** Occurrences of one series, stored and not. Includes cancelled ones only when asked. */
  occurrencesOf(series: EventRow, window: ListQuery['window'], showDeleted: boolean): EventRow[] {
    const { store, occurrences } = this.deps;
    const told = (row: EventRow) => row.gone === undefined || (showDeleted && row.gone !== 'trimmed');
    const found = store.exceptions(series.calendarId, series.id).filter((row) => told(row) && inWindow(row, window));
    const beforeMs = this.horizon(window);
    const lengthMs = series.endMs - series.startMs;
    // A day's slot is UTC midnight, its instant local midnight: at most 14 hours apart.
    const fromMs = (window.fromMs ?? Number.NEGATIVE_INFINITY) - lengthMs - DAY_MS;
    for (const slot of occurrences.seriesOf(series).slots(fromMs, beforeMs + DAY_MS)) {
      const row = occurrences.at(series, slot);
      if (this.isStored(row) || row.startMs >= beforeMs) continue;
      if (inWindow(row, window)) found.push(row);
    }
    return found.sort((a, b) => a.startMs - b.startMs);
  }

  /** The resource as this viewer gets it. */
  show(row: EventRow, display: Display): JsonObject {
    const { access, showDeleted, maxAttendees, timeZone } = display;
    let event = showRow(row, showDeleted, this.deps.switches);
    if (row.gone === undefined || showDeleted) event = this.limit(event, access, row);
    if (maxAttendees !== undefined && attendeesOf(event).length > maxAttendees) {
      event = { ...event, attendeesOmitted: true, attendees: attendeesOf(event).filter((one) => one.self === true) };
    }
    if (timeZone !== undefined && timeZone !== access.calendar.timeZone) event = this.rezone(event, timeZone);
    return event;
  }

  /** What is hidden from somebody who may not see it all. */
  private limit(event: JsonObject, { role }: Access, row: EventRow): JsonObject {
    const secret = event.visibility === 'private' || event.visibility === 'confidential';
    if (role === 'writer' || role === 'owner' || (role === 'reader' && !secret)) return event;
    const shown = ['kind', 'etag', 'id', 'status', 'htmlLink', 'created', 'updated', 'start', 'end', 'transparency'];
    shown.push('recurringEventId', 'originalStartTime', 'recurrence', 'iCalUID', 'sequence', 'eventType');
    const bare: JsonObject = {};
    for (const name of shown) if (event[name] !== undefined) bare[name] = event[name]!;
    if (row.gone === undefined) bare.visibility = 'private';
    return bare;
  }

  private rezone(event: JsonObject, zone: string): JsonObject {
    const shown = { ...event };
    for (const name of ['start', 'end', 'originalStartTime']) {
      if (shown[name] !== undefined) shown[name] = inZone(shown[name] as JsonObject, zone, this.deps.zones);
    }
    return shown;
  }

  /**
   * Whether a full list without expansion shows the row: live ones, cancelled occurrences of a live series, and with
   * showDeleted (or deleted since updatedMin) the rest.
   */
  private shows(row: EventRow, query: ListQuery): boolean {
    if (row.gone === 'trimmed' && this.deps.occurrences.hasHeir(row)) return false;
    if (row.gone === undefined || query.showDeleted || query.updatedMinMs !== undefined) return true;
    return row.gone === 'occurrence' && hasLiveSeries(this.deps.store, row);
  }

  private reaches(row: EventRow, { window }: ListQuery): boolean {
    if (window.fromMs === undefined && window.beforeMs === undefined) return true;
    if (!isSeries(row.event)) return inWindow(row, window);
    const { fromMs, beforeMs } = window;
    return this.deps.occurrences.touches(row, fromMs ?? row.startMs, beforeMs ?? Number.MAX_SAFE_INTEGER);
  }

  private expand(row: EventRow, query: ListQuery, found: EventRow[]): void {
    const showDeleted = query.showDeleted || query.updatedMinMs !== undefined;
    if (row.gone !== undefined && !showDeleted) return;
    if (isSeries(row.event)) {
      for (const one of this.occurrencesOf(row, query.window, showDeleted)) if (matches(one, query)) found.push(one);
      return;
    }
    const seriesId = row.event.recurringEventId as string | undefined;
    const series = seriesId === undefined ? undefined : this.deps.store.row(row.calendarId, seriesId);
    const told = series !== undefined && isSeries(series.event) && (series.gone === undefined || showDeleted);
    if (told && row.gone !== 'trimmed') return;
    if (row.gone === 'trimmed' && this.deps.occurrences.hasHeir(row)) return;
    if (matches(row, query) && inWindow(row, query.window)) found.push(row);
  }

  /** A changed series: each of its occurrences, and as cancelled those it has lost. */
  private expandChanged(series: EventRow, counter: number, query: ListQuery, found: EventRow[]): void {
    const { store, occurrences } = this.deps;
    for (const one of this.occurrencesOf(series, query.window, false)) {
      if (!this.isStored(one)) found.push(one);
    }
    const beforeMs = this.horizon(query.window);
    const now = occurrences.seriesOf(series);
    const lost = new Set<number>();
    for (const { until, start, recurrence } of series.former ?? []) {
      if (until < counter) continue;
      for (const slot of occurrences.series(start, recurrence).slots(Number.NEGATIVE_INFINITY, beforeMs)) {
        if (!now.has(slot)) lost.add(slot);
      }
    }
    for (const slot of lost) {
      const row = occurrences.at(series, slot);
      if (store.row(series.calendarId, row.id) === undefined) found.push({ ...row, gone: 'trimmed' });
    }
  }

  /** Whether a list with a token tells an exception that "this and following" put back (switch splitTellsReset). */
  private tellsReset(row: EventRow): boolean {
    return row.gone !== 'trimmed' || this.deps.switches.splitTellsReset || !this.deps.occurrences.hasHeir(row);
  }

  /** Whether an occurrence is stored as an exception of its own series, and not as one that another half has lost. */
  private isStored({ calendarId, id, event }: EventRow): boolean {
    return this.deps.store.row(calendarId, id)?.event.recurringEventId === event.recurringEventId;
  }

  private horizon({ beforeMs }: ListQuery['window']): number {
    return beforeMs ?? this.deps.nowMs() + EXPANSION_HORIZON_DAYS * DAY_MS;
  }
}
