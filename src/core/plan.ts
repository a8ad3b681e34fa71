/**
 * Turns changes into actions, and writes into the ledger what is decided but not yet done.
 *
 * Every action stands in the ledger as a to-do before it is tried, so an execution that dies in between loses nothing.
 * Never plans a cancel: an event that went away is settled later (settle.ts), after a grace period and another look.
 * Knows nothing of pages, tokens, waves or time-outs.
 */
import type { Binding, ToDo } from './binding';
import { bindingKey, conferenceKey, isReference, mayBeUnseen, newToDo } from './binding';
import { countUnfollowed, makeRoom, occurrenceEndMs } from './bounds';
import type { Change, Delivery } from './diff';
import { deliveredOf } from './diff';
import type { Fingerprint } from './fingerprint';
import { UNKNOWN } from './fingerprint';
import type { Ledger } from './ledger';
import { driverOf, dropConference, forgetUnseen, letGo, noteStrayed } from './ledger';
import type { Meeting, MeetingField, Occurrence } from './meeting';
import { momentMs } from './meeting';
import type { Policies } from './policies';
import { MINUTE_MS } from './policies';
import { broken } from './repair';
import { endOf } from './series';
import { forgetLostSlots, takeInAlone, takeOverOccurrences } from './told-occurrences';
import { lookOf } from './vendor-changes';

export type Action =
  | { kind: 'update'; binding: Binding; meeting: Meeting; fields: MeetingField[]; wanted: Fingerprint }
  | { kind: 'update-occurrence'; binding: Binding; occurrence: Occurrence; wanted: Fingerprint }
  | { kind: 'cancel'; binding: Binding };

export interface PlanContext {
  calendar: string;
  policies: Policies;
  nowMs: number;
  /** The changes come from another look at an undelivered event: its attempts go on counting. */
  retry: boolean;
  /** Is there room in the store for another binding? */
  hasRoom: boolean;
  /** All that differs in a series is planned: what is not followed is counted once. */
  isWholeSeries?: boolean;
  /** The row comes with all that there is: a tombstone may be an old one. */
  isOfFullList?: boolean;
  /** Told of each event with a conference of ours that is not followed for want of room. */
  leavesOut?(): void;
}

/** The actions for `changes`, in their order; the ledger then holds each as a to-do. */
export function planActions(changes: readonly Change[], ledger: Ledger, context: PlanContext): Action[] {
  return changes.flatMap((change) => planChange(change, ledger, context));
}

/**
 * Is the action still the latest word on its binding? A later row of the same pass may have overtaken it, or brought
 * another reference to a conference that was to end. An overtaken action is left out: its successor stands in the ledger.
 */
export function isCurrent(action: Action, ledger: Ledger): boolean {
  const binding = ledger.get(bindingKey(action.binding));
  if (binding?.todo === undefined || binding.todo !== action.binding.todo) return false;
  if (action.kind === 'update-occurrence' && !hasSeries(binding, ledger)) return false;
  const others = ledger.ofConference(binding).filter((other) => other !== binding);
  return action.kind !== 'cancel' || !others.some(isReference);
}

/** With a series that ends, what was to be told of its occurrences is of no use any more. */
function hasSeries(occurrence: Binding, ledger: Ledger): boolean {
  return ledger
    .ofEvent(occurrence.calendar, occurrence.series as string)
    .some((series) => series.state === 'live' && conferenceKey(series) === conferenceKey(occurrence));
}

function planChange(change: Change, ledger: Ledger, context: PlanContext): Action[] {
  switch (change.kind) {
    case 'seen':
      return planSeen(change, ledger, context);
    case 'adopted':
      return planAdopted(change, ledger, context);
    case 'event-gone':
      return planGone(change, ledger, context);
    case 'conference-dropped':
      return planDropped(change, ledger, context);
    case 'occurrence':
      return planOccurrence(change, ledger, context);
    case 'occurrence-told':
      planOccurrenceTold(change.binding, ledger);
      return [];
    case 'occurrence-gone':
      planOccurrenceGone(change.binding, ledger);
      return [];
  }
}

