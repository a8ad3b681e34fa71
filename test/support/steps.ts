/** How much work a piece of code does with dates: every look at one that it takes, counted. */
export function datesAskedIn(act: () => void): number {
  let asked = 0;
  const proto = Date.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const names = Object.getOwnPropertyNames(proto).filter((name) => /^(get|to)/.test(name));
  const real = names.map((name) => [name, proto[name] as (...args: unknown[]) => unknown] as const);
  try {
    for (const [name, method] of real) {
      proto[name] = function (this: Date, ...args: unknown[]) {
        asked++;
        return method.apply(this, args);
      };
    }
    act();
  } finally {
    for (const [name, method] of real) proto[name] = method;
  }
  return asked;
}
