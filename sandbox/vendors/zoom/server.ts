/**
 * A stateful imitation of Zoom's REST API v2, as far as meetings go: https://api.zoom.us/v2.
 *
 * Keeps to Zoom's description of its API, and to what its text says beyond it: a start that has passed is silently
 * ignored, a changed repetition makes all occurrences anew, an occurrence has no topic, 100 creates a day for a host and
 * 100 updates for a meeting. A field it does not know is an error of the simulator, not a silent success.
 */
import type { Clock } from '../../world/clock';
import type { HttpExchange, HttpReply, Site } from '../../world/exchange';
import type { Random } from '../../world/random';
import type { Records } from '../../world/records';
import type { Refusals } from '../refusals';
import { readBody, type ZoomChanges } from './body';
import { REQUESTS_PER_DAY, REQUESTS_PER_SECOND } from './limits';
import { RECURRING, resourceOf, SCHEDULED, WITHOUT_FIXED_TIME, type ZoomMeeting } from './meeting';
import { occurrencesOf } from './occurrences';
import { invalidField, noSuchMeeting, ZoomRefusal } from './refusal';

export interface ZoomServerOptions {
  records: Records;
  clock: Clock;
  random: Random;
  /** Access tokens and whose they are, or who knows. Absent: any token is the same user's. */
  tokens?: Record<string, string> | ((token: string) => string | undefined);
  /** What an access token may do. Absent: all. */
  scopesOf?: (token: string) => readonly string[];
  /** Whether a daily limit says when to come back. Zoom's description of the API does not promise it. */
  tellsRetryAfter?: boolean;
  /** What it refuses besides. */
  refusals?: Refusals;
}

const KIND = 'zoom-meeting';
const FIELD_OF = { title: 'topic', description: 'agenda', zone: 'timezone' };
const COUNT_KIND = 'zoom-count';
const DAY_MS = 86_400_000;
const USER = 'user-1';

export class ZoomServer implements Site {
  private readonly recentMs: number[] = [];

  constructor(private readonly options: ZoomServerOptions) {}

  /** Those that are there, oldest first. */
  meetings(): ZoomMeeting[] {
    return [...this.options.records.entries<ZoomMeeting>(KIND)].map(([, meeting]) => meeting);
  }

  /** What the host does on the vendor's own pages, or another program in their name: another title, another start. */
  hostChanges(id: string, { title, startMs }: { title?: string; startMs?: number }): void {
    const meeting = this.options.records.get<ZoomMeeting>(KIND, id) as ZoomMeeting;
    const named = { ...meeting, ...(title !== undefined && { topic: title }) };
    this.keep(startMs === undefined ? named : schedule(named, named.type, startMs, named.recurrence));
  }

  /** The host ends it on the vendor's own pages. */
  hostEnds(id: string): void {
    this.options.records.remove(KIND, id);
  }

  handle(request: HttpExchange): HttpReply {
    const nowMs = this.options.clock.nowMs();
    const reply = this.answer(request, nowMs);
    return { ...reply, headers: { ...reply.headers, Date: new Date(nowMs).toUTCString() } };
  }

