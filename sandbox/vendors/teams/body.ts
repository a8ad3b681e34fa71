/**
 * Reads the body of a createOrGet or an update, and refuses what Graph refuses.
 * Microsoft: /graph/api/onlinemeeting-createorget, /graph/api/onlinemeeting-update
 */
import type { Json, JsonObject } from '../../world/json';
import type { TeamsAttendee } from './meeting';
import { badRequest } from './refusal';

/** What createOrGet's page names. */
const CREATE_FIELDS = ['externalId', 'subject', 'startDateTime', 'endDateTime', 'participants'];
/** Of what the update's page says can be updated, what is simulated. */
const UPDATE_FIELDS = ['subject', 'startDateTime', 'endDateTime', 'participants'];
const HOUR_MS = 3_600_000;

export interface TeamsChanges {
  subject?: string | null;
  times?: { startMs: number; endMs: number };
  attendees?: TeamsAttendee[];
}

export function readCreate(text: string | undefined, nowMs: number) {
  const body = parsed(text, CREATE_FIELDS);
  const { externalId, startDateTime, endDateTime } = body;
  if (typeof externalId !== 'string' || externalId === '') throw badRequest('externalId is required.');
  if (endDateTime !== undefined && startDateTime === undefined) {
    throw badRequest('startDateTime is required when endDateTime is provided.');
  }
  const startMs = startDateTime === undefined ? nowMs : instantOf(startDateTime, 'startDateTime');
  const endMs = endDateTime === undefined ? startMs + HOUR_MS : instantOf(endDateTime, 'endDateTime');
  return { ...changesIn(body), externalId, times: inOrder({ startMs, endMs }) };
}

export function readUpdate(text: string | undefined): TeamsChanges {
  const body = parsed(text, UPDATE_FIELDS);
  const { startDateTime, endDateTime } = body;
  if ((startDateTime === undefined) !== (endDateTime === undefined)) {
    throw badRequest('startDateTime and endDateTime are both required to change either of them.');
  }
  if (startDateTime === undefined) return changesIn(body);
  const startMs = instantOf(startDateTime, 'startDateTime');
  return { ...changesIn(body), times: inOrder({ startMs, endMs: instantOf(endDateTime as Json, 'endDateTime') }) };
}

function changesIn({ subject, participants }: JsonObject): TeamsChanges {
  if (subject !== undefined && typeof subject !== 'string' && subject !== null) throw badRequest('subject is invalid.');
  return {
    ...(subject !== undefined && { subject }),
    ...(participants !== undefined && { attendees: attendeesIn(participants as JsonObject) }),
  };
}

/** Kept as they are told: whether there is such a user is not looked at. */
function attendeesIn({ organizer, attendees }: JsonObject): TeamsAttendee[] {
  if (organizer !== undefined) throw badRequest('The organizer cannot be changed.');
  return (attendees as JsonObject[]).map(({ upn, role = null, ...rest }) => {
    if (Object.keys(rest).length > 0) throw new Error(`The Teams simulator does not know ${Object.keys(rest)[0]}.`);
    if (typeof upn !== 'string' || upn === '') throw new Error('Graph breaks down over an attendee without a upn.');
    if (role !== null && role !== 'attendee' && role !== 'coorganizer') throw badRequest('role is invalid.');
    return { upn, role };
  });
}

function parsed(text: string | undefined, fields: readonly string[]): JsonObject {
  let body: unknown;
  try {
    body = JSON.parse(text ?? '');
  } catch {
    throw badRequest('Unable to read JSON request payload.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('The payload is no object.');
  const strange = Object.keys(body).find((field) => !fields.includes(field));
  if (strange !== undefined) throw new Error(`The Teams simulator does not know the field ${strange} here.`);
  return body as JsonObject;
}

/** With an offset, or it would not be known which instant is meant. */
function instantOf(text: Json, field: string): number {
  const ms = /(Z|[+-]\d\d:\d\d)$/.test(String(text)) ? Date.parse(String(text)) : Number.NaN;
  if (Number.isNaN(ms)) throw badRequest(`Cannot convert the literal '${text}' of ${field} to 'Edm.DateTimeOffset'.`);
  return ms;
}

function inOrder(times: { startMs: number; endMs: number }) {
  if (times.endMs < times.startMs) throw badRequest('endDateTime is earlier than startDateTime.');
  return times;
}
