/** What the pages for operators say about fields, bounds, scopes and packages is what the code and the manifest say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEETING_FIELDS } from '../../src/core/meeting';
import { DEFAULT_POLICIES } from '../../src/core/policies';
import { POLICY_BOUNDS } from '../../src/manifest/check-add-on';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The cells of the table row that begins with `name`. */
function row(page: string, name: string): string[] {
  const line = page.split('\n').find((candidate) => candidate.startsWith(`| \`${name}\` |`));
  return (line ?? '').split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim());
}

describe('docs/configuration.md', () => {
  const page = read('docs/configuration.md');

  it.each(Object.entries(DEFAULT_POLICIES))('gives the default of %s', (name, value) => {
    expect(row(page, name)[2]?.replace(/`/g, '')).toBe(String(value));
  });

  it.each(Object.entries(POLICY_BOUNDS))('gives the bounds of %s', (name, [least, most]) => {
    expect(row(page, name)[3]).toBe(`${least} to ${most}`);
  });

  it('lists the fields a provider can keep', () => {
    expect(row(page, 'keeps')[3]).toBe(`of ${MEETING_FIELDS.map((field) => `\`${field}\``).join(', ')}`);
  });
});

describe('docs/deploying.md', () => {
  const page = read('docs/deploying.md');

  it('gives a reason for each scope that is asked for, and for no other', () => {
    const asked = JSON.parse(read('dist/appsscript.json')).oauthScopes as string[];
    const names = asked.map((scope) => scope.replace('https://www.googleapis.com/auth/', ''));
    const explained = [...page.matchAll(/^\| `((?:calendar|script)\.[\w.]+)` \| \S.* \|$/gm)].map(([, name]) => name);
    expect(explained).toEqual(names);
  });
});

describe('docs/decisions.md', () => {
  const page = read('docs/decisions.md');

  it('justifies each package in one line, and no other', () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    const explained = [...page.matchAll(/^\| `([^`]+)` \| \S.* \|$/gm)].map(([, name]) => name);
    expect(explained.sort()).toEqual(Object.keys(devDependencies).sort());
  });
});
