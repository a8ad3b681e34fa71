/**
 * One user's world around the pure planner: what stands in Calendar, the ledger, and a provider that remembers what it
 * was told. Rows, looks and outcomes go through the core exactly as a pass sends them, and what must always hold is
 * checked at each of these points.
 */
import { type Binding, bindingKey, isReference } from '../../src/core/binding';
import { diffRow } from '../../src/core/diff';
import { fingerprintOf } from '../../src/core/fingerprint';
import { driverOf, Ledger } from '../../src/core/ledger';
import { projectMeeting } from '../../src/core/meeting';
import { type Outcome, recordOutcome } from '../../src/core/outcome';
import { packBinding, unpackBinding } from '../../src/core/packed';
import { type Action, handOver, isCurrent, planActions } from '../../src/core/plan';
import { DEFAULT_POLICIES, MINUTE_MS } from '../../src/core/policies';
import { isOccurrence, isOrganisersCopy, isTombstone, type Row } from '../../src/core/row';
import { settle } from '../../src/core/settle';
import { stampOf } from '../../src/core/stamp';
import { CALENDAR_ID, diffContext, KEEPS_ALL, NOW_MS, OWNER, planContext } from './core-world';

export class PlannerWorld {
  ledger: Ledger;
  readonly google = new Map<string, Row>();
  readonly cancelled = new Set<string>();
  private planned: Action[] = [];
  private nowMs = NOW_MS;

  constructor(bindings: readonly Binding[]) {
    this.ledger = new Ledger(bindings);
  }

  fold(pending: Binding): void {
    if (this.ledger.get(bindingKey(pending)) === undefined) this.ledger.put(pending);
  }

  read(row: Row): void {
    this.google.set(row.id, row);
    const changes = diffRow(row, this.ledger, diffContext({ nowMs: this.nowMs }));
    for (const change of changes) {
      if (change.kind !== 'adopted') continue;
      must(isOrganisersCopy(row, CALENDAR_ID), "a guest's copy is never adopted");
      must(stampOf(row)?.owner === OWNER, "another owner's conference is never adopted");
    }
    const actions = planActions(changes, this.ledger, planContext({ nowMs: this.nowMs }));
    must(
      actions.every((action) => action.kind !== 'cancel'),
      'a row alone never cancels',
    );
    this.remember(actions);
  }

