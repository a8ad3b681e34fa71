/** Finds what the sandbox's build made: beside the bundled sandbox, or from the sources when tests run those. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** @param name file name in .build/sandbox. Throws when it has not been built. */
export function builtFile(name: string): string {
  const places = [join(__dirname, name), join(__dirname, '../../.build/sandbox', name)];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`${name} has not been built: run npm run build.`);
  return found;
}
