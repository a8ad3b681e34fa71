/** Starts the built sandbox as a process of its own, for the suites of this folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const PROGRAM = resolve(__dirname, '../../../.build/sandbox/main.cjs');

/** Where the program says its Calendar API is. */
const URL_SAID = /Calendar API +(http:\/\/127\.0\.0\.1:\d+)\//;

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const started: ChildProcess[] = [];

/** To be called after each test. */
export function killAll(): void {
  for (const child of started.splice(0)) child.kill('SIGKILL');
}

export class Running {
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private readonly out: Ended = { code: null, stdout: '', stderr: '' };

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [PROGRAM, ...args]);
    started.push(this.child);
    this.child.stdout?.on('data', (data) => {
      this.out.stdout += data;
    });
    this.child.stderr?.on('data', (data) => {
      this.out.stderr += data;
    });
    this.ended = new Promise((done) => this.child.on('close', (code) => done({ ...this.out, code })));
  }

  /** Where it serves, once it does. */
  url(): Promise<string> {
    return this.says(URL_SAID);
  }

  /** Resolves with what `pattern` found in its output. */
  says(pattern: RegExp): Promise<string> {
    return new Promise((found, failed) => {
      const look = () => {
        const match = pattern.exec(this.out.stdout);
        if (match) found(match[1] ?? match[0]);
      };
      this.child.stdout?.on('data', look);
      this.ended.then(({ stderr }) => failed(new Error(`It ended without saying ${pattern}: ${stderr}`)));
      look();
    });
  }

  /** Sends a signal and waits for the end. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}
