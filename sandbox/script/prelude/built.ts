/**
 * Remembers, for each object a builder of Google's made, its form in Google's JSON. The host gets this form back when a
 * function returns such an object; a script sees only what Google lets it see.
 */
export type Shape = { [key: string]: unknown };

const shapes = new WeakMap<object, unknown>();

export function remember<T extends object>(object: T, shape: unknown): T {
  shapes.set(object, shape);
  return object;
}

/** The JSON form of a built object, or undefined for any other. */
export function shapeOf(object: unknown): unknown {
  return typeof object === 'object' && object !== null ? shapes.get(object) : undefined;
}

/** Any value as JSON text, built objects in their JSON form; undefined becomes null. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) => shapeOf(part) ?? part) ?? 'null';
}

/** The list under a field of a shape, made when it is first asked for. */
export function listIn<T = string>(shape: Shape, field: string): T[] {
  if (shape[field] === undefined) shape[field] = [];
  return shape[field] as T[];
}
