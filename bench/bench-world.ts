/** A world to measure in: one add-on, two users, and what each execution in it asked of whom. */
import { resolve } from 'node:path';
import type { EventHandle, NewEvent, Person } from '../sandbox/editor/person';
import { type AddOn, loadAddOn } from '../sandbox/script/host';
import { createWorld, type World, type WorldOptions } from '../sandbox/whole-world';
import type { TraceEntry } from '../sandbox/world/trace';

/** Seen from .build/bench/main.cjs. */
export const ROOT = resolve(__dirname, '../..');
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

export const OURS = (): AddOn => loadAddOn(resolve(ROOT, 'dist'));
export const DOCUMENTED = (): AddOn => loadAddOn(resolve(ROOT, 'examples/documented-procedure'));

/** One execution: what it was, how long it ran in the world's time, and its calls by kind. */
export interface Ran {
  name: string;
  durationMs: number;
  calls: Readonly<Record<CallKind, number>>;
  rows: number;
}

export const CALL_KINDS = {
  list: /^Calendar events\.list/,
  get: /^Calendar events\.get/,
  'property reads': /^PropertiesService\.get/,
  'property writes': /^PropertiesService\.(set|delete)/,
  provider: /^internet /,
  cache: /^CacheService/,
  lock: /^LockService/,
  'triggers and grant': /^ScriptApp/,
} as const;
export type CallKind = keyof typeof CALL_KINDS;

export class BenchWorld {
  readonly world: World;
  readonly ana: Person;
  readonly ben: Person;
  private readonly conference: string;

  constructor(addOn: AddOn, options: Omit<WorldOptions, 'addOn'> = {}) {
    this.world = createWorld({ ...options, addOn });
    this.ana = this.world.addUser('ana@example.com', { timeZone: 'Europe/Zurich' });
    this.ben = this.world.addUser('ben@example.com', { timeZone: 'Europe/Zurich' });
    this.conference = this.world.editor.solutions[0]?.id as string;
  }

  /** A saved meeting with the add-on's conference, an hour long, on a day that is far away. Its syncs have not run yet. */
  makes(number: number, changes: Partial<NewEvent> = {}): EventHandle {
    const day = new Date(Date.UTC(2026, 5, 1 + (number % 200))).toISOString().slice(0, 10);
    return this.ana.createsEvent({
      summary: `Meeting ${number}`,
      start: `${day}T10:00:00`,
      end: `${day}T11:00:00`,
      timeZone: 'Europe/Zurich',
      conference: this.conference,
      ...changes,
    });
  }

  /** What runs until `act` and all that follows from it is through. */
  watch(act: () => void): Ran[] {
    return this.watchAlone(() => {
      act();
      this.world.settle();
    });
  }

  /** What runs while `act` does. */
  watchAlone(act: () => void): Ran[] {
    const from = this.world.trace.entries().at(-1)?.seq ?? 0;
    act();
    const byExecution = new Map<string, TraceEntry[]>();
    for (const entry of this.world.trace.entries(from)) {
      if (!['execution', 'service', 'internet'].includes(entry.kind)) continue;
      const entries = byExecution.get(entry.by) ?? [];
      entries.push(entry);
      byExecution.set(entry.by, entries);
    }
    return [...byExecution.values()].filter(([first]) => first?.kind === 'execution').map(readRun);
  }
}

function readRun(entries: readonly TraceEntry[]): Ran {
  const texts = entries.map(({ kind, text }) => (kind === 'internet' ? `internet ${text}` : text));
  const name = /^\S+/.exec(texts[0] ?? '')?.[0] ?? '?';
  const durationMs = Number(/\(([\d.]+) ms\)$/.exec(texts.at(-1) ?? '')?.[1] ?? Number.NaN);
  const kinds = Object.entries(CALL_KINDS).map(([kind, form]) => [
    kind,
    texts.filter((text) => form.test(text)).length,
  ]);
  const rows = texts.reduce((sum, text) => sum + Number(/events\.list -> (\d+) items?$/.exec(text)?.[1] ?? 0), 0);
  return { name, durationMs, calls: Object.fromEntries(kinds), rows };
}
