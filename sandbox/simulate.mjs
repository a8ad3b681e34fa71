/** `npm run simulate`: builds the sandbox and, unless another add-on is named, ours for each provider; then plays. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSandbox } from '../esbuild.config.mjs';
import { buildWithShortWaits, SERVICES } from './simulation/short-waits.mjs';

const args = process.argv.slice(2);
const text = { type: 'string' };
const { addon, provider = 'all' } = parseArgs({
  args,
  strict: false,
  options: { addon: text, provider: text },
}).values;
const wanted = provider === 'all' ? SERVICES : String(provider).split(',');

await buildSandbox();
if (addon === undefined) {
  // What is not known is refused by the program itself, in its own words.
  for (const service of wanted.filter((name) => SERVICES.includes(name))) await buildWithShortWaits(service);
}
const main = fileURLToPath(new URL('../.build/sandbox/simulate.cjs', import.meta.url));
fork(main, args).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
