/**
 * The manifest's urlFetchWhitelist: https prefixes with a path, at most one leading `*.`.
 * Source: developers.google.com/apps-script/manifest/allowlist-url
 */

/** Why an entry is no valid prefix, or undefined. */
export function whitelistProblem(entry: string): string | undefined {
  const match = /^https:\/\/(\*\.)?([^/*\s]+)(\/\S*)?$/.exec(entry);
  if (match === null) return 'must be an https address such as https://api.example.com/, with at most a leading "*."';
  if (match[3] === undefined) return `must have a path: write ${entry}/`;
  if (match[3].includes('*')) return 'may hold "*." only before the host name';
  return undefined;
}

/** Whether `url` stands under one of the prefixes. The host ignores case, the path does not. */
export function isWhitelisted(url: URL, whitelist: readonly string[]): boolean {
  return whitelist.some((entry) => {
    const match = /^https:\/\/(\*\.)?([^/]+)(\/.*)$/.exec(entry);
    if (match === null || url.protocol !== 'https:') return false;
    const [, wildcard, host, path] = match as unknown as [string, string | undefined, string, string];
    const name = host.toLowerCase();
    const hostFits = wildcard === undefined ? url.host === name : url.host.endsWith(`.${name}`);
    return hostFits && isUnder(url.pathname + url.search, path);
  });
}

/** `/v1` covers `/v1`, `/v1/x` and `/v1?x`, not `/v10`. */
function isUnder(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  return prefix.endsWith('/') || path.length === prefix.length || '/?#'.includes(path[prefix.length]!);
}
