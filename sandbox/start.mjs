/** `npm start`: builds the sandbox and, unless --addon names another, our add-on; then runs it with the same options. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildAddOn, buildSandbox } from '../esbuild.config.mjs';

const args = process.argv.slice(2);
const another = args.some((arg) => arg === '--addon' || arg.startsWith('--addon='));

try {
  await buildSandbox();
  if (!another && !args.includes('--help')) await buildAddOn({});
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
createRequire(import.meta.url)(fileURLToPath(new URL('../.build/sandbox/main.cjs', import.meta.url)));
