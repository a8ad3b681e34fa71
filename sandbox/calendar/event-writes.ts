/**
 * events.insert, update, patch, delete, import and get: one row on one calendar.
 *
 * Everything is checked before anything is stored, so a refused request changes nothing. Conditional requests:
 * /workspace/calendar/api/guides/version-resources.
 */
import type { JsonObject } from '../world/json';
import type { Random } from '../world/random';
import type { SwitchSettings } from '../world/switches';
import { timestamp } from '../world/zones';
import type { Access } from './access';
import { attendeesOf, findAttendee, withAnswer } from './attendees';
import type { CalendarRecord, CalendarStore } from './calendar-store';
import type { Composed, ComposeRequest, Composer } from './compose';
import { htmlLink } from './copies';
import { readEventType } from './event-details';
import { readBody } from './event-fields';
import type { EventStore, RowDraft } from './event-store';
import { hasLiveSeries, type Meetings, organiserOf } from './meetings';
import type { Occurrences } from './occurrences';
import { refuse } from './refusal';
import { type EventRow, isForgotten, isSeries, sameJson } from './row';
import { isTrim } from './rule-lines';
import type { SeriesWide } from './series-wide';

export interface WriteOptions {
  conference: boolean;
  attachments: boolean;
  byEditor: boolean;
  ifMatch?: string | undefined;
}

export interface WriteDeps {
  store: EventStore;
  calendars: CalendarStore;
  meetings: Meetings;
  occurrences: Occurrences;
  composer: Composer;
  switches: SwitchSettings;
  random: Random;
  wide: SeriesWide;
  nowMs: () => number;
}

/** base32hex, 5 to 1024 characters: events reference, `id`. */
const EVENT_ID = /^[a-v0-9]{5,1024}$/;
const GENERATED_ID_LENGTH = 26;
/** A series remembers so many of its former shapes. */
const FORMER_KEPT = 5;

export class EventWrites {
  constructor(readonly deps: WriteDeps) {}

  /** The row a request names, stored or an occurrence; 404 when there is none. */
  find(access: Access, eventId: string): EventRow {
    const row = this.deps.occurrences.find(access.calendar.id, eventId);
    if (row === undefined || isForgotten(row, this.deps.switches)) throw refuse.notFound();
    return row;
  }

  newId(): string {
    const { random, calendars, store } = this.deps;
    for (;;) {
      const id = random.text(GENERATED_ID_LENGTH);
      if (calendars.calendars().every((calendar) => store.row(calendar.id, id) === undefined)) return id;
    }
  }

  insert(access: Access, given: unknown, options: WriteOptions): EventRow {
    const body = readBody(given);
    const id = this.idOf(body, access);
    const base = this.birth(access, id, body);
    base.eventType = readEventType(body, access.calendar.primary);
    const composed = this.compose(base, undefined, access, { ...options, mode: 'insert', body });
    if (composed.event.status === 'cancelled') throw refuse.invalid('Invalid value for: status');
    return this.deps.meetings.commit(undefined, this.draft(access, id, composed));
  }

  /** A private copy of an event that lives elsewhere; the same iCalUID again replaces it. */
  import(access: Access, given: unknown, options: WriteOptions): EventRow {
    const body = readBody(given);
    if (typeof body.iCalUID !== 'string' || body.iCalUID === '') throw refuse.required('Missing iCalUID.');
    const { store } = this.deps;
    const present = store.withUid(access.calendar.id, body.iCalUID);
    const id = present?.id ?? this.idOf(body, access);
    const base = this.birth(access, id, body);
    const organizer = body.organizer as JsonObject | undefined;
    if (typeof organizer?.email === 'string') base.organizer = this.person(organizer.email.toLowerCase(), access);
    if (typeof organizer?.displayName === 'string') {
      base.organizer = { ...(base.organizer as JsonObject), displayName: organizer.displayName };
    }
    base.eventType = 'default';
    if (present) Object.assign(base, { created: present.event.created!, sequence: present.event.sequence! });
    const composed = this.compose(base, undefined, access, { ...options, mode: present ? 'update' : 'insert', body });
    const draft: RowDraft = { ...this.draft(access, id, composed), alone: true };
    if (composed.event.status === 'cancelled') draft.gone = 'deleted';
    return this.deps.meetings.commit(present, draft);
  }

