/**
 * How much there should be in the store: a digest of every shard of the ledger and a second copy of what nothing could bring
 * back. A property that was cut, replaced or lost is noticed by it.
 *
 * What a ledger has lost, the calendars still show, as long as the events are there: all are read anew, and their marks bring
 * back which conference is whose. Until that is done, and for some days after, people are told.
 */
import { digest } from '../core/fingerprint';
import { DAY_MS } from '../core/policies';

export const MEMORY_KEY = 'lockstep.memory';
/** So long people are told of a damage that was mended. */
const TOLD_FOR_MS = 7 * DAY_MS;

export interface Memory {
  /** Digest of each shard's text, by its property. */
  shards: Readonly<Record<string, string>>;
  /** Second copies. */
  owner?: string;
  schema?: string;
  /** When a damage was noticed last, and when everything had been read anew. Epoch milliseconds. */
  hurtMs?: number;
  mendedMs?: number;
  /** What stays damaged after that. */
  left?: readonly Damage[];
}

export type Hurt = Pick<Memory, 'hurtMs' | 'mendedMs' | 'left'>;

/** What can be found damaged. */
export type Damage = 'shard' | 'line' | 'calendar';

export function hurtOf(memory: Memory | undefined): Hurt {
  const { hurtMs, mendedMs, left } = memory ?? {};
  return { ...(hurtMs && { hurtMs }), ...(mendedMs && { mendedMs }), ...(left && { left }) };
}

/** Undefined where an earlier version left none, or where itself is damaged: then nothing is known. */
export function readMemory(entries: Readonly<Record<string, string>>): Memory | undefined {
  try {
    const memory = JSON.parse(entries[MEMORY_KEY] ?? '') as Memory;
    return typeof memory.shards === 'object' && memory.shards !== null ? memory : undefined;
  } catch {
    return undefined;
  }
}

/** Is the property's text not what was written there? */
export function isOtherThan(memory: Memory | undefined, name: string, text: string | undefined): boolean {
  const expected = memory?.shards[name];
  return expected !== undefined && (text === undefined || digest(text) !== expected);
}

/** Digests after a write: those of what was written, and for all else those that were there. */
export function shardDigests(
  before: Memory | undefined,
  stored: Readonly<Record<string, string>>,
  written: Readonly<Record<string, string>>,
): Record<string, string> {
  const digests: Record<string, string> = {};
  for (const [name, text] of Object.entries(stored)) digests[name] = before?.shards[name] ?? digest(text);
  for (const [name, text] of Object.entries(written)) digests[name] = digest(text);
  return digests;
}

export function isHurt({ hurtMs, mendedMs = 0 }: Hurt): boolean {
  return hurtMs !== undefined && mendedMs < hurtMs;
}

/** Of a damage that was mended long ago nobody needs to hear. */
export function isTold({ hurtMs, mendedMs = 0 }: Hurt, nowMs: number): boolean {
  return hurtMs !== undefined && (mendedMs < hurtMs || nowMs - mendedMs < TOLD_FOR_MS);
}
