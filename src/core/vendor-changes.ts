/**
 * Changes at the vendor: the host moves, renames or ends the meeting there, or another program does.
 *
 * A look compares what the provider shows with the event as it is. What differs counts as not known to the provider any more,
 * so it is told again; or it is left, and shown to people. A provider that writes a field its own way would differ for
 * ever: what differs in the same way as before is left alone.
 */
import type { Binding } from './binding';
import { newToDo } from './binding';
import { digest, UNKNOWN, withUnknown } from './fingerprint';
import type { Meeting, MeetingField } from './meeting';
import { MEETING_FIELDS, momentMs } from './meeting';
import type { Policies } from './policies';
import { DAY_MS, MINUTE_MS } from './policies';

/** What a provider shows of a meeting otherwise than the event has it. */
export interface Shown {
  fields: readonly MeetingField[];
  /** The values in these fields, in any writing that is the same when they are. */
  values: string;
}

/** A sweep that runs an hour after the one before still comes in time. */
const BEFORE_START_MS = 75 * MINUTE_MS;
const LETTERS: Readonly<Record<MeetingField, string>> = {
  title: 't',
  description: 'd',
  time: 'w',
  recurrence: 'r',
  guests: 'g',
};

/** The fields that differed when the provider was looked at last. */
export function differingFields({ differs = '' }: Pick<Binding, 'differs'>): MeetingField[] {
  const letters = differs.split('.')[0] ?? '';
  return MEETING_FIELDS.filter((field) => letters.includes(LETTERS[field]));
}

/** The binding after a look; the very same one when the look brought nothing new. */
export function afterLook(
  binding: Binding,
  shown: Shown,
  kept: ReadonlySet<MeetingField>,
  { vendorChanges }: Pick<Policies, 'vendorChanges'>,
  nowMs: number,
): Binding {
  const { differs: before, ...rest } = binding;
  const fields = MEETING_FIELDS.filter((field) => kept.has(field) && shown.fields.includes(field));
  if (fields.length === 0) return before === undefined ? binding : rest;
  const differs = `${fields.map((field) => LETTERS[field]).join('')}.${digest(shown.values)}`;
  if (differs === before) return binding;
  return vendorChanges === 'ask' ? { ...rest, differs } : toldAgain({ ...rest, differs }, fields, kept, nowMs);
}

/** The provider is to be told these fields of the event once more. */
export function toldAgain(
  binding: Binding,
  fields: readonly MeetingField[],
  kept: ReadonlySet<MeetingField>,
  nowMs: number,
): Binding {
  const { delivered, todo } = binding;
  const isKnown = delivered !== '' && delivered !== UNKNOWN;
  return {
    ...binding,
    ...(isKnown && { delivered: withUnknown(delivered, kept, fields) }),
    todo: todo ?? newToDo('deliver', nowMs),
  };
}

/**
 * When the provider is to be looked at: shortly before the start, once; of a series before the next of its starts, as far
 * as the step of its rule tells. Undefined when no start lies ahead. Epoch milliseconds, whole minutes.
 */
export function nextLookMs({ start, recurrence }: Meeting, nowMs: number): number | undefined {
  const firstMs = momentMs(start) - BEFORE_START_MS;
  const lookMs = recurrence.length === 0 ? firstMs : stepFrom(firstMs, recurrence, nowMs);
  return lookMs !== undefined && lookMs > nowMs ? Math.ceil(lookMs / MINUTE_MS) * MINUTE_MS : undefined;
}

/** A look that has come due is not put off by an answer that comes in between. */
export function lookOf(lookMs: number | undefined, before?: Pick<Binding, 'lookMs'>, nowMs = 0): { lookMs?: number } {
  const dueMs = before?.lookMs !== undefined && before.lookMs <= nowMs ? before.lookMs : lookMs;
  return dueMs === undefined ? {} : { lookMs: dueMs };
}

function stepFrom(firstMs: number, recurrence: readonly string[], nowMs: number): number | undefined {
  if (firstMs > nowMs) return firstMs;
  const rule = recurrence.find((line) => line.startsWith('RRULE:')) ?? '';
  const [, frequency = ''] = /FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)/.exec(rule) ?? [];
  const every = Number(/INTERVAL=(\d{1,4})(?!\d)/.exec(rule)?.[1] ?? 1) || 1;
  if (frequency === 'DAILY' || frequency === 'WEEKLY') {
    const stepMs = every * (frequency === 'DAILY' ? 1 : 7) * DAY_MS;
    return firstMs + Math.ceil((nowMs + 1 - firstMs) / stepMs) * stepMs;
  }
  // A month at least, and the day may not be there: by the month it is looked at on some day near it.
  const stepMs = every * (frequency === 'MONTHLY' ? 30 : 365) * DAY_MS;
  return frequency === '' ? undefined : firstMs + Math.ceil((nowMs + 1 - firstMs) / stepMs) * stepMs;
}
