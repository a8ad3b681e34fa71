/**
 * Outcome: what came of an action at the provider, and what the ledger makes of it.
 *
 * Expected misfortune is a value here, never a throw. A failed action keeps its to-do, with a later time; it never
 * blocks another one.
 */
import type { Whose } from './account';
import { heldForAccount } from './account';
import type { Binding, ToDo } from './binding';
import { bindingKey, newToDo } from './binding';
import type { Conference } from './conference';
import { type Fingerprint, UNKNOWN, withUnknown } from './fingerprint';
import type { Ledger } from './ledger';
import { dropConference } from './ledger';
import type { MeetingField } from './meeting';
import type { Action } from './plan';
import type { Policies } from './policies';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './policies';
import { nextDayMs } from './quota';
import { fieldsWithout, leftBy, type Refusable, type Refusal, refusalOf, standing } from './refusal';
import { broken } from './repair';
import type { Shown } from './vendor-changes';
import { afterLook } from './vendor-changes';

/** Fields that are not told, or not wholly, although all others are. Left out: of none it is known. */
type Left = readonly MeetingField[];

export type Outcome =
  /**
   * `link`: people join it another way now than the event shows; its id is the same. `refused`: it was told all but these
   * fields, which it does not take as they are. `shown`: what the answer shows otherwise than the event has it, in fields
   * that were not told now.
   */
  | { kind: 'done'; link?: Conference; refused?: ReadonlyArray<Pick<Refusal, 'field' | 'code'>>; shown?: Shown }
  /** A part of it is done, and nothing is wrong: it goes on where it stopped. */
  | { kind: 'progress'; left: Left }
  /** The provider does not know the conference (any more). */
  | { kind: 'gone' }
  /** Too many calls; nothing was done. `daily`: too many of one day, of those that are counted (`dailyRequests`). */
  | { kind: 'limited'; retryAfterMs?: number; daily?: true; left?: Left }
  /** No usable answer: outage, time-out, a page where JSON is due. It may or may not have been done. */
  | { kind: 'unavailable'; retryAfterMs?: number; left?: Left }
  /** The grant or key is not accepted. */
  | { kind: 'unauthorised' }
  /**
   * Refused for good, and nothing was done: repeating the same cannot help. `code` is the provider's, ids and words only.
   * `of`: what the answer says is wrong; empty when it is no field, but the conference or the account.
   */
  | { kind: 'refused'; code: string; of?: readonly Refusable[] };

/** The code of a refusal that says who may not, and nothing of what. */
export const FORBIDDEN = 'forbidden';

/** The code of a refusal that is the add-on's own: its code threw. What it had asked for may have been done all the same. */
export const OWN_FAULT = 'provider-threw';

export interface OutcomeContext {
  policies: Policies;
  nowMs: number;
  /** It took several requests, and not only the last of them may have changed something. */
  inParts?: boolean;
  /** The fields that the provider keeps. */
  kept?: ReadonlySet<MeetingField>;
  /** Was the provider asked as the account that made the conference? Left out: yes. */
  whose?: Whose;
  /** As whom it was asked. */
  account?: string | undefined;
}

/** Writes into the ledger what became of `action`. */
export function recordOutcome(action: Action, outcome: Outcome, ledger: Ledger, context: OutcomeContext): void {
  const binding = ledger.get(bindingKey(action.binding));
  if (binding === undefined) return;
  if (action.kind === 'cancel') {
    if (outcome.kind === 'done') {
      dropConference(binding, ledger);
    } else if (outcome.kind === 'gone') {
      recordGone(action, binding, ledger, context);
    } else if (outcome.kind === 'progress') {
      ledger.put(goingOn(action, binding, outcome.left, context));
    } else {
      ledger.put(postponed(binding, outcome, context));
    }
    return;
  }
  if (outcome.kind === 'done') {
    const { todo, unknownTo: _known, refused: _before, ...rest } = binding;
    const after = action.kind === 'update' ? toldBy(action, binding, outcome, context) : { delivered: action.wanted };
    // A settlement that was decided meanwhile is still to be done.
    const settlement = todo?.kind === 'settle' && { todo };
    const account = context.account !== undefined && { account: context.account };
    const told = withShown({ ...rest, ...after, ...settlement, ...account }, action, outcome.shown, context);
    const isStale = outcome.link !== undefined && action.kind === 'update' && told.todo === undefined;
    ledger.put(isStale ? broken(told, context.policies, context.nowMs) : told);
  } else if (outcome.kind === 'progress') {
    ledger.put(goingOn(action, binding, outcome.left, context));
  } else if (outcome.kind === 'gone') {
    recordGone(action, binding, ledger, context);
  } else {
    ledger.put(withAllButLeft(postponed(binding, outcome, context), action, outcome, context));
  }
}

/** What is not told, or was refused, is no change of the host's. */
function withShown(told: Binding, action: Action, shown: Shown | undefined, context: OutcomeContext): Binding {
  const { kept, policies, nowMs } = context;
  if (action.kind !== 'update' || shown === undefined || kept === undefined || told.todo !== undefined) return told;
  const untold = [...(action.meeting.untold ?? []), ...leftBy(told.refused ?? [])];
  const fields = shown.fields.filter((field) => !untold.includes(field));
  return fields.length === 0 ? told : afterLook(told, { ...shown, fields }, kept, policies, nowMs);
}

