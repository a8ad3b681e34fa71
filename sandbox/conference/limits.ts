/**
 * Every number the conference server holds its clients to.
 *
 * The server is ours, so the numbers are chosen, not found: each is as strict as some real vendor's, so that a client
 * that lives within them lives with that vendor too.
 */

/** How long a key protects a create from being done twice. Vendors that have keys keep them for a day. */
export const IDEMPOTENCY_KEY_LIFE_MS = 24 * 60 * 60 * 1000;
export const IDEMPOTENCY_KEY_CHARS = 255;

/** Per account in any RATE_WINDOW_MS; far above an honest client, far below a loop. */
export const RATE_LIMIT_REQUESTS = 600;
export const RATE_WINDOW_MS = 60_000;

/** Creates and updates per account and day, where an operator turns the limit on. Zoom's figure. */
export const DAILY_WRITE_LIMIT = 100;
export const DAY_MS = 24 * 60 * 60 * 1000;

export const TITLE_CHARS = 1024;
export const DESCRIPTION_CHARS = 8192;
export const PASSCODE_PATTERN = '^[A-Za-z0-9@*_-]{4,16}$';
export const RECURRENCE_LINES = 50;
export const RECURRENCE_LINE_CHARS = 2000;
export const INVITEES = 1000;
export const BODY_CHARS = 256 * 1024;

export const LIST_DEFAULT = 100;
export const LIST_MAX = 500;

/** How many repetitions are looked through for one occurrence: a daily series of 50 years. */
export const OCCURRENCES_SEARCHED = 20_000;

/** Exchanges remembered for tests. */
export const EXCHANGES_KEPT = 10_000;
