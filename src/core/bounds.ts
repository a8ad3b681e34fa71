/**
 * Bounds: how much is remembered of one series. What lies behind makes room; what is not followed for want of room is counted
 * on its series, and read again as soon as there is some.
 */
import type { Binding } from './binding';
import { bindingKey, conferenceKey } from './binding';
import type { Ledger } from './ledger';
import type { Occurrence } from './meeting';
import { momentMs } from './meeting';
import { DAY_MS, MINUTE_MS } from './policies';

/** More remembered occurrences of one series, of those that lie ahead, would crowd out other events. */
export const MAX_OCCURRENCES = 200;

/** Where only its name tells when an occurrence is, it may have been moved so far. */
const MOVED_AT_MOST_MS = 31 * DAY_MS;

/** When an occurrence lies behind for good, where it was and where it is. Whole minutes. */
export function occurrenceEndMs({ slot, time }: Occurrence): number {
  const slotMs = Date.parse(slot);
  const endMs = time === undefined ? slotMs : Math.max(slotMs, momentMs(time.end));
  return Math.ceil(endMs / MINUTE_MS) * MINUTE_MS;
}

/** Is there room to remember another occurrence of this series? What lies behind is forgotten for it. */
export function makeRoom(series: Binding, ledger: Ledger, nowMs: number): boolean {
  if (occurrencesOf(series, ledger).length < MAX_OCCURRENCES) return true;
  return dropBehind(series, ledger, nowMs) < MAX_OCCURRENCES;
}

/** Notes that a changed occurrence is not followed. A part of a series says nothing of the rest, so all of it is to be read. */
export function countUnfollowed(series: Binding, ledger: Ledger, isWholeSeries: boolean): void {
  const known = ledger.get(bindingKey(series)) ?? series;
  const unfollowed = (known.unfollowed ?? 0) + 1;
  ledger.put({ ...known, unfollowed, ...(!isWholeSeries && { unread: true as const }) });
}

/**
 * Forgets what lies behind of every series, and has those read again of which something was not followed, if there is room
 * now.
 */
export function tidyOccurrences(ledger: Ledger, hasRoom: boolean, nowMs: number): void {
  const masters = new Set(ledger.all().flatMap(({ calendar, series }) => series && `${calendar}/${series}`));
  for (const series of ledger.all()) {
    if (series.series !== undefined) continue;
    const isUnfollowed = series.unfollowed !== undefined;
    if (!isUnfollowed && !masters.has(`${series.calendar}/${series.eventId}`)) continue;
    const ahead = dropBehind(series, ledger, nowMs);
    if (isUnfollowed && hasRoom && ahead < MAX_OCCURRENCES) ledger.put({ ...series, unread: true });
  }
}

/** How many remembered occurrences lie ahead; the others are forgotten. */
function dropBehind(series: Binding, ledger: Ledger, nowMs: number): number {
  const all = occurrencesOf(series, ledger);
  const behind = all.filter((one) => isBehind(one, nowMs));
  for (const one of behind) ledger.drop(one);
  return all.length - behind.length;
}

function occurrencesOf(series: Binding, ledger: Ledger): Binding[] {
  return ledger.ofSeries(series.calendar, series.eventId).filter((one) => conferenceKey(one) === conferenceKey(series));
}

/** A day later than need be: no row of it counts any more then (diff.ts). */
function isBehind({ endsMs, eventId }: Binding, nowMs: number): boolean {
  if (endsMs !== 0) return endsMs + DAY_MS < nowMs;
  const [, year, month, day] = /_(\d{4})(\d\d)(\d\d)(?:T\d{6}Z)?$/.exec(eventId) ?? [];
  const slotMs = year === undefined ? Number.NaN : Date.UTC(Number(year), Number(month) - 1, Number(day));
  return slotMs + MOVED_AT_MOST_MS < nowMs;
}
