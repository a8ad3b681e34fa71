/**
 * events.list and events.instances as requests: tokens in, pages out.
 *
 * A sync token is good for one calendar, one viewer and one query; what invalidates it is answered 410
 * (/workspace/calendar/api/guides/sync). A page belongs to a frozen list, so a change between two pages is told by the
 * next incremental list.
 */
import type { JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';
import { parseDay, parseTime, timestamp, type Zones } from '../world/zones';
import type { Access } from './access';
import type { CalendarStore } from './calendar-store';
import { digest } from './digest';
import type { EventLister } from './event-list';
import type { EventStore } from './event-store';
import { instanceId } from './instance-id';
import { isFiltered, type ListQuery, readListQuery } from './list-query';
import type { Occurrences } from './occurrences';
import type { Pages } from './pages';
import type { Given } from './params';
import { refuse } from './refusal';
import { type EventRow, etagOf, isForgotten, isSeries } from './row';
import type { SyncState, Tokens } from './tokens';

/** An older updatedMin is refused. The bound is not published; about thirty days were seen. */
export const UPDATED_MIN_AGE_LIMIT_MS = 30 * 86_400_000;

export interface ListDeps {
  store: EventStore;
  calendars: CalendarStore;
  lister: EventLister;
  occurrences: Occurrences;
  pages: Pages;
  tokens: Tokens;
  zones: Zones;
  switches: SwitchSettings;
  nowMs: () => number;
}

export class ListRequests {
  constructor(private readonly deps: ListDeps) {}

  list(access: Access, given: Given): JsonObject {
    const { pages, zones } = this.deps;
    const query = readListQuery(given, zones);
    const asked = this.askedDigest('list', access, given);
    const page =
      given.pageToken === undefined
        ? pages.first(this.collect(access, given, query, asked), query.pageSize)
        : pages.next(given.pageToken as string, asked, query.pageSize);
    return this.envelope(access, given, page);
  }

  /** Occurrences of one series. Its lists end in a sync token, as recorded; what it is good for is not known. */
  instances(access: Access, given: Given): JsonObject {
    const { pages, zones, lister, occurrences } = this.deps;
    const query = readListQuery(given, zones);
    const asked = this.askedDigest('instances', access, given);
    if (given.pageToken !== undefined) {
      return this.envelope(access, given, pages.next(given.pageToken as string, asked, query.pageSize));
    }
    const eventId = given.eventId as string;
    const row = occurrences.find(access.calendar.id, eventId);
    if (row === undefined || isForgotten(row, this.deps.switches)) throw refuse.notFound();
    if (row.gone !== undefined && !query.showDeleted) throw refuse.notFound();
    let rows = isSeries(row.event) ? lister.occurrencesOf(row, query.window, query.showDeleted) : [];
    if (given.originalStart !== undefined) rows = pick(rows, row, given.originalStart as string);
    const items = this.print(rows, access, query);
    const nextSyncToken = this.token(access, digest(`instances|${eventId}`), {});
    const list = { calendarId: access.calendar.id, viewer: access.viewer, asked, items, nextSyncToken };
    return this.envelope(access, given, pages.first(list, query.pageSize));
  }

  private collect(access: Access, given: Given, query: ListQuery, asked: string) {
    const { lister } = this.deps;
    const { calendar, viewer } = access;
    const expand = query.singleEvents || access.role === 'freeBusyReader';
    const state = given.syncToken === undefined ? undefined : this.open(given.syncToken as string, access, query);
    const kept =
      state?.window !== undefined && this.deps.switches.seedWindowKept ? { ...query, window: state.window } : query;
    if (query.updatedMinMs !== undefined && query.updatedMinMs < this.deps.nowMs() - UPDATED_MIN_AGE_LIMIT_MS) {
      throw refuse.updatedMinTooLongAgo();
    }
    const rows =
      state === undefined
        ? this.paged(lister.full(calendar.id, query, expand), query, expand)
        : lister.changed(calendar.id, state.counter, kept, expand);
    const items = this.print(rows, access, query);
    const window = state?.window ?? query.window;
    const nextSyncToken = this.yieldsToken(query) ? this.token(access, query.fingerprint, window) : undefined;
    return { calendarId: calendar.id, viewer, asked, items, ...(nextSyncToken !== undefined && { nextSyncToken }) };
  }

  /** Deleted events take their places on the pages and are not shown: so a page of a few may come empty. */
  private paged(rows: EventRow[], query: ListQuery, expand: boolean): Array<EventRow | null> {
    const isHidden = (row: EventRow) => this.deps.lister.passesOver(row, query, expand);
    if (this.deps.switches.emptyPages === false) return rows.filter((row) => !isHidden(row));
    return rows.map((row) => (isHidden(row) ? null : row));
  }

  private token(access: Access, fingerprint: string, window: ListQuery['window']): string {
    const { calendar, viewer } = access;
    return this.deps.tokens.seal('sync', {
      ...{ calendarId: calendar.id, viewer, fingerprint },
      counter: this.deps.store.counter(calendar.id),
      epochs: this.epochs(access),
      ...(Object.keys(window).length > 0 && { window }),
    });
  }

  private print<T extends EventRow | null>(
    rows: T[],
    access: Access,
    query: ListQuery,
  ): Array<JsonObject | Extract<T, null>> {
    const { showDeleted, maxAttendees, timeZone } = query;
    const display = { access, showDeleted, maxAttendees, timeZone };
    return rows.map((row) => (row === null ? (null as Extract<T, null>) : this.deps.lister.show(row, display)));
  }

  private yieldsToken(query: ListQuery): boolean {
    const { switches } = this.deps;
    if (query.orderBy !== undefined && !switches.orderByYieldsToken) return false;
    if (query.updatedMinMs !== undefined && !switches.updatedMinYieldsToken) return false;
    if (query.eventTypes !== undefined && !switches.eventTypesYieldToken) return false;
    if (query.isMasked && !switches.fieldsYieldToken) return false;
    return !isFiltered(query) || switches.filtersYieldToken;
  }

  private open(token: string, access: Access, query: ListQuery): SyncState {
    const { tokens, switches } = this.deps;
    const state = tokens.open<SyncState>('sync', token);
    if (state === undefined && switches.garbageTokenStatus === 400) throw refuse.invalid('Invalid Value');
    if (state === undefined || state.calendarId !== access.calendar.id || state.viewer !== access.viewer) {
      throw refuse.fullSyncRequired();
    }
    const [calendarEpoch, viewerEpoch] = this.epochs(access);
    const expired = state.epochs[0] !== calendarEpoch || state.epochs[1] !== viewerEpoch;
    if (expired || state.counter < access.calendar.collectedTo) throw refuse.fullSyncRequired();
    if (state.fingerprint !== query.fingerprint) {
      if (switches.changedQueryStatus === 410) throw refuse.fullSyncRequired();
      if (switches.changedQueryStatus === 400) throw refuse.syncTokenWithRestrictions();
    }
    return state;
  }

  private epochs({ calendar, viewer }: Access): [number, number] {
    return [calendar.epoch, this.deps.calendars.viewerEpoch(calendar.id, viewer)];
  }

  /** A next page must be asked for with the same parameters but page size and mask. */
  private askedDigest(method: string, { calendar, viewer }: Access, given: Given): string {
    const { pageToken: _p, maxResults: _m, fields: _f, calendarId: _c, ...same } = given;
    const sorted = Object.keys(same)
      .sort()
      .map((name) => [name, same[name]]);
    return digest(JSON.stringify([method, calendar.id, viewer, sorted]));
  }

  private envelope({ calendar, role, viewer }: Access, given: Given, page: JsonObject | object): JsonObject {
    const { store, calendars } = this.deps;
    const chosen = calendars.entry(viewer, calendar.id)?.chosen;
    return {
      kind: 'calendar#events',
      etag: etagOf(store.counter(calendar.id) * 4 + calendar.version),
      summary: calendar.summary,
      description: calendar.description ?? '',
      updated: timestamp(Math.max(calendar.updatedMs, store.updatedMs(calendar.id))),
      timeZone: (given.timeZone as string | undefined) ?? calendar.timeZone,
      accessRole: role,
      defaultReminders: chosen?.defaultReminders ?? [],
      ...page,
    };
  }
}

/** The occurrence that stood at an original start, by instant or by day. */
function pick(rows: EventRow[], series: EventRow, originalStart: string): EventRow[] {
  const dayMs = parseDay(originalStart);
  const time = parseTime(originalStart);
  const slot = dayMs ?? (time?.offsetMs === undefined ? undefined : time.localMs - time.offsetMs);
  if (slot === undefined) throw refuse.invalid('Invalid original start time.', 'originalStart');
  const id = instanceId(series.id, slot, (series.event.start as JsonObject).date !== undefined);
  return rows.filter((row) => row.id === id);
}
