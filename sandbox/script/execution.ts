/**
 * One run of one function: its identity, its time limit, and the path every service call takes.
 *
 * A call meets, in order: death, planned faults, half of its latency, the service, the other half. Whoever drives the
 * execution (in process, or for a worker) lets time pass where `perform` yields.
 * Guarantees: after a kill no call has any effect, so neither `catch` nor `finally` of the script can touch the world.
 */

import { NetworkFault } from '../world/exchange';
import type { Fault } from '../world/faults';
import type { Json } from '../world/json';
import { NotSimulated } from '../world/not-simulated';
import type { Random } from '../world/random';
import { Killed, ScriptException } from './exceptions';
import { LIST_ROW_MS } from './latency';
import { FETCH_TIMEOUT_MS, UNTIMED_CALL_MS } from './limits';
import type { Runtime } from './runtime';
import { type Caller, isSteps, type ServiceMethod, type Steps } from './service';

export type Surface = 'create' | 'trigger' | 'card' | 'settings' | 'manual';

/** How a function ended, JSON all through. */
export type ExecutionResult =
  | { ok: true; value: Json }
  | { ok: false; name: string; message: string; stack?: string; details?: Json }
  | { ok: false; killed: string };

/** Documented wording; it cannot be caught and `finally` does not run (observed). */
export const TIME_LIMIT = 'Exceeded maximum execution time';

/** Observed wording of a service that failed on Google's side. */
const SERVER_ERROR = 'We’re sorry, a server error occurred. Please wait a bit and try again.';

/** What the prelude reports when the function is through. */
type Reported =
  | { ok: true; valueJson: string }
  | { ok: false; name: string; message: string; stack?: string; details?: Json };

export interface ExecutionIdentity {
  id: string;
  user: string;
  functionName: string;
  surface: Surface;
  limitMs: number;
}

export class Execution implements Caller {
  readonly id: string;
  readonly user: string;
  readonly random: Random;
  /** Milliseconds of its time limit used up. */
  spentMs = 0;
  /** What calls without latency have cost of the limit; the clock knows nothing of it. */
  private untimedMs = 0;
  private readonly beganMs: number;
  /** Why it is dead, or undefined while it lives. */
  dead: string | undefined;
  /** A defect of the sandbox itself, to be thrown where the execution was asked for. */
  defect: unknown;
  reported: Reported | undefined;

  constructor(
    readonly identity: ExecutionIdentity,
    readonly runtime: Runtime,
    /** Every service method by its name on the wire. */
    private readonly services: ReadonlyMap<string, ServiceMethod>,
    /** Whether its driver can wait for a promise; in process nobody can. */
    readonly canWait = false,
  ) {
    this.id = identity.id;
    this.beganMs = runtime.clock.nowMs();
    this.user = identity.user;
    this.random = runtime.random.fork(identity.id);
  }

  kill(reason: string): void {
    this.dead ??= reason;
  }

  /** How long it has run: by its latencies, or by the clock where calls have none. */
  tookMs(): number {
    return this.runtime.latency.timed ? this.spentMs : this.runtime.clock.nowMs() - this.beganMs;
  }

  /** Uses up time; the driver makes it pass. Throws Killed at the limit. */
  *spend(ms: number, until?: () => boolean): Steps<void> {
    const leftMs = this.identity.limitMs - this.spentMs;
    const fromMs = this.runtime.clock.nowMs();
    if (ms > 0) yield { ms: Math.min(ms, leftMs), ...(until && { until }) };
    const passedMs = until === undefined ? Math.min(ms, leftMs) : Math.min(ms, this.runtime.clock.nowMs() - fromMs);
    this.spentMs += passedMs;
    if (Math.max(this.spentMs, this.untimedMs) > this.identity.limitMs || leftMs < ms) this.kill(TIME_LIMIT);
    if (this.dead !== undefined) throw new Killed(this.dead);
  }

  /** Answers a call that takes no time at all, or undefined if this one may take some. */
  answerFree(method: string, argsJson: string): string | undefined {
    if (method === 'clock.now') return `{"value":${this.runtime.clock.nowMs()}}`;
    if (method === 'execution.end') {
      [this.reported] = JSON.parse(argsJson) as [Reported];
      return '{}';
    }
    const service = this.services.get(method);
    if (service?.free !== true) return undefined;
    return this.guarded(() => service.run(this, JSON.parse(argsJson) as Json[]) as Json | undefined);
  }

  /** Answers one call with the JSON envelope the prelude expects. Never throws. */
  *perform(method: string, argsJson: string): Steps<string> {
    try {
      if (this.dead !== undefined) throw new Killed(this.dead);
      const args = JSON.parse(argsJson) as Json[];
      return envelope(yield* this.serve(method, args));
    } catch (error) {
      return this.thrown(error);
    }
  }

