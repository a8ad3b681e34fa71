/** What a stretch of time cost, counted from the world's trace as it is written, and how stale conferences were. */

import { CALL_DURATIONS, LIST_ROW_MS, RUNTIME_START } from '../../sandbox/script/latency';
import type { World } from '../../sandbox/whole-world';
import type { TraceEntry } from '../../sandbox/world/trace';
import { CALL_KINDS, type CallKind } from '../bench-world';

const KINDS = Object.entries(CALL_KINDS) as Array<[CallKind, RegExp]>;

/** Names of the trace that the latency table has otherwise. */
const NAMES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^Calendar /, 'calendar.'],
  [/^PropertiesService/, 'properties'],
  [/^CacheService\.(put|remove)(All)?/, 'cache.$1All'],
  [/^CacheService/, 'cache'],
  [/^LockService/, 'lock'],
  [/^ScriptApp\.newTrigger\S*/, 'scriptApp.createClockTrigger'],
  [/^ScriptApp/, 'scriptApp'],
  [/^UrlFetchApp/, 'urlFetch'],
];

/** A change that the provider ought to hear of. */
interface Expected {
  conference: string;
  sinceMs: number;
}

export class Tally {
  readonly calls: Record<CallKind, number>;
  executions = 0;
  busy = 0;
  refused = 0;
  killed = 0;
  threw = 0;
  /** Of all executions together, in the world's time. */
  runMs = 0;
  longestMs = 0;
  /** Of the run time, what sweeps took; and of the medians. */
  sweepMs = 0;
  sweepMedianMs = 0;
  /** The same executions if every call took its median: no draw of chance in it, and no skew of the draws. */
  medianMs = 0;
  /** Calls of the Calendar API that Google refused; they are among no other kind. */
  failed = 0;
  /** From a change to the provider's accepting it, for each that was accepted. */
  readonly stalenessMs: number[] = [];
  /** Calls that the provider accepted. */
  accepted = 0;
  private expected: Expected[] = [];
  private counting = true;
  private readonly sweeps = new Set<string>();

  constructor(private readonly world: World) {
    this.calls = Object.fromEntries(KINDS.map(([kind]) => [kind, 0])) as Record<CallKind, number>;
    world.trace.onEntry((entry) => {
      if (this.counting) this.count(entry);
    });
  }

  /** From now on the provider does not know what `conference` ought to be. */
  expect(conference: string): void {
    this.expected.push({ conference, sinceMs: this.world.clock.nowMs() });
  }

  /** Changes the provider has heard nothing of since. */
  get missed(): number {
    return this.expected.length;
  }

  /** What another tally still waited for is this one's to see, and as old as this one. */
  takeOver(other: Tally): void {
    const sinceMs = this.world.clock.nowMs();
    for (const { conference } of other.expected) this.expected.push({ conference, sinceMs });
  }

  stop(): void {
    this.counting = false;
  }

  private count(entry: TraceEntry): void {
    const { kind, text } = entry;
    if (kind === 'internet') this.note(entry);
    else if (kind === 'service') this.countCall(entry);
    else if (kind === 'log' && text.includes('"end":"busy"')) this.busy++;
    else if (kind === 'execution') this.countExecution(entry);
  }

  private countCall({ by, text }: TraceEntry): void {
    for (const [kind, form] of KINDS) if (form.test(text)) this.calls[kind]++;
    if (text.startsWith('Calendar threw')) this.failed++;
    this.countMedian(by, medianOf(text));
  }

  private countMedian(by: string, ms: number): void {
    this.medianMs += ms;
    if (this.sweeps.has(by)) this.sweepMedianMs += ms;
  }

  private countExecution({ by, text }: TraceEntry): void {
    if (text.includes(' begins for ')) {
      this.executions++;
      if (text.startsWith('sweepHourly ')) this.sweeps.add(by);
      this.countMedian(by, RUNTIME_START[0]);
    } else if (/^\S+ refused: /.test(text)) this.refused++;
    else {
      const ms = Number(/\(([\d.]+) ms\)$/.exec(text)?.[1] ?? 0);
      this.runMs += ms;
      if (text.startsWith('sweepHourly ')) this.sweepMs += ms;
      this.longestMs = Math.max(this.longestMs, ms);
      if (/^\S+ killed: /.test(text)) this.killed++;
      if (/^\S+ threw /.test(text)) this.threw++;
    }
  }

  private note({ atMs, text }: TraceEntry): void {
    this.calls.provider++;
    const [, method, conference] = /^(\S+) [^/]+\/v1\/conferences\/([^/ ]+)\S* -> 2\d\d$/.exec(text) ?? [];
    if (conference === undefined || method === 'GET') return;
    this.accepted++;
    const [told, open] = [true, false].map((is) =>
      this.expected.filter((one) => (one.conference === conference) === is),
    );
    for (const { sinceMs } of told as Expected[]) this.stalenessMs.push(atMs - sinceMs);
    this.expected = open as Expected[];
  }
}

/** Milliseconds that a call takes as often as not, from how the trace names it: `UrlFetchApp.fetchAll 3 requests`. */
function medianOf(text: string): number {
  const [from, to] = NAMES.find(([form]) => form.test(text)) ?? [/$/, ''];
  const [name = ''] = text.replace(from, to).split(' ');
  const items = Array.from({ length: Number(/ (\d+) (?:requests|keys?|items)$/.exec(text)?.[1] ?? 0) });
  const [median = 0] = CALL_DURATIONS[name]?.(name === 'urlFetch.fetchAll' ? [items] : ['user', items]) ?? [];
  return name === 'calendar.events.list' ? median + items.length * LIST_ROW_MS : median;
}
