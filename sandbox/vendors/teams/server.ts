/**
 * A stateful imitation of Microsoft Graph v1.0, as far as online meetings go: https://graph.microsoft.com/v1.0.
 *
 * Keeps to Microsoft's pages: createOrGet tells meetings apart by user and external id, start and end are changed
 * together, the list of attendees is replaced as a whole. Observed: createOrGet of a meeting that exists changes nothing
 * of it. Not known, and so: after a deletion the external id makes a new meeting. A field that the pages do not name is
 * an error of the simulator.
 */
import type { Clock } from '../../world/clock';
import type { HttpExchange, HttpReply, Site } from '../../world/exchange';
import type { JsonObject } from '../../world/json';
import type { Random } from '../../world/random';
import type { Records } from '../../world/records';
import type { Refusals } from '../refusals';
import { readCreate, readUpdate } from './body';
import { resourceOf, type TeamsMeeting } from './meeting';
import { badRequest, GraphRefusal, JSON_HEADERS } from './refusal';

export interface TeamsServerOptions {
  records: Records;
  clock: Clock;
  random: Random;
  /** Access tokens and whose they are, or who knows. */
  tokens: Record<string, string> | ((token: string) => string | undefined);
  /** Users whom an application may act for, each under /users: those with an application access policy. */
  actsFor?: readonly string[];
  /** What it refuses besides: titles only, as it keeps no description and no zone. */
  refusals?: Refusals;
}

const KIND = 'teams-meeting';
const COUNT_KIND = 'teams-creates';
/** /graph/throttling-limits: "2000 meetings/user each month". When the month begins anew is not said. */
const CREATES_PER_MONTH = 2_000;
const MONTH_MS = 30 * 86_400_000;
/** Organiser and thread in base64, as the ids that people have shown. */
const ID_CHARS = 148;
const HEX = '0123456789abcdef';

export class TeamsServer implements Site {
  constructor(private readonly options: TeamsServerOptions) {}

  /** Those that are there, oldest first. */
  meetings(): TeamsMeeting[] {
    return [...this.options.records.entries<TeamsMeeting>(KIND)].map(([, meeting]) => meeting);
  }

  /** What the host does on the vendor's own pages, or another program in their name: another title, another start. */
  hostChanges(id: string, { title, startMs }: { title?: string; startMs?: number }): void {
    const meeting = this.options.records.get<TeamsMeeting>(KIND, id) as TeamsMeeting;
    const times = startMs === undefined ? {} : { startMs, endMs: startMs + meeting.endMs - meeting.startMs };
    this.options.records.put(KIND, id, { ...meeting, ...(title !== undefined && { subject: title }), ...times });
  }

  /** The host ends it on the vendor's own pages. */
  hostEnds(id: string): void {
    this.options.records.remove(KIND, id);
  }

  handle(request: HttpExchange): HttpReply {
    const nowMs = this.options.clock.nowMs();
    const requestId = [8, 4, 4, 4, 12].map((chars) => this.options.random.text(chars, HEX)).join('-');
    const reply = this.answer(request, requestId, nowMs);
    const headers = { ...reply.headers, Date: new Date(nowMs).toUTCString(), 'request-id': requestId };
    return { ...reply, headers };
  }

  private answer(request: HttpExchange, requestId: string, nowMs: number): HttpReply {
    try {
      const { pathname } = new URL(request.url);
      const [, owner, name = ''] = /^\/v1\.0\/(me|users\/[^/]+)\/onlineMeetings\/([^/]+)$/.exec(pathname) ?? [];
      const user = this.userOf(request, owner);
      switch (`${request.method} ${name === 'createOrGet' ? name : 'meeting'}`) {
        case 'POST createOrGet':
          return this.createOrGet(request, user, nowMs);
        case 'GET meeting':
          return json(200, resourceOf(this.find(name, user)));
        case 'PATCH meeting':
          return json(200, resourceOf(this.updated(name, user, request)));
        case 'DELETE meeting':
          this.options.records.remove(KIND, this.find(name, user).id);
          return { status: 204, headers: {}, body: '' };
        default:
          throw new GraphRefusal(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the resource.');
      }
    } catch (problem) {
      if (problem instanceof GraphRefusal) return problem.reply(requestId, nowMs);
      throw problem;
    }
  }

  private createOrGet(request: HttpExchange, organizer: string, nowMs: number): HttpReply {
    const { externalId, times, subject = null, attendees = [] } = readCreate(request.body, nowMs);
    const known = this.meetings().find((one) => one.organizer === organizer && one.externalId === externalId);
    if (known !== undefined) return json(200, resourceOf(known));
    this.takeCreate(organizer, nowMs);
    const { random } = this.options;
    const threadId = `19:meeting_${random.text(48)}@thread.v2`;
    const digits = (count: number) => random.text(count, '0123456789');
    const meeting: TeamsMeeting = {
      id: `MSo${random.text(ID_CHARS - 3)}`,
      externalId,
      organizer,
      subject,
      createdMs: nowMs,
      ...times,
      attendees,
      joinMeetingId: digits(12),
      conferenceId: digits(9),
      passcode: random.text(6),
      threadId,
    };
    this.options.records.put(KIND, meeting.id, meeting);
    return json(201, resourceOf(meeting));
  }

  private updated(id: string, user: string, request: HttpExchange): TeamsMeeting {
    const before = this.find(id, user);
    const { times, ...changes } = readUpdate(request.body);
    if (this.options.refusals?.has('title', changes.subject)) throw badRequest('Invalid value for subject.');
    const meeting: TeamsMeeting = { ...before, ...changes, ...times };
    this.options.records.put(KIND, meeting.id, meeting);
    return meeting;
  }

  private find(name: string, user: string): TeamsMeeting {
    const meeting = this.options.records.get<TeamsMeeting>(KIND, decode(name));
    if (meeting === undefined || meeting.organizer !== user) {
      throw new GraphRefusal(404, 'NotFound', 'Meeting not found or access denied.');
    }
    return meeting;
  }

  /** Whose meetings the path names: the token's own, or those of a user whom an application may act for. */
  private userOf({ headers }: HttpExchange, owner = ''): string {
    const { tokens, actsFor = [] } = this.options;
    const named = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
    const token = /^Bearer (.+)$/.exec(named)?.[1] ?? '';
    const user = typeof tokens === 'function' ? tokens(token) : tokens[token];
    if (user === undefined) {
      throw new GraphRefusal(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.');
    }
    if (owner === 'me') return user;
    const other = decode(owner.replace('users/', ''));
    if (actsFor.includes(other)) return other;
    throw new GraphRefusal(403, 'General', 'No application access policy found for this app.');
  }

  private takeCreate(user: string, nowMs: number): void {
    const { records } = this.options;
    const kept = (records.get<number[]>(COUNT_KIND, user) ?? []).filter((atMs) => atMs > nowMs - MONTH_MS);
    if (kept.length >= CREATES_PER_MONTH) {
      const seconds = Math.ceil(((kept[0] as number) + MONTH_MS - nowMs) / 1_000);
      throw new GraphRefusal(429, 'TooManyRequests', 'Too many requests.', { 'Retry-After': String(seconds) });
    }
    records.put(COUNT_KIND, user, [...kept, nowMs]);
  }
}

function json(status: number, body: JsonObject): HttpReply {
  return { status, headers: JSON_HEADERS, body: JSON.stringify(body) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
