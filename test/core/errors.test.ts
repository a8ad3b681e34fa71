import {
  type AddOnError,
  addOnError,
  classifyGoogleError,
  type GoogleOperation,
  isAddOnError,
} from '../../src/core/errors';

/** As Apps Script throws them: a sentence with a prefix, and details if one is lucky. */
const thrown = (message: string, code?: number, reason?: string, operation = 'list') => ({
  name: 'GoogleJsonResponseException',
  message: `API call to calendar.events.${operation} failed with error: ${message}`,
  ...(code !== undefined && { details: { code, message, errors: [{ domain: 'calendar', reason, message }] } }),
});

type Line = [status: number, reason: string, message: string, operation: GoogleOperation, code: string, remedy: string];

/** In the order of Google's own table. https://developers.google.com/workspace/calendar/api/guides/errors */
const TABLE: Line[] = [
  [400, 'badRequest', 'Bad Request', 'list', 'request-wrong', 'report-bug'],
  [400, 'invalid', 'Invalid sync token value.', 'list', 'sync-token-expired', 'resync'],
  [401, 'authError', 'Invalid Credentials', 'list', 'grant-missing', 'reauthorise'],
  [403, 'dailyLimitExceeded', 'Daily Limit Exceeded', 'list', 'google-unavailable', 'retry-later'],
  [403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', 'list', 'google-unavailable', 'retry-later'],
  [403, 'rateLimitExceeded', 'Rate Limit Exceeded', 'get', 'google-unavailable', 'retry-later'],
  [403, 'quotaExceeded', 'Calendar usage limits exceeded.', 'list', 'google-unavailable', 'retry-later'],
  [403, 'insufficientPermissions', 'Insufficient Permission', 'list', 'grant-missing', 'reauthorise'],
  [403, 'forbidden', 'Forbidden', 'list', 'calendar-lost', 'park'],
  [403, 'forbidden', 'Forbidden', 'get', 'calendar-lost', 'park'],
  [404, 'notFound', 'Not Found', 'list', 'calendar-lost', 'park'],
  [404, 'notFound', 'Not Found', 'get', 'event-absent', 'park'],
  [404, 'notFound', 'Not Found', 'write', 'event-absent', 'park'],
  [409, 'duplicate', 'The requested identifier already exists.', 'write', 'google-unavailable', 'retry-later'],
  [
    410,
    'fullSyncRequired',
    'Sync token is no longer valid, a full sync is required.',
    'list',
    'sync-token-expired',
    'resync',
  ],
  [
    410,
    'updatedMinTooLongAgo',
    'The requested minimum modification time lies too far in the past.',
    'list',
    'sync-token-expired',
    'resync',
  ],
  [410, 'deleted', 'Resource has been deleted', 'get', 'event-absent', 'park'],
  [410, 'deleted', 'Resource has been deleted', 'write', 'event-absent', 'park'],
  [412, 'conditionNotMet', 'Precondition Failed', 'write', 'event-changed', 'retry-later'],
  [429, 'rateLimitExceeded', 'Rate Limit Exceeded', 'list', 'google-unavailable', 'retry-later'],
  [500, 'backendError', 'Backend Error', 'list', 'google-unavailable', 'retry-later'],
  [503, 'backendError', 'Backend Error', 'get', 'google-unavailable', 'retry-later'],
];

const meaning = ({ code, remedy }: AddOnError) => ({ code, remedy });

describe('an error of Google', () => {
  it.each(TABLE)('%d %s, "%s", on %s means %s', (status, reason, message, operation, code, remedy) => {
    expect(meaning(classifyGoogleError(thrown(message, status, reason, operation), operation))).toEqual({
      code,
      remedy,
    });
  });

  // A 400 without details says nothing that is known, and a 409 neither.
  const byText = TABLE.filter(
    ([status, reason]) => reason !== 'badRequest' && reason !== 'forbidden' && status !== 409,
  );

  it.each(byText)(
    '%d %s without details is known by its sentence, "%s", on %s',
    (_s, _r, message, operation, code, remedy) => {
      expect(meaning(classifyGoogleError(thrown(message), operation))).toEqual({ code, remedy });
      expect(meaning(classifyGoogleError(new Error(message), operation))).toEqual({ code, remedy });
    },
  );

  const byStatus = TABLE.filter(([, reason]) => !/invalid|limit|quota|insufficient/i.test(reason));

  it.each(byStatus)(
    '%d is known in any language by its details: %s, "%s", on %s',
    (status, reason, _m, operation, code, remedy) => {
      const localised = thrown('Der Vorgang ist fehlgeschlagen.', status, reason, operation);
      expect(meaning(classifyGoogleError(localised, operation))).toEqual({ code, remedy });
    },
  );

  it.each<[string, unknown]>([
    ['a sentence in another language without details', new Error('Der Kalender wurde nicht gefunden.')],
    ['an empty answer', new Error('Empty response')],
    ['a time-out', new Error('Timed out waiting for a response')],
    ['a string', 'boom'],
    ['nothing', undefined],
    ['null', null],
    ['details without a code', { message: 'x', details: { errors: [] } }],
    ['details that are null', { message: 'x', details: null }],
    ['a code that is no number', { message: 'x', details: { code: 'gone' } }],
  ])('that is not known proves nothing: %s', (_name, error) => {
    for (const operation of ['list', 'get', 'write'] as const) {
      expect(meaning(classifyGoogleError(error, operation))).toEqual({
        code: 'google-unavailable',
        remedy: 'retry-later',
      });
    }
  });

  it.each<[string, unknown, GoogleOperation, string]>([
    ['a page token that is called wrong is a request', new Error('Invalid page token value.'), 'list', 'request-wrong'],
    [
      'a value that is called invalid, and no more said, is a request',
      new Error('Invalid Value'),
      'list',
      'request-wrong',
    ],
    ['a string that is thrown is read like any other', 'Not Found', 'get', 'event-absent'],
    ['too many requests, whatever the reason given', thrown('Slow down.', 429, 'other'), 'list', 'google-unavailable'],
    [
      'a sync token named in one word',
      thrown('Invalid value for: syncToken', 400, 'invalid'),
      'list',
      'sync-token-expired',
    ],
    [
      'trouble with a sync token is none of the token’s',
      thrown('No sync token now.', 500, 'x'),
      'list',
      'google-unavailable',
    ],
    ['a sync token means nothing to a look', thrown('Invalid sync token.', 400, 'invalid'), 'get', 'request-wrong'],
    [
      'a name that sounds like a grant is a name',
      thrown('Not Found: scope@example.com', 404, 'x'),
      'list',
      'calendar-lost',
    ],
  ])('is not mistaken for another: %s', (_name, error, operation, code) => {
    expect(classifyGoogleError(error, operation).code).toBe(code);
  });

  it('is a missing grant when Apps Script itself refuses the call', () => {
    for (const message of [
      'You do not have permission to call Calendar.Events.list. Required permissions: https://www.googleapis.com/auth/calendar',
      'Specified permissions are not sufficient to call Calendar.Events.list. Required permissions: https://www.googleapis.com/auth/calendar',
      'Authorization is required to perform that action.',
      'Request had insufficient authentication scopes.',
    ]) {
      expect(classifyGoogleError(new Error(message), 'list').code).toBe('grant-missing');
    }
  });

  it('is a passing trouble when a quota of Apps Script is used up', () => {
    for (const message of [
      'Service invoked too many times for one day: calendar.',
      'Service using too much computer time for one day',
    ]) {
      expect(classifyGoogleError(new Error(message), 'list').code).toBe('google-unavailable');
    }
  });

  it('is told without the words of Google, which may name a calendar or an event', () => {
    const error = classifyGoogleError(thrown('Not Found: ann@example.com "Secret plan"', 404, 'notFound'), 'list');
    expect(error.message).not.toMatch(/ann@example|Secret/);
  });
});

describe('the message of an error', () => {
  it.each(TABLE)('of %d %s, "%s", on %s is a sentence of ours', (status, reason, message, operation) => {
    expect(classifyGoogleError(thrown(message, status, reason, operation), operation).message).toMatch(/^Google|^The /);
  });

  it('says which trouble keeps Google from answering', () => {
    const about = (error: unknown) => classifyGoogleError(error, 'list').message;
    expect(about(thrown('Slow down.', 429, 'other'))).toContain('(429)');
    expect(about(thrown('Fehler.', 500, 'backendError'))).toContain('(500)');
    expect(about(new Error('Rate Limit Exceeded'))).toContain('(429)');
    expect(about(new Error('Calendar usage limits exceeded.'))).toContain('(403)');
    expect(about(new Error('Empty response'))).toContain('(503)');
    expect(about({ details: { errors: [{ reason: 'dailyLimitExceeded' }] } })).toContain('(dailyLimitExceeded)');
    expect(about({ details: { code: 400 } })).toContain('(unknown)');
    expect(about({ details: { code: 409 } })).toMatch(/not answer in a known way/);
  });
});

describe('an error of our own', () => {
  it('is known by its shape, from whatever realm it comes', () => {
    expect(isAddOnError(addOnError('store-refused', 'retry-later', 'full'))).toBe(true);
    expect(isAddOnError({ code: 'x', remedy: 'park' })).toBe(true);
  });

  it.each([[undefined], [null], ['store-refused'], [new Error('x')], [{ rows: [] }]])('is not %p', (other) => {
    expect(isAddOnError(other)).toBe(false);
  });

  it('bears its code as its name', () => {
    expect(addOnError('budget-spent', 'retry-later', 'late')).toMatchObject({ name: 'budget-spent', message: 'late' });
  });
});
