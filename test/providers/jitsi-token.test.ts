/** The tokens in links to Jitsi, through the built add-on, verified with `jose`. */
import { generateKeyPairSync } from 'node:crypto';
import { createWorld } from '../../sandbox/whole-world';
import { builtAddOn } from '../support/built-add-on';
import { type VerifyOptions, verified } from '../support/jose';

const APP_ID = 'vpaas-magic-cookie-0123456789abcdef0123456789abcdef';
const addOn = builtAddOn({
  own: `jitsiMeet({
    baseUrl: 'https://meet.example.org',
    token: { algorithm: 'HS256', scriptProperty: 'JITSI_SECRET', issuer: 'calendar', audience: 'jitsi', days: 30 },
  })`,
  jaas: `jaas({ appId: '${APP_ID}', keyId: '4f4910', scriptProperty: 'JAAS_KEY' })`,
});
// As long as 8x8's own instructions make it: the longest link there is.
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 4_096,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

function linkFor(solution: string, scriptProperties: Record<string, string>): string | undefined {
  const world = createWorld({ addOn, now: '2026-03-02T08:00:00Z' });
  for (const [name, value] of Object.entries(scriptProperties)) world.script.setScriptProperty(name, value);
  const ana = world.addUser('ana@example.com', { timeZone: 'Europe/Zurich' });
  const time = { start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' };
  const { conference } = ana.drafts({ summary: 'Plan', ...time, conference: solution });
  const points = (conference as { data?: { entryPoints?: Array<{ uri: string }> } } | undefined)?.data?.entryPoints;
  return points?.[0]?.uri;
}

function partsOf(link: string) {
  const url = new URL(link);
  return { url, room: url.pathname.split('/').at(-1) as string, token: url.searchParams.get('jwt') ?? '' };
}

describe('a link to a Jitsi of one’s own that wants tokens', () => {
  const SECRET = 'sécret';
  const options: VerifyOptions = {
    algorithms: ['HS256'],
    issuer: 'calendar',
    audience: 'jitsi',
    subject: '*',
    requiredClaims: ['exp', 'room'],
    currentDate: '2026-03-03T10:00:00Z',
  };

  it('carries one for this room alone, of nobody, until it expires', () => {
    const { room, token } = partsOf(linkFor('own', { JITSI_SECRET: SECRET }) ?? '');
    const exp = Date.parse('2026-04-01T08:00:00Z') / 1_000;
    expect(verified(token, { secret: SECRET }, options)).toEqual({
      header: { alg: 'HS256', typ: 'JWT' },
      claims: { iss: 'calendar', aud: 'jitsi', sub: '*', room, nbf: 0, exp },
    });
    const later = { ...options, currentDate: '2026-04-01T08:00:00Z' };
    expect(verified(token, { secret: SECRET }, later)).toEqual({ refused: 'ERR_JWT_EXPIRED' });
    expect(verified(token, { secret: 'other' }, options)).toEqual({ refused: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });

  it('is not made without the secret', () => {
    expect(linkFor('own', {})).toBeUndefined();
  });
});

describe('a link to a room of JaaS', () => {
  it.each([
    ['as it was downloaded', privateKey],
    ['with its line breaks written as \\n', privateKey.replaceAll('\n', '\\n')],
  ])('is signed with the key %s, and fits into Calendar', (_, key) => {
    const link = linkFor('jaas', { JAAS_KEY: key }) ?? '';
    expect(link.length).toBeLessThanOrEqual(1_300);
    const { url, room, token } = partsOf(link);
    expect(url.href).toMatch(new RegExp(`^https://8x8\\.vc/${APP_ID}/[0-9a-f]{20}\\?jwt=`));
    const options: VerifyOptions = {
      algorithms: ['RS256'],
      issuer: 'chat',
      audience: 'jitsi',
      subject: APP_ID,
      requiredClaims: ['exp', 'nbf'],
      currentDate: '2026-03-03T10:00:00Z',
    };
    expect(verified(token, { spki: publicKey, alg: 'RS256' }, options)).toEqual({
      header: { alg: 'RS256', typ: 'JWT', kid: `${APP_ID}/4f4910` },
      claims: expect.objectContaining({ room, context: { user: { moderator: 'false' } } }),
    });
    const another = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey;
    const spki = another.export({ type: 'spki', format: 'pem' }).toString();
    expect(verified(token, { spki, alg: 'RS256' }, options)).toEqual({
      refused: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });

  it('is not made with a key that is none', () => {
    expect(linkFor('jaas', { JAAS_KEY: 'no key' })).toBeUndefined();
  });
});