  private answer(request: HttpExchange, nowMs: number): HttpReply {
    try {
      const user = this.userOf(request);
      this.takeRequest(nowMs);
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === '/v2/users/me' && request.method === 'GET') return this.me(user, request);
      const create = /^\/v2\/users\/([^/]+)\/meetings$/.exec(pathname);
      if (create !== null && request.method === 'POST') return this.create(decode(create[1] as string), user, request);
      const one = /^\/v2\/meetings\/([^/]+)$/.exec(pathname);
      if (one === null) throw new ZoomRefusal(404, 404, `API request path ${pathname} does not exist.`);
      const meeting = this.find(decode(one[1] as string), user);
      const occurrence = searchParams.get('occurrence_id') ?? undefined;
      switch (request.method) {
        case 'GET': {
          const fromMs = searchParams.get('show_previous_occurrences') === 'true' ? undefined : nowMs;
          return json(200, resourceOf(meeting, fromMs));
        }
        case 'PATCH':
          this.takeDaily(user, nowMs);
          this.keep(occurrence === undefined ? this.changed(meeting, request) : moved(meeting, occurrence, request));
          return NO_CONTENT;
        case 'DELETE':
          if (occurrence === undefined) this.options.records.remove(KIND, String(meeting.id));
          else this.keep(withOccurrence(meeting, occurrence, { status: 'deleted' }));
          return NO_CONTENT;
      }
      throw new ZoomRefusal(405, 405, `Request method '${request.method}' is not supported.`);
    } catch (problem) {
      if (problem instanceof ZoomRefusal) return this.withRetryAfter(problem, nowMs);
      throw problem;
    }
  }

  /** https://developers.zoom.us/docs/api/users/: with the scope of its own, which Zoom names when it is missing. */
  private me(user: string, request: HttpExchange): HttpReply {
    const scope = 'user:read:user';
    if (this.options.scopesOf?.(tokenIn(request) ?? '').includes(scope) === false) {
      throw new ZoomRefusal(400, 4711, `Invalid access token, does not contain scopes:[${scope}].`);
    }
    return json(200, {
      id: user,
      email: user.includes('@') ? user : `${user}@zoom.example`,
      type: 2,
      status: 'active',
    });
  }

  private create(asked: string, user: string, request: HttpExchange): HttpReply {
    const { clock, random } = this.options;
    if (asked !== 'me' && asked !== user) throw new ZoomRefusal(404, 1001, `User does not exist: ${asked}.`);
    const changes = this.taken(readBody(request.body, 'UTC'));
    const nowMs = clock.nowMs();
    this.takeDaily(user, nowMs);
    const type = changes.type ?? SCHEDULED;
    const { withoutPassword, startMs = nowMs, recurrence, ...given } = changes;
    const meeting: ZoomMeeting = {
      topic: 'Zoom Meeting',
      agenda: '',
      duration: 60,
      timezone: 'UTC',
      password: withoutPassword ? '' : random.text(6, '0123456789abcdef'),
      ...given,
      id: 80_000_000_000 + random.int(9_999_999_999),
      uuid: `${random.text(22)}==`,
      hostId: user,
      type,
      occurrences: [],
      createdMs: nowMs,
    };
    // A start that has passed counts as now.
    const scheduled = schedule(meeting, type, Math.max(startMs, nowMs), recurrence);
    this.keep(scheduled);
    return json(201, resourceOf(scheduled));
  }

  /** The meeting after an update of the whole of it. */
  private changed(meeting: ZoomMeeting, request: HttpExchange): ZoomMeeting {
    const {
      withoutPassword: _,
      type = meeting.type,
      startMs,
      recurrence,
      duration,
      timezone,
      settings,
      ...rest
    } = this.taken(readBody(request.body, meeting.timezone));
    const told = { ...meeting, ...rest, settings: { ...meeting.settings, ...settings } };
    if (type === WITHOUT_FIXED_TIME) return schedule(told, type, undefined, undefined);
    // Without a start, or with one that has passed, the schedule stays as it was, and nothing says so.
    if (startMs === undefined || startMs <= this.options.clock.nowMs()) return told;
    const timed = { ...told, ...(duration !== undefined && { duration }), ...(timezone !== undefined && { timezone }) };
    return schedule(timed, type, startMs, recurrence ?? meeting.recurrence);
  }

  private taken(changes: ZoomChanges): ZoomChanges {
    const { topic, agenda, timezone } = changes;
    const refused = this.options.refusals?.in({ title: topic, description: agenda, zone: timezone });
    if (refused !== undefined) throw invalidField(FIELD_OF[refused], 'Invalid field.');
    return changes;
  }

  private find(id: string, user: string): ZoomMeeting {
    const meeting = this.options.records.get<ZoomMeeting>(KIND, id);
    if (meeting === undefined || meeting.hostId !== user) throw noSuchMeeting(id);
    return meeting;
  }

  private keep(meeting: ZoomMeeting): void {
    this.options.records.put(KIND, String(meeting.id), meeting);
  }

  private userOf(request: HttpExchange): string {
    const token = tokenIn(request);
    const { tokens } = this.options;
    const user =
      token === undefined || tokens === undefined
        ? token && USER
        : typeof tokens === 'function'
          ? tokens(token)
          : tokens[token];
    if (user === undefined || user === '') throw new ZoomRefusal(401, 124, 'Invalid access token.');
    return user;
  }

  private takeRequest(nowMs: number): void {
    while (this.recentMs.length > 0 && (this.recentMs[0] as number) <= nowMs - 1_000) this.recentMs.shift();
    if (this.recentMs.length >= REQUESTS_PER_SECOND) {
      const message = 'You have reached the maximum per-second rate limit for this API. Try again later.';
      throw new ZoomRefusal(429, 4001, message);
    }
    this.recentMs.push(nowMs);
  }

  private takeDaily(user: string, nowMs: number): void {
    const { records } = this.options;
    const day = Math.floor(nowMs / DAY_MS);
    const kept = records.get<{ day: number; taken: number }>(COUNT_KIND, user);
    const taken = kept?.day === day ? kept.taken : 0;
    if (taken >= REQUESTS_PER_DAY) {
      const about = 'Meeting Create/Update API requests permitted for this particular user';
      const message = `You have exceeded the daily rate limit (${REQUESTS_PER_DAY}) of ${about}.`;
      throw new ZoomRefusal(429, 429, message);
    }
    records.put(COUNT_KIND, user, { day, taken: taken + 1 });
  }

  private withRetryAfter(refusal: ZoomRefusal, nowMs: number): HttpReply {
    const reply = refusal.reply();
    if (refusal.code !== 429 || this.options.tellsRetryAfter !== true) return reply;
    const midnight = new Date((Math.floor(nowMs / DAY_MS) + 1) * DAY_MS).toISOString();
    return { ...reply, headers: { ...reply.headers, 'Retry-After': midnight } };
  }
}