  private *serve(method: string, args: Json[]): Steps<Json | undefined> {
    const service = this.services.get(method);
    if (service === undefined) throw new NotSimulated(method);
    const point = method === 'calendar' ? `calendar.${args[0]}` : method;
    const fault = this.faultAt(point);
    try {
      const answer = yield* this.carryOut(service, point, args, fault);
      this.note(service, service.note?.(args, answer) ?? '');
      if (fault?.kind === 'kill') throw new Killed('killed by a planned fault, after the call');
      if (fault?.kind === 'lost-answer') throw new ScriptException(SERVER_ERROR);
      return answer;
    } catch (error) {
      if (!(error instanceof Killed)) this.note(service, `threw ${(error as Error).name}`);
      throw error;
    }
  }

  private *carryOut(
    service: ServiceMethod,
    point: string,
    args: Json[],
    fault: Fault | undefined,
  ): Steps<Json | undefined> {
    const { latency } = this.runtime;
    if (!latency.timed) this.untimedMs += UNTIMED_CALL_MS;
    const durationMs = latency.drawCall(point, args);
    yield* this.spend(durationMs / 2);
    yield* this.strikeBefore(fault, service, args);
    this.runtime.authorization.require(this.user, service);
    const made = service.run(this, args);
    const answer = isSteps(made) ? yield* made : made;
    const rows = point === 'calendar.events.list' && latency.timed ? rowsOf(answer) : 0;
    yield* this.spend(durationMs / 2 + rows * LIST_ROW_MS);
    return answer;
  }

  /** Points of UrlFetch and Calendar calls that belong to other rooms are asked there. */
  private faultAt(point: string): Fault | undefined {
    const { faults } = this.runtime;
    const fault = faults.take(`script.${point}`) ?? (point.startsWith('calendar.') ? undefined : faults.take(point));
    if (fault !== undefined) this.trace('fault', `${fault.kind} at ${point}`);
    return fault;
  }

  /** Does what a fault does before the call. */
  private *strikeBefore(fault: Fault | undefined, service: ServiceMethod, args: Json[]): Steps<void> {
    switch (fault?.kind) {
      case 'kill':
        if (fault.when === 'before') throw new Killed('killed by a planned fault, before the call');
        return;
      case 'throw':
        throw new ScriptException(fault.message);
      case 'hang': {
        const isFetch = service.api.startsWith('UrlFetchApp');
        yield* this.spend(isFetch ? Math.min(fault.ms, FETCH_TIMEOUT_MS) : fault.ms);
        if (isFetch && fault.ms >= FETCH_TIMEOUT_MS) throw new ScriptException(`Timeout: ${addressIn(args)}`);
        return;
      }
      case 'status':
        throw new ScriptException(fault.message ?? `Service error: ${service.api} (${fault.status})`);
      default:
    }
  }

  private guarded(run: () => Json | undefined): string {
    try {
      if (this.dead !== undefined) throw new Killed(this.dead);
      return envelope(run());
    } catch (error) {
      return this.thrown(error);
    }
  }

  /** A refusal goes to the script; what is no refusal is a defect of ours and ends the execution. */
  private thrown(error: unknown): string {
    if (error instanceof Killed) this.kill(error.reason);
    else if (error instanceof NetworkFault) return refusal('Exception', error.message);
    else if (error instanceof ScriptException) return refusal(error.name, error.message, error.details);
    else if (error instanceof NotSimulated) {
      this.runtime.noteNotSimulated(error.what);
      return refusal(error.name, error.message);
    } else {
      this.defect ??= error;
      this.kill(`a defect of the sandbox: ${String(error)}`);
    }
    return refusal('Killed', this.dead ?? '');
  }

  private note(service: ServiceMethod, detail: string): void {
    this.trace('service', detail === '' ? service.api : `${service.api} ${detail}`);
  }

  trace(kind: 'service' | 'fault' | 'log' | 'execution', text: string): void {
    this.runtime.trace.add(this.runtime.clock.nowMs(), kind, this.id, text);
  }
}

function envelope(value: Json | undefined): string {
  return value === undefined ? '{}' : `{"value":${JSON.stringify(value)}}`;
}

function refusal(name: string, message: string, details?: Json): string {
  return JSON.stringify({ throw: { name, message, ...(details !== undefined && { details }) } });
}

function rowsOf(answer: Json | undefined): number {
  const items = (answer as { items?: unknown } | undefined)?.items;
  return Array.isArray(items) ? items.length : 0;
}

function addressIn(args: Json[]): string {
  const first = (Array.isArray(args[0]) ? args[0][0] : args[0]) as { url?: string } | undefined;
  return first?.url ?? '';
}
