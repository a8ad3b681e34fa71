/**
 * A stateful imitation of Nextcloud Talk's conversations (OCS API v4), for accounts with app passwords.
 *
 * Keeps to Nextcloud's description of its API, and to what stands around it in every Nextcloud: answers in an envelope,
 * in XML unless JSON is asked for; no answer without `OCS-APIRequest`; a guard that refuses a whole address after too
 * many wrong passwords. No guests are kept, and what it does not know is an error of the simulator.
 *
 * Nextcloud: https://nextcloud-talk.readthedocs.io/en/latest/conversation/ and …/admin_manual/configuration_server/
 * bruteforce_configuration.html
 */
import type { Clock } from '../../world/clock';
import type { HttpExchange, HttpReply, Site } from '../../world/exchange';
import { NotSimulated } from '../../world/not-simulated';
import type { Random } from '../../world/random';
import type { Records } from '../../world/records';
import { MODERATORS_ONLY, OPEN, PUBLIC, resourceOf, type TalkRoom } from './room';

export interface NextcloudServerOptions {
  records: Records;
  clock: Clock;
  random: Random;
  user: string;
  appPasswords: ReadonlySet<string>;
  /** Where it stands on its host: `/cloud`. Default: the root. */
  folder?: string;
  /** Talk before 21.1 takes nothing but type and name in a create, and leaves the rest unread. */
  olderThan211?: boolean;
}

const KIND = 'talk-room';
const ACCOUNT_KIND = 'nextcloud-account';
const ADDRESS_KIND = 'nextcloud-address';
const NAME_CHARS = 255;
const DESCRIPTION_CHARS = 2_000;
/** Ten wrong passwords within half an hour. */
const GUARD = { attempts: 10, withinMs: 30 * 60_000 };
const CREATE_FIELDS = ['roomType', 'roomName', 'description', 'lobbyState', 'lobbyTimer'];

class TalkRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error?: string,
  ) {
    super(error ?? String(status));
  }
}

type Body = Record<string, unknown>;

export class NextcloudServer implements Site {
  private wrongPasswordsMs: number[] = [];

  constructor(private readonly options: NextcloudServerOptions) {}

  /** Oldest first. */
  rooms(): TalkRoom[] {
    return [...this.options.records.entries<TalkRoom>(KIND)].map(([, room]) => room);
  }

  /** A person makes an app password on their security page; an account is there for whoever asks. */
  newAppPassword(user: string): string {
    const { random, records } = this.options;
    const letters = 'ABCDEFGHJKLMNPQRSTWXYZabcdefgijkmnopqrstwxyz23456789';
    const password = [1, 2, 3, 4, 5].map(() => random.text(5, letters)).join('-');
    records.put(ACCOUNT_KIND, user, [...this.madeBy(user), password]);
    return password;
  }

  /** The app passwords that a person made and nobody ended. */
  madeBy(user: string): readonly string[] {
    return this.options.records.get<string[]>(ACCOUNT_KIND, user) ?? [];
  }

  /** Also what a person does on their security page. */
  endAppPassword(user: string, password: string): void {
    const left = this.madeBy(user).filter((one) => one !== password);
    this.options.records.put(ACCOUNT_KIND, user, left);
  }

  /** People may log in with their address instead of their login name. */
  addAddress(user: string, address: string): void {
    this.options.records.put(ADDRESS_KIND, address, user);
  }

  /** As an administrator's `occ` would: it can no longer be deleted. */
  preserve(token: string): void {
    this.keep({ ...(this.options.records.get<TalkRoom>(KIND, token) as TalkRoom), preserved: true });
  }

  /** What the host does on the vendor's own pages, or another program in their name: another title, another start. */
  hostChanges(token: string, { title, startMs }: { title?: string; startMs?: number }): void {
    const room = this.options.records.get<TalkRoom>(KIND, token) as TalkRoom;
    const opens = startMs === undefined ? {} : { lobbyTimer: Math.floor(startMs / 1_000) };
    this.keep({ ...room, ...(title !== undefined && { name: title }), ...opens });
  }

  /** The host ends it on the vendor's own pages. */
  hostEnds(token: string): void {
    this.options.records.remove(KIND, token);
  }

  handle(request: HttpExchange): HttpReply {
    const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const path = new URL(request.url).pathname;
    const ocs = `${this.options.folder ?? ''}/ocs/v2.php`;
    const base = `${ocs}/apps/spreed/api/v4`;
    if (!path.startsWith(`${ocs}/`)) return loginPage();
    try {
      this.guard();
      if (headers.get('ocs-apirequest') !== 'true') return json(412, { message: 'CSRF check failed' });
      const { user, password } = this.authenticate(headers.get('authorization') ?? '');
      if (!/json/.test(headers.get('accept') ?? '')) return xml();
      switch (`${request.method} ${path.slice(ocs.length)}`) {
        case 'GET /cloud/user':
          return envelope(200, { id: user, enabled: true, 'display-name': user });
        case 'DELETE /core/apppassword':
          this.endAppPassword(user, password);
          return envelope(200, []);
      }
      if (!path.startsWith(`${base}/`)) throw new NotSimulated(`Nextcloud: ${request.method} ${path}`);
      return this.operate(request.method, path.slice(base.length), bodyOf(request.body), user);
    } catch (problem) {
      if (!(problem instanceof TalkRefusal)) throw problem;
      const { status, error } = problem;
      if (status === 429) return json(429, { message: 'Reached maximum delay' });
      if (status === 401) return envelope(401, [], { statuscode: 997, message: 'Current user is not logged in' });
      return envelope(status, error === undefined ? null : { error });
    }
  }

