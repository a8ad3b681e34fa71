/**
 * Reads what changed in one calendar: every page, to the sync token.
 *
 * An expired token is replaced by one full sync, once. Nothing is handed on before the last page: an exception may
 * stand on an earlier page than its series master.
 *
 * Google: https://developers.google.com/workspace/calendar/api/guides/sync
 */
import type { AddOnError } from '../core/errors';
import { addOnError, isAddOnError } from '../core/errors';
import type { Row } from '../core/row';
import type { CalendarPort } from '../ports/calendar';
import type { Budget } from './budget';
import type { CalendarRecord } from './sync-tokens';
import { usableToken } from './sync-tokens';

export interface Delta {
  rows: Row[];
  /** True when the rows are all events of the calendar, not only the changed ones. */
  full: boolean;
  zone: string;
  /** Undefined when Google gave none; the next pass reads in full again. */
  token?: string;
}

/** 2,500 rows a page: more pages than this are no calendar of a person. */
const MAX_PAGES = 200;

export function readDelta(calendar: CalendarPort, record: CalendarRecord, budget: Budget): Delta | AddOnError {
  const syncToken = usableToken(record, calendar.query);
  const delta = readPages(calendar, record.id, syncToken, budget);
  const expired = isAddOnError(delta) && delta.code === 'sync-token-expired' && syncToken !== undefined;
  return expired ? readPages(calendar, record.id, undefined, budget) : delta;
}

function readPages(
  calendar: CalendarPort,
  calendarId: string,
  syncToken: string | undefined,
  budget: Budget,
): Delta | AddOnError {
  const rows: Row[] = [];
  let pageToken: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    if (pages > 0 && !budget.allows()) {
      return addOnError(
        'budget-spent',
        'retry-later',
        `Time ran out after ${pages} pages; the next pass begins again.`,
      );
    }
    const page = calendar.listPage(calendarId, { ...(syncToken && { syncToken }), ...(pageToken && { pageToken }) });
    if (isAddOnError(page)) return page;
    if (page.accessRole === 'freeBusyReader' || page.accessRole === 'none') {
      return addOnError('calendar-lost', 'park', 'Only free/busy times of the calendar may be read now.');
    }
    for (const row of page.rows) rows.push(row);
    pageToken = page.nextPageToken;
    if (pageToken === undefined) {
      const full = syncToken === undefined;
      return { rows, full, zone: page.timeZone, ...(page.nextSyncToken && { token: page.nextSyncToken }) };
    }
  }
  return addOnError('google-unavailable', 'retry-later', `More than ${MAX_PAGES} pages; the next pass begins again.`);
}
