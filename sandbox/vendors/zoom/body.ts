/** Reads a create's or update's body, and refuses what Zoom refuses. */
import { IANAZone } from 'luxon';
import type { JsonObject } from '../../world/json';
import { instantOfTextMs } from '../../world/zones';
import { AGENDA_CHARS, DURATION_MINUTES, INTERVALS, OCCURRENCES, TOPIC_CHARS } from './limits';
import type { ZoomRecurrence } from './meeting';
import { invalidField, ZoomRefusal } from './refusal';

export interface ZoomChanges {
  type?: number;
  topic?: string;
  agenda?: string;
  /** Epoch milliseconds. */
  startMs?: number;
  duration?: number;
  timezone?: string;
  recurrence?: ZoomRecurrence;
  password?: string;
  withoutPassword: boolean;
  settings: JsonObject;
}

const FIELDS = [
  'type',
  'topic',
  'agenda',
  'start_time',
  'duration',
  'timezone',
  'recurrence',
  'password',
  'default_password',
  'settings',
];

/** @param accountZone the zone of a start without one. */
export function readBody(text: string | undefined, accountZone: string): ZoomChanges {
  const body = parsed(text);
  const strange = Object.keys(body).find((field) => !FIELDS.includes(field));
  if (strange !== undefined) throw new Error(`The Zoom simulator does not know the field ${strange}.`);
  const { type, duration, recurrence, default_password, settings } = body;
  const timezone = textField(body, 'timezone', 100);
  if (timezone !== undefined && !IANAZone.isValidZone(timezone)) throw invalidField('timezone', 'Invalid field.');
  if (type !== undefined && ![1, 2, 3, 8, 10].includes(type as number)) throw invalidField('type', 'Invalid field.');
  if (duration !== undefined) inRange('duration', duration, 1, DURATION_MINUTES);
  const topic = textField(body, 'topic', TOPIC_CHARS);
  const agenda = textField(body, 'agenda', AGENDA_CHARS);
  const password = textField(body, 'password', 10);
  const start = textField(body, 'start_time', 30);
  return {
    ...(type !== undefined && { type: type as number }),
    ...(topic !== undefined && { topic }),
    ...(agenda !== undefined && { agenda }),
    ...(start !== undefined && { startMs: startMs(start, timezone ?? accountZone) }),
    ...(duration !== undefined && { duration: duration as number }),
    ...(timezone !== undefined && { timezone }),
    ...(recurrence !== undefined && { recurrence: readRecurrence(recurrence as JsonObject) }),
    ...(password !== undefined && { password }),
    withoutPassword: default_password === false,
    settings: (settings ?? {}) as JsonObject,
  };
}

function parsed(text: string | undefined): JsonObject {
  try {
    const body: unknown = JSON.parse(text ?? '');
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as JsonObject;
  } catch {
    // Answered as any other body that is no object.
  }
  throw new ZoomRefusal(400, 300, 'Request Body should be a valid JSON object.');
}

function textField(body: JsonObject, field: string, maxChars: number): string | undefined {
  const value = body[field];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.length <= maxChars) return value;
  throw invalidField(field, `The value must be a string of at most ${maxChars} characters.`);
}

function inRange(field: string, value: unknown, least: number, most: number): void {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw invalidField(field, `The value must be between ${least} and ${most}.`);
}

/** Either `…Z`, or local time of the zone. */
function startMs(text: string, zone: string): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/.test(text) ? instantOfTextMs(text, zone) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw invalidField('start_time', 'Invalid field.');
}

function readRecurrence(recurrence: JsonObject): ZoomRecurrence {
  const { type, repeat_interval = 1, weekly_days, end_times, end_date_time } = recurrence;
  inRange('recurrence.type', type, 1, 3);
  inRange('recurrence.repeat_interval', repeat_interval, 1, INTERVALS[type as number] as number);
  if (end_times !== undefined) inRange('recurrence.end_times', end_times, 0, OCCURRENCES);
  if (end_times !== undefined && end_date_time !== undefined) {
    throw invalidField('recurrence.end_date_time', 'Cannot be used with end_times.');
  }
  if (type === 2 && !/^[1-7](,[1-7])*$/.test(String(weekly_days))) {
    throw invalidField('recurrence.weekly_days', 'Invalid field.');
  }
  const { monthly_day, monthly_week, monthly_week_day } = recurrence;
  if (monthly_day !== undefined) inRange('recurrence.monthly_day', monthly_day, 1, 31);
  if (monthly_week !== undefined) inRange('recurrence.monthly_week_day', monthly_week_day, 1, 7);
  if (monthly_week !== undefined && ![-1, 1, 2, 3, 4].includes(monthly_week as number)) {
    throw invalidField('recurrence.monthly_week', 'Invalid field.');
  }
  return { ...recurrence, repeat_interval } as unknown as ZoomRecurrence;
}
