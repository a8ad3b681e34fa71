/**
 * Acts: carries planned actions out at their providers and writes every outcome into the ledger.
 *
 * Each action already stands in the ledger as a to-do, so whatever is not reached here is simply still to be done.
 */
import type { Binding } from '../core/binding';
import { bindingKey, conferenceName } from '../core/binding';
import { keptFields } from '../core/capabilities';
import type { Conference } from '../core/conference';
import { refusalsOf } from '../core/diff';
import { digest, UNKNOWN } from '../core/fingerprint';
import type { Outcome } from '../core/outcome';
import { backOffMs, recordOutcome } from '../core/outcome';
import { allowance } from '../core/pause';
import type { Action } from '../core/plan';
import { isCurrent } from '../core/plan';
import { rankOf } from '../core/quota';
import { standing } from '../core/refusal';
import type { HttpRequest } from '../ports/http';
import type { LogLine } from '../ports/platform';
import type { Operation } from '../ports/provider';
import { askedAs } from './accounts';
import type { Budget } from './budget';
import type { SyncDeps } from './deps';
import { begun, type Ended, runOperations } from './provider-client';
import { faultOf, textsOf } from './provider-fault';
import { putOff, type Quota, quotas } from './quota';
import { tellMeeting, tellOccurrence } from './tell';
import type { UserState } from './user-state';

/** Requests that go out together. Google names no limit for fetchAll; 10 to 100 at once have been seen to work. */
export const WAVE_WIDTH = 50;

/** A provider is asked several times, each time without another field, where it refuses one of them. */
const MOST_REQUESTS = 60;

/** As exact as a to-do is kept in the store. */
const SECOND_MS = 1_000;

export interface ActReport {
  done: number;
  failed: number;
  left: number;
}

/** A binding whose conference people join another way than its event shows. */
export interface ChangedLink {
  binding: Binding;
  conference: Conference;
}

/**
 * Only what is still the latest word. Series before their occurrences; ends, then times, then the rest; first attempts before
 * repeated ones; waves until the budget is spent.
 */
export function actOn(
  actions: readonly Action[],
  state: UserState,
  deps: SyncDeps,
  budget: Budget,
  links: ChangedLink[] = [],
): ActReport {
  const report: ActReport = { done: 0, failed: 0, left: 0 };
  const isOccurrence = (action: Action) => action.kind === 'update-occurrence';
  const current = actions.filter((action) => isCurrent(action, state.ledger));
  // Each stands in the ledger, and no attempt is counted.
  if (deps.authorisation.lacks('provider')) return { ...report, left: current.length };
  for (const phase of [current.filter((action) => !isOccurrence(action)), current.filter(isOccurrence)]) {
    let open = [...phase].sort((a, b) => rankOf(a) - rankOf(b) || attempts(a) - attempts(b));
    while (open.length > 0 && budget.allows()) {
      const nowMs = deps.clock.nowMs();
      const quota = quotas(state, deps, nowMs);
      const waiting = open.filter((action) => quota.left(action) === 0);
      for (const action of waiting) putOff(action, state, nowMs);
      report.left += waiting.length;
      open = open.filter((action) => !waiting.includes(action));
      const wave = nextWave(open, state, quota, nowMs);
      if (wave.length === 0) break;
      const { changed, unfinished } = runWave(wave, state, deps, quota, budget, report);
      links.push(...changed);
      // Behind all that has not had its turn.
      open = [...open.filter((action) => !wave.includes(action)), ...unfinished];
    }
    report.left += open.length;
  }
  return report;
}

function attempts(action: Action): number {
  return action.binding.todo?.attempts ?? 0;
}

function nextWave(open: readonly Action[], state: UserState, quota: Quota, nowMs: number): Action[] {
  const given = new Map<string, number>();
  const wave: Action[] = [];
  for (const action of asProbes(open, state, nowMs)) {
    const { solution } = action.binding;
    const already = given.get(solution) ?? 0;
    const allowed = allowance(state.pauses.get(solution), nowMs, conferenceName(action.binding));
    if (wave.length >= WAVE_WIDTH || already >= Math.min(allowed, quota.left(action))) continue;
    given.set(solution, already + 1);
    wave.push(action);
  }
  return wave;
}

