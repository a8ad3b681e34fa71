/** Checks the part of a provider's credentials that says how people enter an app password. Runs in the build. */
type Fields = Record<string, unknown>;

const ALLOWED = ['kind', 'checkUrl', 'endUrl', 'headers', 'makeUrl', 'account'];

/** One sentence per problem. Never shows a value. */
export function checkPassword(at: string, auth: Fields): string[] {
  const problems = Object.keys(auth)
    .filter((key) => !ALLOWED.includes(key))
    .map((key) => `${at}.${key}: is not known here; allowed are ${ALLOWED.join(', ')}.`);
  for (const field of ['checkUrl', 'endUrl']) {
    if ((field === 'endUrl' && auth[field] === undefined) || isAddress(auth[field], '')) continue;
    problems.push(`${at}.${field}: must be the exact https address of the service’s endpoint, without a query.`);
  }
  if (!isAddress(auth.makeUrl, '?')) {
    problems.push(`${at}.makeUrl: must be the https address where people make an app password.`);
  }
  if (auth.account !== undefined && typeof auth.account !== 'function') {
    problems.push(`${at}.account: must be a function that reads whose the login is, or left out.`);
  }
  const { headers = {} } = auth;
  const isTexts = typeof headers === 'object' && headers !== null && !Array.isArray(headers);
  if (!isTexts || Object.values(headers).some((value) => typeof value !== 'string')) {
    problems.push(`${at}.headers: must be texts by name.`);
  }
  return problems;
}

function isAddress(value: unknown, also: '' | '?'): boolean {
  const query = also === '?' ? '(\\?[^\\s#]*)?' : '';
  return (
    typeof value === 'string' &&
    new RegExp(`^https://[a-z0-9.-]+\\.[a-z0-9-]+(:\\d+)?/[^\\s?#]+${query}$`, 'i').test(value)
  );
}
