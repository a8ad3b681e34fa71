/**
 * Installable triggers and what they have fired but not yet run.
 *
 * A calendar trigger fires some time after a change; a clock trigger at its hour plus jitter. Both are records, and so
 * are queued firings: a firing leaves the queue when its execution has ended, so an end of this process in between
 * fires it again. Delays, losses, doubles and disabled triggers come from the latency model and from faults at
 * `trigger.<handler>`.
 */
import type { JsonObject } from '../world/json';
import { type ClockWish, nextClockMs } from './clock-schedule';
import { ScriptException } from './exceptions';
import { TRIGGER_DELAY, TRIGGERS_DOUBLED, TRIGGERS_LOST, UNTIMED_TRIGGER_DELAY_MS } from './latency';
import { MAX_TRIGGERS_PER_USER } from './limits';
import type { Runtime } from './runtime';

export interface TriggerRecord {
  uid: string;
  user: string;
  handler: string;
  source: 'CALENDAR' | 'CLOCK';
  /** Of calendar triggers. */
  calendarId?: string;
  /** Of clock triggers: the wish, and when it fires next; a one-shot that has fired has no next time but stays listed. */
  clock?: ClockWish;
  nextMs?: number;
  /** Google has disabled it: a script still sees it in the list, and it never fires. */
  isDisabled?: true;
}

/** A trigger that has fired and waits to run. */
export interface Firing {
  id: string;
  dueMs: number;
  triggerUid: string;
  user: string;
  handler: string;
  event: JsonObject;
}

export class Triggers {
  private readonly running = new Set<string>();
  private firings: Firing[] = [];
  private byCalendar: Map<string, TriggerRecord[]> | undefined;
  private nextClock: TriggerRecord | undefined | null = null;
  private firingCount = 0;

  constructor(private readonly runtime: Runtime) {
    const stored = [...runtime.records.entries<Firing>(this.firingKind)].map(([, firing]) => firing);
    for (const firing of stored) this.insert(firing);
    this.firingCount = stored.reduce((most, firing) => Math.max(most, Number(firing.id)), 0);
  }

  list(user?: string): TriggerRecord[] {
    const all = [...this.runtime.records.entries<TriggerRecord>(this.kind)].map(([, trigger]) => trigger);
    return user === undefined ? all : all.filter((trigger) => trigger.user === user);
  }

  /** Throws at the cap per user and script. */
  create(trigger: Omit<TriggerRecord, 'uid' | 'nextMs'>): TriggerRecord {
    if (this.list(trigger.user).length >= MAX_TRIGGERS_PER_USER) {
      throw new ScriptException(
        'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
      );
    }
    const { random, clock } = this.runtime;
    const made: TriggerRecord = { ...trigger, uid: random.text(1, '123456789') + random.text(18, '0123456789') };
    if (made.clock !== undefined) {
      made.clock = { ...made.clock, anchorMs: clock.nowMs() };
      const nextMs = nextClockMs(made.clock, clock.nowMs(), undefined, random);
      if (nextMs !== undefined) made.nextMs = nextMs;
    }
    this.put(made);
    return made;
  }

  /** Only its creator can delete a trigger; another uid is as good as none. */
  remove(user: string, uid: string): void {
    const trigger = this.runtime.records.get<TriggerRecord>(this.kind, uid);
    if (trigger?.user !== user) return;
    this.runtime.records.remove(this.kind, uid);
    for (const firing of this.firings.filter((one) => one.triggerUid === uid)) this.done(firing);
    this.forget();
  }

  /**
   * Google disables the trigger, or all of the user's, "for an unknown reason"; what has fired already still runs.
   * Seen in the field: https://issuetracker.google.com/issues/150756612
   */
  disable(user: string, uid?: string): void {
    for (const trigger of this.list(user)) {
      if (uid !== undefined && trigger.uid !== uid) continue;
      this.put({ ...trigger, isDisabled: true });
      this.note(trigger, 'is disabled');
    }
  }

  removeAll(user: string): void {
    for (const trigger of this.list(user)) this.remove(user, trigger.uid);
  }

  /** The user's triggers, and what they have fired, are under another address; so are those on the user's own calendar. */
  rename(user: string, address: string): void {
    const renamed = (name: string) => (name === user ? address : name);
    for (const trigger of this.list()) {
      const { calendarId } = trigger;
      const place = calendarId === undefined ? {} : { calendarId: renamed(calendarId) };
      this.put({ ...trigger, user: renamed(trigger.user), ...place });
    }
    this.firings = this.firings.map((firing) => ({ ...firing, user: renamed(firing.user) }));
    for (const firing of this.firings) this.runtime.records.put(this.firingKind, firing.id, firing);
  }

  /** Queues a firing for every trigger on that calendar, whoever made it. */
  calendarChanged(calendarId: string): void {
    this.byCalendar ??= groupByCalendar(this.list());
    for (const trigger of this.byCalendar.get(calendarId.toLowerCase()) ?? []) {
      const isWaiting = this.firings.some((one) => one.triggerUid === trigger.uid && !this.running.has(one.id));
      if (this.runtime.switches.triggersCoalesce && isWaiting) continue;
      this.fire(trigger, { authMode: 'FULL', calendarId, triggerUid: trigger.uid });
    }
  }

