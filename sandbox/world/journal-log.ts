/**
 * The log: one line per committed batch, `<number> <seal> <JSON>`.
 *
 * The seal covers number and content, and numbers follow each other, so that a missing, doubled or altered line is
 * seen. Only the last line can be unfinished, by a crash while it was written, before its commit returned: it is set
 * aside in a file of its own and cut off. Anything wrong before the last line is damage, and refused.
 */
import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { JournalError, journalError, syncDirectory, writeFully } from './journal-files';

/** `[kind, key, record]`, or `[kind, key]` for a removal; in the order they happened. */
export type Batch = Array<[kind: string, key: string, ...record: [unknown] | []]>;

const SEAL_CHARS = 16;
const NEWLINE = 0x0a;

export class JournalLog {
  private broken: JournalError | undefined;

  private constructor(
    readonly fd: number,
    private readonly path: string,
    /** Up to here every line is whole. */
    public sizeBytes: number,
    private nextNumber: number,
  ) {}

  /** An empty log that is there after a crash, too. */
  static start(path: string): JournalLog {
    return JournalLog.open(path, 'w', 0, 1);
  }

  static open(path: string, flags: 'w' | 'r+', sizeBytes: number, nextNumber: number): JournalLog {
    const fd = openSync(path, flags, 0o600);
    try {
      ftruncateSync(fd, sizeBytes);
      fsyncSync(fd);
      syncDirectory(dirname(path));
    } catch (problem) {
      closeSync(fd);
      throw problem;
    }
    return new JournalLog(fd, path, sizeBytes, nextNumber);
  }

  /** Returns when the batch is on the disk. After a failed write the log is as it was, and may be tried again. */
  append(batch: Batch): void {
    if (this.broken !== undefined) throw this.broken;
    const json = JSON.stringify(batch);
    const line = Buffer.from(`${this.nextNumber} ${seal(this.nextNumber, json)} ${json}\n`);
    try {
      writeFully(this.fd, line, this.sizeBytes);
    } catch (problem) {
      this.cutBack();
      throw journalError(`${this.path} cannot be written; the last changes are in memory only`, problem);
    }
    try {
      fdatasyncSync(this.fd);
    } catch (problem) {
      // The kernel may have dropped the pages: trying again could succeed and mean nothing.
      this.broken = journalError(`${this.path} cannot be made durable; stop and restart`, problem);
      this.cutBack();
      throw this.broken;
    }
    this.sizeBytes += line.length;
    this.nextNumber++;
  }

  /** Lets nothing more be written: another file has taken its place, or should have. */
  retire(why: JournalError): void {
    this.broken = why;
  }

  private cutBack(): void {
    try {
      ftruncateSync(this.fd, this.sizeBytes);
    } catch (problem) {
      this.broken = journalError(
        `${this.path} has an unfinished line that cannot be cut off; stop and restart`,
        problem,
      );
    }
  }
}

/** Hands each batch of the log to `apply` and opens the log for more. Throws JournalError if it is damaged. */
export function readLog(path: string, apply: (batch: Batch) => void): { log: JournalLog; tornBytes: number } {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem;
    return { log: JournalLog.start(path), tornBytes: 0 };
  }
  let goodBytes = 0;
  let number = 1;
  while (goodBytes < content.length) {
    const end = content.indexOf(NEWLINE, goodBytes);
    const batch = end === -1 ? undefined : parseLine(content.toString('utf8', goodBytes, end), number);
    if (batch === undefined) {
      if (end !== -1 && end + 1 < content.length) throw damaged(path, number);
      break;
    }
    apply(batch);
    goodBytes = end + 1;
    number++;
  }
  const tornBytes = content.length - goodBytes;
  if (tornBytes > 0) writeFileSync(path.replace(/\.log$/, '.torn'), content.subarray(goodBytes), { mode: 0o600 });
  return { log: JournalLog.open(path, 'r+', goodBytes, number), tornBytes };
}

function parseLine(line: string, number: number): Batch | undefined {
  const head = `${number} `;
  const json = line.slice(head.length + SEAL_CHARS + 1);
  if (line !== `${head}${seal(number, json)} ${json}`) return undefined;
  return JSON.parse(json) as Batch;
}

function seal(number: number, json: string): string {
  return createHash('sha256').update(`${number} ${json}`).digest('hex').slice(0, SEAL_CHARS);
}

function damaged(path: string, line: number): JournalError {
  return new JournalError(
    `${path} is damaged in line ${line}, and lines follow it. Put ${basename(path)} back from a copy; or keep what comes ` +
      `before by deleting line ${line} and all after it; or begin anew with --fresh.`,
  );
}
