/**
 * Builds our add-on with one policy changed: the conference of an unsaved event waits two hours, not a day, so that the
 * quiet after a simulated day need not last one. Everything else is what is deployed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAddOn } from '../../esbuild.config.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Leaves it in .build/simulation/add-on. @returns that folder */
export async function buildWithShortWaits() {
  const folder = join(ROOT, '.build/simulation');
  const config = join(folder, 'config.mjs');
  const lines = [
    "import { defineAddOn } from 'lockstep';",
    `import config from ${JSON.stringify(join(ROOT, 'src/config.ts'))};`,
    'export default defineAddOn({ ...config, policies: { ...config.policies, unsavedHours: 2 } });',
  ];
  await mkdir(folder, { recursive: true });
  await writeFile(config, lines.join('\n'));
  const { out } = await buildAddOn({ config, out: join(folder, 'add-on') });
  return out;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await buildWithShortWaits());
