/**
 * A meeting in Teams' terms: instants in UTC, start and end always together, attendees always all of them.
 * Microsoft: https://learn.microsoft.com/graph/api/onlinemeeting-createorget and …/onlinemeeting-update
 */
import type { Meeting, MeetingField } from '../core/meeting';
import { HOUR_MS } from '../core/policies';
import { instantMs } from './instant';
import { asKept, type Comparison, minuteOf } from './shown';

export interface TeamsAttendee {
  /** User principal name: in most organisations the address. */
  upn: string;
  role?: 'coorganizer';
}

export interface TeamsChanges {
  subject?: string;
  startDateTime?: string;
  endDateTime?: string;
  participants?: { attendees: TeamsAttendee[] };
}

export interface TeamsCreate extends TeamsChanges {
  externalId: string;
}

/** Microsoft: "Teams meetings have a time limit of 30 hours" (Limits and specifications for Microsoft Teams). */
const MAX_HOURS = 30;

export function createBody(
  meeting: Meeting,
  externalId: string,
  keeps: readonly MeetingField[],
  coOrganizers: readonly string[],
): TeamsCreate {
  return { externalId, ...changesOf(meeting, keeps, coOrganizers) };
}

export function changesOf(
  meeting: Meeting,
  fields: readonly MeetingField[],
  coOrganizers: readonly string[],
): TeamsChanges {
  return {
    ...(fields.includes('title') && { subject: meeting.title }),
    ...(fields.includes('time') && timesOf(meeting)),
    ...(fields.includes('guests') && { participants: { attendees: attendeesOf(meeting, coOrganizers) } }),
  };
}

/** What Teams shows of a meeting beside what it would be told; undefined when the answer is none. Guests are left to Teams. */
export function compareTeams(meeting: Meeting, json: unknown): Comparison | undefined {
  const { subject, startDateTime, endDateTime } = (json ?? {}) as Record<string, unknown>;
  if (minuteOf(startDateTime) === undefined) return undefined;
  const told = timesOf(meeting);
  return {
    title: [asKept(meeting.title), asKept(subject)],
    time: [
      [minuteOf(told.startDateTime), minuteOf(told.endDateTime)],
      [minuteOf(startDateTime), minuteOf(endDateTime)],
    ],
  };
}

/** What Teams does not have of a meeting, in sentences for people. */
export function teamsCaveats(meeting: Meeting): string[] {
  return [
    ...(meeting.recurrence.length > 0
      ? ['Teams has the series as one meeting, at its first date; the link serves all of them.']
      : []),
    ...(instantMs(meeting.end) - instantMs(meeting.start) > MAX_HOURS * HOUR_MS
      ? [`Teams ends a meeting after ${MAX_HOURS} hours.`]
      : []),
  ];
}

function timesOf({ start, end }: Meeting): Required<Pick<TeamsChanges, 'startDateTime' | 'endDateTime'>> {
  const startMs = instantMs(start);
  const endMs = Math.min(instantMs(end), startMs + MAX_HOURS * HOUR_MS);
  return { startDateTime: utc(startMs), endDateTime: utc(endMs) };
}

function attendeesOf({ guests }: Meeting, coOrganizers: readonly string[]): TeamsAttendee[] {
  return guests.map(({ email }) => ({ upn: email, ...(coOrganizers.includes(email) && { role: 'coorganizer' }) }));
}

function utc(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
