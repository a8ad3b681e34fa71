/**
 * Records that survive the process, whatever kills it.
 *
 * A directory holds one snapshot and the log of what came after it, both numbered with the same generation. `commit`
 * returns when everything changed since the last commit is on the disk as one line: after a crash a batch is there
 * wholly or not at all. Order of records within a kind survives. One process at a time owns a directory.
 * Does not know what the records mean, and does not decide when to commit.
 */
import { closeSync, existsSync, readdirSync, unlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { JournalError, journalError, makeDirectory, writeDurably } from './journal-files';
import { lockDirectory } from './journal-lock';
import { type Batch, JournalLog, readLog } from './journal-log';
import { readSnapshot, snapshotText } from './journal-snapshot';
import { MemoryRecords, type RecordChange } from './records';

export { JournalError } from './journal-files';

/** A log this long is folded into a new snapshot, unless the snapshot itself is longer: then at the snapshot's size. */
export const COMPACT_AT_BYTES = 4 * 1024 * 1024;

const SNAPSHOT = /^records\.(\d+)\.snapshot$/;
const LOG = /^records\.(\d+)\.log$/;
const OURS = /^records\.\d+\.(snapshot|snapshot\.tmp|log)$/;

export interface JournalOptions {
  /** Begin anew: what the directory held is dropped. */
  fresh?: boolean;
  /** For tests. */
  compactAtBytes?: number;
}

/**
 * Opens the records kept in `dir`, which is made if need be.
 * Throws JournalError with a sentence for the person: directory in use, log damaged, disk refuses.
 */
export function openJournal(dir: string, options: JournalOptions = {}): JournaledRecords {
  const path = resolve(dir);
  try {
    makeDirectory(path);
  } catch (problem) {
    throw journalError(`The data directory ${path} cannot be made`, problem);
  }
  const unlock = lockDirectory(path);
  try {
    return new JournaledRecords(path, unlock, options);
  } catch (problem) {
    unlock();
    throw problem instanceof JournalError
      ? problem
      : journalError(`The data directory ${path} cannot be opened`, problem);
  }
}

export class JournaledRecords extends MemoryRecords {
  /** Bytes of an unfinished batch at the end of the log that were set aside at opening; 0 after an orderly end. */
  readonly tornBytes: number;
  private readonly compactAtBytes: number;
  private generation: number;
  private logGeneration: number;
  private snapshotBytes: number;
  private compactFromBytes: number;
  private log: JournalLog;
  private readonly pending: Pending = new Pending();
  private closed = false;

  constructor(
    private readonly dir: string,
    private readonly unlock: () => void,
    options: JournalOptions,
  ) {
    super();
    this.compactAtBytes = options.compactAtBytes ?? COMPACT_AT_BYTES;
    this.generation = newestGeneration(dir, options.fresh === true);
    this.snapshotBytes = 0;
    if (options.fresh === true) this.generation = this.writeSnapshot();
    else this.snapshotBytes = readSnapshot(this.snapshotPath(), (batch) => this.apply(batch));
    const { log, tornBytes } = readLog(this.logPath(), (batch) => this.apply(batch));
    this.log = log;
    this.logGeneration = this.generation;
    this.tornBytes = tornBytes;
    this.compactFromBytes = this.nextCompactionBytes();
    this.removeOthers();
    this.onChange((change) => this.pending.add(change));
  }

  /** How many changes the next commit will make durable. */
  get uncommitted(): number {
    return this.pending.size;
  }

  /**
   * Makes everything changed since the last commit durable before it returns. Throws JournalError if the disk
   * refuses; the changes then stay pending and the next commit tries again.
   */
  commit(): void {
    if (this.closed) throw new JournalError(`The journal in ${this.dir} is closed.`);
    if (this.pending.size === 0) return;
    this.log.append(this.pending.batch());
    this.pending.clear();
    if (this.log.sizeBytes <= this.compactFromBytes) return;
    // The batch is safe whether this succeeds or not; a full disk must not make the commit look failed.
    const problem = this.tryCompact();
    if (problem !== undefined) this.compactFromBytes = this.log.sizeBytes + this.nextCompactionBytes();
  }

  /** Folds the log into a new snapshot, committing what is not yet committed. Throws JournalError if it cannot. */
  compact(): void {
    const problem = this.tryCompact();
    if (problem !== undefined) throw problem;
  }

  /** Commits, and lets the next process have the directory. */
  close(): void {
    if (this.closed) return;
    try {
      this.commit();
    } finally {
      this.closed = true;
      closeSync(this.log.fd);
      this.unlock();
    }
  }

  private tryCompact(): JournalError | undefined {
    const before = this.log;
    try {
      this.generation = this.writeSnapshot();
      this.pending.clear();
      this.log = JournalLog.start(this.logPath());
    } catch (problem) {
      const error =
        problem instanceof JournalError ? problem : journalError(`${this.logPath()} cannot be begun`, problem);
      // Once the new snapshot has its name, nobody will read the old log again: it must not take another line.
      if (existsSync(this.snapshotPath(1)) || this.generation > this.logGeneration) before.retire(error);
      return error;
    }
    this.logGeneration = this.generation;
    this.compactFromBytes = this.nextCompactionBytes();
    closeSync(before.fd);
    this.removeOthers();
    return undefined;
  }

  private nextCompactionBytes(): number {
    return Math.max(this.compactAtBytes, this.snapshotBytes);
  }

  private apply(batch: Batch): void {
    for (const [kind, key, ...record] of batch) {
      if (record.length === 0) this.remove(kind, key);
      else this.put(kind, key, record[0]);
    }
  }

  /** Writes the state as the next generation's snapshot: the moment it has its name, that generation is the truth. */
  private writeSnapshot(): number {
    const next = this.generation + 1;
    const text = snapshotText(this);
    writeDurably(this.dir, `records.${next}.snapshot`, text);
    this.snapshotBytes = Buffer.byteLength(text);
    return next;
  }

  /** Older generations are of no use any more; a crash before this leaves them for the next opening. */
  private removeOthers(): void {
    const keep = [`records.${this.generation}.snapshot`, `records.${this.generation}.log`];
    for (const name of readdirSync(this.dir)) {
      if (OURS.test(name) && !keep.includes(name)) unlinkSync(join(this.dir, name));
    }
  }

  private snapshotPath(ahead = 0): string {
    return join(this.dir, `records.${this.generation + ahead}.snapshot`);
  }

  private logPath(): string {
    return join(this.dir, `records.${this.generation}.log`);
  }
}

/** The changes since the last commit. A record put twice is written once, in the place where order needs it. */
class Pending {
  private changes: Array<RecordChange | undefined> = [];
  private readonly lastPut = new Map<string, number>();

  get size(): number {
    return this.changes.filter((change) => change !== undefined).length;
  }

  add(change: RecordChange): void {
    const name = JSON.stringify([change.kind, change.key]);
    const earlier = this.lastPut.get(name);
    if (!('record' in change)) {
      if (earlier !== undefined) this.changes[earlier] = undefined;
      this.lastPut.delete(name);
      this.changes.push(change);
    } else if (earlier !== undefined) {
      this.changes[earlier] = change;
    } else {
      this.lastPut.set(name, this.changes.push(change) - 1);
    }
  }

  batch(): Batch {
    return this.changes
      .filter((change) => change !== undefined)
      .map((change) => ('record' in change ? [change.kind, change.key, change.record] : [change.kind, change.key]));
  }

  clear(): void {
    this.changes = [];
    this.lastPut.clear();
  }
}

function newestGeneration(dir: string, fresh: boolean): number {
  const numbers = (pattern: RegExp) =>
    readdirSync(dir).flatMap((name) => {
      const number = pattern.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  const snapshot = Math.max(0, ...numbers(SNAPSHOT));
  const log = Math.max(0, ...numbers(LOG));
  if (fresh) return Math.max(snapshot, log);
  if (log > snapshot) {
    throw new JournalError(
      `${dir} holds records.${log}.log but not the snapshot it continues. Put records.${log}.snapshot back from a ` +
        'copy, or begin anew with --fresh.',
    );
  }
  return snapshot;
}
