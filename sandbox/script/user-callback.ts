/**
 * https://script.google.com/macros/d/<scriptId>/usercallback: where a service sends a person back to.
 *
 * Google looks up what the `state` token stands for, refuses what is unknown, too old or somebody else's, and runs the
 * token's method with the request as doGet gets it. A token may be used again while it lives (not documented otherwise).
 * Source: developers.google.com/apps-script/reference/script/state-token-builder. Wording of the refusal: observed.
 */
import type { Json } from '../world/json';
import type { ExecutionResult } from './execution';
import type { StateToken } from './services/script-app';

/** Observed wording. */
export const STATE_REFUSED = 'The state token is invalid or has expired. Please try again.';

/** What the callback needs of the host. */
export interface CallbackHost {
  readonly scriptId: string;
  redeemStateToken(token: string): StateToken | undefined;
}

export interface UserCallback {
  user: string;
  method: string;
  event: Json;
}

/** The address of an add-on's callback, or of another page that Google has for it. */
export function callbackAddress(scriptId: string, page = 'usercallback'): string {
  return `https://script.google.com/macros/d/${scriptId}/${page}`;
}

/**
 * What a request to `url` runs, or undefined when Google refuses it.
 * @param user who is signed in to Google in that browser; absent: whoever the token was made for.
 * @throws RangeError when the address is not this add-on's callback.
 */
export function userCallback(host: CallbackHost, url: string, user?: string): UserCallback | undefined {
  const { origin, pathname, search, searchParams } = new URL(url);
  if (origin + pathname !== callbackAddress(host.scriptId)) {
    throw new RangeError(`${origin}${pathname} is not the callback of this add-on.`);
  }
  const stood = host.redeemStateToken(searchParams.get('state') ?? '');
  if (stood === undefined || (user !== undefined && user !== stood.user)) return undefined;
  const parameters: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(stood.args)) parameters[name] = [value];
  for (const [name, value] of searchParams) {
    if (name !== 'state') parameters[name] = [...(parameters[name] ?? []), value];
  }
  const parameter = Object.fromEntries(Object.entries(parameters).map(([name, [first]]) => [name, first as string]));
  const event = { parameter, parameters, queryString: search.slice(1), contextPath: '', contentLength: -1 };
  return { user: stood.user, method: stood.method, event };
}

/** What the person's browser shows. */
export function pageOf(result: ExecutionResult): { status: number; html: string } {
  const content = result.ok ? (result.value as { content?: unknown } | null)?.content : undefined;
  if (typeof content === 'string') return { status: 200, html: content };
  const said = result.ok
    ? 'The script completed but did not return anything.'
    : 'killed' in result
      ? result.killed
      : `${result.name}: ${result.message}`;
  return { status: 200, html: `<!DOCTYPE html><title>Error</title><p>${said.replace(/</g, '&lt;')}</p>` };
}
