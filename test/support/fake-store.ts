/**
 * A property store in memory, with what Google's does to a program: only strings, 9 kB a value, 500 kB in all, nothing
 * of a refused write kept. Writes can be made to fail from the n-th on.
 */
import { addOnError } from '../../src/core/errors';
import type { StateStore } from '../../src/ports/platform';

const VALUE_LIMIT_BYTES = 9 * 1024;
const STORE_LIMIT_BYTES = 500 * 1024;

export class FakeStore implements StateStore {
  readonly entries = new Map<string, string>();
  /** The keys of every write, in order. */
  readonly writes: string[][] = [];
  reads = 0;
  private readsFail = false;
  private failsFrom = Number.POSITIVE_INFINITY;
  private failsUntil = Number.POSITIVE_INFINITY;

  /** Refuses the write number `first` from now on (1 is the next), and the following ones. */
  failFrom(first: number, count = Number.POSITIVE_INFINITY): void {
    this.failsFrom = this.writes.length + first;
    this.failsUntil = this.failsFrom + count;
  }

  heal(): void {
    this.failsFrom = Number.POSITIVE_INFINITY;
  }

  /** Refuses every read from now on. */
  failReads(): void {
    this.readsFail = true;
  }

  readAll(): Record<string, string> {
    this.reads++;
    if (this.readsFail) throw addOnError('store-refused', 'retry-later', 'The property store refused a read.');
    return Object.fromEntries(this.entries);
  }

  write(entries: Record<string, string>): void {
    const number = this.writes.push(Object.keys(entries));
    const after = new Map(this.entries);
    for (const [key, value] of Object.entries(entries)) after.set(key, String(value));
    const tooLong = [...after.values()].some((value) => Buffer.byteLength(value) > VALUE_LIMIT_BYTES);
    if ((number >= this.failsFrom && number < this.failsUntil) || tooLong || sizeBytes(after) > STORE_LIMIT_BYTES) {
      throw addOnError('store-refused', 'retry-later', 'The property store refused a write.');
    }
    for (const [key, value] of after) this.entries.set(key, value);
  }

  remove(key: string): void {
    this.entries.delete(key);
  }

  withPrefix(prefix: string): string[] {
    return [...this.entries.keys()].filter((key) => key.startsWith(prefix));
  }
}

function sizeBytes(entries: ReadonlyMap<string, string>): number {
  return [...entries].reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
}
