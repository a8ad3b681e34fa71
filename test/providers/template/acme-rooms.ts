/**
 * Acme Rooms: what it keeps of a meeting and what not, in a sentence or two.
 *
 * Vendor: https://api.acme-rooms.example/docs
 */
import type { Meeting, Moment } from '../../../src/core/meeting';
import type { Auth, Conference } from '../../../src/ports/provider';
import { instantMs } from '../../../src/providers/instant';
import { restProvider } from '../../../src/providers/rest';

export interface AcmeRoomsOptions {
  /** https, without a slash at the end. */
  baseUrl: string;
  auth: Auth;
}

export function acmeRooms({ baseUrl, auth }: AcmeRoomsOptions) {
  return restProvider({
    baseUrl,
    auth,
    // What the vendor can be told again later. Leave out what it does not keep: a change of it then costs no request.
    keeps: ['title', 'time'],
    create: { method: 'POST', path: '/meetings', body: meetingBody, conference: readConference },
    update: { method: 'PATCH', path: (id) => `/meetings/${id}`, body: meetingBody },
    cancel: { method: 'DELETE', path: (id) => `/meetings/${id}` },
  });
}

function meetingBody({ title, start, end }: Meeting) {
  // An instant also for whole days, which begin at midnight in the zone of the calendar.
  const utc = (point: Moment) => new Date(instantMs(point)).toISOString();
  return { name: title, startsAt: utc(start), endsAt: utc(end) };
}

/** Undefined when the answer is not what it should be. */
function readConference({ id, joinUrl }: Record<string, unknown>): Conference | undefined {
  return typeof id === 'string' && typeof joinUrl === 'string' ? { id, joinUrl } : undefined;
}
