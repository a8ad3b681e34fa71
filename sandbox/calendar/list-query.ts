/**
 * What events.list and events.instances ask: parameters turned into one checked value, and the digest that binds
 * sync and page tokens to it.
 */

import { parseTime, type Zones } from '../world/zones';
import { digest } from './digest';
import type { Given } from './params';
import { refuse } from './refusal';

/** Page sizes of the reference: events.list, maxResults. */
export const PAGE_SIZE_DEFAULT = 250;
export const PAGE_SIZE_LIMIT = 2500;

export interface SyncQuery {
  /** timeMin and timeMax, in milliseconds. */
  window: { fromMs?: number; beforeMs?: number };
}

export interface ListQuery extends SyncQuery {
  singleEvents: boolean;
  showDeleted: boolean;
  orderBy?: 'startTime' | 'updated';
  updatedMinMs?: number;
  words: string[];
  iCalUID?: string;
  privateProperties: Array<[string, string]>;
  sharedProperties: Array<[string, string]>;
  eventTypes?: Set<string>;
  /** Only some fields are asked for. */
  isMasked: boolean;
  maxAttendees?: number;
  timeZone?: string;
  pageSize: number;
  /** Equal for lists that must continue each other. */
  fingerprint: string;
}

/** Not allowed beside a sync token: events.list, syncToken. */
const FORBIDDEN_WITH_TOKEN = [
  ...['iCalUID', 'privateExtendedProperty', 'q', 'sharedExtendedProperty', 'timeMin', 'timeMax', 'updatedMin'],
];

/** Reads the parameters of a list. Throws Google's refusals for what does not go together. */
export function readListQuery(given: Given, zones: Zones): ListQuery {
  if (given.syncToken !== undefined) {
    if (given.orderBy !== undefined) throw refuse.syncTokenWithOrdering();
    if (given.showDeleted === false || FORBIDDEN_WITH_TOKEN.some((name) => given[name] !== undefined)) {
      throw refuse.syncTokenWithRestrictions();
    }
  }
  if (given.orderBy === 'startTime' && given.singleEvents !== true) throw refuse.orderingNotAvailable();
  const fromMs = readTime(given, 'timeMin');
  const beforeMs = readTime(given, 'timeMax');
  if (fromMs !== undefined && beforeMs !== undefined && fromMs >= beforeMs) throw refuse.timeRangeEmpty();
  const updatedMinMs = readTime(given, 'updatedMin');
  const timeZone = given.timeZone as string | undefined;
  if (timeZone !== undefined && !zones.isZone(timeZone)) throw refuse.invalid('Invalid time zone value.', 'timeZone');
  const eventTypes = given.eventTypes as string[] | undefined;
  return {
    window: { ...(fromMs !== undefined && { fromMs }), ...(beforeMs !== undefined && { beforeMs }) },
    singleEvents: given.singleEvents === true,
    showDeleted: given.showDeleted === true,
    ...(given.orderBy !== undefined && { orderBy: given.orderBy as 'startTime' | 'updated' }),
    ...(updatedMinMs !== undefined && { updatedMinMs }),
    words: ((given.q as string | undefined) ?? '').toLowerCase().split(/\s+/).filter(Boolean),
    ...(given.iCalUID !== undefined && { iCalUID: given.iCalUID as string }),
    privateProperties: readProperties(given, 'privateExtendedProperty'),
    sharedProperties: readProperties(given, 'sharedExtendedProperty'),
    ...(eventTypes && { eventTypes: new Set(eventTypes) }),
    isMasked: given.fields !== undefined,
    ...(given.maxAttendees !== undefined && { maxAttendees: given.maxAttendees as number }),
    ...(timeZone !== undefined && { timeZone }),
    pageSize: Math.min((given.maxResults as number | undefined) ?? PAGE_SIZE_DEFAULT, PAGE_SIZE_LIMIT),
    fingerprint: fingerprintOf(given),
  };
}

/** A list that a filter narrows in a way no later incremental list could repeat. */
export function isFiltered(query: ListQuery): boolean {
  const properties = query.privateProperties.length + query.sharedProperties.length;
  return query.words.length > 0 || query.iCalUID !== undefined || properties > 0;
}

/** What must stay equal between a seeding list and its incremental lists. */
function fingerprintOf(given: Given): string {
  const types = [...((given.eventTypes as string[] | undefined) ?? [])].sort().join();
  const rest = [given.singleEvents === true, given.maxAttendees, given.timeZone, given.showHiddenInvitations === true];
  return digest([types, ...rest].join('|'));
}

function readTime(given: Given, name: string): number | undefined {
  const text = given[name] as string | undefined;
  if (text === undefined) return undefined;
  const parsed = parseTime(text);
  if (parsed?.offsetMs === undefined) throw refuse.invalid('Bad Request', name);
  return parsed.localMs - parsed.offsetMs;
}

function readProperties(given: Given, name: string): Array<[string, string]> {
  return ((given[name] as string[] | undefined) ?? []).map((constraint) => {
    const at = constraint.indexOf('=');
    if (at < 1) throw refuse.invalid('Invalid extended property constraint.', name);
    return [constraint.slice(0, at), constraint.slice(at + 1)];
  });
}
