/**
 * Port: a conference provider, as a value.
 *
 * Conference: what the provider made and can be joined. Operation: a generator of HTTP requests. It yields a request,
 * receives the answer and returns an outcome; it performs no I/O itself, so it is tested with plain values, and many
 * operations advance together, one wave of requests at a time.
 */
import type { Capabilities } from '../core/capabilities';
import type { Conference } from '../core/conference';
import type { Meeting, MeetingField, Occurrence } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import type { Shown } from '../core/vendor-changes';
import type { AppPassword } from './app-password';
import type { HttpAnswer, HttpRequest } from './http';
import type { OAuth } from './oauth';

export type { Conference, LinkToken, PhoneNumber } from '../core/conference';

export type CreateOutcome =
  | { kind: 'created'; conference: Conference }
  | Exclude<Outcome, { kind: 'done' | 'progress' | 'gone' }>;

export type Operation<Result> = Generator<HttpRequest, Result, HttpAnswer>;

export interface Provider {
  capabilities: Capabilities;
  /** Exact https prefixes its requests go to, for the manifest's urlFetchWhitelist and a check in code. */
  urlPrefixes: readonly string[];
  auth: Auth;
  /** The address as it stands in the configuration, if one does: what is wrong with it is said of what is written there. */
  baseUrl?: string;
  /**
   * What the service cannot show of this meeting although it keeps such fields: whole sentences, for the event's card.
   * Empty, or left out: it shows all of them.
   */
  caveats?(meeting: Meeting): string[];
  create(meeting: Meeting, idempotencyKey: string): Operation<CreateOutcome>;
  /** Only `fields` changed, but the meeting is given whole. */
  update(id: string, meeting: Meeting, fields: readonly MeetingField[], idempotencyKey: string): Operation<Outcome>;
  /** Only for providers that keep occurrences. */
  updateOccurrence(id: string, occurrence: Occurrence, idempotencyKey: string): Operation<Outcome>;
  cancel(id: string, idempotencyKey: string): Operation<Outcome>;
  /** What the service shows of the meeting otherwise than this. Only for providers whose capabilities say so. Changes nothing. */
  read?(id: string, meeting: Meeting): Operation<ReadOutcome>;
}

export type ReadOutcome = { kind: 'read'; shown: Shown } | Exclude<Outcome, { kind: 'done' | 'progress' }>;

/** Credentials the adapter adds to each request. Secrets stand in Script Properties under the name given here. */
export type Auth =
  | { kind: 'none' }
  | { kind: 'bearer'; scriptProperty: string }
  | { kind: 'header'; name: string; scriptProperty: string }
  | { kind: 'basic'; user: string; scriptProperty: string }
  /** For APIs that want secrets in the JSON body: path of the field (`request.secret`) to Script Property. */
  | { kind: 'body'; scriptProperties: Readonly<Record<string, string>> }
  | OAuth
  | AppPassword;
