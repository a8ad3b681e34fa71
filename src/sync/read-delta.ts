/**
 * Reads what changed in one calendar: every page, to the sync token, or as many as there is time for.
 *
 * An expired token is replaced by one full sync, once; so is the token of a calendar that has another zone now. A list
 * that takes longer than one pass is read in parts: each part tells where the next one goes on, and the sync token comes
 * with the last. A part that Google will not go on from is given up, and the list begins again.
 *
 * Google: https://developers.google.com/workspace/calendar/api/guides/sync
 */
import type { AddOnError } from '../core/errors';
import { addOnError, isAddOnError } from '../core/errors';
import { digest } from '../core/fingerprint';
import { DAY_MS, HOUR_MS } from '../core/policies';
import type { Row } from '../core/row';
import type { CalendarPort, Plainness } from '../ports/calendar';
import type { Budget } from './budget';
import { ACT_RESERVE_MS } from './budget';
import type { CalendarRecord, Checkpoint } from './sync-tokens';
import { usableToken } from './sync-tokens';

export interface Delta {
  rows: Row[];
  /** True when the list is of all events of the calendar, not only of the changed ones. */
  full: boolean;
  zone: string;
  /** Undefined when Google gave none; the next pass reads in full again. */
  token?: string;
  /** False: earlier passes have read what comes before. */
  isFirst: boolean;
  /** Where the next pass goes on; undefined when these rows are the last. */
  goesOn?: Checkpoint;
  /** No part of the list, this one included, has shown any event. */
  isEmpty: boolean;
}

/** 2,500 rows a page: more pages than this, in all parts of a list, are no calendar of a person. */
const MAX_PAGES = 2_000;
/** Google does not say how long a page token is good for. The sweep comes hourly, and may be lost once. */
const GOES_ON_WITHIN_MS = 3 * HOUR_MS;
/** Later the list would begin with what has long changed; it is rather begun anew. */
const LONGEST_LIST_MS = 2 * DAY_MS;
/** A page token that is longer finds no room beside the rest of a calendar's record. */
const MAX_PAGE_TOKEN_CHARS = 4_000;

export function readDelta(
  calendar: CalendarPort,
  record: CalendarRecord,
  budget: Budget,
  nowMs: number,
): Delta | AddOnError {
  const { plainness = 0 } = record;
  const query = calendar.queryOf(plainness);
  const syncToken = usableToken(record, query);
  const from = usableCheckpoint(record, query, syncToken, nowMs);
  const reading = { budget, nowMs, plainness };
  if (from !== undefined) {
    const part = readPages(calendar, record.id, syncToken, { ...reading, from });
    const refused = isAddOnError(part) && (part.code === 'request-wrong' || part.code === 'sync-token-expired');
    if (!refused && !hasOtherZone(record, part)) return part;
  }
  const delta = readPages(calendar, record.id, syncToken, reading);
  if (syncToken === undefined) return delta;
  const isAnew = isTokensFault(delta) || hasOtherZone(record, delta);
  return isAnew ? readPages(calendar, record.id, undefined, reading) : delta;
}

/**
 * Of a token that it cannot read Google says "Invalid Value" and no more (recorded 2023): what is called wrong with a token
 * is asked once without.
 */
function isTokensFault(delta: Delta | AddOnError): boolean {
  return isAddOnError(delta) && (delta.code === 'sync-token-expired' || delta.code === 'request-wrong');
}

/** Whole days, and times without a zone of their own, are the calendar's; Google calls none of these events changed. */
function hasOtherZone({ zone }: CalendarRecord, delta: Delta | AddOnError): boolean {
  return !isAddOnError(delta) && zone !== undefined && zone !== delta.zone;
}

/** A page token is good only behind the very same question. */
function usableCheckpoint(
  { goesOn }: CalendarRecord,
  query: string,
  syncToken: string | undefined,
  nowMs: number,
): Checkpoint | undefined {
  if (goesOn === undefined || goesOn.asked !== questionOf(query, syncToken)) return undefined;
  const isFresh = nowMs - goesOn.readMs < GOES_ON_WITHIN_MS && nowMs - goesOn.beganMs < LONGEST_LIST_MS;
  return isFresh && goesOn.pages < MAX_PAGES ? goesOn : undefined;
}

function questionOf(query: string, syncToken: string | undefined): string {
  return digest(`${query} ${syncToken ?? ''}`);
}

interface Reading {
  budget: Budget;
  nowMs: number;
  plainness: Plainness;
  from?: Checkpoint;
}

function readPages(
  calendar: CalendarPort,
  calendarId: string,
  syncToken: string | undefined,
  { budget, nowMs, plainness, from }: Reading,
): Delta | AddOnError {
  const rows: Row[] = [];
  const begun = from ?? { beganMs: nowMs, pages: 0, rows: 0 };
  let pageToken = from?.pageToken;
  for (let pages = 1; begun.pages + pages <= MAX_PAGES; pages++) {
    const at = { ...(syncToken && { syncToken }), ...(pageToken && { pageToken }) };
    const page = calendar.listPage(calendarId, at, plainness);
    if (isAddOnError(page)) return page;
    if (page.accessRole === 'freeBusyReader' || page.accessRole === 'none') {
      return addOnError('calendar-lost', 'park', 'Only free/busy times of the calendar may be read now.');
    }
    for (const row of page.rows) rows.push(row);
    const next = page.nextPageToken;
    const part = {
      rows,
      full: syncToken === undefined,
      zone: page.timeZone,
      isFirst: from === undefined,
      isEmpty: begun.rows + rows.length === 0,
    };
    if (next === undefined) return { ...part, ...(page.nextSyncToken && { token: page.nextSyncToken }) };
    if (next === pageToken) break;
    pageToken = next;
    if (budget.allows(ACT_RESERVE_MS)) continue;
    if (next.length > MAX_PAGE_TOKEN_CHARS) {
      return addOnError(
        'budget-spent',
        'retry-later',
        `Time ran out after ${pages} pages; the next pass begins again.`,
      );
    }
    const goesOn: Checkpoint = {
      pageToken: next,
      asked: questionOf(calendar.queryOf(plainness), syncToken),
      readMs: nowMs,
      beganMs: begun.beganMs,
      pages: begun.pages + pages,
      rows: begun.rows + rows.length,
    };
    return { ...part, goesOn };
  }
  return addOnError('google-unavailable', 'retry-later', 'The pages do not end; the next pass begins again.');
}
