/** `npm run simulate`: builds the sandbox and, unless another add-on is named, ours; then plays. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildAddOn, buildSandbox } from '../esbuild.config.mjs';

await buildSandbox();
if (!process.argv.includes('--addon')) await buildAddOn({});
const main = fileURLToPath(new URL('../.build/sandbox/simulate.cjs', import.meta.url));
fork(main, process.argv.slice(2)).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
