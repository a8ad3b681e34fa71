/**
 * Limits of Apps Script, one constant each.
 *
 * Unless a line says otherwise: developers.google.com/apps-script/guides/services/quotas (consumer, Workspace).
 */
const KB = 1024;
const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
/** Daily quotas run for 24 hours from the first use. */
export const QUOTA_WINDOW_MS = 24 * HOUR_MS;

export type AccountType = 'consumer' | 'workspace';
type PerAccount = Readonly<Record<AccountType, number>>;

/** A script, and an installable trigger of a script that is no add-on. */
export const SCRIPT_RUN_LIMIT_MS = 6 * MINUTE_MS;
/** onCreateFunction, cards, settings function of a Google Workspace add-on. */
export const ADD_ON_CALLBACK_LIMIT_MS = 30 * SECOND_MS;
export const TRIGGER_TIME_PER_DAY_MS: PerAccount = { consumer: 90 * MINUTE_MS, workspace: 6 * HOUR_MS };
export const MAX_TRIGGERS_PER_USER = 20;
export const MAX_SIMULTANEOUS_PER_USER = 30;

export const URL_FETCHES_PER_DAY: PerAccount = { consumer: 20_000, workspace: 100_000 };
export const MAX_FETCH_BODY_BYTES = 50 * KB * KB;
export const MAX_FETCH_RESPONSE_BYTES = 50 * KB * KB;
export const MAX_FETCH_HEADERS = 100;
export const MAX_FETCH_HEADER_BYTES = 8 * KB;
/** developers.google.com/apps-script/reference/url-fetch; the quotas page says 2 KB. */
export const MAX_FETCH_URL_CHARS = 2082;
/** Observed in the field; no option changes it. */
export const FETCH_TIMEOUT_MS = 60 * SECOND_MS;
/** Our own bound; Google publishes none. */
export const MAX_REDIRECTS = 10;
/** Observed: how much of an answer an unmuted failure quotes. */
export const QUOTED_RESPONSE_CHARS = 100;
/** Observed width of fetchAll; only the latency model knows it. */
export const FETCH_WAVE = 10;

export const PROPERTY_OPERATIONS_PER_DAY: PerAccount = { consumer: 50_000, workspace: 500_000 };
/** The limit of a property value is a switch: propertyValueLimitBytes. */
export const MAX_PROPERTY_STORE_BYTES = 500 * KB;

/** developers.google.com/apps-script/reference/cache/cache */
export const MAX_CACHE_KEY_CHARS = 250;
export const MAX_CACHE_VALUE_BYTES = 100 * KB;
export const MAX_CACHE_ITEMS = 1000;
export const CACHE_ITEMS_AFTER_EVICTION = 900;
export const DEFAULT_CACHE_SECONDS = 600;
export const MAX_CACHE_SECONDS = 21_600;

/** developers.google.com/apps-script/reference/utilities/utilities#sleep */
export const MAX_SLEEP_MS = 300_000;

/** developers.google.com/apps-script/reference/script/state-token-builder */
export const DEFAULT_STATE_TOKEN_SECONDS = 60;
export const MAX_STATE_TOKEN_SECONDS = 3600;

/** Clock triggers of an add-on. developers.google.com/workspace/add-ons/concepts/editor-triggers */
export const ADD_ON_CLOCK_INTERVAL_MS = HOUR_MS;
/** Observed jitter of clock triggers. */
export const CLOCK_JITTER_MS = MINUTE_MS;

/**
 * Our own: what a call costs against the time limit when latency is off, so that an endless loop of calls ends. The
 * clock does not move.
 */
export const UNTIMED_CALL_MS = 1;
/** Our own: real time after which a script that computes without ever calling a service is stopped. */
export const COMPUTE_LIMIT_MS = 20 * SECOND_MS;
