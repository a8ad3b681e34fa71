/** Brings a Webex meeting's invitees to what the event's guests are: they are no part of an update. */
import type { Meeting } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import type { HttpAnswer, HttpRequest } from '../ports/http';
import type { Operation } from '../ports/provider';
import { isSuccess, jsonOf } from './answers';
import { itemsOf, webexFailure } from './webex-answers';

export type CallWebex = (method: HttpRequest['method'], path: string, json?: unknown) => HttpRequest;

/** Webex lists no more at once. */
const PAGE = 100;
/** Calendars with more guests than that share groups, which have one address. */
const MAX_PAGES = 3;
/** An operation has a dozen requests; a long list takes several rounds. */
const CHANGES_A_ROUND = 8;
const ALREADY_INVITED = 409;

export function* updateInvitees(
  id: string,
  { guests }: Meeting,
  coHosts: readonly string[],
  call: CallWebex,
): Operation<Outcome> {
  const listed: Array<Record<string, unknown>> = [];
  let next: HttpRequest | undefined = call('GET', `/meetingInvitees?meetingId=${encodeURIComponent(id)}&max=${PAGE}`);
  for (let page = 0; next !== undefined && page < MAX_PAGES; page++) {
    const answer: HttpAnswer = yield next;
    if (!isSuccess(answer)) return webexFailure(answer);
    const items = itemsOf(jsonOf(answer));
    if (items === undefined) return { kind: 'unavailable' };
    listed.push(...items);
    const url = /<([^>]+)>;\s*rel="?next"?/.exec(answer.headers.link ?? '')?.[1];
    next = url === undefined ? undefined : { method: 'GET', url };
  }
  const emails = listed.map((one) => String(one.email).toLowerCase());
  const added = guests.filter((guest) => !emails.includes(guest.email));
  const removed = listed.filter((_, i) => !guests.some((guest) => guest.email === emails[i]));
  const changes = [
    ...removed.map((one) => call('DELETE', `/meetingInvitees/${encodeURIComponent(String(one.id))}?sendEmail=false`)),
    ...added.map(({ email }) =>
      call('POST', '/meetingInvitees', { meetingId: id, email, coHost: coHosts.includes(email), sendEmail: false }),
    ),
  ];
  for (const change of changes.slice(0, CHANGES_A_ROUND)) {
    const done = yield change;
    const outcome = isSuccess(done) ? undefined : webexFailure(done);
    const isSo = outcome?.kind === 'gone' || done.status === ALREADY_INVITED;
    if (outcome !== undefined && !isSo) return outcome;
  }
  return changes.length <= CHANGES_A_ROUND ? { kind: 'done' } : { kind: 'unavailable' };
}
