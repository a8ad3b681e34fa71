import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { openJournal } from '../../../sandbox/world/journal';
import { Random } from '../../../sandbox/world/random';
import { contentOf, newDirectory, removeDirectories } from './kept';

const ROUNDS = 20;
const script = join(newDirectory(), 'writer.cjs');

beforeAll(() => {
  buildSync({ entryPoints: [join(__dirname, 'writer.ts')], bundle: true, platform: 'node', outfile: script });
});
afterAll(removeDirectories);

/** A writer process in `dir`; each line it prints is the number of a batch whose commit has returned. */
function startWriter(dir: string, wrapper: string[] = []) {
  const [command = '', ...args] = [...wrapper, process.execPath, script, dir];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { acknowledged: 0, errors: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    const numbers = chunk.toString().trim().split('\n');
    out.acknowledged = Number(numbers.at(-1));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    out.errors += chunk.toString();
  });
  return { child, out, ended: new Promise<void>((resolve) => child.on('close', () => resolve())) };
}

function firstBatch(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.stdout?.once('data', () => resolve()));
}

describe('a process killed with SIGKILL while it writes', () => {
  it(`loses no acknowledged batch and leaves no half of one, ${ROUNDS} times in a row`, async () => {
    const dir = newDirectory();
    const random = new Random('kill');
    let total = 0;
    let afterCompaction = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { child, out, ended } = startWriter(dir);
      await firstBatch(child);
      await new Promise((resolve) => setTimeout(resolve, random.int(60)));
      child.kill('SIGKILL');
      await ended;
      expect(out.errors).toBe('');
      const journal = openJournal(dir);
      const { parts, step } = contentOf(journal) as Record<string, Array<[string, number]>>;
      const numbers = new Set(parts?.map(([, record]) => (record as unknown as { batch: number }).batch));
      expect(numbers.size).toBe(1);
      const [last] = [...numbers] as [number];
      expect(last).toBeGreaterThanOrEqual(out.acknowledged);
      expect(step?.map(([, number]) => number)).toEqual([last - 2, last - 1, last].filter((number) => number > 0));
      journal.close();
      total = last;
      afterCompaction = Math.max(
        afterCompaction,
        ...readdirSync(dir).map((name) => Number(/\.(\d+)\.snap/.exec(name)?.[1] ?? 0)),
      );
    }
    expect(total).toBeGreaterThan(ROUNDS);
    expect(afterCompaction).toBeGreaterThan(2);
  }, 60_000);
});

describe('two processes and one directory', () => {
  it('the second is refused while the first lives, and welcome after its death', async () => {
    const dir = newDirectory();
    const { child, ended } = startWriter(dir);
    await firstBatch(child);
    expect(() => openJournal(dir)).toThrow(`is in use by process ${child.pid}`);
    child.kill('SIGKILL');
    await ended;
    openJournal(dir).close();
    expect(readdirSync(dir).filter((name) => name.startsWith('lock.'))).toEqual([]);
  });

  it('one process cannot open it twice either', () => {
    const dir = newDirectory();
    const journal = openJournal(dir);
    expect(() => openJournal(dir)).toThrow('has the directory open already');
    journal.close();
    openJournal(dir).close();
  });

  it('a dead owner whose pid was dealt out again does not count', () => {
    const dir = newDirectory();
    const began = process.platform === 'linux' ? '1' : 'unknown';
    writeFileSync(join(dir, `lock.${process.pid}`), JSON.stringify({ began, originMs: 1 }));
    if (process.platform === 'linux') writeFileSync(join(dir, 'lock.1'), JSON.stringify({ began: 'x', originMs: 1 }));
    openJournal(dir).close();
    expect(readdirSync(dir).filter((name) => name.startsWith('lock.'))).toEqual([]);
  });
});

describe('a disk that takes no more', () => {
  it('makes the commit fail with a sentence, and what was acknowledged stays', async () => {
    const dir = newDirectory();
    const { out, ended } = startWriter(dir, ['sh', '-c', 'ulimit -f 16; exec "$@"', 'sh']);
    await ended;
    expect(out.errors).toMatch(/^JournalError: .*records\.\d+\.log cannot be written; .*\(EFBIG\)/);
    const journal = openJournal(dir);
    expect(journal.tornBytes).toBe(0);
    expect(journal.get<{ batch: number }>('parts', 'p0')?.batch).toBe(out.acknowledged);
    journal.close();
  }, 30_000);
});
