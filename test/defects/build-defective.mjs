/**
 * Builds the add-on, or a file of tests, with text replaced in the sources, without touching them.
 *
 *   node build-defective.mjs OUT < [{ "id", "edits": [{ "file", "find", "replace" }], "test"? }]
 *
 * OUT/<id> then holds what clasp would push, or test.cjs for those that name a file of tests. Every `find` must stand in
 * its file exactly once; a defect that does not build leaves its reason in OUT/<id>/error.txt.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildAddOn } from '../../esbuild.config.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

export async function buildDefective(out, { edits, test }) {
  const plugins = [replacing(await edited(edits))];
  if (test === undefined) return buildAddOn({ out, plugins });
  return build({
    entryPoints: [join(ROOT, test)],
    outfile: join(out, 'test.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'silent',
    plugins,
  });
}

async function edited(edits) {
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
  return files;
}

function replacing(files) {
  return {
    name: 'defect',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        files.has(path) ? { contents: files.get(path), loader: 'ts' } : undefined,
      );
    },
  };
}

async function buildOrTell(out, defect) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  try {
    await buildDefective(out, defect);
  } catch (thrown) {
    await writeFile(join(out, 'error.txt'), String(thrown.message));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // One after the other: the configuration is evaluated anew for each, in a file named after the moment.
  for (const { id, ...defect } of JSON.parse(await text(process.stdin))) {
    await buildOrTell(join(process.argv[2], id), defect);
  }
}
