/**
 * The Apps Script host: runs functions of one add-on for its users, keeps their state, fires their triggers.
 *
 * `run` is synchronous and in this thread: other executions that become due while it lets time pass run nested inside
 * it. `runInWorker` runs in a warm worker and really overlaps. Both use the same prelude and the same services.
 * Guarantees: a fresh bare context per execution; locks are let go at the end, however it ends.
 */
import type { CalendarService } from '../calendar/service';
import type { CalendarChange } from '../calendar/types';
import type { Clock, Due } from '../world/clock';
import type { Faults } from '../world/faults';
import type { Internet } from '../world/internet';
import type { Json } from '../world/json';
import type { Random } from '../world/random';
import type { Records } from '../world/records';
import type { SwitchSettings } from '../world/switches';
import type { Trace } from '../world/trace';
import type { AddOn } from './add-on';
import { Authorization } from './authorization';
import { type Compiled, compiledOf } from './compiled';
import { type HostCall, type Invocation, runInContext } from './context';
import { Execution, type ExecutionResult, type Surface } from './execution';
import { Latency, type LatencyProfile, RUNTIME_START } from './latency';
import {
  type AccountType,
  ADD_ON_CALLBACK_LIMIT_MS,
  COMPUTE_LIMIT_MS,
  MAX_SIMULTANEOUS_PER_USER,
  SCRIPT_RUN_LIMIT_MS,
} from './limits';
import { outcomeOf } from './outcome';
import { Quotas } from './quotas';
import type { Runtime } from './runtime';
import type { ServiceMethod } from './service';
import { serviceMethods } from './services/all';
import { Locks } from './services/lock';
import { PropertyStores } from './services/properties';
import type { StateToken } from './services/script-app';
import { type Firing, type TriggerRecord, Triggers } from './triggers';
import { moveUserRecords } from './user-records';
import { WorkerPool } from './worker-pool';
import { driveWorker } from './worker-run';

export { type AddOn, AddOnProblem, loadAddOn } from './add-on';
export type { ExecutionResult, Surface } from './execution';
export type { Firing, TriggerRecord } from './triggers';

export interface ScriptDeps {
  addOn: AddOn;
  calendar: CalendarService;
  internet: Internet;
  records: Records;
  clock: Clock;
  random: Random;
  switches: SwitchSettings;
  faults: Faults;
  trace: Trace;
  /** Lets virtual time pass, running what becomes due. Not called with a RealClock. */
  elapse(ms: number): void;
  /** Default 'none'. */
  latency?: LatencyProfile;
  /** Real milliseconds a script may compute in one execution; Infinity: whoever drives this host watches. */
  computeLimitMs?: number;
  /** Default 'fresh', as at Google. 'kept' is for comparison only (KeptContexts), unwatched, and not for workers. */
  contexts?: 'fresh' | 'kept';
}

/** Documented sentence. */
const TOO_MANY = 'There are too many scripts running simultaneously for this Google user account.';

/** An execution that was let in, or why it was not. */
export type Admission = { execution: Execution; invocation: Invocation } | { refused: ExecutionResult };

export class ScriptHost implements Due {
  readonly scriptId: string;
  readonly addOn: AddOn;
  readonly quotas: Quotas;
  readonly authorization: Authorization;
  private readonly runtime: Runtime;
  private readonly compiled: Compiled;
  private readonly stores: PropertyStores;
  readonly firedTriggers: Triggers;
  private readonly locks = new Locks();
  private readonly unsimulated = new Set<string>();
  private readonly active = new Map<string, number>();
  private pool: WorkerPool | undefined;
  private executions = 0;
  /** Every service method by its name on the wire. */
  private readonly methods: ReadonlyMap<string, ServiceMethod>;

  constructor(private readonly deps: ScriptDeps) {
    const { addOn, records, clock } = deps;
    this.addOn = addOn;
    this.scriptId = addOn.scriptId;
    this.compiled = compiledOf(addOn);
    this.quotas = new Quotas({ records, clock }, addOn.scriptId);
    this.authorization = new Authorization(records, addOn, deps.switches);
    this.stores = new PropertyStores(records, addOn.scriptId);
    const random = deps.random.fork(`start-${countStart(records, addOn.scriptId)}`);
    this.runtime = {
      ...deps,
      random,
      latency: new Latency(deps.latency ?? 'none', random.fork('latency')),
      quotas: this.quotas,
      authorization: this.authorization,
      noteNotSimulated: (what) => void this.unsimulated.add(what),
    };
    this.firedTriggers = new Triggers(this.runtime);
    this.methods = serviceMethods({ addOn, stores: this.stores, locks: this.locks, triggers: this.firedTriggers });
  }

