/**
 * What all card builders share: fluent setters over a piece of card JSON (google.apps.card.v1).
 * Source: developers.google.com/apps-script/reference/card-service
 */
import { asJson, listIn, remember, type Shape, shapeOf } from './built';
import { exception } from './host';
import { simulated } from './net';

type Arguments<F> = F extends (...args: infer A) => unknown ? A : never;
/** For each setter of T, what it does to the JSON. The compiler checks that T has such a setter and takes such values. */
export type Setters<T> = { [K in keyof T]?: (shape: Shape, ...args: Arguments<T[K]>) => void };

/**
 * A builder object with these setters.
 * @param wrap the name under which the JSON stands in its parent, as in `{textParagraph: {...}}`; '' for none.
 */
export function fluent<T extends object>(name: string, wrap: string, setters: Setters<T>, members?: object): T {
  const shape: Shape = {};
  const made: Record<string, unknown> = { ...members };
  for (const method of Object.keys(setters)) {
    const set = setters[method as keyof T] as unknown as (shape: Shape, ...args: unknown[]) => void;
    made[method] = (...args: unknown[]) => {
      set(shape, ...args);
      return self;
    };
  }
  const self: object = simulated(name, made);
  return remember(self, wrap === '' ? shape : { [wrap]: shape }) as T;
}

/** A builder whose build() makes an object that can print itself. */
export function buildable<B extends object>(
  name: string,
  setters: Setters<Omit<B, 'build'>>,
  finish: (shape: Shape) => Shape = (shape) => shape,
): B {
  const self: B = fluent<B>(`${name}Builder`, '', setters as Setters<B>, {
    build: () => {
      const shape = finish(JSON.parse(asJson(self)) as Shape);
      return remember(simulated(name, { printJson: () => asJson(shape) }), shape);
    },
  });
  return self;
}

/** Stores text under a field. */
export function text(field: string) {
  return (shape: Shape, value: string): void => {
    if (typeof value !== 'string') throw exception(`Invalid argument: ${field}`);
    shape[field] = value;
  };
}

export function flag(field: string) {
  return (shape: Shape, value: boolean): void => {
    shape[field] = value;
  };
}

export function count(field: string) {
  return (shape: Shape, value: number): void => {
    if (typeof value !== 'number') throw exception(`Invalid argument: ${field}`);
    shape[field] = value;
  };
}

/** Stores an enum value's name. */
export function named(field: string) {
  return (shape: Shape, value: unknown): void => {
    shape[field] = String(value);
  };
}

/** The JSON of another builder's object; throws for anything else. */
export function part(value: unknown, argument: string): Shape {
  const given = shapeOf(value) as Shape | undefined;
  if (given === undefined) throw exception(`Invalid argument: ${argument}`);
  return given;
}

/** Stores another builder's JSON, taken out of its wrapper if it has one of this name. */
export function child(field: string, wrapper = '') {
  return (shape: Shape, value: unknown): void => {
    const given = part(value, field);
    shape[field] = wrapper === '' ? given : given[wrapper];
  };
}

/** Appends another builder's JSON to a list with an upper bound. */
export function element(field: string, max = Number.POSITIVE_INFINITY, wrapper = '') {
  return (shape: Shape, value: unknown): void => {
    const list = listIn<unknown>(shape, field);
    if (list.length >= max) throw exception(`Too many ${field}: at most ${max} are allowed.`);
    const given = part(value, field);
    list.push(wrapper === '' ? given : given[wrapper]);
  };
}

/** The click handlers that buttons, images and decorated texts have in common. */
export const clicks = {
  setOnClickAction(shape: Shape, action: unknown) {
    shape.onClick = { action: part(action, 'action') };
  },
  setOnClickOpenLinkAction(shape: Shape, action: unknown) {
    shape.onClick = { openDynamicLinkAction: part(action, 'action') };
  },
  setOpenLink(shape: Shape, link: unknown) {
    shape.onClick = { openLink: part(link, 'openLink') };
  },
  setAuthorizationAction(shape: Shape, action: unknown) {
    shape.onClick = { authorizationAction: part(action, 'authorizationAction') };
  },
};
