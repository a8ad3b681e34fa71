/**
 * Types of a configuration and of what it imports: the sources themselves are checked by `npm run types`, which sees
 * nothing outside of this repository.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = join(ROOT, 'src/');

/** At most so many are told; the rest often follows from the first. */
const MOST_TOLD = 20;

/**
 * @param {string} file absolute
 * @returns {Promise<{ problems: string[], looked: boolean }>} a sentence each, with file and line; `looked` is false for what
 *   is no TypeScript
 */
export async function configTypes(file) {
  if (!/\.m?ts$/.test(file)) return { problems: [], looked: false };
  const { default: ts } = await import('typescript');
  const base = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config.compilerOptions;
  const { options } = ts.convertCompilerOptionsFromJson(base, ROOT);
  const program = ts.createProgram([file], {
    ...options,
    ...{ composite: false, incremental: false, emitDeclarationOnly: false, noEmit: true },
    // What a person leaves unused while trying things is no mistake.
    ...{ noUnusedLocals: false, noUnusedParameters: false },
    paths: { lockstep: [join(ROOT, 'src/lockstep.ts')] },
  });
  const own = program.getSourceFiles().filter(({ fileName, isDeclarationFile }) => {
    return !isDeclarationFile && !fileName.startsWith(SOURCES) && !fileName.includes('/node_modules/');
  });
  const found = own.flatMap((source) => [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ]);
  return { problems: found.slice(0, MOST_TOLD).map((one) => sentence(ts, one)), looked: true };
}

function sentence(ts, { file, start, messageText }) {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n    ');
  const { line } = ts.getLineAndCharacterOfPosition(file, start ?? 0);
  return `${file.fileName}:${line + 1}: ${text}`;
}
