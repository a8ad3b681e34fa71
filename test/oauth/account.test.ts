/** Whose a new grant is: asked once, where the vendor says so, and never at the cost of the grant. */
import type { PersonalGrant } from '../../src/ports/oauth';
import { error, fakeOAuth, json, PERSONAL, SILENCE, tokens } from './fake-oauth';

const ME = 'https://api.example.com/me';
const asked: PersonalGrant = {
  ...PERSONAL,
  account: {
    at: ME,
    read: ({ id, email }) => (typeof id === 'string' ? { id, name: String(email ?? '') } : undefined),
  },
};
const inToken: PersonalGrant = {
  ...PERSONAL,
  account: { at: 'id-token', read: ({ sub, name }) => ({ id: String(sub ?? ''), name: String(name ?? '') }) },
};
const idToken = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const withIdToken = (id_token: unknown) =>
  json(200, { access_token: 'a1', token_type: 'Bearer', expires_in: 3_600, refresh_token: 'r1', id_token });

/** A person consents; these are the answers, the token endpoint's first. */
function connected(auth: PersonalGrant, ...answers: Parameters<ReturnType<typeof fakeOAuth>['answers']['push']>) {
  const world = fakeOAuth(auth);
  const { grants } = world.execution();
  const state = new URL(grants.connectUrl('meet') as string).searchParams.get('state') as string;
  const { attempt } = JSON.parse(state.slice(state.indexOf('{'))) as { attempt: string };
  world.answers.push(...answers);
  const completion = grants.complete({ attempt, code: 'c' }, () => {});
  return { world, completion, account: () => world.execution().grants.accountOf('meet') };
}

describe('the account of a new grant', () => {
  it('is asked for with the new token, and kept as a digest with a name', () => {
    const { world, completion, account } = connected(
      asked,
      tokens('a1', 'r1'),
      json(200, { id: 'u1', email: 'ana@x' }),
    );
    expect(world.asked).toEqual([
      { url: ME, method: 'get', headers: { accept: 'application/json', authorization: 'Bearer a1' } },
    ]);
    expect(account()).toEqual({ mark: expect.stringMatching(/^[\w-]{6}$/), name: 'ana@x' });
    expect(completion).toEqual({ kind: 'connected', provider: 'meet', account: 'ana@x' });
    expect(JSON.stringify(world.stored())).not.toContain('u1');
  });

  it('is read from the ID token without another request', () => {
    const { world, account } = connected(inToken, withIdToken(idToken({ sub: 's1', name: 'Änne' })));
    expect(world.asked).toEqual([]);
    expect(account()).toEqual({ mark: expect.stringMatching(/^[\w-]{6}$/), name: 'Änne' });
  });

  it('is the same for the same person, and another for another', () => {
    const marks = ['u1', 'u1', 'u2'].map(
      (id) => connected(asked, tokens('a1', 'r1'), json(200, { id })).account()?.mark,
    );
    expect(marks[0]).toBe(marks[1]);
    expect(marks[0]).not.toBe(marks[2]);
  });

  it('has a name that a card can show: no markup, nothing invisible, no more than 100 characters', () => {
    const email = `<b>a\u200b\u202e&${'x'.repeat(200)}`;
    expect(connected(asked, tokens('a1', 'r1'), json(200, { id: 'u1', email })).account()?.name).toBe(
      `ba${'x'.repeat(98)}`,
    );
  });

  it.each<[string, PersonalGrant, ...ReturnType<typeof json>[]]>([
    ['the configuration names no way to ask', PERSONAL, tokens('a1', 'r1')],
    ['the vendor refuses to say', asked, tokens('a1', 'r1'), error('forbidden', 403)],
    ['the answer names nobody', asked, tokens('a1', 'r1'), json(200, { email: 'ana@x' })],
    ['the answer is a page', asked, tokens('a1', 'r1'), { status: 200, headers: {}, text: '<p>Sign in' }],
    ['there is no ID token', inToken, tokens('a1', 'r1')],
    ['the ID token is none', inToken, withIdToken('x.%%%.y')],
    ['the ID token is no text', inToken, withIdToken(7)],
  ])('is not known when %s: then the grant has a mark of its own', (_, auth, ...answers) => {
    const { completion, account } = connected(auth, ...answers);
    expect(completion).toEqual({ kind: 'connected', provider: 'meet' });
    expect(account()).toEqual({ mark: expect.stringMatching(/^\?[\w-]{6}$/) });
  });

  it.each([
    ['no answer', SILENCE],
    ['an outage', error('server_error', 503)],
    ['a limit', error('slow_down', 429)],
  ])('that meets %s is asked for again when the grant is renewed', (_, answer) => {
    const { world, completion, account } = connected(asked, tokens('a1', 'r1', 60), answer);
    expect(completion.kind).toBe('connected');
    expect(account()).toBeUndefined();
    world.clock.advance(120_000);
    world.answers.push(tokens('a2', 'r2'), json(200, { id: 'u1', email: 'ana@x' }));
    expect(world.token()).toBe('a2');
    expect(account()?.name).toBe('ana@x');
  });
});

describe('a grant that is renewed', () => {
  it('is the same account’s, and nobody asks again', () => {
    const { world, account } = connected(asked, tokens('a1', 'r1', 60), json(200, { id: 'u1', email: 'ana@x' }));
    const before = account();
    world.clock.advance(120_000);
    world.answers.push(tokens('a2', 'r2'));
    expect(world.token()).toBe('a2');
    expect(account()).toEqual(before);
    expect(world.asked).toHaveLength(1);
  });

  it('has its rotated refresh token on record before the account is asked for', () => {
    const world = fakeOAuth(asked);
    world.grant({ expiresMs: world.clock.nowMs() });
    world.answers.push(tokens('a2', 'r2'));
    const kept: unknown[] = [];
    const { push } = world.asked;
    world.asked.push = (...requests) => {
      kept.push(world.stored().refresh);
      return push.apply(world.asked, requests);
    };
    world.token();
    expect(kept).toEqual(['r2']);
  });

  it('is kept although the store has no room for its account', () => {
    const world = fakeOAuth(asked);
    world.grant({ expiresMs: world.clock.nowMs() });
    world.answers.push(tokens('a2', 'r2'), json(200, { id: 'u1' }));
    const { push } = world.asked;
    world.asked.push = (...requests) => {
      world.refuseWrites(1);
      return push.apply(world.asked, requests);
    };
    expect(world.token()).toBe('a2');
    expect(world.stored()).toMatchObject({ access: 'a2', refresh: 'r2' });
  });
});

describe('an execution', () => {
  it('that asks for the account first reads its grant once', () => {
    const world = fakeOAuth(asked);
    world.grant({ account: { mark: 'abcdef' } });
    let reads = 0;
    const get = world.properties.get.bind(world.properties);
    world.properties.get = (key) => {
      reads++;
      return get(key);
    };
    const { tokens: source, grants } = world.execution();
    expect(grants.accountOf('meet')).toEqual({ mark: 'abcdef' });
    expect(source.token('meet', asked)).toBe('a0');
    expect(reads).toBe(1);
  });
});
