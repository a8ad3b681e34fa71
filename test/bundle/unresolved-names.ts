/**
 * The names a script uses and neither declares nor finds in ECMAScript 2020: what it expects of its host.
 *
 * TypeScript binds them: the script is read as a file of a program whose only library is ES2020, without any host's
 * types, and every "Cannot find name" is one.
 */
import { createCompilerHost, createProgram, createSourceFile, ScriptTarget } from 'typescript';

/** "Cannot find name", and its variants that suggest a spelling, a library or a package. */
const CANNOT_FIND_NAME = new Set([2304, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 18004]);

export function unresolvedNames(script: string): string[] {
  const options = { target: ScriptTarget.ES2020, lib: ['lib.es2020.d.ts'], types: [], noEmit: true, strict: false };
  const file = createSourceFile('script.ts', script, ScriptTarget.ES2020, true);
  const host = createCompilerHost(options);
  const readLibrary = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (name === 'script.ts' ? file : readLibrary(name, ...rest));
  const program = createProgram(['script.ts'], options, host);
  const names = program
    .getSemanticDiagnostics(file)
    .filter(({ code }) => CANNOT_FIND_NAME.has(code))
    .map(({ start = 0, length = 0 }) => script.slice(start, start + length));
  return [...new Set(names)].sort();
}
