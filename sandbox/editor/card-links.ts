/**
 * The addresses a card opens, held to the manifest's `openLinkUrlPrefixes`.
 *
 * Documented as required wherever a card has an OpenLink (developers.google.com/apps-script/manifest/addons); seen refused
 * for an authorization's address as well, and let through by a browser where the manifest has no list at all.
 */

import type { Json, JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';
import { partsOf } from './json-parts';

/** Why Google draws none of it, or undefined. `given` is a card, or what a click brought. */
export function linkProblem(
  given: Json,
  prefixes: readonly string[] | undefined,
  unlisted: SwitchSettings['unlistedLinks'],
): string | undefined {
  if (prefixes === undefined && unlisted === 'links-if-listed') return undefined;
  const addresses = [...partsOf(given)].flatMap(({ openLink, authorizationAction }) => [
    (openLink as JsonObject | undefined)?.url,
    ...(unlisted === 'links-and-authorizations'
      ? [(authorizationAction as JsonObject | undefined)?.authorizationUrl]
      : []),
  ]);
  const stray = addresses.find(
    (url) => typeof url === 'string' && !(prefixes ?? []).some((prefix) => url.startsWith(prefix)),
  );
  return stray === undefined
    ? undefined
    : `URL ${String(stray).replace(/[?#].*$/, '')} does not match any of the prefixes in openLinkUrlPrefixes.`;
}
