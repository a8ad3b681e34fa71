/**
 * The tests of core and sync as one file, for mutation testing: a changed source is loaded once for all of them, not once
 * for each of some thirty files. The generated cases (*.properties.test.ts) are left out: they take seconds each.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

for (const folder of ['core', 'sync']) {
  const names = readdirSync(join(__dirname, '..', folder)).filter((name) => /^[^.]+\.test\.ts$/.test(name));
  for (const name of names) describe(`${folder}/${name}`, () => void require(join(__dirname, '..', folder, name)));
}
