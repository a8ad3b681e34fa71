/**
 * Rows from which Google left out guests: the event is asked for once, which may show all of them.
 *
 * Google documents the mark and leaves open when it comes unasked. What is left out after that stays untold: the guests
 * that are shown are invited, and nobody is uninvited.
 */
import { newToDo } from '../core/binding';
import type { DiffContext } from '../core/diff';
import { isAddOnError } from '../core/errors';
import type { Ledger } from '../core/ledger';
import { MINUTE_MS } from '../core/policies';
import type { Row } from '../core/row';
import { isTombstone } from '../core/row';
import { stampOf } from '../core/stamp';
import type { Budget } from './budget';
import { ACT_RESERVE_MS } from './budget';
import type { SyncDeps } from './deps';
import type { UserState } from './user-state';

const ASK_AGAIN_AFTER_MS = 10 * MINUTE_MS;

export function withAllGuests(
  rows: readonly Row[],
  state: UserState,
  context: DiffContext,
  deps: SyncDeps,
  budget: Budget,
): Row[] {
  return rows.map((row) => {
    if (row.attendeesOmitted !== true || !tellsGuests(row, state.ledger, context)) return row;
    const whole = budget.allows(ACT_RESERVE_MS) ? deps.calendar.get(context.calendarId, row.id) : undefined;
    if (whole === undefined || isAddOnError(whole)) {
      state.unasked.push({ calendar: context.calendar, eventId: row.id });
      return row;
    }
    // What has become of it meanwhile the next list tells.
    return isTombstone(whole) ? row : whole;
  });
}

/** Events that could not be asked for are looked at later: no list shows them again, and their guests are still to be told. */
export function askLater(state: UserState, nowMs: number): void {
  for (const { calendar, eventId } of state.unasked) {
    for (const binding of state.ledger.ofEvent(calendar, eventId)) {
      if (binding.state !== 'live' || binding.series !== undefined || binding.todo !== undefined) continue;
      state.ledger.put({ ...binding, todo: newToDo('deliver', nowMs, nowMs + ASK_AGAIN_AFTER_MS) });
    }
  }
}

function tellsGuests(row: Row, ledger: Ledger, context: DiffContext): boolean {
  const stamp = stampOf(row);
  const solutions = [
    ...ledger.ofEvent(context.calendar, row.id).map((binding) => binding.solution),
    ...(stamp === undefined ? [] : [stamp.solution]),
  ];
  return solutions.some((solution) => context.capabilitiesOf(solution)?.keeps.includes('guests') === true);
}
