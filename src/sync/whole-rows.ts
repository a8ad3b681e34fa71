/**
 * Rows from which Google left out guests: the event is asked for once, which may show all of them.
 *
 * Google documents the mark and leaves open when it comes unasked. What is left out after that stays untold: the guests
 * that are shown are invited, and nobody is uninvited.
 */
import type { DiffContext } from '../core/diff';
import { isAddOnError } from '../core/errors';
import type { Ledger } from '../core/ledger';
import type { Row } from '../core/row';
import { isTombstone } from '../core/row';
import { stampOf } from '../core/stamp';
import type { Budget } from './budget';
import { ACT_RESERVE_MS } from './budget';
import type { SyncDeps } from './deps';

export function withAllGuests(
  rows: readonly Row[],
  ledger: Ledger,
  context: DiffContext,
  deps: SyncDeps,
  budget: Budget,
): Row[] {
  return rows.map((row) => {
    const lacks = row.attendeesOmitted === true && tellsGuests(row, ledger, context);
    if (!lacks || !budget.allows(ACT_RESERVE_MS)) return row;
    const whole = deps.calendar.get(context.calendarId, row.id);
    // What has become of it meanwhile the next list tells.
    return isAddOnError(whole) || isTombstone(whole) ? row : whole;
  });
}

function tellsGuests(row: Row, ledger: Ledger, context: DiffContext): boolean {
  const stamp = stampOf(row);
  const solutions = [
    ...ledger.ofEvent(context.calendar, row.id).map((binding) => binding.solution),
    ...(stamp === undefined ? [] : [stamp.solution]),
  ];
  return solutions.some((solution) => context.capabilitiesOf(solution)?.keeps.includes('guests') === true);
}
