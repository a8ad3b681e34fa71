/**
 * The net under every simulated service: a member we do not imitate throws `NotSimulated: <Service.member>`.
 *
 * Differs from Google, where a misspelt member is `undefined`: here a misspelling and a gap of the sandbox look alike,
 * and both are loud. The host is told as well, so that a script that catches everything cannot hide it.
 */
import { call, errorNamed } from './host';

/** Asked by the language itself, never by a person. */
const PROBED_BY_LANGUAGE = new Set<PropertyKey>(['toJSON', 'then']);

function notSimulated(what: string): Error {
  call('host.notSimulated', what);
  return errorNamed(
    'NotSimulated',
    `NotSimulated: ${what}. The sandbox imitates only what docs/platform-facts.md lists.`,
  );
}

/** `members` behind the net. `name` is how the documentation names the class. */
export function simulated<T extends object>(name: string, members: T): T {
  if (Object.getOwnPropertyDescriptor(members, 'toString') === undefined) {
    Object.defineProperty(members, 'toString', { value: () => name, enumerable: false });
  }
  return new Proxy(members, {
    get(target, member) {
      if (member in target || typeof member === 'symbol' || PROBED_BY_LANGUAGE.has(member)) {
        return Reflect.get(target, member);
      }
      throw notSimulated(`${name}.${member}`);
    },
  });
}

/** One net for all of them; the object behind it only carries the name. */
const REFUSE_ALL: ProxyHandler<{ global: string }> = {
  get: ({ global }, member) => (typeof member === 'symbol' ? undefined : refuse(global, member)),
  set: ({ global }, member) => refuse(global, member),
  has: ({ global }, member) => refuse(global, member),
};

function refuse(global: string, member: PropertyKey): never {
  throw notSimulated(`${global}.${String(member)}`);
}

/** A Google global of which nothing is simulated: touching any member throws. */
export function unsimulated(global: string): object {
  return new Proxy({ global }, REFUSE_ALL);
}
