/**
 * Repair: may the add-on put another link into an event, and what is then still to be done?
 *
 * Only where the operator allows it, only in the organiser's own event while it is not over, and only so often: what keeps
 * breaking is shown to people instead.
 */
import type { Binding } from './binding';
import { newToDo } from './binding';
import type { Policies } from './policies';
import type { Row } from './row';
import { isOrganisersCopy, isTombstone } from './row';
import { showsConference } from './stamp';

/** Conferences that an event is given one after the other, until a person asks for a repair. */
export const MAX_REPAIRS = 3;
/** Attempts at one of them. Each one makes a conference, and ends it again when it cannot be put into the event. */
export const MAX_REPAIR_ATTEMPTS = 4;

export function mayRepair(binding: Binding, policies: Policies): boolean {
  // What another account may have made is perhaps not gone at all.
  if (policies.brokenLinks !== 'repair' || binding.guest || binding.unknownTo !== undefined) return false;
  return (binding.repairs ?? 0) < MAX_REPAIRS && (binding.todo?.attempts ?? 0) < MAX_REPAIR_ATTEMPTS;
}

/** Nobody needs the link of an event that lies behind. */
export function isOver({ endsMs }: Binding, nowMs: number): boolean {
  return endsMs !== 0 && endsMs <= nowMs;
}

/** The event's link is dead, or another one than the event shows. */
export function broken(binding: Binding, policies: Policies, nowMs: number): Binding {
  const { todo: _given, ...rest } = binding;
  const lost: Binding = { ...rest, state: 'broken' };
  return mayRepair(lost, policies) && !isOver(lost, nowMs) ? { ...lost, todo: newToDo('repair', nowMs) } : lost;
}

/** Is it still ours to repair? The event shows this very conference, and is the organiser's own. */
export function isRepairable(row: Row, binding: Binding, calendarId: string): boolean {
  return !isTombstone(row) && isOrganisersCopy(row, calendarId) && showsConference(row, binding);
}
