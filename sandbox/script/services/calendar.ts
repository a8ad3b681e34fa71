/**
 * The advanced Calendar service: carries a call to the Calendar engine and turns what is no success into
 * GoogleJsonResponseException. Its message is the server's sentence behind a prefix (observed).
 */
import type { CalendarAnswer, CalendarRequest } from '../../calendar/types';
import type { Json, JsonObject } from '../../world/json';
import { SCOPES } from '../authorization';
import { ScriptException } from '../exceptions';
import type { Caller, Service } from '../service';

const HEADERS = ['if-match', 'if-none-match'];
const READS = /\.(get|list|instances|query)$/;

function headersOf(given: JsonObject): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!HEADERS.includes(name.toLowerCase())) throw new ScriptException(`Invalid argument: header ${name}`);
    headers[name.toLowerCase()] = String(value);
  }
  return headers;
}

function callCalendar(execution: Caller, args: Json[]): Json | undefined {
  const [method, params, body, headers] = args as [string, JsonObject, JsonObject | null, JsonObject];
  const { switches, authorization } = execution.runtime;
  const scopes = READS.test(method) ? SCOPES.calendar : SCOPES.calendarWrite;
  if (!authorization.covers(execution.user, scopes)) {
    throw failure(method, 403, insufficientScopes(), switches.errorDetails);
  }
  const request = { method, params, ...(body !== null && { body }), headers: headersOf(headers) };
  const answer = ask(execution, request);
  if (answer.status < 300) return answer.body as Json | undefined;
  throw failure(method, answer.status, answer.body, switches.errorDetails);
}

/** A sentence that was planned to be thrown goes to the script; anything else the engine throws is a defect of ours. */
function ask(execution: Caller, request: CalendarRequest): CalendarAnswer {
  const { calendar, faults } = execution.runtime;
  try {
    return calendar.handle(execution.user, request);
  } catch (error) {
    const planned = faults.struck().at(-1)?.fault;
    if (planned?.kind !== 'throw' || planned.message !== (error as Error).message) throw error;
    throw new ScriptException(planned.message);
  }
}

function failure(method: string, status: number, body: unknown, withDetails: boolean): ScriptException {
  const error = (body as { error?: JsonObject } | undefined)?.error;
  const sentence =
    typeof error?.message === 'string' ? error.message : status === 304 ? 'Not Modified' : 'Empty response';
  return new ScriptException(
    `API call to calendar.${method} failed with error: ${sentence}`,
    'GoogleJsonResponseException',
    withDetails && error !== undefined ? error : undefined,
  );
}

function insufficientScopes(): JsonObject {
  const message = 'Request had insufficient authentication scopes.';
  return {
    error: { code: 403, message, errors: [{ domain: 'global', reason: 'insufficientPermissions', message }] },
  };
}

export const calendarService: Service = {
  calendar: {
    api: 'Calendar',
    scopes: SCOPES.calendar,
    run: callCalendar,
    note(args, answer) {
      const items = (answer as { items?: unknown } | undefined)?.items;
      return `${args[0]}${Array.isArray(items) ? ` -> ${items.length} ${items.length === 1 ? 'item' : 'items'}` : ''}`;
    },
  },
};
