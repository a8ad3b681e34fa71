/**
 * Zoom: scheduled and recurring meetings through its REST API v2.
 *
 * Keeps what Zoom can have exactly; an event whose repetition it cannot have becomes a recurring meeting without fixed
 * time, and `caveats` says so. A user has 100 creates and updates a day: only changed fields are sent, and details wait when
 * the day's number runs out. The host's start link never leaves the answer.
 * Zoom: https://developers.zoom.us/docs/api/meetings/
 */
import type { Capabilities } from '../core/capabilities';
import type { Meeting, MeetingField, Moment } from '../core/meeting';
import { momentMs } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import { exactLocalTime, localTimeIn } from '../core/zone';
import type { HttpAnswer, HttpRequest } from '../ports/http';
import type { Auth, CreateOutcome, Operation, Provider, ReadOutcome } from '../ports/provider';
import { type Failure, isSuccess, jsonOf } from './answers';
import { instantMs } from './instant';
import { needsInvited, withInvited } from './invited';
import { cut, plainText } from './plain-text';
import { wallTime } from './repetition';
import { readConference, readInvitees, readOccurrences, zoomFailure } from './zoom-answers';
import { lookAtZoom } from './zoom-look';
import { fromNowOn, zoomRecurrence } from './zoom-recurrence';

export interface ZoomOptions {
  auth: Auth;
  /** Whose meetings they are: `me` (the default) for a person's grant, an address for a server-to-server app. */
  userId?: string;
  /** Default: https://api.zoom.us/v2. Zoom for Government has another. */
  apiUrl?: string;
  /** Left out: as the host's own settings say. */
  waitingRoom?: boolean;
  /** `none`: no passcode unless Zoom's rules force one. Left out: as the host's own settings say. */
  passcode?: 'none';
  /** Addresses of licensed users of the same account, who may start the meeting. */
  alternativeHosts?: readonly string[];
  /** True: guests are entered as Zoom's invitees. */
  invitees?: boolean;
}

export type ZoomProvider = Provider & Required<Pick<Provider, 'caveats'>>;

/** Creates and updates of one user. https://developers.zoom.us/docs/api/rate-limits/ */
const REQUESTS_PER_DAY = 100;
const MAX_TOPIC_CHARS = 200;
const MAX_AGENDA_CHARS = 2_000;
const MAX_DURATION_MINUTES = 1_440;
const MINUTE_MS = 60_000;
const SCHEDULED = 2;
const WITHOUT_FIXED_TIME = 3;
const RECURRING = 8;
/** Google tells people; Zoom is not to mail them as well. */
const NO_MAILS = 'schedule_for_reminder=false&cancel_meeting_reminder=false';

export function zoom(options: ZoomOptions): ZoomProvider {
  const { auth, userId = 'me', apiUrl = 'https://api.zoom.us/v2' } = options;
  const capabilities: Capabilities = {
    keeps: ['title', 'description', 'time', 'recurrence', ...(options.invitees ? (['guests'] as const) : [])],
    update: 'patch',
    cancel: 'yes',
    occurrences: 'keeps-until-rescheduled',
    idempotency: 'none',
    reads: true,
    dailyRequests: REQUESTS_PER_DAY,
  };
  const call = (method: HttpRequest['method'], path: string, json?: unknown): HttpRequest => ({
    method,
    url: `${apiUrl}${path}`,
    ...(json !== undefined && { json }),
  });
  const meetingPath = (id: string) => `/meetings/${encodeURIComponent(id)}`;

  return {
    capabilities,
    urlPrefixes: [`${apiUrl}/`],
    auth,
    caveats,

    *create(meeting): Operation<CreateOutcome> {
      const body = { ...bodyOf(meeting, capabilities.keeps), ...createOnly(options, meeting) };
      const answer = yield call('POST', `/users/${encodeURIComponent(userId)}/meetings`, body);
      if (!isSuccess(answer)) return notGone(zoomFailure(answer));
      const conference = readConference(jsonOf(answer), caveats(meeting));
      // A success without a meeting is no success; it may exist all the same.
      return conference === undefined ? { kind: 'unavailable' } : { kind: 'created', conference };
    },

    *update(id, meeting, fields): Operation<Outcome> {
      if (fields.length === 0) return { kind: 'done' };
      let told = meeting;
      if (needsInvited(meeting, fields)) {
        const kept = yield call('GET', meetingPath(id));
        const invited = isSuccess(kept) ? readInvitees(jsonOf(kept)) : undefined;
        if (invited === undefined) return isSuccess(kept) ? { kind: 'unavailable' } : zoomFailure(kept);
        told = withInvited(meeting, invited);
      }
      const answer = yield call('PATCH', meetingPath(id), bodyOf(told, fields));
      const outcome = changeOutcome(answer);
      const again = outcome.kind === 'done' && touchesSchedule(fields) && bodyFromNowOn(meeting, answer);
      return again ? changeOutcome(yield call('PATCH', meetingPath(id), again)) : outcome;
    },

    *updateOccurrence(id, { slot, time }): Operation<Outcome> {
      const answer = yield call('GET', `${meetingPath(id)}?show_previous_occurrences=true`);
      if (!isSuccess(answer)) return zoomFailure(answer);
      const series = readOccurrences(jsonOf(answer));
      if (series === undefined) return { kind: 'unavailable' };
      // Without fixed times there is nothing to tell: the link serves whenever people meet.
      if (series.type === WITHOUT_FIXED_TIME) return { kind: 'done' };
      const found = series.occurrences.find(({ occurrence_id, startMs }) =>
        [Number(occurrence_id), startMs].some((ms) => isSlot(slot, ms, series.timezone)),
      );
      if (found === undefined) return { kind: 'gone' };
      const occurrence = `${meetingPath(id)}?occurrence_id=${encodeURIComponent(found.occurrence_id)}`;
      if (time !== undefined) {
        // What was deleted at Zoom cannot be brought back.
        if (found.deleted) return { kind: 'gone' };
        const start_time = utcText(instantMs(time.start));
        return changeOutcome(yield call('PATCH', occurrence, { start_time, duration: durationMinutes(time) }));
      }
      return found.deleted ? { kind: 'done' } : changeOutcome(yield call('DELETE', `${occurrence}&${NO_MAILS}`));
    },

    *cancel(id): Operation<Outcome> {
      return changeOutcome(yield call('DELETE', `${meetingPath(id)}?${NO_MAILS}`));
    },

    *read(id, meeting): Operation<ReadOutcome> {
      return lookAtZoom(meeting, bodyOf(meeting, capabilities.keeps), yield call('GET', meetingPath(id)));
    },
  };
}

