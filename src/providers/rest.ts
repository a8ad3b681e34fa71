/**
 * restProvider: a vendor's plain REST API by declaration. Only the mapping is written; what answers mean, how repeats
 * are made harmless and what an update may cost is decided here, once.
 */
import type { Capabilities } from '../core/capabilities';
import type { Meeting, MeetingField, Occurrence } from '../core/meeting';
import { FORBIDDEN, type Outcome } from '../core/outcome';
import type { Shown } from '../core/vendor-changes';
import type { HttpAnswer, HttpRequest } from '../ports/http';
import type { Auth, Conference, CreateOutcome, Operation, Provider, ReadOutcome } from '../ports/provider';
import { failureOf, isSuccess, jsonOf } from './answers';
import { type Comparison, doneWith, shownOf } from './shown';

type Method = HttpRequest['method'];

interface Call<Args extends unknown[]> {
  method: Method;
  /** Below baseUrl. Ids are given encoded; a body gets them as they are. */
  path(id: string): string;
  body?(...args: [...Args, id: string]): unknown;
}

interface Update extends Call<[meeting: Meeting, fields: readonly MeetingField[]]> {
  /** How people join from now on, if the answer says that it has changed. Left out: an update never changes that. */
  link?(answer: Record<string, unknown>): Conference | undefined;
}

/** Left out: the call is about all of the meeting. */
type UpdateCall = Update & { of?: readonly MeetingField[] };

export interface RestDeclaration {
  /** https, one host, without a slash at the end: `https://api.vendor.example/v1`. */
  baseUrl: string;
  auth: Auth;
  /** Sent with each request. */
  headers?: Readonly<Record<string, string>>;
  /** The meeting's fields that the API keeps. */
  keeps: readonly MeetingField[];
  /** How many creates and updates the vendor takes from one user in a day (UTC), if it counts them. */
  dailyRequests?: number;
  /** The header that makes a repeated create the same create, if the API has one. */
  idempotencyHeader?: string;
  create: {
    method: Method;
    /** Below baseUrl, or made of the meeting and the key, which is given encoded: for APIs where the maker names a conference. */
    path: string | ((meeting: Meeting, idempotencyKey: string) => string);
    body(meeting: Meeting, idempotencyKey: string): unknown;
    /** The body names the conference after the key, so that a repeated create is the same create. */
    namedByKey?: boolean;
    /** Undefined when the answer is not what it should be. An answer in JSON that is no object is given as {}. */
    conference(answer: Record<string, unknown>, idempotencyKey: string): Conference | undefined;
  };
  /** Left out: the API cannot change a conference. A list: one call for each of them whose fields changed, in order. */
  update?: Update | ReadonlyArray<Update & { of: readonly MeetingField[] }>;
  /** Left out: the API keeps no occurrences. The slot is given encoded. */
  updateOccurrence?: { method: Method; path(id: string, slot: string): string; body(occurrence: Occurrence): unknown };
  /** Left out: the API cannot end a conference. */
  cancel?: Call<[]>;
  /**
   * How the API shows a conference: an address for GET, and what of the answer compares with what it would be told.
   * `alsoInUpdates`: an update is answered with the same. Left out: it cannot be looked at.
   */
  read?: {
    path(id: string): string;
    compare(answer: Record<string, unknown>, meeting: Meeting): Comparison | undefined;
    alsoInUpdates?: true;
  };
  /** What the service cannot show of a meeting although it keeps such fields: whole sentences, for the event's card. */
  caveats?(meeting: Meeting): string[];
  /** For APIs whose answers mean something else than their status says. Undefined: the usual meaning. */
  meaning?(answer: HttpAnswer): Outcome | undefined;
}

