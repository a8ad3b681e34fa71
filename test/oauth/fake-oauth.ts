/** The OAuth client over fakes: one person's store, a lock, caches and an endpoint whose answers are given in advance. */

import type { FormRequest, OAuthPlatform, PlainRequest } from '../../src/gas/oauth/platform';
import { oauthClient } from '../../src/gas/oauth/token-source';
import type { HttpAnswer, HttpFault } from '../../src/ports/http';
import type { OAuth, OrganisationGrant, PersonalGrant } from '../../src/ports/oauth';
import { FakeClock, FakeLock, FakeLog } from '../support/fake-platform';

export const PERSONAL: PersonalGrant = {
  kind: 'oauth2',
  authorizationUrl: 'https://id.example.com/authorize',
  tokenUrl: 'https://id.example.com/token',
  revocationUrl: 'https://id.example.com/revoke',
  scopes: ['a', 'b'],
  clientIdProperty: 'ID',
  clientSecretProperty: 'SECRET',
  pkce: true,
};

export const ORGANISATION: OrganisationGrant = {
  kind: 'client-credentials',
  tokenUrl: 'https://id.example.com/token',
  scopes: ['a'],
  clientIdProperty: 'ID',
  clientSecretProperty: 'SECRET',
};

export const KEY = 'lockstep.grant.meet';
export const MINUTE_MS = 60_000;

export const json = (status: number, body: unknown): HttpAnswer => ({
  status,
  headers: {},
  text: JSON.stringify(body),
});
export const tokens = (access: string, refresh?: string, seconds = 3_600) =>
  json(200, {
    access_token: access,
    token_type: 'Bearer',
    expires_in: seconds,
    ...(refresh !== undefined && { refresh_token: refresh }),
  });
export const error = (code: string, status = 400) => json(status, { error: code });
export const SILENCE: HttpFault = { fault: 'no answer' };

export function fakeOAuth(auth: OAuth = PERSONAL) {
  const properties = new Map<string, string>();
  const userCache = new Map<string, string>();
  const scriptCache = new Map<string, string>();
  const script = new Map([
    ['ID', 'client'],
    ['SECRET', 'secret'],
  ]);
  const lock = new FakeLock();
  const clock = new FakeClock(1_000_000_000_000);
  const log = new FakeLog();
  const sent: FormRequest[] = [];
  /** Requests that are no forms: whose a new grant is. */
  const asked: PlainRequest[] = [];
  const answers: Array<HttpAnswer | HttpFault> = [];
  /** Runs just before an answer is given: what others do meanwhile. */
  const meanwhile: Array<() => void> = [];
  let words = 0;
  let refuseWrites = 0;
  const cache = (entries: Map<string, string>) => ({
    get: (key: string) => entries.get(key),
    put: (key: string, value: string) => void entries.set(key, value),
    remove: (key: string) => void entries.delete(key),
  });
  const platform: OAuthPlatform = {
    properties: {
      get: (key) => properties.get(key),
      set(key, value) {
        if (refuseWrites-- > 0) throw new Error('You have exceeded the property storage quota.');
        properties.set(key, value);
      },
      remove: (key) => void properties.delete(key),
    },
    userCache: cache(userCache),
    scriptCache: cache(scriptCache),
    scriptProperty: (name) => script.get(name) ?? '',
    lock,
    clock,
    send(request) {
      asked.push(request);
      return answers.shift() ?? SILENCE;
    },
    sendForms(requests) {
      return requests.map((request) => {
        sent.push(request);
        meanwhile.shift()?.();
        return answers.shift() ?? SILENCE;
      });
    },
    randomSecret: () => `secret${++words}`.padEnd(96, 'x'),
    sha256: (text) => `sha256(${text})`,
    base64: (text) => `base64(${text})`,
    base64UrlDecode: (text) => Buffer.from(text, 'base64url').toString(),
    stateToken: (method, args) => `state:${method}:${JSON.stringify(args)}`,
    redirectUri: () => 'https://script.google.com/macros/d/x/usercallback',
    log: log.log,
  };
  const execution = () => oauthClient([['meet', auth]], platform);
  return {
    properties,
    userCache,
    scriptCache,
    script,
    lock,
    clock,
    log,
    sent,
    asked,
    answers,
    meanwhile,
    refuseWrites: (times: number) => {
      refuseWrites = times;
    },
    /** A fresh execution: it knows nothing but what is stored. */
    execution,
    token: () => execution().tokens.token('meet', auth),
    stored: () => JSON.parse(properties.get(KEY) ?? 'null'),
    /** A grant as it is kept. */
    grant: (over: Record<string, unknown> = {}) => {
      const gotMs = clock.nowMs();
      const record = { from: auth.tokenUrl, access: 'a0', refresh: 'r0', gotMs, expiresMs: gotMs + 60 * MINUTE_MS };
      properties.set(KEY, JSON.stringify({ ...record, ...over }));
    },
  };
}
