/**
 * `npm start`: builds the sandbox and, unless --addon names another, our add-on; with --provider the one of
 * examples/providers. Then runs it with the same options.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildAddOn, buildSandbox } from '../esbuild.config.mjs';

const args = process.argv.slice(2);
const another = args.some((arg) => arg === '--addon' || arg.startsWith('--addon='));
const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What stands behind --provider; whether it is one is for the sandbox to say. */
function providerNamed() {
  const at = args.findIndex((arg) => arg === '--provider' || arg.startsWith('--provider='));
  const name = at < 0 ? undefined : (args[at].split('=')[1] ?? args[at + 1] ?? '');
  return name === undefined ? undefined : { name, config: inProject(`examples/providers/${name}.ts`) };
}

try {
  await buildSandbox();
  const provider = providerNamed();
  if (another || args.includes('--help')) {
    // Nothing of ours is run.
  } else if (provider === undefined) {
    await buildAddOn({});
  } else if (/^[a-z-]+$/.test(provider.name) && existsSync(provider.config)) {
    await buildAddOn({ config: provider.config, out: inProject(`.build/add-on/${provider.name}`) });
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
createRequire(import.meta.url)(inProject('.build/sandbox/main.cjs'));
