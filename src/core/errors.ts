/**
 * What can go wrong, and what is done about it.
 *
 * A thrown error carries a code and a remedy; expected outcomes are values and never come through here.
 * Messages name ids only: never a token, a title or an address, because they end in logs.
 */

export type Remedy =
  /** Nothing is lost; the next pass tries again. */
  | 'retry-later'
  /** Forget the sync token and read the calendar in full. */
  | 'resync'
  /** A person has to grant access again. */
  | 'reauthorise'
  /** Set this one event aside, visibly, and go on with the rest. */
  | 'park'
  /** Should not be possible. */
  | 'report-bug';

export type ErrorCode =
  /** Google refused for now: rate limit, quota, backend trouble. */
  | 'google-unavailable'
  /** The sync token is no longer good. */
  | 'sync-token-expired'
  /** The calendar is not there for this user any more, or may not be read. */
  | 'calendar-lost'
  /** The user's grant does not cover the call. */
  | 'grant-missing'
  /** Google does not know the event. */
  | 'event-absent'
  /** The event changed since it was read (If-Match failed). */
  | 'event-changed'
  /** Google calls the request itself wrong. */
  | 'request-wrong'
  /** The last page of a list brought no sync token. */
  | 'sync-token-missing'
  /** The property store is full or refuses to write. */
  | 'store-refused'
  /** The stored state is from a newer version, or unreadable. */
  | 'state-unreadable'
  /** The time of this execution is used up. */
  | 'budget-spent';

export interface AddOnError extends Error {
  readonly code: ErrorCode;
  readonly remedy: Remedy;
}

export function addOnError(code: ErrorCode, remedy: Remedy, message: string): AddOnError {
  return Object.assign(new Error(message), { name: code, code, remedy });
}

/** By shape, not `instanceof`: an error may come from another realm. */
export function isAddOnError(thrown: unknown): thrown is AddOnError {
  return typeof (thrown as { remedy?: unknown } | null)?.remedy === 'string';
}

export type GoogleOperation = 'list' | 'get' | 'write';

/** The parts of a GoogleJsonResponseException that are read, all optional because none is promised. */
interface GoogleException {
  message?: unknown;
  details?: { code?: unknown; message?: unknown; errors?: Array<{ reason?: unknown }> } | null;
}

/**
 * Says what a throw of the advanced Calendar service means for the operation that met it.
 *
 * `details.code` and `details.errors[].reason` are looked at first; the message only when they are absent, and then
 * for known fragments, because Apps Script puts "API call to calendar.events.list failed with error: " before it.
 * The operation matters: 410 on a list is an expired token, on a get or a write the event is gone; 404 on a list is a
 * lost calendar, never a reason to resync.
 *
 * Google: https://developers.google.com/workspace/calendar/api/guides/errors
 */
export function classifyGoogleError(thrown: unknown, operation: GoogleOperation): AddOnError {
  const exception = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as GoogleException;
  const message = typeof exception.message === 'string' ? exception.message : String(thrown);
  const reason = String(exception.details?.errors?.[0]?.reason ?? reasonInText(message));
  const status = typeof exception.details?.code === 'number' ? exception.details.code : statusOfReason(reason);

  if (status === 410) {
    return operation === 'list'
      ? addOnError('sync-token-expired', 'resync', 'Google no longer accepts the sync token; reading in full.')
      : addOnError('event-absent', 'park', 'Google says the event is gone.');
  }
  if (status === 400 && operation === 'list' && /sync.?token/i.test(`${reason} ${message}`)) {
    return addOnError('sync-token-expired', 'resync', 'Google calls the sync token invalid; reading in full.');
  }
  if (status === 412) return addOnError('event-changed', 'retry-later', 'The event changed since it was read.');
  if (status === 401) return addOnError('grant-missing', 'reauthorise', 'Google wants the user to authorise again.');
  if (status === 429 || RATE_REASONS.has(reason) || status >= 500) {
    return addOnError(
      'google-unavailable',
      'retry-later',
      `Google is unavailable (${status || reason}); trying later.`,
    );
  }
  if (
    status === 403 &&
    /scope|insufficientPermissions|authoriz|authoris|permission to call/i.test(`${reason} ${message}`)
  ) {
    return addOnError('grant-missing', 'reauthorise', 'The grant does not cover this call; the user must authorise.');
  }
  if (status === 404 || status === 403) {
    return operation === 'list'
      ? addOnError('calendar-lost', 'park', `The calendar cannot be read any more (${status}).`)
      : status === 404
        ? addOnError('event-absent', 'park', 'Google does not know the event.')
        : addOnError('calendar-lost', 'park', 'The event may not be read (403).');
  }
  if (status === 400) return addOnError('request-wrong', 'report-bug', `Google calls the request wrong (${reason}).`);
  return addOnError('google-unavailable', 'retry-later', 'Google did not answer in a known way; trying later.');
}

const RATE_REASONS = new Set(['userRateLimitExceeded', 'rateLimitExceeded', 'quotaExceeded', 'dailyLimitExceeded']);

/** Fragments of Google's own sentences, for exceptions that come without details. */
const TEXTS: ReadonlyArray<readonly [RegExp, string]> = [
  [/full sync is required|no longer valid/i, 'fullSyncRequired'],
  [/invalid sync token/i, 'invalidSyncToken'],
  [/invalid page token/i, 'invalidPageToken'],
  [/invalid value/i, 'invalid'],
  [/too far in the past/i, 'updatedMinTooLongAgo'],
  [/has been deleted/i, 'deleted'],
  [/rate limit exceeded|too many times|computer time/i, 'rateLimitExceeded'],
  [/usage limits exceeded/i, 'quotaExceeded'],
  [/precondition failed/i, 'conditionNotMet'],
  [/not found/i, 'notFound'],
  [/invalid credentials|login required/i, 'authError'],
  [
    /do not have permission to call|permissions are not sufficient|authorization is required|insufficient.*(permission|scope)/i,
    'insufficientPermissions',
  ],
  [/backend error|empty response|internal error|service error/i, 'backendError'],
];

function reasonInText(message: string): string {
  return TEXTS.find(([pattern]) => pattern.test(message))?.[1] ?? 'unknown';
}

const REASON_STATUS: Readonly<Record<string, number>> = {
  fullSyncRequired: 410,
  updatedMinTooLongAgo: 410,
  deleted: 410,
  invalidSyncToken: 400,
  invalidPageToken: 400,
  invalid: 400,
  rateLimitExceeded: 429,
  userRateLimitExceeded: 403,
  quotaExceeded: 403,
  conditionNotMet: 412,
  notFound: 404,
  authError: 401,
  insufficientPermissions: 403,
  backendError: 503,
};

function statusOfReason(reason: string): number {
  return REASON_STATUS[reason] ?? 0;
}
