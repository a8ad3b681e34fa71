/**
 * Two or more executions at once, in an order that a seed decides: a deterministic scheduler over workers.
 *
 * Each execution runs until it is parked at a service call or finished; when all are, chance chooses whose call is
 * served next. An execution that lets time pass is not eligible before its time; when nobody is, time moves on.
 * Same seed, same order, byte for byte. Only for virtual time.
 */
import type { Json } from '../world/json';
import type { Random } from '../world/random';
import type { Execution, ExecutionResult, Surface } from './execution';
import type { Admission, ScriptHost } from './host';
import { COMPUTE_LIMIT_MS } from './limits';
import type { Steps, Wait } from './service';
import type { FromWorker } from './worker';
import type { WarmWorker } from './worker-pool';

export interface Run {
  user: string;
  functionName: string;
  args?: Json[];
  surface: Surface;
}

export interface Order {
  host: ScriptHost;
  random: Random;
  nowMs(): number;
  /** Lets virtual time pass. */
  elapse(ms: number): void;
}

export type Let = Extract<Admission, { execution: Execution }>;

/** One execution on its worker, and what it waits for. */
export class Strand {
  /** Resolves whenever it is parked at a call or done. */
  parked: Promise<void>;
  done = false;
  problem: unknown;
  private call: { method: string; argsJson: string } | undefined;
  private steps: Steps<string> | undefined;
  private wait: (Wait & { untilMs: number }) | undefined;
  private arrive: () => void = () => {};
  private refuse: (error: Error) => void = () => {};

  constructor(
    readonly admission: Let,
    readonly worker: WarmWorker,
    private readonly order: Pick<Order, 'nowMs'>,
  ) {
    this.parked = this.nextStop();
    const run = { run: admission.invocation, computeLimitMs: COMPUTE_LIMIT_MS };
    worker.begin(
      run,
      (message) => this.receive(message),
      (error) => this.refuse(error),
    );
  }

  /** Whether it may be served now. */
  isEligible(): boolean {
    if (this.done) return false;
    return this.wait === undefined || this.wait.untilMs <= this.order.nowMs() || this.wait.until?.() === true;
  }

  /** When it is eligible at the latest. */
  get wakeMs(): number {
    return this.wait?.untilMs ?? this.order.nowMs();
  }

  /** Takes its call one step on: begins it, or goes on after a wait; answers when it is through. */
  serve(): void {
    const { execution } = this.admission;
    this.steps ??= execution.perform(this.call!.method, this.call!.argsJson);
    this.wait = undefined;
    const step = this.steps.next();
    if (step.done !== true) {
      this.wait = { ...step.value, untilMs: this.order.nowMs() + step.value.ms };
      return;
    }
    this.steps = undefined;
    this.call = undefined;
    if (execution.dead !== undefined) {
      this.done = true;
      return;
    }
    this.parked = this.nextStop();
    this.worker.answer(step.value);
  }

  private nextStop(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.arrive = resolve;
      this.refuse = reject;
    });
  }

  private receive(message: FromWorker): void {
    if ('done' in message) {
      this.done = true;
      this.problem = message.problem;
      this.arrive();
      return;
    }
    if (!('call' in message)) return;
    const free = this.admission.execution.answerFree(message.call, message.argsJson);
    if (free !== undefined) {
      this.worker.answer(free);
      return;
    }
    this.call = { method: message.call, argsJson: message.argsJson };
    this.arrive();
  }
}

/** Runs them all to their ends. Results stand in the order of `runs`. */
export async function interleave(runs: Run[], order: Order): Promise<ExecutionResult[]> {
  const { host, random } = order;
  const admitted = runs.map(({ user, functionName, args, surface }) =>
    host.admit(user, { functionName, args: args ?? [], isTrigger: surface === 'trigger' }, surface),
  );
  const strands: Strand[] = [];
  for (const admission of admitted) {
    if ('execution' in admission) strands.push(new Strand(admission, await host.workers().lend(), order));
  }
  while (strands.some((strand) => !strand.done)) {
    await Promise.all(strands.map((strand) => strand.parked));
    const eligible = strands.filter((strand) => strand.isEligible());
    if (eligible.length > 0) random.pick(eligible).serve();
    else {
      const waiting = strands.filter((strand) => !strand.done);
      if (waiting.length > 0) order.elapse(Math.min(...waiting.map((strand) => strand.wakeMs)) - order.nowMs());
    }
  }
  const results = new Map<Execution, ExecutionResult>();
  for (const { admission, worker, problem } of strands) {
    results.set(admission.execution, host.finish(admission.execution, problem));
    await host.workers().giveBack(worker, admission.execution.dead === undefined);
  }
  return admitted.map((one) => ('refused' in one ? one.refused : (results.get(one.execution) as ExecutionResult)));
}