  /** update and patch. A status of cancelled deletes, one of confirmed brings back. */
  change(access: Access, eventId: string, given: unknown, mode: 'update' | 'patch', options: WriteOptions): EventRow {
    const body = readBody(given);
    const row = this.find(access, eventId);
    checkMatch(row, options.ifMatch);
    if (row.gone === 'series' && !hasLiveSeries(this.deps.store, row)) throw refuse.deleted();
    if (row.gone === 'withdrawn' || row.gone === 'moved') throw refuse.forbidden();
    if (body.eventType != null && body.eventType !== row.event.eventType) {
      throw refuse.malformed('eventTypeRestriction', 'Event type cannot be changed.');
    }
    const composed = this.compose(row.event, row, access, { ...options, mode, body });
    if (composed.event.status === 'cancelled' && row.gone === undefined) return this.cancel(row);
    return this.store(row, composed, body, options.byEditor);
  }

  /** events.delete. Twice is 410. */
  delete(access: Access, eventId: string, ifMatch: string | undefined): void {
    const row = this.find(access, eventId);
    checkMatch(row, ifMatch);
    if (row.gone !== undefined) throw refuse.deleted();
    this.cancel(row);
  }

  /** Brings a cancelled row back, as undelete in Calendar's bin does. 400 when it is not for this calendar to do. */
  restore(row: EventRow): EventRow {
    const { meetings } = this.deps;
    if (row.gone === undefined) throw refuse.invalid('The event is not deleted.');
    if (row.gone === 'withdrawn' || row.gone === 'moved') throw refuse.forbidden();
    if (row.gone === 'series' || row.gone === 'trimmed') throw refuse.forbidden();
    const organiser = row.gone === 'removed' ? meetings.organiserRow(row) : undefined;
    if (organiser?.gone !== undefined) throw refuse.forbidden();
    const { gone: _gone, ...live } = meetings.touched(row, { ...row.event, status: 'confirmed' });
    if (organiser === undefined) return meetings.commit(row, live);
    live.event = answered(live, 'needsAction');
    return meetings.refresh(meetings.commit(row, live));
  }

  /** Cancels a live row: the organiser deletes the event, a guest leaves it. */
  cancel(row: EventRow): EventRow {
    const { store, meetings } = this.deps;
    const organised = row.alone || organiserOf(row.event) === row.calendarId;
    const draft = meetings.touched(row, { ...row.event, status: 'cancelled' });
    draft.gone = hasLiveSeries(store, row) ? 'occurrence' : organised ? 'deleted' : 'removed';
    if (!organised) draft.event = answered(draft, 'declined');
    if (draft.gone === 'deleted') draft.event = { ...draft.event, sequence: ((row.event.sequence as number) ?? 0) + 1 };
    const stored = meetings.commit(row, draft);
    if (draft.gone === 'occurrence' && organised) this.endIfEmpty(row);
    return stored;
  }

  /** Where a series does not outlive its last occurrence, it goes with that. */
  private endIfEmpty({ calendarId, event }: EventRow): void {
    const { store, occurrences, switches } = this.deps;
    const series = switches.emptySeriesStay ? undefined : store.row(calendarId, event.recurringEventId as string);
    if (series === undefined || series.gone !== undefined || !isSeries(series.event)) return;
    const isEndless = (line: string) => /^RRULE/i.test(line) && !/COUNT|UNTIL/i.test(line);
    if ((series.event.recurrence as string[]).some(isEndless)) return;
    const exceptions = store.exceptions(calendarId, series.id);
    const gone = new Set(
      exceptions.filter((one) => one.gone !== undefined).map((one) => occurrences.slotOf(one.event)),
    );
    // One more than are gone is enough to know, however many there are.
    const slots = occurrences.seriesOf(series).slots(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, gone.size + 1);
    if (slots.every((slot) => gone.has(slot))) this.cancel(series);
  }

