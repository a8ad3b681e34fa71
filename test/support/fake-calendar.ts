/**
 * Calendars behind the calendar port: a change counter per calendar, sync tokens that name a count, pages frozen when
 * the list begins, tombstones as stubs in lists although a look at a deleted event still shows its details. Errors are
 * queued and come out classified, as the port promises.
 */
import { type AddOnError, addOnError, type ErrorCode } from '../../src/core/errors';
import type { Row } from '../../src/core/row';
import type { CalendarPort, ConferenceBlock, Page, Plainness } from '../../src/ports/calendar';
import { stamped } from './core-world';

interface Kept {
  row: Row;
  changed: number;
  /** No list shows it, a look at it does. */
  unlisted?: true;
}

interface FakeCalendar {
  rows: Map<string, Kept>;
  changes: number;
  zone: string;
  accessRole: string;
  /** Tokens below are expired. */
  goodFrom: number;
}

export class FakeCalendars implements CalendarPort {
  query = 'query-1';
  /** Lists end in a sync token only when they are asked for at least so plainly. */
  tokensFrom: Plainness = 0;
  pageSize = 100;
  /** Google sometimes sends a page without rows before the last one. */
  emptyPageFirst = false;
  givesTokens = true;
  readonly calls: string[] = [];
  /** Runs on each call, before it is answered. */
  onCall: () => void = () => undefined;
  /** What a look at one event shows of it. */
  alone: (row: Row) => Row = (row) => row;
  private readonly calendars = new Map<string, FakeCalendar>();
  private readonly listFaults = new Map<string, AddOnError[]>();
  private readonly getFaults = new Map<string, AddOnError>();
  private readonly namedFaults = new Map<string, AddOnError>();
  private readonly frozen = new Map<string, { rows: Row[]; changes: number }>();
  /** What the next writes come to, one each. */
  readonly putFaults: Array<ErrorCode | 'lost-answer'> = [];
  /** Runs before each write: what a person does meanwhile. */
  onPut: () => void = () => undefined;
  stampsAreKept = true;
  /** Series of which every occurrence was deleted. */
  readonly emptySeries = new Set<string>();

  add(id: string, zone = 'Europe/Zurich'): void {
    this.calendars.set(id, { rows: new Map(), changes: 0, zone, accessRole: 'owner', goodFrom: 0 });
  }
  put(calendarId: string, row: Row): void {
    const calendar = this.of(calendarId);
    calendar.rows.set(row.id, { row, changed: ++calendar.changes });
  }
  /** Deleted by its organiser: Google keeps the details, so that it can be restored. */
  remove(calendarId: string, eventId: string): void {
    const { conferenceData: _gone, ...rest } = this.of(calendarId).rows.get(eventId)?.row ?? { id: eventId };
    this.put(calendarId, { ...rest, status: 'cancelled' });
  }
  /** Moved to another calendar: nothing but the id stays. */
  moveAway(calendarId: string, eventId: string): void {
    this.put(calendarId, { id: eventId, status: 'cancelled' });
  }
  /** Deleted by its organiser, and left out of the lists that begin from now on. */
  removeUnlisted(calendarId: string, eventId: string): void {
    this.remove(calendarId, eventId);
    (this.of(calendarId).rows.get(eventId) as Kept).unlisted = true;
  }
  /** Gone without a trace, as after a long time. */
  purge(calendarId: string, eventId: string): void {
    this.of(calendarId).rows.delete(eventId);
  }
  expireTokens(calendarId: string): void {
    const calendar = this.of(calendarId);
    calendar.goodFrom = ++calendar.changes;
  }
  setRole(calendarId: string, accessRole: string): void {
    this.of(calendarId).accessRole = accessRole;
  }
  /** The next lists of the calendar fail, one with each code. */
  failList(calendarId: string, ...codes: ErrorCode[]): void {
    this.listFaults.set(calendarId, [...(this.listFaults.get(calendarId) ?? []), ...codes.map(faultOf)]);
  }
  healList(calendarId: string): void {
    this.listFaults.delete(calendarId);
  }
  failGet(eventId: string, code: ErrorCode): void {
    this.getFaults.set(eventId, faultOf(code));
  }
  failNamed(calendarId: string, code: ErrorCode): void {
    this.namedFaults.set(calendarId, faultOf(code));
  }
  healNamed(calendarId: string): void {
    this.namedFaults.delete(calendarId);
  }
  healGet(eventId: string): void {
    this.getFaults.delete(eventId);
  }

  queryOf(plainness: Plainness): string {
    return plainness === 0 ? this.query : `${this.query}-${plainness}`;
  }

  listPage(
    calendarId: string,
    at: { syncToken?: string; pageToken?: string },
    plainness: Plainness = 0,
  ): Page | AddOnError {
    this.onCall();
    this.calls.push(`list ${calendarId} ${at.syncToken ?? 'full'}${at.pageToken === undefined ? '' : ' page'}`);
    const fault = this.listFaults.get(calendarId)?.shift();
    if (fault !== undefined) return fault;
    const calendar = this.calendars.get(calendarId);
    if (calendar === undefined) return faultOf('calendar-lost');
    const since = at.syncToken === undefined ? 0 : Number(at.syncToken.split('/')[1]);
    if (at.syncToken !== undefined && (at.syncToken.split('/')[0] !== calendarId || since < calendar.goodFrom)) {
      return faultOf('sync-token-expired');
    }
    const { nextSyncToken, ...page } = this.page(calendarId, calendar, since, at.pageToken);
    return nextSyncToken !== undefined && plainness >= this.tokensFrom ? { ...page, nextSyncToken } : page;
  }

