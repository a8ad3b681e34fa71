/**
 * A stateful imitation of Webex's REST API, as far as meetings go: https://webexapis.com/v1.
 *
 * Keeps to Webex's description of its API, and to what its text says beyond it: a start that has passed is refused,
 * seconds are cut, a rescheduled series loses its exceptions, failed creates count toward the 100 a day. What would make
 * Webex write to people, and a field it does not know, is an error of the simulator.
 */

import { isOccurrence } from '../../conference/moments';
import type { Clock } from '../../world/clock';
import type { HttpExchange, HttpReply, Site } from '../../world/exchange';
import type { Json } from '../../world/json';
import type { Random } from '../../world/random';
import type { Records } from '../../world/records';
import type { Refusals } from '../refusals';
import { invalid, parsed, readBody, type WebexChanges } from './body';
import { listedOf, resourceOf, utc, type WebexException, type WebexMeeting } from './meeting';
import { JSON_HEADERS, WebexRefusal } from './refusal';

export interface WebexServerOptions {
  records: Records;
  clock: Clock;
  random: Random;
  /** Access tokens and whose they are, or who knows. */
  tokens: Record<string, string> | ((token: string) => string | undefined);
  /** What an access token may do. Absent: all. */
  scopesOf?: (token: string) => readonly string[];
  /** What it refuses besides. */
  refusals?: Refusals;
}

interface Call {
  request: HttpExchange;
  url: URL;
  user: string;
  id: string;
}

const KIND = 'webex-meeting';
const FIELD_OF = { title: 'title', description: 'agenda', zone: 'timezone' };
const COUNT_KIND = 'webex-creates';
const DAY_MS = 86_400_000;
/** https://developer.webex.com/docs/api/v1/meetings/create-a-meeting */
const CREATES_PER_DAY = 100;
const LISTED = 10;
/** Invitees that are added at once, at most. */
const INSERTED = 100;

export class WebexServer implements Site {
  constructor(private readonly options: WebexServerOptions) {}

  /** Those that are there, oldest first. */
  meetings(): WebexMeeting[] {
    return [...this.options.records.entries<WebexMeeting>(KIND)].map(([, meeting]) => meeting);
  }

  /** What the host does on the vendor's own pages, or another program in their name: another title, another start. */
  hostChanges(id: string, { title, startMs }: { title?: string; startMs?: number }): void {
    const meeting = this.options.records.get<WebexMeeting>(KIND, id) as WebexMeeting;
    const lengthMs = meeting.endMs - meeting.startMs;
    const times = startMs === undefined ? {} : { startMs, endMs: startMs + lengthMs, exceptions: {} };
    this.keep({ ...meeting, ...(title !== undefined && { title }), ...times });
  }

  /** The host ends it on the vendor's own pages. */
  hostEnds(id: string): void {
    this.options.records.remove(KIND, id);
  }

  handle(request: HttpExchange): HttpReply {
    const nowMs = this.options.clock.nowMs();
    const trackingId = `SIM_${this.options.random.text(16, '0123456789ABCDEF')}`;
    const reply = this.answer(request, trackingId);
    return { ...reply, headers: { ...reply.headers, Date: new Date(nowMs).toUTCString(), trackingId } };
  }

  private answer(request: HttpExchange, trackingId: string): HttpReply {
    try {
      const user = this.userOf(request);
      const url = new URL(request.url);
      const [, kind, id = ''] =
        /^\/v1\/(meetings|meetingInvitees\/bulkInsert|meetingInvitees|people)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
      const name = `${request.method} ${kind}${id && (id === 'me' ? '/me' : '/id')}`;
      const operation = Object.hasOwn(this.operations, name) ? this.operations[name] : undefined;
      if (operation === undefined) throw new WebexRefusal(404, 'The requested resource could not be found.');
      return operation({ request, url, user, id: decode(id) });
    } catch (problem) {
      if (problem instanceof WebexRefusal) return problem.reply(trackingId);
      throw problem;
    }
  }

