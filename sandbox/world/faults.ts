/**
 * Planned misfortune. A fault is put at a point; the subsystem that owns the point asks `take(point)` each time it
 * passes there and does what the fault says.
 *
 * Points are dotted names. A fault set at `calendar` is met by `calendar.events.list` too; the longest name set wins.
 *   calendar.<resource>.<method>   a Calendar API call, before it is carried out
 *   internet.<host>                an HTTP exchange with the outside
 *   properties.<method>, cache.<method>, lock.<method>, script.<method>   an Apps Script service call
 *   trigger.<handler>              a trigger that is about to be queued
 */
export type Fault =
  /** The service refuses with this HTTP status; nothing is carried out. */
  | {
      kind: 'status';
      status: number;
      reason?: string;
      message?: string;
      headers?: Record<string, string>;
      body?: string;
    }
  /** Carried out, but the answer never arrives. */
  | { kind: 'lost-answer' }
  /** No answer for so long. */
  | { kind: 'hang'; ms: number }
  /** The service throws this sentence. */
  | { kind: 'throw'; message: string }
  /** The execution is killed here, before the call is carried out, or right after it. */
  | { kind: 'kill'; when: 'before' | 'after' }
  /** For triggers: it never comes, comes twice, or comes late. */
  | { kind: 'drop' }
  | { kind: 'double' }
  | { kind: 'delay'; ms: number }
  /** For triggers: from now on it is listed and never fires. Nobody is told; another one made in its place works. */
  | { kind: 'trigger-disabled' };

interface Planned {
  fault: Fault;
  /** How many passages are let through first. */
  skip: number;
  /** How often it still strikes. */
  times: number;
}

export class Faults {
  private readonly planned = new Map<string, Planned[]>();
  private readonly strikes: Array<{ point: string; fault: Fault }> = [];
  private isAside = false;

  /** Plans `fault` for the next `times` passages of `point`, after `skip` untroubled ones. */
  next(point: string, fault: Fault, times = 1, skip = 0): void {
    const list = this.planned.get(point) ?? [];
    list.push({ fault, times, skip });
    this.planned.set(point, list);
  }

  /** Plans `fault` for every passage until `clear`. */
  always(point: string, fault: Fault): void {
    this.next(point, fault, Number.POSITIVE_INFINITY);
  }

  clear(point?: string): void {
    if (point === undefined) this.planned.clear();
    else this.planned.delete(point);
  }

  /** Looks at the world from outside: nothing strikes meanwhile, and what is planned stays so. */
  aside<T>(look: () => T): T {
    this.isAside = true;
    try {
      return look();
    } finally {
      this.isAside = false;
    }
  }

  /** The fault to commit at this passage of `point`, or undefined. */
  take(point: string): Fault | undefined {
    if (this.planned.size === 0 || this.isAside) return undefined;
    for (let name = point; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
      const first = this.planned.get(name)?.[0];
      if (first === undefined) continue;
      if (first.skip > 0) {
        first.skip--;
        return undefined;
      }
      if (--first.times <= 0) this.planned.get(name)?.shift();
      this.strikes.push({ point, fault: first.fault });
      return first.fault;
    }
    return undefined;
  }

  /** Every fault that struck, in order. */
  struck(): ReadonlyArray<{ point: string; fault: Fault }> {
    return this.strikes;
  }
}
