/** What Microsoft Graph's answers mean, and of a meeting only what guests may know. */
import { isJoinLink } from '../core/join-link';
import type { HttpAnswer } from '../ports/http';
import type { Conference, PhoneNumber } from '../ports/provider';
import { type Failure, failureOf, jsonOf } from './answers';

/** Codes that say more than the status they come with, as the status that would say it. Graph: /graph/errors. */
const STATUS_OF: Readonly<Record<string, number>> = {
  activitylimitreached: 429,
  throttledrequest: 429,
  toomanyrequests: 429,
  unauthenticated: 401,
  servicenotavailable: 503,
  servicereadonly: 503,
  resourcebeingprovisioned: 503,
};
const MAX_CODE_CHARS = 30;
const MAX_REQUEST_ID_CHARS = 36;

/**
 * The outcome of an answer that is no success. `code` carries the id by which Microsoft finds the request. A 404 that is
 * not Graph's own proves nothing about a meeting.
 */
export function graphFailure(answer: HttpAnswer): Failure {
  const usual = failureOf(answer);
  const error = recordOf(recordOf(jsonOf(answer))?.error);
  if (usual.kind === 'gone') return error === undefined ? { kind: 'unavailable' } : usual;
  if (usual.kind !== 'refused') return usual;
  const codes = codesOf(error);
  const telling = codes.map((code) => STATUS_OF[code.toLowerCase()]).find((status) => status !== undefined);
  if (telling !== undefined) return failureOf({ ...answer, status: telling });
  // People are told that they lack a permission or a licence, which no request id helps with.
  if (answer.status === 403) return usual;
  const requestId = textOf(innerOf(error)?.['request-id'] ?? answer.headers['request-id']);
  const words = [wordOf(codes[0] ?? '', MAX_CODE_CHARS), wordOf(requestId, MAX_REQUEST_ID_CHARS)];
  const code = ['graph', answer.status, ...words.filter((word) => word !== '')].join('-');
  // A conflict, or a precondition, is about no field.
  return { kind: 'refused', code, ...(answer.status !== 400 && answer.status !== 422 && { of: [] }) };
}

/** Undefined when the answer is no meeting. */
export function readConference(json: unknown, caveats: readonly string[]): Conference | undefined {
  const { id, joinWebUrl, joinMeetingIdSettings, audioConferencing } = recordOf(json) ?? {};
  if (typeof id !== 'string' || id === '' || !isJoinLink(joinWebUrl) || !/\/\/[^/]+\/./.test(joinWebUrl))
    return undefined;
  const { joinMeetingId, passcode } = recordOf(joinMeetingIdSettings) ?? {};
  const audio = recordOf(audioConferencing) ?? {};
  const phones = phonesOf(audio);
  const byPhone = phones.length > 0 ? byPhoneOf(audio) : '';
  const notes = [...caveats, byPhone].filter((note) => note !== '').join(' ');
  return {
    id,
    joinUrl: textOf(joinWebUrl),
    ...(textOf(joinMeetingId) && { meetingCode: textOf(joinMeetingId) }),
    ...(textOf(passcode) && { passcode: textOf(passcode) }),
    ...(phones.length > 0 && { phones }),
    ...(notes && { notes }),
  };
}

/** Names of the attendees; undefined when the answer is no meeting. */
export function readAttendees(json: unknown): string[] | undefined {
  const { id, participants } = recordOf(json) ?? {};
  if (typeof id !== 'string') return undefined;
  const attendees = recordOf(participants)?.attendees;
  return (Array.isArray(attendees) ? attendees : []).map((one) => textOf(recordOf(one)?.upn));
}

function phonesOf(audio: Record<string, unknown>): PhoneNumber[] {
  const { conferenceId, tollNumber, tollNumbers, tollFreeNumber, tollFreeNumbers } = audio;
  const all = [tollNumber, tollNumbers, tollFreeNumber, tollFreeNumbers].flat().map(textOf);
  const pin = textOf(conferenceId);
  return [...new Set(all)].filter((number) => number !== '').map((number) => ({ number, ...(pin && { pin }) }));
}

function byPhoneOf({ conferenceId, dialinUrl }: Record<string, unknown>): string {
  const code = textOf(conferenceId) && `conference ID ${textOf(conferenceId)}`;
  const numbers = /^https:\/\/\S+$/.test(textOf(dialinUrl)) ? `local numbers at ${textOf(dialinUrl)}` : '';
  const words = [code, numbers].filter((word) => word !== '').join(', ');
  return words && `By phone: ${words}.`;
}

/** The most detailed first. */
function codesOf(error: Record<string, unknown> | undefined): string[] {
  if (error === undefined) return [];
  const { code } = error;
  return [...codesOf(innerOf(error)), ...(typeof code === 'string' ? [code] : [])];
}

/** Graph writes it in both ways. */
function innerOf(error: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  return recordOf(error?.innerError ?? error?.innererror);
}

function wordOf(text: string, maxChars: number): string {
  return text.replace(/[^\w-]/g, '').slice(0, maxChars);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
