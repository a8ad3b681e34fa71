/**
 * What a part of a list needs that a whole list has: the series of its exceptions.
 *
 * An exception that carries a conference of ours may belong to a series which another part shows. Taken for an event of
 * its own it would drive that conference. So its series is looked at first. And a series that is rescheduled in a later
 * part may have exceptions which an earlier part compared with the old rule: they are read once more.
 */
import { bindingKey } from '../core/binding';
import type { DiffContext } from '../core/diff';
import { diffRow } from '../core/diff';
import { isAddOnError } from '../core/errors';
import type { Ledger } from '../core/ledger';
import type { Action } from '../core/plan';
import type { Row } from '../core/row';
import type { Budget } from './budget';
import type { SyncDeps } from './deps';

/** The rows that can be judged, and the series they need. `isWhole` is false when some could not be looked at now. */
export function withTheirSeries(
  rows: readonly Row[],
  ledger: Ledger,
  context: DiffContext,
  deps: SyncDeps,
  budget: Budget,
): { rows: Row[]; isWhole: boolean } {
  const shown = new Set(rows.map((row) => row.id));
  const looks = new Map<string, Row | 'none' | 'unknown'>();
  const judged = rows.filter((row) => {
    const series = row.recurringEventId;
    if (series === undefined || shown.has(series) || !isAdopted(row, ledger, context)) return true;
    if (!looks.has(series)) looks.set(series, lookAtSeries(series, context, deps, budget));
    return looks.get(series) !== 'unknown';
  });
  const found = [...looks.values()].flatMap((look) => (typeof look === 'string' ? [] : [look]));
  return { rows: [...judged, ...found], isWhole: judged.length === rows.length };
}

function isAdopted(row: Row, ledger: Ledger, context: DiffContext): boolean {
  try {
    return diffRow(row, ledger, context).some(({ kind }) => kind === 'adopted');
  } catch {
    // It is parked when its turn comes.
    return false;
  }
}

function lookAtSeries(series: string, context: DiffContext, deps: SyncDeps, budget: Budget): Row | 'none' | 'unknown' {
  if (!budget.allows()) return 'unknown';
  const look = deps.calendar.get(context.calendarId, series);
  if (!isAddOnError(look)) return look;
  // What Google will never show must not hold up the rest of the list.
  return look.code === 'event-absent' || look.code === 'request-wrong' ? 'none' : 'unknown';
}

/** A later part has rescheduled these series. */
export function readExceptionsAgain(actions: readonly Action[], ledger: Ledger): void {
  for (const action of actions) {
    if (action.kind !== 'update' || action.binding.lengthMs === undefined) continue;
    const rescheduled = action.fields.some((field) => field === 'time' || field === 'recurrence');
    const series = ledger.get(bindingKey(action.binding));
    if (rescheduled && series !== undefined) ledger.put({ ...series, unread: true });
  }
}
