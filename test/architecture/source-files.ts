/** The project's own files, and what each of them imports. Types and values alike. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { preProcessFile } from 'typescript';

export const ROOT = join(__dirname, '../..');

/** Paths from the project's root, with `/`; everything below `folder` whose name ends so. */
export function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split('\\').join('/'))
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every specifier of a text, in the order they stand: import, import type, export from, import(), require(). */
export function importsOf(text: string): string[] {
  const { importedFiles, referencedFiles, typeReferenceDirectives } = preProcessFile(text, true, true);
  return [...importedFiles, ...referencedFiles, ...typeReferenceDirectives].map(({ fileName }) => fileName);
}

export interface Import {
  from: string;
  /** A path from the root without an extension, or a package's name. */
  to: string;
}

export function importsBelow(folder: string): Import[] {
  return filesBelow(folder, /\.ts$/).flatMap((from) =>
    importsOf(textOf(from)).map((to) => ({
      from,
      to: to.startsWith('.') ? posix.normalize(posix.join(dirname(from), to)) : to,
    })),
  );
}
