/** Holds the occurrences that a service has of a series against those that lie ahead in the calendar. */
import type { Slot } from '../slots';

/** What a service has in a slot: where the occurrence is, or that it is cancelled there. */
export type Kept = { startMs: number; endMs: number } | 'cancelled' | undefined;

export interface Comparison {
  conferenceId: string;
  slots: readonly Slot[];
  keptAt(slotMs: number): Kept;
  /** How the service has such a time: whole minutes, so long at most. */
  as(time: { startMs: number; endMs: number }): { startMs: number; endMs: number };
  /** When the service has an occurrence, of those it has. To find what it has too many. */
  slotsKept: readonly number[];
}

/**
 * What was cancelled at a service cannot be brought back there; so an occurrence that is back may be missing. None is moved
 * to a time that has passed. And the one in the hour that the clocks skip may be missing, where a series is told from it on:
 * told with it, all the others would be an hour late.
 */
export function occurrencesDiffer({ conferenceId, slots, keptAt, as, slotsKept }: Comparison): string[] {
  const found: string[] = [];
  for (const slot of slots) {
    const at = new Date(slot.slotMs).toISOString();
    const kept = keptAt(slot.slotMs);
    if (slot.isCancelled) {
      if (kept !== undefined && kept !== 'cancelled') found.push(`occurrence ${at} is not cancelled`);
    } else if (slot.conferenceId === conferenceId && !slot.isBehind && !(kept === 'cancelled' && slot.isTouched)) {
      const wanted = as(slot);
      if (kept === undefined && slot.isSkippedHour) continue;
      const isRight =
        kept !== undefined && kept !== 'cancelled' && kept.startMs === wanted.startMs && kept.endMs === wanted.endMs;
      if (!isRight) found.push(`occurrence ${at} is not where the calendar has it`);
    }
  }
  const known = new Set(slots.map(({ slotMs }) => slotMs));
  const [first, last] = [slots[0]?.slotMs, slots.at(-1)?.slotMs];
  if (first === undefined || last === undefined) return found;
  for (const slotMs of slotsKept) {
    if (slotMs >= first && slotMs <= last && !known.has(slotMs) && keptAt(slotMs) !== 'cancelled') {
      found.push(`occurrence ${new Date(slotMs).toISOString()} is one too many`);
    }
  }
  return found;
}
