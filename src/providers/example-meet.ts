/** The sample vendor's API (https://meet.example.com/openapi.json), as a pattern for others. */
import type { Meeting, Moment, Occurrence } from '../core/meeting';
import { exactLocalTime } from '../core/zone';
import type { Auth, Conference } from '../ports/provider';
import { cut } from './plain-text';
import { restProvider } from './rest';
import type { Comparison } from './shown';

/** The vendor's longest title. */
const MAX_TITLE_CHARS = 200;

export function exampleMeet(options: { baseUrl: string; auth: Auth }) {
  return restProvider({
    ...options,
    keeps: ['title', 'time', 'recurrence'],
    idempotencyHeader: 'Idempotency-Key',
    create: {
      method: 'POST',
      path: '/conferences',
      body: (meeting) => meetingBody(meeting),
      conference: readConference,
    },
    update: {
      method: 'PATCH',
      path: (id) => `/conferences/${id}`,
      body: (meeting, fields) => {
        const { title, ...schedule } = meetingBody(meeting);
        // Start, end and recurrence belong together: a rule is read from its start.
        const isRescheduled = fields.some((field) => field !== 'title');
        return { ...(fields.includes('title') && { title }), ...(isRescheduled && schedule) };
      },
    },
    updateOccurrence: {
      method: 'PUT',
      path: (id, slot) => `/conferences/${id}/occurrences/${slot}`,
      body: occurrenceBody,
    },
    cancel: { method: 'DELETE', path: (id) => `/conferences/${id}` },
    read: { path: (id) => `/conferences/${id}`, compare, alsoInUpdates: true },
  });
}

function meetingBody(meeting: Meeting) {
  return {
    title: cut(meeting.title, MAX_TITLE_CHARS),
    start: momentBody(meeting.start),
    end: momentBody(meeting.end),
    recurrence: meeting.recurrence,
  };
}

/** The service keeps what it is sent as it is. */
function compare(shown: Record<string, unknown>, meeting: Meeting): Comparison | undefined {
  if (typeof shown.title !== 'string') return undefined;
  const { title, start, end, recurrence } = meetingBody(meeting);
  return {
    title: [title, shown.title],
    time: [[start, end].map(timeIn), [shown.start, shown.end].map(timeIn)],
    recurrence: [recurrence, shown.recurrence],
  };
}

function timeIn(moment: unknown): string {
  const { date, dateTime, timeZone } = (moment ?? {}) as Record<string, unknown>;
  return String(date ?? `${dateTime} ${timeZone}`);
}

function occurrenceBody({ time }: Occurrence) {
  return time === undefined ? { status: 'cancelled' } : { start: momentBody(time.start), end: momentBody(time.end) };
}

/** Local time, because a rule is read in it. */
function momentBody(point: Moment) {
  if ('date' in point) return { date: point.date };
  const { timeZone, ms, local } = point;
  return { dateTime: exactLocalTime(timeZone, ms, local), timeZone };
}

function readConference(answer: Record<string, unknown>): Conference | undefined {
  const { id, joinUrl, passcode, dialIn } = answer;
  if (typeof id !== 'string' || typeof joinUrl !== 'string') return undefined;
  const phones = Array.isArray(dialIn) ? (dialIn as Array<{ number: string; country?: string; pin?: string }>) : [];
  return {
    id,
    joinUrl,
    meetingCode: id,
    ...(typeof passcode === 'string' && { passcode }),
    phones: phones.map(({ number, country, pin }) => ({
      number,
      ...(country && { region: country }),
      ...(pin && { pin }),
    })),
  };
}
