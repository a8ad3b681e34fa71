/**
 * An add-on as it lies in a folder, ready for `clasp push`: script files, html files and appsscript.json.
 *
 * Guarantees: what loads has a valid manifest, parses as Apps Script would parse it, and declares every function that
 * the manifest names at top level. Anything else is one sentence that says what to do.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Node, type Program, parse } from 'acorn';
import { type Manifest, manifestProblems, namedFunctions } from './manifest';

export interface AddOn {
  manifest: Manifest;
  /** Script files in the order in which they are evaluated, and html files. */
  files: Array<{ name: string; source: string }>;
  scriptId: string;
}

/** What is wrong with an add-on's folder, for its author. */
export class AddOnProblem extends Error {
  override readonly name = 'AddOnProblem';
}

const MANIFEST_FILE = 'appsscript.json';
/** Later syntax (class fields, #private) is refused by Apps Script: developers.google.com/apps-script/guides/v8-runtime */
const ECMA_VERSION = 2021;

/** Reads and checks a folder. Throws AddOnProblem. */
export function loadAddOn(dir: string): AddOn {
  const names = filesIn(dir);
  const manifest = readManifest(dir, names);
  const files = names
    .filter((name) => /\.(js|gs|html)$/.test(name))
    .map((name) => ({ name, source: readFileSync(join(dir, name), 'utf8') }));
  return checkedAddOn({ manifest, files, scriptId: scriptIdOf(manifest, dir) }, dir);
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
  for (const { path, name } of namedFunctions(addOn.manifest)) {
    if (declared.has(name)) continue;
    throw new AddOnProblem(
      `${place}/${MANIFEST_FILE}: ${path} names ${name}, but no script file declares a top-level function ${name}. ` +
        'Declare it or correct the name.',
    );
  }
  return addOn;
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

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir).sort();
  } catch {
    throw new AddOnProblem(`${dir} is no folder that can be read; name the folder that holds ${MANIFEST_FILE}.`);
  }
}

function readManifest(dir: string, names: string[]): Manifest {
  const path = join(dir, MANIFEST_FILE);
  if (!names.includes(MANIFEST_FILE)) {
    throw new AddOnProblem(`${path} is missing; name the folder that is pushed to Apps Script.`);
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  } catch (error) {
    throw new AddOnProblem(`${path} is no valid JSON: ${(error as Error).message}. Correct it there.`);
  }
}

/** Stable for an add-on of this name, so that its state is found again. */
function scriptIdOf(manifest: Manifest, dir: string): string {
  const seed = (manifest as Manifest | null)?.addOns?.common?.name ?? dir;
  return `1${createHash('sha256').update(seed).digest('base64url')}`.padEnd(57, 'x');
}