  /** When the next firing or clock trigger is due, or undefined. */
  nextDueMs(): number | undefined {
    const firingMs = this.firings.find((firing) => !this.running.has(firing.id))?.dueMs;
    const clockMs = this.soonestClock()?.nextMs;
    if (firingMs === undefined || clockMs === undefined) return firingMs ?? clockMs;
    return Math.min(firingMs, clockMs);
  }

  /** Takes the next firing that is due; the caller runs it and then calls `done`. */
  takeDue(nowMs: number): Firing | undefined {
    const trigger = this.soonestClock();
    if (trigger?.nextMs !== undefined && trigger.nextMs <= nowMs) this.strike(trigger, nowMs);
    const firing = this.firings.find((one) => one.dueMs <= nowMs && !this.running.has(one.id));
    if (firing !== undefined) this.running.add(firing.id);
    return firing;
  }

  done(firing: Firing): void {
    this.running.delete(firing.id);
    this.firings = this.firings.filter((one) => one.id !== firing.id);
    this.runtime.records.remove(this.firingKind, firing.id);
  }

  /** A clock trigger's hour has come: queues it and sets the next one. */
  private strike(trigger: TriggerRecord, nowMs: number): void {
    const { nextMs: _passed, ...rest } = trigger;
    const nextMs = nextClockMs(trigger.clock!, nowMs, trigger.nextMs, this.runtime.random);
    this.put(nextMs === undefined ? rest : { ...rest, nextMs });
    this.fire(trigger, { authMode: 'FULL', triggerUid: trigger.uid }, 0);
  }

  private fire(trigger: TriggerRecord, event: JsonObject, delayMs = this.drawDelay()): void {
    if (trigger.isDisabled) return;
    const { faults, latency, random } = this.runtime;
    const fault = faults.take(`trigger.${trigger.handler}`);
    if (fault?.kind === 'trigger-disabled') {
      this.disable(trigger.user, trigger.uid);
      return;
    }
    const isByChance = latency.timed && trigger.source === 'CALENDAR';
    if (fault?.kind === 'drop' || (isByChance && random.chance(TRIGGERS_LOST))) {
      this.note(trigger, 'lost');
      return;
    }
    this.queue(trigger, event, delayMs + (fault?.kind === 'delay' ? fault.ms : 0));
    if (fault?.kind !== 'double' && !(isByChance && random.chance(TRIGGERS_DOUBLED))) return;
    this.note(trigger, 'doubled');
    this.queue(trigger, event, delayMs + this.drawDelay());
  }

  private queue(trigger: TriggerRecord, event: JsonObject, delayMs: number): void {
    const { uid: triggerUid, user, handler } = trigger;
    const id = String(++this.firingCount);
    const firing = { id, dueMs: this.runtime.clock.nowMs() + delayMs, triggerUid, user, handler, event };
    this.runtime.records.put(this.firingKind, id, firing);
    this.insert(firing);
    this.note(trigger, `fires in ${delayMs} ms`);
  }

  private insert(firing: Firing): void {
    const at = this.firings.findIndex((one) => one.dueMs > firing.dueMs);
    this.firings.splice(at === -1 ? this.firings.length : at, 0, firing);
  }

  private drawDelay(): number {
    const { latency } = this.runtime;
    return latency.timed ? latency.draw(TRIGGER_DELAY) : UNTIMED_TRIGGER_DELAY_MS;
  }

  private soonestClock(): TriggerRecord | undefined {
    if (this.nextClock === null) {
      const clocks = this.list().filter((trigger) => trigger.nextMs !== undefined);
      this.nextClock = clocks.reduce<TriggerRecord | undefined>(
        (soonest, one) => (soonest === undefined || one.nextMs! < soonest.nextMs! ? one : soonest),
        undefined,
      );
    }
    return this.nextClock;
  }

  private put(trigger: TriggerRecord): void {
    this.runtime.records.put(this.kind, trigger.uid, trigger);
    this.forget();
  }

  private forget(): void {
    this.byCalendar = undefined;
    this.nextClock = null;
  }

  private note(trigger: TriggerRecord, what: string): void {
    const { trace, clock } = this.runtime;
    trace.add(clock.nowMs(), 'trigger', trigger.user, `${trigger.source} trigger of ${trigger.handler} ${what}`);
  }

  private get kind(): string {
    return `script.trigger/${this.runtime.addOn.scriptId}`;
  }

  private get firingKind(): string {
    return `script.firing/${this.runtime.addOn.scriptId}`;
  }
}

function groupByCalendar(triggers: TriggerRecord[]): Map<string, TriggerRecord[]> {
  const groups = new Map<string, TriggerRecord[]>();
  for (const trigger of triggers) {
    if (trigger.calendarId === undefined) continue;
    const key = trigger.calendarId.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), trigger]);
  }
  return groups;
}
