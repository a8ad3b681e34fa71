/** `npm run simulate`: builds the sandbox and, unless another add-on is named, ours; then plays. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildSandbox } from '../esbuild.config.mjs';
import { buildWithShortWaits } from './simulation/short-waits.mjs';

const args = process.argv.slice(2);

await buildSandbox();
if (!args.some((arg) => arg === '--addon' || arg.startsWith('--addon='))) await buildWithShortWaits();
const main = fileURLToPath(new URL('../.build/sandbox/simulate.cjs', import.meta.url));
fork(main, args).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
