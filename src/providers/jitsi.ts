/**
 * Jitsi Meet: the link is the conference. Nothing is made and nothing kept, so there is nothing to update or to cancel.
 *
 * The room's name is all that protects it: it is drawn from the idempotency key, a random word that nobody else knows.
 * One name for a whole series, through every change. Dial-in is asked for where the deployment offers it; a room
 * without phone numbers is a room all the same.
 *
 * JaaS: https://developer.8x8.com/jaas/docs/api-keys-jwt
 * Jitsi: https://github.com/jitsi/jitsi-meet/blob/master/resources/cloud-api.swagger
 */
import type { Meeting } from '../core/meeting';
import { momentMs } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import { DAY_MS } from '../core/policies';
import type { HttpAnswer, HttpRequest } from '../ports/http';
import type { CreateOutcome, LinkToken, Operation, PhoneNumber, Provider } from '../ports/provider';
import { isSuccess, jsonOf } from './answers';

export interface JitsiOptions {
  /** https, without a slash at the end; with the tenant behind it, if there is one: `https://8x8.vc/tenant`. */
  baseUrl: string;
  /** Before the random part of a room's name: letters, digits and dashes. */
  roomPrefix?: string;
  /** For deployments that let nobody in without a token. Whoever sees the event sees the token. */
  token?: JitsiToken;
  dialIn?: {
    /** `dialInNumbersUrl` of the deployment's config.js. */
    numbersUrl: string;
    /** `dialInConfCodeUrl` of the deployment's config.js. */
    pinUrl: string;
    /** `hosts.muc` of the deployment's config.js. */
    mucDomain: string;
  };
}

export interface JitsiToken {
  algorithm: 'HS256' | 'RS256';
  keyId?: string;
  /** Script Property with the application's secret, or with the private key in PEM. */
  scriptProperty: string;
  /** `iss`: the application's id. */
  issuer: string;
  /** `aud`. Default: the issuer. */
  audience?: string;
  /** `sub`: the domain or tenant. Default: any. */
  subject?: string;
  context?: Readonly<Record<string, unknown>>;
  /** How long the link opens the room, from its creation. Default 365. */
  days?: number;
}

/** A tenant of Jitsi as a Service. `appId`: `vpaas-magic-cookie-…`; `keyId`: the short one; nobody is a moderator. */
export function jaas(options: { appId: string; keyId: string; scriptProperty: string; days?: number }): Provider {
  const { appId, keyId, ...rest } = options;
  const context = { user: { moderator: 'false' } };
  const claims = { issuer: 'chat', audience: 'jitsi', subject: appId, context };
  const token = { ...rest, ...claims, algorithm: 'RS256' as const, keyId: `${appId}/${keyId}` };
  return jitsiMeet({ baseUrl: `https://8x8.vc/${appId}`, token });
}

export function jitsiMeet({ baseUrl, roomPrefix = '', token, dialIn }: JitsiOptions): Provider {
  const prefixes = dialIn === undefined ? [] : [folderOf(dialIn.numbersUrl), folderOf(dialIn.pinUrl)];
  return {
    capabilities: { keeps: [], update: 'none', cancel: 'none', occurrences: 'none', idempotency: 'key' },
    urlPrefixes: [...new Set([`${baseUrl}/`, ...prefixes])],
    auth: { kind: 'none' },
    baseUrl,
    *create(meeting, idempotencyKey): Operation<CreateOutcome> {
      const room = roomPrefix + idempotencyKey.toLowerCase().replace(/[^a-z0-9]/g, '');
      const phones = dialIn === undefined ? [] : yield* askDialIn(dialIn, room);
      return {
        kind: 'created',
        conference: {
          id: room,
          joinUrl: `${baseUrl}/${room}`,
          phones,
          ...(token && { token: tokenFor(token, room, meeting) }),
        },
      };
    },
    update: nothing,
    updateOccurrence: nothing,
    cancel: nothing,
  };
}

/** From the room and the meeting alone: a repeated create gives the same link. No person is named in it. */
function tokenFor(token: JitsiToken, room: string, { start }: Meeting): LinkToken {
  const { algorithm, keyId, scriptProperty, issuer, audience = issuer, subject = '*', context, days = 365 } = token;
  const exp = Math.floor((momentMs(start) + days * DAY_MS) / 1_000);
  const claims = { iss: issuer, aud: audience, sub: subject, room, nbf: 0, exp, ...(context && { context }) };
  return { algorithm, ...(keyId !== undefined && { keyId }), scriptProperty, claims };
}

/** There is nothing that could be done. */
function* nothing(): Operation<Outcome> {
  yield* [];
  return { kind: 'done' };
}

/** Numbers without a PIN reach no room, so it is both or nothing. */
function* askDialIn(dialIn: NonNullable<JitsiOptions['dialIn']>, room: string): Operation<PhoneNumber[]> {
  const numbers = phoneNumbers(yield get(dialIn.numbersUrl));
  if (numbers.length === 0) return [];
  const conference = encodeURIComponent(`${room}@${dialIn.mucDomain}`);
  const answer = yield get(`${dialIn.pinUrl}${dialIn.pinUrl.includes('?') ? '&' : '?'}conference=${conference}`);
  const { id } = (isSuccess(answer) ? (jsonOf(answer) ?? {}) : {}) as { id?: unknown };
  const pin = /^\d+$/.test(String(id)) ? String(id) : undefined;
  return pin === undefined ? [] : numbers.map((number) => ({ ...number, pin }));
}

/** A list of {countryCode, formattedNumber}, or, from older servers, numbers by country. */
function phoneNumbers(answer: HttpAnswer): PhoneNumber[] {
  const json = isSuccess(answer) ? jsonOf(answer) : undefined;
  const all = Array.isArray(json) ? json.map(listed) : byCountry((json as { numbers?: unknown } | undefined)?.numbers);
  return all.filter((phone): phone is PhoneNumber => phone !== undefined);
}

function listed(entry: unknown): PhoneNumber | undefined {
  const { formattedNumber, countryCode } = (entry ?? {}) as { formattedNumber?: unknown; countryCode?: unknown };
  if (typeof formattedNumber !== 'string') return undefined;
  return {
    number: formattedNumber,
    ...(typeof countryCode === 'string' && { region: countryCode === 'UK' ? 'GB' : countryCode }),
  };
}

function byCountry(numbers: unknown): Array<PhoneNumber | undefined> {
  if (typeof numbers !== 'object' || numbers === null) return [];
  return Object.entries(numbers).flatMap(([countryCode, list]) =>
    (Array.isArray(list) ? list : []).map((formattedNumber: unknown) => listed({ formattedNumber, countryCode })),
  );
}

function get(url: string): HttpRequest {
  return { method: 'GET', url };
}

function folderOf(url: string): string {
  return url.replace(/[^/]*$/, '');
}
