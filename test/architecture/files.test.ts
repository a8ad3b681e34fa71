/** What every file of the project keeps to: size, name, and where time and chance come from. */
import {
  createSourceFile,
  forEachChild,
  isCallExpression,
  isNewExpression,
  isPropertyAccessExpression,
  type Node,
  ScriptTarget,
} from 'typescript';
import { filesBelow, textOf } from './source-files';

const MAX_LINES = 350;
const files = ['src', 'sandbox', 'test'].flatMap((folder) => filesBelow(folder, /\.(ts|mjs|cjs|js)$/));

/** Where a text asks for the time or for chance: `Date.now`, `new Date()`, `Date()`, `Math.random`, `performance.now`. */
function askedOfTheMachine(text: string): string[] {
  const found: string[] = [];
  const see = (node: Node): void => {
    if (isPropertyAccessExpression(node) && /^(Date\.now|Math\.random|performance\.now)$/.test(node.getText())) {
      found.push(node.getText());
    }
    if (isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0) {
      found.push(node.getText());
    }
    if (isCallExpression(node) && node.expression.getText() === 'Date') found.push(node.getText());
    forEachChild(node, see);
  };
  see(createSourceFile('text.ts', text, ScriptTarget.ES2023, true));
  return found;
}

describe('the files of the project', () => {
  it('are all here', () => {
    expect(files.length).toBeGreaterThanOrEqual(180);
  });

  it(`have at most ${MAX_LINES} lines`, () => {
    const long = [...files, 'esbuild.config.mjs']
      .map((path) => ({ path, lines: textOf(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  it('leave out no stored state of an earlier version where such states are read', () => {
    const golden = filesBelow('test/sync/golden', /\.json$/).map((path) => path.slice('test/sync'.length));
    expect(golden.length).toBeGreaterThan(1);
    for (const path of golden) expect(textOf('test/sync/memory.test.ts')).toContain(`'.${path}'`);
  });

  it('are named after what they are about', () => {
    const vague = files.filter((path) =>
      /(^|[/.-])(utils?|helpers?|common|managers?|misc|shared)([/.-]|$)/i.test(path),
    );
    expect(vague).toEqual([]);
  });
});

describe('time and chance', () => {
  it('are found where a text asks the machine for them, not where it says the words', () => {
    const asking = 'Date.now(); new Date(); new Date; Date(); Math.random(); const now = Date.now;';
    expect(askedOfTheMachine(asking)).toEqual([
      'Date.now',
      'new Date()',
      'new Date',
      'Date()',
      'Math.random',
      'Date.now',
    ]);
    expect(askedOfTheMachine("/* Date.now() */ new Date(0); Date.UTC(2026); 'Math.random()'; Math.max(1);")).toEqual(
      [],
    );
  });

  it.each(['src/core', 'src/ports', 'src/sync', 'src/providers'])('come into %s from outside alone', (folder) => {
    const asking = filesBelow(folder, /\.ts$/).flatMap((path) =>
      askedOfTheMachine(textOf(path)).map((call) => `${path}: ${call}`),
    );
    expect(asking).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('names no host that packages came from', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"');
  });

  it('pins what package.json pins, exactly', () => {
    const { devDependencies, dependencies = {} } = JSON.parse(textOf('package.json'));
    const locked = JSON.parse(textOf('package-lock.json')).packages[''].devDependencies;
    expect(dependencies).toEqual({});
    expect(locked).toEqual(devDependencies);
    for (const version of Object.values(devDependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
