/** Lock, marks, clock, triggers and log of one user, in memory. */
import type { Clock, Log, LogLine, Marks, PassLock, TriggerInfo, TriggerPort } from '../../src/ports/platform';

export class FakeClock implements Clock {
  constructor(private ms: number) {}
  nowMs(): number {
    return this.ms;
  }
  advance(ms: number): void {
    this.ms += ms;
  }
}

export class FakeLock implements PassLock {
  taken = false;
  /** Answers of the next tries that differ from the truth: another execution holds it just then. */
  readonly refusals: boolean[] = [];
  tries = 0;
  /** How long the last try would have waited. */
  patienceMs = 0;
  tryTake(patienceMs = 0): boolean {
    this.tries++;
    this.patienceMs = patienceMs;
    if (this.refusals.shift() === true || this.taken) return false;
    this.taken = true;
    return true;
  }
  isHeld(): boolean {
    return this.taken;
  }
  release(): void {
    this.taken = false;
  }
}

export class FakeMarks implements Marks {
  readonly set = new Set<string>();
  /** Each is a call to Google's cache. */
  calls = 0;
  put(name: string): void {
    this.calls++;
    this.set.add(name);
  }
  take(names: readonly string[]): string[] {
    this.calls++;
    return [...new Set(names)].filter((name) => this.set.delete(name));
  }
  /** Google's cache may forget at any time. */
  evict(): void {
    this.set.clear();
  }
}

/** Google: 20 triggers per user and script. */
export const TRIGGER_CAP = 20;

export class FakeTriggers implements TriggerPort {
  list: TriggerInfo[] = [];
  readonly refused = new Set<string>();
  /** Ids of triggers that cannot be removed: another execution was faster. */
  readonly stuck = new Set<string>();
  private made = 0;

  all(): TriggerInfo[] {
    return [...this.list];
  }
  watchCalendar(handler: string, calendarId: string): void {
    if (this.refused.has(calendarId)) throw new Error('This calendar takes no trigger.');
    this.add({ handler, kind: 'calendar', calendarId });
  }
  everyHour(handler: string): void {
    this.add({ handler, kind: 'clock' });
  }
  remove(id: string): void {
    if (this.stuck.has(id)) throw new Error('Unexpected error while getting the method or property deleteTrigger.');
    this.list = this.list.filter((trigger) => trigger.id !== id);
  }
  add(trigger: Omit<TriggerInfo, 'id'>): TriggerInfo {
    if (this.list.length >= TRIGGER_CAP) throw new Error('This script has too many triggers.');
    const added = { ...trigger, id: `trigger-${++this.made}` };
    this.list.push(added);
    return added;
  }
}

export class FakeLog {
  readonly lines: LogLine[] = [];
  readonly log: Log = (line) => {
    this.lines.push(line);
  };
  of(event: string): LogLine[] {
    return this.lines.filter((line) => line.event === event);
  }
}
