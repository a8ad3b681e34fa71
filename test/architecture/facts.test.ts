import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SWITCHES } from '../../sandbox/world/switches';

const DOCS = join(__dirname, '../../docs');
const ledger = readFileSync(join(DOCS, 'platform-facts.md'), 'utf8');
const pages = readdirSync(join(DOCS, 'facts'));
const rows = pages.flatMap((page) =>
  readFileSync(join(DOCS, 'facts', page), 'utf8')
    .split('\n')
    .filter((line) => /^\| [a-z0-9-]+ \|/.test(line)),
);
const ids = rows.map((row) => row.split('|')[1]?.trim() ?? '');

describe('the ledger of platform facts', () => {
  it('has a page for each room, and names every page', () => {
    expect(pages.length).toBeGreaterThanOrEqual(5);
    for (const page of pages) expect(ledger).toContain(`(facts/${page})`);
  });

  it('gives every fact one row, and every row a mark', () => {
    expect(ids.length).toBeGreaterThan(100);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i && id !== 'id')).toEqual([]);
    expect(rows.filter((row) => !/documented|observed|unknown|inferred|ours|mark/i.test(row))).toEqual([]);
  });

  it.each(Object.entries(SWITCHES))(
    'has a row for the switch %s, with its question and its settings',
    (name, definition) => {
      const settings = [definition.default, ...definition.values.filter((value) => value !== definition.default)];
      expect(ids).toContain(definition.fact);
      expect(ledger).toContain(
        `| \`${name}\` | ${definition.question} | ${settings.join(', ')} | ${definition.fact} |`,
      );
    },
  );
});