  /** Another look at the n-th binding that has come due, as Calendar is now. */
  look(n: number): void {
    const due = this.due();
    const binding = due[n % Math.max(1, due.length)];
    if (binding === undefined) return;
    const row = this.google.get(binding.eventId);
    const look = row === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'row', row } as const);
    const diff = diffContext({ nowMs: this.nowMs });
    const actions = settle(binding, look, this.ledger, diff, planContext({ nowMs: this.nowMs, retry: true }));
    for (const action of actions) {
      if (action.kind !== 'cancel') continue;
      must(action.binding === binding, 'a look cancels only what it looked at');
      must(binding.state === 'pending' || binding.state === 'ending', 'a cancel has had its time of grace');
      must(row === undefined || !shows(row, binding), 'a cancel has seen the conference absent');
    }
    const after = this.ledger.get(bindingKey(binding));
    if (actions.length === 0 && after?.todo !== undefined && after.todo === binding.todo) this.rest(after);
    this.remember(actions);
  }

  /** Carries out what is planned and still wanted; the outcomes are taken round robin. */
  act(outcomes: readonly Outcome[]): void {
    const current = this.planned.filter((action) => isCurrent(action, this.ledger));
    this.planned = [];
    for (const [i, action] of current.entries()) {
      const { binding } = action;
      if (action.kind === 'cancel') {
        must(this.otherReferences(binding).length === 0, 'no cancel while another event refers to the conference');
        must(this.showing(binding).length === 0, 'no cancel while Calendar shows the conference');
      }
      const dead = this.cancelled.has(binding.conference);
      const outcome = dead ? ({ kind: 'gone' } as const) : (outcomes[i % outcomes.length] as Outcome);
      if (action.kind === 'cancel' && outcome.kind === 'done') this.cancelled.add(binding.conference);
      recordOutcome(action, outcome, this.ledger, { policies: DEFAULT_POLICIES, nowMs: this.nowMs });
      if (outcome.kind === 'done') this.mustRest(action);
    }
  }

  /** Time passes; the next execution reads the ledger anew and tidies it. */
  pass(minutes: number): void {
    this.nowMs += minutes * MINUTE_MS;
    const before = this.ledger.all();
    this.ledger = new Ledger(before.map((binding) => unpackBinding(packBinding(binding)) as Binding));
    must(this.ledger.size === before.length, 'the ledger survives the store');
    for (const binding of before) handOver(this.ledger, binding, this.nowMs);
    for (const bindings of this.conferences()) {
      const driver = driverOf(bindings, this.nowMs);
      const told = bindings.filter((binding) => binding.series === undefined && binding.delivered !== '');
      must(driver === undefined || told.every((one) => one === driver), 'only the driver knows what was delivered');
    }
  }

  check(): void {
    for (const bindings of this.conferences()) {
      const told = bindings.filter((binding) => binding.series === undefined && binding.delivered !== '');
      must(told.length <= 1, 'at most one binding of a conference knows what was delivered');
      for (const { state, todo } of bindings) {
        must(state !== 'ending' || todo?.kind === 'settle', 'what is ending is still to be settled');
        must(state !== 'pending' || todo?.kind === 'settle', 'what is pending is still to be settled');
      }
    }
  }

  /** The provider works again and every due look is taken: afterwards provider and Calendar agree. */
  calmDown(): void {
    for (let round = 0; round < 60; round++) {
      this.pass(60);
      for (let n = this.due().length; n > 0; n--) this.look(0);
      this.act([{ kind: 'done' }]);
      this.check();
    }
    for (const bindings of this.conferences()) this.mustAgree(bindings);
  }

  due(): Binding[] {
    const already = new Set(this.planned.map((action) => bindingKey(action.binding)));
    return this.ledger
      .all()
      .filter(({ todo }) => todo !== undefined && !todo.parked && todo.notBeforeMs <= this.nowMs)
      .filter((binding) => !already.has(bindingKey(binding)));
  }

  private mustAgree(bindings: readonly Binding[]): void {
    const driver = driverOf(bindings, this.nowMs);
    if (driver === undefined || driver.state !== 'live' || driver.todo?.parked === true) return;
    const row = this.google.get(driver.eventId);
    if (row === undefined || row.organizer === undefined || !shows(row, driver)) return;
    must(driver.delivered === fingerprint(row), 'in the end the provider knows the event as it is');
  }

  private mustRest(action: Action): void {
    const row = this.google.get(action.binding.eventId);
    if (row === undefined) return;
    const ledger = new Ledger(this.ledger.all());
    const again = planActions(diffRow(row, ledger, diffContext({ nowMs: this.nowMs })), ledger, planContext());
    const same = again.filter((one) => bindingKey(one.binding) === bindingKey(action.binding));
    must(same.length === 0, 'a row whose change was delivered brings nothing when it comes again');
  }

  private remember(actions: readonly Action[]): void {
    for (const action of actions) {
      const kept = this.ledger.get(bindingKey(action.binding));
      const kind = action.kind === 'cancel' ? 'settle' : 'deliver';
      must(kept?.todo?.kind === kind, 'every planned action stands in the ledger before it is tried');
      if (action.kind !== 'update') continue;
      const driver = driverOf(this.ledger.ofConference(action.binding), this.nowMs);
      must(driver === kept, 'only the driver is delivered');
    }
    this.planned.push(...actions);
  }

  private rest(binding: Binding): void {
    const { todo, ...rest } = binding;
    const incomplete = this.google.get(binding.eventId)?.organizer === undefined;
    if (todo?.kind !== 'settle' && !incomplete) this.ledger.put(rest);
    else if (todo !== undefined)
      this.ledger.put({ ...rest, todo: { ...todo, notBeforeMs: this.nowMs + 60 * MINUTE_MS } });
  }

  private otherReferences(binding: Binding): Binding[] {
    return this.ledger
      .ofConference(binding)
      .filter((other) => bindingKey(other) !== bindingKey(binding) && isReference(other));
  }

  /** Events of the user's own that carry the conference. Exceptions follow their series. */
  private showing(binding: Binding): Row[] {
    return [...this.google.values()].filter(
      (row) =>
        shows(row, binding) &&
        !isOccurrence(row) &&
        stampOf(row)?.owner === OWNER &&
        isOrganisersCopy(row, CALENDAR_ID),
    );
  }

  private conferences(): Binding[][] {
    const all = this.ledger.all();
    return [...new Set(all.map(({ conference }) => conference))].map((id) =>
      all.filter((one) => one.conference === id),
    );
  }
}

function shows(row: Row, binding: Binding): boolean {
  return !isTombstone(row) && stampOf(row)?.conference === binding.conference;
}

function fingerprint(row: Row): string {
  const meeting = projectMeeting(row, 'Europe/Zurich', DEFAULT_POLICIES);
  return meeting === undefined ? '' : fingerprintOf(meeting, new Set(KEEPS_ALL.keeps));
}

function must(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(`broken: ${sentence}`);
}
