/**
 * Libraries that a manifest names, from folders given for them: `--library NAME=DIR`.
 *
 * As at Google a library has a global scope of its own, and the script sees its functions and `var`s below the symbol,
 * but none whose name ends with an underscore. Its services are the script's: Google gives some of them a store of its own
 * (developers.google.com/apps-script/guides/libraries), which is not imitated.
 */
import { type Node, parse } from 'acorn';
import type { ProjectFile } from './clasp-project';
import { AddOnProblem, claspProject } from './clasp-project';

export interface Library {
  /** What the script calls it. */
  userSymbol: string;
  files: ProjectFile[];
}

/** @param given folders by symbol. Throws AddOnProblem where one is no library, or not named in the manifest. */
export function loadLibraries(given: ReadonlyMap<string, string>, symbols: readonly string[]): Library[] {
  return [...given].map(([userSymbol, dir]) => {
    if (!symbols.includes(userSymbol)) {
      const known = symbols.length === 0 ? 'It names none' : `It names ${symbols.join(', ')}`;
      throw new AddOnProblem(`the manifest names no library ${userSymbol}. ${known}.`);
    }
    const files = claspProject(dir).files.filter(({ name }) => /\.(js|gs)$/.test(name));
    if (files.length === 0)
      throw new AddOnProblem(`the library ${userSymbol} has no script file (.js or .gs) in ${dir}.`);
    return { userSymbol, files };
  });
}

/** One script that declares the library; evaluated before the add-on's own files. */
export function libraryScript({ userSymbol, files }: Library): ProjectFile {
  const names = [...new Set(files.flatMap((file) => visibleNames(file, userSymbol)))];
  const members = names.map((name) => `get ${name}() { return ${name}; }, set ${name}(value) { ${name} = value; }`);
  const body = files.map(({ source }) => source).join('\n;\n');
  const source = `var ${userSymbol} = (function () {\n${body}\n;return { ${members.join(', ')} };\n}).call({});`;
  return { name: `${userSymbol} (library)`, source };
}

function visibleNames({ name, source }: ProjectFile, userSymbol: string): string[] {
  let body: Node[];
  try {
    body = parse(source, { ecmaVersion: 2021, sourceType: 'script' }).body;
  } catch (error) {
    throw new AddOnProblem(`the library ${userSymbol} does not parse: ${name}, ${(error as Error).message}.`);
  }
  type Declared = {
    type: string;
    kind?: string;
    id?: { name?: string };
    declarations?: Array<{ id: { name?: string } }>;
  };
  const names = (body as unknown as Declared[]).flatMap(({ type, kind, id, declarations = [] }) => {
    if (type === 'FunctionDeclaration') return [id?.name];
    return type === 'VariableDeclaration' && kind === 'var' ? declarations.map((one) => one.id.name) : [];
  });
  return names.filter((one): one is string => one !== undefined && !one.endsWith('_'));
}
