/**
 * A row: one item of a list of events, reduced to what the add-on reads.
 *
 * Row: one item of a delta. Tombstone: a row with `status: cancelled`, of which only `id` is promised.
 * Series master: the recurring event. Exception: one changed occurrence. Cancelled occurrence: one removed occurrence.
 *
 * Google: https://developers.google.com/workspace/calendar/api/v3/reference/events
 */

export interface RowTime {
  /** RFC 3339 with offset; absent for all-day events. The offset may be the calendar's, not the event's. */
  dateTime?: string;
  /** IANA zone that anchors the event. */
  timeZone?: string;
  /** yyyy-mm-dd, for all-day events. */
  date?: string;
}

export interface RowConference {
  conferenceId?: string;
  conferenceSolution?: { key?: { type?: string } };
  /** Google's reference nests the map under `.parameters`; its event object for cards does not. Both are read. */
  parameters?: { addOnParameters?: { parameters?: Record<string, string> } & Record<string, unknown> };
}

export interface RowPerson {
  email?: string;
  self?: boolean;
}

export interface Row {
  id: string;
  /** The same on every calendar that shows the event, wherever it moves; occurrences have their series' one. */
  iCalUID?: string;
  status?: string;
  etag?: string;
  /** RFC 3339; only of another look, and not of every tombstone. */
  updated?: string;
  summary?: string;
  description?: string;
  visibility?: string;
  start?: RowTime;
  end?: RowTime;
  recurrence?: string[];
  recurringEventId?: string;
  originalStartTime?: RowTime;
  organizer?: RowPerson;
  attendees?: Array<RowPerson & { optional?: boolean; resource?: boolean }>;
  attendeesOmitted?: boolean;
  conferenceData?: RowConference;
}

export function isTombstone(row: Row): boolean {
  return row.status === 'cancelled';
}

/** True for exceptions and cancelled occurrences: rows that speak of one occurrence of a series. */
export function isOccurrence(row: Row): boolean {
  return row.recurringEventId !== undefined;
}

/**
 * Is this the copy that drives the event? Guests' copies carry the same conference but must never act on it.
 * For a secondary calendar the organiser's address is the calendar id.
 */
export function isOrganisersCopy(row: Row, calendarId: string): boolean {
  if (row.organizer === undefined) return false;
  return row.organizer.self === true || row.organizer.email?.toLowerCase() === calendarId.toLowerCase();
}
