/**
 * Time in the sandbox. Nothing below sandbox/ reads Date.now() but RealClock.
 *
 * Subsystems that have something to do later keep it as records and answer `nextDueMs`; the world asks them all and
 * runs the earliest. So what is due survives a restart, and virtual and real time run the same code.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
}

/** Moves only when told to. */
export class VirtualClock implements Clock {
  constructor(private atMs: number) {}

  nowMs(): number {
    return this.atMs;
  }

  /** Never goes back: a simulated clock step is a skew of one script's view, not of the world. */
  moveTo(atMs: number): void {
    if (atMs > this.atMs) this.atMs = atMs;
  }
}

/** The machine's clock, plus what a person has skipped ahead. */
export class RealClock implements Clock {
  constructor(private aheadMs = 0) {}

  nowMs(): number {
    return Date.now() + this.aheadMs;
  }

  skip(ms: number): void {
    this.aheadMs += Math.max(0, ms);
  }

  get skippedMs(): number {
    return this.aheadMs;
  }
}

/** A subsystem with work that becomes due. */
export interface Due {
  /** When its next work is due, or undefined while there is none. */
  nextDueMs(): number | undefined;
  /** Does the one piece of work that is due at `nowMs`, if any is. */
  runDue(nowMs: number): void;
}
