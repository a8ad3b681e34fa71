/**
 * Begins a provider of your own: its file, its test with a small imitation of the vendor, and what to do next.
 *
 *   npm run new-provider NAME [-- --into DIR]
 *
 * Both are copies of test/providers/template, which the project's own tests run: what you begin with works.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeFolder } from '../build/make-folder.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TEMPLATE = join(ROOT, 'test/providers/template');

/** Ways in which a name is written; the template's is `acme-rooms` in all of them. */
const words = (name) => name.split('-');
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
const WAYS = [
  (name) => name,
  (name) =>
    words(name)
      .map((word, i) => (i === 0 ? word : capital(word)))
      .join(''),
  (name) => words(name).map(capital).join(''),
  (name) => words(name).map(capital).join(' '),
  (name) => words(name).join('_').toUpperCase(),
];

function stop(problem) {
  console.error(problem);
  process.exit(2);
}

function main() {
  const { values, positionals } = parseArgs({ options: { into: { type: 'string' } }, allowPositionals: true });
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) stop('Name one provider: npm run new-provider acme-video');
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    stop(`"${name}" must be lower-case letters, digits and single dashes, such as acme-video.`);
  }
  const into = values.into ?? ROOT;
  const files = [
    {
      from: 'acme-rooms.ts',
      to: `src/providers/${name}.ts`,
      move: [
        [/\.\.\/\.\.\/\.\.\/src\/providers\//g, './'],
        [/\.\.\/\.\.\/\.\.\/src\//g, '../'],
      ],
    },
    {
      from: 'acme-rooms.test.ts',
      to: `test/providers/${name}.test.ts`,
      move: [
        [/'\.\/acme-rooms'/g, "'../../src/providers/acme-rooms'"],
        [/\/acme-rooms`/g, '/../../src/providers/acme-rooms`'],
        [/'\.\.\/(contract|wire)'/g, "'./$1'"],
        [/\.\.\/\.\.\/support\//g, '../support/'],
        [/\.\.\/\.\.\/\.\.\/sandbox\//g, '../../sandbox/'],
      ],
    },
  ];
  const there = files.find(({ to }) => existsSync(join(into, to)));
  if (there !== undefined) stop(`${there.to} is there already. Choose another name, or remove it first.`);
  for (const { from, to, move } of files) {
    let text = readFileSync(join(TEMPLATE, from), 'utf8');
    for (const [pattern, path] of move) text = text.replace(pattern, path);
    for (const way of WAYS) text = text.replaceAll(way('acme-rooms'), way(name));
    const file = join(into, to);
    makeFolder(dirname(file));
    writeFileSync(file, text);
    console.log(`wrote ${relative(process.cwd(), file)}`);
  }
  // Imports move when names change.
  const biome = join(ROOT, 'node_modules/.bin/biome');
  if (existsSync(biome)) {
    spawnSync(biome, ['check', '--write', `--config-path=${ROOT}`, ...files.map(({ to }) => join(into, to))]);
  }
  const [, camel, , title, constant] = WAYS.map((way) => way(name));
  console.log(`
1. Describe the vendor's API in src/providers/${name}.ts, and imitate it in the test, until this passes:
     npx jest test/providers/${name}
2. Offer it, in src/config.ts:
     import { ${camel} } from './providers/${name}';
     solutions: [{ id: '${name}', name: '${title}', logoUrl: 'https://lh3.googleusercontent.com/…', provider: '${camel}' }],
     providers: { ${camel}: ${camel}({ baseUrl: 'https://api.${name}.example/v1', auth: { kind: 'bearer', scriptProperty: '${constant}_TOKEN' } }) },
3. Build it, and use it in the sandbox, with a server of the vendor's API on this machine:
     npm run build && npm start -- --server api.${name}.example=http://127.0.0.1:9000 --script-property ${constant}_TOKEN=…

docs/adding-a-provider.md says more.`);
}

main();
