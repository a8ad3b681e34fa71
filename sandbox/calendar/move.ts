/**
 * events.move: the event gets another organiser, and a row stays behind.
 *
 * The old calendar keeps a cancelled row of which only the id is promised, unless it is itself a guest: then it keeps
 * a guest's copy (/workspace/calendar/api/v3/reference/events#status, .../events/move). What that row tells is the switch
 * movedTombstone, whether the id comes along moveKeepsId, and which of the two rows is answered moveAnswers.
 */
import type { JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';
import type { Zones } from '../world/zones';
import type { Access } from './access';
import { emailsOf } from './attendees';
import { htmlLink, turnPeople } from './copies';
import type { RowDraft } from './event-store';
import { instantOf, inZone } from './event-time';
import { type EventWrites, nameOf } from './event-writes';
import { instanceId, readInstanceId } from './instance-id';
import { organiserOf } from './meetings';

import { refuse } from './refusal';
import { type EventRow, isException, isSeries } from './row';

/** Both ends of a move: what is left on the old calendar, and the event on the new one. */
export interface Moved {
  source: EventRow;
  destination: EventRow;
}

export class Mover {
  constructor(
    private readonly writes: EventWrites,
    private readonly zones: Zones,
    private readonly switches: SwitchSettings,
  ) {}

  /** Moves an event with its exceptions. Asked again it does nothing, as recorded. Throws refusals. */
  move(from: Access, eventId: string, to: Access): Moved {
    const row = this.writes.find(from, eventId);
    const there = row.gone === 'moved' ? this.arrived(row, to) : undefined;
    if (there !== undefined) return { source: row, destination: there };
    if (row.gone !== undefined) throw refuse.deleted();
    if (isException(row.event)) {
      throw refuse.malformed('cannotChangeOrganizerOfInstance', 'Cannot change the organizer of an instance.');
    }
    if (row.event.eventType !== 'default') {
      throw refuse.malformed('eventTypeRestriction', 'Only default events can be moved.');
    }
    if (!row.alone && organiserOf(row.event) !== from.calendar.id) throw refuse.forbiddenForNonOrganizer();
    if (from.calendar.id === to.calendar.id) return { source: row, destination: row };
    const id = this.switches.moveKeepsId ? row.id : this.writes.newId();
    const present = this.writes.deps.store.row(to.calendar.id, id);
    if (present && present.gone === undefined && present.event.iCalUID !== row.event.iCalUID) throw refuse.duplicate();
    const exceptions = this.writes.deps.store.exceptions(from.calendar.id, row.id);
    this.leave(row, id, to);
    const moved = this.writes.deps.meetings.commit(present, this.arrive(row, to, id));
    if (isSeries(row.event)) for (const exception of exceptions) this.moveException(exception, moved, to);
    return { source: this.writes.deps.store.row(from.calendar.id, row.id)!, destination: moved };
  }

  /** Where an event that was moved before stands now, if that is the calendar asked for. */
  private arrived(left: EventRow, to: Access): EventRow | undefined {
    if (organiserOf(left.event) !== to.calendar.id) return undefined;
    const rows = this.writes.deps.store.rows(to.calendar.id);
    return [...rows].find(({ event, gone }) => gone === undefined && event.iCalUID === left.event.iCalUID);
  }

  /** The event as its new organiser's. */
  private arrive(row: EventRow, to: Access, id: string): RowDraft {
    const { meetings } = this.writes.deps;
    const zone = to.calendar.timeZone;
    const draft = meetings.touched(row, row.event);
    const event: JsonObject = {
      ...draft.event,
      id,
      htmlLink: htmlLink(id, to.calendar.id),
      organizer: organiserAt(to),
    };
    turnPeople(event, to.calendar.id);
    for (const name of ['start', 'end', 'originalStartTime']) {
      if (event[name] !== undefined) event[name] = inZone(event[name] as JsonObject, zone, this.zones);
    }
    return {
      ...draft,
      calendarId: to.calendar.id,
      id,
      startMs: instantOf(event.start as JsonObject, zone, this.zones),
      endMs: instantOf(event.end as JsonObject, zone, this.zones),
      event,
    };
  }

  /**
   * What stays behind, with the new calendar as its organiser; when the id changes, the guests' old copies go too and come
   * anew.
   */
  private leave(row: EventRow, newId: string, to: Access): void {
    const { store, meetings } = this.writes.deps;
    const organizer = organiserAt(to);
    const sameId = newId === row.id;
    const places = [row, ...(sameId ? [] : this.copiesOf(row))];
    for (const copy of places) {
      for (const one of [...store.exceptions(copy.calendarId, copy.id), copy]) {
        if (one.gone !== undefined && one.gone !== 'occurrence') continue;
        store.put({ ...meetings.touched(one, { ...one.event, status: 'cancelled', organizer }), gone: 'moved' });
      }
    }
  }

  private copiesOf(row: EventRow): EventRow[] {
    const { store } = this.writes.deps;
    const copies = emailsOf(row.event).map((guest) => store.row(guest, row.id));
    return copies.filter((copy) => copy !== undefined && copy.event.iCalUID === row.event.iCalUID) as EventRow[];
  }

  private moveException(exception: EventRow, series: EventRow, to: Access): void {
    if (exception.gone === 'series' || exception.gone === 'trimmed') return;
    const named = readInstanceId(exception.id);
    if (named === undefined) return;
    const { store, meetings } = this.writes.deps;
    const draft = this.arrive(exception, to, instanceId(series.id, named.slot, named.allDay));
    draft.event.recurringEventId = series.id;
    meetings.commit(store.row(to.calendar.id, draft.id), draft);
  }
}

/** The calendar as the organiser of its events, as other calendars show it. */
function organiserAt({ calendar }: Access): JsonObject {
  const displayName = nameOf(calendar);
  return { email: calendar.id, ...(displayName !== undefined && { displayName }) };
}
