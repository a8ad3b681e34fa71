/** A conference server in virtual time, and a client that holds every exchange against the server's own description. */
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { ConferenceServer, type ConferenceServerOptions } from '../../../sandbox/conference/server';
import { VirtualClock } from '../../../sandbox/world/clock';
import { Random } from '../../../sandbox/world/random';
import { MemoryRecords } from '../../../sandbox/world/records';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely, the description checks their shape.
  body: any;
}

interface Described {
  openapi: string;
  paths: Record<string, Record<string, DescribedOperation>>;
}
interface DescribedOperation {
  requestBody?: unknown;
  responses: Record<string, { content?: unknown }>;
}

export function session(options: Partial<ConferenceServerOptions> = {}) {
  const clock = new VirtualClock(Date.parse('2026-03-02T08:00:00Z'));
  const records = options.records ?? new MemoryRecords();
  const server = new ConferenceServer({ records, clock, random: new Random('conference'), ...options });
  const check = describedBy(server);
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Answer => {
    const type: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const url = `https://meet.example.com${path}`;
    const request = { method, url, headers: { ...type, ...headers }, ...(text !== undefined && { body: text }) };
    const reply = server.handle(request, 'test');
    const answer: Answer = { ...reply, body: reply.body === '' ? undefined : JSON.parse(reply.body) };
    check(method, path, body, answer);
    return answer;
  };
  return { server, clock, records, ask };
}

/** A check of one exchange against the description that `server` serves. */
function describedBy(server: ConferenceServer) {
  const url = 'https://meet.example.com/openapi.json';
  const description = JSON.parse(server.handle({ method: 'GET', url, headers: {} }, 'test').body) as Described;
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  ajv.addSchema(description, 'api');
  const valid = (pointer: string[], value: unknown): string | undefined => {
    const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = ajv.getSchema(`api#/${escaped.join('/')}`);
    if (validate === undefined) throw new Error(`The description has no ${pointer.join(' ')}`);
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  };
  return (method: string, path: string, body: unknown, answer: Answer) => {
    const template = Object.keys(description.paths).find((known) =>
      new RegExp(`^${known.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0] as string),
    );
    const verb = method.toLowerCase();
    const known = description.paths[template ?? ''] ?? {};
    const operation = Object.hasOwn(known, verb) ? known[verb] : undefined;
    if (template === undefined || operation === undefined) {
      expect([404, 405, 429, 401]).toContain(answer.status);
      return;
    }
    if (operation.requestBody !== undefined && answer.status < 300) {
      expect(
        valid(['paths', template, verb, 'requestBody', 'content', 'application/json', 'schema'], body),
      ).toBeUndefined();
    }
    const status = operation.responses[answer.status] === undefined ? 'default' : String(answer.status);
    const hasContent = operation.responses[status]?.content !== undefined;
    if (!hasContent) expect(answer.body).toBeUndefined();
    else
      expect(
        valid(['paths', template, verb, 'responses', status, 'content', 'application/json', 'schema'], answer.body),
      ).toBeUndefined();
  };
}

export const WEEKLY = {
  title: 'Stand-up',
  start: { dateTime: '2026-03-09T10:00:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-03-09T10:15:00', timeZone: 'Europe/Berlin' },
  recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20260630T080000Z', 'EXDATE;TZID=Europe/Berlin:20260316T100000'],
};
