/**
 * A meeting: what a provider may be told about an event, in no vendor's terms.
 *
 * Projected from a row; carries only the fields that some provider can keep. Private events show their time only,
 * unless the operator decided otherwise.
 *
 * A field that a whole row does not have is empty: Google leaves empty fields out. A field that is not told (`untold`) is
 * left as the provider has it. What no provider keeps is not asked of Google, and no provider is told of it.
 */
import type { Row, RowTime } from './row';
import { localTimeIn } from './zone';

/** A point in time as a person entered it. */
export type Moment =
  | {
      /** Epoch milliseconds. */
      ms: number;
      /** yyyy-mm-ddThh:mm:ss in `timeZone`. */
      local: string;
      /** IANA zone. */
      timeZone: string;
    }
  | {
      /** yyyy-mm-dd: all-day. The end date is exclusive, as Google's. */
      date: string;
      /** Zone of the calendar, for providers that know no all-day meetings. */
      timeZone: string;
    };

export interface Guest {
  email: string;
  optional: boolean;
}

export interface Meeting {
  title: string;
  description: string;
  start: Moment;
  end: Moment;
  /**
   * RRULE, RDATE, EXRULE and EXDATE lines of a series master; empty for a single event. A provider that keeps occurrences is
   * told of dates left out (EXDATE) as cancelled occurrences, and finds no such line here.
   */
  recurrence: string[];
  guests: Guest[];
  /**
   * Fields that the row does not tell: whatever stands for them here, the provider keeps what it has. Guests that are shown
   * all the same are added, and nobody is taken away. Left out: everything is told.
   */
  untold?: readonly MeetingField[];
  /** A series whose times the provider refuses: `recurrence` is empty then, and there is one link for whenever people meet. */
  withoutFixedTime?: true;
}

/** One occurrence of a series that differs from the rule. */
export interface Occurrence {
  /** The slot in the rule: UTC instant (…Z) or date. */
  slot: string;
  /** IANA zone in which a slot that is a date begins, for providers that know instants only. Left out for an instant. */
  timeZone?: string;
  /** Absent: the occurrence is cancelled. */
  time?: { start: Moment; end: Moment };
}

/** The fields a provider can be told about, in the order of the fingerprint. Start, end and zone are one. */
export const MEETING_FIELDS = ['title', 'description', 'time', 'recurrence', 'guests'] as const;
export type MeetingField = (typeof MEETING_FIELDS)[number];

export interface ProjectionRules {
  /** What a private or confidential event shows of itself. */
  privateEvents: 'time-only' | 'all';
  /** Stands in for a title that is missing or not to be shown. */
  placeholderTitle: string;
}

/**
 * Nothing that could be seen: white space, control characters, and what leaves no mark (zero-width spaces, fillers, the
 * empty Braille pattern). Services refuse titles of these, as they refuse empty ones.
 */
const UNSEEN = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/**
 * What a private or confidential event keeps to itself: its title and description are withdrawn. Its guests are not told
 * any more, but nobody who was invited is taken off: that would tell more than it hides.
 */
export function isHidden({ visibility }: Pick<Row, 'visibility'>, { privateEvents }: ProjectionRules): boolean {
  return privateEvents === 'time-only' && (visibility === 'private' || visibility === 'confidential');
}

/**
 * @param calendarZone IANA zone of the calendar, used where the row names none.
 * @returns undefined when the row has no usable time (a stub).
 */
export function projectMeeting(row: Row, calendarZone: string, rules: ProjectionRules): Meeting | undefined {
  const start = moment(row.start, calendarZone);
  const end = moment(row.end, calendarZone);
  if (start === undefined || end === undefined) return undefined;
  const hidden = isHidden(row, rules);
  const untold = untoldBy(row, hidden);
  return {
    title: (hidden ? '' : titleOf(row)) || rules.placeholderTitle,
    description: (hidden ? undefined : row.description) ?? '',
    start,
    end,
    recurrence: row.recurrence ?? [],
    guests: hidden ? [] : guestsOf(row),
    ...(untold.length > 0 && { untold }),
  };
}

function titleOf({ summary = '' }: Row): string {
  return UNSEEN.test(summary) ? '' : summary.trim();
}

/** A row that does not show who organises the event is not shown whole to this reader: what it lacks is not empty. */
function untoldBy(row: Row, hidden: boolean): MeetingField[] {
  const isPart = row.organizer === undefined;
  const lacks = (value: unknown) => isPart && value === undefined;
  const isUntold: Readonly<Record<MeetingField, boolean>> = {
    title: !hidden && lacks(row.summary),
    description: !hidden && lacks(row.description),
    time: false,
    recurrence: lacks(row.recurrence),
    guests: hidden || row.attendeesOmitted === true || lacks(row.attendees),
  };
  return MEETING_FIELDS.filter((field) => isUntold[field]);
}

export function projectOccurrence(row: Row, calendarZone: string): Occurrence | undefined {
  const original = row.originalStartTime;
  const slot = original?.date ?? instantText(original?.dateTime);
  if (slot === undefined) return undefined;
  const days =
    original?.date === undefined ? {} : { timeZone: original.timeZone ?? row.start?.timeZone ?? calendarZone };
  if (row.status === 'cancelled') return { slot, ...days };
  const start = moment(row.start, calendarZone);
  const end = moment(row.end, calendarZone);
  return start !== undefined && end !== undefined ? { slot, ...days, time: { start, end } } : undefined;
}

/** Epoch milliseconds; an all-day moment counts as its UTC midnight. */
export function momentMs(point: Moment): number {
  return 'ms' in point ? point.ms : Date.parse(`${point.date}T00:00:00Z`);
}

function moment(time: RowTime | undefined, calendarZone: string): Moment | undefined {
  if (time?.date !== undefined) return { date: time.date, timeZone: time.timeZone ?? calendarZone };
  if (time?.dateTime === undefined) return undefined;
  const ms = Date.parse(time.dateTime);
  if (Number.isNaN(ms)) return undefined;
  const wanted = time.timeZone ?? calendarZone;
  const local = localTimeIn(wanted, ms);
  return local !== undefined
    ? { ms, local, timeZone: wanted }
    : { ms, local: new Date(ms).toISOString().slice(0, 19), timeZone: 'UTC' };
}

function instantText(dateTime: string | undefined): string | undefined {
  const ms = dateTime === undefined ? Number.NaN : Date.parse(dateTime);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace('.000Z', 'Z');
}

function guestsOf(row: Row): Guest[] {
  return (row.attendees ?? [])
    .filter((person) => person.email !== undefined && person.resource !== true)
    .map((person) => ({ email: (person.email as string).toLowerCase(), optional: person.optional === true }))
    .sort((a, b) => (a.email < b.email ? -1 : 1));
}
