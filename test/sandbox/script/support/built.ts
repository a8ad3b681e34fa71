/** Builds what the script host evaluates, where the project's build before the tests has not done so. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const OUT = join(__dirname, '../../../../.build/sandbox');
const ROOM = join(__dirname, '../../../../sandbox/script');
const shared = { bundle: true, target: 'es2020', charset: 'utf8', logLevel: 'error' } as const;

function changedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestMs(dir: string): number {
  return Math.max(...readdirSync(dir).map((name) => changedMs(join(dir, name))));
}

/** Leaves an up-to-date prelude.js and script-worker.cjs in .build/sandbox. */
export function ensureBuilt(): void {
  const prelude = join(OUT, 'prelude.js');
  if (changedMs(prelude) < newestMs(join(ROOM, 'prelude'))) {
    buildSync({ ...shared, entryPoints: [join(ROOM, 'prelude/index.ts')], format: 'iife', outfile: prelude });
  }
  const worker = join(OUT, 'script-worker.cjs');
  if (changedMs(worker) < Math.max(changedMs(join(ROOM, 'worker.ts')), changedMs(join(ROOM, 'context.ts')))) {
    const entryPoints = [join(ROOM, 'worker.ts')];
    buildSync({ ...shared, entryPoints, format: 'cjs', platform: 'node', outfile: worker });
  }
}
