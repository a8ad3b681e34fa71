/**
 * Nextcloud Talk: a public conversation with a lobby that opens by itself when the meeting begins. The conversation is
 * one for a whole series; a change takes one request for each field that changed.
 *
 * No guests are added: Nextcloud would mail them a second invitation. The account is one of the organisation's, which
 * then owns all conversations, or each person's own; either way with an app password.
 *
 * Nextcloud: https://nextcloud-talk.readthedocs.io/en/latest/conversation/
 */
import type { Meeting, Moment } from '../core/meeting';
import { momentMs } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import { HOUR_MS, MINUTE_MS } from '../core/policies';
import type { AppPassword } from '../ports/app-password';
import type { HttpAnswer } from '../ports/http';
import type { Conference, Provider } from '../ports/provider';
import { accountIn, jsonOf } from './answers';
import { cut, plainText } from './plain-text';
import { restProvider } from './rest';
import { asKept, type Comparison } from './shown';

export type NextcloudTalkOptions = NextcloudTalkChoices & (OrganisationAccount | OwnAccounts);

interface OrganisationAccount {
  account?: 'organisation';
  /** Login name of the account. Its app password stands in the Script Property. */
  user: string;
  scriptProperty: string;
}

interface OwnAccounts {
  /** Each person enters a login and an app password of their own on the settings card. */
  account: 'personal';
}

interface NextcloudTalkChoices {
  /** https, without a slash at the end; with the folder, if Nextcloud stands in one: `https://example.org/cloud`. */
  baseUrl: string;
  /** `until-start`: guests wait until the (first) meeting begins. Default; `none`: they can come in at any time. */
  lobby?: 'until-start' | 'none';
  /** Are addresses rewritten, so that links work without index.php? Default false: such links always work. */
  prettyLinks?: boolean;
}

/** Without it Nextcloud takes a request for a forged one. */
const HEADERS = { 'OCS-APIRequest': 'true' };
const MAX_NAME_CHARS = 255;
const MAX_DESCRIPTION_CHARS = 2_000;
/** `lobbyState`: everybody, or moderators only. */
const LOBBY = { none: 0, nonModerators: 1 };
const PUBLIC_ROOM = 3;
/** Where a day begins first. */
const EARLIEST_ZONE_MS = 14 * HOUR_MS;
/** Nextcloud counts wrong passwords for half an hour before it lets an address try again. Not documented as a promise. */
const BRUTE_FORCE_MS = 30 * MINUTE_MS;

export function nextcloudTalk(options: NextcloudTalkOptions): Provider {
  const { lobby = 'until-start', prettyLinks = false } = options;
  const baseUrl = options.baseUrl.replace(/\/index\.php$/, '');
  const links = baseUrl + (prettyLinks ? '/call/' : '/index.php/call/');
  const hasLobby = lobby === 'until-start';
  const provider = restProvider({
    baseUrl: `${baseUrl}/ocs/v2.php/apps/spreed/api/v4`,
    auth:
      options.account === 'personal'
        ? ownAccounts(baseUrl)
        : { kind: 'basic', user: options.user, scriptProperty: options.scriptProperty },
    headers: HEADERS,
    keeps: ['title', 'description', ...(hasLobby ? (['time'] as const) : [])],
    create: {
      method: 'POST',
      path: '/room',
      body: (meeting) => ({
        roomType: PUBLIC_ROOM,
        ...nameOf(meeting),
        ...descriptionOf(meeting),
        ...(hasLobby && { lobbyState: LOBBY.nonModerators, lobbyTimer: opensAt(meeting.start) }),
      }),
      conference: (answer) => readConference(answer, links),
    },
    update: [
      { of: ['title'], method: 'PUT', path: (token) => `/room/${token}`, body: nameOf },
      { of: ['description'], method: 'PUT', path: (token) => `/room/${token}/description`, body: descriptionOf },
      {
        of: ['time'],
        method: 'PUT',
        path: (token) => `/room/${token}/webinar/lobby`,
        body: ({ start }) => ({ state: LOBBY.nonModerators, timer: opensAt(start) }),
      },
    ],
    cancel: { method: 'DELETE', path: (token) => `/room/${token}` },
    read: { path: (token) => `/room/${token}`, compare: (answer, meeting) => compare(answer, meeting, hasLobby) },
    caveats: ({ recurrence }) =>
      hasLobby && recurrence.length > 0
        ? ['The lobby opens with the first meeting of the series, and stays open.']
        : [],
    meaning,
  });
  return { ...provider, baseUrl: options.baseUrl };
}

/** https://docs.nextcloud.com/server/latest/developer_manual/client_apis/LoginFlow/ and …/OCS/ocs-api-overview.html */
function ownAccounts(baseUrl: string): AppPassword {
  return {
    kind: 'app-password',
    checkUrl: `${baseUrl}/ocs/v2.php/cloud/user`,
    endUrl: `${baseUrl}/ocs/v2.php/core/apppassword`,
    headers: HEADERS,
    makeUrl: `${baseUrl}/index.php/settings/user/security`,
    account: (said) => {
      const { id, email } = (dataOf(said) ?? {}) as { id?: unknown; email?: unknown };
      return accountIn(id, typeof email === 'string' && email !== '' ? email : id);
    },
  };
}

function nameOf({ title }: Meeting) {
  return { roomName: cut(title, MAX_NAME_CHARS) };
}

function descriptionOf({ description }: Meeting) {
  return { description: cut(plainText(description), MAX_DESCRIPTION_CHARS) };
}

/** Unix seconds. A whole day is open from where it begins first. */
function opensAt(start: Moment): number {
  return Math.floor(('ms' in start ? start.ms : momentMs(start) - EARLIEST_ZONE_MS) / 1_000);
}

function readConference(answer: Record<string, unknown>, links: string): Conference | undefined {
  const { token } = (dataOf(answer) ?? {}) as { token?: unknown };
  if (typeof token !== 'string' || !/^[a-z0-9]{4,30}$/.test(token)) return undefined;
  return { id: token, joinUrl: links + token };
}

/** A lobby that has opened shows no time any more. */
function compare(answer: Record<string, unknown>, meeting: Meeting, hasLobby: boolean): Comparison | undefined {
  const room = dataOf(answer) as Record<string, unknown> | undefined;
  if (typeof room?.name !== 'string') return undefined;
  const isClosed = hasLobby && room.lobbyState === LOBBY.nonModerators;
  return {
    title: [asKept(nameOf(meeting).roomName), asKept(room.name)],
    description: [asKept(descriptionOf(meeting).description), asKept(room.description)],
    ...(isClosed && { time: [opensAt(meeting.start), room.lobbyTimer] as const }),
  };
}

/** What stands inside the OCS envelope. */
function dataOf(answer: unknown): unknown {
  return ((answer ?? {}) as { ocs?: { data?: unknown } }).ocs?.data;
}

function meaning(answer: HttpAnswer): Outcome | undefined {
  const { status } = answer;
  if (status === 429 && /maximum delay/i.test(answer.text)) return { kind: 'limited', retryAfterMs: BRUTE_FORCE_MS };
  if (status !== 400 && status !== 403) return undefined;
  const { error } = (dataOf(jsonOf(answer)) ?? {}) as { error?: unknown };
  if (typeof error !== 'string' || !/^[a-z-]+$/.test(error)) return undefined;
  // A conversation that an administrator preserves stays; everything else forbidden is a missing permission.
  if (error === 'preserved') return { kind: 'refused', code: 'talk-preserved', of: [] };
  return status === 400 ? { kind: 'refused', code: `talk-${error}` } : undefined;
}
