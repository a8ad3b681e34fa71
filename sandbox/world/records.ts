/**
 * The one place where the sandbox keeps state that must survive a restart.
 *
 * A record is plain JSON under (kind, key). A stored record is never changed in place: put a new object.
 * Memory keeps insertion order per kind; a journal (journal.ts) may listen and make every change durable.
 */
export interface Records {
  /** The stored record, not a copy: treat it as frozen. */
  get<T>(kind: string, key: string): T | undefined;
  put(kind: string, key: string, record: unknown): void;
  remove(kind: string, key: string): void;
  /** Records of a kind in insertion order. A record put while iterating may or may not be seen. */
  entries<T>(kind: string): IterableIterator<[string, T]>;
  count(kind: string): number;
  kinds(): string[];
}

export interface RecordChange {
  kind: string;
  key: string;
  /** Absent: the record was removed. */
  record?: unknown;
}

export class MemoryRecords implements Records {
  private readonly byKind = new Map<string, Map<string, unknown>>();
  private readonly listeners: Array<(change: RecordChange) => void> = [];

  get<T>(kind: string, key: string): T | undefined {
    return this.byKind.get(kind)?.get(key) as T | undefined;
  }

  put(kind: string, key: string, record: unknown): void {
    let records = this.byKind.get(kind);
    if (records === undefined) {
      records = new Map();
      this.byKind.set(kind, records);
    }
    records.set(key, record);
    for (const listen of this.listeners) listen({ kind, key, record });
  }

  remove(kind: string, key: string): void {
    if (this.byKind.get(kind)?.delete(key) !== true) return;
    for (const listen of this.listeners) listen({ kind, key });
  }

  entries<T>(kind: string): IterableIterator<[string, T]> {
    return (this.byKind.get(kind) ?? new Map<string, unknown>()).entries() as IterableIterator<[string, T]>;
  }

  count(kind: string): number {
    return this.byKind.get(kind)?.size ?? 0;
  }

  kinds(): string[] {
    return [...this.byKind.keys()].filter((kind) => this.count(kind) > 0);
  }

  /** Calls `listen` after each change, in order. */
  onChange(listen: (change: RecordChange) => void): void {
    this.listeners.push(listen);
  }
}