/** Unfinished is not failed: no attempt is counted, and it may go on at once. What was decided meanwhile stands. */
function goingOn(action: Action, binding: Binding, left: Left, context: OutcomeContext): Binding {
  const todo: ToDo = binding.todo ?? newToDo('deliver', context.nowMs);
  const isOfAction = (todo.kind === 'settle') === (action.kind === 'cancel');
  return {
    ...binding,
    delivered: toldBut(left, action, context),
    todo: isOfAction ? { ...todo, notBeforeMs: context.nowMs } : todo,
  };
}

function withAllButLeft(binding: Binding, action: Action, outcome: Outcome, context: OutcomeContext): Binding {
  const left = 'left' in outcome ? outcome.left : undefined;
  return left === undefined ? binding : { ...binding, delivered: toldBut(left, action, context) };
}

function toldBut(left: Left, action: Action, { kept }: OutcomeContext): Fingerprint {
  return action.kind === 'update' && kept !== undefined ? withUnknown(action.wanted, kept, left) : UNKNOWN;
}

/** What is refused now, and what was before and still is. */
function toldBy(
  action: Extract<Action, { kind: 'update' }>,
  binding: Binding,
  outcome: Extract<Outcome, { kind: 'done' }>,
  context: OutcomeContext,
): Pick<Binding, 'delivered' | 'refused'> {
  const now = (outcome.refused ?? []).map(({ field, code }) => refusalOf(action.meeting, field, code));
  const before = standing(binding.refused ?? [], action.meeting);
  const refused = [...before.filter((one) => !now.some(({ field }) => field === one.field)), ...now];
  const delivered = now.length === 0 ? action.wanted : deliveredBesides(now, action, binding, context);
  return { delivered, ...(refused.length > 0 && { refused }) };
}

/** In place of what was refused the provider has something else, or still what it had when nothing else was told. */
function deliveredBesides(
  now: readonly Refusal[],
  { fields, wanted }: Extract<Action, { kind: 'update' }>,
  { delivered }: Binding,
  { kept, inParts }: OutcomeContext,
): Fingerprint {
  const named = now.map(({ field }) => field);
  const isUntouched = fieldsWithout(fields, named).length === 0 && inParts !== true;
  if (isUntouched && delivered.length === wanted.length) return delivered;
  return kept === undefined ? UNKNOWN : withUnknown(wanted, kept, leftBy(now));
}

/**
 * Providers have been seen to say "not found" of live conferences, so it takes a second answer, some minutes later,
 * before a conference counts as broken, or as ended. An occurrence the provider twice does not know is let go. What another
 * account made is not there for this one: nothing is concluded, and it is held. Where nobody knows whose it is, an end is held
 * too, and a broken one is given no other link in its place.
 */
function recordGone(action: Action, binding: Binding, ledger: Ledger, context: OutcomeContext): void {
  const { whose = 'same', account, nowMs, policies } = context;
  if (whose === 'another') {
    ledger.put(heldForAccount(binding, account, nowMs));
  } else if (binding.todo?.missed !== true) {
    ledger.put(askedAgain(binding, context));
  } else if (whose === 'untold') {
    const held = heldForAccount(binding, account, nowMs);
    ledger.put(action.kind === 'update' ? broken(held, policies, nowMs) : held);
  } else if (action.kind === 'cancel') {
    dropConference(binding, ledger);
  } else if (action.kind === 'update-occurrence') {
    const { todo: _done, ...rest } = binding;
    ledger.put({ ...rest, delivered: action.wanted });
  } else {
    ledger.put(broken(binding, policies, nowMs));
  }
}

function askedAgain(binding: Binding, context: OutcomeContext): Binding {
  const again = postponed(binding, { kind: 'unavailable', retryAfterMs: GONE_AGAIN_AFTER_MS }, context);
  return { ...again, todo: { ...(again.todo as ToDo), missed: true } };
}

const GONE_AGAIN_AFTER_MS = 2 * MINUTE_MS;

function postponed(binding: Binding, outcome: Outcome, context: OutcomeContext): Binding {
  const { ownFault: _before, ...todo }: ToDo = binding.todo ?? newToDo('deliver', context.nowMs);
  const attempts = todo.attempts + 1;
  const askedMs = 'retryAfterMs' in outcome ? Math.min(outcome.retryAfterMs ?? 0, DAY_MS) : 0;
  const isDaily = outcome.kind === 'limited' && outcome.daily === true;
  const waitMs = isDaily ? nextDayMs(context.nowMs) - context.nowMs : Math.max(askedMs, backOffMs(attempts));
  const parked = outcome.kind === 'refused' || attempts >= context.policies.parkAfterAttempts;
  return {
    ...binding,
    // Without an answer it may have been done, and a part of it before: what the provider holds is not known any more.
    ...((outcome.kind === 'unavailable' || context.inParts === true) && { delivered: UNKNOWN }),
    todo: {
      ...todo,
      ...{ attempts, parked, missed: false, notBeforeMs: context.nowMs + waitMs },
      ...(outcome.kind === 'refused' && outcome.code === OWN_FAULT && { ownFault: true as const }),
    },
  };
}

/** Doubles from one minute to an hour, the sweep's own pace. No jitter: an outbox has one owner. */
export function backOffMs(attempts: number): number {
  return Math.min(HOUR_MS, MINUTE_MS * 2 ** Math.max(0, attempts - 1));
}
