/**
 * restProvider: a vendor's plain REST API by declaration. Only the mapping is written; what answers mean, how repeats
 * are made harmless and what an update may cost is decided here, once.
 */
import type { Capabilities } from '../core/capabilities';
import type { Meeting, MeetingField, Occurrence } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import type { HttpAnswer, HttpRequest } from '../ports/http';
import type { Auth, Conference, CreateOutcome, Operation, Provider } from '../ports/provider';
import { failureOf, isSuccess, jsonOf } from './answers';

type Method = HttpRequest['method'];

interface Call<Args extends unknown[]> {
  method: Method;
  /** Below baseUrl. Ids are given encoded. */
  path(id: string): string;
  body?(...args: Args): unknown;
}

export interface RestDeclaration {
  /** https, one host, without a slash at the end: `https://api.vendor.example/v1`. */
  baseUrl: string;
  auth: Auth;
  /** The meeting's fields that the API keeps. */
  keeps: readonly MeetingField[];
  /** The header that makes a repeated create the same create, if the API has one. */
  idempotencyHeader?: string;
  create: {
    method: Method;
    path: string;
    body(meeting: Meeting): unknown;
    /** Undefined when the answer is not what it should be. */
    conference(answer: Record<string, unknown>): Conference | undefined;
  };
  /** Left out: the API cannot change a conference. */
  update?: Call<[meeting: Meeting, fields: readonly MeetingField[]]>;
  /** Left out: the API keeps no occurrences. The slot is given encoded. */
  updateOccurrence?: { method: Method; path(id: string, slot: string): string; body(occurrence: Occurrence): unknown };
  /** Left out: the API cannot end a conference. */
  cancel?: Call<[]>;
  /** For APIs whose answers mean something else than their status says. Undefined: the usual meaning. */
  meaning?(answer: HttpAnswer): Outcome | undefined;
}

export function restProvider(declared: RestDeclaration): Provider {
  const capabilities: Capabilities = {
    keeps: declared.keeps,
    update: declared.update === undefined ? 'none' : 'patch',
    cancel: declared.cancel === undefined ? 'none' : 'yes',
    occurrences: declared.updateOccurrence === undefined ? 'none' : 'keeps',
    idempotency: declared.idempotencyHeader === undefined ? 'none' : 'key',
  };
  const request = (method: Method, path: string, json: unknown, idempotencyKey?: string): HttpRequest => ({
    method,
    url: declared.baseUrl + path,
    ...(json !== undefined && { json }),
    ...(declared.idempotencyHeader !== undefined &&
      idempotencyKey !== undefined && { headers: { [declared.idempotencyHeader]: idempotencyKey } }),
  });
  const meaning = (answer: HttpAnswer): Outcome =>
    declared.meaning?.(answer) ?? (isSuccess(answer) ? { kind: 'done' } : failureOf(answer));

  return {
    capabilities,
    urlPrefixes: [`${declared.baseUrl}/`],
    auth: declared.auth,

    *create(meeting, idempotencyKey): Operation<CreateOutcome> {
      const { method, path, body } = declared.create;
      const answer = yield request(method, path, body(meeting), idempotencyKey);
      const outcome = meaning(answer);
      if (outcome.kind === 'gone') return { kind: 'refused', code: `http-${answer.status}` };
      if (outcome.kind !== 'done') return outcome;
      const json = jsonOf(answer);
      const conference = isRecord(json) ? declared.create.conference(json) : undefined;
      // A success without a conference is no success; it may exist all the same.
      return conference === undefined ? { kind: 'unavailable' } : { kind: 'created', conference };
    },

    *update(id, meeting, fields): Operation<Outcome> {
      if (declared.update === undefined) return { kind: 'done' };
      const { method, path, body } = declared.update;
      return changeOutcome(yield request(method, path(encodeURIComponent(id)), body?.(meeting, fields)), meaning);
    },

    *updateOccurrence(id, occurrence): Operation<Outcome> {
      if (declared.updateOccurrence === undefined) return { kind: 'done' };
      const { method, path, body } = declared.updateOccurrence;
      const where = path(encodeURIComponent(id), encodeURIComponent(occurrence.slot));
      return changeOutcome(yield request(method, where, body(occurrence)), meaning);
    },

    *cancel(id): Operation<Outcome> {
      if (declared.cancel === undefined) return { kind: 'done' };
      const { method, path, body } = declared.cancel;
      return changeOutcome(yield request(method, path(encodeURIComponent(id)), body?.()), meaning);
    },
  };
}

/** A success with a page where JSON or nothing is due came from something that is not the API. */
function changeOutcome(answer: HttpAnswer, meaning: (answer: HttpAnswer) => Outcome): Outcome {
  const outcome = meaning(answer);
  const isPage = answer.text.trim() !== '' && jsonOf(answer) === undefined;
  return outcome.kind === 'done' && isPage ? { kind: 'unavailable' } : outcome;
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