function tokenIn({ headers }: HttpExchange): string | undefined {
  const named = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  return /^Bearer (.+)$/.exec(named)?.[1];
}

const NO_CONTENT: HttpReply = { status: 204, headers: {}, body: '' };

/** All occurrences are made anew: what was moved or deleted is forgotten. */
function schedule(
  meeting: ZoomMeeting,
  type: number,
  startMs: number | undefined,
  recurrence: ZoomMeeting['recurrence'],
): ZoomMeeting {
  const { startMs: _start, recurrence: _rule, ...rest } = meeting;
  if (type === WITHOUT_FIXED_TIME || startMs === undefined) return { ...rest, type, occurrences: [] };
  if (type !== RECURRING) return { ...rest, type, startMs, occurrences: [] };
  if (recurrence === undefined) throw new ZoomRefusal(400, 300, 'Recurrence is required for type 8.');
  const occurrences = occurrencesOf(recurrence, startMs, meeting.duration, meeting.timezone);
  return { ...rest, type, startMs, recurrence, occurrences };
}

function moved(meeting: ZoomMeeting, occurrence: string, request: HttpExchange): ZoomMeeting {
  const { startMs, duration, topic, recurrence } = readBody(request.body, meeting.timezone);
  if (topic !== undefined || recurrence !== undefined) throw new ZoomRefusal(400, 300, 'Not for an occurrence.');
  return withOccurrence(meeting, occurrence, {
    ...(startMs !== undefined && { start_time: new Date(startMs).toISOString().replace('.000Z', 'Z') }),
    ...(duration !== undefined && { duration }),
  });
}

function withOccurrence(
  meeting: ZoomMeeting,
  id: string,
  change: Partial<ZoomMeeting['occurrences'][number]>,
): ZoomMeeting {
  const found = meeting.occurrences.find((one) => one.occurrence_id === id && one.status === 'available');
  if (found === undefined) throw new ZoomRefusal(400, 300, 'Invalid parameter: occurrence_id.');
  const occurrences = meeting.occurrences.map((one) => (one === found ? { ...one, ...change } : one));
  return { ...meeting, occurrences };
}

function json(status: number, value: unknown): HttpReply {
  return { status, headers: { 'Content-Type': 'application/json;charset=UTF-8' }, body: JSON.stringify(value) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
