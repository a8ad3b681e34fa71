/**
 * Reconcile: compares the ledger with a full list.
 *
 * A bound event that the list does not show is looked at again, one by one, before anything is concluded. An empty list
 * proves nothing at all: then the looks wait an hour, for the glitch to pass. Of a list that is read in parts nothing is
 * concluded before the last one; until then a binding that no part has shown is marked as unlisted.
 */
import type { Binding } from '../core/binding';
import { newToDo } from '../core/binding';
import type { DiffContext } from '../core/diff';
import type { Ledger } from '../core/ledger';
import { HOUR_MS } from '../core/policies';
import type { Delta } from './read-delta';

export function reconcile(
  { rows, isFirst, isEmpty, goesOn }: Pick<Delta, 'rows' | 'isFirst' | 'isEmpty' | 'goesOn'>,
  ledger: Ledger,
  context: DiffContext,
): void {
  const listed = new Set(rows.map((row) => row.id));
  const dueMs = context.nowMs + (isEmpty ? HOUR_MS : 0);
  for (const binding of ledger.all()) {
    const expected = binding.state === 'live' || binding.state === 'broken';
    if (binding.calendar !== context.calendar || binding.series !== undefined || !expected) continue;
    const isMissing = !listed.has(binding.eventId) && (isFirst || binding.unlisted === true);
    if (goesOn !== undefined) mark(binding, isMissing, ledger);
    else if (isMissing) ledger.put({ ...marked(binding, false), todo: newToDo('settle', context.nowMs, dueMs) });
    else mark(binding, false, ledger);
  }
}

function mark(binding: Binding, isUnlisted: boolean, ledger: Ledger): void {
  if ((binding.unlisted === true) !== isUnlisted) ledger.put(marked(binding, isUnlisted));
}

function marked({ unlisted: _before, ...rest }: Binding, isUnlisted: boolean): Binding {
  return isUnlisted ? { ...rest, unlisted: true } : rest;
}
