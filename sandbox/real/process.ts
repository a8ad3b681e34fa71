/**
 * A server of somebody else's that is started for a while: free ports, and an end that comes for certain.
 *
 * It runs under a shell that ends it as soon as we are gone, however we went: the shell waits on a pipe that only we
 * hold. It stands in a process group of its own, so that Ctrl-C reaches us alone and we end in order.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';

const READY_WITHIN_MS = 20_000;
const STOPPED_WITHIN_MS = 5_000;
const LOOK_MS = 50;

const WATCHED = `exec 3<&0
"$@" 3<&- </dev/null & child=$!
{ cat <&3 >/dev/null; kill "$child"; } 2>/dev/null &
wait "$child"`;

/** Where the programs of Debian's packages stand. */
export function installed(...programs: string[]): boolean {
  return programs.every((program) => existsSync(program));
}

/** A port that was free on loopback a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export async function waitUntil(what: string, isSo: () => Promise<boolean>, withinMs = READY_WITHIN_MS): Promise<void> {
  const until = process.hrtime.bigint() + BigInt(withinMs) * 1_000_000n;
  while (!(await isSo().catch(() => false))) {
    if (process.hrtime.bigint() > until) throw new Error(`${what}: not within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

export interface Running {
  output(): string;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
}

export function start(program: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Running {
  const child = spawn('/bin/sh', ['-c', WATCHED, 'watched', program, ...args], {
    ...options,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  child.on('exit', () => (ended = true));
  child.on('error', (problem) => {
    output += String(problem);
    ended = true;
  });
  return {
    output: () => output,
    async stop() {
      child.stdin.destroy();
      await waitUntil(`${program} stops`, async () => ended, STOPPED_WITHIN_MS).catch(() => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      });
    },
  };
}

/** Waits until the server answers; if it never does, ends it and throws with what it wrote last. */
export async function ready(what: string, running: Running, answers: () => Promise<boolean>): Promise<void> {
  try {
    await waitUntil(`${what} answers`, answers);
  } catch (problem) {
    await running.stop();
    throw new Error(`${(problem as Error).message}\n${running.output().slice(-2_000)}`);
  }
}
