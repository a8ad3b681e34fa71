/** Meetings to tell a provider of, on a Monday morning in Zurich. */
import type { Meeting, MeetingField, Moment, Occurrence } from '../../src/core/meeting';

export const NOW = '2026-03-02T08:00:00Z';

/** March 2026, before the clocks change: Zurich is one hour ahead. */
export function zurich(day: number, hour: number, minute = 0): Moment {
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    ms: Date.UTC(2026, 2, day, hour - 1, minute),
    local: `2026-03-${two(day)}T${two(hour)}:${two(minute)}:00`,
    timeZone: 'Europe/Zurich',
  };
}

export const MEETING: Meeting = {
  title: 'Plan',
  description: 'What comes next',
  start: zurich(3, 10),
  end: zurich(3, 11),
  recurrence: [],
  guests: [{ email: 'ben@example.com', optional: false }],
};

export const SERIES: Meeting = { ...MEETING, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'] };

/** Whole days that begin at half past six the evening before, in UTC; the series from its first day on, and a week later. */
const kolkata = (date: string): Moment => ({ date, timeZone: 'Asia/Kolkata' });
export const DAYS: Meeting = { ...SERIES, start: kolkata('2026-03-03'), end: kolkata('2026-03-04') };
export const LATER_DAYS: Meeting = { ...SERIES, start: kolkata('2026-03-10'), end: kolkata('2026-03-11') };
/** The first of DAYS has begun, and its date in UTC has not. */
export const DAYS_BEGUN_MS = Date.parse('2026-03-02T20:00:00Z');

/** A whole day in a zone that is hours behind UTC: it begins at eight in the morning there, and the next one too. */
const losAngeles = (date: string): Moment => ({ date, timeZone: 'America/Los_Angeles' });
export const WHOLE_DAY: Meeting = { ...MEETING, start: losAngeles('2026-12-05'), end: losAngeles('2026-12-06') };
export const WHOLE_DAY_MS: readonly [beginMs: number, endMs: number] = [
  Date.parse('2026-12-05T08:00:00Z'),
  Date.parse('2026-12-06T08:00:00Z'),
];

/** One change of each field. */
export const CHANGES: Readonly<Record<MeetingField, Partial<Meeting>>> = {
  title: { title: 'Another plan' },
  description: { description: 'What came before' },
  time: { start: zurich(4, 14), end: zurich(4, 15, 30) },
  recurrence: { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] },
  guests: { guests: [{ email: 'cleo@example.com', optional: true }] },
};

/** The second and third Tuesday of SERIES. */
export const MOVED: Occurrence = { slot: '2026-03-10T09:00:00Z', time: { start: zurich(11, 16), end: zurich(11, 17) } };
export const CANCELLED: Occurrence = { slot: '2026-03-17T09:00:00Z' };

/** From half past two, the second time that hour comes in Zurich in 2026, and the first. Both end at half past three. */
const end: Moment = { ms: Date.parse('2026-10-25T02:30:00Z'), local: '2026-10-25T03:30:00', timeZone: 'Europe/Zurich' };
const start = { ms: Date.parse('2026-10-25T01:30:00Z'), local: '2026-10-25T02:30:00', timeZone: 'Europe/Zurich' };
export const SECOND_TIME: Meeting = { ...MEETING, start, end };
export const FIRST_TIME: Meeting = { ...MEETING, start: { ...start, ms: Date.parse('2026-10-25T00:30:00Z') }, end };
