/** The API's operations: a request that has passed the door becomes a change of the store and an answer. */
import type { HttpReply } from '../world/internet';
import type { Allowances } from './allowances';
import { checkTogether, readFields, readJson, readOccurrence } from './body';
import { type ConferenceFields, type ConferenceRecord, fieldsOf, resourceOf } from './conference';
import { IDEMPOTENCY_KEY_CHARS, LIST_DEFAULT, LIST_MAX } from './limits';
import { isOccurrence, originalStartKey } from './moments';
import { Refusal } from './refusal';
import type { ConferenceStore } from './store';

export interface Call {
  store: ConferenceStore;
  allowances: Allowances;
  account: string;
  /** By lower-case name. */
  headers: ReadonlyMap<string, string>;
  query: URLSearchParams;
  body: string | undefined;
  id: string;
  originalStart: string;
}

const EMPTY: Omit<ConferenceFields, 'title'> = {
  description: null,
  start: null,
  end: null,
  recurrence: [],
  passcode: null,
  lobby: false,
  invitees: [],
};

export const OPERATIONS = {
  create(call: Call): HttpReply {
    const body = readJson(call.body, call.headers.get('content-type'));
    const given = readFields(body);
    if (given.title === undefined) throw new Refusal('invalid_field', 'title is missing.', { field: 'title' });
    const fields: ConferenceFields = { ...EMPTY, ...given, title: given.title };
    checkTogether(fields);
    const key = call.headers.get('idempotency-key');
    if (key !== undefined) {
      if (key.trim() === '' || key.length > IDEMPOTENCY_KEY_CHARS) {
        throw new Refusal('invalid_parameter', `An Idempotency-Key has 1 to ${IDEMPOTENCY_KEY_CHARS} characters.`);
      }
      const before = call.store.madeWith(call.account, key, body);
      if (before !== undefined) return conferenceReply(200, before);
    }
    call.allowances.takeWrite(call.account);
    const made = call.store.create(call.account, fields);
    if (key !== undefined) call.store.rememberKey(call.account, key, body, made.id);
    return conferenceReply(201, made);
  },

  list(call: Call): HttpReply {
    const include = call.query.get('include');
    if (include !== null && include !== 'cancelled') {
      throw new Refusal('invalid_parameter', 'include takes only the value cancelled.');
    }
    const size = Number(call.query.get('pageSize') ?? LIST_DEFAULT);
    if (!Number.isInteger(size) || size < 1 || size > LIST_MAX) {
      throw new Refusal('invalid_parameter', `pageSize is a whole number from 1 to ${LIST_MAX}.`);
    }
    const mine = call.store.all().filter((record) => record.account === call.account);
    const token = call.query.get('pageToken');
    const from = token === null ? 0 : mine.findIndex((record) => record.id === token) + 1;
    if (token !== null && from === 0) throw new Refusal('invalid_parameter', 'pageToken is not one of ours.');
    const listed = mine.slice(from).filter((record) => include === 'cancelled' || record.status !== 'cancelled');
    const items = listed.slice(0, size);
    const more = listed.length > size ? { nextPageToken: items.at(-1)?.id } : {};
    return json(200, { items: items.map(resourceOf), ...more });
  },

  get(call: Call): HttpReply {
    return conferenceReply(200, call.store.live(call.id, call.account));
  },

  patch(call: Call): HttpReply {
    const record = atVersion(call);
    const changes = readFields(readJson(call.body, call.headers.get('content-type')));
    const fields = { ...fieldsOf(record), ...changes };
    checkTogether(fields);
    call.allowances.takeWrite(call.account);
    return conferenceReply(200, call.store.change(record, fields));
  },

  remove(call: Call): HttpReply {
    call.store.cancel(atVersion(call));
    return { status: 204, headers: {}, body: '' };
  },

  putOccurrence(call: Call): HttpReply {
    const record = atVersion(call);
    const key = occurrenceKey(record, call.originalStart);
    const change = readOccurrence(readJson(call.body, call.headers.get('content-type')));
    if (change.status === 'moved' && record.start !== null && 'date' in change.start !== 'date' in record.start) {
      const problem = 'start must be a date if the series has dates, and a dateTime if not.';
      throw new Refusal('invalid_field', problem, { field: 'start' });
    }
    call.allowances.takeWrite(call.account);
    return conferenceReply(200, call.store.changeOccurrence(record, key, change));
  },

  removeOccurrence(call: Call): HttpReply {
    const record = atVersion(call);
    call.store.changeOccurrence(record, occurrenceKey(record, call.originalStart), undefined);
    return { status: 204, headers: {}, body: '' };
  },
};

/** The live conference, if it is at the version that If-Match names. */
function atVersion(call: Call): ConferenceRecord {
  const record = call.store.live(call.id, call.account);
  const wanted = call.headers.get('if-match');
  if (wanted === undefined || wanted === '*' || wanted.replaceAll('"', '') === String(record.version)) return record;
  throw new Refusal('version_mismatch', `Conference ${record.id} is at version ${record.version}, not ${wanted}.`);
}

function occurrenceKey(record: ConferenceRecord, originalStart: string): string {
  const key = originalStartKey(originalStart);
  if (key === undefined) {
    throw new Refusal('invalid_parameter', 'An original start is 2026-03-09T09:00:00Z, or 2026-03-09 for whole days.');
  }
  if (record.recurrence.length > 0 && record.start !== null && isOccurrence(record.start, record.recurrence, key))
    return key;
  throw new Refusal('no_such_occurrence', `Conference ${record.id} has no occurrence at ${key}.`);
}

function conferenceReply(status: number, record: ConferenceRecord): HttpReply {
  const reply = json(status, resourceOf(record));
  return { ...reply, headers: { ...reply.headers, ETag: `"${record.version}"` } };
}

function json(status: number, value: unknown): HttpReply {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
