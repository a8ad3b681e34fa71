/**
 * Warm workers, lent for one execution each. A worker whose execution was killed is ended, not lent again.
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { builtFile } from './built';
import type { ProjectSource } from './context';
import type { FromWorker, ToWorker, WorkerSetup } from './worker';

/** Our own bound: more executions at once wait for a worker. */
const MAX_IDLE = 2;

/** One worker and the way to answer it. */
export class WarmWorker {
  private readonly worker: Worker;
  private readonly answers: MessagePort;
  private readonly flag: Int32Array;
  private receive: ((message: FromWorker) => void) | undefined;
  private fail: ((error: Error) => void) | undefined;
  readonly ready: Promise<void>;

  constructor(source: ProjectSource) {
    const { port1, port2 } = new MessageChannel();
    const signal = new SharedArrayBuffer(4);
    this.answers = port1;
    this.flag = new Int32Array(signal);
    const setup: WorkerSetup = { source, answers: port2, signal };
    this.worker = new Worker(builtFile('script-worker.cjs'), { workerData: setup, transferList: [port2] });
    this.worker.unref();
    this.ready = new Promise((resolve, reject) => {
      this.receive = () => resolve();
      this.fail = reject;
    });
    this.worker.on('message', (message: FromWorker) => this.receive?.(message));
    this.worker.on('error', (error) => this.fail?.(error));
  }

  /** Begins a run; every message of it goes to `receive`, an end of the worker itself to `fail`. */
  begin(run: ToWorker, receive: (message: FromWorker) => void, fail: (error: Error) => void): void {
    this.receive = receive;
    this.fail = fail;
    this.worker.ref();
    this.worker.postMessage(run);
  }

  answer(json: string): void {
    this.answers.postMessage(json);
    Atomics.store(this.flag, 0, 1);
    Atomics.notify(this.flag, 0);
  }

  rest(): void {
    this.receive = undefined;
    this.fail = undefined;
    this.worker.unref();
  }

  async end(): Promise<void> {
    this.receive = undefined;
    this.fail = undefined;
    this.answers.close();
    await this.worker.terminate();
  }
}

export class WorkerPool {
  private readonly idle: WarmWorker[] = [];
  private readonly all = new Set<WarmWorker>();

  constructor(private readonly source: ProjectSource) {}

  /** A worker that is ready to run. */
  async lend(): Promise<WarmWorker> {
    const worker = this.idle.pop() ?? this.start();
    await worker.ready;
    return worker;
  }

  /** Takes a worker back; one that was killed in the middle is ended. */
  async giveBack(worker: WarmWorker, isWhole: boolean): Promise<void> {
    if (isWhole && this.idle.length < MAX_IDLE && this.all.has(worker)) {
      worker.rest();
      this.idle.push(worker);
      return;
    }
    this.all.delete(worker);
    await worker.end();
  }

  async close(): Promise<void> {
    const all = [...this.all];
    this.all.clear();
    this.idle.length = 0;
    await Promise.all(all.map((worker) => worker.end()));
  }

  private start(): WarmWorker {
    const worker = new WarmWorker(this.source);
    this.all.add(worker);
    return worker;
  }
}
