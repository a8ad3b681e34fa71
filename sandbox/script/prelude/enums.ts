/**
 * Enumerations as Apps Script has them under V8: objects that print and serialise as their name.
 * Source: developers.google.com/apps-script/guides/v8-runtime/migration (enums stringify to names).
 */
import { exception } from './host';
import { simulated } from './net';

/** Under symbols, so that a script that looks at a value's members finds none. */
const NAME = Symbol('name');
const ORDINAL = Symbol('ordinal');

interface EnumValue {
  readonly [NAME]: string;
  readonly [ORDINAL]: number;
}

/** What every value can do; made once, because a script meets many values and asks few. */
const behaviour = {
  name(this: EnumValue): string {
    return this[NAME];
  },
  toString(this: EnumValue): string {
    return this[NAME];
  },
  toJSON(this: EnumValue): string {
    return this[NAME];
  },
  ordinal(this: EnumValue): number {
    return this[ORDINAL];
  },
  compareTo(this: EnumValue, other: EnumValue): number {
    return this[ORDINAL] - other[ORDINAL];
  },
};

/** @typeParam E the type of the enumeration in the published types, e.g. `typeof GoogleAppsScript.Script.AuthMode`. */
export function enumeration<E>(name: string, members: ReadonlyArray<keyof E & string>): E {
  const values: Record<string, EnumValue> = {};
  members.forEach((member, ordinal) => {
    values[member] = Object.freeze({ __proto__: behaviour, [NAME]: member, [ORDINAL]: ordinal }) as EnumValue;
  });
  return simulated(name, values) as unknown as E;
}

/** An object whose members are made when they are first read: an execution reads few enumerations. */
export function whenRead<T extends object>(makers: { [K in keyof T]: () => T[K] }): T {
  const members = {} as T;
  for (const name of Object.keys(makers) as Array<keyof T>) {
    const get = () => {
      const value = makers[name]();
      Object.defineProperty(members, name, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(members, name, { get, enumerable: true, configurable: true });
  }
  return members;
}

/** The name of a member of `members`; anything else (a bare string too) is refused. */
export function nameIn<E extends object>(members: E, value: unknown, argument: string): string {
  const name = String(value);
  if (Object.keys(members).includes(name) && (members as Record<string, unknown>)[name] === value) return name;
  throw exception(`Invalid argument: ${argument}`);
}
