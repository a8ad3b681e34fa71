/**
 * Port: reading a user's calendars.
 *
 * Sync token: Google's cursor after the last page. Page token: the one between pages. Query: every list parameter but
 * these two; a sync token is good only for the query it was made with.
 */
import type { Conference } from '../core/conference';
import type { AddOnError } from '../core/errors';
import type { Row } from '../core/row';
import type { Stamp } from '../core/stamp';

export interface Page {
  rows: Row[];
  /** IANA zone of the calendar. */
  timeZone: string;
  /** What this user may do there: owner, writer, reader, freeBusyReader. */
  accessRole: string;
  nextPageToken?: string;
  nextSyncToken?: string;
}

/** What an event shows of a conference, and the mark of who made it. */
export interface ConferenceBlock {
  conference: Conference;
  stamp: Stamp;
}

/**
 * How much of the query is left out, for a Google that gives no sync token with all of it: nothing, the kinds of events, the
 * choice of fields as well.
 */
export type Plainness = 0 | 1 | 2;

export interface CalendarPort {
  /** A text that differs whenever the query's parameters do. */
  queryOf(plainness: Plainness): string;
  /** One page. Errors are classified, never thrown. */
  listPage(calendarId: string, at: { syncToken?: string; pageToken?: string }, plainness: Plainness): Page | AddOnError;
  /** The event as it is now, with its etag; tombstones are rows too. Errors are classified, never thrown. */
  get(calendarId: string, eventId: string): Row | AddOnError;
  /**
   * What the calendar shows under an iCalUID, tombstones too: an event, or a series with its exceptions, whatever their ids
   * are there. Errors are classified, never thrown.
   */
  named(calendarId: string, iCalUid: string): Row[] | AddOnError;
  /**
   * Puts a conference in the place of the one that the event has, and touches nothing else. `event-changed` when the event is
   * not as `etag` has it any more. The event as it is then. Errors are classified, never thrown.
   */
  putConference(calendarId: string, eventId: string, etag: string, block: ConferenceBlock): Row | AddOnError;
  /** The occurrences of a series, cancelled ones too, as far ahead as Google expands it. Errors are classified, never thrown. */
  occurrences(calendarId: string, seriesId: string): Row[] | AddOnError;
  /**
   * Is any occurrence of a series left that is not cancelled, past or coming? Without an answer to the last page: yes. Errors
   * are classified, never thrown.
   */
  hasOccurrences(calendarId: string, seriesId: string): boolean | AddOnError;
}
