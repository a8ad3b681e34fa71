/**
 * Virtual time at work: runs whatever is due, in order, on the way to a later moment.
 *
 * Guarantees: the clock never goes back; work due at the same moment runs in the order its subsystems were given; every
 * loop is bounded. An execution that lets time pass (`elapse`) has other work run inside it, nested: what began inside
 * ends before it goes on. Real overlaps also end outside in; tests that need those use workers.
 */
import type { Due, VirtualClock } from './clock';

/** Simultaneous executions per user (Apps Script quotas page); deeper nesting lets time pass without running anything. */
const NESTING_LIMIT = 30;

/** Pieces of work in one call, our own bound: more means that something fires itself for ever. */
const WORK_LIMIT = 200_000;

/** How far ahead `settle` looks for more work. */
const QUIET_MS = 5 * 60_000;

export class Agenda {
  private depth = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly dues: readonly Due[],
  ) {}

  /** Moves the clock by `ms`, running all that is due on the way. Returns how many pieces of work ran. */
  advance(ms: number): number {
    return this.runUntil(this.clock.nowMs() + Math.max(0, ms));
  }

  /** The same, from inside an execution. */
  elapse(ms: number): void {
    if (!(ms > 0)) return;
    const untilMs = this.clock.nowMs() + ms;
    if (this.depth < NESTING_LIMIT) this.runUntil(untilMs);
    else this.clock.moveTo(untilMs);
  }

  /**
   * Runs until nothing is due within the next minutes, at most for `limitMs` of virtual time.
   * The clock stops at the last piece of work.
   */
  settle(limitMs = 6 * 3_600_000): number {
    const endMs = this.clock.nowMs() + limitMs;
    let ran = 0;
    for (let nextMs = this.nextDueMs(); nextMs !== undefined; nextMs = this.nextDueMs()) {
      if (nextMs > this.clock.nowMs() + QUIET_MS || nextMs > endMs) break;
      ran += this.runUntil(Math.max(nextMs, this.clock.nowMs()));
      if (ran > WORK_LIMIT) throw tooMuch();
    }
    return ran;
  }

  /** When the next piece of work is due, or undefined. */
  nextDueMs(): number | undefined {
    return this.earliest()?.atMs;
  }

  private runUntil(untilMs: number): number {
    this.depth++;
    try {
      for (let ran = 0; ran < WORK_LIMIT; ran++) {
        const next = this.earliest();
        if (next === undefined || next.atMs > untilMs) {
          this.clock.moveTo(untilMs);
          return ran;
        }
        this.clock.moveTo(next.atMs);
        next.due.runDue(this.clock.nowMs());
      }
      throw tooMuch();
    } finally {
      this.depth--;
    }
  }

  private earliest(): { due: Due; atMs: number } | undefined {
    let found: { due: Due; atMs: number } | undefined;
    for (const due of this.dues) {
      const atMs = due.nextDueMs();
      if (atMs !== undefined && (found === undefined || atMs < found.atMs)) found = { due, atMs };
    }
    return found;
  }
}

function tooMuch(): Error {
  return new Error(
    `The sandbox stopped after ${WORK_LIMIT} pieces of work: something in this world fires itself for ever.`,
  );
}
