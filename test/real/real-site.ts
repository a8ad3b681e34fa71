/**
 * A real server on this machine as a Site of the sandbox: each exchange blocks until it is answered, so virtual time and
 * the real server go together.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { HttpExchange, HttpReply, Site } from '../../sandbox/world/exchange';

/** Longer means that the server hangs. */
const ANSWER_WITHIN_MS = 10_000;

const ASKER = `
const { workerData } = require('node:worker_threads');
const { port, signal } = workerData;
const flag = new Int32Array(signal);
port.on('message', async ({ url, method, headers, body }) => {
  let reply;
  try {
    const answer = await fetch(url, { method, headers, body, redirect: 'manual' });
    reply = { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  } catch (problem) {
    reply = { problem: String(problem.cause ?? problem) };
  }
  port.postMessage(reply);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});`;

export class RealSite implements Site {
  private readonly flag = new Int32Array(new SharedArrayBuffer(4));
  private readonly port;
  private readonly worker: Worker;

  /** @param origin where the server listens: `http://127.0.0.1:18088`. */
  constructor(private readonly origin: string) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.worker = new Worker(ASKER, {
      eval: true,
      workerData: { port: port2, signal: this.flag.buffer },
      transferList: [port2],
    });
    this.worker.unref();
    port1.unref();
  }

  handle({ url, method, headers, body }: HttpExchange): HttpReply {
    const { pathname, search } = new URL(url);
    Atomics.store(this.flag, 0, 0);
    this.port.postMessage({ url: this.origin + pathname + search, method, headers, body });
    if (Atomics.wait(this.flag, 0, 0, ANSWER_WITHIN_MS) === 'timed-out') throw new Error(`${url}: no answer.`);
    const reply = receiveMessageOnPort(this.port)?.message as HttpReply | { problem: string };
    if ('problem' in reply) throw new Error(`${url}: ${reply.problem}`);
    return reply;
  }

  async close(): Promise<void> {
    this.port.close();
    await this.worker.terminate();
  }
}
