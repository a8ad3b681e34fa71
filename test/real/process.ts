/** Tests with servers that are not ours: a folder for each, and a reason where there is none. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
