/** Puts bindings into the store of a world, as earlier passes may have left them there. */
import type { Binding } from '../../src/core/binding';
import { MEMORY_KEY } from '../../src/sync/memory';
import { LedgerShards } from '../../src/sync/shards';
import { calendarKey } from '../../src/sync/sync-tokens';
import { bindingOf, CALENDAR_ID } from './core-world';
import type { FakeStore } from './fake-store';

export function remember(store: FakeStore, ...bindings: Array<Partial<Binding>>): void {
  const shards = new LedgerShards(store.readAll());
  for (const over of bindings) shards.ledger.put(bindingOf({ calendar: calendarKey(CALENDAR_ID), ...over }));
  // As an earlier version may have left them: without a word of how much there is.
  store.write({ ...shards.takeEntries(), [MEMORY_KEY]: '' });
}
