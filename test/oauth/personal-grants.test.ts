/** How a person connects and disconnects, without Apps Script. */
import { error, fakeOAuth, KEY, PERSONAL, SILENCE, tokens } from './fake-oauth';

const resume = () => {};

function attemptIn(url: string): string {
  return JSON.parse((new URL(url).searchParams.get('state') as string).replace('state:authCallback:', '')).attempt;
}

describe('the address where a person connects', () => {
  it('holds what RFC 6749 and 7636 ask for, the vendor’s own parameters, and no secret', () => {
    const world = fakeOAuth({ ...PERSONAL, extraParameters: { prompt: 'consent' } });
    const url = new URL(world.execution().grants.connectUrl('meet') as string);
    const [kept] = [...world.userCache.values()].map((text) => JSON.parse(text));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      prompt: 'consent',
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'https://script.google.com/macros/d/x/usercallback',
      scope: 'a b',
      code_challenge: `sha256(${kept.verifier})`,
      code_challenge_method: 'S256',
      state: expect.stringContaining('state:authCallback:'),
    });
    expect(kept.verifier).toMatch(/^[A-Za-z0-9]{96}$/);
    expect(url.searchParams.get('state')).not.toContain(kept.verifier);
  });

  it('is another one each time, and each works', () => {
    const world = fakeOAuth();
    const urls = [1, 2].map(() => world.execution().grants.connectUrl('meet') as string);
    const [first, second] = urls.map(attemptIn);
    expect(first).not.toBe(second);
    world.answers.push(tokens('a1', 'r1'), tokens('a2', 'r2'));
    for (const attempt of [first, second]) {
      const { grants } = world.execution();
      expect(grants.complete({ attempt: attempt as string, code: 'c' }, resume).kind).toBe('connected');
    }
  });

  it('adds to a query that the vendor’s address has', () => {
    const world = fakeOAuth({ ...PERSONAL, authorizationUrl: 'https://id.example.com/a?tenant=1' });
    const url = world.execution().grants.connectUrl('meet') as string;
    expect(url).toContain('?tenant=1&response_type=code');
  });

  it('is none for a provider that wants no grant of a person’s', () => {
    expect(fakeOAuth().execution().grants.connectUrl('other')).toBeUndefined();
  });
});