export function restProvider(declared: RestDeclaration): Provider {
  const capabilities: Capabilities = {
    keeps: declared.keeps,
    update: declared.update === undefined ? 'none' : 'patch',
    cancel: declared.cancel === undefined ? 'none' : 'yes',
    occurrences: declared.updateOccurrence === undefined ? 'none' : 'keeps',
    idempotency: declared.idempotencyHeader === undefined && !declared.create.namedByKey ? 'none' : 'key',
    ...(declared.read !== undefined && { reads: true }),
    ...(declared.dailyRequests !== undefined && { dailyRequests: declared.dailyRequests }),
  };
  const request = (method: Method, path: string, json: unknown, idempotencyKey?: string): HttpRequest => ({
    method,
    url: declared.baseUrl + path,
    ...headersOf(declared, idempotencyKey),
    ...(json !== undefined && { json }),
  });
  const meaning = (answer: HttpAnswer): Outcome =>
    declared.meaning?.(answer) ?? (isSuccess(answer) ? { kind: 'done' } : failureOf(answer));

  return {
    capabilities,
    urlPrefixes: [`${declared.baseUrl}/`],
    auth: declared.auth,
    baseUrl: declared.baseUrl,
    ...(declared.caveats && { caveats: declared.caveats }),

    *create(meeting, idempotencyKey): Operation<CreateOutcome> {
      const { method, path, body } = declared.create;
      const where = typeof path === 'string' ? path : path(meeting, encodeURIComponent(idempotencyKey));
      const answer = yield request(method, where, body(meeting, idempotencyKey), idempotencyKey);
      const outcome = meaning(answer);
      if (outcome.kind === 'gone' || outcome.kind === 'progress') {
        return { kind: 'refused', code: `http-${answer.status}` };
      }
      if (outcome.kind !== 'done') return outcome;
      const json = jsonOf(answer);
      const read = isRecord(json) ? json : {};
      const conference = json === undefined ? undefined : declared.create.conference(read, idempotencyKey);
      // A success without a conference is no success; it may exist all the same.
      return conference === undefined ? { kind: 'unavailable' } : { kind: 'created', conference };
    },

    *update(id, meeting, fields): Operation<Outcome> {
      const calls = updatesFor(declared, fields);
      if (takesGuestsAway(declared, meeting, calls)) return { kind: 'refused', code: 'guests-not-shown', of: [] };
      const refused: Array<{ field: MeetingField; code: string }> = [];
      let unsure: Outcome | undefined;
      let changed: Conference | undefined;
      let shown: Shown | undefined;
      for (const { method, path, body, link, of } of calls) {
        const json = body?.(meeting, fields, id);
        const answer = yield request(method, path(encodeURIComponent(id)), json);
        const outcome = changeOutcome(answer, meaning);
        // One field refused is no reason to keep the others from it; anything else would meet them as well.
        if (outcome.kind === 'refused') {
          const field = onlyFieldOf(outcome, of, fields);
          if (field === undefined) unsure ??= outcome;
          else refused.push({ field, code: outcome.code });
        } else if (outcome.kind !== 'done') return outcome;
        else if (link !== undefined) changed = linkIn(answer, id, link) ?? changed;
        const compared = declared.read?.alsoInUpdates && comparisonIn(answer, meeting, declared);
        if (outcome.kind === 'done' && compared) shown = doneWith(compared, fields).shown ?? shown;
      }
      if (unsure !== undefined) return unsure;
      const [first] = refused;
      if (first !== undefined && refused.length === calls.length) {
        return { kind: 'refused', code: first.code, of: refused.map(({ field }) => field) };
      }
      return {
        kind: 'done',
        ...(changed && { link: changed }),
        ...(refused.length > 0 && { refused }),
        ...(shown && { shown }),
      };
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
      return changeOutcome(yield request(method, path(encodeURIComponent(id)), body?.(id)), meaning);
    },

    ...(declared.read !== undefined && { read: readWith(declared.read, declared, request, meaning) }),
  };
}

type Requested = (method: Method, path: string, json: unknown) => HttpRequest;

function readWith(
  { path }: NonNullable<RestDeclaration['read']>,
  declared: RestDeclaration,
  request: Requested,
  meaning: (answer: HttpAnswer) => Outcome,
): NonNullable<Provider['read']> {
  return function* (id, meeting): Operation<ReadOutcome> {
    const answer = yield request('GET', path(encodeURIComponent(id)), undefined);
    const outcome = meaning(answer);
    if (outcome.kind === 'progress') return { kind: 'unavailable' };
    if (outcome.kind !== 'done') return outcome;
    const compared = comparisonIn(answer, meeting, declared);
    return compared === undefined ? { kind: 'unavailable' } : { kind: 'read', shown: shownOf(compared) };
  };
}

function comparisonIn(answer: HttpAnswer, meeting: Meeting, { read }: RestDeclaration): Comparison | undefined {
  const json = jsonOf(answer);
  return isRecord(json) ? read?.compare(json, meeting) : undefined;
}

function headersOf(declared: RestDeclaration, idempotencyKey?: string): Pick<HttpRequest, 'headers'> {
  const { headers, idempotencyHeader } = declared;
  const key =
    idempotencyHeader !== undefined && idempotencyKey !== undefined ? { [idempotencyHeader]: idempotencyKey } : {};
  const all = { ...headers, ...key };
  return Object.keys(all).length === 0 ? {} : { headers: all };
}

/** A meeting that is replaced as a whole loses those guests whom Google has not shown. */
function takesGuestsAway({ keeps }: RestDeclaration, { untold }: Meeting, calls: readonly UpdateCall[]): boolean {
  const isWhole = calls.some(({ method, of }) => method === 'PUT' && of === undefined);
  return isWhole && keeps.includes('guests') && untold?.includes('guests') === true;
}

/** Known without asking further: the call was about nothing else. A time may be refused for its zone. */
function onlyFieldOf(
  { code, of }: Extract<Outcome, { kind: 'refused' }>,
  told: readonly MeetingField[] | undefined,
  changed: readonly MeetingField[],
): MeetingField | undefined {
  const [field, ...others] = (told ?? []).filter((one) => changed.includes(one));
  const isSure = code !== FORBIDDEN && of === undefined && others.length === 0;
  return isSure && field !== 'time' && field !== 'recurrence' ? field : undefined;
}

function updatesFor({ update }: RestDeclaration, fields: readonly MeetingField[]): ReadonlyArray<UpdateCall> {
  if (update === undefined || fields.length === 0) return [];
  if ('method' in update) return [update];
  return update.filter(({ of }) => of.some((field) => fields.includes(field)));
}

/** A success with a page where JSON or nothing is due came from something that is not the API. */
function changeOutcome(answer: HttpAnswer, meaning: (answer: HttpAnswer) => Outcome): Outcome {
  const outcome = meaning(answer);
  const isPage = answer.text.trim() !== '' && jsonOf(answer) === undefined;
  return outcome.kind === 'done' && isPage ? { kind: 'unavailable' } : outcome;
}

/** The id stays: an answer that names another one is about another conference. */
function linkIn(answer: HttpAnswer, id: string, link: NonNullable<Update['link']>): Conference | undefined {
  const json = jsonOf(answer);
  const changed = isRecord(json) ? link(json) : undefined;
  return changed?.id === id ? changed : undefined;
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
