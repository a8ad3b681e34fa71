/**
 * Google's request rates, as a sliding minute. Not kept over a restart: a minute is soon over.
 *
 * Source: /workspace/calendar/api/guides/quota, limits of projects made since 1 May 2026; a patch counts three
 * (/workspace/calendar/api/v3/reference/events/patch).
 */
import { refuse } from './refusal';

export interface QuotaLimits {
  perUserPerMinute: number;
  perProjectPerMinute: number;
}

export const GOOGLE_QUOTA: QuotaLimits = { perUserPerMinute: 600, perProjectPerMinute: 10_000 };
export const PATCH_QUOTA_UNITS = 3;
const MINUTE_MS = 60_000;

export class Quota {
  private readonly users = new Map<string, SlidingMinute>();
  private readonly project = new SlidingMinute();

  constructor(private readonly limits: QuotaLimits) {}

  /** Counts a call, or refuses it; a refused call is not counted. */
  spend(viewer: string, units: number, nowMs: number): void {
    let user = this.users.get(viewer);
    if (user === undefined) {
      user = new SlidingMinute();
      this.users.set(viewer, user);
    }
    if (user.used(nowMs) + units > this.limits.perUserPerMinute) throw refuse.userRateLimit();
    if (this.project.used(nowMs) + units > this.limits.perProjectPerMinute) throw refuse.rateLimit();
    user.add(nowMs, units);
    this.project.add(nowMs, units);
  }
}

class SlidingMinute {
  private times: number[] = [];
  private units: number[] = [];
  private first = 0;
  private sum = 0;

  used(nowMs: number): number {
    while (this.first < this.times.length && this.times[this.first]! <= nowMs - MINUTE_MS) {
      this.sum -= this.units[this.first]!;
      this.first++;
    }
    if (this.first > 1024) {
      this.times = this.times.slice(this.first);
      this.units = this.units.slice(this.first);
      this.first = 0;
    }
    return this.sum;
  }

  add(nowMs: number, units: number): void {
    this.times.push(nowMs);
    this.units.push(units);
    this.sum += units;
  }
}