function planSeen(change: Extract<Change, { kind: 'seen' }>, ledger: Ledger, context: PlanContext): Action[] {
  const before = ledger.get(bindingKey(change.binding)) ?? change.binding;
  const { lengthMs: _before, lookMs: _look, endAsked: _asked, vanished, ...known } = before;
  const seen: Binding = {
    ...known,
    guest: change.guest,
    endsMs: endOf(change.meeting),
    ...lengthOf(change),
    ...lookOf(change.lookMs, before, context.nowMs),
  };
  if (before.state !== 'broken') seen.state = 'live';
  if (before.state === 'away') seen.strayed = true;
  if (vanished) seen.mayHaveStrayed = true;
  if (change.master !== undefined) seen.master = change.master;
  if (before.todo?.kind === 'settle') delete seen.todo;
  // Another look may have come in between, or the event was over until now.
  const isForgotten = before.state === 'broken' && before.todo?.kind !== 'repair';
  const after = isForgotten ? broken(seen, context.policies, context.nowMs) : seen;
  return planDelivery(after, before, change, ledger, context);
}

function planAdopted(change: Extract<Change, { kind: 'adopted' }>, ledger: Ledger, context: PlanContext): Action[] {
  if (!context.hasRoom) {
    context.leavesOut?.();
    // Nobody will know when this one goes: the conference is not ended with those that are followed.
    noteStrayed(change, ledger);
    return [];
  }
  const binding: Binding = {
    calendar: context.calendar,
    eventId: change.eventId,
    solution: change.solution,
    conference: change.conference,
    state: 'live',
    delivered: '',
    endsMs: endOf(change.meeting),
    bornMs: wholeMinute(context.nowMs),
    guest: false,
    ...(change.master !== undefined && { master: change.master }),
    ...lengthOf(change),
    ...accountOf(change, ledger),
    ...lookOf(change.lookMs),
  };
  const isBack = ledger.ofConference(binding).some((other) => other.vanished && other.calendar === binding.calendar);
  if (isBack) binding.mayHaveStrayed = true;
  const actions = planDelivery(binding, undefined, change, ledger, context);
  forgetWhereItWas(binding, ledger);
  return actions;
}

function planDelivery(
  binding: Binding,
  before: Binding | undefined,
  change: Delivery,
  ledger: Ledger,
  context: PlanContext,
): Action[] {
  // What occurrences became while nobody followed the series, no list shows again.
  const comesIntoCare = before?.state !== 'live' && before?.state !== 'broken';
  const repeats = change.meeting.recurrence.length > 0;
  const { series, owed } = comesIntoCare && repeats ? takeInAlone(binding, ledger) : { series: binding, owed: false };
  putIfChanged(ledger, before, comesIntoCare ? { ...series, unread: true } : binding);
  handOver(ledger, binding, context.nowMs, owed);
  const current = settledUnread(bindingKey(binding), change.isSeries, ledger);
  const drives = driverOf(ledger.ofConference(binding), context.nowMs) === current;
  if (!drives || current.state === 'broken') return [];
  if (change.fields.length === 0) {
    if (current.todo?.kind === 'deliver') ledger.put(without(current, 'todo'));
    return [];
  }
  const planned: Binding = { ...current, todo: deliverToDo(current, context) };
  if (change.resetsOccurrences) {
    planned.unread = true;
    forgetDeliveredOccurrences(planned, ledger);
  } else if (change.isSeries && change.fields.some((field) => field === 'time' || field === 'recurrence')) {
    if (forgetLostSlots(planned, change.meeting, ledger)) planned.unread = true;
  }
  ledger.put(planned);
  return [{ kind: 'update', binding: planned, meeting: change.meeting, fields: change.fields, wanted: change.wanted }];
}

/** Who made the conference, as other events with it know. */
function accountOf(of: Pick<Binding, 'solution' | 'conference'>, ledger: Ledger): Pick<Binding, 'account'> {
  const account = ledger.ofConference(of).find((other) => other.account !== undefined)?.account;
  return account === undefined ? {} : { account };
}

