/** Writing that is on the disk when it returns, and errors of the disk in words. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A sentence for the person: what cannot be done, why, and what to do. */
export class JournalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JournalError';
  }
}

const ADVICE: Record<string, string> = {
  ENOSPC: 'the disk is full; free some space',
  EDQUOT: 'the disk quota is used up; free some space',
  EFBIG: 'the file may not grow any further here; raise the limit or use another directory with --data',
  EROFS: 'the file system is read-only; use another directory with --data',
  EACCES: 'permission is denied; change its owner or use another directory with --data',
  EPERM: 'permission is denied; change its owner or use another directory with --data',
  ENOTDIR: 'part of the path is a file; use another directory with --data',
  ENOENT: 'this file system takes no new directories there; use another directory with --data',
  EEXIST: 'a file of that name is in the way; use another directory with --data',
  EIO: 'the disk reports an error; check it, and keep a copy of the directory',
  EMFILE: 'too many files are open; raise the limit',
};

export function journalError(what: string, problem: unknown): JournalError {
  const code = (problem as NodeJS.ErrnoException).code ?? '';
  const why = ADVICE[code] ?? (problem as Error).message;
  return new JournalError(`${what}: ${why}${code === '' ? '' : ` (${code})`}.`, { cause: problem });
}

/**
 * Makes `dir` and what is missing above it; nothing if it is there. Throws what the disk says.
 *
 * One after the other, because `mkdirSync` with `recursive` never returns where the file system answers ENOENT for a
 * directory whose parent is there, as /proc does (seen with Node 20).
 */
export function makeDirectory(dir: string): void {
  if (!existsSync(dirname(dir))) makeDirectory(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (problem) {
    if (!isDirectory(dir)) throw problem;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Writes all of `data` from `positionBytes` on; one write call may take less than it was given. */
export function writeFully(fd: number, data: Buffer, positionBytes: number): void {
  for (let done = 0; done < data.length; ) done += writeSync(fd, data, done, data.length - done, positionBytes + done);
}

/** Gives `name` in `dir` this content: after a crash it has it wholly, or not at all. */
export function writeDurably(dir: string, name: string, text: string): void {
  const temporary = join(dir, `${name}.tmp`);
  try {
    const fd = openSync(temporary, 'w', 0o600);
    try {
      writeFully(fd, Buffer.from(text), 0);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, join(dir, name));
    syncDirectory(dir);
  } catch (problem) {
    try {
      unlinkSync(temporary);
    } catch {
      // It was never made, or already has its name.
    }
    throw journalError(`${join(dir, name)} cannot be written`, problem);
  }
}

/** Makes names in `dir` durable. Windows cannot open a directory, and needs no such call. */
export function syncDirectory(dir: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
