/**
 * Ledger: all bindings of one user, with the look-ups the planner needs. A value: `put` and `drop` give back a change
 * log, so that the store knows which shards to write.
 *
 * An event may have several bindings (it was switched from one conference to another), and a conference may have
 * several (a duplicated event, a series split in two).
 */
import type { Binding } from './binding';
import { bindingKey, isReference, masterOf } from './binding';

export class Ledger {
  private readonly byKey = new Map<string, Binding>();
  /** Keys by event id alone and by conference id alone: whole names would be built for every binding of every pass. */
  private readonly byEvent = new Map<string, string[]>();
  private readonly byConference = new Map<string, string[]>();
  /** Keys of what may be an occurrence on its own, by its series; made when it is first asked for. */
  private aloneBySeries: Map<string, string[]> | undefined;
  private readonly touched = new Set<string>();

  constructor(bindings: Iterable<Binding> = []) {
    for (const binding of bindings) this.put(binding);
    this.touched.clear();
  }

  get size(): number {
    return this.byKey.size;
  }

  all(): Binding[] {
    return [...this.byKey.values()];
  }

  get(key: string): Binding | undefined {
    return this.byKey.get(key);
  }

  ofEvent(calendar: string, eventId: string): Binding[] {
    return this.pick(this.byEvent.get(eventId)).filter((binding) => binding.calendar === calendar);
  }

  /** Of this event, whichever calendars it is known on. */
  everywhere(eventId: string): Binding[] {
    return this.pick(this.byEvent.get(eventId));
  }

  ofConference(binding: Pick<Binding, 'solution' | 'conference'>): Binding[] {
    return this.pick(this.byConference.get(binding.conference)).filter((other) => other.solution === binding.solution);
  }

  /** The occurrences remembered for a series, of every conference it has. */
  ofSeries(calendar: string, masterId: string): Binding[] {
    const found: Binding[] = [];
    for (const master of this.ofEvent(calendar, masterId)) {
      for (const binding of this.ofConference(master)) {
        if (binding.calendar === calendar && binding.series === masterId) found.push(binding);
      }
    }
    return found;
  }

  /**
   * Occurrences of a series that have the conference on their own. Where they do not remember their series they are told by
   * Google's way of naming them, which is not promised. A list may bring thousands of tombstones, so each must not go through every binding.
   */
  alone(calendar: string, masterId: string): Binding[] {
    if (this.aloneBySeries === undefined) {
      this.aloneBySeries = new Map();
      for (const [key, binding] of this.byKey) addAlone(this.aloneBySeries, binding, key);
    }
    return this.pick(this.aloneBySeries.get(masterId)).filter(
      (binding) => binding.calendar === calendar && binding.series === undefined,
    );
  }

  put(binding: Binding): void {
    const key = bindingKey(binding);
    const before = this.byKey.get(key);
    if (before === undefined) {
      addTo(this.byEvent, binding.eventId, key);
      addTo(this.byConference, binding.conference, key);
    }
    if (this.aloneBySeries !== undefined && (before === undefined || before.master !== binding.master)) {
      if (before !== undefined) takeAlone(this.aloneBySeries, before, key);
      addAlone(this.aloneBySeries, binding, key);
    }
    this.byKey.set(key, binding);
    this.touched.add(key);
  }

  drop(binding: Binding): void {
    const key = bindingKey(binding);
    const known = this.byKey.get(key);
    if (known === undefined) return;
    this.byKey.delete(key);
    takeFrom(this.byEvent, binding.eventId, key);
    takeFrom(this.byConference, binding.conference, key);
    if (this.aloneBySeries !== undefined) takeAlone(this.aloneBySeries, known, key);
    this.touched.add(key);
  }

  /** Keys put or dropped since the last call. */
  takeTouched(): Set<string> {
    const taken = new Set(this.touched);
    this.touched.clear();
    return taken;
  }

  private pick(keys: readonly string[] | undefined): Binding[] {
    return (keys ?? []).map((key) => this.byKey.get(key) as Binding);
  }
}

/**
 * The binding that drives its conference: the oldest one whose event still lies ahead, else the one that ends last.
 * One that waits for its event drives only when no other does: nobody knows whether that event will ever be there.
 * Undefined while no event refers to the conference.
 */
export function driverOf(bindings: readonly Binding[], nowMs: number): Binding | undefined {
  const all = bindings.filter(isReference);
  const seen = all.filter((binding) => binding.state !== 'pending');
  const references = seen.length > 0 ? seen : all;
  const ahead = references.filter((binding) => binding.endsMs === 0 || binding.endsMs > nowMs);
  if (ahead.length > 0) return ahead.reduce((first, next) => (isOlder(next, first) ? next : first));
  if (references.length === 0) return undefined;
  return references.reduce((last, next) =>
    next.endsMs > last.endsMs || (next.endsMs === last.endsMs && isOlder(next, last)) ? next : last,
  );
}

/** Bound in the same minute: the one that drives goes on driving. */
function isOlder(a: Binding, b: Binding): boolean {
  if (a.bornMs !== b.bornMs) return a.bornMs < b.bornMs;
  if ((a.delivered !== '') !== (b.delivered !== '')) return a.delivered !== '';
  return bindingKey(a) < bindingKey(b);
}

function addAlone(index: Map<string, string[]>, binding: Binding, key: string): void {
  const series = masterOf(binding);
  if (series !== undefined) addTo(index, series, key);
}

function takeAlone(index: Map<string, string[]>, binding: Binding, key: string): void {
  const series = masterOf(binding);
  if (series !== undefined) takeFrom(index, series, key);
}

function addTo(index: Map<string, string[]>, name: string, key: string): void {
  const keys = index.get(name);
  if (keys === undefined) index.set(name, [key]);
  else keys.push(key);
}

function takeFrom(index: Map<string, string[]>, name: string, key: string): void {
  const keys = index.get(name) as string[];
  keys.splice(keys.indexOf(key), 1);
}

/** The binding, every occurrence of it, and nothing else. */
export function dropConference(binding: Binding, ledger: Ledger): void {
  for (const occurrence of ledger.ofSeries(binding.calendar, binding.eventId)) {
    if (occurrence.conference === binding.conference && occurrence.solution === binding.solution)
      ledger.drop(occurrence);
  }
  ledger.drop(binding);
}

/** What shares the conference remembers that it has been where nobody reads. It is not ended with them, then. */
export function noteStrayed(of: Pick<Binding, 'solution' | 'conference'>, ledger: Ledger): void {
  for (const other of ledger.ofConference(of)) {
    const knows = other.series !== undefined || other.state === 'away' || other.strayed === true;
    if (!knows) ledger.put({ ...other, strayed: true });
  }
}

/** The binding is not kept any longer, whatever became of its event. */
export function forgetUnseen(binding: Binding, ledger: Ledger): void {
  dropConference(binding, ledger);
  noteStrayed(binding, ledger);
}

/** The event may still show the conference where nobody reads: that is remembered, and the home card says so. */
export function letGo(binding: Binding, ledger: Ledger): void {
  const { todo: _settled, unread: _unread, endAsked: _asked, ...rest } = binding;
  dropConference(binding, ledger);
  ledger.put({ ...rest, state: 'away' });
}