  /** Runs a top-level function of the add-on to its end, in this thread. */
  run(user: string, functionName: string, args: Json[], surface: Surface): ExecutionResult {
    const admission = this.admit(user, { functionName, args, isTrigger: surface === 'trigger' }, surface);
    if ('refused' in admission) return admission.refused;
    const { execution, invocation } = admission;
    const call = (method: string, argsJson: string): string =>
      execution.answerFree(method, argsJson) ?? this.drive(execution, method, argsJson);
    let problem: unknown;
    try {
      this.passStart(execution);
      if (execution.dead === undefined) this.evaluate(execution, invocation, call);
    } catch (error) {
      problem = error;
    }
    return this.finish(execution, problem);
  }

  /** The same in a warm worker: really overlaps with others, and a kill runs no `finally`. */
  async runInWorker(user: string, functionName: string, args: Json[], surface: Surface): Promise<ExecutionResult> {
    const admission = this.admit(user, { functionName, args, isTrigger: surface === 'trigger' }, surface, true);
    if ('refused' in admission) return admission.refused;
    let problem: unknown;
    try {
      problem = await driveWorker(this.workers(), admission, this.deps);
    } catch (defect) {
      admission.execution.defect ??= defect;
    }
    return this.finish(admission.execution, problem);
  }

  /** A change in a calendar: queues a firing for every trigger on it. */
  calendarChanged(change: CalendarChange): void {
    if (change.origin === 'api' && !this.deps.switches.apiWritesFireTriggers) return;
    this.firedTriggers.calendarChanged(change.calendarId);
  }

  nextDueMs(): number | undefined {
    return this.firedTriggers.nextDueMs();
  }

  /** Runs the one trigger firing that is due, in this thread. */
  runDue(nowMs: number): void {
    const firing = this.takeDue(nowMs);
    if (firing === undefined) return;
    try {
      this.run(firing.user, firing.handler, [firing.event], 'trigger');
    } finally {
      this.firedTriggers.done(firing);
    }
  }

  /** The same in a worker. The firing is taken at once; resolves when it has run. */
  async runDueInWorker(nowMs: number): Promise<void> {
    const firing = this.takeDue(nowMs);
    if (firing === undefined) return;
    try {
      await this.runInWorker(firing.user, firing.handler, [firing.event], 'trigger');
    } finally {
      this.firedTriggers.done(firing);
    }
  }

  /** The firing that is due and allowed, for a scheduler of its own: it runs it, then calls `doneWith`. */
  takeDue(nowMs: number): Firing | undefined {
    const firing = this.firedTriggers.takeDue(nowMs);
    if (firing === undefined || this.isAllowed(firing)) return firing;
    this.firedTriggers.done(firing);
    return undefined;
  }

  doneWith(firing: Firing): void {
    this.firedTriggers.done(firing);
  }

  triggers(user?: string): TriggerRecord[] {
    return this.firedTriggers.list(user);
  }

  /** A trigger that another version of the script, or somebody's own code, has left there. */
  addTrigger(trigger: Omit<TriggerRecord, 'uid' | 'nextMs'>): TriggerRecord {
    return this.firedTriggers.create(trigger);
  }

  /** Triggers vanish: by hand on the triggers page, or for reasons nobody has found. */
  removeTrigger(user: string, uid: string): void {
    this.firedTriggers.remove(user, uid);
  }

  /** What a person does in the project's settings. Throws the platform's refusal if the value is too large. */
  setScriptProperty(name: string, value: string): void {
    const limitBytes = this.deps.switches.propertyValueLimitBytes;
    this.stores.set(this.stores.scriptStore(), { [name]: value }, limitBytes);
  }

  /** Names on the wire of the calls that pass a point of faults. */
  calls(): string[] {
    return [...this.methods].filter(([, { free }]) => free !== true).map(([name]) => name);
  }

  userProperties(user: string): Record<string, string> {
    return this.stores.all(this.stores.userStore(user));
  }

  setUserProperty(user: string, name: string, value: string): void {
    this.stores.set(this.stores.userStore(user), { [name]: value }, this.deps.switches.propertyValueLimitBytes);
  }

  setAccountType(user: string, type: AccountType): void {
    this.quotas.setAccountType(user, type);
  }

  /** The user takes the add-on's access away in their Google account. */
  revokeGrant(user: string): void {
    this.authorization.revoke(user);
  }

  restoreGrant(user: string): void {
    this.authorization.restore(user);
  }

  /** Uninstalling stops the user's triggers; properties stay. */
  uninstall(user: string): void {
    this.firedTriggers.removeAll(user);
  }

  /** The user has another address, or none any more: all that the script keeps for them goes along. */
  moveUser(user: string, address: string | undefined): void {
    if (address === undefined) this.firedTriggers.removeAll(user);
    else this.firedTriggers.rename(user, address);
    moveUserRecords(this.deps.records, this.scriptId, user, address);
    this.stores.forgetSizes();
  }

