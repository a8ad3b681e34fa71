/** What a conference is: the stored record, and the resource that clients are shown. */

/** An instant with the zone it is meant in, or a whole day. As clients sent it; never normalised. */
export type Moment = { dateTime: string; timeZone?: string } | { date: string };

export type OccurrenceChange = { status: 'moved'; start: Moment; end: Moment } | { status: 'cancelled' };

export interface DialIn {
  /** E.164. */
  number: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  pin: string;
}

/** What clients decide. `null`: not set. */
export interface ConferenceFields {
  title: string;
  description: string | null;
  /** Both null: the conference is there, but nobody has said when. */
  start: Moment | null;
  end: Moment | null;
  /** RRULE, EXRULE, RDATE and EXDATE lines of iCalendar. */
  recurrence: string[];
  passcode: string | null;
  lobby: boolean;
  /** Addresses, as sent. */
  invitees: string[];
}

export interface ConferenceRecord extends ConferenceFields {
  id: string;
  account: string;
  status: 'scheduled' | 'cancelled';
  /** 1 at first; one more with each real change. */
  version: number;
  joinUrl: string;
  dialIn: DialIn[];
  /** By original start: an instant in UTC (`2026-03-09T09:00:00Z`) or a date. */
  occurrences: Record<string, OccurrenceChange>;
  createdMs: number;
  updatedMs: number;
}

/** The resource of the API for a record. */
export function resourceOf(record: ConferenceRecord) {
  const { account: _, occurrences, createdMs, updatedMs, ...rest } = record;
  const changed = Object.entries(occurrences).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...rest,
    occurrences: changed.map(([originalStart, change]) => ({ originalStart, ...change })),
    created: new Date(createdMs).toISOString(),
    updated: new Date(updatedMs).toISOString(),
  };
}

/** The stored fields alone, for comparing what was with what is asked for. */
export function fieldsOf(record: ConferenceRecord): ConferenceFields {
  const { title, description, start, end, recurrence, passcode, lobby, invitees } = record;
  return { title, description, start, end, recurrence, passcode, lobby, invitees };
}
