/** App passwords over fakes: what is kept, what is sent, and to whom. */
import { Passwords } from '../../src/gas/passwords';
import type { AppPassword } from '../../src/ports/app-password';
import type { ConsentGrants } from '../../src/ports/grants';
import type { HttpAnswer, HttpFault } from '../../src/ports/http';
import { FakeClock, FakeLock, FakeLog } from '../support/fake-platform';

const AUTH: AppPassword = {
  kind: 'app-password',
  checkUrl: 'https://cloud.example.org/user',
  endUrl: 'https://cloud.example.org/password',
  headers: { 'X-Api': '1' },
  makeUrl: 'https://cloud.example.org/make',
};
const PAIR = { user: 'ana', password: 'word-word' };
const KEY = 'lockstep.grant.talk';
const BASIC = `Basic base64(ana:word-word)`;

const noConsents: ConsentGrants = {
  personal: [],
  isConnected: () => false,
  accountOf: () => undefined,
  connectUrl: () => undefined,
  complete: () => ({ kind: 'stale' }),
  disconnect: () => 'disconnected',
};

function setUp(answer: HttpAnswer | HttpFault = json(200), auth = AUTH) {
  const properties = new Map<string, string>();
  const sent: Array<{ url: string; method: string; headers: Record<string, string> }> = [];
  const [lock, log] = [new FakeLock(), new FakeLog()];
  const nothing = { get: () => undefined, put: () => undefined, remove: () => undefined };
  const passwords = () =>
    new Passwords([['talk', auth]], {
      properties: {
        get: (key) => properties.get(key),
        set: (key, value) => void properties.set(key, value),
        remove: (key) => void properties.delete(key),
      },
      userCache: nothing,
      scriptCache: nothing,
      scriptProperty: () => '',
      lock,
      clock: new FakeClock(0),
      log: log.log,
      sendForms: () => [],
      send(request) {
        sent.push(request);
        return answer;
      },
      randomSecret: () => '',
      sha256: (text) => text,
      base64: (text) => `base64(${text})`,
      base64UrlDecode: (text) => text,
      stateToken: () => '',
      redirectUri: () => '',
    });
  const grants = () => passwords().besides(noConsents);
  return { properties, sent, lock, log, passwords, grants };
}

function json(status: number): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, text: '{}' };
}

describe('a login and an app password', () => {
  it('are tried once, kept, and sent from then on', () => {
    const { grants, passwords, properties, sent } = setUp();
    const resumed: string[] = [];
    expect(passwords().header('talk', AUTH)).toBeUndefined();
    expect(grants().enter('talk', PAIR, (provider) => resumed.push(provider))).toBe('connected');
    expect(sent).toEqual([
      {
        url: AUTH.checkUrl,
        method: 'get',
        headers: { accept: 'application/json', 'X-Api': '1', authorization: BASIC },
      },
    ]);
    expect(resumed).toEqual(['talk']);
    expect(JSON.parse(properties.get(KEY) ?? '')).toEqual({
      from: AUTH.checkUrl,
      ...PAIR,
      account: { mark: expect.stringMatching(/^[\w-]{6}$/), name: 'ana' },
    });
    expect(passwords().header('talk', AUTH)).toBe(BASIC);
    expect(grants().isConnected('talk')).toBe(true);
  });

  it.each<[string, HttpAnswer | HttpFault, string]>([
    ['wrong', json(401), 'refused'],
    ['of a blocked account', json(403), 'refused'],
    ['asked about in vain', { fault: 'no answer' }, 'failed'],
    ['asked about during an outage', json(503), 'failed'],
    ['answered with a login page', { ...json(200), headers: { 'content-type': 'text/html' } }, 'failed'],
    ['answered with a redirect', json(302), 'failed'],
  ])('that are %s are not kept', (_, answer, end) => {
    const { grants, properties } = setUp(answer);
    expect(grants().enter('talk', PAIR, () => undefined)).toBe(end);
    expect([...properties.keys()]).toEqual([]);
  });

  it.each([
    ['an empty login', { ...PAIR, user: '' }],
    ['an empty password', { ...PAIR, password: '' }],
    ['a colon in the login', { ...PAIR, user: 'a:b' }],
    ['a line break', { ...PAIR, password: 'a\nb' }],
    ['a novel', { ...PAIR, password: 'x'.repeat(201) }],
  ])('with %s are refused without asking anybody', (_, pair) => {
    const { grants, sent } = setUp();
    expect(grants().enter('talk', pair, () => undefined)).toBe('refused');
    expect(sent).toEqual([]);
  });

  it('are good for the service that took them, and for no other', () => {
    const { grants, passwords } = setUp();
    grants().enter('talk', PAIR, () => undefined);
    const elsewhere = { ...AUTH, checkUrl: 'https://evil.example.org/user' };
    expect(passwords().header('talk', elsewhere)).toBeUndefined();
  });

  it('wait for a sync that is running, and are not kept meanwhile', () => {
    const { grants, lock, properties } = setUp();
    lock.refusals.push(true, true);
    expect(grants().enter('talk', PAIR, () => undefined)).toBe('busy');
    expect(grants().disconnect('talk')).toBe('busy');
    expect(properties.size).toBe(0);
  });

  it.each<[string, AppPassword, HttpAnswer | HttpFault, string]>([
    ['told', AUTH, json(200), 'disconnected'],
    ['told what it knew already', AUTH, json(401), 'disconnected'],
    ['away', AUTH, json(503), 'untold'],
    ['without a way to be told', { ...AUTH, endUrl: undefined } as never, json(200), 'untold'],
  ])('are forgotten when a person disconnects, with the service %s', (_, auth, answer, end) => {
    const { grants, properties, sent } = setUp(answer, auth);
    properties.set(KEY, JSON.stringify({ from: AUTH.checkUrl, ...PAIR }));
    expect(grants().disconnect('talk')).toBe(end);
    expect(properties.size).toBe(0);
    expect(sent.map(({ method }) => method)).toEqual(auth.endUrl === undefined ? [] : ['delete']);
  });

  it('stand in no log line', () => {
    const { grants, log } = setUp();
    grants().enter('talk', PAIR, () => undefined);
    grants().disconnect('talk');
    expect(log.lines.map(({ end }) => end)).toEqual(['connected', 'disconnected']);
    expect(JSON.stringify(log.lines)).not.toContain(PAIR.password);
  });
});
