/** How the ledger lies in the store: what is rewritten, what moves, and what is kept although it cannot be read. */
import type { Binding } from '../../src/core/binding';
import { packBinding } from '../../src/core/packed';
import { byteLength, LedgerShards, SHARD_LIMIT_BYTES, SHARD_PREFIX } from '../../src/sync/shards';
import { bindingOf } from '../support/core-world';

const at = (number: number) => `${SHARD_PREFIX}${number}`;
/** The most bytes a shard is filled to with what is new. */
const FILL_BYTES = 7_000;

/** A binding whose line, with its end, takes exactly so many bytes. */
function sized(eventId: string, bytes: number): Binding {
  const bare = bindingOf({ eventId, delivered: 'x' });
  const more = bytes - 1 - byteLength(packBinding(bare));
  return { ...bare, delivered: 'x'.repeat(more + 1) };
}

function written(...bindings: Binding[]): Record<string, string> {
  const shards = new LedgerShards({});
  for (const binding of bindings) shards.ledger.put(binding);
  return shards.takeEntries();
}

/** Puts these into the ledger of a store, and gives back what would be written. */
function rewritten(entries: Record<string, string>, ...bindings: Binding[]): Record<string, string> {
  const shards = new LedgerShards(entries);
  for (const binding of bindings) shards.ledger.put(binding);
  return shards.takeEntries();
}

describe('a new binding', () => {
  it('goes into the first shard that it fills to a mark at most', () => {
    const entries = written(sized('a', FILL_BYTES - 200));
    expect(Object.keys(rewritten(entries, sized('b', 200)))).toEqual([at(0)]);
    expect(Object.keys(rewritten(entries, sized('b', 201)))).toEqual([at(1)]);
  });

  it('fills the gap in an earlier shard before it opens a further one', () => {
    const entries = { ...written(sized('a', 6_000)), [at(1)]: packBinding(sized('b', 6_500)) };
    expect(Object.keys(rewritten(entries, sized('c', 900)))).toEqual([at(0)]);
    expect(Object.keys(rewritten(entries, sized('c', 1_100)))).toEqual([at(2)]);
  });

  it('is written into the shard of the number after the highest', () => {
    const entries = { [at(4)]: packBinding(sized('a', 6_900)) };
    expect(Object.keys(rewritten(entries, sized('b', 500)))).toEqual([at(5)]);
  });
});

describe('a binding that grows', () => {
  it('stays in its shard up to the limit of a value, and moves beyond', () => {
    const entries = written(sized('a', 6_000), sized('b', 500));
    expect(Object.keys(rewritten(entries, sized('b', SHARD_LIMIT_BYTES - 6_000)))).toEqual([at(0)]);
    const moved = rewritten(entries, sized('b', SHARD_LIMIT_BYTES - 5_999));
    expect(Object.keys(moved).sort()).toEqual([at(0), at(1)]);
    expect(new LedgerShards({ ...entries, ...moved }).ledger.size).toBe(2);
  });
});

describe('a binding that is dropped', () => {
  it('leaves an empty property behind, which is filled again', () => {
    const shards = new LedgerShards(written(bindingOf()));
    shards.ledger.drop(bindingOf());
    expect(shards.takeEntries()).toEqual({ [at(0)]: '' });
    expect(shards.bytes).toBe(0);
    expect(rewritten({ [at(0)]: '' }, bindingOf())).toEqual({ [at(0)]: packBinding(bindingOf()) });
  });

  it('that was never written touches nothing', () => {
    const shards = new LedgerShards({});
    shards.ledger.put(bindingOf());
    shards.ledger.drop(bindingOf());
    expect(shards.takeEntries()).toEqual({});
  });
});

describe('a store that was left untidy', () => {
  it('has the higher of two shards right, in the order of their numbers', () => {
    const [old, newer] = [bindingOf({ endsMs: 60_000 }), bindingOf()];
    const shards = new LedgerShards({ [at(10)]: packBinding(newer), [at(9)]: packBinding(old) });
    expect(shards.ledger.all()).toEqual([newer]);
    expect(shards.takeEntries()).toEqual({ [at(9)]: '' });
    expect(shards.takeEntries()).toEqual({});
  });

  it('keeps every line that it cannot read, also where two are alike, beside those that change', () => {
    const lines = ['a line of later', 'a line of later', packBinding(bindingOf())];
    const entries = { [at(0)]: lines.join('\n'), [at(1)]: 'a line of later' };
    const shards = new LedgerShards(entries);
    expect(shards.unreadable).toBe(3);
    expect(shards.ledger.size).toBe(1);
    const guest = bindingOf({ guest: true });
    expect(rewritten(entries, guest)).toEqual({ [at(0)]: [lines[0], lines[1], packBinding(guest)].join('\n') });
  });

  it('counts what is in it as the store does, and nothing of what is not the ledger’s', () => {
    const entries = { ...written(sized('a', 1_000), sized('b', 234)), 'lockstep.owner': 'word' };
    expect(new LedgerShards(entries).bytes).toBe(1_234);
    expect(new LedgerShards(entries).ledger.size).toBe(2);
  });
});

describe('the length of a text', () => {
  it.each([0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff])(
    'with character %d is its UTF-8',
    (code) => {
      const text = `a${String.fromCodePoint(code)}`;
      expect(byteLength(text)).toBe(Buffer.byteLength(text));
    },
  );
});
