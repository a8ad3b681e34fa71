/**
 * What an edit of a whole series does to its exceptions.
 *
 * Google does not say. We let a changed field reach an exception that still had the series' old value (switch
 * masterEditReachesExceptions), never its times; and end an exception whose slot is no more.
 */
import type { JsonObject } from '../world/json';
import { attendeesOf, inheritAttendees } from './attendees';
import { SHARED_NAMES } from './event-fields';
import type { EventStore, RowDraft } from './event-store';
import { type EventRow, sameJson } from './row';

const NOT_INHERITED = new Set([
  ...[
    'start',
    'end',
    'recurrence',
    'status',
    'sequence',
    'recurringEventId',
    'originalStartTime',
    'created',
    'iCalUID',
  ],
]);

/** The exception's event after the series went from `before` to `after`; the same object when nothing changed. */
export function inheritEdit(exception: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  let event = exception;
  for (const name of SHARED_NAMES) {
    if (NOT_INHERITED.has(name) || sameJson(before[name], after[name])) continue;
    if (name === 'attendees') {
      const attendees = inheritAttendees(attendeesOf(event), attendeesOf(before), attendeesOf(after));
      if (sameJson(attendees, event.attendees ?? [])) continue;
      event = { ...event, attendees };
      if (attendees.length === 0) delete event.attendees;
    } else if (sameJson(exception[name], before[name])) {
      event = { ...event };
      if (after[name] === undefined) delete event[name];
      else event[name] = after[name];
    }
  }
  return event;
}

/**
 * Cancels the stored exceptions of a deleted series, and yields those that are cancelled now.
 * @param reported whether lists tell it (switch seriesDeletionReportsExceptions).
 */
export function endExceptions(
  store: EventStore,
  series: EventRow,
  reported: boolean,
  ended: (exception: EventRow) => RowDraft,
): EventRow[] {
  const rows: EventRow[] = [];
  for (const exception of store.exceptions(series.calendarId, series.id)) {
    if (exception.gone !== undefined) continue;
    const draft = ended(exception);
    if (reported) rows.push(store.put(draft));
    else {
      const row = { ...draft, change: exception.change };
      store.putSilently(row);
      rows.push(row);
    }
  }
  return rows;
}
