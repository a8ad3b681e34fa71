import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUBJECTS } from './all';

const ROOT = join(__dirname, '../..');
const CASES = 52;

const names = SUBJECTS.flatMap(([, scenarios]) => scenarios.map(({ name }) => name));
const rows = readFileSync(join(ROOT, 'docs/hard-cases.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return /^\d+$/.test(cells[1] ?? '') ? [{ number: Number(cells[1]), cells }] : [];
  });
const quoted = (text = '') => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);
const isPath = (name: string) => /^[a-z-]+\/.*\.ts$/.test(name);

describe('the table of hard cases', () => {
  it('has each of them once, in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: CASES }, (_, i) => i + 1));
  });

  it.each(rows.map(({ number, cells }) => [number, cells] as const))(
    'names only what there is for case %i',
    (_, cells) => {
      const named = quoted(cells.slice(3).join(' '));
      expect(named).not.toEqual([]);
      expect(named.filter((name) => (isPath(name) ? !existsSync(join(ROOT, name)) : !names.includes(name)))).toEqual(
        [],
      );
    },
  );

  it('rests on scenarios that can be told apart by their names', () => {
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});
