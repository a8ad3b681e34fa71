/**
 * How much an account may ask of the server: requests a minute, and writes a day where that is limited.
 *
 * The minute is forgotten at a restart, as most servers do; the day's count is kept.
 */
import type { Clock } from '../world/clock';
import type { Records } from '../world/records';
import { DAY_MS, RATE_LIMIT_REQUESTS, RATE_WINDOW_MS } from './limits';
import { Refusal } from './refusal';

const KIND = 'conference-allowance';

export interface AllowanceLimits {
  requestsPerMinute?: number;
  /** Creates and updates per account and day. Absent: no limit. */
  dailyWrites?: number;
}

interface Day {
  /** The day starts at the first write after the last day's end. */
  sinceMs: number;
  writes: number;
}

export class Allowances {
  private readonly recent = new Map<string, number[]>();

  constructor(
    private readonly deps: { records: Records; clock: Clock },
    private readonly limits: AllowanceLimits,
  ) {}

  /** Counts one request, or refuses it with the seconds to wait. */
  takeRequest(account: string): void {
    const nowMs = this.deps.clock.nowMs();
    const recent = (this.recent.get(account) ?? []).filter((atMs) => atMs > nowMs - RATE_WINDOW_MS);
    this.recent.set(account, recent);
    const limit = this.limits.requestsPerMinute ?? RATE_LIMIT_REQUESTS;
    if (recent.length >= limit) {
      const freeAtMs = (recent[0] as number) + RATE_WINDOW_MS;
      throw new Refusal('rate_limited', `No more than ${limit} requests a minute.`, {
        headers: retryAfter(freeAtMs - nowMs),
      });
    }
    recent.push(nowMs);
  }

  /** Counts one create or update, or refuses it. Asked after the request is known to be good. */
  takeWrite(account: string): void {
    const limit = this.limits.dailyWrites;
    if (limit === undefined) return;
    const nowMs = this.deps.clock.nowMs();
    const kept = this.deps.records.get<Day>(KIND, account);
    const day = kept !== undefined && nowMs < kept.sinceMs + DAY_MS ? kept : { sinceMs: nowMs, writes: 0 };
    if (day.writes >= limit) {
      throw new Refusal('daily_limit', `No more than ${limit} creates and updates a day.`, {
        headers: retryAfter(day.sinceMs + DAY_MS - nowMs),
      });
    }
    this.deps.records.put(KIND, account, { ...day, writes: day.writes + 1 });
  }
}

function retryAfter(waitMs: number): Record<string, string> {
  return { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1000))) };
}
