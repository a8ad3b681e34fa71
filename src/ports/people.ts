/** What people get to see: the answer to a create, and the state of their sync. */
import type { Stamp } from '../core/stamp';
import type { Conference } from './provider';

export type CreateResult =
  | { kind: 'created'; conference: Conference; stamp: Stamp }
  /** Google's ConferenceErrorType, which is all that a person gets to see. */
  | { kind: 'failed'; error: 'TEMPORARY' | 'PERMANENT' | 'PERMISSION_DENIED' | 'UNKNOWN' }
  /** The person has to connect, or to allow what is missing, first, there. */
  | { kind: 'failed'; error: 'AUTHENTICATION'; connectUrl: string };

export interface Status {
  calendars: number;
  lostCalendars: number;
  /** Calendars whose list is not read to its end yet. */
  unfinished: number;
  /** Calendars that Google gives no place to go on from: each read is one of everything. */
  tokenless: number;
  /** Calendars that are asked for more plainly because of that, and now have one. */
  plain: number;
  /** When the calendar read longest ago was read. Epoch milliseconds; undefined before the first pass. */
  readMs?: number;
  /** That is too long ago to say how anything stands. */
  isStale: boolean;
  /** Calendars that Google would have no trigger for. */
  unwatched: number;
  /** Google would not have the hourly trigger made. */
  hasNoSweep: boolean;
  live: number;
  pending: number;
  /** Decided, not yet confirmed. */
  outbox: number;
  parked: number;
  broken: number;
  /** Conferences that the service does not know as the account in force: another one made them (`another`), or may have. */
  unknown: { another: number; untold: number };
  /** Their link leads nowhere, and a new one is on the way. */
  repairing: number;
  /** Why a provider is left alone now, by solution. */
  pauses: Array<{ solution: string; reason: 'limited' | 'unavailable' | 'unauthorised'; untilMs: number }>;
  /** Changes that wait for a provider's next day, by solution. They are in `outbox` as well. */
  waiting: Array<{ solution: string; changes: number; untilMs: number }>;
  storeFull: boolean;
  /** A damage of what is remembered: since when, whether it is mended, and what stays damaged. */
  memory?: { sinceMs?: number; isMended: boolean; left: ReadonlyArray<'shard' | 'line' | 'calendar'> };
  /** What is not followed for want of room: changed occurrences of series, and events with a conference of ours. */
  unfollowed: { occurrences: number; events: number };
  /** What waits for the person's consent: reading their events, or telling the conference service. */
  held?: 'reading' | 'telling';
  /** Conferences that live on because nobody knows what became of their event: the first few, and how many there are. */
  kept: readonly KeptConference[];
  keptCount: number;
}

export interface KeptConference {
  solution: string;
  /** The provider's id. */
  conference: string;
}
