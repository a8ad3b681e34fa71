/**
 * CacheService. Source: developers.google.com/apps-script/reference/cache
 */
import { call, mismatch } from './host';
import { simulated } from './net';

type Cache = GoogleAppsScript.Cache.Cache;

function cache(scope: 'script' | 'user'): Cache {
  const on = <T = void>(method: string, ...args: unknown[]): T => call<T>(`cache.${method}`, scope, ...args);
  return simulated<Cache>('Cache', {
    get(...args: [key: string]) {
      if (args[0] === undefined || args[0] === null) throw mismatch('CacheService.Cache.get', args);
      return on<string | null>('get', String(args[0]));
    },
    getAll: (keys: string[]) => on<Record<string, string>>('getAll', keys.map(String)),
    put(...args: [key: string, value: string, expirationInSeconds?: number]) {
      const [key, value, seconds] = args;
      if (key === undefined || value === undefined || value === null) throw mismatch('CacheService.Cache.put', args);
      on('putAll', { [String(key)]: String(value) }, seconds ?? null);
    },
    putAll(values: Record<string, unknown>, seconds?: number) {
      const texts: Record<string, string> = {};
      for (const key of Object.keys(values)) texts[key] = String(values[key]);
      on('putAll', texts, seconds ?? null);
    },
    remove: (key: string) => on('removeAll', [String(key)]),
    removeAll: (keys: string[]) => on('removeAll', keys.map(String)),
  });
}

export function cacheService(): GoogleAppsScript.Cache.CacheService {
  return simulated<GoogleAppsScript.Cache.CacheService>('CacheService', {
    getUserCache: () => cache('user'),
    getScriptCache: () => cache('script'),
    getDocumentCache: () => null,
  });
}
