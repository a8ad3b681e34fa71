/**
 * Plans what one row brings, and what it says between the lines of a series: dates that it leaves out, and that perhaps
 * none of its occurrences is left.
 */
import type { Binding } from './binding';
import { bindingKey, newToDo, seriesNamedIn } from './binding';
import type { DiffContext } from './diff';
import { diffRow } from './diff';
import type { Ledger } from './ledger';
import { isLeavingOut, leftOutRows } from './left-out';
import type { Action, PlanContext } from './plan';
import { planActions } from './plan';
import { DAY_MS } from './policies';
import type { Row } from './row';
import { isTombstone } from './row';
import { showsConference } from './stamp';

/** The actions for a row. A series comes before the occurrences that it leaves out. */
export function planRow(row: Row, ledger: Ledger, diff: DiffContext, plan: PlanContext): Action[] {
  const before = ledger.ofEvent(plan.calendar, row.id);
  const actions = planActions(diffRow(row, ledger, diff), ledger, plan);
  if (isTombstone(row)) {
    noteThinned(row.recurringEventId ?? seriesNamedIn(row.id), ledger, plan);
    if (plan.isOfFullList !== true) noteWhereItWas(row.id, ledger, plan);
    return actions;
  }
  if ((row.recurrence?.length ?? 0) === 0) return actions;
  noteShortened(row, before, ledger, plan);
  noteAlone(row.id, ledger, plan);
  return [...actions, ...planLeftOut(row, ledger, diff, plan)];
}

/**
 * May it be that nothing is left of the series? Asked only where Calendar's answer is one: of a series that ends, and within
 * the time that Google expands for certain. Of any other nothing is concluded.
 */
export function mayBeEmpty({ endsMs }: Pick<Binding, 'endsMs'>, nowMs: number): boolean {
  return endsMs !== 0 && endsMs <= nowMs + SURELY_EXPANDED_MS;
}

/** A series that began to end, maybe because nothing is left of it, shows its conference all the same. */
export function wantsToKnowWhatIsLeft(binding: Binding, row: Row, nowMs: number): boolean {
  const repeats = !isTombstone(row) && (row.recurrence?.length ?? 0) > 0;
  return binding.state === 'ending' && repeats && mayBeEmpty(binding, nowMs) && showsConference(row, binding);
}

/** A series without any occurrence counts as deleted: there is nothing of it that anybody could come to. */
export function asDeleted(row: Row): Row {
  return { ...row, status: 'cancelled' };
}

/** How far ahead Google expands a series is not published; a year and some weeks have always been seen. */
const SURELY_EXPANDED_MS = 400 * DAY_MS;

/** An event that was away for a while, nobody knew where, was on this calendar, which is in sight. */
function noteWhereItWas(eventId: string, ledger: Ledger, { calendar }: PlanContext): void {
  for (const binding of ledger.everywhere(eventId)) {
    if (binding.calendar === calendar || !(binding.vanished || binding.mayHaveStrayed)) continue;
    const { vanished: _whereTo, mayHaveStrayed: _where, ...rest } = binding;
    ledger.put(rest);
  }
}

function noteThinned(seriesId: string | undefined, ledger: Ledger, { calendar }: PlanContext): void {
  if (seriesId === undefined) return;
  for (const series of ledger.ofEvent(calendar, seriesId)) {
    const ends = series.series === undefined && series.endsMs !== 0;
    if (ends && series.state === 'live' && series.thinned === undefined) ledger.put({ ...series, thinned: true });
  }
}

/** Its rule reaches less far now, it has dates left out, or it was without a conference, or unknown, until now. */
function noteShortened(row: Row, before: readonly Binding[], ledger: Ledger, { calendar }: PlanContext): void {
  const leavesOut = (row.recurrence ?? []).some(isLeavingOut);
  for (const series of ledger.ofEvent(calendar, row.id)) {
    if (series.series !== undefined || series.state !== 'live' || series.endsMs === 0) continue;
    const was = before.find((one) => bindingKey(one) === bindingKey(series));
    const isNew = was === undefined || was.state === 'ending';
    if (series.thinned || !(isNew || leavesOut || (was.state === 'live' && was.endsMs !== series.endsMs))) continue;
    ledger.put({ ...series, thinned: true });
  }
}

/**
 * A series that changes may leave occurrences behind that had the conference on their own, and nobody knows whether Google
 * lists each of them. Those that it does list are seen in this very pass, and the look is not taken.
 */
function noteAlone(seriesId: string, ledger: Ledger, { calendar, nowMs }: PlanContext): void {
  for (const one of ledger.alone(calendar, seriesId)) {
    if (one.state === 'live' && one.todo === undefined) ledger.put({ ...one, todo: newToDo('settle', nowMs) });
  }
}

function planLeftOut(row: Row, ledger: Ledger, diff: DiffContext, plan: PlanContext): Action[] {
  const leftOut = leftOutRows(row, diff.calendarZone, diff.nowMs);
  noteBack(row.id, new Set(leftOut.map(({ id }) => id)), ledger, plan);
  return leftOut.flatMap((one) => {
    const actions = planActions(diffRow(one, ledger, diff), ledger, plan);
    for (const own of ledger.ofEvent(plan.calendar, one.id)) {
      if (own.series === row.id && own.leftOut === undefined) ledger.put({ ...own, leftOut: true });
    }
    return actions;
  });
}

/** A date that is left out no longer is one of the rule again, and no list shows it: the occurrences are to be read. */
function noteBack(seriesId: string, leftOut: ReadonlySet<string>, ledger: Ledger, { calendar }: PlanContext): void {
  const back = ledger.ofSeries(calendar, seriesId).filter((one) => one.leftOut && !leftOut.has(one.eventId));
  for (const { leftOut: _before, ...rest } of back) {
    ledger.put(rest);
    for (const series of ledger.ofEvent(calendar, seriesId)) {
      if (series.series === undefined && series.conference === rest.conference && series.state === 'live')
        ledger.put({ ...series, unread: true });
    }
  }
}