function forgetDeliveredOccurrences(series: Binding, ledger: Ledger): void {
  for (const occurrence of ledger.ofSeries(series.calendar, series.eventId)) {
    const isOfSeries = conferenceKey(occurrence) === conferenceKey(series);
    if (isOfSeries && occurrence.delivered !== '') ledger.put({ ...occurrence, delivered: '' });
  }
}

/** Kept in whole minutes: an occurrence that takes seconds more costs a call too many, at worst. */
function lengthOf({ isSeries, meeting }: Delivery): { lengthMs?: number } {
  const lengthMs = isSeries ? wholeMinute(momentMs(meeting.end) - momentMs(meeting.start)) : 0;
  return lengthMs > 0 ? { lengthMs } : {};
}

/** What is no series has no occurrences to be read. */
function settledUnread(key: string, isSeries: boolean, ledger: Ledger): Binding {
  const { unread, ...rest } = ledger.get(key) as Binding;
  if (unread === undefined || isSeries) return ledger.get(key) as Binding;
  ledger.put(rest);
  return rest;
}

/**
 * Keeps one driver per conference: it takes over what was last delivered, of occurrences too, and is to be delivered if
 * that was not its own event's doing.
 *
 * @param owed the binding that drove until now leaves with something undelivered.
 */
export function handOver(
  ledger: Ledger,
  of: Pick<Binding, 'solution' | 'conference'>,
  nowMs: number,
  owed = false,
): void {
  const bindings = ledger.ofConference(of).filter((binding) => binding.series === undefined);
  const driver = driverOf(bindings, nowMs);
  if (driver === undefined) return;
  const delivered = deliveredOf(ledger, of);
  let due = takeOverOccurrences(driver, ledger) || owed || driver.delivered !== delivered;
  for (const binding of bindings) {
    if (binding === driver) continue;
    const undelivered = binding.todo?.kind === 'deliver';
    due ||= undelivered;
    const rest = undelivered ? without(binding, 'todo') : binding;
    if (undelivered || binding.delivered !== '') ledger.put({ ...rest, delivered: '' });
  }
  if (!due || driver.state !== 'live') return;
  ledger.put({ ...driver, delivered, unread: true, todo: driver.todo ?? newToDo('deliver', nowMs) });
}

/** A guest's copy that goes away says nothing about the event: the binding is released, the conference stays. */
function planGone(
  { binding, vanished }: Extract<Change, { kind: 'event-gone' }>,
  ledger: Ledger,
  context: PlanContext,
): Action[] {
  planEnding(vanished ? { ...binding, vanished } : binding, ledger, context);
  if (binding.guest) letGo(ledger.get(bindingKey(binding)) as Binding, ledger);
  return [];
}

/** While others share the conference there is no end to wait for: they know if it was out of sight. A series is looked at: its occurrences may keep it. */
function planDropped(
  { binding, isSeries }: Extract<Change, { kind: 'conference-dropped' }>,
  ledger: Ledger,
  context: PlanContext,
): Action[] {
  planEnding(binding, ledger, context);
  const ending = ledger.get(bindingKey(binding)) as Binding;
  if (isSeries || !ledger.ofConference(binding).some(isReference)) return [];
  if (ending.strayed) forgetUnseen(ending, ledger);
  // Where it was for a while another look may tell.
  else if (!ending.mayHaveStrayed) dropConference(binding, ledger);
  return [];
}

function planEnding(binding: Binding, ledger: Ledger, context: PlanContext): void {
  const dueMs = context.nowMs + context.policies.graceMinutes * MINUTE_MS;
  const strayed = binding.state === 'away' ? { strayed: true as const } : {};
  ledger.put({ ...binding, ...strayed, state: 'ending', todo: newToDo('settle', context.nowMs, dueMs) });
  handOver(ledger, binding, context.nowMs, binding.todo?.kind === 'deliver');
}

