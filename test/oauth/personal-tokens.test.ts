/** Access tokens of a person's grant: when they are renewed, by whom, and what becomes of them when it goes wrong. */
import { error, fakeOAuth, KEY, MINUTE_MS, PERSONAL, SILENCE, tokens } from './fake-oauth';

const NO_GRANT = { fault: 'there is no grant', unauthorised: true };

describe('a token that is good', () => {
  it('is sent as it is', () => {
    const world = fakeOAuth();
    world.grant();
    expect(world.token()).toBe('a0');
    expect(world.sent).toEqual([]);
    expect(world.lock.tries).toBe(0);
  });

  it('is sent as it is, too, when the vendor does not say how long it lives', () => {
    const world = fakeOAuth();
    world.grant({ expiresMs: undefined });
    world.clock.advance(365 * 24 * 60 * MINUTE_MS);
    expect(world.token()).toBe('a0');
  });

  it('goes to no other vendor than it came from', () => {
    const world = fakeOAuth({ ...PERSONAL, tokenUrl: 'https://other.example/token' });
    world.grant({ from: 'https://id.example.com/token' });
    expect(world.token()).toEqual(NO_GRANT);
  });

  it('is renewed ahead of time only by whoever holds the lock already', () => {
    const world = fakeOAuth();
    world.grant();
    world.clock.advance(57 * MINUTE_MS);
    expect(world.token()).toBe('a0');
    world.lock.tryTake();
    world.answers.push(tokens('a1', 'r1'));
    expect(world.token()).toBe('a1');
    expect(world.lock.isHeld()).toBe(true);
  });

  it('is sent after a renewal ahead of time that failed, and not tried to be renewed again', () => {
    const world = fakeOAuth();
    world.grant();
    world.clock.advance(57 * MINUTE_MS);
    world.lock.tryTake();
    const execution = world.execution();
    expect([1, 2, 3].map(() => execution.tokens.token('meet', PERSONAL))).toEqual(['a0', 'a0', 'a0']);
    expect(world.sent).toHaveLength(1);
  });
});

describe('a token that has run out', () => {
  const runOut = (over: Record<string, unknown> = {}) => {
    const world = fakeOAuth();
    world.grant(over);
    world.clock.advance(2 * 60 * MINUTE_MS);
    return world;
  };

  it('is renewed under the lock, which is let go again', () => {
    const world = runOut();
    world.answers.push(tokens('a1', 'r1'));
    world.meanwhile.push(() => expect(world.lock.isHeld()).toBe(true));
    expect(world.token()).toBe('a1');
    expect(world.lock.isHeld()).toBe(false);
    expect(world.stored()).toMatchObject({ access: 'a1', refresh: 'r1' });
    expect(world.sent).toEqual([
      {
        url: 'https://id.example.com/token',
        headers: { authorization: 'Basic base64(client:secret)' },
        form: { grant_type: 'refresh_token', refresh_token: 'r0' },
      },
    ]);
  });

  it('keeps its refresh token when the vendor sends no other', () => {
    const world = runOut();
    world.answers.push(tokens('a1'));
    expect(world.token()).toBe('a1');
    expect(world.stored()).toMatchObject({ access: 'a1', refresh: 'r0' });
  });

  it('is looked for again once the lock is held: another execution may have renewed it', () => {
    const world = runOut();
    const take = world.lock.tryTake.bind(world.lock);
    world.lock.tryTake = () => {
      world.grant({ access: 'of another', refresh: 'r1' });
      return take();
    };
    expect(world.token()).toBe('of another');
    expect(world.sent).toEqual([]);
  });

  it('is the other execution’s when the lock is not to be had, and it has renewed', () => {
    const world = runOut();
    world.lock.tryTake = () => {
      world.grant({ access: 'of another', refresh: 'r1' });
      return false;
    };
    expect(world.token()).toBe('of another');
  });

  it('is none for now when the lock is not to be had', () => {
    const world = runOut();
    world.lock.taken = true;
    world.lock.isHeld = () => false;
    expect(world.token()).toEqual({ fault: 'another execution holds the lock' });
    expect(world.stored()).toMatchObject({ refresh: 'r0' });
  });

  it.each([
    ['no answer', SILENCE],
    ['an outage', error('server_error', 503)],
    ['a login page with status 200', { status: 200, headers: {}, text: '<html>' }],
    ['a limit', error('slow_down', 400)],
    ['a redirect', { status: 302, headers: {}, text: '' }],
    ['a token that cannot stand in a header', tokens('a b')],
  ])('keeps its grant over %s, and is asked for once an execution', (_, answer) => {
    const world = runOut();
    world.answers.push(answer);
    const execution = world.execution();
    const fault = { fault: 'the token endpoint gave no usable answer' };
    expect([1, 2].map(() => execution.tokens.token('meet', PERSONAL))).toEqual([fault, fault]);
    expect(world.sent).toHaveLength(1);
    expect(world.stored()).toMatchObject({ refresh: 'r0' });
    world.answers.push(tokens('a1', 'r1'));
    expect(world.token()).toBe('a1');
  });

  it('is the end of the grant when the vendor says invalid_grant', () => {
    const world = runOut();
    world.answers.push(error('invalid_grant'));
    expect(world.token()).toEqual(NO_GRANT);
    expect(world.properties.has(KEY)).toBe(false);
    expect(world.log.of('grant')).toEqual([{ event: 'grant', end: 'lost', provider: 'meet' }]);
  });

  it('keeps its grant when it is the client that is refused', () => {
    const world = runOut();
    world.answers.push(error('invalid_client', 401));
    expect(world.token()).toMatchObject({ unauthorised: true });
    expect(world.stored()).toMatchObject({ refresh: 'r0' });
    expect(world.log.of('grant')).toEqual([
      { event: 'grant', end: 'refused', provider: 'meet', code: 'invalid_client' },
    ]);
  });

  it('without a refresh token wants the person', () => {
    const world = runOut({ refresh: undefined });
    expect(world.token()).toMatchObject({ unauthorised: true });
    expect(world.sent).toEqual([]);
    expect(world.execution().grants.isConnected('meet')).toBe(false);
  });

  it('that is too long for the store is kept without, and asked for anew', () => {
    const world = runOut();
    const long = 'x'.repeat(9_000);
    world.answers.push(tokens(long, 'r1'), tokens('a2', 'r2'));
    expect(world.token()).toBe(long);
    expect(world.stored()).toMatchObject({ access: '', refresh: 'r1' });
    expect(world.token()).toBe('a2');
    expect(world.sent[1]?.form.refresh_token).toBe('r1');
  });

  it('is not used when its refresh token could not be kept', () => {
    const world = runOut();
    world.refuseWrites(2);
    world.answers.push(tokens('a1', 'r1'));
    expect(world.token()).toEqual({ fault: 'the store refused the tokens' });
    expect(world.stored()).toMatchObject({ refresh: 'r0' });
  });
});

describe('what the endpoint writes into its errors', () => {
  it('reaches no log', () => {
    const world = fakeOAuth();
    world.grant();
    world.clock.advance(2 * 60 * MINUTE_MS);
    world.answers.push(error('Token a0 of ana@example.com is bad'));
    world.token();
    expect(world.log.of('grant')).toEqual([{ event: 'grant', end: 'refused', provider: 'meet', code: 'http-400' }]);
  });
});
