/**
 * Holds exchanges about online meetings to Microsoft's own types (@microsoft/microsoft-graph-types), and to what its pages
 * say of each operation and no type can: which fields it takes, which go together, which status answers it.
 */
import type { HttpExchange, HttpReply } from '../../sandbox/world/exchange';
import { DeclaredTypes } from './declared-types';

interface Operation {
  /** Of an OnlineMeeting. Left out: no body. */
  takes?: readonly string[];
  needs?: readonly string[];
  succeedsWith: readonly number[];
}

const TIMES = ['startDateTime', 'endDateTime'];
const OPERATIONS: Readonly<Record<string, Operation>> = {
  // /graph/api/onlinemeeting-createorget
  'POST createOrGet': {
    takes: ['externalId', 'subject', ...TIMES, 'participants'],
    needs: ['externalId'],
    succeedsWith: [200, 201],
  },
  // /graph/api/onlinemeeting-get
  'GET meeting': { succeedsWith: [200] },
  // /graph/api/onlinemeeting-update; settings of the meeting that nothing here changes are left out
  'PATCH meeting': { takes: ['subject', ...TIMES, 'participants'], succeedsWith: [200] },
  // /graph/api/onlinemeeting-delete
  'DELETE meeting': { succeedsWith: [204] },
};
const PATH = /^\/v1\.0\/(?:me|users\/[^/]+)\/onlineMeetings\/([^/]+)$/;
/** What stands in `innerError` beside what the types have: /graph/errors */
const IDS = ['request-id', 'client-request-id', 'date'];

const types = new DeclaredTypes(require.resolve('@microsoft/microsoft-graph-types/microsoft-graph.d.ts'));

/** None when request and answer are as Microsoft describes them. */
export function graphProblems(request: HttpExchange, reply: HttpReply): string[] {
  const { pathname, search } = new URL(request.url);
  const name = PATH.exec(pathname)?.[1];
  const key = `${request.method} ${name === 'createOrGet' ? name : 'meeting'}`;
  const operation = name === undefined || search !== '' ? undefined : OPERATIONS[key];
  if (operation === undefined) return [`${request.method} ${pathname}${search} is not described`];
  return [...requestProblems(operation, request.body), ...replyProblems(operation, reply)].map(
    (problem) => `${key}: ${problem}`,
  );
}

function requestProblems({ takes, needs = [] }: Operation, text: string | undefined): string[] {
  if (takes === undefined) return text === undefined ? [] : ['no body is described'];
  const body = JSON.parse(text ?? 'null') as Record<string, unknown>;
  const given = Object.keys(body);
  const times = TIMES.filter((field) => given.includes(field));
  return [
    ...types.problems('OnlineMeeting', body),
    ...given.filter((field) => !takes.includes(field)).map((field) => `${field} is not taken`),
    ...needs.filter((field) => !given.includes(field)).map((field) => `${field} is needed`),
    ...(times.length === 1 ? [`${times[0]} stands alone`] : []),
    ...times.filter((field) => !/T.*Z$/.test(String(body[field]))).map((field) => `${field} is not in UTC`),
  ];
}

function replyProblems({ succeedsWith }: Operation, { status, body }: HttpReply): string[] {
  if (succeedsWith.includes(status)) {
    if (status === 204) return body === '' ? [] : ['the answer is to be empty'];
    return types.problems('OnlineMeeting', JSON.parse(body), String(status));
  }
  if (status < 400) return [`the answer ${status} is not described`];
  const answer = JSON.parse(body) as { error?: { innerError?: Record<string, unknown> } };
  for (const id of IDS) delete answer.error?.innerError?.[id];
  return types.problems('PublicErrorResponse', answer, String(status));
}