  get(calendarId: string, eventId: string): Row | AddOnError {
    this.onCall();
    this.calls.push(`get ${calendarId} ${eventId}`);
    const kept = this.calendars.get(calendarId)?.rows.get(eventId);
    return this.getFaults.get(eventId) ?? (kept && this.alone(withEtag(kept))) ?? faultOf('event-absent');
  }

  named(calendarId: string, iCalUid: string): Row[] | AddOnError {
    this.onCall();
    this.calls.push(`named ${calendarId} ${iCalUid}`);
    const fault = this.namedFaults.get(calendarId);
    if (fault !== undefined) return fault;
    const rows = [...(this.calendars.get(calendarId)?.rows.values() ?? [])].map(withEtag);
    return rows.filter((row) => (row.iCalUID ?? `${row.recurringEventId ?? row.id}@google.com`) === iCalUid);
  }

  putConference(calendarId: string, eventId: string, etag: string, { conference, stamp }: ConferenceBlock) {
    this.calls.push(`put ${calendarId} ${eventId}`);
    this.onPut();
    const fault = this.putFaults.shift();
    if (fault !== undefined && fault !== 'lost-answer') return faultOf(fault);
    const kept = this.calendars.get(calendarId)?.rows.get(eventId);
    if (kept === undefined) return faultOf('event-absent');
    if (withEtag(kept).etag !== etag) return faultOf('event-changed');
    const block = this.stampsAreKept ? stamped(stamp.conference, stamp.owner, stamp.solution) : {};
    const uri = conference.joinUrl;
    const conferenceData = { ...block, conferenceId: conference.id, entryPoints: [{ entryPointType: 'video', uri }] };
    this.put(calendarId, { ...kept.row, conferenceData });
    return fault === 'lost-answer'
      ? faultOf('google-unavailable')
      : withEtag(this.of(calendarId).rows.get(eventId) as Kept);
  }

  occurrences(calendarId: string, seriesId: string): Row[] | AddOnError {
    this.onCall();
    this.calls.push(`occurrences ${calendarId} ${seriesId}`);
    const rows = [...(this.calendars.get(calendarId)?.rows.values() ?? [])].map(withEtag);
    const own = rows.filter((row) => row.recurringEventId === seriesId);
    return this.getFaults.get(seriesId) ?? own;
  }

  hasOccurrences(calendarId: string, seriesId: string): boolean | AddOnError {
    this.onCall();
    this.calls.push(`any ${calendarId} ${seriesId}`);
    return this.getFaults.get(seriesId) ?? !this.emptySeries.has(seriesId);
  }

  private page(id: string, calendar: FakeCalendar, since: number, pageToken: string | undefined): Page {
    const name = pageToken?.split('#')[0] ?? `${id} ${this.frozen.size}`;
    const from = Number(pageToken?.split('#')[1] ?? 0);
    if (pageToken === undefined) {
      const rows = [...calendar.rows.values()].filter(({ changed, unlisted }) => changed > since && !unlisted);
      const ordered = rows.sort((a, b) => a.changed - b.changed).map(({ row }) => listed(row));
      this.frozen.set(name, { rows: ordered, changes: calendar.changes });
    }
    // What changes while pages are read is behind the token of the last one.
    const { rows, changes } = this.frozen.get(name) ?? { rows: [], changes: calendar.changes };
    const about = { timeZone: calendar.zone, accessRole: calendar.accessRole };
    if (pageToken === undefined && this.emptyPageFirst) return { ...about, rows: [], nextPageToken: `${name}#0` };
    const until = from + this.pageSize;
    if (until < rows.length) return { ...about, rows: rows.slice(from, until), nextPageToken: `${name}#${until}` };
    const token = `${id}/${changes}`;
    return { ...about, rows: rows.slice(from), ...(this.givesTokens && { nextSyncToken: token }) };
  }

  private of(calendarId: string): FakeCalendar {
    const calendar = this.calendars.get(calendarId);
    if (calendar === undefined) throw new Error(`No calendar ${calendarId}.`);
    return calendar;
  }
}

function withEtag({ row, changed }: Kept): Row {
  return { ...row, etag: `"${changed}"` };
}

function listed(row: Row): Row {
  const { id, status, recurringEventId, originalStartTime } = row;
  if (status !== 'cancelled') return row;
  return { id, status, ...(recurringEventId && { recurringEventId }), ...(originalStartTime && { originalStartTime }) };
}

function faultOf(code: ErrorCode): AddOnError {
  const remedy = code === 'sync-token-expired' ? 'resync' : code === 'grant-missing' ? 'reauthorise' : 'retry-later';
  return addOnError(code, remedy, code);
}
