/** What the build says of OAuth credentials. */
import { checkOAuth } from '../../src/manifest/check-oauth';
import { ORGANISATION, PERSONAL } from './fake-oauth';

describe('right OAuth credentials', () => {
  it.each([
    ['a person’s', PERSONAL],
    ['a public client’s', { ...PERSONAL, clientSecretProperty: undefined }],
    ['a vendor’s without revocation', { ...PERSONAL, revocationUrl: undefined, pkce: undefined }],
    ['the organisation’s', ORGANISATION],
    ['with more parameters', { ...ORGANISATION, extraParameters: { grant_type: 'account_credentials' } }],
    ['with an ID token that names the account', { ...PERSONAL, account: { at: 'id-token', read: () => undefined } }],
    ['with an address that does', { ...PERSONAL, account: { at: 'https://id.example.com/me', read: () => undefined } }],
    ['without scopes', { ...PERSONAL, scopes: [] }],
  ])('pass: %s', (_, auth) => {
    expect(checkOAuth('auth', { ...auth })).toEqual([]);
  });
});

describe('wrong OAuth credentials', () => {
  it.each([
    ['http', { tokenUrl: 'http://id.example.com/token' }, 'auth.tokenUrl: must be the exact https address'],
    ['no path', { tokenUrl: 'https://id.example.com/' }, 'auth.tokenUrl: must be the exact https address'],
    ['a query', { tokenUrl: 'https://id.example.com/token?a=b' }, 'auth.tokenUrl: must be the exact https address'],
    ['no address', { authorizationUrl: 'id.example.com' }, 'auth.authorizationUrl: must be the https address'],
    ['a fragment', { authorizationUrl: 'https://id.example.com/a#b' }, 'auth.authorizationUrl:'],
    ['scopes in one text', { scopes: 'a b' }, 'auth.scopes: must be a list of single scopes'],
    ['two scopes in one', { scopes: ['a b'] }, 'auth.scopes: must be a list of single scopes'],
    ['no client', { clientIdProperty: '' }, 'auth.clientIdProperty: name the Script Property that holds it'],
    ['neither secret nor PKCE', { clientSecretProperty: undefined, pkce: undefined }, 'auth.pkce: must be true for'],
    ['PKCE switched off by a word', { pkce: 'no' }, 'auth.pkce: must be true, or left out'],
    ['a secret in its place', { clientSecret: 's3cr3t' }, 'auth.clientSecret: is not known here'],
    ['a parameter of ours', { extraParameters: { state: 'x' } }, 'auth.extraParameters.state: is sent by the add-on'],
    ['a parameter that is no text', { extraParameters: { a: 1 } }, 'auth.extraParameters: must be texts by name.'],
    [
      'an account asked for without https',
      { account: { at: 'http://id.example.com/me', read: () => undefined } },
      'auth.account: must be { at, read }',
    ],
    ['an account that nobody reads', { account: { at: 'id-token' } }, 'auth.account: must be { at, read }'],
    ['another place for the secret', { clientSecretIn: 'query' }, 'auth.clientSecretIn: must be "body"'],
  ])('are refused: %s', (_, over, sentence) => {
    const problems = checkOAuth('auth', { ...PERSONAL, ...over });
    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(sentence)]));
    expect(problems.join()).not.toContain('s3cr3t');
  });

  it('are refused: an organisation’s without a secret, or with a page for consent', () => {
    const { clientSecretProperty: _none, ...auth } = ORGANISATION;
    expect(checkOAuth('auth', { ...auth, authorizationUrl: 'https://id.example.com/a' })).toEqual([
      expect.stringContaining('auth.authorizationUrl: is not known here; allowed are kind, tokenUrl'),
      expect.stringContaining('auth.clientSecretProperty: name the Script Property'),
    ]);
  });
});
