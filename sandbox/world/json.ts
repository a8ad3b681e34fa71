/** What crosses a boundary of the sandbox (store, wire, script context): plain JSON, never a live object. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A deep copy through JSON, as every boundary of the real Google makes one. */
export function copyJson<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
