/**
 * PropertiesService. Values become text by String(); the host keeps them and knows the limits.
 * Source: developers.google.com/apps-script/reference/properties
 */
import { call, mismatch } from './host';
import { simulated } from './net';

type Store = GoogleAppsScript.Properties.Properties;

function store(name: 'script' | 'user'): Store {
  const on = <T = void>(method: string, ...args: unknown[]): T => call<T>(`properties.${method}`, name, ...args);
  const missing = (args: ArrayLike<unknown>, wanted: number, method: string): void => {
    for (let i = 0; i < wanted; i++) {
      if (args[i] === undefined || args[i] === null) throw mismatch(`PropertiesService.Properties.${method}`, args);
    }
  };
  const self: Store = simulated<Store>('Properties', {
    getProperty(...args: [key: string]) {
      missing(args, 1, 'getProperty');
      return on<string | null>('getProperty', String(args[0]));
    },
    getProperties: () => on<{ [key: string]: string }>('getProperties'),
    getKeys: () => on<string[]>('getKeys'),
    setProperty(...args: [key: string, value: string]) {
      missing(args, 2, 'setProperty');
      on('setProperty', String(args[0]), String(args[1]));
      return self;
    },
    setProperties(...args: [values: { [key: string]: string }, deleteAllOthers?: boolean]) {
      missing(args, 1, 'setProperties');
      if (typeof args[0] !== 'object') throw mismatch('PropertiesService.Properties.setProperties', args);
      const texts: Record<string, string> = {};
      for (const key of Object.keys(args[0])) texts[key] = String(args[0][key]);
      on('setProperties', texts, args[1] === true);
      return self;
    },
    deleteProperty(...args: [key: string]) {
      missing(args, 1, 'deleteProperty');
      on('deleteProperty', String(args[0]));
      return self;
    },
    deleteAllProperties() {
      on('deleteAllProperties');
      return self;
    },
  });
  return self;
}

export function propertiesService(): GoogleAppsScript.Properties.PropertiesService {
  return simulated<GoogleAppsScript.Properties.PropertiesService>('PropertiesService', {
    getUserProperties: () => store('user'),
    getScriptProperties: () => store('script'),
    // A standalone script has no document. The published type says it cannot be null; the platform says null.
    getDocumentProperties: () => null as unknown as Store,
  });
}
