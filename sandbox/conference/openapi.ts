/** The API's description, OpenAPI 3.1. Tests hold every request and answer of a session against it. */
import * as limits from './limits';
import { REFUSAL_STATUS } from './refusal';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ 'application/json': { schema } });
const nullable = (schema: object) => ({ oneOf: [schema, { type: 'null' }] });
const strict = { type: 'object', additionalProperties: false };
const hours = limits.IDEMPOTENCY_KEY_LIFE_MS / 3_600_000;

const MOMENT = {
  oneOf: [
    {
      ...strict,
      required: ['dateTime'],
      properties: {
        dateTime: { type: 'string', description: 'RFC 3339; without an offset only beside a timeZone.' },
        timeZone: { type: 'string', description: 'IANA name; needed where there is a recurrence.' },
      },
    },
    { ...strict, required: ['date'], properties: { date: { type: 'string', format: 'date' } } },
  ],
};

const FIELDS = {
  title: { type: 'string', minLength: 1, maxLength: limits.TITLE_CHARS },
  description: nullable({ type: 'string', maxLength: limits.DESCRIPTION_CHARS }),
  start: nullable(ref('Moment')),
  end: nullable(ref('Moment')),
  recurrence: {
    type: 'array',
    maxItems: limits.RECURRENCE_LINES,
    items: { type: 'string', pattern: '^(RRULE|EXRULE|RDATE|EXDATE)[;:]', maxLength: limits.RECURRENCE_LINE_CHARS },
    description: 'RRULE, EXRULE, RDATE and EXDATE lines of RFC 5545; start is the first occurrence.',
  },
  passcode: nullable({ type: 'string', pattern: limits.PASSCODE_PATTERN }),
  lobby: { type: 'boolean' },
  invitees: { type: 'array', maxItems: limits.INVITEES, items: { type: 'string' } },
};

const OCCURRENCE = {
  oneOf: [
    { ...strict, required: ['status'], properties: { status: { const: 'cancelled' } } },
    {
      ...strict,
      required: ['start', 'end'],
      properties: { status: { const: 'moved' }, start: ref('Moment'), end: ref('Moment') },
    },
  ],
};

const DIAL_IN = {
  ...strict,
  required: ['number', 'country', 'pin'],
  properties: {
    number: { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$' },
    country: { type: 'string', pattern: '^[A-Z]{2}$' },
    pin: { type: 'string', pattern: '^\\d{9}$' },
  },
};

const CONFERENCE_PROPERTIES = {
  id: { type: 'string', pattern: '^[a-z]{3}-[a-z]{4}-[a-z]{3}$' },
  status: { enum: ['scheduled', 'cancelled'] },
  version: { type: 'integer', minimum: 1, description: 'One more with each real change; also sent as ETag.' },
  joinUrl: { type: 'string', format: 'uri' },
  dialIn: { type: 'array', items: ref('DialIn') },
  ...FIELDS,
  occurrences: {
    type: 'array',
    items: {
      type: 'object',
      required: ['originalStart', 'status'],
      properties: {
        originalStart: { type: 'string' },
        status: { enum: ['moved', 'cancelled'] },
        start: ref('Moment'),
        end: ref('Moment'),
      },
    },
    description:
      'Occurrences that differ from the rule, by when the rule alone would put them. If start or recurrence change, ' +
      'those that the new rule still has stay as they are; the others are dropped.',
  },
  created: { type: 'string', format: 'date-time' },
  updated: { type: 'string', format: 'date-time' },
};

const SCHEMAS = {
  Moment: MOMENT,
  DialIn: DIAL_IN,
  NewConference: { ...strict, required: ['title'], properties: FIELDS },
  ConferenceChange: { ...strict, properties: FIELDS },
  OccurrenceChange: OCCURRENCE,
  Conference: { ...strict, required: Object.keys(CONFERENCE_PROPERTIES), properties: CONFERENCE_PROPERTIES },
  ConferenceList: {
    ...strict,
    required: ['items'],
    properties: { items: { type: 'array', items: ref('Conference') }, nextPageToken: { type: 'string' } },
  },
  Error: {
    ...strict,
    required: ['error'],
    properties: {
      error: {
        ...strict,
        required: ['code', 'message'],
        properties: {
          code: { enum: Object.keys(REFUSAL_STATUS) },
          message: { type: 'string' },
          field: { type: 'string', description: 'Which field of the body, such as start.timeZone.' },
        },
      },
    },
  },
};

const conference = (description: string) => ({ description, content: json(ref('Conference')) });
const done = { description: 'Done.' };
const refused = { description: 'Refused; nothing was changed.', content: json(ref('Error')) };

const header = (name: string, description: string) => ({ name, in: 'header', description, schema: { type: 'string' } });
const query = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });
const path = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});