/** A provider in trouble is asked about what has failed least, important or not: what fails for itself says nothing. */
function asProbes(open: readonly Action[], state: UserState, nowMs: number): readonly Action[] {
  const inTrouble = (action: Action) => allowance(state.pauses.get(action.binding.solution), nowMs) <= 1;
  return open.some(inTrouble) ? [...open].sort((a, b) => attempts(a) - attempts(b)) : open;
}

function runWave(
  wave: readonly Action[],
  state: UserState,
  deps: SyncDeps,
  quota: Quota,
  budget: Budget,
  report: ActReport,
): { changed: ChangedLink[]; unfinished: Action[] } {
  const changes = new Set<Action>();
  const inParts = new Set<Action>();
  const jobs = wave.map((action) => {
    const { provider, providerName } = solutionOf(action, deps);
    // Whatever was refused has changed nothing.
    const operation = begun(() => operationFor(action, provider, state, deps, () => changes.delete(action)));
    const counter = quota.counter(action);
    const count = (request: HttpRequest) => {
      counter?.(request);
      if (request.method === 'GET') return;
      if (changes.has(action)) inParts.add(action);
      changes.add(action);
    };
    const threw = (thrown: unknown) => deps.log(faultLine(action, thrown));
    return { provider: providerName, operation, count, threw, mostRequests: MOST_REQUESTS };
  });
  const answered = probing(wave, state, deps);
  const outcomes = runOperations<Outcome>(jobs, deps.http, budget).map((ended, i) =>
    unlessOutOfTime(ended, wave[i] as Action),
  );
  answered();
  const nowMs = deps.clock.nowMs();
  wave.forEach((action, i) => {
    const outcome = outcomes[i] as Outcome;
    const kept = keptFields(solutionOf(action, deps).provider.capabilities);
    const told = { policies: deps.policies, nowMs, inParts: inParts.has(action), kept };
    recordOutcome(action, outcome, state.ledger, { ...told, ...askedAs(action.binding, state, deps) });
    if (outcome.kind === 'done' || outcome.kind === 'gone') report.done++;
    else if (outcome.kind !== 'progress') report.failed++;
    deps.log({
      event: 'action',
      kind: action.kind,
      conference: conferenceName(action.binding),
      outcome: outcome.kind,
      ...(outcome.kind === 'refused' && { code: outcome.code }),
      ...(outcome.kind === 'done' && outcome.refused && { fields: outcome.refused.map(({ field }) => field).join() }),
    });
  });
  const told = wave.map((action, i) => ({ action, outcome: outcomes[i] as Outcome }));
  notePauses(
    told.filter((one) => !isOfTheDay(one, quota)),
    state,
    nowMs,
  );
  const changed = told.flatMap(({ action, outcome }) =>
    outcome.kind === 'done' && outcome.link !== undefined && action.kind === 'update'
      ? [{ binding: action.binding, conference: outcome.link }]
      : [],
  );
  return { changed, unfinished: told.flatMap((one) => goingOn(one, state)) };
}

/** What we had no time to end is unfinished, and no failure of the provider's. */
function unlessOutOfTime(outcome: Outcome | Ended, action: Action): Outcome {
  if (!('outOfTime' in outcome)) return outcome;
  return { kind: 'progress', left: action.kind === 'update' ? action.fields : [] };
}

function goingOn({ action, outcome }: Told, { ledger }: UserState): Action[] {
  const binding = ledger.get(bindingKey(action.binding));
  if (outcome.kind !== 'progress' || binding?.todo === undefined) return [];
  // It was decided meanwhile that the conference is to end.
  if ((binding.todo.kind === 'settle') !== (action.kind === 'cancel')) return [];
  return [action.kind === 'update' ? { ...action, binding, fields: [...outcome.left] } : { ...action, binding }];
}

