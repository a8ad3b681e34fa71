/** Creates that were killed before they could answer anybody: they left no word that they failed. */
import { INTENT_PREFIX } from '../../src/sync/intents';
import type { SyncWorld } from './sync-world';

export function asKilled(world: SyncWorld): void {
  for (const key of world.store.withPrefix(INTENT_PREFIX)) {
    const { failed: _answered, ...intent } = JSON.parse(world.store.entries.get(key) || '{}') as Record<
      string,
      unknown
    >;
    if (intent.solution !== undefined) world.store.entries.set(key, JSON.stringify(intent));
  }
}
