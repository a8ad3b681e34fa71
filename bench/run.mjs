/**
 * `npm run bench [-- --out FILE]`: builds everything, measures, and prints docs/measurements.md, or writes it to FILE.
 * `npm run scale [-- --out FILE]`: the same with docs/scale.md.
 * Run them on a machine that has nothing else to do: the last columns of some tables are real time.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildAddOn, buildSandbox } from '../esbuild.config.mjs';

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

await buildSandbox();
await buildAddOn({});
await buildAddOn({
  config: inRoot('examples/providers/nextcloud-talk.ts'),
  out: inRoot('.build/bench/nextcloud-talk'),
});
await build({
  entryPoints: { main: inRoot('bench/main.ts'), scale: inRoot('bench/scale/main.ts') },
  outdir: inRoot('.build/bench'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outExtension: { '.js': '.cjs' },
  logLevel: 'error',
});
const program = process.argv[2] === 'scale' ? process.argv.splice(2, 1)[0] : 'main';
createRequire(import.meta.url)(inRoot(`.build/bench/${program}.cjs`));