/**
 * The event may have moved here: then it is one that left another calendar, and has its times and, if Google keeps it, its
 * id. What it explains is no other's leaving, and a copy explains nothing. If it was out of sight, the conference may have
 * been copied there.
 */
function forgetWhereItWas(here: Binding, ledger: Ledger): void {
  const left = ledger
    .ofConference(here)
    .filter((other) => other.series === undefined && !isReference(other) && other.calendar !== here.calendar);
  const same =
    left.find(({ eventId }) => eventId === here.eventId) ??
    left.find(({ endsMs, lengthMs }) => endsMs === here.endsMs && lengthMs === here.lengthMs);
  if (same === undefined) return;
  dropConference(same, ledger);
  if (mayBeUnseen(same)) ledger.put({ ...(ledger.get(bindingKey(here)) as Binding), strayed: true });
}

/**
 * Nothing was left of it but its id. With its series it goes, or moves; alone it was cancelled, as another look will tell.
 */
function planOccurrenceGone(binding: Binding, ledger: Ledger): void {
  const series = ledger
    .ofEvent(binding.calendar, binding.series as string)
    .find((master) => conferenceKey(master) === conferenceKey(binding));
  if (series === undefined) ledger.drop(binding);
  else if (series.state === 'live') ledger.put({ ...series, unread: true });
}

function planOccurrenceTold(binding: Binding, ledger: Ledger): void {
  const current = ledger.get(bindingKey(binding));
  if (current !== undefined) ledger.put(without(current, 'todo'));
}

function planOccurrence(
  change: Extract<Change, { kind: 'occurrence' }>,
  ledger: Ledger,
  context: PlanContext,
): Action[] {
  const series = ledger.get(bindingKey(change.series));
  if (series?.state !== 'live' || driverOf(ledger.ofConference(series), context.nowMs) !== series) return [];
  const remembered = ledger
    .ofSeries(series.calendar, series.eventId)
    .find((one) => one.eventId === change.eventId && conferenceKey(one) === conferenceKey(series));
  if (remembered === undefined && !(context.hasRoom && makeRoom(series, ledger, context.nowMs))) {
    countUnfollowed(series, ledger, context.isWholeSeries === true);
    return [];
  }
  const { unread: _unread, lengthMs: _length, thinned: _thinned, unknownTo: _account, ...rest } = series;
  const { unfollowed: _others, refused: _refused, lookMs: _look, differs: _shown, ...like } = rest;
  const planned: Binding = {
    ...(remembered ?? {
      ...like,
      eventId: change.eventId,
      series: series.eventId,
      delivered: '',
      bornMs: wholeMinute(context.nowMs),
    }),
    ...(change.inDoubt && { delivered: UNKNOWN }),
    endsMs: occurrenceEndMs(change.occurrence),
    todo: remembered === undefined ? newToDo('deliver', context.nowMs) : deliverToDo(remembered, context),
  };
  ledger.put(planned);
  return [{ kind: 'update-occurrence', binding: planned, occurrence: change.occurrence, wanted: change.wanted }];
}

function deliverToDo(binding: Binding, context: PlanContext): ToDo {
  return context.retry && binding.todo?.kind === 'deliver' ? binding.todo : newToDo('deliver', context.nowMs);
}

/** What a row may change of a binding that it brings nothing to do for. */
const SEEN_FIELDS = [
  ...(['state', 'guest', 'endsMs', 'lengthMs', 'lookMs', 'todo', 'master'] as const),
  ...(['strayed', 'mayHaveStrayed', 'vanished', 'endAsked'] as const),
];

/** Leaves the ledger untouched, and its shard unwritten, when a row brought nothing new. */
function putIfChanged(ledger: Ledger, before: Binding | undefined, after: Binding): void {
  const same = before !== undefined && SEEN_FIELDS.every((field) => before[field] === after[field]);
  if (!same) ledger.put(after);
}

function without(binding: Binding, _field: 'todo'): Binding {
  const { todo: _dropped, ...rest } = binding;
  return rest;
}

export function wholeMinute(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