describe('coming back', () => {
  const back = (over: Record<string, string> = {}, auth = PERSONAL) => {
    const world = fakeOAuth(auth);
    const attempt = attemptIn(world.execution().grants.connectUrl('meet') as string);
    return { world, complete: () => world.execution().grants.complete({ attempt, code: 'c', ...over }, resume) };
  };

  it('exchanges the code with the verifier of this very attempt', () => {
    const { world, complete } = back();
    const verifier = JSON.parse([...world.userCache.values()][0] as string).verifier;
    world.answers.push(tokens('a1', 'r1'));
    expect(complete()).toEqual({ kind: 'connected', provider: 'meet' });
    expect(world.sent[0]).toEqual({
      url: 'https://id.example.com/token',
      headers: { authorization: 'Basic base64(client:secret)' },
      form: {
        grant_type: 'authorization_code',
        code: 'c',
        redirect_uri: 'https://script.google.com/macros/d/x/usercallback',
        code_verifier: verifier,
      },
    });
    expect(world.stored()).toMatchObject({ from: PERSONAL.tokenUrl, access: 'a1', refresh: 'r1' });
  });

  it('a second time finds nothing', () => {
    const { world, complete } = back();
    world.answers.push(tokens('a1', 'r1'));
    complete();
    expect(complete()).toEqual({ kind: 'stale' });
    expect(world.sent).toHaveLength(1);
  });

  it('with an invented attempt finds nothing', () => {
    expect(back({ attempt: 'invented' }).complete()).toEqual({ kind: 'stale' });
  });

  it('during a sync uses nothing up, so that the page can be loaded again', () => {
    const { world, complete } = back();
    world.lock.refusals.push(true);
    expect(complete()).toEqual({ kind: 'busy', provider: 'meet' });
    world.answers.push(tokens('a1', 'r1'));
    expect(complete().kind).toBe('connected');
  });

  it.each([
    ['a refusal of the person', { error: 'access_denied', code: '' }, 'declined'],
    ['no code', { code: '' }, 'declined'],
  ])('with %s asks for no token', (_, over, kind) => {
    const { world, complete } = back(over);
    expect(complete().kind).toBe(kind);
    expect(world.sent).toEqual([]);
  });

  it('that comes twice at once has its code exchanged once', () => {
    const world = fakeOAuth();
    const attempt = attemptIn(world.execution().grants.connectUrl('meet') as string);
    const arrives = () => world.execution().grants.complete({ attempt, code: 'the-code' }, () => {}).kind;
    world.answers.push(tokens('a1', 'r1'));
    // The second has found the attempt and waits for the lock, while the first one finishes.
    const ends: string[] = [];
    const take = world.lock.tryTake.bind(world.lock);
    world.lock.tryTake = (waitMs) => {
      world.lock.tryTake = take;
      ends.push(arrives());
      return take(waitMs);
    };
    ends.push(arrives());
    expect(ends).toEqual(['connected', 'stale']);
    expect(world.sent.filter(({ form }) => form.code === 'the-code')).toHaveLength(1);
    expect(world.stored()).toMatchObject({ refresh: 'r1' });
  });

  it.each([
    ['was cut off', '{"provider":"me'],
    ['is no record', 'null'],
    ['lacks the verifier', '{"provider":"meet"}'],
  ])('whose attempt in the cache %s is told to begin again', (_, kept) => {
    const world = fakeOAuth();
    world.userCache.set('lockstep.attempt.a', kept);
    expect(world.execution().grants.complete({ attempt: 'a', code: 'c' }, () => {})).toEqual({ kind: 'stale' });
    expect(world.sent).toEqual([]);
  });

  it('in the name of another vendor asks for no token', () => {
    const auth = { ...PERSONAL, issuer: 'https://id.example.com' };
    for (const over of [{ iss: 'https://evil.example' }, {}]) {
      const { world, complete } = back(over as Record<string, string>, auth);
      expect(complete().kind).toBe('failed');
      expect(world.sent).toEqual([]);
    }
  });

  it.each([
    ['refuses the code', error('invalid_grant')],
    ['does not answer', SILENCE],
  ])('to an endpoint that %s leaves an earlier grant as it was', (_, answer) => {
    const { world, complete } = back();
    world.grant();
    world.answers.push(answer);
    expect(complete().kind).toBe('failed');
    expect(world.stored()).toMatchObject({ refresh: 'r0' });
  });

  it('resumes under the lock, with the grant kept already', () => {
    const world = fakeOAuth();
    const { grants } = world.execution();
    const attempt = attemptIn(grants.connectUrl('meet') as string);
    world.answers.push(tokens('a1', 'r1'));
    const seen: unknown[] = [];
    grants.complete({ attempt, code: 'c' }, (provider) => {
      seen.push(provider, world.lock.isHeld(), world.stored().access);
    });
    expect(seen).toEqual(['meet', true, 'a1']);
    expect(world.lock.isHeld()).toBe(false);
  });

  it('of a public client gives its name and no secret', () => {
    const { clientSecretProperty: _none, ...auth } = PERSONAL;
    const { world, complete } = back({}, auth);
    world.answers.push(tokens('a1', 'r1'));
    complete();
    expect(world.sent[0]).toMatchObject({ headers: {}, form: { client_id: 'client' } });
    expect(JSON.stringify(world.sent)).not.toContain('"secret"');
  });
});

describe('disconnecting', () => {
  it('revokes both tokens and forgets them', () => {
    const world = fakeOAuth();
    world.grant();
    world.answers.push({ status: 200, headers: {}, text: '' }, { status: 200, headers: {}, text: '' });
    expect(world.execution().grants.disconnect('meet')).toBe('disconnected');
    expect(world.sent.map(({ url, form }) => [url, form])).toEqual([
      ['https://id.example.com/revoke', { token: 'r0', token_type_hint: 'refresh_token' }],
      ['https://id.example.com/revoke', { token: 'a0', token_type_hint: 'access_token' }],
    ]);
    expect(world.properties.has(KEY)).toBe(false);
  });

  it('from a vendor without revocation says that the provider was not told', () => {
    const { revocationUrl: _none, ...auth } = PERSONAL;
    const world = fakeOAuth(auth);
    world.grant();
    expect(world.execution().grants.disconnect('meet')).toBe('untold');
    expect(world.properties.has(KEY)).toBe(false);
  });

  it('during a sync changes nothing', () => {
    const world = fakeOAuth();
    world.grant();
    world.lock.refusals.push(true);
    expect(world.execution().grants.disconnect('meet')).toBe('busy');
    expect(world.sent).toEqual([]);
    expect(world.stored()).toMatchObject({ refresh: 'r0' });
  });
});
