/**
 * Settles a binding after another look at its event: keep it, or end its conference.
 *
 * The only place where a cancel is planned. It takes an event that is absent (or shows another conference, or none)
 * now, after the grace period, and no other live event that refers to the conference. An event that left nothing but its
 * id may have moved out of sight: its conference is let go, not ended, also when others showed it until now.
 */
import type { Binding } from './binding';
import { bindingKey, isReference } from './binding';
import type { DiffContext } from './diff';
import { diffRow } from './diff';
import type { Ledger } from './ledger';
import { dropConference } from './ledger';
import type { Action, PlanContext } from './plan';
import { planActions } from './plan';
import { planRow } from './plan-row';
import type { Row } from './row';
import { isOccurrence, isTombstone } from './row';
import { showsConference as shows } from './stamp';

/**
 * What another look told: the event's row (and, where `wantsOccurrences` says so, its occurrences'), or that Google has no
 * such event.
 */
export type Look = { kind: 'row'; row: Row; occurrences?: readonly Row[] } | { kind: 'absent' };

/** A series that lost the conference may have occurrences that keep it: they were changed before, or it was theirs. */
export function wantsOccurrences(binding: Binding, row: Row): boolean {
  const ends = binding.state === 'pending' || binding.state === 'ending';
  return ends && !isTombstone(row) && (row.recurrence?.length ?? 0) > 0 && !showsConference(row, binding);
}

export function settle(binding: Binding, look: Look, ledger: Ledger, diff: DiffContext, plan: PlanContext): Action[] {
  const row: Row = look.kind === 'row' ? look.row : { id: binding.eventId, status: 'cancelled' };
  if (showsConference(row, binding)) return planRow(row, ledger, diff, plan);
  if (binding.state === 'pending' || binding.state === 'ending') {
    if (look.kind === 'row' && mayLiveElsewhere(row) && plan.policies.vanishedEvents === 'keep') {
      leaveAlone(binding, ledger);
      return [];
    }
    const keeping = look.kind === 'row' ? (look.occurrences ?? []).filter((one) => showsConference(one, binding)) : [];
    if (keeping.length > 0) {
      dropConference(binding, ledger);
      return keeping.flatMap((one) => planActions(diffRow(one, ledger, diff), ledger, plan));
    }
    return endOrDrop(binding, row, ledger, diff, plan);
  }
  // It was live until now: its end begins here, with a grace period of its own.
  return planRow(row, ledger, diff, plan);
}

/** It is remembered that the event may still show the conference, as long as others do. */
function leaveAlone(binding: Binding, ledger: Ledger): void {
  const { todo: _settled, unread: _unread, ...rest } = binding;
  dropConference(binding, ledger);
  ledger.put({ ...rest, state: 'away' });
  forgetTheOnly(binding, ledger);
}

/** One event out of sight that shares its conference with none need not be remembered: if it comes back, it does alone. */
function forgetTheOnly(of: Binding, ledger: Ledger): void {
  const [only, ...others] = ledger.ofConference(of);
  if (only !== undefined && others.length === 0 && isAway(only)) ledger.drop(only);
}

/**
 * Google keeps the details of an event that was deleted on its organiser's calendar, so that it can be restored; of one
 * that was moved away it keeps nothing but the id. https://developers.google.com/workspace/calendar/api/v3/reference/events
 */
function mayLiveElsewhere(row: Row): boolean {
  return isTombstone(row) && !isOccurrence(row) && row.organizer === undefined && row.start === undefined;
}

function showsConference(row: Row, binding: Binding): boolean {
  if (isTombstone(row)) return false;
  if (binding.series !== undefined) return true;
  return shows(row, binding);
}

function othersOf(binding: Binding, ledger: Ledger): Binding[] {
  return ledger
    .ofConference(binding)
    .filter((other) => bindingKey(other) !== bindingKey(binding) && other.series === undefined);
}

function isAway(binding: Binding): boolean {
  return binding.state === 'away';
}

function endOrDrop(binding: Binding, row: Row, ledger: Ledger, diff: DiffContext, plan: PlanContext): Action[] {
  // An incomplete row (details withheld from this reader) proves nothing.
  if (!isTombstone(row) && row.organizer === undefined) return [];
  const others = othersOf(binding, ledger);
  const cancels = diff.capabilitiesOf(binding.solution)?.cancel === 'yes' && binding.unmarked !== true;
  if (others.some(isReference) || !cancels) {
    dropConference(binding, ledger);
    return planActions(diffRow(row, ledger, diff), ledger, plan);
  }
  const [away, ending] = [others.filter(isAway), others.filter((other) => !isAway(other))];
  if (away.length > 0 && plan.policies.vanishedEvents === 'keep') {
    dropConference(binding, ledger);
    forgetTheOnly(binding, ledger);
    return [];
  }
  for (const gone of away) dropConference(gone, ledger);
  // Of several that are ending together the last one cancels.
  if (ending.length > 0) {
    dropConference(binding, ledger);
    return [];
  }
  return [{ kind: 'cancel', binding }];
}
