/** The organisation's own tokens: asked for when the cache has none, and kept no longer than they live. */
import { error, fakeOAuth, ORGANISATION, SILENCE, tokens } from './fake-oauth';

describe("the organisation's token", () => {
  it('is asked for once, then found in the cache', () => {
    const world = fakeOAuth(ORGANISATION);
    world.answers.push(tokens('a1'));
    expect([world.token(), world.token()]).toEqual(['a1', 'a1']);
    expect(world.sent).toEqual([
      {
        url: 'https://id.example.com/token',
        headers: { authorization: 'Basic base64(client:secret)' },
        form: { grant_type: 'client_credentials', scope: 'a' },
      },
    ]);
  });

  it('is asked for in the vendor’s own words, such as Zoom’s', () => {
    const extraParameters = { grant_type: 'account_credentials', account_id: 'acc' };
    const world = fakeOAuth({ ...ORGANISATION, scopes: [], extraParameters, clientSecretIn: 'body' });
    world.answers.push(tokens('a1'));
    world.token();
    expect(world.sent[0]).toEqual({
      url: 'https://id.example.com/token',
      headers: {},
      form: { ...extraParameters, client_id: 'client', client_secret: 'secret' },
    });
  });

  it('that lives under a minute is used and not kept', () => {
    const world = fakeOAuth(ORGANISATION);
    world.answers.push(tokens('a1', undefined, 45));
    expect(world.token()).toBe('a1');
    expect(world.scriptCache.size).toBe(0);
  });

  it('of another endpoint is not used', () => {
    const world = fakeOAuth(ORGANISATION);
    world.scriptCache.set('lockstep.token.meet', JSON.stringify({ from: 'https://old.example/token', access: 'old' }));
    world.answers.push(tokens('a1'));
    expect(world.token()).toBe('a1');
  });

  it.each([
    ['was cut off', '{"from":"https://id.example.com/tok'],
    ['is no record', '"a0"'],
    ['has no token', '{"from":"https://id.example.com/token","access":7}'],
  ])('is asked for anew when what the cache holds %s', (_, kept) => {
    const world = fakeOAuth(ORGANISATION);
    world.scriptCache.set('lockstep.token.meet', kept);
    world.answers.push(tokens('a1'));
    expect(world.token()).toBe('a1');
  });

  it('that is refused gives way to another, once', () => {
    const world = fakeOAuth(ORGANISATION);
    world.answers.push(tokens('a1'));
    world.token();
    world.answers.push(tokens('a2'));
    const { tokens: source } = world.execution();
    expect(source.token('meet', ORGANISATION)).toBe('a1');
    expect(source.renewed('meet', ORGANISATION, 'a1')).toBe('a2');
    expect(source.renewed('meet', ORGANISATION, 'a1')).toBe('a2');
    expect(source.renewed('meet', ORGANISATION, 'a2')).toBeUndefined();
    expect(world.sent).toHaveLength(2);
  });

  it.each([
    ['refused', error('invalid_client', 401), { unauthorised: true }],
    ['not answered', SILENCE, { fault: 'the token endpoint gave no usable answer' }],
  ])('is none when the request is %s', (_, answer, fault) => {
    const world = fakeOAuth(ORGANISATION);
    world.answers.push(answer);
    expect(world.token()).toMatchObject(fault);
  });
});
