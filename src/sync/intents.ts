/**
 * Intents: written before a create, each under a key of its own, so that create needs no lock.
 *
 * An intent without a conference id was cut short and is resolved by the sweep; one with an id is a pending binding
 * that the next pass takes into the ledger. '' marks an intent that is done with (a write can do that, a delete cannot
 * be part of one).
 */
import type { Binding } from '../core/binding';
import { newToDo } from '../core/binding';
import { wholeMinute } from '../core/plan';
import { HOUR_MS, type Policies } from '../core/policies';
import { calendarKey } from './sync-tokens';

export const INTENT_PREFIX = 'lockstep.intent.';

export interface Intent {
  /** The idempotency key of the create, and the end of the property's key. */
  word: string;
  calendarId: string;
  eventId: string;
  solution: string;
  /** Epoch milliseconds. */
  bornMs: number;
  /** Whose grant it was begun with (AccountMark); absent where that is nobody's in particular, or not known. */
  account?: string;
  /** The person was told that there is no conference: whatever there is of it, nobody has its link. */
  failed?: true;
  /** The provider's id, once it has answered. */
  conference?: string;
}

export function intentEntry(intent: Intent): Record<string, string> {
  const { word, ...rest } = intent;
  return { [INTENT_PREFIX + word]: JSON.stringify(rest) };
}

export function doneEntry(word: string): Record<string, string> {
  return { [INTENT_PREFIX + word]: '' };
}

export function readIntents(entries: Readonly<Record<string, string>>): Intent[] {
  const intents: Intent[] = [];
  for (const [key, text] of Object.entries(entries)) {
    if (!key.startsWith(INTENT_PREFIX)) continue;
    try {
      intents.push({ ...(JSON.parse(text) as Omit<Intent, 'word'>), word: key.slice(INTENT_PREFIX.length) });
    } catch {
      // Done with, or cut off by the platform: it cannot be acted on, and does no harm.
    }
  }
  return intents;
}

/** The pending binding of an answered intent; it is settled if its event has not shown it in time. */
export function pendingBinding(intent: Intent & { conference: string }, policies: Policies): Binding {
  return {
    calendar: calendarKey(intent.calendarId),
    eventId: intent.eventId,
    solution: intent.solution,
    conference: intent.conference,
    state: 'pending',
    delivered: '',
    endsMs: 0,
    bornMs: wholeMinute(intent.bornMs),
    guest: false,
    todo: newToDo('settle', intent.bornMs, intent.bornMs + (intent.failed ? 0 : policies.unsavedHours) * HOUR_MS),
  };
}
