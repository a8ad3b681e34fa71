/**
 * Brings a Webex meeting's invitees to what the event's guests are: they are no part of an update.
 *
 * Who is new is added by the hundred; who left is taken off one by one, which may take several rounds. An address that Webex
 * refuses keeps nobody else out: a refused list is halved until the address is alone.
 */
import type { Meeting } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import type { HttpAnswer, HttpRequest } from '../ports/http';
import type { Operation } from '../ports/provider';
import { type Failure, isSuccess, jsonOf } from './answers';
import { itemsOf, webexFailure } from './webex-answers';

export type CallWebex = (method: HttpRequest['method'], path: string, json?: unknown) => HttpRequest;

/** Webex lists no more at once, and adds no more. */
const PAGE = 100;
/** More invitees than any Webex meeting has room for. */
const MAX_PAGES = 12;
/** Changes of one round: an operation has some dozens of requests. */
const CHANGES_A_ROUND = 24;
const ALREADY_INVITED = 409;

interface Change {
  request: HttpRequest;
  /** Addresses that are added together. */
  emails: readonly string[];
}

export function* updateInvitees(
  id: string,
  { guests, untold }: Meeting,
  coHosts: readonly string[],
  call: CallWebex,
): Operation<Outcome> {
  const listed = yield* listInvitees(id, call);
  if (!Array.isArray(listed)) return listed;
  const emails = listed.map((one) => String(one.email).toLowerCase());
  const added = guests.filter((guest) => !emails.includes(guest.email)).map(({ email }) => email);
  // Whom Google has not shown stays invited.
  const isWhole = untold?.includes('guests') !== true;
  const removed = listed.filter((_, i) => isWhole && !guests.some((guest) => guest.email === emails[i]));
  const adds = (some: readonly string[]) => addition(id, some, coHosts, call);
  const changes = [
    ...removed.map((one) => removal(String(one.id), call)),
    ...Array.from({ length: Math.ceil(added.length / PAGE) }, (_, i) => adds(added.slice(i * PAGE, (i + 1) * PAGE))),
  ];
  return yield* carryOut(changes, adds);
}

/** To the end of the list. */
function* listInvitees(id: string, call: CallWebex): Operation<Array<Record<string, unknown>> | Failure> {
  const listed: Array<Record<string, unknown>> = [];
  let next: HttpRequest | undefined = call('GET', `/meetingInvitees?meetingId=${encodeURIComponent(id)}&max=${PAGE}`);
  for (let page = 0; next !== undefined; page++) {
    if (page === MAX_PAGES) return { kind: 'unavailable' };
    const answer: HttpAnswer = yield next;
    if (!isSuccess(answer)) return webexFailure(answer);
    const items = itemsOf(jsonOf(answer));
    if (items === undefined) return { kind: 'unavailable' };
    listed.push(...items);
    const url = /<([^>]+)>;\s*rel="?next"?/.exec(answer.headers.link ?? '')?.[1];
    next = url === undefined ? undefined : { method: 'GET', url };
  }
  return listed;
}

/** What is refused is narrowed down; the rest is done first. A round that did something and is not at its end goes on. */
function* carryOut(changes: readonly Change[], adds: (emails: readonly string[]) => Change): Operation<Outcome> {
  const open = [...changes];
  let refused: Outcome | undefined;
  let done = 0;
  for (let round = 0; open.length > 0 && round < CHANGES_A_ROUND; round++) {
    const change = open.shift() as Change;
    const answer = yield change.request;
    const outcome = isSuccess(answer) ? undefined : webexFailure(answer);
    const isAlone = change.emails.length <= 1;
    if (outcome === undefined || (isAlone && (outcome.kind === 'gone' || answer.status === ALREADY_INVITED))) done++;
    else if (outcome.kind !== 'refused') return withRestLeft(outcome);
    else if (isAlone) refused ??= outcome;
    else {
      const middle = Math.ceil(change.emails.length / 2);
      open.push(adds(change.emails.slice(0, middle)), adds(change.emails.slice(middle)));
    }
  }
  if (open.length > 0 && done > 0) return { kind: 'progress', left: ['guests'] };
  if (open.length > 0) return refused ?? { kind: 'refused', code: 'webex-invitees' };
  return refused ?? { kind: 'done' };
}

/** Whatever stopped it, all but the guests has been told. */
function withRestLeft(outcome: Failure): Outcome {
  return outcome.kind === 'limited' || outcome.kind === 'unavailable' ? { ...outcome, left: ['guests'] } : outcome;
}

function removal(inviteeId: string, call: CallWebex): Change {
  return { request: call('DELETE', `/meetingInvitees/${encodeURIComponent(inviteeId)}?sendEmail=false`), emails: [] };
}

/** https://developer.webex.com/docs/api/v1/meeting-invitees/create-meeting-invitees */
function addition(meetingId: string, emails: readonly string[], coHosts: readonly string[], call: CallWebex): Change {
  const items = emails.map((email) => ({ email, coHost: coHosts.includes(email), sendEmail: false }));
  const request =
    items.length === 1
      ? call('POST', '/meetingInvitees', { meetingId, ...items[0] })
      : call('POST', '/meetingInvitees/bulkInsert', { meetingId, items });
  return { request, emails };
}
