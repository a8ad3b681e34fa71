/**
 * Account: whose grant a conference was made with, as far as that is known. Held as one character of a short list; what it
 * stands for is a digest, never an address.
 *
 * A provider that does not know a conference says nothing of it to an account that did not make it: it is held, and asked
 * about again once another account is connected.
 */
import type { Binding } from './binding';
import { newToDo } from './binding';
import { UNKNOWN } from './fingerprint';

/**
 * Mark: stands for an account. A digest of the provider's own name of it; where the provider does not say whose the grant is,
 * a word of the grant's own behind `?`, so that one grant is at least known to be itself.
 */
export type AccountMark = string;

/**
 * `same`: the provider is asked as the account that made the conference, or every account would do. `another`: certainly not.
 * `untold`: nobody knows.
 */
export type Whose = 'same' | 'another' | 'untold';

/** What stands for an account without a mark. */
export const NO_MARK = '-';

export function isNamed(mark: AccountMark): boolean {
  return !mark.startsWith('?');
}

/** What the list of accounts says of two of its characters. */
export function compareAccounts(
  made: string | undefined,
  now: string | undefined,
  markOf: (character: string) => AccountMark | undefined,
): Whose {
  if (made === undefined || now === undefined) return 'untold';
  if (made === now) return 'same';
  const marks = [markOf(made), markOf(now)];
  return marks.every((mark) => mark !== undefined && isNamed(mark)) ? 'another' : 'untold';
}

/** It is not tried again before another account is connected, or a person asks for it. */
export function heldForAccount(binding: Binding, asked: string | undefined, nowMs: number): Binding {
  const todo = binding.todo ?? newToDo('deliver', nowMs);
  return {
    ...binding,
    unknownTo: asked ?? NO_MARK,
    todo: { ...todo, attempts: todo.attempts + 1, parked: true, missed: true, notBeforeMs: nowMs },
  };
}

/** Another account is connected: what the one before did not know is asked for once more. */
export function releasedForAccount(binding: Binding, nowMs: number): Binding {
  const { unknownTo: _asked, ...rest } = binding;
  const isOver = rest.endsMs !== 0 && rest.endsMs <= nowMs;
  if (rest.state === 'broken') {
    return isOver ? rest : { ...rest, state: 'live', delivered: UNKNOWN, todo: newToDo('deliver', nowMs) };
  }
  const { todo } = rest;
  if (todo === undefined) return rest;
  return { ...rest, todo: { ...todo, attempts: 0, parked: false, missed: false, notBeforeMs: nowMs } };
}
