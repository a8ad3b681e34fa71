/**
 * The tests of core and sync as one file, for mutation testing: a changed source is loaded once for all of them, not once
 * for each of some thirty files, and what follows the first failure is not run. The generated cases come last, and fewer
 * of them.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

process.env.PLANNER_CASES ??= '4000';
process.env.HISTORY_RUNS ??= '15';
fc.configureGlobal({ endOnFailure: true });

let failed = false;

/** The first test that fails has noticed the change; the others need not be asked. */
function untilOneFails<Row extends unknown[]>(body: (...row: Row) => unknown) {
  return (...row: Row): void => {
    if (failed) return;
    try {
      body(...row);
    } catch (thrown) {
      failed = true;
      throw thrown;
    }
  };
}

const register = it;
const registerEach = it.each as (rows: readonly unknown[]) => (name: string, body: (...row: unknown[]) => void) => void;
const each = (rows: readonly unknown[]) => (name: string, body: (...row: unknown[]) => unknown) =>
  registerEach(rows)(name, untilOneFails(body));
const one = (name: string, body: () => unknown) => register(name, untilOneFails(body));
Object.assign(globalThis, { it: Object.assign(one, { each }) });

const files = ['core', 'sync'].flatMap((folder) =>
  readdirSync(join(__dirname, '..', folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`),
);
const isGenerated = (file: string) => file.includes('.properties.');
for (const file of [...files.filter((file) => !isGenerated(file)), ...files.filter(isGenerated)]) {
  describe(file, () => void require(join(__dirname, '..', file)));
}