  /** What a state token in a callback address stands for; undefined when it is unknown or too old. */
  redeemStateToken(token: string): StateToken | undefined {
    const stood = this.deps.records.get<StateToken>(`script.state-token/${this.deps.addOn.scriptId}`, token);
    return stood !== undefined && stood.expiresMs >= this.deps.clock.nowMs() ? stood : undefined;
  }

  /** Everything not simulated that a script has touched, caught or not. */
  notSimulated(): string[] {
    return [...this.unsimulated];
  }

  /** The pool, for tests that need an order of their own (interleave.ts). */
  workers(): WorkerPool {
    this.pool ??= new WorkerPool(this.compiled.source);
    return this.pool;
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    await this.pool?.close();
    this.pool = undefined;
  }

  /** Lets an execution in and notes its beginning, or says why not. */
  admit(user: string, invocation: Invocation, surface: Surface, canWait = false): Admission {
    const running = this.active.get(user) ?? 0;
    const refusal = running >= MAX_SIMULTANEOUS_PER_USER ? TOO_MANY : this.authorization.asksFirst(user, surface);
    if (refusal !== undefined) return { refused: this.refuse(user, invocation.functionName, refusal) };
    this.active.set(user, running + 1);
    const { functionName } = invocation;
    const id = `x${++this.executions}-${this.runtime.random.text(4)}`;
    const identity = { id, user, functionName, surface, limitMs: this.limitMs(surface) };
    const execution = new Execution(identity, this.runtime, this.methods, canWait);
    execution.trace('execution', `${functionName} (${surface}) begins for ${user}`);
    return { execution, invocation };
  }

  /** Ends an execution: locks, quotas, log line, result. Throws only a defect of the sandbox itself. */
  finish(execution: Execution, problem: unknown): ExecutionResult {
    const { identity, user } = execution;
    this.locks.releaseAll(execution.id);
    this.active.set(user, (this.active.get(user) ?? 1) - 1);
    if (identity.surface === 'trigger') this.quotas.addTriggerTime(user, execution.spentMs);
    this.quotas.save();
    const result = outcomeOf(execution, problem, this.compiled.project);
    const how = result.ok
      ? 'ends'
      : 'killed' in result
        ? `killed: ${result.killed}`
        : `threw ${result.name}: ${result.message}`;
    execution.trace('execution', `${identity.functionName} ${how} (${execution.tookMs()} ms)`);
    if (execution.defect !== undefined) throw execution.defect;
    return result;
  }

  private evaluate(execution: Execution, invocation: Invocation, call: HostCall): void {
    const { contexts, computeLimitMs = COMPUTE_LIMIT_MS } = this.deps;
    const { project, kept } = this.compiled;
    if (contexts === 'kept') kept.run(invocation, call, () => execution.dead === undefined);
    else runInContext(project, invocation, call, computeLimitMs);
  }

  /** Lets the time of the runtime's start pass; it counts as run time. */
  private passStart(execution: Execution): void {
    const startMs = this.runtime.latency.draw(RUNTIME_START);
    execution.spentMs += startMs;
    if (startMs > 0) this.deps.elapse(startMs);
  }

  /** Answers one call in this thread. */
  private drive(execution: Execution, method: string, argsJson: string): string {
    const steps = execution.perform(method, argsJson);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      // Whoever holds what this one waits for is suspended beneath it: waiting in parts would change nothing.
      if (step.value.ms > 0) this.deps.elapse(step.value.ms);
    }
  }

  private limitMs(surface: Surface): number {
    if (this.deps.addOn.manifest.addOns === undefined || surface === 'manual') return SCRIPT_RUN_LIMIT_MS;
    return surface === 'trigger' ? this.deps.switches.addOnTriggerLimitMs : ADD_ON_CALLBACK_LIMIT_MS;
  }

  private isAllowed(firing: Firing): boolean {
    const refusal = this.quotas.triggerTimeRefusal(firing.user);
    if (refusal !== undefined) this.refuse(firing.user, firing.handler, refusal);
    return refusal === undefined;
  }

  private refuse(user: string, functionName: string, message: string): ExecutionResult {
    this.deps.trace.add(this.deps.clock.nowMs(), 'execution', user, `${functionName} refused: ${message}`);
    return { ok: false, name: 'Exception', message };
  }
}

/** Counts starts on the same records: ids and chance must not repeat after a restart. */
function countStart(records: Records, scriptId: string): number {
  const starts = (records.get<number>('script.starts', scriptId) ?? 0) + 1;
  records.put('script.starts', scriptId, starts);
  return starts;
}
