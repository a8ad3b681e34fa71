/** What a simulated day is made of: its people, their events as they and as the checks know them, its conference service. */

import type { Draft } from '../editor/draft';
import type { Place } from '../editor/grid';
import type { Person } from '../editor/person';
import type { Refusals } from '../vendors/refusals';
import type { World } from '../whole-world';
import type { Random } from '../world/random';

export interface Player {
  person: Person;
  /** Uses the add-on; the others never choose its conference. */
  hasAddOn: boolean;
  zone: string;
  /** Calendars this person may write to. */
  calendars: string[];
}

/** An event somebody made, wherever it may be now. */
export interface KnownEvent extends Place {
  owner: Player;
  isDeleted: boolean;
  /** A series whose every occurrence was taken off: nobody sees it any more. */
  isEmpty?: boolean;
}

export interface Day {
  seed: string;
  world: World;
  random: Random;
  players: Player[];
  events: KnownEvent[];
  drafts: Array<{ owner: Player; draft: Draft }>;
  solution: string;
  service: Service;
  /** Conferences whose event was moved to a calendar that nobody had the add-on watch: what becomes of them is unseen. */
  outOfSight: Set<string>;
  /** Conferences that stood in a property that was damaged: one whose event went before all was read anew is unknown. */
  forgotten: Set<string>;
  /** Where events are now that went there before an add-on could read them where they were made. */
  unseen: Set<string>;
  /** By where an event is: the conferences that it and its occurrences have, or had before they were changed. */
  carried: Map<string, Set<string>>;
  /** Where events are whose create told nobody of a conference: the service may have made one, or be asked for it again. */
  failedCreates: Set<string>;
  /** By the event that had such a create: what the service made for it, and told nobody of. */
  madeUntold: Map<string, string[]>;
  /** How many of these moved out of sight. What was made for them, nobody can know to be without an event. */
  failedOutOfSight: number;
  /** Conferences that their host changed on the service's own pages. */
  changedAtVendor: Set<string>;
  /** As whom people were connected at the service, and since which entry of the trace; oldest first. */
  signIns: Array<{ seq: number; user: string; account: string }>;
  /** Told whenever time has passed within a deed. */
  onPause(): void;
}

export interface EventTime {
  dateTime?: string;
  timeZone?: string;
  date?: string;
}

/** An event as a list returns it, cut to what the oracle reads. */
export interface OracleEvent {
  id: string;
  status: string;
  calendarId: string;
  summary?: string;
  description?: string;
  visibility?: string;
  start: EventTime;
  end: EventTime;
  recurrence?: string[];
  /** A series of which no occurrence is left, past or coming: it has ended, although its row is there. */
  isEmpty?: boolean;
  recurringEventId?: string;
  originalStartTime?: EventTime;
  organizer?: { email?: string; self?: boolean };
  attendees?: Array<{ email: string }>;
  conferenceData?: { conferenceId?: string; conferenceSolution?: { key?: { type?: string } } };
}

export interface Conference {
  /** As the event's conferenceData has it. */
  id: string;
  madeMs: number;
  /** What is not as this event has it, among what the service can have of it. */
  differences(event: OracleEvent, rows: readonly OracleEvent[], day: Day): string[];
}

export interface Service {
  /** Where its API stands; what goes wrong with it goes wrong there. */
  host: string;
  /** The same create, sent again, gives the same conference. Elsewhere one that was disturbed may leave a stray one. */
  repeatsCreates: boolean;
  /** People connect accounts of their own there: where, and which account a conference is of. */
  people?: { consentAt: string; ownerOf(conferenceId: string): string | undefined };
  /** What it refuses besides, from some hour of the day on; where its imitation can. */
  refusals?: Refusals;
  /** What a host may do on its own pages, of what an add-on can find out. `moves`: also another start. */
  hostDoes?: { moves: boolean; changes(conferenceId: string, change: { title?: string; startMs?: number }): void };
  /** Those that can be joined now. Undefined: the service keeps none, whoever has a link is in a room. */
  conferences(): Conference[] | undefined;
}
