/**
 * Whereabouts: what is known of an event that left its calendar. Was it deleted, or did it move, and where to?
 *
 * Google promises nothing of a tombstone but its id. Recorded answers show that a moved event may leave its details behind,
 * with its new calendar as the organiser, or a placeholder without one: so details prove nothing. What does is a row that
 * names the calendar it was read from as the event's organiser: that calendar had the event last. This holds on the calendar
 * that the event left, and on any other that shows it. An occurrence does not move but with its series, so where its own row
 * names no organiser its series' row speaks for it.
 *
 * That there is no such event (404) is no word of a deletion, unless it was never saved: a draft that was discarded.
 *
 * Google: https://developers.google.com/workspace/calendar/api/v3/reference/events (status, organizer)
 */
import type { Binding } from './binding';
import { bindingKey, conferenceKey, isReference, masterOf } from './binding';
import type { Ledger } from './ledger';
import { MINUTE_MS } from './policies';
import { isOver } from './repair';
import type { Row } from './row';
import { isOrganisersCopy, isTombstone } from './row';
import { showsConference } from './stamp';

/** What a calendar of this user shows of an event that left its own: another one, or its own under another id. */
export interface Sighting {
  /** Key and id of that calendar. */
  calendar: string;
  calendarId: string;
  row: Row;
  /** Of an occurrence: its series there. */
  series?: Row;
  /** Of a series without the conference: occurrences of it, which may keep it. */
  occurrences?: readonly Row[];
}

/** What was seen beside the event itself, where `wantsSeries` and `wantsSightings` say so. */
interface Around {
  /** The series of an occurrence that is gone; undefined where Google has none. */
  series?: Row;
  elsewhere?: readonly Sighting[];
}

/**
 * What another look told: the event's row (and, where `wantsOccurrences` says so, its occurrences'), or that Google has no
 * such event.
 */
export type Look = ({ kind: 'row'; row: Row; occurrences?: readonly Row[] } | { kind: 'absent' }) & Around;

/** The series whose row has to speak for the occurrence that the look is about; undefined when none has. */
export function wantsSeries(binding: Binding, look: Look): string | undefined {
  if (!isSettling(binding) || !isGone(look) || (look.kind === 'row' && look.row.organizer !== undefined))
    return undefined;
  return (look.kind === 'row' ? look.row.recurringEventId : undefined) ?? masterOf(binding);
}

/** Do other calendars have to be asked what became of the event, or where it was for a while? */
export function wantsSightings(binding: Binding, look: Look, calendarId: string, ledger: Ledger): boolean {
  if (!isSettling(binding)) return false;
  if (!isGone(look) || hasEnded(binding, look, calendarId)) {
    return binding.mayHaveStrayed === true && hasStrayed(binding, look) && !shows(look, binding);
  }
  return !isElsewhere(binding, look, ledger);
}

/**
 * Has the event been out of sight, where its conference may have been copied? One that was away for a while has not, if a
 * calendar in sight tells that it was there, be it by what was left behind.
 */
export function hasStrayed(binding: Binding, { elsewhere = [] }: Pick<Around, 'elsewhere'>): boolean {
  if (binding.strayed) return true;
  return binding.mayHaveStrayed === true && !elsewhere.some((one) => tellsOfIt(one, binding));
}

/**
 * What was left under its id where the event was before it came here tells nothing of where it was since. What is new there
 * shows its date, or the changes of that calendar have told it.
 */
function tellsOfIt({ calendar, row }: Sighting, { eventId, calendar: home, bornMs }: Binding): boolean {
  if (calendar === home) return false;
  return row.id !== eventId || Date.parse(row.updated ?? '') >= bornMs + MINUTE_MS;
}

/**
 * Has the event ended, or dropped the conference? Said by a row that this look shows, wherever it stands; false also means
 * that nobody knows.
 */
