/**
 * Builds the add-on with text replaced in its sources, without touching them.
 *
 *   node build-defective.mjs OUT < [{ "file", "find", "replace" }]
 *
 * Every `find` must stand in its file exactly once.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { buildAddOn } from '../../esbuild.config.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

export async function buildDefective(out, edits) {
  const files = new Map();
  for (const { file, find, replace } of edits) {
    const path = join(ROOT, file);
    const source = files.get(path) ?? (await readFile(path, 'utf8'));
    const times = source.split(find).length - 1;
    if (times !== 1) throw new Error(`"${find}" stands ${times} times in ${file}, not once.`);
    files.set(
      path,
      source.replace(find, () => replace),
    );
  }
  const plugin = {
    name: 'defect',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        files.has(path) ? { contents: files.get(path), loader: 'ts' } : undefined,
      );
    },
  };
  return buildAddOn({ out, plugins: [plugin] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildDefective(process.argv[2], JSON.parse(await text(process.stdin)));
}
