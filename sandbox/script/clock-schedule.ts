/**
 * When a clock trigger fires: its wish, checked, and its next time.
 * Source: developers.google.com/apps-script/reference/script/clock-trigger-builder
 *
 * An add-on's clock trigger runs at most hourly (documented); what that means for `.after` and `.at` is a switch.
 * Wording of the refusals: ours.
 */
import { DateTime } from 'luxon';
import type { Random } from '../world/random';
import { ScriptException } from './exceptions';
import { ADD_ON_CLOCK_INTERVAL_MS, CLOCK_JITTER_MS, HOUR_MS, MINUTE_MS } from './limits';

export interface ClockWish {
  everyMinutes?: number;
  everyHours?: number;
  everyDays?: number;
  atHour?: number;
  nearMinute?: number;
  /** Milliseconds from the creation on. */
  after?: number;
  /** Milliseconds since the epoch. */
  at?: number;
  inTimezone?: string;
  /** When it was made; repeating triggers count from here. */
  anchorMs?: number;
}

const MINUTES = [1, 5, 10, 15, 30];
const HOURS = [1, 2, 4, 6, 8, 12];

/** Throws unless the wish names one thing Apps Script can do. */
export function checkClockWish(wish: ClockWish, isAddOn: boolean): void {
  const rhythms = (['everyMinutes', 'everyHours', 'everyDays', 'after', 'at'] as const).filter(
    (name) => wish[name] !== undefined,
  );
  if (rhythms.length !== 1) throw new ScriptException('You must specify exactly one time for a clock trigger.');
  if (wish.everyMinutes !== undefined && !MINUTES.includes(wish.everyMinutes)) {
    throw new ScriptException(`everyMinutes takes ${MINUTES.join(', ')}.`);
  }
  if (wish.everyHours !== undefined && !HOURS.includes(wish.everyHours)) {
    throw new ScriptException(`everyHours takes ${HOURS.join(', ')}.`);
  }
  if (isAddOn && wish.everyMinutes !== undefined) {
    throw new ScriptException('An add-on may run a clock trigger at most once per hour.');
  }
}

/** `wish` as it will run: an add-on's one-shot is put off where the switch says so. */
export function heldBack(wish: ClockWish, nowMs: number, isHeldBack: boolean): ClockWish {
  if (wish.after === undefined && wish.at === undefined) return wish;
  const atMs = wish.at ?? nowMs + (wish.after as number);
  return { at: isHeldBack ? Math.max(atMs, nowMs + ADD_ON_CLOCK_INTERVAL_MS) : atMs };
}

/** The next time, or undefined for a one-shot that has fired. `lastMs` is when it fired last. */
export function nextClockMs(
  wish: ClockWish,
  nowMs: number,
  lastMs: number | undefined,
  random: Random,
): number | undefined {
  const jitterMs = random.int(CLOCK_JITTER_MS);
  if (wish.at !== undefined) return lastMs === undefined ? Math.max(wish.at, nowMs) : undefined;
  if (wish.everyDays !== undefined) return nextDayMs(wish, nowMs, lastMs) + jitterMs;
  const intervalMs = wish.everyMinutes !== undefined ? wish.everyMinutes * MINUTE_MS : wish.everyHours! * HOUR_MS;
  const anchorMs = wish.anchorMs ?? nowMs;
  // From beat to beat, each with a jitter of its own, so that the rhythm does not drift.
  const passed = Math.floor((Math.max(nowMs, lastMs ?? nowMs) - anchorMs) / intervalMs);
  return anchorMs + (passed + 1) * intervalMs + jitterMs;
}

function nextDayMs(wish: ClockWish, nowMs: number, lastMs: number | undefined): number {
  const now = DateTime.fromMillis(nowMs, { zone: wish.inTimezone ?? 'utc' });
  const at = now.set({ hour: wish.atHour ?? 0, minute: wish.nearMinute ?? 0, second: 0, millisecond: 0 });
  if (lastMs !== undefined) return at.plus({ days: wish.everyDays! }).toMillis();
  return at <= now ? at.plus({ days: 1 }).toMillis() : at.toMillis();
}
