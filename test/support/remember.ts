/** Puts bindings into the store of a world, as earlier passes may have left them there. */
import type { Binding } from '../../src/core/binding';
import { LedgerShards } from '../../src/sync/shards';
import { calendarKey } from '../../src/sync/sync-tokens';
import { bindingOf, CALENDAR_ID } from './core-world';
import type { FakeStore } from './fake-store';

export function remember(store: FakeStore, ...bindings: Array<Partial<Binding>>): void {
  const shards = new LedgerShards(store.readAll());
  for (const over of bindings) shards.ledger.put(bindingOf({ calendar: calendarKey(CALENDAR_ID), ...over }));
  store.write(shards.takeEntries());
}
