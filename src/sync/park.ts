/**
 * To-dos that wait: an event whose row could not be worked with is parked, visibly, until its next change or a repair;
 * the sweep and a person's repair let what waits be tried sooner.
 */
import type { Binding } from '../core/binding';
import { newToDo } from '../core/binding';
import type { DiffContext } from '../core/diff';
import type { Ledger } from '../core/ledger';
import type { MeetingField } from '../core/meeting';
import { backOffMs } from '../core/outcome';
import { differingFields, toldAgain } from '../core/vendor-changes';

/** From so many failures on, a wait may outlast the next sweep, and then lasts until the one after. */
const WAITS_FOR_SWEEPS_AFTER = 6;

/** Its bindings wait for the event's next change, or for a person who asks for a repair. */
export function parkEvent(eventId: string, context: DiffContext, ledger: Ledger): void {
  for (const binding of ledger.ofEvent(context.calendar, eventId)) {
    const todo = binding.todo ?? newToDo('deliver', context.nowMs);
    ledger.put({ ...binding, todo: { ...todo, parked: true, ownFault: true } });
  }
}

/**
 * Lets what has failed often be tried at each sweep, so that it is done an hour after an outage at the latest. A wait that
 * the provider asked for is longer, or holds for the whole provider (pause.ts). A repair has few attempts, and keeps them.
 */
export function bringForward(ledger: Ledger, nowMs: number): void {
  for (const binding of ledger.all()) {
    const { todo } = binding;
    if (todo === undefined || todo.parked || todo.missed || todo.kind === 'repair') continue;
    if (todo.attempts < WAITS_FOR_SWEEPS_AFTER) continue;
    const isOurs = todo.notBeforeMs - nowMs <= backOffMs(todo.attempts);
    if (isOurs && todo.notBeforeMs > nowMs) ledger.put({ ...binding, todo: { ...todo, notBeforeMs: nowMs } });
  }
}

/** A person has seen what differs at a vendor, and wants the event's own there. */
export function tellAgain(
  ledger: Ledger,
  keptOf: (solution: string) => ReadonlySet<MeetingField>,
  nowMs: number,
): void {
  for (const binding of ledger.all()) {
    const fields = differingFields(binding);
    if (fields.length === 0 || binding.state !== 'live') continue;
    ledger.put(toldAgain(binding, fields, keptOf(binding.solution), nowMs));
  }
}

/** Lets everything that was given up, or has failed and waits, be tried again now. */
export function unparkAll(ledger: Ledger, nowMs: number): void {
  for (const binding of ledger.all()) {
    const { todo } = binding;
    const broken = binding.state === 'broken';
    // A second opinion on "not found" keeps its distance from the first.
    const waits = todo !== undefined && todo.attempts > 0 && !todo.missed && todo.notBeforeMs > nowMs;
    if (waits && !todo.parked) ledger.put({ ...binding, todo: { ...todo, notBeforeMs: nowMs } });
    const isShort = binding.state === 'live' && binding.refused !== undefined;
    if (todo?.parked !== true && !broken && !isShort) continue;
    const kind = binding.state === 'ending' || binding.state === 'pending' ? 'settle' : 'deliver';
    // Repairs that were given up may begin again.
    const { repairs: _made, refused: _asked, ...rest } = binding;
    const again: Binding = { ...rest, delivered: '', todo: newToDo(kind, nowMs) };
    // What occurrences became in the meantime was told to nobody.
    ledger.put(broken ? { ...again, state: 'live', unread: true } : again);
  }
}
