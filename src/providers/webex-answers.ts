/** What Webex's answers mean, and of a meeting only what guests may know. */
import { isJoinLink } from '../core/join-link';
import type { Refusable } from '../core/refusal';
import type { HttpAnswer } from '../ports/http';
import type { Conference } from '../ports/provider';
import { type Failure, failureOf, jsonOf } from './answers';

const REFUSABLE_OF: Readonly<Record<string, Refusable>> = {
  title: 'title',
  agenda: 'description',
  timezone: 'zone',
  recurrence: 'recurrence',
};

/**
 * The outcome of an answer that is no success. `code` carries the id by which Cisco finds the request. A 404 that is not
 * Webex's own proves nothing about a meeting.
 */
export function webexFailure(answer: HttpAnswer): Failure {
  const usual = failureOf(answer);
  const own = recordOf(jsonOf(answer));
  if (usual.kind === 'gone') return own === undefined ? { kind: 'unavailable' } : usual;
  if (usual.kind !== 'refused') return usual;
  const tracking = textOf(own?.trackingId ?? answer.headers.trackingid).replace(/[^\w-]/g, '');
  const code = `webex-${answer.status}${tracking && `-${tracking.slice(0, 60)}`}`;
  // Only "Bad Request" is about what was told.
  const of = answer.status === 400 ? fieldsIn(own) : [];
  return { kind: 'refused', code, ...(of !== undefined && { of }) };
}

/**
 * Webex says in a sentence what is wrong, in the API's own names. Which sentences there are is not documented: a name that
 * stands in one is tried first, and nothing rests on it.
 */
function fieldsIn(body: Record<string, unknown> | undefined): Refusable[] | undefined {
  const errors = Array.isArray(body?.errors) ? body.errors.map((one) => textOf(recordOf(one)?.description)) : [];
  const said = [textOf(body?.message), ...errors].join(' ');
  const named = Object.entries(REFUSABLE_OF).flatMap(([name, field]) =>
    new RegExp(`\\b${name}\\b`).test(said) ? [field] : [],
  );
  return named.length > 0 ? named : undefined;
}

/** Undefined when the answer is no meeting. */
export function readConference(json: unknown, caveats: readonly string[]): Conference | undefined {
  const { id, webLink, meetingNumber, password, phoneAndVideoSystemPassword, telephony } = recordOf(json) ?? {};
  if (typeof id !== 'string' || id === '' || !isJoinLink(webLink)) return undefined;
  const { accessCode, callInNumbers } = recordOf(telephony) ?? {};
  const code = textOf(accessCode);
  const phones = (Array.isArray(callInNumbers) ? callInNumbers : [])
    .map((one) => textOf(recordOf(one)?.callInNumber))
    .filter((number) => number !== '')
    .map((number) => ({ number, ...(code && { pin: code }) }));
  const numeric = textOf(phoneAndVideoSystemPassword);
  const byPhone = `By phone: access code ${code}${numeric && `, password ${numeric}`}.`;
  const notes = [...caveats, ...(phones.length > 0 && code ? [byPhone] : [])].join(' ');
  return {
    id,
    joinUrl: textOf(webLink),
    ...(textOf(meetingNumber) && { meetingCode: textOf(meetingNumber) }),
    ...(textOf(password) && { passcode: textOf(password) }),
    ...(phones.length > 0 && { phones }),
    ...(notes && { notes }),
  };
}

/** The items of a list; undefined when the answer is none. */
export function itemsOf(json: unknown): Array<Record<string, unknown>> | undefined {
  const items = recordOf(json)?.items;
  return Array.isArray(items) ? items.map((one) => recordOf(one) ?? {}) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
