/** Reads a create's or update's body, and refuses what Webex refuses. */
import { IANAZone } from 'luxon';
import type { Json, JsonObject } from '../../world/json';
import { instantOfTextMs } from '../../world/zones';
import { WebexRefusal } from './refusal';

const TITLE_CHARS = 128;
const AGENDA_CHARS = 1_300;
const TAGS = 3;
const TAG_CHARS = 64;
const MINUTE_MS = 60_000;
const SHORTEST_MS = 10 * MINUTE_MS;
const LONGEST_MS = (24 * 60 - 1) * MINUTE_MS;
const SETTINGS = ['unlockedMeetingJoinSecurity', 'enabledJoinBeforeHost', 'joinBeforeHostMinutes'];
const FIELDS = [
  'title',
  'agenda',
  'start',
  'end',
  'timezone',
  'recurrence',
  'invitees',
  'integrationTags',
  'sendEmail',
];

export interface WebexChanges {
  title?: string;
  agenda?: string | null;
  times?: { startMs: number; endMs: number; timezone: string };
  recurrence?: string | null;
  invitees: Array<{ email: string; coHost?: boolean }>;
  integrationTags?: string[];
  settings: JsonObject;
}

export function parsed(text: string | undefined): JsonObject {
  try {
    const body: unknown = JSON.parse(text ?? '');
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as JsonObject;
  } catch {
    // Answered as any other body that is no object.
  }
  throw new WebexRefusal(400, 'The request body is not valid JSON.');
}

export function readBody(text: string | undefined, nowMs: number, zone: string): WebexChanges {
  const body = parsed(text);
  const strange = Object.keys(body).find((field) => !FIELDS.includes(field) && !SETTINGS.includes(field));
  if (strange !== undefined) throw new Error(`The Webex simulator does not know the field ${strange}.`);
  if (body.sendEmail !== false) throw new Error('Webex would write to people: sendEmail is not false.');
  const { title, agenda, start, end, recurrence, invitees, integrationTags } = body;
  if (title !== undefined) ofLength('title', title, TITLE_CHARS);
  if (agenda !== undefined && agenda !== null) ofLength('agenda', agenda, AGENDA_CHARS);
  const tags = (integrationTags ?? []) as string[];
  if (tags.length > TAGS || tags.some((tag) => tag.length > TAG_CHARS)) throw invalid('integrationTags');
  const timezone = (body.timezone ?? zone) as string;
  if (!IANAZone.isValidZone(timezone)) throw invalid('timezone');
  if ((start === undefined) !== (end === undefined)) throw invalid('end');
  return {
    ...(title !== undefined && { title: title as string }),
    ...(agenda !== undefined && { agenda: agenda as string | null }),
    ...(start !== undefined && { times: timesOf(start, end as Json, timezone, nowMs) }),
    ...(recurrence !== undefined && { recurrence: ruleOf(recurrence) }),
    ...(integrationTags !== undefined && { integrationTags: tags }),
    invitees: (invitees ?? []) as unknown as WebexChanges['invitees'],
    settings: Object.fromEntries(Object.entries(body).filter(([field]) => SETTINGS.includes(field))) as JsonObject,
  };
}

/** Cut to whole minutes. Without an offset they are local times of the zone. */
function timesOf(start: Json, end: Json, timezone: string, nowMs: number) {
  const at = (text: Json, field: string): number => {
    const ms = instantOfTextMs(String(text), timezone);
    if (Number.isNaN(ms)) throw invalid(field);
    return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  };
  const startMs = at(start, 'start');
  const endMs = at(end, 'end');
  if (startMs < nowMs) throw new WebexRefusal(400, 'The start time cannot be earlier than the current time.');
  if (endMs - startMs < SHORTEST_MS || endMs - startMs > LONGEST_MS) throw invalid('end');
  return { startMs, endMs, timezone };
}

/** Of several days of a month the first is taken. */
function ruleOf(recurrence: Json): string | null {
  if (recurrence === null) return null;
  if (typeof recurrence !== 'string' || !/^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)\b/.test(recurrence)) {
    throw invalid('recurrence');
  }
  if (!/^FREQ=(MONTHLY|YEARLY)/.test(recurrence)) return recurrence;
  return recurrence.replace(/((?:BYMONTHDAY|BYDAY)=[^,;]+)[^;]*/g, '$1');
}

function ofLength(field: string, value: Json, most: number): void {
  if (typeof value !== 'string' || value === '' || value.length > most) throw invalid(field);
}

export function invalid(field: string): WebexRefusal {
  return new WebexRefusal(400, `The input parameters contain invalid items: ${field}.`);
}
