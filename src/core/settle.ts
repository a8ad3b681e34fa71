/**
 * Settles a binding after another look at its event: keep it, or end its conference.
 *
 * The only place where a cancel is planned. It takes a word that the event has ended, or that it has dropped the conference,
 * now, after the grace period, and no other live event that refers to the conference. Whose word counts stands in
 * whereabouts.ts. Without one the conference is let go, not ended, and remembered as being out of sight: so is one whose
 * event has been there, because it may have been copied where nobody reads.
 */
import type { Binding } from './binding';
import { bindingKey, isReference } from './binding';
import type { DiffContext } from './diff';
import { diffRow } from './diff';
import type { Ledger } from './ledger';
import { dropConference, letGo } from './ledger';
import type { Action, PlanContext } from './plan';
import { planActions } from './plan';
import { planRow } from './plan-row';
import type { Row } from './row';
import { isTombstone } from './row';
import { showsConference as shows } from './stamp';
import type { Look } from './whereabouts';
import { hasEnded, hasStrayed, isElsewhere } from './whereabouts';

/** A series that lost the conference may have occurrences that keep it: they were changed before, or it was theirs. */
export function wantsOccurrences(binding: Binding, row: Row): boolean {
  const ends = binding.state === 'pending' || binding.state === 'ending';
  return ends && !isTombstone(row) && (row.recurrence?.length ?? 0) > 0 && !showsConference(row, binding);
}

export function settle(binding: Binding, look: Look, ledger: Ledger, diff: DiffContext, plan: PlanContext): Action[] {
  const row = rowOf(look, binding);
  if (showsConference(row, binding)) return planRow(row, ledger, diff, plan);
  if (binding.state === 'pending' || binding.state === 'ending') {
    if (isTombstone(row) && keepsOnDoubt(binding, plan) && !hasEnded(binding, look, diff.calendarId)) {
      if (isElsewhere(binding, look, ledger)) leave(binding, look, ledger);
      else letGo(binding, ledger);
      return [];
    }
    const keeping = look.kind === 'row' ? (look.occurrences ?? []).filter((one) => showsConference(one, binding)) : [];
    if (keeping.length > 0) {
      leave(binding, look, ledger);
      return keeping.flatMap((one) => planActions(diffRow(one, ledger, diff), ledger, plan));
    }
    return endOrDrop(binding, look, ledger, diff, plan);
  }
  // It was live until now: its end begins here, with a grace period of its own.
  return planRow(row, ledger, diff, plan);
}

/** What is not there counts as cancelled. */
function rowOf(look: Look, { eventId }: Binding): Row {
  return look.kind === 'row' ? look.row : { id: eventId, status: 'cancelled' };
}

function keepsOnDoubt({ endAsked }: Binding, { policies }: PlanContext): boolean {
  return policies.vanishedEvents === 'keep' && endAsked !== true;
}

/** The event is done with the conference; whether what was copied out of sight is, nobody knows. */
function leave(binding: Binding, look: Look, ledger: Ledger): void {
  if (hasStrayed(binding, look)) letGo(binding, ledger);
  else dropConference(binding, ledger);
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

function endOrDrop(binding: Binding, look: Look, ledger: Ledger, diff: DiffContext, plan: PlanContext): Action[] {
  const row = rowOf(look, binding);
  // An incomplete row (details withheld from this reader) proves nothing.
  if (!isTombstone(row) && row.organizer === undefined) return [];
  const others = othersOf(binding, ledger);
  const keeps = keepsOnDoubt(binding, plan);
  const cancels = diff.capabilitiesOf(binding.solution)?.cancel === 'yes' && binding.unmarked !== true;
  if (!cancels) {
    dropConference(binding, ledger);
    return planActions(diffRow(row, ledger, diff), ledger, plan);
  }
  if (others.some(isReference)) {
    if (keeps) leave(binding, look, ledger);
    else dropConference(binding, ledger);
    return planActions(diffRow(row, ledger, diff), ledger, plan);
  }
  const isAway = ({ state }: Binding) => state === 'away';
  const [away, ending] = [others.filter(isAway), others.filter((other) => !isAway(other))];
  if (keeps && (away.length > 0 || hasStrayed(binding, look))) {
    leave(binding, look, ledger);
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
