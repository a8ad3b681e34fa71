/**
 * A warm worker: runs one execution at a time, each in a fresh context, asking the main thread for every service.
 *
 * The script's thread sleeps in Atomics.wait until the answer lies in the port; answers may be of any size.
 */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { compileProject, type Invocation, type ProjectSource, runInContext } from './context';

export interface WorkerSetup {
  source: ProjectSource;
  answers: MessagePort;
  /** [0] is 1 while an answer lies ready. */
  signal: SharedArrayBuffer;
}
export type ToWorker = { run: Invocation; computeLimitMs: number };
export type FromWorker =
  | { ready: true }
  | { call: string; argsJson: string }
  /** The function's report (undefined when none came) or what ended evaluation. */
  | { done: true; problem?: { name: string; message: string; stack?: string; code?: string } };

const { source, answers, signal } = workerData as WorkerSetup;
const flag = new Int32Array(signal);
const project = compileProject(source);
const main = parentPort as MessagePort;

function call(method: string, argsJson: string): string {
  main.postMessage({ call: method, argsJson } satisfies FromWorker);
  Atomics.wait(flag, 0, 0);
  Atomics.store(flag, 0, 0);
  return (receiveMessageOnPort(answers) as { message: string }).message;
}

function plain(problem: unknown): { name: string; message: string; stack?: string; code?: string } {
  const { name, message, stack, code } = (problem ?? {}) as Partial<Error> & { code?: string };
  return {
    name: name ?? 'Error',
    message: message ?? String(problem),
    ...(stack !== undefined && { stack }),
    ...(code !== undefined && { code }),
  };
}

main.on('message', ({ run, computeLimitMs }: ToWorker) => {
  try {
    runInContext(project, run, call, computeLimitMs);
    main.postMessage({ done: true } satisfies FromWorker);
  } catch (problem) {
    main.postMessage({ done: true, problem: plain(problem) } satisfies FromWorker);
  }
});
main.postMessage({ ready: true } satisfies FromWorker);
