/**
 * Makes the manifest that is deployed: the root appsscript.json, with what follows from the configuration.
 *
 * Google: https://developers.google.com/apps-script/manifest/calendar-addons and …/manifest/allowlist-url
 */
import type { AddOnConfig } from '../add-on';
import { createFunctionName } from '../add-on';
import type { Auth } from '../ports/provider';

type Json = Record<string, unknown>;

export function makeManifest(base: Json, config: AddOnConfig): Json {
  const addOns = (base.addOns ?? {}) as { common?: Json; calendar?: Json };
  return {
    ...base,
    ...scopesOf(base, config),
    timeZone: config.timeZone,
    urlFetchWhitelist: urlFetchWhitelist(config),
    addOns: {
      ...addOns,
      common: { ...addOns.common, name: config.name, logoUrl: config.logoUrl },
      calendar: { ...addOns.calendar, conferenceSolution: config.solutions.map(conferenceSolution) },
    },
  };
}

const READS_EVENTS = 'https://www.googleapis.com/auth/calendar.events.readonly';
const WRITES_EVENTS = 'https://www.googleapis.com/auth/calendar.events';

/** To write to events is asked for only by an add-on that may do so. It includes reading them. */
function scopesOf({ oauthScopes }: Json, { policies }: AddOnConfig): Json {
  if (!Array.isArray(oauthScopes) || policies?.brokenLinks !== 'repair') return {};
  return { oauthScopes: oauthScopes.map((scope) => (scope === READS_EVENTS ? WRITES_EVENTS : scope)) };
}

function conferenceSolution({ id, name, logoUrl }: AddOnConfig['solutions'][number]): Json {
  return { id, name, logoUrl, onCreateFunction: createFunctionName(id) };
}

/** The endpoints that the script itself calls; where people consent is their browser's business. */
function authAddresses(auth: Auth): string[] {
  if (auth.kind === 'app-password') return auth.endUrl === undefined ? [auth.checkUrl] : [auth.checkUrl, auth.endUrl];
  if (auth.kind !== 'oauth2' && auth.kind !== 'client-credentials') return [];
  return auth.kind === 'oauth2' && auth.revocationUrl !== undefined
    ? [auth.tokenUrl, auth.revocationUrl]
    : [auth.tokenUrl];
}

/** Exact hosts, and only of providers that a solution uses. Google demands a path behind the host. */
function urlFetchWhitelist(config: AddOnConfig): string[] {
  const used = new Set(config.solutions.map((solution) => solution.provider));
  const prefixes = [...used].flatMap((name) => {
    const provider = config.providers[name];
    return provider === undefined ? [] : [...provider.urlPrefixes, ...authAddresses(provider.auth)];
  });
  return [...new Set(prefixes)].sort();
}