function caveats(meeting: Meeting): string[] {
  const said: string[] = [];
  const recurrence = meeting.recurrence.length === 0 ? undefined : zoomRecurrence(meeting);
  if (recurrence !== undefined && 'reason' in recurrence) {
    said.push(`Zoom has this as a recurring meeting without fixed time, because ${recurrence.reason}.`);
  } else if (momentMs(meeting.end) - momentMs(meeting.start) > MAX_DURATION_MINUTES * MINUTE_MS) {
    said.push('Zoom shows no more than its first 24 hours.');
  }
  return said;
}

function bodyOf(meeting: Meeting, fields: readonly MeetingField[]): Record<string, unknown> {
  const emails = meeting.guests.map(({ email }) => ({ email }));
  return {
    ...(fields.includes('title') && { topic: cut(meeting.title, MAX_TOPIC_CHARS) }),
    ...(fields.includes('description') && { agenda: cut(plainText(meeting.description), MAX_AGENDA_CHARS) }),
    ...(touchesSchedule(fields) && scheduleOf(meeting)),
    ...(fields.includes('guests') && { settings: { meeting_invitees: emails } }),
  };
}

function touchesSchedule(fields: readonly MeetingField[]): boolean {
  return fields.includes('time') || fields.includes('recurrence');
}

/** Start and repetition belong together: a rule is read from its start. */
function scheduleOf(meeting: Meeting): Record<string, unknown> {
  if (meeting.withoutFixedTime) return { type: WITHOUT_FIXED_TIME };
  if (meeting.recurrence.length === 0) return { type: SCHEDULED, ...timesOf(meeting) };
  const recurrence = zoomRecurrence(meeting);
  return 'reason' in recurrence ? { type: WITHOUT_FIXED_TIME } : { type: RECURRING, ...timesOf(meeting), recurrence };
}

function timesOf(meeting: Meeting, start_time = startOf(meeting.start)): Record<string, unknown> {
  return { start_time, timezone: meeting.start.timeZone, duration: durationMinutes(meeting) };
}

/** Local time of the zone beside it, or UTC where that comes twice: Zoom takes no other offset. */
function startOf(start: Moment): string {
  const local = wallTime(start);
  if ('date' in start || exactLocalTime(start.timeZone, start.ms, local) === local) return local;
  return utcText(start.ms);
}

/** The slot of a whole day is its date, wherever that is. */
function isSlot(slot: string, ms: number, timezone: string): boolean {
  if (slot.includes('T') || Number.isNaN(ms)) return Date.parse(slot) === ms;
  return localTimeIn(timezone, ms)?.slice(0, 10) === slot;
}

function utcText(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function durationMinutes({ start, end }: Pick<Meeting, 'start' | 'end'>): number {
  const minutes = Math.ceil((momentMs(end) - momentMs(start)) / MINUTE_MS);
  return Math.min(MAX_DURATION_MINUTES, Math.max(1, minutes));
}

/**
 * Zoom passes silently over the schedule in an update whose start has passed, and answers as if it had done it. A series
 * that has begun is told again, from its next occurrence on.
 */
function bodyFromNowOn(meeting: Meeting, answer: HttpAnswer): Record<string, unknown> | undefined {
  const nowMs = Date.parse(answer.headers.date ?? '');
  if (!(instantMs(meeting.start) <= nowMs) || meeting.recurrence.length === 0) return undefined;
  const rest = fromNowOn(meeting, nowMs);
  return rest && { type: RECURRING, ...timesOf(meeting, rest.start), recurrence: rest.recurrence };
}

function createOnly({ waitingRoom, passcode, alternativeHosts, invitees }: ZoomOptions, meeting: Meeting) {
  const settings = {
    ...(waitingRoom !== undefined && { waiting_room: waitingRoom }),
    ...(alternativeHosts !== undefined && { alternative_hosts: alternativeHosts.join(';') }),
    ...(invitees && { meeting_invitees: meeting.guests.map(({ email }) => ({ email })) }),
  };
  return {
    ...(passcode === 'none' && { default_password: false }),
    ...(Object.keys(settings).length > 0 && { settings }),
  };
}

/** An update or cancel is answered with 204 and nothing else; a page came from something that is not Zoom. */
function changeOutcome(answer: HttpAnswer): Outcome {
  if (!isSuccess(answer)) return zoomFailure(answer);
  return answer.text.trim() === '' ? { kind: 'done' } : { kind: 'unavailable' };
}

/** At a create there is nothing that could be gone. */
function notGone(outcome: Failure): Exclude<Failure, { kind: 'gone' }> {
  return outcome.kind === 'gone' ? { kind: 'refused', code: 'zoom-3001' } : outcome;
}