  private readonly operations: Record<string, (call: Call) => HttpReply> = {
    // https://developer.webex.com/docs/api/v1/people/get-my-own-details
    'GET people/me': ({ request, user }) => {
      const isAllowed = this.options.scopesOf?.(tokenIn(request) ?? '').includes('spark:people_read') !== false;
      if (!isAllowed) throw new WebexRefusal(403, 'The request requires scope spark:people_read.');
      const email = user.includes('@') ? user : `${user}@webex.example`;
      return json({ id: `person-${user}`, emails: [email], displayName: user, type: 'person' });
    },
    'POST meetings': ({ request, user }) => {
      this.takeCreate(user);
      return json(
        resourceOf(this.created(this.taken(readBody(request.body, this.options.clock.nowMs(), 'UTC')), user)),
      );
    },
    'GET meetings': ({ url, user }) => json({ items: this.listed(url.searchParams, user).map(listedOf) }),
    'GET meetings/id': ({ id, user }) => json(resourceOf(this.find(id, user))),
    'PATCH meetings/id': ({ request, id, user }) => json(listedOf(this.patched(id, user, request))),
    'DELETE meetings/id': ({ id, user, url }) => {
      silent(url);
      const slot = this.slotOf(id, user);
      if (slot === undefined) this.options.records.remove(KIND, this.find(id, user).id);
      else this.except(slot.meeting, slot.at, 'cancelled');
      return NO_CONTENT;
    },
    'GET meetingInvitees': ({ url, user }) => {
      const { id, invitees } = this.find(url.searchParams.get('meetingId') ?? '', user);
      const offset = Number(url.searchParams.get('offset') ?? 0);
      const max = Number(url.searchParams.get('max') ?? LISTED);
      const items = invitees.slice(offset, offset + max).map((one) => inviteeOf(one, id));
      if (offset + max >= invitees.length) return json({ items });
      url.searchParams.set('offset', String(offset + max));
      return { ...json({ items }), headers: { ...JSON_HEADERS, Link: `<${url.href}>; rel="next"` } };
    },
    'POST meetingInvitees': ({ request, user }) => {
      const { meetingId, email, coHost = false, sendEmail } = parsed(request.body);
      if (sendEmail !== false) throw new Error('Webex would write to people: sendEmail is not false.');
      const meeting = this.find(String(meetingId), user);
      if (meeting.invitees.some((one) => one.email === email)) {
        throw new WebexRefusal(409, 'User is already a meeting invitee.');
      }
      if (!isAddress(String(email))) throw invalid('email');
      const invitee = this.invitee(meeting.id, String(email), coHost === true);
      this.keep({ ...meeting, invitees: [...meeting.invitees, invitee] });
      return json(inviteeOf(invitee, meeting.id));
    },
    'POST meetingInvitees/bulkInsert': ({ request, user }) => {
      const { meetingId, items } = parsed(request.body) as unknown as { meetingId?: string; items?: WebexInvitation[] };
      if (!Array.isArray(items) || items.length === 0 || items.length > INSERTED) throw invalid('items');
      if (items.some(({ sendEmail }) => sendEmail !== false)) {
        throw new Error('Webex would write to people: sendEmail is not false.');
      }
      const meeting = this.find(String(meetingId), user);
      const emails = [...meeting.invitees, ...items].map(({ email }) => email);
      if (new Set(emails).size < emails.length) throw new WebexRefusal(409, 'User is already a meeting invitee.');
      if (items.some(({ email }) => !isAddress(email))) throw invalid('items.email');
      const added = items.map(({ email, coHost }) => this.invitee(meeting.id, email, coHost === true));
      this.keep({ ...meeting, invitees: [...meeting.invitees, ...added] });
      return json({ items: added.map((one) => inviteeOf(one, meeting.id)) });
    },
    'DELETE meetingInvitees/id': ({ id, user, url }) => {
      silent(url);
      const meeting = this.find(id.split('_')[0] as string, user);
      const invitees = meeting.invitees.filter((one) => one.id !== id);
      if (invitees.length === meeting.invitees.length) throw new WebexRefusal(404, 'The invitee could not be found.');
      this.keep({ ...meeting, invitees });
      return NO_CONTENT;
    },
  };

  private taken(changes: WebexChanges): WebexChanges {
    const { title, agenda, times } = changes;
    const refused = this.options.refusals?.in({ title, description: agenda, zone: times?.timezone });
    if (refused !== undefined) throw invalid(FIELD_OF[refused]);
    return changes;
  }

  private created({ times, title, agenda, recurrence, ...given }: WebexChanges, user: string): WebexMeeting {
    const { random } = this.options;
    if (times === undefined || title === undefined) throw new WebexRefusal(400, 'title, start or end is missing.');
    const id = random.text(32, '0123456789abcdef');
    const meeting: WebexMeeting = {
      id,
      meetingNumber: `25${random.text(9, '0123456789')}`,
      host: user,
      title,
      ...(agenda && { agenda }),
      ...times,
      ...(recurrence && { recurrence }),
      password: `P${random.text(8)}7`,
      hostKey: random.text(6, '0123456789'),
      invitees: given.invitees.map((one) => this.invitee(id, one.email, one.coHost === true)),
      exceptions: {},
      integrationTags: given.integrationTags ?? [],
      settings: given.settings,
      createdMs: this.options.clock.nowMs(),
    };
    this.keep(meeting);
    return meeting;
  }

