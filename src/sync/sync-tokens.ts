/**
 * Sync-token storage: one record per calendar in the property store.
 *
 * A sync token is good only for the calendar and the query it was made with, so both stand beside it; a token of
 * another query is not used. The record is the last thing a pass writes.
 */
import { digest } from '../core/fingerprint';
import type { Plainness } from '../ports/calendar';

export const CALENDAR_PREFIX = 'lockstep.calendar.';

/** Where a list that takes more than one pass goes on. */
export interface Checkpoint {
  /** Google's, of the next page. */
  pageToken: string;
  /** Digest of the query and the sync token that it belongs to. */
  asked: string;
  /** When the page before it was read, and the first one. Epoch milliseconds. */
  readMs: number;
  beganMs: number;
  /** Pages and rows of all parts so far. */
  pages: number;
  rows: number;
}

export interface CalendarRecord {
  /** Google's id, needed to address the calendar. */
  id: string;
  token?: string;
  /** The query the token belongs to. */
  query?: string;
  /** How plainly it is asked for since lists of the whole query brought no token. */
  plainness?: Plainness;
  /** Whole lists in a row that brought no token. */
  tokenless?: number;
  /** A list is not read to its end yet. Everything before this is in the ledger. */
  goesOn?: Checkpoint;
  /** IANA zone, as Google said last. */
  zone?: string;
  /** When a pass last read it to the end. Epoch milliseconds. */
  readMs?: number;
  /** Since when it cannot be read any more. Epoch milliseconds. Its bindings are frozen, never ended. */
  lostSinceMs?: number;
  /** When it was last read anew because the memory was damaged. Epoch milliseconds. */
  anewMs?: number;
  /** How many events with a conference of ours were shown and not followed, because there was no room. */
  unadopted?: number;
  /** When its trigger fired last. Epoch milliseconds. */
  firedMs?: number;
  /** Changes that only sweeps have found since then, and when one did so last (heartbeat.ts). */
  missed?: number;
  missedMs?: number;
}

/** The calendar's key in state and logs. Addresses are compared without case, as Google does. */
export function calendarKey(calendarId: string): string {
  return digest(calendarId.toLowerCase());
}

export function readCalendarRecords(entries: Readonly<Record<string, string>>): Map<string, CalendarRecord> {
  const records = new Map<string, CalendarRecord>();
  for (const [key, text] of Object.entries(entries)) {
    if (!key.startsWith(CALENDAR_PREFIX)) continue;
    const record = parseRecord(text);
    if (record !== undefined) records.set(key.slice(CALENDAR_PREFIX.length), record);
  }
  return records;
}

/** The token to list with, or undefined when a full sync is due. */
export function usableToken(record: CalendarRecord, query: string): string | undefined {
  return record.query === query ? record.token : undefined;
}

/** Lists without a token after which the next ones are asked for more plainly. */
const TOKENLESS_LISTS = 2;

/**
 * What a whole list says of the lists to come. A token is all that is wanted; without one a calendar is read from its
 * beginning each time, so that something is left out of the query after two such lists.
 */
export function afterList(
  { plainness = 0, tokenless = 0 }: Pick<CalendarRecord, 'plainness' | 'tokenless'>,
  hasToken: boolean,
): Pick<CalendarRecord, 'plainness' | 'tokenless'> {
  const stays = plainness === 0 ? {} : { plainness };
  if (hasToken) return stays;
  const isEnough = tokenless + 1 >= TOKENLESS_LISTS && plainness < 2;
  return isEnough ? { plainness: (plainness + 1) as Plainness } : { ...stays, tokenless: tokenless + 1 };
}

/** A record that cannot be read is as good as none: the calendar is read in full and reconciled. */
function parseRecord(text: string): CalendarRecord | undefined {
  try {
    const record = JSON.parse(text) as CalendarRecord;
    return typeof record.id === 'string' ? record : undefined;
  } catch {
    return undefined;
  }
}
