/** What may import what: main -> compose -> { sync, gas, providers } -> ports -> core, and nothing across the walls. */
import { filesBelow, type Import, importsBelow, importsOf } from './source-files';

/** Each part of src and what it may import besides itself. A part is a folder, or a file that stands in src alone. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ports: ['core'],
  providers: ['ports', 'core'],
  gas: ['ports', 'core'],
  sync: ['ports', 'core'],
  'add-on': ['ports', 'core'],
  lockstep: ['add-on', 'providers', 'ports', 'core'],
  config: ['add-on', 'providers'],
  compose: ['config', 'sync', 'gas', 'ports', 'core'],
  surfaces: ['compose', 'sync', 'gas', 'ports', 'core'],
  main: ['compose', 'surfaces', 'sync'],
  manifest: ['add-on', 'ports', 'core', 'ajv'],
};

/** `src/core/diff.ts` is in `core`, `src/main.ts` is `main`, `ajv` is `ajv`. */
function partOf(path: string): string {
  return path.startsWith('src/') ? ((path.split('/')[1] as string).replace(/\.ts$/, '') as string) : path;
}

const inSrc = importsBelow('src');
const inSandbox = importsBelow('sandbox');

/** The file itself, or the room it stands in: `sandbox/script/services/lock.ts` stands in `sandbox/script`. */
const asFile = (path: string): string => path.replace(/\.ts$/, '');
const asRoom = (path: string): string => path.split('/').slice(0, 2).join('/');

/** Ways that lead back to where they began, among types too. */
function circles(imports: readonly Import[], nameOf: (path: string) => string): string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [here, there] = [nameOf(from), nameOf(to)];
    if (here !== there || from === `${to}.ts`) next.set(here, (next.get(here) ?? new Set()).add(there));
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (name: string, way: readonly string[]): void => {
    if (way.includes(name)) found.push([...way.slice(way.indexOf(name)), name].join(' -> '));
    if (done.has(name) || way.includes(name)) return;
    for (const to of next.get(name) ?? []) walk(to, [...way, name]);
    done.add(name);
  };
  for (const name of next.keys()) walk(name, []);
  return found;
}

function shown(imports: readonly Import[]): string[] {
  return imports.map(({ from, to }) => `${from} imports ${to}`);
}

describe('reading imports', () => {
  it.each([
    ['values', "import { a } from './a';"],
    ['types', "import type { A } from './a';"],
    ['a type among values', "import { type A, b } from './a';"],
    ['for effect', "import './a';"],
    ['re-exports', "export { a } from './a';"],
    ['re-exported types', "export type { A } from './a';"],
    ['re-exports of everything', "export * from './a';"],
    ['dynamic imports', "const a = await import('./a');"],
    ['require', "const a = require('./a');"],
    ['types in place', "let a: import('./a').A;"],
    ['references', '/// <reference path="./a" />'],
  ])('sees %s', (_, text) => {
    expect(importsOf(text)).toEqual(['./a']);
  });

  it('sees the whole of src and of the sandbox', () => {
    expect(filesBelow('src', /\.ts$/).length).toBeGreaterThanOrEqual(55);
    expect(inSrc.length).toBeGreaterThanOrEqual(150);
    expect(filesBelow('sandbox', /\.ts$/).length).toBeGreaterThanOrEqual(100);
    expect(inSandbox.length).toBeGreaterThanOrEqual(200);
    expect(shown(inSrc)).toContain('src/compose.ts imports src/gas/platform');
    expect(shown(inSrc)).toContain('src/add-on.ts imports src/ports/provider');
  });

  it('knows every part of src', () => {
    const parts = new Set(filesBelow('src', /\.ts$/).map(partOf));
    expect([...parts].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });
});

describe('src', () => {
  it.each(Object.entries(MAY_IMPORT))('imports into %s only what stands below it', (part, allowed) => {
    const own = inSrc.filter(({ from }) => partOf(from) === part);
    const wrong = own.filter(({ to }) => partOf(to) !== part && !allowed.includes(partOf(to)));
    expect(shown(wrong)).toEqual([]);
  });

  it('has a core that imports nothing but itself, not even a type', () => {
    const wrong = inSrc.filter(({ from, to }) => from.startsWith('src/core/') && !to.startsWith('src/core/'));
    expect(shown(wrong)).toEqual([]);
  });

  it('imports no package, but for the check of the manifest in the build', () => {
    const packages = inSrc.filter(({ to }) => !to.startsWith('src/'));
    expect(shown(packages)).toEqual(['src/manifest/check-manifest.ts imports ajv']);
  });
});

describe('circles', () => {
  const imports = (...pairs: Array<[string, string]>) => pairs.map(([from, to]) => ({ from, to }));

  it('are seen where they are', () => {
    const three = imports(['a/x.ts', 'a/y'], ['a/y.ts', 'b/z'], ['b/z.ts', 'a/x']);
    expect(circles(three, asFile)).toEqual(['a/x -> a/y -> b/z -> a/x']);
    expect(circles(imports(['r/a/x.ts', 'r/b/y'], ['r/b/z.ts', 'r/a/w']), asFile)).toEqual([]);
    expect(circles(imports(['r/a/x.ts', 'r/b/y'], ['r/b/z.ts', 'r/a/w']), asRoom)).toEqual(['r/a -> r/b -> r/a']);
  });

  it.each(['src', 'sandbox', 'bench'])('stand nowhere among the files of %s, among types neither', (folder) => {
    const all = importsBelow(folder);
    expect(all.length).toBeGreaterThanOrEqual(20);
    expect(circles(all, asFile)).toEqual([]);
  });

  it('stand nowhere among the rooms of the sandbox', () => {
    expect(circles(inSandbox, asRoom)).toEqual([]);
  });
});

describe('the sandbox', () => {
  it('imports nothing of the add-on it runs, and nothing of the tests', () => {
    const wrong = inSandbox.filter(({ to }) => /^(src|test)\//.test(to) || to === 'lockstep');
    expect(shown(wrong)).toEqual([]);
  });

  it('has a prelude that imports nothing but itself: it lives in the bare context', () => {
    const prelude = 'sandbox/script/prelude/';
    const wrong = inSandbox.filter(({ from, to }) => from.startsWith(prelude) && !to.startsWith(prelude));
    expect(shown(wrong)).toEqual([]);
  });
});