  private patched(id: string, user: string, request: HttpExchange): WebexMeeting {
    const slot = this.slotOf(id, user);
    const before = slot?.meeting ?? this.find(id, user);
    const changes = this.taken(readBody(request.body, this.options.clock.nowMs(), before.timezone));
    const { times, title, agenda, recurrence, settings } = changes;
    if (slot !== undefined) {
      if (times === undefined || recurrence !== undefined) throw new WebexRefusal(400, 'Not for a scheduled meeting.');
      return this.except(slot.meeting, slot.at, { startMs: times.startMs, endMs: times.endMs });
    }
    const { agenda: agendaBefore, recurrence: ruleBefore, ...rest } = before;
    const kept = agenda === undefined ? agendaBefore : agenda;
    const rule = recurrence === undefined ? ruleBefore : recurrence;
    const moved = times !== undefined && (times.startMs !== before.startMs || times.endMs !== before.endMs);
    const meeting: WebexMeeting = {
      ...rest,
      ...(title !== undefined && { title }),
      ...(kept && { agenda: kept }),
      ...times,
      ...(rule && { recurrence: rule }),
      exceptions: moved || (rule ?? undefined) !== ruleBefore ? {} : before.exceptions,
      settings: { ...before.settings, ...settings },
    };
    this.keep(meeting);
    return meeting;
  }

  private listed(query: URLSearchParams, user: string): WebexMeeting[] {
    const tag = query.get('integrationTag');
    if (tag === null || query.get('meetingType') !== 'meetingSeries') {
      throw new Error('The Webex simulator lists meetings by integrationTag only.');
    }
    const nowMs = this.options.clock.nowMs();
    const fromMs = Date.parse(query.get('from') ?? utc(nowMs));
    const toMs = Date.parse(query.get('to') ?? utc(fromMs + 7 * DAY_MS));
    return this.meetings()
      .filter((one) => one.host === user && one.integrationTags.includes(tag))
      .filter((one) => one.startMs < toMs && one.endMs > fromMs)
      .slice(0, Number(query.get('max') ?? LISTED));
  }

  /** The series and the slot that an id such as `<series>_20260310T090000Z` names. */
  private slotOf(id: string, user: string): { meeting: WebexMeeting; at: string } | undefined {
    const [, series, stamp] = /^([^_]+)_(\d{8}T\d{6}Z)$/.exec(id) ?? [];
    if (series === undefined || stamp === undefined) return undefined;
    const meeting = this.find(series, user);
    const at = stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z');
    const start = { dateTime: utc(meeting.startMs), timeZone: meeting.timezone };
    const isThere = meeting.recurrence !== undefined && isOccurrence(start, [`RRULE:${meeting.recurrence}`], at);
    if (!isThere || meeting.exceptions[at] === 'cancelled')
      throw new WebexRefusal(404, 'The meeting could not be found.');
    return { meeting, at };
  }

  private except(meeting: WebexMeeting, at: string, exception: WebexException): WebexMeeting {
    const changed = { ...meeting, exceptions: { ...meeting.exceptions, [at]: exception } };
    this.keep(changed);
    return changed;
  }

  private find(id: string, user: string): WebexMeeting {
    const meeting = this.options.records.get<WebexMeeting>(KIND, id);
    if (meeting === undefined || meeting.host !== user) throw new WebexRefusal(404, 'The meeting could not be found.');
    return meeting;
  }

  private keep(meeting: WebexMeeting): void {
    this.options.records.put(KIND, meeting.id, meeting);
  }

  private invitee(meetingId: string, email: string, coHost: boolean) {
    return { id: `${meetingId}_${this.options.random.text(8, '0123456789')}`, email, coHost };
  }

  private userOf(request: HttpExchange): string {
    const token = tokenIn(request) ?? '';
    const { tokens } = this.options;
    const user = typeof tokens === 'function' ? tokens(token) : tokens[token];
    if (user !== undefined) return user;
    throw new WebexRefusal(401, 'The request requires a valid access token set in the Authorization request header.');
  }

  /** Failed ones are counted too. */
  private takeCreate(user: string): void {
    const { records, clock } = this.options;
    const nowMs = clock.nowMs();
    const kept = (records.get<number[]>(COUNT_KIND, user) ?? []).filter((atMs) => atMs > nowMs - DAY_MS);
    records.put(COUNT_KIND, user, [...kept, nowMs]);
    if (kept.length < CREATES_PER_DAY) return;
    const seconds = Math.ceil(((kept[0] as number) + DAY_MS - nowMs) / 1_000);
    throw new WebexRefusal(429, 'Too many requests.', { 'Retry-After': String(seconds) });
  }
}

function tokenIn({ headers }: HttpExchange): string | undefined {
  const named = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  return /^Bearer (.+)$/.exec(named)?.[1];
}

const NO_CONTENT: HttpReply = { status: 204, headers: {}, body: '' };

interface WebexInvitation {
  email: string;
  coHost?: boolean;
  sendEmail?: boolean;
}

/** What Webex takes for an address is not published; one without a host is none anywhere. */
function isAddress(email: string): boolean {
  return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email);
}

function inviteeOf({ id, email, coHost }: WebexMeeting['invitees'][number], meetingId: string) {
  return { id, email, displayName: email, coHost, meetingId, panelist: false };
}

function silent(url: URL): void {
  if (url.searchParams.get('sendEmail') !== 'false')
    throw new Error('Webex would write to people: sendEmail is not false.');
}

function json(value: Json): HttpReply {
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(value) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
