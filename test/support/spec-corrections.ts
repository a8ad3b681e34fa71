/**
 * Where vendors' descriptions of their own APIs contradict their own text, and what is read instead.
 *
 * A correction is applied to a copy in memory. One that finds the place as it ought to be is an error: the description
 * has been mended, and the correction is to go.
 */
import { NEXTCLOUD_CORRECTIONS } from './nextcloud-corrections';

export interface Correction {
  operation: string;
  /** Keys below the operation. */
  at: readonly string[];
  /** Stands there instead. */
  to: unknown;
  because: string;
}

const LOCAL_OR_UTC = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ?$' };
const DAYS_OF_WEEK = { type: 'string', pattern: '^[1-7](,[1-7])*$' };

const CREATE = 'post /users/{userId}/meetings';
const UPDATE = 'patch /meetings/{meetingId}';
const GET = 'get /meetings/{meetingId}';
const DELETE = 'delete /meetings/{meetingId}';
const body = ['requestBody', 'content', 'application/json', 'schema', 'properties'];
const answer = (status: string) => ['responses', status, 'content', 'application/json', 'schema', 'properties'];

const startTime = (operation: string): Correction => ({
  operation,
  at: [...body, 'start_time'],
  to: LOCAL_OR_UTC,
  because: 'the text allows local time beside a time zone; the format, date-time, does not',
});
const weeklyDays = (operation: string, properties: readonly string[]): Correction => ({
  operation,
  at: [...properties, 'recurrence', 'properties', 'weekly_days'],
  to: DAYS_OF_WEEK,
  because: 'the text documents "1,3" for Sundays and Tuesdays; the enumeration has single days only',
});
const wrongToken = (operation: string): Correction => ({
  operation,
  at: ['responses', '401'],
  to: { description: 'code 124' },
  because: 'every operation wants a token, but only the update declares the answer to a wrong one',
});

const takesNull = (field: string): Correction => ({
  operation: 'patch /meetings/{meetingId}',
  at: ['requestBody', 'content', 'application/json-patch+json', 'schema', 'properties', field],
  to: { type: 'string', nullable: true },
  because: 'the text says that null takes it away, and the sample sends null; the schema knows strings only',
});

/**
 * Operations that a vendor's page describes and the description at hand does not hold: `like` has its answers and, for each
 * of the items in its body, its fields.
 */
export interface Addition {
  operation: string;
  like: string;
  /** Fields of the body beside `items`, and those of an item. */
  fields: readonly string[];
  itemFields: readonly string[];
  mostItems: number;
  because: string;
}

export const ADDITIONS: Readonly<Record<string, readonly Addition[]>> = {
  'webex-meetings.json': [
    {
      operation: 'post /meetingInvitees/bulkInsert',
      like: 'post /meetingInvitees',
      fields: ['meetingId', 'hostEmail'],
      itemFields: ['email', 'displayName', 'coHost', 'panelist', 'sendEmail'],
      mostItems: 100,
      because: 'https://developer.webex.com/docs/api/v1/meeting-invitees/create-meeting-invitees has it',
    },
  ],
};

export const CORRECTIONS: Readonly<Record<string, readonly Correction[]>> = {
  'zoom-meetings.json': [
    ...[CREATE, UPDATE].map(startTime),
    weeklyDays(CREATE, body),
    weeklyDays(CREATE, answer('201')),
    weeklyDays(UPDATE, body),
    weeklyDays(GET, answer('200')),
    ...[CREATE, GET, DELETE].map(wrongToken),
  ],
  'webex-meetings.json': [
    ...['agenda', 'recurrence'].map(takesNull),
    {
      operation: 'get /meetingInvitees',
      at: ['parameters', '4'],
      to: { name: 'offset', in: 'query', schema: { type: 'number' } },
      because: 'a further page is asked for at the address in the Link header, which is the vendor’s own affair',
    },
  ],
  'nextcloud-talk.json': NEXTCLOUD_CORRECTIONS,
};
