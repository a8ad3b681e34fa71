/**
 * Binding: joins (calendar, event) with (solution, conference), and remembers what is still to be done for it.
 *
 * The bindings with a to-do are the outbox: decided, not yet confirmed. There is at most one to-do per binding, so
 * later changes of the same event replace earlier undelivered ones. Holds ids and digests only: no title, no address.
 */
import type { Fingerprint } from './fingerprint';
import { digest } from './fingerprint';
import type { Refusal } from './refusal';

export type BindingState =
  /** Created for an event that has not been seen with it yet. */
  | 'pending'
  /** The event carries the conference. */
  | 'live'
  /** The event is gone or has dropped the conference; cancelled when the grace period is over. */
  | 'ending'
  /** The event left sight, maybe for a calendar nobody reads: it may still carry the conference, which is never ended then. */
  | 'away'
  /** The provider says the conference does not exist although the event refers to it. */
  | 'broken';

export interface ToDo {
  /**
   * `deliver`: tell the provider how the event is now. `settle`: look at the event again, then keep or end. `repair`: make a
   * new conference and put it into the event.
   */
  kind: 'deliver' | 'settle' | 'repair';
  attempts: number;
  /** Not to be tried before. Epoch milliseconds. */
  notBeforeMs: number;
  /** Since when it is wanted. Epoch milliseconds. */
  sinceMs: number;
  /** Given up for now, kept visible. */
  parked: boolean;
  /** The last attempt was told that the conference does not exist. */
  missed: boolean;
  /** The last attempt ended in an error of the add-on's own code. */
  ownFault?: true;
}

export interface Binding {
  /** Key of the calendar (calendar-key.ts), not its id. */
  calendar: string;
  eventId: string;
  solution: string;
  /** The provider's id of the conference. */
  conference: string;
  state: BindingState;
  /** What the provider was last told; '' means nothing of this event. Only the binding that drives has one. */
  delivered: Fingerprint;
  /** When the (last occurrence of the) event ends; 0 means never or unknown. Epoch milliseconds, whole minutes. */
  endsMs: number;
  /** When it was bound; the oldest binding of a conference drives it. Epoch milliseconds, whole minutes. */
  bornMs: number;
  /** For one occurrence of a bound series: the series master's event id. Such a binding is no reference. */
  series?: string;
  /** For a series: how long its rule makes an occurrence. Whole minutes. */
  lengthMs?: number;
  /** True while the row seen last was a guest's copy: the event has another organiser now. */
  guest: boolean;
  /** True until those occurrences of a series that differ from its rule have been read: no list shows them again. */
  unread?: true;
  /** For one occurrence: its series leaves it out by a date of its own (EXDATE), so no row of it says so. */
  leftOut?: true;
  /** For a series: occurrences were taken off it since somebody looked whether any is left, past or coming. */
  thinned?: true;
  /** True while a full list is read in parts, and none of them has shown the event yet. */
  unlisted?: true;
  /** For a series: how many of its changed occurrences are not followed, because there is no room. */
  unfollowed?: number;
  /** How many conferences the event was given in place of dead ones. */
  repairs?: number;
  /** True when Google put it into the event without our mark: copies cannot be told, so it is never cancelled. */
  unmarked?: true;
  /** When the provider is to be looked at, before the event begins. Epoch milliseconds, whole minutes. */
  lookMs?: number;
  /** What the provider showed otherwise than the event when it was looked at last (vendor-changes.ts). */
  differs?: string;
  /** Whose grant made the conference: a character of the list of accounts. Absent: not known, or nobody's in particular. */
  account?: string;
  /** The account that the provider did not know the conference for, although another may have made it. */
  unknownTo?: string;
  /**
   * True when its event has been out of sight: the conference may have been copied there, where nobody reads, so it is not
   * ended with the events in sight.
   */
  strayed?: true;
  /** True when its event was away for a while, nobody knows where; unless a calendar in sight shows that it was there. */
  mayHaveStrayed?: true;
  /** For an event that left its calendar without a word that it was deleted. */
  vanished?: true;
  /** True when a person wants it ended although nobody knows what became of its event. */
  endAsked?: true;
  /** For an occurrence that has the conference on its own: its series' id, where its own id does not begin with that. */
  master?: string;
  /** What the provider refused of the meeting. It has something else in its place, and is not asked again. */
  refused?: readonly Refusal[];
  todo?: ToDo;
}

/** Identity of a binding within the ledger. */
export function bindingKey(binding: Pick<Binding, 'calendar' | 'eventId' | 'solution' | 'conference'>): string {
  return `${binding.calendar}/${binding.eventId}/${binding.solution}/${binding.conference}`;
}

/** Identity of a conference across bindings. */
export function conferenceKey(binding: Pick<Binding, 'solution' | 'conference'>): string {
  return `${binding.solution}/${binding.conference}`;
}

/** A short name of the conference, for logs and pauses. */
export function conferenceName(binding: Pick<Binding, 'solution' | 'conference'>): string {
  return digest(conferenceKey(binding));
}

/** The series of an occurrence that has the conference on its own; undefined for all else, as far as ids tell. */
export function masterOf({ eventId, master }: Pick<Binding, 'eventId' | 'master'>): string | undefined {
  return master ?? seriesNamedIn(eventId);
}

/** Google adds the slot to a series' id in the ids of its occurrences. That is not promised. */
export function seriesNamedIn(eventId: string): string | undefined {
  return /^(.+)_\d{8}(?:T\d{6}Z)?$/.exec(eventId)?.[1];
}

/** Is it an event in sight that refers to this conference? Occurrences do not count: their series does. */
export function isReference(binding: Binding): boolean {
  return binding.series === undefined && binding.state !== 'ending' && binding.state !== 'away';
}

/** May the conference be shown where nobody reads: because its event is there, or was, and was copied? */
export function mayBeUnseen({ state, strayed, mayHaveStrayed }: Binding): boolean {
  return state === 'away' || strayed === true || mayHaveStrayed === true;
}

export function newToDo(kind: ToDo['kind'], nowMs: number, notBeforeMs = nowMs): ToDo {
  return { kind, attempts: 0, notBeforeMs, sinceMs: nowMs, parked: false, missed: false };
}
