/**
 * An event as a meeting: one organiser's row, a copy for each guest who has an account here, and exceptions under it.
 *
 * `commit` is the only way a row is written. From the organiser's row changes spread to the copies; back flows only a
 * guest's answer (and, where guestsCanModify is set, a guest's edits: switch guestEditsFlowBack). A guest's other edits
 * stay on the copy until the organiser's next edit overwrites them.
 */
import type { JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';
import { timestamp, type Zones } from '../world/zones';
import { attendeesOf, emailsOf, findAttendee, RESPONSES_SPREAD_LIMIT, sameAnswer, withAnswer } from './attendees';
import type { CalendarStore } from './calendar-store';
import { copyFor } from './copies';
import { ORGANISER_ONLY, SHARED_NAMES } from './event-fields';
import type { EventStore, RowDraft } from './event-store';
import { instantOf, inZone } from './event-time';
import type { Occurrences } from './occurrences';
import { refuse } from './refusal';
import { type EventRow, isException, isSeries, sameJson } from './row';
import { endExceptions, inheritEdit } from './series-edits';

export interface MeetingsDeps {
  store: EventStore;
  calendars: CalendarStore;
  occurrences: Occurrences;
  zones: Zones;
  switches: SwitchSettings;
  nowMs: () => number;
}

export class Meetings {
  constructor(readonly deps: MeetingsDeps) {}

  /**
   * Stores a row as somebody changed it on this very calendar, and everything that follows from it.
   * @param before the row as it was (an occurrence not stored before counts), undefined for a new event.
   */
  commit(before: EventRow | undefined, after: RowDraft): EventRow {
    if (after.alone) return this.keep(before, after);
    if (organiserOf(after.event) === after.calendarId) return this.commitOrganiser(before, after);
    return this.commitGuest(before, after);
  }

  /** The organiser's row of a copy, when that calendar is here and holds it. */
  organiserRow(copy: { id: string; event: JsonObject }): EventRow | undefined {
    const row = this.deps.occurrences.find(organiserOf(copy.event), copy.id);
    return row?.event.iCalUID === copy.event.iCalUID ? row : undefined;
  }

  /** Brings a guest's copy in line with the organiser's row, whatever it said before. */
  refresh(copy: EventRow): EventRow {
    const organiser = this.organiserRow(copy);
    if (organiser) this.deliver(copy.calendarId, organiser, false);
    return this.deps.store.row(copy.calendarId, copy.id) ?? copy;
  }

  private commitOrganiser(before: EventRow | undefined, after: RowDraft, answersOnly = false): EventRow {
    const row = this.deps.store.put(after);
    if (before && (isSeries(before.event) || isSeries(row.event))) this.followSeries(before, row);
    const everyone = new Set([...(before ? emailsOf(before.event) : []), ...emailsOf(row.event)]);
    const silent = answersOnly && everyone.size > RESPONSES_SPREAD_LIMIT;
    if (!silent) for (const guest of everyone) this.deliver(guest, row, answersOnly);
    return row;
  }

  /** A guest's own change to the guest's own copy. */
  private commitGuest(before: EventRow | undefined, after: RowDraft): EventRow {
    const organiser = before && this.organiserRow(after);
    if (before === undefined || organiser === undefined || organiser.gone !== undefined)
      return this.keep(before, after);
    if (ORGANISER_ONLY.some((name) => before.event[name] !== after.event[name]))
      throw refuse.forbiddenForNonOrganizer();
    const guest = after.calendarId;
    const mine = findAttendee(after.event, guest);
    const was = findAttendee(before.event, guest);
    let event = organiser.event;
    const flows = event.guestsCanModify === true && this.deps.switches.guestEditsFlowBack && after.gone === undefined;
    if (flows) event = withEdits(event, before.event, after.event);
    const answered = mine !== undefined && (was === undefined || !sameAnswer(mine, was));
    if (answered && findAttendee(event, guest)) {
      event = { ...event, attendees: withAnswer(attendeesOf(event), guest, mine) };
      if (this.deps.switches.rsvpBumpsSequence) event = { ...event, sequence: (event.sequence as number) + 1 };
    }
    const row = this.keep(before, after);
    if (!sameJson(event, organiser.event)) {
      const draft = this.touched(organiser, event);
      this.commitOrganiser(organiser, flows ? this.placed(draft) : draft, !flows);
    }
    return this.deps.store.row(guest, row.id) ?? row;
  }

  /** Stores a row without telling another calendar. */
  private keep(before: EventRow | undefined, after: RowDraft): EventRow {
    const row = this.deps.store.put(after);
    if (before && (isSeries(before.event) || isSeries(row.event))) this.followSeries(before, row);
    return row;
  }

  /** What a changed series means for its stored exceptions, on its own calendar. */
  private followSeries(before: EventRow, row: EventRow): void {
    const { store, occurrences, switches } = this.deps;
    const exceptions = store.exceptions(row.calendarId, row.id);
    if (exceptions.length === 0) return;
    if (row.gone !== undefined) {
      this.endSeries(row);
      return;
    }
    const series = isSeries(row.event) ? occurrences.seriesOf(row) : undefined;
    for (const exception of exceptions) {
      // It went to another calendar, and comes back with a move of its own.
      if (exception.gone === 'moved') continue;
      const there = series?.has(occurrences.slotOf(exception.event)) === true;
      if (!there) {
        if (exception.gone !== 'trimmed') this.recommit(exception, this.ended(exception, 'trimmed'));
        continue;
      }
      let event = exception.event;
      if (switches.masterEditReachesExceptions) event = inheritEdit(event, before.event, row.event);
      const back = exception.gone === 'trimmed' || exception.gone === 'series';
      if (back) event = { ...event, status: 'confirmed' };
      if (event !== exception.event || back) {
        const { gone: _gone, ...live } = this.touched(exception, event);
        this.recommit(exception, back || exception.gone === undefined ? live : { ...live, gone: exception.gone! });
      }
    }
  }

  private recommit(before: EventRow, after: RowDraft): void {
    const organised = !after.alone && organiserOf(after.event) === after.calendarId;
    if (organised) this.commitOrganiser(before, after);
    else this.deps.store.put(after);
  }

  private endSeries(series: EventRow): void {
    const { store, switches } = this.deps;
    const reported = switches.seriesDeletionReportsExceptions;
    for (const row of endExceptions(store, series, reported, (exception) => this.ended(exception, 'series'))) {
      const organised = !row.alone && organiserOf(row.event) === row.calendarId;
      if (organised) for (const guest of emailsOf(row.event)) this.deliver(guest, row, false);
    }
  }

  private ended(exception: EventRow, gone: 'series' | 'trimmed'): RowDraft {
    return { ...this.touched(exception, { ...exception.event, status: 'cancelled' }), gone };
  }

  /** Brings one guest's copy in line with the organiser's row. */
  private deliver(guest: string, row: EventRow, answersOnly: boolean): void {
    const { occurrences, calendars, zones, nowMs } = this.deps;
    if (guest === row.calendarId || calendars.account(guest) === undefined) return;
    const present = occurrences.find(guest, row.id);
    if (present && present.event.iCalUID !== row.event.iCalUID) return;
    const mine = row.gone === undefined ? findAttendee(row.event, guest) : undefined;
    if (mine === undefined) {
      this.withdraw(present);
      return;
    }
    if (present === undefined || present.gone !== undefined) {
      const left = present !== undefined && LEFT.has(present.gone);
      if (answersOnly || (left && mine.responseStatus === 'declined')) return;
    }
    const guestZone = calendars.calendar(guest)!.timeZone;
    const zone = calendars.calendar(row.calendarId)!.timeZone;
    const source = answersOnly ? { ...row, event: { ...present!.event, ...answersOf(row.event) } } : row;
    const draft = copyFor(source, { guest, guestZone, zone, present, nowMs: nowMs() }, zones);
    if (draft === undefined) return;
    const stored = this.keep(present, draft);
    const fresh = present === undefined || present.gone !== undefined;
    if (fresh && isSeries(row.event)) this.deliverExceptions(guest, stored, row);
  }

  /** Somebody who joins a series later learns what its occurrences have become. */
  private deliverExceptions(guest: string, copy: EventRow, series: EventRow): void {
    for (const exception of this.deps.store.exceptions(series.calendarId, series.id)) {
      const isLost = exception.gone === 'series' || exception.gone === 'trimmed';
      if (!isLost && isSeries(copy.event)) this.deliver(guest, exception, false);
    }
  }

  private withdraw(copy: EventRow | undefined): void {
    if (copy === undefined || copy.gone !== undefined) return;
    const { store } = this.deps;
    const seriesId = copy.event.recurringEventId as string | undefined;
    const series = seriesId === undefined ? undefined : store.row(copy.calendarId, seriesId);
    const gone = series !== undefined && series.gone === undefined ? 'occurrence' : 'withdrawn';
    this.keep(copy, { ...this.touched(copy, { ...copy.event, status: 'cancelled' }), gone });
  }

  /** A draft whose times came from another calendar, printed and placed for its own. */
  private placed(draft: RowDraft): RowDraft {
    const { calendars, zones } = this.deps;
    const zone = calendars.calendar(draft.calendarId)!.timeZone;
    const start = inZone(draft.event.start as JsonObject, zone, zones);
    const end = inZone(draft.event.end as JsonObject, zone, zones);
    return {
      ...draft,
      startMs: instantOf(start, zone, zones),
      endMs: instantOf(end, zone, zones),
      event: { ...draft.event, start, end },
    };
  }

  /** The row with another event in it, modified now. */
  touched(row: EventRow, event: JsonObject): RowDraft {
    const nowMs = this.deps.nowMs();
    const { change: _change, ...rest } = row;
    return { ...rest, updatedMs: nowMs, event: { ...event, updated: timestamp(nowMs) } };
  }
}

export function organiserOf(event: JsonObject): string {
  return (event.organizer as JsonObject).email as string;
}

/** How a copy is gone that its guest took off, alone or with the series. */
const LEFT = new Set<EventRow['gone']>(['removed', 'occurrence', 'series']);

/** What an answer may change on the others' copies. */
function answersOf(event: JsonObject): JsonObject {
  return { ...(event.attendees !== undefined && { attendees: event.attendees }), sequence: event.sequence! };
}

/** The organiser's event with what a guest changed of the shared fields. */
function withEdits(organiser: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const edited = { ...organiser };
  for (const name of SHARED_NAMES) {
    if (sameJson(before[name], after[name])) continue;
    if (after[name] === undefined) delete edited[name];
    else edited[name] = after[name];
  }
  return edited;
}

/** A copy that stands for one occurrence on a calendar that has the series. */
export function hasLiveSeries(store: EventStore, row: EventRow): boolean {
  if (!isException(row.event)) return false;
  const series = store.row(row.calendarId, row.event.recurringEventId as string);
  return series !== undefined && series.gone === undefined;
}
