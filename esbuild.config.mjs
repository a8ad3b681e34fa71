/**
 * Builds what is deployed (dist/Code.js and dist/appsscript.json) and the sandbox that runs it (.build/sandbox).
 *
 *   node esbuild.config.mjs [--config FILE] [--out DIR]     the add-on
 *   node esbuild.config.mjs --sandbox                       the sandbox
 *
 * The bundle is one closure with a real top-level function per entry point: Apps Script lists functions statically, and
 * everything without a name out there cannot be run by anyone.
 */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'acorn';
import { build } from 'esbuild';
import { configTypes } from './build/config-types.mjs';
import { makeFolder } from './build/make-folder.mjs';

const ROOT = dirname(fileURLToPath(import.meta.url));
const inRoot = (...parts) => join(ROOT, ...parts);

/** Apps Script rejects newer syntax at save time, such as class fields. */
const SYNTAX = 2020;

/** A mistake of the person who builds: shown as it is, without a stack. */
export class BuildError extends Error {}

/**
 * @param {{ config?: string, out?: string, plugins?: import('esbuild').Plugin[], types?: boolean }} options paths, absolute or
 *   relative to the working directory; plugins come before our own; `types`: look at those of the configuration as well
 * @returns {Promise<{ out: string, bytes: number, functions: string[], typesKnown: boolean }>}
 */
export async function buildAddOn({ config = inRoot('src/config.ts'), out = inRoot('dist'), plugins = [], types } = {}) {
  const configFile = resolve(config);
  const loaded = await loadConfig(configFile);
  const { createFunctionName, checkAddOn, checkManifest, makeManifest } = loaded;
  const given = loaded.file.default;
  refuse(`${shown(configFile)} is not usable`, checkAddOn(given));
  const { problems, looked } = types ? await configTypes(configFile) : { problems: [], looked: false };
  refuse(`${shown(configFile)} has wrong types`, problems);

  const { code, functions } = await bundle(configFile, given.solutions, createFunctionName, plugins);
  const manifest = makeManifest(await readManifest(inRoot('appsscript.json')), given);
  refuse('the manifest is not usable', checkManifest(manifest, functions));

  const folder = resolve(out);
  try {
    makeFolder(folder);
    await writeFile(join(folder, 'Code.js'), code);
    await writeFile(join(folder, 'appsscript.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  } catch (thrown) {
    throw new BuildError(`${shown(folder)} cannot be written: ${thrown.message}. Choose another folder with --out.`);
  }
  return { out: folder, bytes: Buffer.byteLength(code), functions, typesKnown: looked };
}

/** The sandbox, its script worker and the prelude that makes a bare context look like Apps Script. */
export async function buildSandbox() {
  const out = inRoot('.build/sandbox');
  const node = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', outExtension: { '.js': '.cjs' } };
  await build({
    ...node,
    entryPoints: {
      main: inRoot('sandbox/cli/main.ts'),
      simulate: inRoot('sandbox/simulation/main.ts'),
      'script-worker': inRoot('sandbox/script/worker.ts'),
    },
    outdir: out,
    sourcemap: 'inline',
    logLevel: 'error',
  });
  await build({
    entryPoints: { prelude: inRoot('sandbox/script/prelude/index.ts') },
    outdir: out,
    bundle: true,
    format: 'iife',
    target: `es${SYNTAX}`,
    logLevel: 'error',
  });
}

/** Evaluates the configuration here, beside the checks, so that a wrong one never becomes a bundle. */
async function loadConfig(configFile) {
  if (!existsSync(configFile)) {
    throw new BuildError(`${shown(configFile)} does not exist. Name your configuration with --config FILE.`);
  }
  const result = await buildOrExplain(configFile, {
    stdin: {
      contents: [
        `export * as file from ${JSON.stringify(configFile)};`,
        "export { createFunctionName } from './src/add-on';",
        "export { checkAddOn } from './src/manifest/check-add-on';",
        "export { makeManifest } from './src/manifest/make-manifest';",
        "export { checkManifest } from './src/manifest/check-manifest';",
      ].join('\n'),
      resolveDir: ROOT,
      sourcefile: 'config-check.ts',
    },
    platform: 'node',
    external: ['ajv'],
    plugins: [configPlugin(configFile)],
  });
  const file = inRoot('.build', `config-check-${process.pid}-${Date.now()}.mjs`);
  makeFolder(dirname(file));
  await writeFile(file, result.outputFiles[0].text);
  try {
    return await import(pathToFileURL(file).href);
  } catch (thrown) {
    throw new BuildError(`${shown(configFile)} cannot be evaluated: ${thrown?.message ?? thrown}`);
  } finally {
    await rm(file, { force: true });
  }
}

async function bundle(configFile, solutions, createFunctionName, plugins) {
  const creates = solutions.map(
    ({ id }) => `export function ${createFunctionName(id)}(e) { return surfaces.createFor(${JSON.stringify(id)}, e); }`,
  );
  const result = await buildOrExplain(configFile, {
    stdin: {
      contents: ["export * from './src/main';", "import * as surfaces from './src/surfaces';", ...creates].join('\n'),
      resolveDir: ROOT,
      sourcefile: 'entry.ts',
    },
    metafile: true,
    target: `es${SYNTAX}`,
    charset: 'utf8',
    legalComments: 'inline',
    treeShaking: true,
    plugins: [...plugins, configPlugin(configFile)],
  });
  const functions = Object.values(result.metafile.outputs)[0].exports.sort();
  const code = inOneClosure(result.outputFiles[0].text, functions);
  parse(code, { ecmaVersion: SYNTAX, sourceType: 'script' });
  return { code, functions };
}

/** ES module text becomes `var AddOn_ = (function () { … return { handlers }; })()` and one function per handler. */
function inOneClosure(module, functions) {
  const trailing = /export\s*\{([^}]*)\};\s*$/g;
  const matches = [...module.matchAll(trailing)];
  if (matches.length !== 1) throw new Error(`The bundle ends in ${matches.length} export lists instead of one.`);
  const handlers = matches[0][1]
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => name.split(/\s+as\s+/))
    .map(([local, exported = local]) => `  ${exported}: ${local},`);
  // Not indented: lines may lie inside a template literal.
  const body = module.slice(0, matches[0].index).trimEnd();
  const wrappers = functions.map((name) => `function ${name}(e) {\n  return AddOn_.${name}(e);\n}\n`);
  return [
    '// Built by Lockstep. Edit the sources, not this file.',
    'var AddOn_ = (function () {',
    "'use strict';",
    body,
    `return {\n${handlers.join('\n')}\n};`,
    '})();',
    '',
    wrappers.join('\n'),
  ].join('\n');
}

