/**
 * Time and chance inside a script come from the sandbox's clock and seed.
 *
 * Local time is the manifest's `timeZone`, as in Apps Script, not the zone of the machine the sandbox runs on.
 */
import { call } from './host';
import { zonedDate } from './zoned-date';

/** Milliseconds since the epoch on the sandbox's clock. */
export function nowMs(): number {
  return call<number>('clock.now');
}

let drawn: number[] = [];

/** An execution draws from its own stream: what an earlier one in this context has left is not used. */
export function beginChance(): void {
  drawn = [];
}

/** Replaces Date and Math.random in this context. */
export function takeOverTimeAndChance(timeZone: string): void {
  globalThis.Date = zonedDate(Date, timeZone, nowMs);
  Math.random = () => {
    if (drawn.length === 0) drawn = call<number[]>('random.draw');
    return drawn.pop() as number;
  };
}
