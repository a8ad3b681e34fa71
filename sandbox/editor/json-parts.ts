/** Walks through JSON. */
import type { Json, JsonObject } from '../world/json';

/** Every object in it, itself first. */
export function* partsOf(value: Json): Generator<JsonObject> {
  if (Array.isArray(value)) for (const one of value) yield* partsOf(one);
  else if (typeof value === 'object' && value !== null) {
    yield value;
    for (const one of Object.values(value)) yield* partsOf(one as Json);
  }
}