/** `./config` of compose.ts is the chosen file; `lockstep` is what a configuration in any folder imports. */
function configPlugin(configFile) {
  return {
    name: 'config',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/config$/ }, ({ importer }) =>
        importer === inRoot('src/compose.ts') ? { path: configFile } : undefined,
      );
      onResolve({ filter: /^lockstep$/ }, () => ({ path: inRoot('src/lockstep.ts') }));
    },
  };
}

async function buildOrExplain(configFile, options) {
  try {
    return await build({ bundle: true, format: 'esm', write: false, logLevel: 'silent', ...options });
  } catch (thrown) {
    const [first] = thrown.errors ?? [];
    if (first === undefined) throw thrown;
    const at = first.location ? `${first.location.file}:${first.location.line}: ` : '';
    throw new BuildError(`${shown(configFile)} does not build. ${at}${first.text}`);
  }
}

async function readManifest(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (thrown) {
    throw new BuildError(`${shown(file)} cannot be read: ${thrown.message}`);
  }
}

/** npm runs scripts in the project's folder, wherever it is called; a person means the folder they are in. */
function calledIn() {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return script === 'build' && folder !== undefined ? folder : process.cwd();
}

/** As a person at the prompt would write it. */
function shown(path) {
  const way = relative(process.cwd(), path);
  return way.startsWith('..') ? path : way || '.';
}

function refuse(what, problems) {
  if (problems.length > 0) throw new BuildError([`${what}:`, ...problems.map((line) => `  ${line}`)].join('\n'));
}

const HELP = `npm run build -- [options]
  --config FILE   the add-on's configuration (default src/config.ts)
  --out DIR       where Code.js and appsscript.json go (default dist)
  --sandbox       builds the sandbox instead
docs/configuration.md explains every field.`;

async function main() {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      out: { type: 'string' },
      sandbox: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const { help, sandbox, ...given } = values;
  if (help) return console.log(HELP);
  if (sandbox) return buildSandbox();
  const paths = Object.entries(given).map(([option, path]) => [option, resolve(calledIn(), path)]);
  const { out, bytes, functions, typesKnown } = await buildAddOn({ ...Object.fromEntries(paths), types: true });
  const where = shown(out);
  console.log(`${where}/Code.js (${bytes} bytes) and ${where}/appsscript.json. Functions: ${functions.join(', ')}.`);
  if (!typesKnown) console.log('The configuration is no TypeScript: its types were not looked at.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((thrown) => {
    console.error(thrown instanceof BuildError || thrown.code?.startsWith('ERR_PARSE_ARGS') ? thrown.message : thrown);
    process.exitCode = 2;
  });
}
