/**
 * Reconcile: compares the ledger with a full list.
 *
 * A bound event that the list does not show is looked at again, one by one, before anything is concluded. An empty list
 * proves nothing at all: then the looks wait an hour, for the glitch to pass.
 */
import { newToDo } from '../core/binding';
import type { DiffContext } from '../core/diff';
import type { Ledger } from '../core/ledger';
import { HOUR_MS } from '../core/policies';
import type { Row } from '../core/row';

export function reconcile(rows: readonly Row[], ledger: Ledger, context: DiffContext): void {
  const listed = new Set(rows.map((row) => row.id));
  const dueMs = context.nowMs + (rows.length === 0 ? HOUR_MS : 0);
  for (const binding of ledger.all()) {
    const expected = binding.state === 'live' || binding.state === 'broken';
    if (binding.calendar !== context.calendar || binding.series !== undefined || !expected) continue;
    if (!listed.has(binding.eventId)) ledger.put({ ...binding, todo: newToDo('settle', context.nowMs, dueMs) });
  }
}
