/**
 * A stateful imitation of Whereby's REST API: https://api.whereby.dev/v1/meetings.
 *
 * Keeps to Whereby's description of its API: no update, a room that vanishes an hour after its end date, a delete that
 * always succeeds, points a minute. What it does not know of a body is an error of the simulator.
 *
 * Whereby: https://docs.whereby.com/reference/whereby-rest-api-reference
 */
import type { Clock } from '../../world/clock';
import type { HttpExchange, HttpReply, Site } from '../../world/exchange';
import { NotSimulated } from '../../world/not-simulated';
import type { Random } from '../../world/random';
import type { Records } from '../../world/records';

export interface WherebyServerOptions {
  records: Records;
  clock: Clock;
  random: Random;
  /** API keys that are accepted. */
  keys: ReadonlySet<string>;
  /** Points a minute. Default: those of the plan "Build". */
  pointsPerMinute?: number;
}

export interface WherebyMeeting {
  meetingId: string;
  roomName: string;
  isLocked: boolean;
  roomMode: string;
  /** RFC 3339, UTC. */
  startDate: string;
  endDate: string;
  /** The host's own way in. */
  hostRoomUrl: string;
  roomUrl: string;
}

const KIND = 'whereby-meeting';
const BUILD_POINTS = 100;
const POINTS: Readonly<Record<string, number>> = { GET: 1, DELETE: 2, POST: 3 };
const MINUTE_MS = 60_000;
const AFTER_END_MS = 60 * MINUTE_MS;
const PREFIX_CHARS = 39;
const FIELDS = ['endDate', 'isLocked', 'roomMode', 'roomNamePrefix'];

export class WherebyServer implements Site {
  private spent: Array<{ atMs: number; points: number }> = [];

  constructor(private readonly options: WherebyServerOptions) {}

  /** The rooms that can be entered now, oldest first. */
  meetings(): WherebyMeeting[] {
    const nowMs = this.options.clock.nowMs();
    return [...this.options.records.entries<WherebyMeeting>(KIND)]
      .map(([, meeting]) => meeting)
      .filter(({ endDate }) => Date.parse(endDate) + AFTER_END_MS > nowMs);
  }

  handle({ method, url, headers, body }: HttpExchange): HttpReply {
    const path = new URL(url).pathname;
    const id = /^\/v1\/meetings\/([^/]+)$/.exec(path)?.[1];
    const known = id === undefined ? path === '/v1/meetings' && method === 'POST' : ['GET', 'DELETE'].includes(method);
    const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
    if (!this.options.keys.has(authorization.replace(/^Bearer /, ''))) return { status: 401, headers: {}, body: '' };
    const msLeft = this.spend(POINTS[method] ?? 1);
    if (msLeft > 0) return json(429, { error: 'Rate limit active for throttle key: organization:1', data: { msLeft } });
    if (!known) return { status: 404, headers: {}, body: '' };
    if (id === undefined) return this.create(body);
    const meeting = this.meetings().find(({ meetingId }) => meetingId === decodeURIComponent(id));
    if (method === 'GET') {
      return meeting === undefined ? { status: 404, headers: {}, body: '' } : json(200, shown(meeting));
    }
    if (meeting !== undefined) this.options.records.remove(KIND, meeting.meetingId);
    return { status: 204, headers: {}, body: '' };
  }

  private create(text = ''): HttpReply {
    const body = parsed(text);
    const strange = Object.keys(body ?? {}).find((field) => !FIELDS.includes(field));
    if (strange !== undefined) throw new NotSimulated(`Whereby: the field ${strange} of a meeting`);
    const { endDate, isLocked = false, roomMode = 'normal', roomNamePrefix = '' } = body ?? {};
    const endMs = Date.parse(String(endDate));
    const nowMs = this.options.clock.nowMs();
    const prefixed = typeof roomNamePrefix === 'string' && roomNamePrefix.length <= PREFIX_CHARS;
    if (body === undefined || !(endMs >= nowMs) || !['normal', 'group'].includes(String(roomMode)) || !prefixed) {
      return json(400, { error: 'Invalid request' });
    }
    const roomName = `/${roomNamePrefix}${this.uuid()}`;
    const roomUrl = `https://acme.whereby.com${roomName}`;
    const meeting: WherebyMeeting = {
      meetingId: this.uuid(),
      roomName,
      isLocked: isLocked === true,
      roomMode: String(roomMode),
      startDate: new Date(nowMs).toISOString(),
      endDate: new Date(endMs).toISOString(),
      roomUrl,
      hostRoomUrl: `${roomUrl}?roomKey=${this.options.random.text(32)}`,
    };
    this.options.records.put(KIND, meeting.meetingId, meeting);
    return json(201, shown(meeting));
  }

  /** Milliseconds to wait; 0 when there were points enough. */
  private spend(points: number): number {
    const nowMs = this.options.clock.nowMs();
    this.spent = this.spent.filter(({ atMs }) => atMs > nowMs - MINUTE_MS);
    const sum = this.spent.reduce((total, one) => total + one.points, 0);
    if (sum + points > (this.options.pointsPerMinute ?? BUILD_POINTS)) {
      return (this.spent[0]?.atMs ?? nowMs) + MINUTE_MS - nowMs;
    }
    this.spent.push({ atMs: nowMs, points });
    return 0;
  }

  private uuid(): string {
    return [8, 4, 4, 4, 12].map((length) => this.options.random.text(length, '0123456789abcdef')).join('-');
  }
}

/** Without what must be asked for (`fields=hostRoomUrl`). */
function shown({ meetingId, roomName, roomUrl, startDate, endDate }: WherebyMeeting) {
  return { meetingId, roomName, roomUrl, startDate, endDate };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function json(status: number, value: unknown): HttpReply {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
