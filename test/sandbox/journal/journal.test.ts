import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { JournalError, openJournal } from '../../../sandbox/world/journal';
import { MemoryRecords } from '../../../sandbox/world/records';
import { contentOf, newDirectory, removeDirectories } from './kept';

afterAll(removeDirectories);

describe('records in a directory', () => {
  it('are there again after a restart, in the same order', () => {
    const dir = newDirectory();
    const first = openJournal(dir);
    first.put('event', 'b', { n: 1 });
    first.put('event', 'a', { n: 2 });
    first.put('account', 'x', 'ü\n\u2028');
    first.commit();
    first.remove('event', 'b');
    first.put('event', 'b', { n: 3 });
    first.put('event', 'a', { n: 4 });
    const before = contentOf(first);
    first.close();
    const second = openJournal(dir);
    expect(contentOf(second)).toEqual(before);
    expect(contentOf(second).event).toEqual([
      ['a', { n: 4 }],
      ['b', { n: 3 }],
    ]);
    second.close();
  });

  it('are lost where they were not committed', () => {
    const dir = newDirectory();
    const first = openJournal(dir);
    first.put('event', 'kept', 1);
    first.commit();
    first.put('event', 'lost', 1);
    expect(first.uncommitted).toBe(1);
    const copy = newDirectory();
    copyFileSync(join(dir, 'records.0.log'), join(copy, 'records.0.log'));
    const second = openJournal(copy);
    expect(contentOf(second)).toEqual({ event: [['kept', 1]] });
    second.close();
    first.close();
  });

  it('are dropped by a fresh start', () => {
    const dir = newDirectory();
    const first = openJournal(dir);
    first.put('event', 'a', 1);
    first.close();
    const second = openJournal(dir, { fresh: true });
    expect(second.kinds()).toEqual([]);
    second.close();
    expect(openAndClose(dir)).toEqual({});
  });

  it('equal what memory would hold after any changes, commits, compactions and restarts', () => {
    const name = fc.constantFrom('a', 'b', 'c', '__proto__');
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.tuple(fc.constant('put' as const), name, name, fc.jsonValue()) },
      { weight: 3, arbitrary: fc.tuple(fc.constant('remove' as const), name, name) },
      { weight: 2, arbitrary: fc.tuple(fc.constantFrom('commit' as const, 'compact' as const, 'restart' as const)) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const dir = newDirectory();
        const memory = new MemoryRecords();
        let journal = openJournal(dir, { compactAtBytes: 200 });
        for (const [what, kind, key, value] of steps) {
          if (what === 'put')
            for (const records of [memory, journal]) records.put(kind as string, key as string, value);
          else if (what === 'remove')
            for (const records of [memory, journal]) records.remove(kind as string, key as string);
          else if (what === 'restart') {
            journal.close();
            journal = openJournal(dir, { compactAtBytes: 200 });
          } else journal[what]();
        }
        journal.close();
        // -0 has no JSON form; every boundary of the sandbox makes it 0.
        expect(openAndClose(dir)).toEqual(JSON.parse(JSON.stringify(contentOf(memory))));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a log that ends in the middle of a line', () => {
  it('gives exactly the batches before it, wherever it was cut', () => {
    const dir = newDirectory();
    const journal = openJournal(dir);
    const ends = [0];
    const log = join(dir, 'records.0.log');
    for (let i = 1; i <= 5; i++) {
      journal.put('one', `k${i}`, { text: 'ä'.repeat(i) });
      journal.put('two', 'latest', i);
      journal.commit();
      ends.push(statSync(log).size);
    }
    const whole = readFileSync(log);
    for (let cut = 0; cut <= whole.length; cut++) {
      const copy = newDirectory();
      writeFileSync(join(copy, 'records.0.log'), whole.subarray(0, cut));
      const batches = ends.filter((end) => end > 0 && end <= cut).length;
      const opened = openJournal(copy);
      expect([opened.count('one'), opened.get('two', 'latest') ?? 0]).toEqual([batches, batches]);
      expect(opened.tornBytes).toBe(cut - (ends[batches] as number));
      opened.close();
    }
    journal.close();
  });

  it('goes on after the good part, and keeps the rest aside', () => {
    const dir = newDirectory();
    put(dir, 'a', 1);
    const log = join(dir, 'records.0.log');
    writeFileSync(log, Buffer.concat([readFileSync(log), Buffer.from('2 0123456789')]));
    put(dir, 'b', 2);
    expect(openAndClose(dir)).toEqual({
      event: [
        ['a', 1],
        ['b', 2],
      ],
    });
    expect(readFileSync(join(dir, 'records.0.torn'), 'utf8')).toBe('2 0123456789');
  });
});

describe('a damaged directory', () => {
  it('is refused when a line before the last is altered, missing or doubled', () => {
    const dir = newDirectory();
    for (let i = 0; i < 4; i++) put(dir, `k${i}`, i);
    const log = join(dir, 'records.0.log');
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    const damage = [
      [lines[0], lines[1]?.replace('"k1",1', '"k1",7'), lines[2], lines[3]],
      [lines[0], lines[2], lines[3]],
      [lines[0], lines[1], lines[1], lines[2], lines[3]],
      [lines[0], '', lines[1], lines[2]],
    ];
    for (const altered of damage) {
      writeFileSync(log, `${altered.join('\n')}\n`);
      expect(() => openJournal(dir)).toThrow(
        /records\.0\.log is damaged in line [23], and lines follow it\. .*--fresh/,
      );
    }
    writeFileSync(log, `${lines.join('\n')}\n`);
    expect(openAndClose(dir).event).toHaveLength(4);
  });

  it('is refused when the snapshot is altered or gone, but for a fresh start', () => {
    const dir = newDirectory();
    const journal = openJournal(dir);
    journal.put('event', 'a', 1);
    journal.compact();
    journal.close();
    const snapshot = join(dir, 'records.1.snapshot');
    const good = readFileSync(snapshot, 'utf8');
    for (const bad of [good.replace('1]', '2]'), good.slice(0, -10), '']) {
      writeFileSync(snapshot, bad);
      expect(() => openJournal(dir)).toThrow('its seal does not fit its content');
    }
    const without = newDirectory();
    writeFileSync(join(without, 'records.3.log'), '');
    expect(() => openJournal(without)).toThrow('not the snapshot it continues');
    openJournal(without, { fresh: true }).close();
    openJournal(dir, { fresh: true }).close();
    expect([openAndClose(dir), openAndClose(without)]).toEqual([{}, {}]);
  });

  it('cannot be a file, and the error says what to do', () => {
    const dir = newDirectory();
    writeFileSync(join(dir, 'file'), '');
    expect(() => openJournal(join(dir, 'file'))).toThrow(
      /cannot be made: .*use another directory with --data \(EEXIST\)/,
    );
    expect(() => openJournal(join(dir, 'file', 'below'))).toThrow(/\(ENOTDIR\)/);
    mkdirSync(join(dir, 'records.0.log'));
    expect(() => openJournal(dir)).toThrow(JournalError);
    expect(readdirSync(dir).filter((name) => name.startsWith('lock.'))).toEqual([]);
  });
});

describe('a log that has grown', () => {
  it('is folded into a snapshot, and nothing else stays behind', () => {
    const dir = newDirectory();
    const journal = openJournal(dir, { compactAtBytes: 1_000 });
    for (let i = 0; i < 500; i++) {
      journal.put('event', `k${i % 7}`, { i });
      journal.commit();
    }
    const names = readdirSync(dir).filter((name) => name.startsWith('records.'));
    expect(names).toHaveLength(2);
    expect(statSync(join(dir, names.find((name) => name.endsWith('.log')) as string)).size).toBeLessThan(1_100);
    const before = contentOf(journal);
    journal.close();
    expect(openAndClose(dir)).toEqual(before);
  });

  it('keeps its acknowledged batches even if the snapshot cannot be written', () => {
    const dir = newDirectory();
    const journal = openJournal(dir, { compactAtBytes: 1_000 });
    const inTheWay = join(dir, 'records.1.snapshot.tmp');
    mkdirSync(inTheWay);
    for (let i = 0; i < 50; i++) {
      journal.put('event', `k${i}`, 'x'.repeat(100));
      journal.commit();
    }
    expect(() => journal.compact()).toThrow('records.1.snapshot cannot be written');
    journal.close();
    rmSync(inTheWay, { recursive: true });
    expect(openAndClose(dir).event).toHaveLength(50);
  });

  it('survives a crash at any step of that', () => {
    const dir = newDirectory();
    const journal = openJournal(dir);
    journal.put('event', 'a', 1);
    journal.commit();
    const oldLog = readFileSync(join(dir, 'records.0.log'));
    journal.compact();
    journal.close();
    writeFileSync(join(dir, 'records.0.log'), oldLog);
    writeFileSync(join(dir, 'records.2.snapshot.tmp'), 'unfinished');
    put(dir, 'b', 2);
    expect(openAndClose(dir)).toEqual({
      event: [
        ['a', 1],
        ['b', 2],
      ],
    });
    expect(readdirSync(dir).sort()).toEqual(['records.1.log', 'records.1.snapshot']);
  });
});

function put(dir: string, key: string, value: unknown): void {
  const journal = openJournal(dir);
  journal.put('event', key, value);
  journal.close();
}

function openAndClose(dir: string) {
  const journal = openJournal(dir);
  const content = contentOf(journal);
  journal.close();
  return content;
}