  private operate(method: string, path: string, body: Body, user: string): HttpReply {
    const nowMs = this.options.clock.nowMs();
    if (method === 'POST' && path === '/room') return envelope(201, resourceOf(this.create(body, user), nowMs));
    const [, encoded, rest = ''] = /^\/room\/([^/]+)(\/.+)?$/.exec(path) ?? [];
    if (encoded === undefined) throw new NotSimulated(`Nextcloud Talk: ${method} ${path}`);
    const room = this.find(decodeURIComponent(encoded), user);
    switch (`${method} ${rest}`) {
      case 'GET ':
        return envelope(200, resourceOf(room, nowMs));
      case 'PUT ':
        return envelope(200, resourceOf(this.keep({ ...room, name: nameIn(body, 'value') }), nowMs));
      case 'PUT /description':
        return envelope(200, resourceOf(this.keep({ ...room, description: descriptionIn(body, 'value') }), nowMs));
      case 'PUT /webinar/lobby':
        return envelope(200, resourceOf(this.keep({ ...room, ...lobbyIn(body.state, body.timer, 'value') }), nowMs));
      case 'DELETE ':
        if (room.preserved) throw new TalkRefusal(403, 'preserved');
        this.options.records.remove(KIND, room.token);
        return envelope(200, null);
    }
    throw new NotSimulated(`Nextcloud Talk: ${method} /room/…${rest}`);
  }

  private create(body: Body, owner: string): TalkRoom {
    const strange = Object.keys(body).find((field) => !CREATE_FIELDS.includes(field));
    if (strange !== undefined) throw new NotSimulated(`Nextcloud Talk: the field ${strange} of a conversation`);
    if (body.roomType !== PUBLIC) throw new TalkRefusal(400, 'type');
    const { random, clock } = this.options;
    const whole = this.options.olderThan211 !== true;
    return this.keep({
      id: this.options.records.count(KIND) + 1,
      token: random.text(8, 'abcdefghijkmnopqrstuvwxyz23456789'),
      owner,
      type: PUBLIC,
      name: nameIn(body, 'name'),
      description: whole ? descriptionIn({ description: '', ...body }, 'description') : '',
      ...(whole ? lobbyIn(body.lobbyState ?? OPEN, body.lobbyTimer, 'lobby') : { lobbyState: OPEN, lobbyTimer: 0 }),
      preserved: false,
      createdMs: clock.nowMs(),
    });
  }

  /** A conversation that one has no part in is as none. */
  private find(token: string, user: string): TalkRoom {
    const room = this.options.records.get<TalkRoom>(KIND, token);
    if (room === undefined || room.owner !== user) throw new TalkRefusal(404);
    return room;
  }

  private keep(room: TalkRoom): TalkRoom {
    this.options.records.put(KIND, room.token, room);
    return room;
  }

  private authenticate(authorization: string): { user: string; password: string } {
    const [login = '', password = ''] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
      .toString('utf8')
      .split(':', 2);
    const user = this.options.records.get<string>(ADDRESS_KIND, login) ?? login;
    const isFixed = user === this.options.user && this.options.appPasswords.has(password);
    if (isFixed || this.madeBy(user).includes(password)) return { user, password };
    this.wrongPasswordsMs.push(this.options.clock.nowMs());
    throw new TalkRefusal(401);
  }

  private guard(): void {
    const sinceMs = this.options.clock.nowMs() - GUARD.withinMs;
    this.wrongPasswordsMs = this.wrongPasswordsMs.filter((ms) => ms > sinceMs);
    if (this.wrongPasswordsMs.length > GUARD.attempts) throw new TalkRefusal(429);
  }
}

function nameIn({ roomName }: Body, error: string): string {
  if (typeof roomName !== 'string' || roomName.trim() === '' || [...roomName].length > NAME_CHARS) {
    throw new TalkRefusal(400, error);
  }
  return roomName;
}

function descriptionIn({ description }: Body, error: string): string {
  if (typeof description !== 'string' || [...description].length > DESCRIPTION_CHARS) throw new TalkRefusal(400, error);
  return description;
}

function lobbyIn(state: unknown, timer: unknown, error: string): { lobbyState: number; lobbyTimer: number } {
  if (state !== OPEN && state !== MODERATORS_ONLY) throw new TalkRefusal(400, error);
  if (timer !== undefined && timer !== null && !(Number.isInteger(timer) && (timer as number) >= 0)) {
    throw new TalkRefusal(400, error);
  }
  return { lobbyState: state, lobbyTimer: state === OPEN ? 0 : ((timer ?? 0) as number) };
}

function bodyOf(text = ''): Body {
  try {
    return (JSON.parse(text) ?? {}) as Body;
  } catch {
    return {};
  }
}

function envelope(status: number, data: unknown, meta: { statuscode?: number; message?: string } = {}): HttpReply {
  const ok = status < 300;
  return json(status, {
    ocs: { meta: { status: ok ? 'ok' : 'failure', statuscode: status, message: ok ? 'OK' : '', ...meta }, data },
  });
}

function json(status: number, value: unknown): HttpReply {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}

/** What is asked in no format is answered in XML. */
function xml(): HttpReply {
  const body = '<?xml version="1.0"?>\n<ocs><meta><status>ok</status><statuscode>200</statuscode></meta><data/></ocs>';
  return { status: 200, headers: { 'Content-Type': 'application/xml; charset=utf-8' }, body };
}

/** Anything that is no API leads to the login. */
function loginPage(): HttpReply {
  return { status: 302, headers: { Location: '/index.php/login' }, body: '' };
}
