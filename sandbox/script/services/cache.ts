/**
 * CacheService: text that may vanish early. Over 1,000 items the 900 that live longest stay (reference).
 */
import type { Json } from '../../world/json';
import { ScriptException } from '../exceptions';
import {
  CACHE_ITEMS_AFTER_EVICTION,
  DEFAULT_CACHE_SECONDS,
  MAX_CACHE_ITEMS,
  MAX_CACHE_KEY_CHARS,
  MAX_CACHE_SECONDS,
  MAX_CACHE_VALUE_BYTES,
} from '../limits';
import type { Caller, Service } from '../service';

interface Entry {
  value: string;
  expiresMs: number;
}

function storeOf(execution: Caller, scope: Json | undefined): string {
  const { scriptId } = execution.runtime.addOn;
  return `script.cache/${scriptId}/${scope === 'user' ? `user/${execution.user}` : 'script'}`;
}

function read(execution: Caller, store: string, key: string): string | undefined {
  const entry = execution.runtime.records.get<Entry>(store, key);
  return entry !== undefined && entry.expiresMs > execution.runtime.clock.nowMs() ? entry.value : undefined;
}

function evict(execution: Caller, store: string): void {
  const { records } = execution.runtime;
  if (records.count(store) <= MAX_CACHE_ITEMS) return;
  const byLife = [...records.entries<Entry>(store)].sort(([, a], [, b]) => b.expiresMs - a.expiresMs);
  for (const [key] of byLife.slice(CACHE_ITEMS_AFTER_EVICTION)) records.remove(store, key);
}

function putAll(execution: Caller, args: Json[]): undefined {
  const store = storeOf(execution, args[0]);
  const values = args[1] as Record<string, string>;
  const seconds = (args[2] as number | null) ?? DEFAULT_CACHE_SECONDS;
  if (!(seconds >= 1 && seconds <= MAX_CACHE_SECONDS)) {
    throw new ScriptException(`Argument is out of range: expirationInSeconds, 1 to ${MAX_CACHE_SECONDS}`);
  }
  for (const [key, value] of Object.entries(values)) {
    if (key.length > MAX_CACHE_KEY_CHARS) throw new ScriptException('Argument too large: key');
    if (Buffer.byteLength(value) > MAX_CACHE_VALUE_BYTES) throw new ScriptException('Argument too large: value');
  }
  const expiresMs = execution.runtime.clock.nowMs() + seconds * 1000;
  for (const [key, value] of Object.entries(values)) execution.runtime.records.put(store, key, { value, expiresMs });
  evict(execution, store);
  return undefined;
}

export const cacheService: Service = {
  'cache.get': {
    api: 'CacheService.get',
    run: (execution, args) => read(execution, storeOf(execution, args[0]), args[1] as string) ?? null,
    note: (_args, answer) => (answer === null ? 'miss' : 'hit'),
  },
  'cache.getAll': {
    api: 'CacheService.getAll',
    run(execution, args) {
      const store = storeOf(execution, args[0]);
      const found = (args[1] as string[]).map((key) => [key, read(execution, store, key)] as const);
      return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as Record<string, string>;
    },
  },
  'cache.putAll': { api: 'CacheService.put', run: putAll },
  'cache.removeAll': {
    api: 'CacheService.remove',
    run(execution, args) {
      const store = storeOf(execution, args[0]);
      for (const key of args[1] as string[]) execution.runtime.records.remove(store, key);
      return undefined;
    },
  },
};
