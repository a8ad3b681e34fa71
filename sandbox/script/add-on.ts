/**
 * An add-on as it lies in a folder, ready for `clasp push`: script files, html files and appsscript.json.
 *
 * Guarantees: what loads has a valid manifest, parses as Apps Script would parse it, and declares at top level what makes
 * its conferences. Anything else is one sentence that says what to do. A trigger of the manifest that names a function which
 * nobody declares is a warning: Google takes such manifests, and says so when the trigger comes.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Node, type Program, parse } from 'acorn';
import { AddOnProblem, claspProject } from './clasp-project';
import { type Library, loadLibraries } from './libraries';
import { type Manifest, manifestProblems, namedFunctions } from './manifest';

export { AddOnProblem } from './clasp-project';

export interface AddOn {
  manifest: Manifest;
  /** Script files in the order in which they are evaluated, and html files. */
  files: Array<{ name: string; source: string }>;
  scriptId: string;
  /** Of those that the manifest names, the ones that were given. */
  libraries?: Library[];
  /** What Google would take, and what will not work. */
  warnings?: string[];
}

const MANIFEST_FILE = 'appsscript.json';
/** Later syntax (class fields, #private) is refused by Apps Script: developers.google.com/apps-script/guides/v8-runtime */
const ECMA_VERSION = 2021;

/**
 * Reads and checks a folder. Throws AddOnProblem.
 * @param libraries folders of libraries, by the symbols of the manifest.
 */
export function loadAddOn(dir: string, libraries: ReadonlyMap<string, string> = new Map()): AddOn {
  const { root, files: all } = claspProject(dir);
  const text = all.find(({ name }) => name === MANIFEST_FILE)?.source;
  if (text === undefined) {
    throw new AddOnProblem(`${join(root, MANIFEST_FILE)} is missing; name the folder that is pushed to Apps Script.`);
  }
  const manifest = readManifest(join(root, MANIFEST_FILE), text);
  const files = all.filter(({ name }) => !name.endsWith('.json'));
  const addOn = checkedAddOn({ manifest, files, scriptId: scriptIdOf(manifest, dir) }, root);
  if (libraries.size === 0) return addOn;
  const symbols = (manifest.dependencies?.libraries ?? []).map(({ userSymbol }) => userSymbol);
  return { ...addOn, libraries: loadLibraries(libraries, symbols) };
}

/** Checks script files and manifest against each other. `place` names them in what is thrown. */
export function checkedAddOn(addOn: AddOn, place: string): AddOn {
  const problems = manifestProblems(addOn.manifest);
  if (problems.length > 0) throw new AddOnProblem(`${place}/${MANIFEST_FILE}: ${problems.join(' ')}`);
  const scripts = scriptFiles(addOn);
  if (scripts.length === 0)
    throw new AddOnProblem(`${place} holds no script file (.js or .gs); build the add-on first.`);
  const bases = new Set<string>();
  for (const { name } of scripts) {
    const base = name.replace(/\.(js|gs)$/, '');
    if (bases.has(base))
      throw new AddOnProblem(`${place} holds ${base}.js and ${base}.gs; Apps Script keeps one: remove the other.`);
    bases.add(base);
  }
  const declared = new Set(scripts.flatMap((file) => topLevelFunctions(file, place)));
  const missing = namedFunctions(addOn.manifest).filter(({ name }) => !declared.has(name));
  const needed = missing.find(({ path }) => path.endsWith('.onCreateFunction'));
  if (needed !== undefined) {
    throw new AddOnProblem(`${place}/${MANIFEST_FILE}: ${inVain(needed)} Declare it or correct the name.`);
  }
  return missing.length === 0 ? addOn : { ...addOn, warnings: missing.map(inVain) };
}

function inVain({ path, name }: { path: string; name: string }): string {
  return `${path} names ${name}, but no script file declares a top-level function ${name}.`;
}

/** The files that are evaluated. */
export function scriptFiles(addOn: AddOn): Array<{ name: string; source: string }> {
  return addOn.files.filter(({ name }) => /\.(js|gs)$/.test(name));
}

/** Names a run menu, a manifest or a trigger can see in a file. Throws AddOnProblem where it does not parse. */
export function topLevelFunctions(file: { name: string; source: string }, place = ''): string[] {
  let program: Program;
  try {
    program = parse(file.source, { ecmaVersion: ECMA_VERSION, sourceType: 'script' });
  } catch (error) {
    throw new AddOnProblem(
      `${join(place, file.name)} does not parse as Apps Script would parse it: ${(error as Error).message}. ` +
        'Class fields, #private names and modules are not allowed; build for es2020.',
    );
  }
  return program.body.flatMap((statement: Node) => {
    if (statement.type === 'FunctionDeclaration') return [(statement as unknown as { id: { name: string } }).id.name];
    if (statement.type !== 'VariableDeclaration') return [];
    const { declarations } = statement as unknown as {
      declarations: Array<{ id: { name?: string }; init: { type: string } | null }>;
    };
    return declarations
      .filter(({ init }) => init !== null && /^(Arrow)?FunctionExpression$/.test(init.type))
      .flatMap(({ id }) => (id.name === undefined ? [] : [id.name]));
  });
}

function readManifest(path: string, text: string): Manifest {
  try {
    return JSON.parse(text) as Manifest;
  } catch (error) {
    throw new AddOnProblem(`${path} is no valid JSON: ${(error as Error).message}. Correct it there.`);
  }
}

/** Stable for an add-on of this name, so that its state is found again. */
function scriptIdOf(manifest: Manifest, dir: string): string {
  const seed = (manifest as Manifest | null)?.addOns?.common?.name ?? dir;
  return `1${createHash('sha256').update(seed).digest('base64url')}`.padEnd(57, 'x');
}
