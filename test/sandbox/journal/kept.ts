/** Directories of journals under test, and what is in them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Records } from '../../../sandbox/world/records';

const made: string[] = [];

export function newDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'journal-'));
  made.push(dir);
  return dir;
}

export function removeDirectories(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** Every record, kind by kind, in order. */
export function contentOf(records: Records): Record<string, Array<[string, unknown]>> {
  return Object.fromEntries(records.kinds().map((kind) => [kind, [...records.entries<unknown>(kind)]]));
}
