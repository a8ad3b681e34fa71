/**
 * Enumerations as Apps Script has them under V8: objects that print and serialise as their name.
 * Source: developers.google.com/apps-script/guides/v8-runtime/migration (enums stringify to names).
 */
import { exception } from './host';
import { simulated } from './net';

interface EnumValue {
  name(): string;
  ordinal(): number;
  compareTo(other: EnumValue): number;
}

/** @typeParam E the type of the enumeration in the published types, e.g. `typeof GoogleAppsScript.Script.AuthMode`. */
export function enumeration<E>(name: string, members: ReadonlyArray<keyof E & string>): E {
  const values: Record<string, EnumValue> = {};
  members.forEach((member, ordinal) => {
    values[member] = Object.freeze({
      name: () => member,
      toString: () => member,
      toJSON: () => member,
      ordinal: () => ordinal,
      compareTo: (other: EnumValue) => ordinal - other.ordinal(),
    });
  });
  return simulated(name, values) as unknown as E;
}

/** The name of a member of `members`; anything else (a bare string too) is refused. */
export function nameIn<E extends object>(members: E, value: unknown, argument: string): string {
  const name = String(value);
  if (Object.keys(members).includes(name) && (members as Record<string, unknown>)[name] === value) return name;
  throw exception(`Invalid argument: ${argument}`);
}
