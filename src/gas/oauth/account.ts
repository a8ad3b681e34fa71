/**
 * Finds out whose a new grant is, where the vendor says so: in the ID token, or at an address asked with the new token.
 *
 * The name is for cards and stands beside the grant alone; everywhere else the account is a digest. An ID token is taken as
 * it is: it came straight from the token endpoint (OpenID Connect Core, 3.1.3.7).
 */
import { digest } from '../../core/fingerprint';
import type { GrantAccount } from '../../ports/grants';
import type { Account, PersonalGrant } from '../../ports/oauth';
import type { OAuthPlatform } from './platform';
import { objectIn, type TokenAnswer } from './token-endpoint';

type Tokens = Extract<TokenAnswer, { kind: 'tokens' }>;

const MAX_NAME_CHARS = 100;

/** Undefined when it may be found out later: there was no usable answer. */
export function accountOfGrant(
  provider: string,
  { account }: PersonalGrant,
  tokens: Tokens,
  platform: OAuthPlatform,
): GrantAccount | undefined {
  if (account === undefined) return nameless(platform);
  if (account.at === 'id-token') {
    return namedAccount(provider, account.read(claimsIn(tokens.idToken, platform))) ?? nameless(platform);
  }
  const headers = { accept: 'application/json', authorization: `Bearer ${tokens.access}` };
  const answer = platform.send({ url: account.at, method: 'get', headers });
  if ('fault' in answer || answer.status === 429 || answer.status >= 500) return undefined;
  const said = answer.status === 200 ? objectIn(answer.text) : undefined;
  return namedAccount(provider, said && account.read(said)) ?? nameless(platform);
}

/** Nobody knows whose it is, but it is one grant. */
function nameless(platform: OAuthPlatform): GrantAccount {
  return { mark: `?${digest(platform.randomSecret())}` };
}

/** @returns undefined without an account. */
export function namedAccount(provider: string, account: Account | undefined): GrantAccount | undefined {
  if (account === undefined || account.id === '') return undefined;
  // On a card some signs would be taken for markup.
  const name = [...account.name.replace(/[\p{C}<>&]/gu, '')].slice(0, MAX_NAME_CHARS).join('').trim();
  return { mark: digest(`${provider}/${account.id}`), ...(name !== '' && { name }) };
}

function claimsIn(idToken: string | undefined, platform: OAuthPlatform): Record<string, unknown> {
  const [, claims = ''] = (idToken ?? '').split('.');
  try {
    return objectIn(platform.base64UrlDecode(claims)) ?? {};
  } catch {
    return {};
  }
}
