/**
 * One process at a time in a directory.
 *
 * Each process writes a file `lock.<pid>` of its own and then looks for others: of two that come together at least
 * one sees the other, and no file is ever taken from a living process. What a dead process left is removed. Where
 * /proc tells when a process began, a pid that was dealt out again is not mistaken for its former owner.
 * Knows only processes of this machine: a directory on a network share is not protected.
 */
import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError, journalError } from './journal-files';

const LOCK = /^lock\.(\d+)$/;

interface Owner {
  /** When the process began, as the machine tells it; `unknown` where it does not. */
  began: string;
  /** Differs between two processes of one pid even where `began` is unknown. */
  originMs: number;
}

/** Takes the directory, and returns how to let go of it. Throws JournalError if another process has it. */
export function lockDirectory(dir: string): () => void {
  const mine = join(dir, `lock.${process.pid}`);
  const me: Owner = { began: statOf(process.pid)?.began ?? 'unknown', originMs: performance.timeOrigin };
  try {
    writeLock(mine, me);
  } catch (problem) {
    if (problem instanceof JournalError) throw problem;
    throw journalError(`The data directory ${dir} cannot be locked`, problem);
  }
  const unlock = () => remove(mine);
  for (const name of readdirSync(dir)) {
    const pid = Number(LOCK.exec(name)?.[1] ?? process.pid);
    if (pid === process.pid) continue;
    if (isAlive(pid, ownerIn(join(dir, name)))) {
      unlock();
      throw new JournalError(`${dir} is in use by process ${pid}. Stop that, or use another directory with --data.`);
    }
    remove(join(dir, name));
  }
  return unlock;
}

/** A lock under our own pid is either ours, from this very process, or left by a dead one that had the same pid. */
function writeLock(path: string, me: Owner): void {
  try {
    writeFileSync(path, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem;
    const owner = ownerIn(path);
    if (owner?.began === me.began && (me.began !== 'unknown' || owner.originMs === me.originMs)) {
      throw new JournalError(`${path} shows that this process has the directory open already. Close it first.`);
    }
    writeFileSync(path, JSON.stringify(me), { mode: 0o600 });
  }
}

function ownerIn(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    // Gone in the meantime, or not yet written: its owner will see our file.
    return undefined;
  }
}

function isAlive(pid: number, owner: Owner | undefined): boolean {
  try {
    process.kill(pid, 0);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const stat = statOf(pid);
  if (stat === undefined) return true;
  // A zombie holds nothing any more; its parent has only not asked for it yet.
  if (stat.state === 'Z') return false;
  return owner === undefined || owner.began === 'unknown' || owner.began === stat.began;
}

/** Fields 3 and 22 of /proc/<pid>/stat: the state, and the clock ticks from boot to the start of the process. */
function statOf(pid: number): { state: string; began: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] as string, began: fields[19] as string };
  } catch {
    return undefined;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else removed it first.
  }
}
