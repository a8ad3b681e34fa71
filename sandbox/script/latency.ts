/**
 * How long Google takes. Log-normal around a median, with the given 99th percentile.
 *
 * Medians are published measurements where there are any (properties, cache, UrlFetch) and assumptions elsewhere
 * (locks, triggers, start-up, Calendar); docs/facts/script.md says which. Profile 'none' makes every call instant.
 */
import type { Random } from '../world/random';
import { FETCH_WAVE } from './limits';

export type LatencyProfile = 'none' | 'typical';
/** Median and 99th percentile in milliseconds. */
export type Duration = readonly [medianMs: number, p99Ms: number];

export const RUNTIME_START: Duration = [350, 2500];
export const TRIGGER_DELAY: Duration = [5000, 60_000];
/** Delay of a trigger when latency is off. */
export const UNTIMED_TRIGGER_DELAY_MS = 1000;
/** Share of trigger firings that never come, and that come twice, in profile 'typical'. */
export const TRIGGERS_LOST = 0.005;
export const TRIGGERS_DOUBLED = 0.01;

/** Duration of a service call from its arguments; what is not listed takes no time. */
export const CALL_DURATIONS: Record<string, (args: readonly unknown[]) => Duration> = {
  'properties.getProperty': () => [30, 84],
  'properties.getProperties': () => [40, 200],
  'properties.getKeys': () => [40, 200],
  'properties.setProperty': () => [60, 231],
  'properties.setProperties': ([, values]) => [60 + 5 * Math.max(0, sizeOf(values) - 1), 300],
  'properties.deleteProperty': () => [60, 231],
  'properties.deleteAllProperties': () => [60, 231],
  'cache.get': () => [12, 28],
  'cache.getAll': () => [12, 28],
  'cache.putAll': () => [60, 281],
  'cache.removeAll': () => [88, 145],
  'lock.tryLock': () => [30, 150],
  'lock.releaseLock': () => [20, 100],
  'urlFetch.fetch': () => [350, 3000],
  'urlFetch.fetchAll': ([requests]) => fetchAllDuration(sizeOf(requests)),
  'scriptApp.getProjectTriggers': () => [150, 800],
  'scriptApp.createCalendarTrigger': () => [900, 4000],
  'scriptApp.createClockTrigger': () => [900, 4000],
  'scriptApp.deleteTrigger': () => [900, 4000],
  'scriptApp.getAuthorizationInfo': () => [30, 150],
  'log.write': () => [1, 10],
  'calendar.events.list': () => [250, 1000],
  'calendar.events.instances': () => [250, 1000],
  'calendar.events.get': () => [200, 900],
  'calendar.events.insert': () => [450, 2000],
  'calendar.events.patch': () => [450, 2000],
  'calendar.events.update': () => [450, 2000],
};
/** Any other call of the Calendar API. */
const OTHER_CALENDAR_CALL: Duration = [200, 900];

/** What a row of a list adds, in milliseconds. */
export const LIST_ROW_MS = 0.6;

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function fetchAllDuration(requests: number): Duration {
  const waves = Math.ceil(requests / FETCH_WAVE);
  return [400 * waves + 5 * requests, 3200 * Math.max(1, waves)];
}

export class Latency {
  constructor(
    private readonly profile: LatencyProfile,
    private readonly random: Random,
  ) {}

  get timed(): boolean {
    return this.profile !== 'none';
  }

  /** Milliseconds for one passage; 0 in profile 'none'. */
  draw([medianMs, p99Ms]: Duration): number {
    if (!this.timed) return 0;
    const sigma = Math.log(p99Ms / medianMs) / 2.326;
    return Math.round(medianMs * Math.exp(sigma * this.normal()));
  }

  drawCall(method: string, args: readonly unknown[]): number {
    if (!this.timed) return 0;
    const duration = CALL_DURATIONS[method]?.(args);
    if (duration !== undefined) return this.draw(duration);
    return method.startsWith('calendar.') ? this.draw(OTHER_CALENDAR_CALL) : 0;
  }

  private normal(): number {
    const u = 1 - this.random.next();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.random.next());
  }
}
