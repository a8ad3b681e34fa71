/**
 * Instants, wall times and IANA zones, fast enough for every write.
 *
 * Offsets come from luxon and are remembered per quarter of an hour: since 1972 every zone changes its offset on such
 * a boundary. They are whole minutes, as RFC 3339 writes them: what was local mean time to the second is rounded. A wall
 * time that a clock change skips is read with the offset before the gap, one that comes twice means its first coming
 * (RFC 5545, 3.3.5). luxon itself leaves that open, and goes by the offset of the day on which it is asked.
 */
import { DateTime, IANAZone } from 'luxon';

const QUARTER_MS = 900_000;
const MINUTE_MS = 60_000;
/** Remembered offsets per zone before the memory is emptied. */
const REMEMBERED = 50_000;

export interface ParsedTime {
  /** The wall time, as if it were UTC. */
  localMs: number;
  /** Absent: the text named no offset. */
  offsetMs?: number;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d|60)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)?$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

/** What a calendar shows; months count from 1. */
interface WallTime {
  year: number;
  month: number;
  day: number;
  hour?: number | undefined;
  minute?: number | undefined;
  second?: number | undefined;
}

/** Milliseconds of a wall time as if it were UTC. `Date.UTC` takes years below 100 for those of the twentieth century. */
export function utcMs({ year, month, day, hour = 0, minute = 0, second = 0 }: WallTime): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Reads an RFC 3339 time, with or without offset; undefined when it is not one. Fractions are dropped. */
export function parseTime(text: string): ParsedTime | undefined {
  const m = RFC3339.exec(text);
  if (m === null) return undefined;
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [number, number, number, ...number[]];
  const localMs = utcMs({ year, month, day, hour, minute, second });
  if (!sameDay(localMs, +m[2]!, m[6] === '60' ? undefined : +m[3]!) || +m[4]! > 23 || +m[5]! > 59) return undefined;
  const zone = m[8];
  if (zone === undefined) return { localMs };
  if (zone === 'Z' || zone === 'z') return { localMs, offsetMs: 0 };
  const sign = zone.startsWith('-') ? -1 : 1;
  return { localMs, offsetMs: sign * (+zone.slice(1, 3) * 60 + +zone.slice(4, 6)) * MINUTE_MS };
}

/** Midnight UTC of `yyyy-mm-dd`; undefined when there is no such day. */
export function parseDay(text: string): number | undefined {
  const m = DAY.exec(text);
  if (m === null) return undefined;
  const ms = utcMs({ year: +m[1]!, month: +m[2]!, day: +m[3]! });
  return sameDay(ms, +m[2]!, +m[3]!) ? ms : undefined;
}

function sameDay(ms: number, month: number, day: number | undefined): boolean {
  const date = new Date(ms);
  return day === undefined || (date.getUTCMonth() + 1 === month && date.getUTCDate() === day);
}

/** `yyyy-mm-dd` of an instant, in UTC. */
export function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** `yyyymmddThhmmssZ`, as in iCalendar. */
export function stampText(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** Google's timestamps, `2026-01-02T03:04:05.000Z`. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString();
}

/** What the zone database says holds for every world: asking it again is the slowest thing a short world does. */
const known = new Map<string, { zone: IANAZone; offsets: Map<number, number> }>();

export class Zones {
  isZone(name: string): boolean {
    return this.find(name) !== null;
  }

  /** Milliseconds to add to the instant for the zone's wall time. Throws RangeError for no zone. */
  offsetMs(name: string, atMs: number): number {
    const found = this.find(name);
    if (found === null) throw new RangeError(`"${name}" is not a time zone of the IANA database.`);
    const quarter = Math.floor(atMs / QUARTER_MS);
    const remembered = found.offsets.get(quarter);
    if (remembered !== undefined) return remembered;
    const offsetMs = Math.round(found.zone.offset(atMs)) * MINUTE_MS;
    if (found.offsets.size >= REMEMBERED) found.offsets.clear();
    found.offsets.set(quarter, offsetMs);
    return offsetMs;
  }

  /** The instant of a wall time (given as if it were UTC). */
  toMs(name: string, localMs: number): number {
    const before = this.offsetMs(name, localMs - 86_400_000);
    if (this.offsetMs(name, localMs - before) === before) return localMs - before;
    const after = this.offsetMs(name, localMs + 86_400_000);
    return this.offsetMs(name, localMs - after) === after ? localMs - after : localMs - before;
  }

  /** RFC 3339 with the zone's offset; `Z` where that is zero, as Google prints it. */
  format(name: string, atMs: number): string {
    const offsetMs = this.offsetMs(name, atMs);
    return formatOffset(atMs, offsetMs);
  }

  private find(name: string): { zone: IANAZone; offsets: Map<number, number> } | null {
    let found = known.get(name);
    if (found === undefined) {
      if (name === '' || /^[+-]/.test(name) || !IANAZone.isValidZone(name)) return null;
      found = { zone: IANAZone.create(name), offsets: new Map() };
      known.set(name, found);
    }
    return found;
  }
}

/** Of ISO 8601 text in a zone; an offset in the text counts more than the zone. NaN for anything else. */
export function instantOfTextMs(text: string, zone: string): number {
  const zones = new Zones();
  const wall = DateTime.fromISO(text, { zone: 'utc' });
  if (!wall.isValid || !zones.isZone(zone)) return Number.NaN;
  return /(Z|[+-]\d\d:?\d\d)$/.test(text) ? wall.toMillis() : zones.toMs(zone, wall.toMillis());
}

export function formatOffset(atMs: number, offsetMs: number): string {
  const wall = new Date(atMs + offsetMs).toISOString().slice(0, 19);
  if (offsetMs === 0) return `${wall}Z`;
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${wall}${offsetMs < 0 ? '-' : '+'}${hours}:${String(minutes % 60).padStart(2, '0')}`;
}
