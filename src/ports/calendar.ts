/**
 * Port: reading a user's calendars.
 *
 * Sync token: Google's cursor after the last page. Page token: the one between pages. Query: every list parameter but
 * these two; a sync token is good only for the query it was made with.
 */
import type { AddOnError } from '../core/errors';
import type { Row } from '../core/row';

export interface Page {
  rows: Row[];
  /** IANA zone of the calendar. */
  timeZone: string;
  /** What this user may do there: owner, writer, reader, freeBusyReader. */
  accessRole: string;
  nextPageToken?: string;
  nextSyncToken?: string;
}

export interface CalendarPort {
  /** A text that differs whenever the query's parameters do. */
  readonly query: string;
  /** One page. Errors are classified, never thrown. */
  listPage(calendarId: string, at: { syncToken?: string; pageToken?: string }): Page | AddOnError;
  /** The event as it is now; tombstones are rows too. Errors are classified, never thrown. */
  get(calendarId: string, eventId: string): Row | AddOnError;
  /** The occurrences of a series, cancelled ones too, as far ahead as Google expands it. Errors are classified, never thrown. */
  occurrences(calendarId: string, seriesId: string): Row[] | AddOnError;
}