const IF_MATCH = header('If-Match', 'The version it must be at; 412 if it is not.');
const ID = path('id', 'The conference.');
const ORIGINAL_START = path(
  'originalStart',
  'When the rule puts the occurrence: an RFC 3339 time with offset, or a date.',
);

const PATHS = {
  '/v1/conferences': {
    get: {
      summary: 'The conferences of the account, oldest first.',
      parameters: [
        query('include', 'cancelled: those that were cancelled, too.', { enum: ['cancelled'] }),
        query('pageSize', 'How many at most.', { type: 'integer', minimum: 1, maximum: limits.LIST_MAX }),
        query('pageToken', 'The nextPageToken of the page before.', { type: 'string' }),
      ],
      responses: { 200: { description: 'A page.', content: json(ref('ConferenceList')) }, default: refused },
    },
    post: {
      summary: 'Makes a conference.',
      parameters: [
        header(
          'Idempotency-Key',
          `Remembered for ${hours} hours. Same key and body: the same conference as it is now, with 200 (or 410 if it ` +
            'was cancelled). Same key and another body: 422 idempotency_mismatch.',
        ),
      ],
      requestBody: { required: true, content: json(ref('NewConference')) },
      responses: { 200: conference('Made before with this key.'), 201: conference('Made.'), default: refused },
    },
  },
  '/v1/conferences/{id}': {
    parameters: [ID],
    get: {
      summary: 'One conference; 410 once it is cancelled.',
      responses: { 200: conference('It.'), default: refused },
    },
    patch: {
      summary: 'Changes the fields that are sent. What changes nothing leaves the version as it is.',
      parameters: [IF_MATCH],
      requestBody: { required: true, content: json(ref('ConferenceChange')) },
      responses: { 200: conference('As it is now.'), default: refused },
    },
    delete: {
      summary: 'Cancels it for good; 410 if it is already.',
      parameters: [IF_MATCH],
      responses: { 204: done, default: refused },
    },
  },
  '/v1/conferences/{id}/occurrences/{originalStart}': {
    parameters: [ID, ORIGINAL_START],
    put: {
      summary: 'Moves or cancels one occurrence of a series.',
      parameters: [IF_MATCH],
      requestBody: { required: true, content: json(ref('OccurrenceChange')) },
      responses: { 200: conference('As it is now.'), default: refused },
    },
    delete: {
      summary: 'Puts one occurrence back where the rule has it.',
      parameters: [IF_MATCH],
      responses: { 204: done, default: refused },
    },
  },
};

/** The whole document, anew at each call. */
export function openApiDescription() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Example Meet',
      version: '1.0.0',
      description: `Conferences with a link and a phone number. At most ${limits.RATE_LIMIT_REQUESTS} requests a minute (429, Retry-After).`,
    },
    servers: [{ url: 'https://meet.example.com' }],
    security: [{ apiKey: [] }, {}],
    paths: PATHS,
    components: { schemas: SCHEMAS, securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
  };
}
