/**
 * Reads the occurrences of series that have just come under our care and differ from their rule.
 *
 * They were changed before the conference was chosen, or while another series drove it, so no list brings their rows
 * again. What cannot be read now stays marked as unread.
 */
import type { Binding } from '../core/binding';
import { bindingKey, conferenceKey, conferenceName } from '../core/binding';
import type { DiffContext } from '../core/diff';
import { diffRow, unruly } from '../core/diff';
import { isAddOnError } from '../core/errors';
import type { Ledger } from '../core/ledger';
import { driverOf } from '../core/ledger';
import type { Action } from '../core/plan';
import { planActions } from '../core/plan';
import type { Row } from '../core/row';
import type { Budget } from './budget';
import { ACT_RESERVE_MS } from './budget';
import type { SyncDeps } from './deps';
import { judged } from './in-hand';
import type { UserState } from './user-state';

/** An expanded series may take a second to read. */
const MAX_SERIES = 8;

export function readOccurrences(
  planned: readonly Action[],
  state: UserState,
  deps: SyncDeps,
  budget: Budget,
  contextOf: (calendar: string) => DiffContext | undefined,
): Action[] {
  const nowMs = deps.clock.nowMs();
  const inHand = new Set(planned.map((action) => bindingKey(action.binding)));
  const unread = state.ledger
    .all()
    .filter((binding) => binding.unread && binding.state === 'live' && binding.series === undefined)
    .filter(({ calendar }) => contextOf(calendar) !== undefined)
    // A delivery that waits has not been looked at: whether it is a series is not known yet.
    .filter((binding) => binding.todo === undefined || inHand.has(bindingKey(binding)))
    .filter((binding) => {
      const bindings = state.ledger.ofConference(binding);
      return driverOf(bindings, nowMs) === binding || bindings.some((other) => mayBeOccurrence(other, binding));
    });
  const actions: Action[] = [];
  for (const binding of unread.slice(0, MAX_SERIES)) {
    if (!budget.allows(ACT_RESERVE_MS)) break;
    const context = contextOf(binding.calendar) as DiffContext;
    const rows = deps.calendar.occurrences(context.calendarId, binding.eventId);
    if (isAddOnError(rows)) {
      deps.log({ event: 'occurrences-failed', calendar: context.calendar, code: rows.code });
      if (rows.code !== 'event-absent' && rows.code !== 'request-wrong') continue;
    }
    const { unread: _read, ...read } = binding;
    if (isAddOnError(rows)) {
      state.ledger.put(read);
      continue;
    }
    const { unfollowed: _before, ...recounted } = read;
    state.ledger.put(recounted);
    const { calendar } = context;
    const { hasRoom } = state;
    const plan = { calendar, policies: deps.policies, nowMs, retry: false, hasRoom, isWholeSeries: true };
    const known = rows.filter((row) => isKnown(row, binding, state.ledger));
    const judge = () =>
      [...new Set([...unruly(rows), ...known])].flatMap((row) =>
        planActions(diffRow(row, state.ledger, context), state.ledger, plan),
      );
    actions.push(...judged(binding.eventId, undefined, state, context, deps, judge, []));
    const left = state.ledger.get(bindingKey(binding))?.unfollowed;
    if (left !== undefined) deps.log({ event: 'not-followed', calendar, conference: conferenceName(binding), left });
  }
  state.hand.release(deps);
  return actions;
}

/** Google makes an occurrence's id of its series' one. That is not promised: here it only saves a look. */
function mayBeOccurrence(other: Binding, series: Binding): boolean {
  return other.series === undefined && other.eventId.startsWith(`${series.eventId}_`);
}

/** One that differed when it was told, or kept the conference alone while the series was without it. */
function isKnown(row: Row, series: Binding, ledger: Ledger): boolean {
  return ledger
    .ofEvent(series.calendar, row.id)
    .filter((own) => conferenceKey(own) === conferenceKey(series))
    .some((own) => own.series === undefined || own.delivered !== '');
}
