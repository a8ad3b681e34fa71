/**
 * A small stage for one script: virtual time that runs what is due, a calendar that remembers, an internet with one
 * site. The real Calendar engine has its own tests; here only what a script sees of an answer matters.
 */
import type { CalendarService } from '../../../../sandbox/calendar/service';
import type { CalendarAnswer, CalendarRequest } from '../../../../sandbox/calendar/types';
import { type ExecutionResult, ScriptHost, type Surface } from '../../../../sandbox/script/host';
import type { LatencyProfile } from '../../../../sandbox/script/latency';
import type { Manifest } from '../../../../sandbox/script/manifest';
import { type RealClock, VirtualClock } from '../../../../sandbox/world/clock';
import { Faults } from '../../../../sandbox/world/faults';
import { type HttpExchange, type HttpReply, Internet } from '../../../../sandbox/world/internet';
import type { Json, JsonObject } from '../../../../sandbox/world/json';
import { Random } from '../../../../sandbox/world/random';
import { MemoryRecords } from '../../../../sandbox/world/records';
import { switchSettings } from '../../../../sandbox/world/switches';
import { Trace } from '../../../../sandbox/world/trace';
import { ensureBuilt } from './built';

ensureBuilt();

export const ANN = 'ann@example.com';
export const BEN = 'ben@example.com';

const MANIFEST: Manifest = {
  timeZone: 'UTC',
  dependencies: { enabledAdvancedServices: [{ userSymbol: 'Calendar', serviceId: 'calendar', version: 'v3' }] },
};
/** What makes a project an add-on. */
export const ADD_ON = { common: { name: 'Sample', logoUrl: 'https://example.com/logo.png' } };

export interface StageOptions {
  manifest?: Manifest;
  switches?: Record<string, unknown>;
  latency?: LatencyProfile;
  records?: MemoryRecords;
  seed?: string;
  files?: Array<{ name: string; source: string }>;
  computeLimitMs?: number;
  contexts?: 'fresh' | 'kept';
  /** Lets the host live in real time instead of the stage's. */
  realClock?: RealClock;
}

function notFound(): CalendarAnswer {
  const message = 'Not Found';
  const error = { errors: [{ domain: 'global', reason: 'notFound', message }], code: 404, message };
  return { status: 404, headers: {}, body: { error } };
}

export class Stage {
  readonly clock = new VirtualClock(Date.parse('2026-03-02T08:00:00Z'));
  readonly faults = new Faults();
  readonly trace = new Trace();
  readonly records: MemoryRecords;
  readonly host: ScriptHost;
  /** Requests that reached the calendar, and those that reached the site. */
  readonly calendarRequests: CalendarRequest[] = [];
  readonly exchanges: HttpExchange[] = [];
  answerCalendar: (request: CalendarRequest) => CalendarAnswer = (request) =>
    request.method === 'calendars.get' && String(request.params.calendarId).includes('@')
      ? { status: 200, headers: {}, body: { id: String(request.params.calendarId) } }
      : notFound();
  answerSite: (request: HttpExchange) => HttpReply = () => ({ status: 200, headers: {}, body: 'hello' });

  constructor(source: string, options: StageOptions = {}) {
    this.records = options.records ?? new MemoryRecords();
    const { clock, faults, trace, records } = this;
    const internet = new Internet({ clock, faults, trace });
    internet.add('site.example.com', {
      handle: (request) => {
        this.exchanges.push(request);
        return this.answerSite(request);
      },
    });
    const calendar = {
      handle: (_viewer: string, request: CalendarRequest) => {
        this.calendarRequests.push(request);
        return this.answerCalendar(request);
      },
    } as unknown as CalendarService;
    const manifest = { ...MANIFEST, ...options.manifest };
    this.host = new ScriptHost({
      addOn: { manifest, files: [{ name: 'Code.js', source }, ...(options.files ?? [])], scriptId: 'script-1' },
      calendar,
      internet,
      records,
      clock: options.realClock ?? clock,
      random: new Random(options.seed ?? 'stage'),
      switches: switchSettings(options.switches),
      faults,
      trace,
      elapse: (ms) => this.advance(ms),
      ...(options.latency && { latency: options.latency }),
      ...(options.computeLimitMs !== undefined && { computeLimitMs: options.computeLimitMs }),
      ...(options.contexts && { contexts: options.contexts }),
    });
  }

  run(functionName: string, args: Json[] = [], surface: Surface = 'manual', user = ANN): ExecutionResult {
    return this.host.run(user, functionName, args, surface);
  }

  /** Runs everything due on the way. */
  advance(ms: number): void {
    const untilMs = this.clock.nowMs() + ms;
    for (let dueMs = this.host.nextDueMs(); dueMs !== undefined && dueMs <= untilMs; dueMs = this.host.nextDueMs()) {
      this.clock.moveTo(dueMs);
      this.host.runDue(this.clock.nowMs());
    }
    this.clock.moveTo(untilMs);
  }

  /** Lines of one kind in the trace. */
  lines(kind: string): string[] {
    return this.trace
      .entries()
      .filter((entry) => entry.kind === kind)
      .map((entry) => entry.text);
  }

  changed(calendarId = ANN, origin: 'api' | 'editor' = 'editor'): void {
    this.host.calendarChanged({ calendarId, eventId: 'e1', origin, by: ANN });
  }
}

/** Evaluates an expression in a fresh script and returns its value; a thrown error comes back as "Name: message". */
export function evaluate(expression: string, options: StageOptions = {}): Json {
  const stage = new Stage(`function main() { return (${expression}); }`, options);
  return resultOf(stage.run('main'));
}

export function resultOf(result: ExecutionResult): Json {
  if (result.ok) return result.value;
  return 'killed' in result ? `killed: ${result.killed}` : `${result.name}: ${result.message}`;
}

export type { JsonObject };
