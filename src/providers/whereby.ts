/**
 * Whereby's meetings. A room cannot be changed and vanishes an hour after its end date, so it is made with a generous
 * one: it outlives an event that moves, and is deleted with it. Title and times stay in the calendar.
 *
 * Whereby: https://docs.whereby.com/reference/whereby-rest-api-reference
 */

import { momentMs } from '../core/meeting';
import { DAY_MS } from '../core/policies';
import type { HttpAnswer } from '../ports/http';
import type { Conference } from '../ports/provider';
import { jsonOf } from './answers';
import { restProvider } from './rest';

export interface WherebyOptions {
  /** Script Property with the API key. */
  scriptProperty: string;
  /** How long a room can be used, from its creation. Events further ahead outlive their room. Default 365. */
  roomDays?: number;
  /** `normal` is for up to four people. Default `group`. */
  roomMode?: 'group' | 'normal';
  /** Do guests knock, to be let in by a host? Default false. */
  isLocked?: boolean;
  /** At most 39 lower-case letters and digits before the random part of a room's name. */
  roomNamePrefix?: string;
}

export function whereby({ scriptProperty, roomDays = 365, roomMode = 'group', ...rest }: WherebyOptions) {
  return restProvider({
    baseUrl: 'https://api.whereby.dev/v1',
    auth: { kind: 'bearer', scriptProperty },
    keeps: [],
    create: {
      method: 'POST',
      path: '/meetings',
      body: ({ start }) => ({
        endDate: new Date(momentMs(start) + roomDays * DAY_MS).toISOString(),
        roomMode,
        ...rest,
      }),
      conference: readConference,
    },
    // Answers 204 for what is deleted already.
    cancel: { method: 'DELETE', path: (id) => `/meetings/${id}` },
    meaning,
  });
}

/** No `hostRoomUrl` is asked for: whoever has it is a host, and a link on an event is everybody's. */
function readConference({ meetingId, roomUrl }: Record<string, unknown>): Conference | undefined {
  return typeof meetingId === 'string' && typeof roomUrl === 'string' ? { id: meetingId, joinUrl: roomUrl } : undefined;
}

/** How long to wait stands in the body. */
function meaning(answer: HttpAnswer) {
  if (answer.status !== 429 || answer.headers['retry-after'] !== undefined) return undefined;
  const msLeft = (jsonOf(answer) as { data?: { msLeft?: unknown } } | undefined)?.data?.msLeft;
  return typeof msLeft === 'number' ? { kind: 'limited' as const, retryAfterMs: msLeft } : undefined;
}
