/** A server that a test starts and stops: free ports, a folder of its own, and waits that end. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const READY_WITHIN_MS = 20_000;
const STOPPED_WITHIN_MS = 5_000;
const LOOK_MS = 50;

/** Where the programs of Debian's packages stand. */
export function installed(...programs: string[]): boolean {
  return programs.every((program) => existsSync(program));
}

/** `describe`, or a printed reason and a skipped one. REAL_SERVERS=required (`.ci/run`) allows no skipping. */
export function describeWith(what: string, present: boolean): jest.Describe {
  if (!present && process.env.REAL_SERVERS === 'required') throw new Error(`${what} is not installed here.`);
  if (!present) console.info(`skipped: ${what} is not installed here.`);
  return present ? describe : describe.skip;
}

export function freshFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'lockstep-real-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
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
  const untilMs = Date.now() + withinMs;
  while (!(await isSo().catch(() => false))) {
    if (Date.now() > untilMs) throw new Error(`${what}: not within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

export interface Running {
  output(): string;
  stop(): Promise<void>;
}

/** Starts it in a group of its own, so that what it starts ends with it. */
export function start(program: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Running {
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  child.on('exit', () => (ended = true));
  child.on('error', (problem) => {
    output += String(problem);
    ended = true;
  });
  const end = (signal: NodeJS.Signals) => {
    if (!ended && child.pid !== undefined) process.kill(-child.pid, signal);
  };
  return {
    output: () => output,
    async stop() {
      end('SIGTERM');
      await waitUntil(`${program} stops`, async () => ended, STOPPED_WITHIN_MS).catch(() => end('SIGKILL'));
    },
  };
}