export function hasEnded(binding: Binding, look: Look, calendarId: string): boolean {
  if (!isGone(look)) return false;
  if (look.kind === 'absent') {
    if (wasNeverSeen(binding)) return true;
  } else if (isOrganisersCopy(look.row, calendarId)) return true;
  if (look.series !== undefined && isOrganisersCopy(look.series, calendarId)) return true;
  const elsewhere = look.elsewhere ?? [];
  const ended = elsewhere.some((one) => isOrganisers(one) && !isOlder(one, binding));
  return ended && !elsewhere.some((one) => isLife(one, binding));
}

/** Is the event known, with the conference, on another calendar, or under another id? The same id is enough to tell it. */
export function isElsewhere(binding: Binding, { elsewhere = [] }: Pick<Around, 'elsewhere'>, ledger: Ledger): boolean {
  const sighted = elsewhere.filter((one) => isLife(one, binding)).map(({ calendar, row }) => `${calendar}/${row.id}`);
  return ledger
    .ofConference(binding)
    .filter((other) => isReference(other) && !other.guest && bindingKey(other) !== bindingKey(binding))
    .some((other) => other.eventId === binding.eventId || sighted.includes(`${other.calendar}/${other.eventId}`));
}

/**
 * One binding of each conference that lives on only because nobody knows what became of its event. Of an event that would be
 * over by now nobody needs the link.
 */
export function keptConferences(ledger: Ledger, nowMs: number): Binding[] {
  const found = new Map<string, Binding>();
  for (const binding of ledger.all()) {
    if (binding.state !== 'away' || isOver(binding, nowMs)) continue;
    const isKept = ledger.ofConference(binding).every(({ state, series }) => state === 'away' || series !== undefined);
    if (isKept) found.set(conferenceKey(binding), binding);
  }
  return [...found.values()];
}

/**
 * Of the rows that a calendar shows under the event's iCalUID: is it the event, or this very occurrence? What its own
 * calendar shows under its own id has been looked at.
 */
export function isSameEvent(row: Row, binding: Binding, isHome: boolean): boolean {
  if (isHome && row.id === binding.eventId) return false;
  const slot = slotIn(binding.eventId);
  return slot === undefined
    ? row.recurringEventId === undefined && slotIn(row.id) === undefined
    : slotIn(row.id) === slot;
}

/** An event's iCalUID, which Google makes of its id, unless it was imported. Occurrences have their series' one. */
export function iCalUidOf(binding: Binding, row?: Row): string {
  return row?.iCalUID ?? `${masterOf(binding) ?? binding.eventId}@google.com`;
}

function isSettling({ state, series }: Binding): boolean {
  return series === undefined && (state === 'pending' || state === 'ending');
}

function shows(look: Look, binding: Binding): boolean {
  return look.kind === 'row' && !isTombstone(look.row) && showsConference(look.row, binding);
}

function isGone(look: Look): boolean {
  return look.kind === 'absent' || isTombstone(look.row);
}

/** One that waits for its event. One that was made in place of a dead one has an event, which has been seen. */
function wasNeverSeen({ state, repairs }: Binding): boolean {
  return state === 'pending' && repairs === undefined;
}

function isLife({ row, occurrences = [] }: Sighting, binding: Binding): boolean {
  return [row, ...occurrences].some((one) => !isTombstone(one) && showsConference(one, binding));
}

/** Only its organiser's calendar can tell that an event is over; a guest's copy may be taken off by the guest. */
function isOrganisers({ calendarId, row, series }: Sighting): boolean {
  const speaker = isTombstone(row) && row.organizer === undefined ? series : row;
  return speaker !== undefined && isOrganisersCopy(speaker, calendarId);
}

/** An event may have been deleted there, and made anew here under its name, as by an import: that is no word of this one. */
function isOlder({ row }: Sighting, { bornMs }: Binding): boolean {
  return isTombstone(row) && row.updated !== undefined && Date.parse(row.updated) < bornMs;
}

function slotIn(eventId: string): string | undefined {
  return /_(\d{8}(?:T\d{6}Z)?)$/.exec(eventId)?.[1];
}
