/** What the card of one event tells: its conferences of ours, and how each of them stands. */
import type { MeetingField } from '../core/meeting';
import type { Refusable } from '../core/refusal';

export interface EventPlace {
  calendarId: string;
  eventId: string;
  /** For an occurrence: the event id of its series. */
  seriesId?: string;
}

export interface EventConference {
  solution: string;
  /**
   * `waits-for-save`: the event has not been seen with it yet. `leaves`: the event dropped it, and it ends soon.
   * `is-replaced`: the service has lost it, and the event is given another. `elsewhere`: nobody can tell from here.
   */
  state: 'in-step' | 'waits-for-save' | 'leaves' | 'broken' | 'is-replaced' | 'elsewhere';
  /** The event belongs to somebody else, who keeps the conference in step. */
  isGuests: boolean;
  /** What of it waits for the person's consent: reading the event, or telling the service. */
  held?: 'reading' | 'telling';
  /** When its calendar was last read, if that is too long ago to know how it stands. Epoch milliseconds. */
  unreadSinceMs?: number;
  /** How many of its changed occurrences are not followed, for want of room. */
  unfollowed?: number;
  /** A change that is decided and not confirmed. */
  change?: {
    sinceMs: number;
    /** Why it was set aside: the service said no, or never gave a usable answer, or our own code failed. */
    setAside?: 'refused' | 'no-answer' | 'own-fault';
    attempts: number;
  };
  /**
   * The service did not know the conference: as an account that did not make it (`another`), or one of which that is not known
   * (`untold`).
   */
  unknown?: { whose: 'another' | 'untold' };
  /** The account of the person's that the service is asked as, as they know it. */
  account?: string;
  /**
   * What the service shows otherwise than the event, as was seen a moment ago: these fields, or that it has no such meeting.
   * What becomes of it: the event's own is on its way there, a person is asked, or a sync is running and nobody knows yet.
   */
  atVendor?: { fields: ReadonlySet<MeetingField>; then: 'told-again' | 'asks' | 'later' } | 'gone';
  /** Why the service is left alone now. `unconnected`: it does not take this person's own grant. */
  pause?: { reason: 'limited' | 'unavailable' | 'unauthorised' | 'unconnected'; untilMs: number };
  /** What of the event the service keeps in step. */
  keeps: ReadonlySet<MeetingField>;
  /**
   * What the service cannot show of this meeting, in sentences. Undefined: the event could not be read. `own-fault`: our own
   * code failed to say.
   */
  caveats?: readonly string[] | 'own-fault';
  /** What the service refused, and its reason; it has something else in its place. */
  refused?: ReadonlyArray<{ field: Refusable; code: string }>;
  isSeries?: boolean;
  /** `private`: title, description and guests are kept from the service. `guests`: Google does not show all of them. */
  withheld?: 'private' | 'guests';
}

/** A conference of ours that the event shows, and that nobody's memory here knows. */
export interface UnfollowedConference {
  solution: string;
  /** Made by this person; else by another one who has the add-on. */
  isOwn: boolean;
}
