/**
 * A snapshot: all records as JSON lines, `[kind, key, record]`, and a last line that counts and seals them.
 *
 * It gets its name only after it is on the disk, so an incomplete one is damage, never a crash.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { JournalError, journalError } from './journal-files';
import type { Batch } from './journal-log';
import type { Records } from './records';

const SEAL = /^\{"records":(\d+),"sha256":"([0-9a-f]{64})"\}$/;

export function snapshotText(records: Records): string {
  const lines: string[] = [];
  for (const kind of records.kinds()) {
    for (const [key, record] of records.entries(kind)) lines.push(`${JSON.stringify([kind, key, record])}\n`);
  }
  const body = lines.join('');
  return `${body}${JSON.stringify({ records: lines.length, sha256: sha256(body) })}\n`;
}

/** Hands the records of the snapshot to `apply` and returns its size; 0 if there is none. Throws JournalError. */
export function readSnapshot(path: string, apply: (batch: Batch) => void): number {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw journalError(`${path} cannot be read`, problem);
  }
  const sealAt = text.lastIndexOf('\n', text.length - 2) + 1;
  const seal = SEAL.exec(text.slice(sealAt).trimEnd());
  const body = text.slice(0, sealAt);
  if (seal === null || seal[2] !== sha256(body)) {
    throw new JournalError(
      `${path} is damaged: its seal does not fit its content. Put ${basename(path)} back from a copy, or begin anew with --fresh.`,
    );
  }
  apply(
    body
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Batch[number]),
  );
  return Buffer.byteLength(text);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
