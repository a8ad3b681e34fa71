/**
 * Checks the OAuth part of a provider's credentials. Runs in the build.
 *
 * Never shows a value that stands where a secret might have been written.
 */
type Fields = Record<string, unknown>;

export const OAUTH_KINDS: readonly unknown[] = ['oauth2', 'client-credentials'];

const COMMON = [
  'kind',
  'tokenUrl',
  'scopes',
  'clientIdProperty',
  'clientSecretProperty',
  'clientSecretIn',
  'extraParameters',
];
const PERSONAL = ['authorizationUrl', 'revocationUrl', 'pkce', 'issuer', 'account'];

/** What the client itself sends, and what would be a secret in an address or in the script. */
const RESERVED = new Set(
  'client_id client_secret code code_challenge code_challenge_method code_verifier redirect_uri refresh_token response_type scope state token'.split(
    ' ',
  ),
);

/** One sentence per problem. */
export function checkOAuth(at: string, auth: Fields): string[] {
  const personal = auth.kind === 'oauth2';
  const allowed = personal ? [...COMMON, ...PERSONAL] : COMMON;
  const problems = Object.keys(auth)
    .filter((key) => !allowed.includes(key))
    .map((key) => `${at}.${key}: is not known here; allowed are ${allowed.join(', ')}.`);
  const needs = (field: string, right: boolean, what: string) => {
    if (!right) problems.push(`${at}.${field}: ${what}`);
  };
  const absent = (field: string) => auth[field] === undefined;
  const address = 'must be the exact https address of the vendor’s endpoint, without a query.';
  const name = 'name the Script Property that holds it; never write it here.';

  needs('tokenUrl', isEndpoint(auth.tokenUrl), address);
  needs(
    'scopes',
    isScopes(auth.scopes),
    'must be a list of single scopes, such as ["meetings:write"]; it may be empty.',
  );
  needs('clientIdProperty', isName(auth.clientIdProperty), name);
  const optionalSecret = personal && absent('clientSecretProperty');
  needs('clientSecretProperty', optionalSecret || isName(auth.clientSecretProperty), name);
  needs('clientSecretIn', absent('clientSecretIn') || auth.clientSecretIn === 'body', 'must be "body", or left out.');
  needs('extraParameters', absent('extraParameters') || isTexts(auth.extraParameters), 'must be texts by name.');
  for (const key of Object.keys(isRecord(auth.extraParameters) ? auth.extraParameters : {})) {
    if (RESERVED.has(key)) problems.push(`${at}.extraParameters.${key}: is sent by the add-on itself; leave it out.`);
  }
  if (!personal) return problems;
  needs('authorizationUrl', isAddress(auth.authorizationUrl), 'must be the https address where people consent.');
  needs('revocationUrl', absent('revocationUrl') || isEndpoint(auth.revocationUrl), address);
  needs('pkce', absent('pkce') || auth.pkce === true, 'must be true, or left out if the vendor refuses PKCE.');
  needs('pkce', !optionalSecret || auth.pkce === true, 'must be true for a client without a secret.');
  needs('issuer', absent('issuer') || isName(auth.issuer), 'must be the vendor’s own name, as it stands in "iss".');
  needs(
    'account',
    absent('account') || isAccountSource(auth.account),
    'must be { at, read }, where `at` is "id-token" or the exact https address that says whose a token is.',
  );
  return problems;
}

function isAccountSource(value: unknown): boolean {
  return isRecord(value) && (value.at === 'id-token' || isEndpoint(value.at)) && typeof value.read === 'function';
}

/** It goes to the manifest's urlFetchWhitelist as it is. */
function isEndpoint(value: unknown): boolean {
  return isAddress(value) && !(value as string).includes('?');
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https:\/\/[a-z0-9.-]+\.[a-z0-9-]+(:\d+)?\/[^\s#]+$/i.test(value);
}

function isScopes(value: unknown): boolean {
  return Array.isArray(value) && value.every((scope) => typeof scope === 'string' && /^[\x21-\x7e]+$/.test(scope));
}

function isTexts(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
