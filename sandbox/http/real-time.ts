/**
 * Real time at work: while the server runs, does what is due when it is due, and skips ahead when asked to.
 *
 * Guarantees: work is begun in order of when it is due. What is due by itself may overlap, as Google's executions do;
 * while the clock skips, one piece ends before the next begins. A piece that fails is reported and does not stop the
 * loop; nothing runs after `stop` has resolved.
 */
import type { RealClock } from '../world/clock';

/** setTimeout takes no longer wait; the loop looks again then. */
const LONGEST_WAIT_MS = 60_000;

/** Pieces of work in one advance, our own bound: more means that something fires itself for ever. */
const WORK_LIMIT = 100_000;

/** Pieces of work that may overlap: as many as there are workers to run them, more would only wait for one. */
const OVERLAP_LIMIT = 4;

/** After a failure of our own the loop rests, so that it cannot spin. */
const REST_MS = 1000;

export interface RealTimeDeps {
  clock: RealClock;
  /** When the next work is due, or undefined. */
  nextDueMs(): number | undefined;
  /** Takes the one piece of work that is due, at once; resolves when it is done. */
  runDue(nowMs: number): Promise<void>;
  /** Makes what it wrote durable. */
  commit(): void | Promise<void>;
  onBug(error: unknown): void;
}

export class RealTime {
  private timer: NodeJS.Timeout | undefined;
  /** The chain of work under way; always resolves. */
  private busy: Promise<void> = Promise.resolve();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;
  private restUntilMs = 0;

  constructor(private readonly deps: RealTimeDeps) {}

  start(): void {
    this.wake();
  }

  /** Something may be due sooner than it was. */
  wake(): void {
    clearTimeout(this.timer);
    if (this.stopped || this.running.size >= OVERLAP_LIMIT) return; // whoever ends wakes us
    const nextMs = this.deps.nextDueMs();
    const nowMs = this.deps.clock.nowMs();
    const waitMs = nextMs === undefined ? LONGEST_WAIT_MS : Math.max(nextMs, this.restUntilMs) - nowMs;
    this.timer = setTimeout(() => this.enqueue(() => this.catchUp()), Math.max(0, Math.min(waitMs, LONGEST_WAIT_MS)));
    this.timer.unref();
  }

  /** Skips `ms` ahead, from one piece of work to the next. Resolves with how many ran. */
  advance(ms: number): Promise<number> {
    return new Promise((resolve) => {
      this.enqueue(async () => resolve(await this.skipTo(this.deps.clock.nowMs() + ms)));
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.busy;
    await Promise.all(this.running);
  }

  private enqueue(work: () => Promise<unknown>): void {
    this.busy = this.busy
      .then(async () => void (await work()))
      .catch((error: unknown) => this.deps.onBug(error))
      .then(() => this.wake());
  }

  private async skipTo(untilMs: number): Promise<number> {
    const { clock } = this.deps;
    let ran = 0;
    for (; ran < WORK_LIMIT && !this.stopped; ran++) {
      const nextMs = this.deps.nextDueMs();
      if (nextMs === undefined || nextMs > untilMs) break;
      clock.skip(nextMs - clock.nowMs());
      await this.runOne();
    }
    clock.skip(untilMs - clock.nowMs());
    return ran;
  }

  private async catchUp(): Promise<void> {
    for (let ran = 0; ran < WORK_LIMIT && !this.stopped; ran++) {
      const nextMs = this.deps.nextDueMs();
      const nowMs = this.deps.clock.nowMs();
      if (nextMs === undefined || nextMs > nowMs || nowMs < this.restUntilMs) return;
      if (this.running.size >= OVERLAP_LIMIT) return;
      const run = this.runOne().finally(() => {
        this.running.delete(run);
        this.wake();
      });
      this.running.add(run);
    }
  }

  private async runOne(): Promise<void> {
    try {
      await this.deps.runDue(this.deps.clock.nowMs());
      await this.deps.commit();
    } catch (error) {
      this.restUntilMs = this.deps.clock.nowMs() + REST_MS;
      this.deps.onBug(error);
    }
  }
}
