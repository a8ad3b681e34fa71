/**
 * Reads calendars through the advanced Calendar service, and puts a conference into an event where that is allowed.
 *
 * Every list call carries the same parameters: a sync token is only good for the query it was made with. Series come as
 * masters and exceptions (`singleEvents` would expand them), deletions come as rows, and no filter that Google forbids
 * beside a sync token is ever used.
 *
 * Google: https://developers.google.com/workspace/calendar/api/v3/reference/events/list
 */
import type { AddOnError } from '../core/errors';
import { addOnError, classifyGoogleError } from '../core/errors';
import { digest } from '../core/fingerprint';
import type { MeetingField } from '../core/meeting';
import type { Row } from '../core/row';
import type { CalendarPort, Page } from '../ports/calendar';
import { conferenceJsonOf } from './conference-data';

/** Only what diffRow reads leaves Google. Guests and descriptions are asked for only if a provider keeps them. */
function rowFields(fields: ReadonlySet<MeetingField>): string {
  const optional = [
    ...(fields.has('description') ? ['description'] : []),
    ...(fields.has('guests') ? ['attendees(email,optional,resource,self)', 'attendeesOmitted'] : []),
  ];
  return [
    'id,status,summary,visibility,start,end,recurrence,recurringEventId,originalStartTime,organizer(email,self)',
    'conferenceData(conferenceId,parameters)',
    ...optional,
  ].join(',');
}

/**
 * Birthdays and what Gmail found never have a conference. Whether a focus time or an absence may be given one is not
 * documented; if a person can, it is followed like any other.
 */
const EVENT_TYPES = ['default', 'focusTime', 'outOfOffice', 'workingLocation'];

/** Pages may be empty, or short; five full ones are more occurrences than Google expands. */
const MAX_OCCURRENCE_PAGES = 20;
/** What has one name are an event, or a series and what of it was changed. */
const MAX_NAMED_PAGES = 20;

/**
 * @param kept what providers keep of an event.
 * @param solutionOf how Calendar's menu shows a solution.
 */
export function calendarService(
  kept: ReadonlySet<MeetingField>,
  solutionOf: (id: string) => { name: string; logoUrl: string } | undefined,
): CalendarPort {
  const row = rowFields(kept);
  const rowNow = `etag,iCalUID,updated,${row}`;
  const plainest = { maxResults: 2500, showDeleted: true, singleEvents: false };
  const fields = { fields: `accessRole,timeZone,nextPageToken,nextSyncToken,items(${row})` };
  const queries = [{ eventTypes: EVENT_TYPES, ...fields, ...plainest }, { ...fields, ...plainest }, plainest] as const;
  const wholeRows = { fields: `nextPageToken,items(${rowNow})`, showDeleted: true };
  const expansion = { ...wholeRows, maxResults: 2500 };
  const firstFew = { fields: 'nextPageToken,items(id,status)', maxResults: 50, showDeleted: false };
  return {
    queryOf: (plainness) => digest(JSON.stringify(queries[plainness])),
    listPage(calendarId, at, plainness) {
      try {
        return pageOf(events().list(calendarId, { ...queries[plainness], ...at }));
      } catch (thrown) {
        return classifyGoogleError(thrown, 'list');
      }
    },
    get(calendarId, eventId) {
      try {
        return events().get(calendarId, eventId, { fields: rowNow }) as Row;
      } catch (thrown) {
        return classifyGoogleError(thrown, 'get');
      }
    },
    named(calendarId, iCalUID) {
      try {
        const rows: Row[] = [];
        let pageToken: string | undefined;
        for (let pages = 0; pages < MAX_NAMED_PAGES; pages++) {
          const answer = events().list(calendarId, { iCalUID, ...wholeRows, ...(pageToken && { pageToken }) });
          rows.push(...((answer.items ?? []) as Row[]));
          pageToken = answer.nextPageToken;
          if (!pageToken) return rows;
        }
        return addOnError('google-unavailable', 'retry-later', 'A list by name has no end; trying later.');
      } catch (thrown) {
        return classifyGoogleError(thrown, 'get');
      }
    },
    putConference(calendarId, eventId, etag, block) {
      const solution = solutionOf(block.stamp.solution);
      const conferenceData = solution && conferenceJsonOf(block, solution);
      if (conferenceData === undefined) return addOnError('request-wrong', 'park', 'The conference cannot be joined.');
      // Version 0 would pass over the conference in silence; guests are not written to.
      const options = { conferenceDataVersion: 1, sendUpdates: 'none', fields: rowNow };
      try {
        const change = { conferenceData } as GoogleAppsScript.Calendar.Schema.Event;
        return events().patch(change, calendarId, eventId, options, { 'If-Match': etag }) as Row;
      } catch (thrown) {
        return classifyGoogleError(thrown, 'write');
      }
    },
    occurrences(calendarId, seriesId) {
      const rows: Row[] = [];
      try {
        let pageToken: string | undefined;
        for (let pages = 0; pages < MAX_OCCURRENCE_PAGES; pages++) {
          const options = { ...expansion, ...(pageToken && { pageToken }) };
          const answer = events().instances(calendarId, seriesId, options);
          rows.push(...((answer.items ?? []) as Row[]));
          pageToken = answer.nextPageToken;
          if (!pageToken) break;
        }
        return rows;
      } catch (thrown) {
        return classifyGoogleError(thrown, 'get');
      }
    },
    hasOccurrences(calendarId, seriesId) {
      try {
        let pageToken: string | undefined;
        for (let pages = 0; pages < MAX_OCCURRENCE_PAGES; pages++) {
          const answer = events().instances(calendarId, seriesId, { ...firstFew, ...(pageToken && { pageToken }) });
          if ((answer.items ?? []).some(({ status }) => status !== 'cancelled')) return true;
          pageToken = answer.nextPageToken;
          if (!pageToken) return false;
        }
        return true;
      } catch (thrown) {
        return classifyGoogleError(thrown, 'get');
      }
    },
  };
}

function pageOf(answer: GoogleAppsScript.Calendar.Schema.Events | null): Page | AddOnError {
  if (answer === null || typeof answer !== 'object') {
    return addOnError('google-unavailable', 'retry-later', 'Google answered a list with nothing; trying later.');
  }
  return {
    rows: (answer.items ?? []) as Row[],
    timeZone: answer.timeZone ?? 'UTC',
    accessRole: answer.accessRole ?? 'owner',
    ...(answer.nextPageToken && { nextPageToken: answer.nextPageToken }),
    ...(answer.nextSyncToken && { nextSyncToken: answer.nextSyncToken }),
  };
}

function events(): GoogleAppsScript.Calendar.Collection.EventsCollection {
  const collection = Calendar?.Events;
  if (collection === undefined) throw new Error('The advanced Calendar service is not enabled in appsscript.json.');
  return collection;
}
