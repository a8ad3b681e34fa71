/**
 * Cisco Webex: meetings and series through its REST API.
 *
 * Its model is close to a calendar's: an RRULE, an IANA zone, invitees, occurrences by id. Webex is told never to write
 * to people, because Google does. The host key never leaves the answer.
 * Webex: https://developer.webex.com/docs/api/v1/meetings
 */
import type { Capabilities } from '../core/capabilities';
import type { Meeting, Occurrence } from '../core/meeting';
import { momentMs } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import type { HttpAnswer, HttpRequest } from '../ports/http';
import type { Auth, Conference, CreateOutcome, Operation, Provider, ReadOutcome } from '../ports/provider';
import { type Failure, isSuccess, jsonOf } from './answers';
import { instantMs } from './instant';
import { cut, plainText } from './plain-text';
import { type Comparison, doneWith, shownOf } from './shown';
import { itemsOf, readConference, webexFailure } from './webex-answers';
import { type CallWebex, updateInvitees } from './webex-invitees';
import { compareWebex } from './webex-look';
import { rescheduledFromNowOn, scheduleOf, timesOf, webexCaveats } from './webex-schedule';

export interface WebexOptions {
  auth: Auth;
  /** What people meet who are not invited, while the meeting is not locked. Left out: as the host's site says. */
  joinSecurity?: 'allowJoin' | 'allowJoinWithLobby' | 'blockFromJoin';
  /** How long before the start people may join without the host. Left out: as the host's site says. */
  joinBeforeHostMinutes?: 0 | 5 | 10 | 15;
  /** Addresses that are co-hosts wherever they are guests. */
  coHosts?: readonly string[];
  /** `false`: guests are not entered at Webex. */
  invitees?: boolean;
  /** `true`: looks for an earlier try before each create, by one request more, so that none is made twice. */
  looksFirst?: boolean;
}

export type WebexProvider = Provider & Required<Pick<Provider, 'caveats'>>;

const BASE_URL = 'https://webexapis.com/v1';
const MAX_TITLE_CHARS = 128;
const MAX_AGENDA_CHARS = 1_300;
const MAX_TAG_CHARS = 64;
const DAY_MS = 86_400_000;
const NO_MAIL = 'sendEmail=false';

const call: CallWebex = (method, path, json) => ({
  method,
  url: `${BASE_URL}${path}`,
  ...(json !== undefined && { json }),
});

export function webex(options: WebexOptions): WebexProvider {
  const { auth, coHosts = [], invitees = true, looksFirst = false } = options;
  const capabilities: Capabilities = {
    keeps: ['title', 'description', 'time', 'recurrence', ...(invitees ? (['guests'] as const) : [])],
    update: 'patch',
    cancel: 'yes',
    occurrences: 'keeps-until-rescheduled',
    reads: true,
    idempotency: looksFirst ? 'key' : 'none',
  };

  return {
    capabilities,
    urlPrefixes: [`${BASE_URL}/`],
    auth,
    caveats: webexCaveats,

    *create(meeting, idempotencyKey): Operation<CreateOutcome> {
      const tag = idempotencyKey.slice(0, MAX_TAG_CHARS);
      if (looksFirst) {
        const answer = yield call('GET', lookUp(tag, meeting));
        if (!isSuccess(answer)) return notGone(webexFailure(answer), answer);
        const items = itemsOf(jsonOf(answer));
        if (items === undefined) return { kind: 'unavailable' };
        if (items.length > 0) return created(readConference(items[0], webexCaveats(meeting)));
      }
      const answer = yield call('POST', '/meetings', createBody(meeting, tag, options, coHosts));
      if (!isSuccess(answer)) return notGone(webexFailure(answer), answer);
      return created(readConference(jsonOf(answer), webexCaveats(meeting)));
    },

    *update(id, meeting, fields): Operation<Outcome> {
      const isRescheduled = fields.includes('time') || fields.includes('recurrence');
      const told = {
        ...(fields.includes('title') && { title: titleOf(meeting) }),
        ...(fields.includes('description') && { agenda: agendaOf(meeting) || null }),
      };
      let outcome: Outcome = { kind: 'done' };
      let seen: HttpAnswer | undefined;
      if (isRescheduled || Object.keys(told).length > 0) {
        const patch = (schedule: object): HttpRequest =>
          call('PATCH', meetingPath(id), { ...told, ...schedule, sendEmail: false });
        let answer = yield patch(isRescheduled ? scheduleOf(meeting) : {});
        // Webex takes no start that has passed. A series that has begun is told from its next occurrence on.
        const again = isRescheduled && answer.status === 400 ? rescheduledFromNowOn(meeting, answer) : undefined;
        if (again !== undefined) answer = yield patch(again);
        outcome = changeOutcome(answer);
        if (outcome.kind !== 'done') return outcome;
        seen = answer;
      }
      const compared = seen && comparisonOf(meeting, seen);
      if (!fields.includes('guests')) return compared ? doneWith(compared, fields) : outcome;
      const invited = yield* updateInvitees(id, meeting, coHosts, call);
      // All else has been told by now.
      return invited.kind === 'refused' ? { ...invited, of: ['guests'] } : invited;
    },

    *updateOccurrence(id, occurrence): Operation<Outcome> {
      const path = occurrencePath(id, occurrence);
      return changeOutcome(
        occurrence.time === undefined
          ? yield call('DELETE', `${path}?${NO_MAIL}`)
          : yield call('PATCH', path, { ...timesOf(occurrence.time), sendEmail: false }),
      );
    },

    *cancel(id): Operation<Outcome> {
      return changeOutcome(yield call('DELETE', `${meetingPath(id)}?${NO_MAIL}`));
    },

    *read(id, meeting): Operation<ReadOutcome> {
      const answer = yield call('GET', meetingPath(id));
      if (!isSuccess(answer)) return webexFailure(answer);
      const compared = comparisonOf(meeting, answer);
      return compared === undefined ? { kind: 'unavailable' } : { kind: 'read', shown: shownOf(compared) };
    },
  };
}

