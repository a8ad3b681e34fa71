/**
 * Drives one execution in a worker: answers its calls as they come, lets time pass, ends it when it is killed.
 */
import type { Clock } from '../world/clock';
import { RealClock } from '../world/clock';
import type { Invocation } from './context';
import { type Execution, TIME_LIMIT } from './execution';
import { RUNTIME_START } from './latency';
import { COMPUTE_LIMIT_MS } from './limits';
import type { Wait } from './service';
import type { FromWorker } from './worker';
import type { WarmWorker, WorkerPool } from './worker-pool';

export interface Drive {
  clock: Clock;
  /** Lets virtual time pass. */
  elapse(ms: number): void;
  computeLimitMs?: number;
}

/** How often a real wait looks whether it may end. */
const LOOK_MS = 5;

/** Runs it to its end. Resolves with what ended evaluation, or undefined. */
export async function driveWorker(
  pool: WorkerPool,
  { execution, invocation }: { execution: Execution; invocation: Invocation },
  drive: Drive,
): Promise<unknown> {
  const worker = await pool.lend();
  const startMs = execution.runtime.latency.draw(RUNTIME_START);
  execution.spentMs += startMs;
  await pass({ ms: startMs }, drive);
  const overdue = watchRealTime(execution, worker, drive);
  try {
    return await conversation(worker, execution, invocation, drive);
  } finally {
    clearTimeout(overdue.timer);
    await pool.giveBack(worker, execution.dead === undefined);
  }
}

/** In real time the limit also holds for a script that only computes. */
function watchRealTime(execution: Execution, worker: WarmWorker, drive: Drive): { timer?: NodeJS.Timeout } {
  if (!(drive.clock instanceof RealClock)) return {};
  const timer = setTimeout(() => {
    execution.kill(TIME_LIMIT);
    void worker.end();
    ended.get(execution)?.();
  }, execution.identity.limitMs);
  return { timer };
}

/** How to end the conversation of an execution that was killed from outside. */
const ended = new WeakMap<Execution, () => void>();

function conversation(
  worker: WarmWorker,
  execution: Execution,
  invocation: Invocation,
  drive: Drive,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    ended.set(execution, () => resolve(undefined));
    const receive = (message: FromWorker): void => {
      if ('done' in message) resolve(message.problem);
      else if ('call' in message) {
        void answerCall(execution, message, drive).then((json) => {
          // A killed script gets no answer: it sleeps until its worker is ended, and no `finally` runs.
          if (execution.dead === undefined) worker.answer(json);
          else resolve(undefined);
        }, reject);
      }
    };
    const computeLimitMs = drive.computeLimitMs ?? COMPUTE_LIMIT_MS;
    worker.begin({ run: invocation, computeLimitMs }, receive, reject);
  });
}

/** Answers one call, letting time pass as it asks. */
export async function answerCall(
  execution: Execution,
  { call, argsJson }: { call: string; argsJson: string },
  drive: Drive,
): Promise<string> {
  const free = execution.answerFree(call, argsJson);
  if (free !== undefined) return free;
  const steps = execution.perform(call, argsJson);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pass(step.value, drive);
  }
}

async function pass({ ms, until, promise }: Wait, drive: Drive): Promise<void> {
  if (promise !== undefined) await promise;
  if (!(drive.clock instanceof RealClock)) {
    if (ms > 0) drive.elapse(ms);
    return;
  }
  const endMs = drive.clock.nowMs() + ms;
  for (let leftMs = ms; leftMs > 0 && until?.() !== true; leftMs = endMs - drive.clock.nowMs()) {
    await new Promise((resolve) => setTimeout(resolve, until === undefined ? leftMs : Math.min(LOOK_MS, leftMs)));
  }
}
