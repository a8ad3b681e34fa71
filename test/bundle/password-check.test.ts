/** What the build says of credentials that people enter themselves. */
import { checkPassword } from '../../src/manifest/check-password';

const RIGHT = {
  kind: 'app-password',
  checkUrl: 'https://cloud.example.org/ocs/v2.php/cloud/user',
  endUrl: 'https://cloud.example.org/ocs/v2.php/core/apppassword',
  headers: { 'OCS-APIRequest': 'true' },
  makeUrl: 'https://cloud.example.org/index.php/settings?section=security',
};

describe('credentials that people enter', () => {
  it.each([
    ['all of it', {}],
    ['no way to end one', { endUrl: undefined }],
    ['a way to tell accounts apart', { account: () => undefined }],
    ['no headers', { headers: undefined }],
  ])('pass with %s', (_, over) => {
    expect(checkPassword('auth', { ...RIGHT, ...over })).toEqual([]);
  });

  it.each([
    ['http', { checkUrl: 'http://cloud.example.org/user' }, 'auth.checkUrl: must be the exact https address'],
    ['a query', { endUrl: 'https://cloud.example.org/end?a=b' }, 'auth.endUrl: must be the exact https address'],
    ['no path', { checkUrl: 'https://cloud.example.org/' }, 'auth.checkUrl: must be the exact https address'],
    ['no page', { makeUrl: undefined }, 'auth.makeUrl: must be the https address where people'],
    ['headers that are none', { headers: { a: 1 } }, 'auth.headers: must be texts by name.'],
    ['an account that is no function', { account: 'id' }, 'auth.account: must be a function'],
    ['a password', { password: 's3cr3t' }, 'auth.password: is not known here; allowed are kind, checkUrl'],
  ])('are refused with %s', (_, over, sentence) => {
    const problems = checkPassword('auth', { ...RIGHT, ...over });
    expect(problems).toEqual([expect.stringContaining(sentence)]);
    expect(problems.join()).not.toContain('s3cr3t');
  });
});