/** Of the meeting that an answer shows; undefined when it shows none. */
function comparisonOf(meeting: Meeting, answer: HttpAnswer): Comparison | undefined {
  const shown = jsonOf(answer) as Record<string, unknown> | undefined;
  if (typeof shown?.title !== 'string') return undefined;
  const told = { title: titleOf(meeting), agenda: agendaOf(meeting), schedule: scheduleOf(meeting) };
  return compareWebex(meeting, told, shown, Date.parse(answer.headers.date ?? ''));
}

function createBody(meeting: Meeting, tag: string, options: WebexOptions, coHosts: readonly string[]) {
  const { joinSecurity, joinBeforeHostMinutes, invitees = true } = options;
  const agenda = agendaOf(meeting);
  const { recurrence, ...times } = scheduleOf(meeting);
  const guests = meeting.guests.map(({ email }) => ({ email, coHost: coHosts.includes(email) }));
  return {
    title: titleOf(meeting),
    ...(agenda && { agenda }),
    ...times,
    ...(recurrence !== null && { recurrence }),
    ...(invitees && guests.length > 0 && { invitees: guests }),
    ...(joinSecurity !== undefined && { unlockedMeetingJoinSecurity: joinSecurity }),
    ...(joinBeforeHostMinutes !== undefined && { enabledJoinBeforeHost: true, joinBeforeHostMinutes }),
    integrationTags: [tag],
    sendEmail: false,
  };
}

/** The list shows a week unless it is told where to look. */
function lookUp(tag: string, { start, end }: Meeting): string {
  const at = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
  const range = `from=${at(momentMs(start) - DAY_MS)}&to=${at(momentMs(end) + DAY_MS)}`;
  return `/meetings?integrationTag=${encodeURIComponent(tag)}&meetingType=meetingSeries&${range}`;
}

/** Webex writes a title into its own pages; an empty one it refuses. */
function titleOf({ title }: Meeting): string {
  return cut(title, MAX_TITLE_CHARS);
}

function agendaOf({ description }: Meeting): string {
  return cut(plainText(description), MAX_AGENDA_CHARS);
}

function meetingPath(id: string): string {
  return `/meetings/${encodeURIComponent(id)}`;
}

/** `<series>_20260310T090000Z`: named by its instant, which for a whole day is the midnight that Webex was told. */
function occurrencePath(id: string, { slot, timeZone = 'UTC' }: Occurrence): string {
  const at = slot.includes('T') ? slot : utcText(instantMs({ date: slot, timeZone }));
  return meetingPath(`${id}_${at.replace(/[-:]/g, '')}`);
}

function utcText(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function created(conference: Conference | undefined): CreateOutcome {
  // A success without a meeting is no success; it may exist all the same.
  return conference === undefined ? { kind: 'unavailable' } : { kind: 'created', conference };
}

/** A deletion is answered with nothing, a change with the meeting; a page came from something that is not Webex. */
function changeOutcome(answer: HttpAnswer): Outcome {
  if (!isSuccess(answer)) return webexFailure(answer);
  return answer.text.trim() === '' || jsonOf(answer) !== undefined ? { kind: 'done' } : { kind: 'unavailable' };
}

/** At a create there is nothing that could be gone. */
function notGone(outcome: Failure, { status }: HttpAnswer): Exclude<Failure, { kind: 'gone' }> {
  return outcome.kind === 'gone' ? { kind: 'refused', code: `webex-${status}` } : outcome;
}
