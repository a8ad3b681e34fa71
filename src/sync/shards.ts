/**
 * Keeps the ledger in the property store: packed bindings in shards below Google's 9 kB a value.
 *
 * A binding stays in its shard while it fits, so that one changed binding rewrites one shard. Two executions never
 * write at once (the pass lock). A binding that an execution left behind in two shards is resolved by reading: the later
 * shard wins, and the earlier one is rewritten.
 */
import type { Binding } from '../core/binding';
import { bindingKey } from '../core/binding';
import { Ledger } from '../core/ledger';
import { packBinding, unpackBinding } from '../core/packed';
import { isOtherThan, type Memory } from './memory';

export const SHARD_PREFIX = 'lockstep.ledger.';
/** Google: 9 kB a value; 8,066 bytes were measured to be the most. */
export const SHARD_LIMIT_BYTES = 8_000;
/** A new binding goes into a shard with room to grow, so that bindings seldom move. */
const FILL_BYTES = 7_000;

/** Begins the names of lines that are no bindings; the key of a calendar has no slash. */
const UNREADABLE = 'unreadable/';

interface Shard {
  lines: Map<string, string>;
  bytes: number;
}

export class LedgerShards {
  readonly ledger: Ledger;
  /** Lines that could not be read; they are kept as they are until the calendars have been read anew. */
  readonly unreadable: number;
  /** Shards that are not there, or not as they were written. */
  readonly damaged: number;
  private readonly shards = new Map<number, Shard>();
  private readonly shardOf = new Map<string, number>();
  /** Shards that hold an older double in the store: rewritten, so that it cannot come back. */
  private readonly doubled = new Set<number>();

  constructor(entries: Readonly<Record<string, string>>, memory?: Memory) {
    const bindings: Binding[] = [];
    let unreadable = 0;
    const damaged = Object.keys(memory?.shards ?? {}).filter((name) => isOtherThan(memory, name, entries[name]));
    this.damaged = damaged.length;
    const names = Object.keys(entries).filter((key) => key.startsWith(SHARD_PREFIX));
    for (const name of names.sort((a, b) => numberOf(a) - numberOf(b))) {
      const shard: Shard = { lines: new Map(), bytes: 0 };
      this.shards.set(numberOf(name), shard);
      const lines = (entries[name] as string).split('\n').filter((text) => text !== '');
      // A text that was cut may end in half a line that still reads as a whole one, and means something else.
      const half = damaged.includes(name) ? lines.length - 1 : -1;
      for (const [i, line] of lines.entries()) {
        const binding = i === half ? undefined : unpackBinding(line);
        const key = binding === undefined ? `${UNREADABLE}${name}/${unreadable++}` : bindingKey(binding);
        const earlier = this.shardOf.get(key);
        if (earlier !== undefined) {
          this.take(earlier, key);
          this.doubled.add(earlier);
        }
        this.set(numberOf(name), key, line);
        if (binding !== undefined) bindings.push(binding);
      }
    }
    this.unreadable = unreadable;
    this.ledger = new Ledger(bindings);
  }

  get bytes(): number {
    return [...this.shards.values()].reduce((sum, shard) => sum + shard.bytes, 0);
  }

  /** Takes away what cannot be read: everything else is there again. */
  dropUnreadable(): void {
    for (const [key, number] of this.shardOf) {
      if (!key.startsWith(UNREADABLE)) continue;
      this.take(number, key);
      this.doubled.add(number);
    }
  }

  /** Property entries for every shard that the ledger's changes touched. An emptied shard is written as ''. */
  takeEntries(): Record<string, string> {
    const dirty = new Set(this.doubled);
    this.doubled.clear();
    for (const key of this.ledger.takeTouched()) {
      const binding = this.ledger.get(key);
      const at = this.shardOf.get(key);
      if (at !== undefined) {
        this.take(at, key);
        dirty.add(at);
      }
      if (binding !== undefined) dirty.add(this.place(key, packBinding(binding), at));
    }
    const entries: Record<string, string> = {};
    for (const number of dirty) {
      entries[SHARD_PREFIX + number] = [...(this.shards.get(number)?.lines.values() ?? [])].join('\n');
    }
    return entries;
  }

  private place(key: string, line: string, preferred: number | undefined): number {
    const size = byteLength(line) + 1;
    const fits = (number: number, limit: number) => (this.shards.get(number)?.bytes ?? 0) + size <= limit;
    let number = preferred !== undefined && fits(preferred, SHARD_LIMIT_BYTES) ? preferred : undefined;
    number ??= [...this.shards.keys()].find((candidate) => fits(candidate, FILL_BYTES));
    number ??= Math.max(-1, ...this.shards.keys()) + 1;
    this.set(number, key, line);
    return number;
  }

  private set(number: number, key: string, line: string): void {
    const shard = this.shards.get(number) ?? { lines: new Map<string, string>(), bytes: 0 };
    shard.lines.set(key, line);
    shard.bytes += byteLength(line) + 1;
    this.shards.set(number, shard);
    this.shardOf.set(key, number);
  }

  private take(number: number, key: string): void {
    const shard = this.shards.get(number) as Shard;
    shard.bytes -= byteLength(shard.lines.get(key) as string) + 1;
    shard.lines.delete(key);
    this.shardOf.delete(key);
  }
}

function numberOf(name: string): number {
  return Number(name.slice(SHARD_PREFIX.length));
}

/** UTF-8 length. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xe000 ? 2 : 3;
  }
  return bytes;
}
