/** The store as one card needs it: read once, and anew after a write. */
import type { SyncDeps } from './deps';

export function readOnce(deps: SyncDeps): SyncDeps {
  let entries: Record<string, string> | undefined;
  const { store } = deps;
  return {
    ...deps,
    store: {
      readAll: () => {
        entries ??= store.readAll();
        return entries;
      },
      write: (changes) => {
        entries = undefined;
        store.write(changes);
      },
      remove: (key) => store.remove(key),
    },
  };
}
