/**
 * RRULE lines cut short, as Calendar's interface does it.
 *
 * Recorded: a series that is cut before an occurrence ends with the last second of the day before, in the zone of the
 * series (2025-03, five lists), and its sequence stays.
 */
import { dayText, stampText, type Zones } from '../world/zones';

const DAY_MS = 86_400_000;
/** Rules with more than one occurrence a day. */
const SEVERAL_A_DAY = /FREQ=(HOURLY|MINUTELY|SECONDLY)|BY(HOUR|MINUTE|SECOND)=[^;]*,/i;

/** A line that ends before the slot. Other lines than RRULE stay: what they name later is cut off anyway. */
export function trimLine(line: string, slot: number, zone: string | undefined, zones: Zones): string {
  if (!/^RRULE/i.test(line)) return line;
  const until = zone === undefined ? dayText(slot - DAY_MS).replaceAll('-', '') : untilBefore(line, slot, zone, zones);
  return `${withoutEnd(line)};UNTIL=${until}`;
}

/** Whether lines differ in nothing but where they end. */
export function isTrim(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  return before.map(withoutEnd).sort().join('\n') === after.map(withoutEnd).sort().join('\n');
}

/** What is left of a COUNT after `passed` occurrences. */
export function shortenCount(line: string, passed: number): string {
  return line.replace(/COUNT=(\d+)/i, (_all, count) => `COUNT=${Math.max(1, Number(count) - passed)}`);
}

function untilBefore(line: string, slot: number, zone: string, zones: Zones): string {
  if (SEVERAL_A_DAY.test(line)) return stampText(slot - 1000);
  const localMs = slot + zones.offsetMs(zone, slot);
  return stampText(zones.toMs(zone, localMs - (((localMs % DAY_MS) + DAY_MS) % DAY_MS)) - 1000);
}

function withoutEnd(line: string): string {
  return line.replace(/;(UNTIL|COUNT)=[^;]*/gi, '').replace(/(RRULE:)(UNTIL|COUNT)=[^;]*;?/i, '$1');
}
