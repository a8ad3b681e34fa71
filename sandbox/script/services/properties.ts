/**
 * PropertiesService: text under keys, per user or per script; limits and refusals of the platform.
 *
 * A property is a record of its own, so that a journal writes only what changed. There are no transactions.
 * Wording of the overflows: observed. Whether setProperties of k keys counts as one operation or k is unknown; here one.
 */
import type { Json } from '../../world/json';
import type { Records } from '../../world/records';
import { ScriptException } from '../exceptions';
import { MAX_PROPERTY_STORE_BYTES } from '../limits';
import type { Caller, Service } from '../service';

export class PropertyStores {
  private readonly sizes = new Map<string, number>();

  constructor(
    private readonly records: Records,
    private readonly scriptId: string,
  ) {}

  userStore(user: string): string {
    return `script.properties/${this.scriptId}/user/${user}`;
  }

  scriptStore(): string {
    return `script.properties/${this.scriptId}/script`;
  }

  /** The records were moved. */
  forgetSizes(): void {
    this.sizes.clear();
  }

  get(store: string, key: string): string | null {
    return this.records.get<string>(store, key) ?? null;
  }

  all(store: string): Record<string, string> {
    return Object.fromEntries(this.records.entries<string>(store));
  }

  /** Bytes of keys and values. */
  sizeBytes(store: string): number {
    let size = this.sizes.get(store);
    if (size === undefined) {
      size = 0;
      for (const [key, value] of this.records.entries<string>(store)) size += bytes(key) + bytes(value);
      this.sizes.set(store, size);
    }
    return size;
  }

  /** Writes all or, where the store would overflow, none. */
  set(store: string, values: Record<string, string>, maxValueBytes: number): void {
    let size = this.sizeBytes(store);
    for (const [key, value] of Object.entries(values)) {
      if (bytes(value) > maxValueBytes) throw new ScriptException('Argument too large: value');
      const had = this.records.get<string>(store, key);
      size += bytes(value) + (had === undefined ? bytes(key) : -bytes(had));
    }
    if (size > MAX_PROPERTY_STORE_BYTES) {
      throw new ScriptException(
        'You have exceeded the property storage quota. Please remove some properties and try again.',
      );
    }
    for (const [key, value] of Object.entries(values)) this.records.put(store, key, value);
    this.sizes.set(store, size);
  }

  remove(store: string, keys: Iterable<string>): void {
    let size = this.sizeBytes(store);
    for (const key of keys) {
      const had = this.records.get<string>(store, key);
      if (had === undefined) continue;
      size -= bytes(key) + bytes(had);
      this.records.remove(store, key);
    }
    this.sizes.set(store, size);
  }
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

/** Which key, or how many: those that were given, or those that were found. Never a value. */
function keysNote(args: Json[], answer: Json | undefined): string {
  const given = args[1] ?? answer;
  if (typeof given === 'string') return given;
  const count = Object.keys((given ?? {}) as object).length;
  return `${count} ${count === 1 ? 'key' : 'keys'}`;
}

export function propertiesService(stores: PropertyStores): Service {
  const storeOf = (execution: Caller, args: Json[]): string =>
    args[0] === 'user' ? stores.userStore(execution.user) : stores.scriptStore();
  const method = (
    name: string,
    run: (store: string, args: Json[], execution: Caller) => Json | undefined,
  ): Service => ({
    [`properties.${name}`]: {
      api: `PropertiesService.${name}`,
      run(execution, args) {
        execution.runtime.quotas.use(execution.user, 'propertyOperations');
        return run(storeOf(execution, args), args, execution);
      },
      note: (args, answer) => `${args[0]} ${keysNote(args, answer)}`,
    },
  });
  const write = (store: string, values: Record<string, string>, execution: Caller): void =>
    stores.set(store, values, execution.runtime.switches.propertyValueLimitBytes);
  return {
    ...method('getProperty', (store, [, key]) => stores.get(store, key as string)),
    ...method('getProperties', (store) => stores.all(store)),
    ...method('getKeys', (store) => Object.keys(stores.all(store))),
    ...method('setProperty', (store, [, key, value], execution) => {
      write(store, { [key as string]: value as string }, execution);
    }),
    ...method('setProperties', (store, [, values, deleteOthers], execution) => {
      const kept = values as Record<string, string>;
      if (deleteOthers === true)
        stores.remove(
          store,
          Object.keys(stores.all(store)).filter((key) => !(key in kept)),
        );
      write(store, kept, execution);
    }),
    ...method('deleteProperty', (store, [, key]) => stores.remove(store, [key as string]) as undefined),
    ...method('deleteAllProperties', (store) => stores.remove(store, Object.keys(stores.all(store))) as undefined),
  };
}
