/**
 * Drives a world whose executions really overlap in virtual time: each runs in a worker of its own, is parked at every
 * service call, and goes on when the time of that call has passed. (The world's own agenda nests one execution inside
 * another, which holds up the outer one: good for finding mistakes, wrong for measuring a burst.)
 *
 * Same seed, same order: of several that may go on at the same moment, the one that began first does.
 */
import type { Firing } from '../../sandbox/script/host';
import { type Let, Strand } from '../../sandbox/script/interleave';
import { RUNTIME_START } from '../../sandbox/script/latency';
import type { WarmWorker } from '../../sandbox/script/worker-pool';
import type { World } from '../../sandbox/whole-world';
import type { VirtualClock } from '../../sandbox/world/clock';

interface Started {
  firing: Firing;
  admission: Let;
  /** When the runtime is up. */
  upMs: number;
  strand?: Strand;
}

export class Overlap {
  /** Virtual time spent on starting runtimes, which no add-on can save. */
  startsMs = 0;
  /** The most executions that ran at once. */
  peak = 0;
  private readonly acts: Array<{ atMs: number; act: () => void }> = [];
  private running: Started[] = [];
  private readonly idle: WarmWorker[] = [];

  constructor(
    private readonly world: World,
    private readonly clock: VirtualClock,
  ) {}

  /** Somebody does something at `atMs`. */
  at(atMs: number, act: () => void): void {
    const later = this.acts.findIndex((other) => other.atMs > atMs);
    this.acts.splice(later === -1 ? this.acts.length : later, 0, { atMs, act });
  }

  /** Lets time pass, running all that is due on the way. Executions that are not through by then go on next time. */
  async run(forMs: number): Promise<void> {
    const untilMs = this.clock.nowMs() + forMs;
    for (;;) {
      await this.parked();
      if (await this.step()) continue;
      const nextMs = this.nextMs();
      if (nextMs === undefined || nextMs > untilMs) break;
      this.clock.moveTo(nextMs);
    }
    this.clock.moveTo(untilMs);
  }

  async close(): Promise<void> {
    await Promise.all(this.idle.map((worker) => worker.end()));
    await this.world.script.close();
  }

  /** Does one thing that may be done now. */
  private async step(): Promise<boolean> {
    const nowMs = this.clock.nowMs();
    const ended = this.running.find(({ strand }) => strand?.done);
    if (ended !== undefined) return this.end(ended);
    const ready = this.running.find(({ strand }) => strand?.isEligible());
    if (ready !== undefined) {
      ready.strand?.serve();
      return true;
    }
    const up = this.running.find(({ strand, upMs }) => strand === undefined && upMs <= nowMs);
    if (up !== undefined) {
      up.strand = new Strand(up.admission, await this.worker(), { nowMs: () => this.clock.nowMs() });
      return true;
    }
    if ((this.acts[0]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs) {
      this.acts.shift()?.act();
      return true;
    }
    if ((this.world.script.nextDueMs() ?? Number.POSITIVE_INFINITY) > nowMs) return false;
    this.fire(nowMs);
    return true;
  }

  private fire(nowMs: number): void {
    const { script } = this.world;
    const firing = script.takeDue(nowMs);
    if (firing === undefined) return;
    const invocation = { functionName: firing.handler, args: [firing.event], isTrigger: true };
    const admission = script.admit(firing.user, invocation, 'trigger');
    if ('refused' in admission) {
      script.doneWith(firing);
      return;
    }
    const startMs = admission.execution.runtime.latency.draw(RUNTIME_START);
    admission.execution.spentMs += startMs;
    this.startsMs += startMs;
    this.running.push({ firing, admission, upMs: nowMs + startMs });
    this.peak = Math.max(this.peak, this.running.length);
  }

  private async end(ended: Started): Promise<true> {
    const { strand, admission, firing } = ended as Started & { strand: Strand };
    this.running = this.running.filter((one) => one !== ended);
    this.world.script.finish(admission.execution, strand.problem);
    this.world.script.doneWith(firing);
    if (admission.execution.dead === undefined) {
      strand.worker.rest();
      this.idle.push(strand.worker);
    } else await this.world.script.workers().giveBack(strand.worker, false);
    return true;
  }

  private async worker(): Promise<WarmWorker> {
    return this.idle.pop() ?? this.world.script.workers().lend();
  }

  private async parked(): Promise<void> {
    await Promise.all(this.running.map(({ strand }) => strand?.parked));
  }

  private nextMs(): number | undefined {
    const times = [
      ...this.running.map(({ strand, upMs }) => strand?.wakeMs ?? upMs),
      this.acts[0]?.atMs,
      this.world.script.nextDueMs(),
    ].filter((ms) => ms !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
