/** What Zoom's answers mean: its own error codes before the status, and of a meeting only what guests may know. */
import { isJoinLink } from '../core/join-link';
import type { Refusable } from '../core/refusal';
import type { HttpAnswer } from '../ports/http';
import type { Conference, PhoneNumber } from '../ports/provider';
import { type Failure, failureOf, jsonOf } from './answers';

const EXPIRED_GRANT = 124;
const NO_SUCH_MEETING = 3001;
/** No such user, not of this account, not the host, no webinar, not allowed to schedule: no field of a meeting helps. */
const NOT_OF_A_FIELD = [1001, 1010, 3000, 3003, 3161];
const REFUSABLE_OF: Readonly<Record<string, Refusable>> = {
  topic: 'title',
  agenda: 'description',
  timezone: 'zone',
  recurrence: 'recurrence',
};

/**
 * The outcome of an answer that is no success. Only Zoom's own code proves that a meeting is gone: a 404 also means an
 * unknown host, or a page that stands in for Zoom.
 */
export function zoomFailure(answer: HttpAnswer): Failure {
  const usual = failureOf(answer);
  if (usual.kind === 'limited') return isDaily(answer) ? { ...usual, daily: true } : usual;
  if (usual.kind === 'unavailable' || usual.kind === 'unauthorised') return usual;
  const code = recordOf(jsonOf(answer))?.code;
  if (typeof code !== 'number') return usual.kind === 'gone' ? { kind: 'unavailable' } : usual;
  if (code === EXPIRED_GRANT) return { kind: 'unauthorised' };
  if (code === NO_SUCH_MEETING) return { kind: 'gone' };
  const of = NOT_OF_A_FIELD.includes(code) ? [] : fieldsIn(recordOf(jsonOf(answer))?.errors);
  return { kind: 'refused', code: `zoom-${code}`, ...(of !== undefined && { of }) };
}

/** `errors` names fields, as `recurrence.end_times`. Undefined unless each of them is known. */
function fieldsIn(errors: unknown): Refusable[] | undefined {
  const names = (Array.isArray(errors) ? errors : []).map((one) => textOf(recordOf(one)?.field).split('.')[0] ?? '');
  const fields = names.flatMap((name) => REFUSABLE_OF[name] ?? []);
  return fields.length > 0 && fields.length === names.length ? [...new Set(fields)] : undefined;
}

/** Which limit it was stands in a header, or only in the sentence. */
function isDaily(answer: HttpAnswer): boolean {
  return /daily/i.test(`${answer.headers['x-ratelimit-type'] ?? ''} ${answer.text}`);
}

/** Undefined when the answer is no meeting. */
export function readConference(json: unknown, caveats: readonly string[]): Conference | undefined {
  const { id, join_url, password, pstn_password, settings } = recordOf(json) ?? {};
  if (typeof id !== 'number' || !isJoinLink(join_url)) return undefined;
  const phonePasscode = textOf(pstn_password);
  const phones = phonesOf(recordOf(settings)?.global_dial_in_numbers, phonePasscode);
  const byPhone = `By phone: meeting ID ${id}${phonePasscode && `, passcode ${phonePasscode}`}.`;
  const notes = [...caveats, ...(phones.length > 0 ? [byPhone] : [])].join(' ');
  return {
    id: String(id),
    joinUrl: join_url,
    meetingCode: String(id),
    ...(textOf(password) && { passcode: textOf(password) }),
    ...(phones.length > 0 && { phones }),
    ...(notes && { notes }),
  };
}

/** Addresses of the invitees; undefined when the answer is no meeting. */
export function readInvitees(json: unknown): string[] | undefined {
  const { id, settings } = recordOf(json) ?? {};
  if (typeof id !== 'number') return undefined;
  const invitees = recordOf(settings)?.meeting_invitees;
  return (Array.isArray(invitees) ? invitees : []).map((one) => textOf(recordOf(one)?.email));
}

export interface ZoomOccurrence {
  occurrence_id: string;
  startMs: number;
  deleted: boolean;
}

export interface ZoomSeries {
  type: number;
  timezone: string;
  occurrences: ZoomOccurrence[];
}

/** The type of a meeting, its zone and its occurrences; undefined when the answer is no meeting. */
export function readOccurrences(json: unknown): ZoomSeries | undefined {
  const { type, timezone, occurrences } = recordOf(json) ?? {};
  if (typeof type !== 'number') return undefined;
  const listed = (Array.isArray(occurrences) ? occurrences : []).map(recordOf).flatMap((one) =>
    typeof one?.occurrence_id !== 'string'
      ? []
      : [
          {
            occurrence_id: one.occurrence_id,
            startMs: Date.parse(textOf(one.start_time)),
            deleted: one.status === 'deleted',
          },
        ],
  );
  return { type, timezone: textOf(timezone), occurrences: listed };
}

function phonesOf(numbers: unknown, pin: string): PhoneNumber[] {
  return (Array.isArray(numbers) ? numbers : []).map(recordOf).flatMap((one) => {
    const number = textOf(one?.number);
    const region = textOf(one?.country);
    return number === '' ? [] : [{ number, ...(region && { region }), ...(pin && { pin }) }];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