  private store(row: EventRow, composed: Composed, body: JsonObject, byEditor: boolean): EventRow {
    const { meetings, calendars, wide } = this.deps;
    const event = wide.visibilityOf(row, composed.event);
    const draft = { ...meetings.touched(row, event), startMs: composed.startMs, endMs: composed.endMs };
    if (event.status !== 'cancelled') delete draft.gone;
    const moved = ['start', 'end', 'recurrence'].some((name) => !sameJson(row.event[name], event[name]));
    const organised = organiserOf(event) === row.calendarId && calendars.calendar(row.calendarId) !== undefined;
    const isCut = byEditor && isOnlyCut(row.event, event);
    if (moved && !isCut && organised && typeof body.sequence !== 'number') {
      draft.event.sequence = ((event.sequence as number | undefined) ?? 0) + 1;
    }
    if (moved && isSeries(row.event)) {
      const shape = {
        until: row.change,
        start: row.event.start as JsonObject,
        recurrence: row.event.recurrence as string[],
      };
      draft.former = [...(row.former ?? []).slice(1 - FORMER_KEPT), shape];
    }
    if (row.gone === draft.gone && isSameBut(['updated'], row.event, draft.event)) return row;
    if (onlyRemindersDiffer(row.event, event)) {
      draft.updatedMs = row.updatedMs;
      draft.event.updated = row.event.updated!;
    }
    const stored = meetings.commit(row, draft);
    if (organised) wide.spreadPrivacy(stored);
    if (organised && byEditor) wide.reach(row, stored);
    return stored;
  }

  private compose(
    base: JsonObject,
    row: EventRow | undefined,
    access: Access,
    request: WriteOptions & Pick<ComposeRequest, 'mode' | 'body'>,
  ): Composed {
    return this.deps.composer.compose(base, row, { ...request, calendar: access.calendar });
  }

  private idOf(body: JsonObject, access: Access): string {
    if (body.id == null) return this.newId();
    if (typeof body.id !== 'string' || !EVENT_ID.test(body.id)) throw refuse.invalid('Invalid resource id value.');
    if (this.deps.store.row(access.calendar.id, body.id) !== undefined) throw refuse.duplicate();
    return body.id;
  }

  /** What Google itself sets on a new event. */
  private birth(access: Access, id: string, body: JsonObject): JsonObject {
    const { calendar } = access;
    const nowMs = this.deps.nowMs();
    return {
      kind: 'calendar#event',
      etag: '',
      id,
      htmlLink: htmlLink(id, calendar.id),
      created: timestamp(nowMs - (nowMs % 1000)),
      updated: timestamp(nowMs),
      creator: this.person(access.viewer, access),
      organizer: this.person(calendar.id, access),
      iCalUID: typeof body.iCalUID === 'string' && body.iCalUID !== '' ? body.iCalUID : `${id}@google.com`,
      sequence: 0,
    };
  }

  private person(email: string, { calendar }: Access): JsonObject {
    const name = nameOf(this.deps.calendars.calendar(email));
    return { email, ...(name !== undefined && { displayName: name }), ...(email === calendar.id && { self: true }) };
  }

  private draft(access: Access, id: string, { event, startMs, endMs }: Composed): RowDraft {
    const alone = event.privateCopy === true;
    const updatedMs = this.deps.nowMs();
    return { calendarId: access.calendar.id, id, updatedMs, startMs, endMs, ...(alone && { alone }), event };
  }
}

/** The name by which a calendar organises: a secondary one has it, of a primary only the address is shown. */
export function nameOf(calendar: CalendarRecord | undefined): string | undefined {
  return calendar?.primary === false ? calendar.summary : undefined;
}

/** Throws 412 when If-Match names another version. */
export function checkMatch(row: EventRow, ifMatch: string | undefined): void {
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== row.event.etag) throw refuse.conditionNotMet();
}

function answered(draft: RowDraft, responseStatus: string): JsonObject {
  const mine = findAttendee(draft.event, draft.calendarId);
  if (mine === undefined) return draft.event;
  const attendees = withAnswer(attendeesOf(draft.event), draft.calendarId, { ...mine, responseStatus });
  return { ...draft.event, attendees };
}

/** Cutting a series in Calendar's interface leaves its sequence (recorded 2025-03). */
function isOnlyCut(before: JsonObject, after: JsonObject): boolean {
  return (
    ['start', 'end'].every((name) => sameJson(before[name], after[name])) && isTrim(before.recurrence, after.recurrence)
  );
}

/** Reminders are no main data: changing them leaves `updated` alone (events reference). */
function onlyRemindersDiffer(before: JsonObject, after: JsonObject): boolean {
  return !sameJson(before.reminders, after.reminders) && isSameBut(['reminders', 'etag', 'updated'], before, after);
}

function isSameBut(names: string[], before: JsonObject, after: JsonObject): boolean {
  const without = (event: JsonObject) => Object.fromEntries(Object.entries(event).filter(([n]) => !names.includes(n)));
  return sameJson(without(before), without(after));
}
