/** docs/security.md names a test for everything that it says nobody can do. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBJECTS } from '../scenarios/all';
import { ROOT } from './source-files';

const scenarios = new Set(SUBJECTS.flatMap(([, all]) => all.map(({ name }) => name)));
const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
/** The rows of what cannot be done: what, and what holds it. */
const rows = page
  .split(/^## /m)
  .filter((part) => part.includes('| held by |'))
  .flatMap((part) => part.split('\n').filter((line) => /^\|(?!---| cannot)/.test(line)))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')) as [string, string]);

/** `file`: `words of the test in it`, or the name of a scenario. */
const REFERENCE = /`(test\/[^`]+)`: `([^`]+)`|`([^`]+)`/g;

describe('what the page on security says nobody can do', () => {
  it('is said of every place', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows)('is held by tests that are there: %s', (_, held) => {
    const found = [...held.matchAll(REFERENCE)];
    expect(found).not.toEqual([]);
    for (const [, file, words = '', scenario] of found) {
      if (file === undefined) expect(scenarios).toContain(scenario);
      else {
        const text = existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '';
        expect([file, words, text.includes(words)]).toEqual([file, words, true]);
      }
    }
  });
});
