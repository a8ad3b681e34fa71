/**
 * Calendars that cannot be read any more: what of them is found again somewhere else.
 *
 * A primary calendar has its owner's address for an id, and the address may be changed; a calendar may go with its owner, and
 * its events to a successor. Google tells none of this. What shows it is the same event, with our conference, organised by
 * another calendar: an event has one organiser, so it is there now, and the binding of the lost calendar would only stand in
 * its way: the older one drives, and its event cannot be read.
 */
import type { Binding } from '../core/binding';
import { bindingKey, mayBeUnseen, newToDo } from '../core/binding';
import { isAddOnError } from '../core/errors';
import type { Ledger } from '../core/ledger';
import { dropConference } from '../core/ledger';
import { handOver } from '../core/plan';
import type { Row } from '../core/row';
import { sealedText, stampOf } from '../core/stamp';
import type { EventPlace } from '../ports/event-status';
import type { SyncDeps } from './deps';
import { calendarKey } from './sync-tokens';
import { UserState } from './user-state';

/** Takes over what was known of events on lost calendars where they are now. Should such a calendar come back, it is read anew. */
export function rejoinLost(state: UserState, nowMs: number): void {
  const isLost = (calendar: string) => state.calendars.get(calendar)?.lostSinceMs !== undefined;
  if (![...state.calendars.keys()].some(isLost)) return;
  for (const lost of state.ledger.all()) {
    if (lost.series !== undefined || !isLost(lost.calendar)) continue;
    const here = state.ledger
      .ofConference(lost)
      .find((one) => one.eventId === lost.eventId && one.state === 'live' && !one.guest && !isLost(one.calendar));
    if (here === undefined) continue;
    takeOver(lost, here, state.ledger, nowMs);
    const { token: _token, goesOn: _part, ...record } = state.calendar(idOf(lost.calendar, state));
    state.setCalendar(record);
  }
}

/** Events of a lost calendar that are looked for: the first may have been deleted since. */
const MAX_TRIES = 3;

/**
 * Is a lost calendar the person's own one, under the address it had before? The own one is always found under the name
 * "primary": where it shows an event of the lost calendar, with our conference, it is followed from now on.
 * @returns the ids of calendars that are to be read now.
 */
export function findRenamed(state: UserState, deps: SyncDeps): string[] {
  const found = new Set<string>();
  for (const [key, { lostSinceMs }] of state.calendars) {
    if (lostSinceMs === undefined) continue;
    const known = state.ledger.all().filter((one) => one.calendar === key && one.state === 'live' && !one.series);
    for (const { eventId } of known.slice(-MAX_TRIES)) {
      const row = deps.calendar.get('primary', eventId);
      const address = isAddOnError(row) || row.organizer?.self !== true ? undefined : row.organizer.email;
      if (address === undefined || isAddOnError(row) || !isOurs(row, state, deps)) continue;
      if (!state.calendars.has(calendarKey(address))) found.add(address);
      break;
    }
  }
  return [...found];
}

function isOurs(row: Row, state: UserState, deps: SyncDeps): boolean {
  const stamp = stampOf(row);
  return stamp !== undefined && stamp.owner === deps.seal(state.owner, sealedText(stamp));
}

function idOf(key: string, state: UserState): string {
  return state.calendars.get(key)?.id as string;
}

/** The event is looked at once more: what changed while its calendar was lost is told then. */
function takeOver(lost: Binding, here: Binding, ledger: Ledger, nowMs: number): void {
  for (const occurrence of ledger.ofSeries(lost.calendar, lost.eventId)) {
    const moved = { ...occurrence, calendar: here.calendar };
    if (ledger.get(bindingKey(moved)) === undefined) ledger.put(moved);
  }
  dropConference(lost, ledger);
  const { delivered, bornMs } = lost;
  const strayed = mayBeUnseen(lost) && { strayed: true as const };
  ledger.put({ ...here, delivered, bornMs, ...strayed, todo: here.todo ?? newToDo('deliver', nowMs) });
  handOver(ledger, here, nowMs);
}

/**
 * A person looks at an event with a conference of ours on a calendar that nobody has the add-on follow, while another one is
 * lost: it may be the same under its new name, and is followed from now on.
 */
export function followFrom(deps: SyncDeps, { calendarId, eventId, seriesId }: EventPlace): void {
  const state = new UserState(deps.store.readAll());
  const isLost = [...state.calendars.values()].some(({ lostSinceMs }) => lostSinceMs !== undefined);
  if (!isLost || state.calendars.has(calendarKey(calendarId))) return;
  const row = deps.calendar.get(calendarId, seriesId ?? eventId);
  if (isAddOnError(row) || !isOurs(row, state, deps)) return;
  state.setCalendar({ id: calendarId });
  state.commit(deps.store);
}
