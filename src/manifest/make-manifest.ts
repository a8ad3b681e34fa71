/**
 * Makes the manifest that is deployed: the root appsscript.json, with what follows from the configuration.
 *
 * Google: https://developers.google.com/apps-script/manifest/calendar-addons, …/manifest/addons and …/manifest/allowlist-url
 */
import type { AddOnConfig } from '../add-on';
import { createFunctionName } from '../add-on';
import type { Auth, Provider } from '../ports/provider';

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
      common: {
        ...addOns.common,
        name: config.name,
        logoUrl: config.logoUrl,
        openLinkUrlPrefixes: openLinkUrlPrefixes(config),
      },
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
  if (auth.kind === 'client-credentials') return [auth.tokenUrl];
  const { tokenUrl, revocationUrl, account } = auth;
  return [tokenUrl, revocationUrl, account?.at].filter((address) => address?.startsWith('https:') === true) as string[];
}

/** Exact hosts, and only of providers that a solution uses. Google demands a path behind the host. */
function urlFetchWhitelist(config: AddOnConfig): string[] {
  return sorted(usedProviders(config).flatMap(({ urlPrefixes, auth }) => [...urlPrefixes, ...authAddresses(auth)]));
}

/** Google's own pages on which a person consents to the add-on. Which of the two it names is not documented. */
const CONSENT_PAGES = ['https://accounts.google.com/', 'https://script.google.com/'];

/** Every address that a card leads to: a card with another one is not drawn. */
function openLinkUrlPrefixes(config: AddOnConfig): string[] {
  return sorted([...CONSENT_PAGES, ...usedProviders(config).flatMap(({ auth }) => pagesOf(auth))]);
}

/** Where people go in their browser: to consent, or to make an app password. What follows a `?` differs. */
function pagesOf(auth: Auth): string[] {
  const page = auth.kind === 'oauth2' ? auth.authorizationUrl : auth.kind === 'app-password' ? auth.makeUrl : undefined;
  return page === undefined ? [] : [page.replace(/[?#].*$/, '')];
}

function usedProviders({ solutions, providers }: AddOnConfig): Provider[] {
  const used = new Set(solutions.map(({ provider }) => provider));
  return [...used].flatMap((name) => providers[name] ?? []);
}

function sorted(addresses: readonly string[]): string[] {
  return [...new Set(addresses)].sort();
}
