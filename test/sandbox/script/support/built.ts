/** Builds what the script host evaluates, where the project's own build has not done so before the tests. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const OUT = join(__dirname, '../../../../.build/sandbox');
const ROOM = join(__dirname, '../../../../sandbox/script');

/** Leaves prelude.js and script-worker.cjs in .build/sandbox. */
export function ensureBuilt(): void {
  if (process.env.LOCKSTEP_REBUILD_SCRIPT === undefined && existsSync(join(OUT, 'script-worker.cjs'))) return;
  const shared = { bundle: true, target: 'es2020', charset: 'utf8', logLevel: 'error' } as const;
  buildSync({ ...shared, entryPoints: [join(ROOM, 'prelude/index.ts')], format: 'iife', outfile: join(OUT, 'prelude.js') });
  buildSync({
    ...shared,
    entryPoints: [join(ROOM, 'worker.ts')],
    format: 'cjs',
    platform: 'node',
    outfile: join(OUT, 'script-worker.cjs'),
  });
}
