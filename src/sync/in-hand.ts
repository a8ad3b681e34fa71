/**
 * In hand: the event that a pass is judging. What is in an event can take all of an execution's time, and then every pass
 * would be killed at the same place, for all calendars.
 *
 * A sweep leaves a mark while it plans. Whoever finds it goes carefully: before each event of ours is judged, it is written
 * down which one. An event that looks as if it could take long is written down in any case. One that was in hand when two
 * passes died is set aside, visibly, until it changes or a person asks; the rest goes on.
 */
import type { DiffContext } from '../core/diff';
import type { Ledger } from '../core/ledger';
import type { Row } from '../core/row';
import { stampOf } from '../core/stamp';
import type { SyncDeps } from './deps';
import { parkEvent } from './park';
import type { UserState } from './user-state';

/** Calendar's own editor writes less; beyond, it is worth two writes to know what a pass died of. */
const LONG_RULE_CHARS = 300;
const LONG_TEXT_CHARS = 20_000;
const MANY_GUESTS = 300;
const DEATHS_TO_SET_ASIDE = 2;

/**
 * Judges an event, unless two passes have died of that.
 *
 * @param row the event as Google shows it, if it is there.
 */
export function judged<T>(
  eventId: string,
  row: Row | undefined,
  state: UserState,
  context: DiffContext,
  deps: SyncDeps,
  judge: () => T,
  otherwise: T,
): T {
  const { hand, ledger } = state;
  const { calendar } = context;
  if (hand.deathsOf(calendar, eventId) >= DEATHS_TO_SET_ASIDE) {
    parkEvent(eventId, context, ledger);
    hand.setAside();
    deps.log({ event: 'row-parked', calendar, code: 'took-too-long' });
    return otherwise;
  }
  const isOurs = () => isKnown(eventId, row, ledger, calendar);
  if ((hand.isCareful || (row !== undefined && isLong(row))) && isOurs()) hand.take(calendar, eventId, deps);
  return judge();
}

function isKnown(eventId: string, row: Row | undefined, ledger: Ledger, calendar: string): boolean {
  return ledger.ofEvent(calendar, eventId).length > 0 || (row !== undefined && stampOf(row) !== undefined);
}

function isLong({ recurrence = [], summary = '', description = '', attendees = [] }: Row): boolean {
  const ruleChars = recurrence.reduce((sum, line) => sum + line.length, 0);
  const isLongRule = ruleChars > LONG_RULE_CHARS || recurrence.some((line) => /INTERVAL=\d{4}/i.test(line));
  return isLongRule || summary.length + description.length > LONG_TEXT_CHARS || attendees.length > MANY_GUESTS;
}
