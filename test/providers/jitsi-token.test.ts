/** The tokens in links to Jitsi, through the built add-on, verified with Node’s own cryptography. */
import { createHmac, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { createWorld } from '../../sandbox/world/world';
import { builtAddOn } from '../support/built-add-on';

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
  const [header = '', claims = '', signature = ''] = (url.searchParams.get('jwt') ?? '').split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return { url, signed: `${header}.${claims}`, signature, header: read(header), claims: read(claims) };
}

describe('a link to a Jitsi of one’s own that wants tokens', () => {
  it('carries one for this room alone, of nobody, until it expires', () => {
    const { url, signed, signature, header, claims } = partsOf(linkFor('own', { JITSI_SECRET: 'sécret' }) ?? '');
    const room = url.pathname.slice(1);
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
    const exp = Date.parse('2026-04-01T08:00:00Z') / 1_000;
    expect(claims).toEqual({ iss: 'calendar', aud: 'jitsi', sub: '*', room, nbf: 0, exp });
    expect(signature).toBe(createHmac('sha256', 'sécret').update(signed).digest('base64url'));
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
    const { url, signed, signature, header, claims } = partsOf(link);
    expect(url.href).toMatch(new RegExp(`^https://8x8\\.vc/${APP_ID}/[0-9a-f]{20}\\?jwt=`));
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: `${APP_ID}/4f4910` });
    expect(claims).toMatchObject({ iss: 'chat', aud: 'jitsi', sub: APP_ID, room: url.pathname.split('/').at(-1) });
    const bytes = Buffer.from(signature, 'base64url');
    expect(verify('RSA-SHA256', Buffer.from(signed), createPublicKey(publicKey), bytes)).toBe(true);
  });

  it('is not made with a key that is none', () => {
    expect(linkFor('jaas', { JAAS_KEY: 'no key' })).toBeUndefined();
  });
});
