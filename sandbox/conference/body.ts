/**
 * Reads what clients send: bodies become fields, or a Refusal that names the field.
 *
 * Strict: a field nobody knows is refused, so that a client's misspelling shows at once.
 */
import type { ConferenceFields, Moment, OccurrenceChange } from './conference';
import {
  BODY_CHARS,
  DESCRIPTION_CHARS,
  INVITEES,
  PASSCODE_PATTERN,
  RECURRENCE_LINE_CHARS,
  RECURRENCE_LINES,
  TITLE_CHARS,
} from './limits';
import { hasOffset, isDate, isDateTime, isZone, momentMs, recurrenceProblem } from './moments';
import { Refusal } from './refusal';

type Body = Record<string, unknown>;

export function readJson(body: string | undefined, contentType: string | undefined): Body {
  if (!/^application\/([a-z.+-]+\+)?json\s*(;|$)/i.test(contentType ?? '')) {
    throw new Refusal('unsupported_media_type', 'Send a JSON object with Content-Type: application/json.');
  }
  if ((body ?? '').length > BODY_CHARS)
    throw new Refusal('body_too_large', `A body may have ${BODY_CHARS} characters.`);
  try {
    const value: unknown = JSON.parse(body ?? '');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  } catch {
    // Refused below, like any other body that is no object.
  }
  throw new Refusal('invalid_json', 'The body is not a JSON object.');
}

type Reader<T> = (value: unknown, field: string) => T;

const READERS: { [K in keyof ConferenceFields]: Reader<ConferenceFields[K]> } = {
  title: (value, field) => {
    const title = text(value, field, TITLE_CHARS);
    if (title.trim() === '') throw invalid(field, 'must not be empty');
    return title;
  },
  description: (value, field) => (value === null ? null : text(value, field, DESCRIPTION_CHARS)),
  start: (value, field) => (value === null ? null : moment(value, field)),
  end: (value, field) => (value === null ? null : moment(value, field)),
  recurrence: (value, field) =>
    list(value, field, RECURRENCE_LINES).map((line, i) => {
      const at = `${field}[${i}]`;
      const problem = recurrenceProblem(text(line, at, RECURRENCE_LINE_CHARS));
      if (problem !== undefined) throw invalid(at, problem);
      return line as string;
    }),
  passcode: (value, field) => {
    if (value === null) return null;
    if (!new RegExp(PASSCODE_PATTERN).test(text(value, field, 16)))
      throw invalid(field, `must match ${PASSCODE_PATTERN}`);
    return value as string;
  },
  lobby: (value, field) => {
    if (typeof value !== 'boolean') throw invalid(field, 'must be true or false');
    return value;
  },
  invitees: (value, field) =>
    list(value, field, INVITEES).map((address, i) => {
      const at = `${field}[${i}]`;
      if (!/^[^\s@]+@[^\s@]+$/.test(text(address, at, 320))) throw invalid(at, 'must be an e-mail address');
      return address as string;
    }),
};

/** The fields present in `body`, each checked by itself. */
export function readFields(body: Body): Partial<ConferenceFields> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(READERS, name)) throw invalid(name, 'is no field of a conference');
    fields[name] = READERS[name as keyof ConferenceFields](value, name);
  }
  return fields as Partial<ConferenceFields>;
}

/** Checks the fields against each other, as they would be stored. */
export function checkTogether(fields: ConferenceFields): void {
  if (fields.start === null || fields.end === null) {
    if (fields.start !== fields.end)
      throw invalid(fields.start === null ? 'start' : 'end', 'must come with the other end');
    if (fields.recurrence.length > 0) throw invalid('recurrence', 'needs a start and an end');
    return;
  }
  checkSpan(fields.start, fields.end);
  if (fields.recurrence.length > 0 && 'dateTime' in fields.start && fields.start.timeZone === undefined) {
    throw invalid('start.timeZone', 'is needed where there is a recurrence');
  }
}

/** The body of a change to one occurrence. */
export function readOccurrence(body: Body): OccurrenceChange {
  const unknown = Object.keys(body).find((name) => !['status', 'start', 'end'].includes(name));
  if (unknown !== undefined) throw invalid(unknown, 'is no field of an occurrence');
  if (body.status === 'cancelled') {
    if ('start' in body || 'end' in body) throw invalid('status', 'cancelled has neither start nor end');
    return { status: 'cancelled' };
  }
  if (body.status !== undefined && body.status !== 'moved') throw invalid('status', 'must be cancelled or moved');
  const start = moment(body.start, 'start');
  const end = moment(body.end, 'end');
  checkSpan(start, end);
  return { status: 'moved', start, end };
}

function checkSpan(start: Moment, end: Moment): void {
  if ('date' in start !== 'date' in end) throw invalid('end', 'must be a date if start is one, and a dateTime if not');
  if (momentMs(end) < momentMs(start)) throw invalid('end', 'must not be before start');
  if ('date' in end && momentMs(end) === momentMs(start)) throw invalid('end.date', 'is the day after the last');
}

function moment(value: unknown, field: string): Moment {
  if (typeof value !== 'object' || value === null) throw invalid(field, 'must be {dateTime, timeZone} or {date}');
  const { date, dateTime, timeZone, ...others } = value as Body;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) throw invalid(`${field}.${unknown}`, 'is no field of a moment');
  if (date !== undefined) {
    if (dateTime !== undefined || timeZone !== undefined) throw invalid(`${field}.date`, 'stands alone');
    if (typeof date !== 'string' || !isDate(date)) throw invalid(`${field}.date`, 'must be a date such as 2026-03-09');
    return { date };
  }
  if (timeZone !== undefined && (typeof timeZone !== 'string' || !isZone(timeZone))) {
    throw invalid(`${field}.timeZone`, 'must be a name of the IANA zone database, such as Europe/Berlin');
  }
  if (typeof dateTime !== 'string' || !isDateTime(dateTime)) {
    throw invalid(`${field}.dateTime`, 'must be a time such as 2026-03-09T10:00:00+01:00');
  }
  if (timeZone === undefined && !hasOffset(dateTime)) throw invalid(`${field}.timeZone`, 'is needed without an offset');
  return { dateTime, ...(timeZone !== undefined && { timeZone }) };
}

function text(value: unknown, field: string, maxChars: number): string {
  if (typeof value !== 'string') throw invalid(field, 'must be a string');
  if (value.length > maxChars) throw invalid(field, `may have ${maxChars} characters`);
  return value;
}

function list(value: unknown, field: string, max: number): unknown[] {
  if (!Array.isArray(value)) throw invalid(field, 'must be a list');
  if (value.length > max) throw invalid(field, `may have ${max} entries`);
  return value;
}

function invalid(field: string, problem: string): Refusal {
  return new Refusal('invalid_field', `${field} ${problem}.`, { field });
}
