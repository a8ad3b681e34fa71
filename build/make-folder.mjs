/** Makes a folder and what is missing above it. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * One after the other: Node's own `recursive` never returns where a file system answers ENOENT for a folder whose parent
 * is there, as /proc does (seen with Node 20). Throws what the disk says.
 */
export function makeFolder(path) {
  if (!existsSync(dirname(path))) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (problem) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw problem;
  }
}
