/**
 * Everything that happened, in order: what a person did, what ran, what it asked of whom, what came back.
 *
 * The log page, the story's transcript and the replay hash are all read from here. Entries are plain JSON.
 */
import type { JsonObject } from './json';

export type TraceKind =
  | 'user' /* somebody did something in Calendar */
  | 'trigger' /* a trigger was queued, fired, lost or doubled */
  | 'execution' /* an Apps Script execution began or ended */
  | 'service' /* it called an Apps Script service */
  | 'calendar' /* somebody called the Calendar API */
  | 'internet' /* an HTTP exchange with the world outside Google */
  | 'log' /* console output of an execution */
  | 'fault' /* a planned fault took effect */;

export interface TraceEntry {
  seq: number;
  atMs: number;
  kind: TraceKind;
  /** Who: a user's address, or the execution's id. */
  by: string;
  /** One line a person can read. */
  text: string;
  data?: JsonObject;
}

export class Trace {
  private readonly kept: TraceEntry[] = [];
  private readonly listeners: Array<(entry: TraceEntry) => void> = [];
  private seq = 0;

  /** @param limit how many entries stay in memory; the oldest go first. */
  constructor(private readonly limit = 20_000) {}

  add(atMs: number, kind: TraceKind, by: string, text: string, data?: JsonObject): TraceEntry {
    const entry: TraceEntry = { seq: ++this.seq, atMs, kind, by, text, ...(data && { data }) };
    this.kept.push(entry);
    if (this.kept.length > this.limit * 1.25) this.kept.splice(0, this.kept.length - this.limit);
    for (const listen of this.listeners) listen(entry);
    return entry;
  }

  entries(sinceSeq = 0): TraceEntry[] {
    return this.kept.filter((entry) => entry.seq > sinceSeq);
  }

  onEntry(listen: (entry: TraceEntry) => void): void {
    this.listeners.push(listen);
  }
}
