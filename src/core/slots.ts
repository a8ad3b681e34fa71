/**
 * Slots: does a rule put an occurrence there? What was told of an occurrence whose slot a changed rule has not any more, the
 * provider may have dropped; if the slot comes back, so does the occurrence at Google, and is to be told again.
 */

import { lastOccurrenceDay } from './last-occurrence';
import type { Meeting } from './meeting';
import { DAY_MS } from './policies';
import { icalTimeMs, partsOf } from './series';
import { localTimeIn } from './zone';

/** A rule comes from a stranger: further than so many occurrences nothing is counted. */
const MAX_COUNTED = 400;

/**
 * True where that is certain; of rules that it cannot tell of it says no.
 *
 * @param slot as Google writes it in the id of an occurrence: 20260309T110000Z, or 20260309.
 */
export function hasSlot({ start, recurrence }: Meeting, slot: string): boolean {
  const lines = recurrence.filter((line) => !/^EXDATE[;:]/i.test(line));
  const slotMs = icalTimeMs(slot);
  if (lines.length !== 1 || !/^RRULE:/i.test(lines[0] as string) || slotMs === undefined) return false;
  const isTimed = 'ms' in start;
  if (isTimed !== slot.includes('T')) return false;
  const first = isTimed ? start.local : `${start.date}T00:00:00`;
  const local = isTimed ? localTimeIn(start.timeZone, slotMs) : new Date(slotMs).toISOString().slice(0, 19);
  if (local === undefined || local.slice(10, 19) !== first.slice(10, 19)) return false;
  const day = Math.round((midnightMs(local) - midnightMs(first)) / DAY_MS);
  return isWithin(partsOf(lines[0] as string), first.slice(0, 10), day, slotMs);
}

function isWithin(rule: Readonly<Record<string, string>>, firstDate: string, day: number, slotMs: number): boolean {
  if (day <= 0) return day === 0;
  const untilMs = rule.UNTIL === undefined ? undefined : icalTimeMs(rule.UNTIL);
  if (rule.UNTIL !== undefined && (untilMs === undefined || slotMs > untilMs)) return false;
  if (lastOccurrenceDay(rule, firstDate, day) !== day) return false;
  if (rule.COUNT === undefined) return true;
  const most = Math.min(Number(rule.COUNT), MAX_COUNTED);
  let before = 1;
  for (let at = day; at > 0; before++) {
    if (before >= most) return false;
    const previous = lastOccurrenceDay(rule, firstDate, at - 1);
    if (previous === undefined) return false;
    at = previous;
  }
  return before <= most;
}

function midnightMs(local: string): number {
  return Date.parse(`${local.slice(0, 10)}T00:00:00Z`);
}