function faultLine(action: Action, thrown: unknown): LogLine {
  const { kind, binding } = action;
  const { error, message } = faultOf(thrown, kind === 'update' ? textsOf(action.meeting) : []);
  return {
    event: 'provider-fault',
    kind,
    solution: binding.solution,
    conference: conferenceName(binding),
    error,
    message,
  };
}

/**
 * A probe that kills its pass (a server that hangs) is to be the last one to be tried again, not the first: its attempt is on
 * record before it goes out. Gives back what takes that away once there is an answer.
 */
function probing(wave: readonly Action[], state: UserState, deps: SyncDeps): () => void {
  const nowMs = deps.clock.nowMs();
  const probes = wave.flatMap(({ binding }) => {
    const isProbe = allowance(state.pauses.get(binding.solution), nowMs) <= 1;
    return (isProbe && state.ledger.get(bindingKey(binding))) || [];
  });
  if (probes.length === 0) return () => undefined;
  for (const { todo, ...rest } of probes) {
    if (todo === undefined) continue;
    const tries = todo.attempts + 1;
    // Whether it was carried out is not known then.
    const delivered = rest.delivered === '' ? '' : UNKNOWN;
    state.ledger.put({ ...rest, delivered, todo: { ...todo, attempts: tries, notBeforeMs: nowMs + backOffMs(tries) } });
  }
  state.commit(deps.store);
  return () => {
    for (const binding of probes) state.ledger.put(binding);
  };
}

interface Told {
  action: Action;
  outcome: Outcome;
}

/** What the day's limit refuses waits for the next day, and says nothing of the provider's health. */
function isOfTheDay({ action, outcome }: Told, quota: Quota): boolean {
  if (outcome.kind === 'limited' && outcome.daily) return quota.refused(action, conferenceName(action.binding));
  if (outcome.kind === 'done' || outcome.kind === 'progress') quota.accepted(action);
  return false;
}

/** A wave in which something succeeded does not pause its provider, unless the provider asked for it. */
function notePauses(wave: readonly Told[], state: UserState, nowMs: number): void {
  const weight = (outcome: Outcome) =>
    outcome.kind === 'limited' ? 2 : outcome.kind === 'unavailable' || outcome.kind === 'unauthorised' ? 0 : 1;
  const bySolution = new Map<string, Told[]>();
  for (const told of wave) {
    const seen = bySolution.get(told.action.binding.solution) ?? [];
    bySolution.set(told.action.binding.solution, [...seen, told]);
  }
  for (const [solution, seen] of bySolution) {
    // Failures of one wave are one failure: they were sent together.
    const { outcome } = seen.reduce((most, next) => (weight(next.outcome) > weight(most.outcome) ? next : most));
    const conferences = new Set(seen.map(({ action }) => conferenceName(action.binding)));
    const [about] = conferences.size === 1 ? conferences : [];
    state.notePause(solution, outcome, nowMs, about);
  }
}

function solutionOf(action: Action, deps: SyncDeps) {
  const solution = deps.solutions.get(action.binding.solution);
  if (solution === undefined) throw new RangeError(`No solution "${action.binding.solution}" in config.ts.`);
  return solution;
}

/**
 * The key is the same for every attempt at one change, so that a repeated one is recognised by providers that can; a
 * change back to what once was is another change, and has another key.
 */
function operationFor(
  action: Action,
  provider: import('../ports/provider').Provider,
  { owner, ledger }: UserState,
  { policies }: SyncDeps,
  onTry: () => void,
): Operation<Outcome> {
  const id = action.binding.conference;
  const refused = refusalsOf(ledger, action.binding);
  const since = Math.ceil((action.binding.todo?.sinceMs ?? 0) / SECOND_MS).toString(36);
  const about = `${digest(`${owner}/${bindingKey(action.binding)}`)}-${since}`;
  switch (action.kind) {
    case 'update':
      return tellMeeting(
        provider,
        action,
        standing(refused, action.meeting),
        policies.placeholderTitle,
        `${about}-${action.wanted}`,
        onTry,
      );
    case 'update-occurrence':
      return tellOccurrence(provider, id, action.occurrence, refused, `${about}-${action.wanted}`);
    case 'cancel':
      return provider.cancel(id, `${about}-cancel`);
  }
}
