/**
 * Date whose local time is a given zone, whatever the zone of this process.
 *
 * Does not know: how Apps Script resolves local times that a clock change skips or repeats; here the offset after the
 * change is tried first, as ECMAScript asks for the offset before it for skipped times.
 */
const MINUTE_MS = 60_000;
const FIELDS = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
const SETTERS = ['setFullYear', 'setMonth', 'setDate', 'setHours', 'setMinutes', 'setSeconds'];
type Methods = Record<string, (...args: number[]) => number>;

/**
 * The replacement for `Real`: same prototype chain for `instanceof`, now and local time taken over; the methods for local
 * time when the first date is made, because that takes long and most executions make none.
 */
export function zonedDate(Real: DateConstructor, timeZone: string, nowMs: () => number): DateConstructor {
  const zone = offsets(Real, timeZone);
  let isLocal = false;
  const localise = (): void => {
    if (isLocal) return;
    isLocal = true;
    takeOverLocalMethods(Real, zone);
    takeOverLocaleText(Real, timeZone);
  };
  const fromLocal = (fields: number[]): number => zone.toUtc(Real.UTC(...(fields as [number, number])));
  const Zoned = function (this: unknown, ...args: unknown[]): unknown {
    localise();
    if (new.target === undefined) return new (Zoned as unknown as DateConstructor)().toString();
    return Reflect.construct(Real, [instant(args)], new.target);
  };
  const instant = (args: unknown[]): unknown => {
    if (args.length === 0) return nowMs();
    if (args.length > 1) return fromLocal(args.map(Number));
    const only = args[0];
    return typeof only === 'string' ? parse(only) : only;
  };
  const parse = (text: string): number => {
    const at = Real.parse(text);
    if (Number.isNaN(at) || /^\d{4}(-\d\d){0,2}$|Z$|[+-]\d\d:?\d\d$|GMT|UTC/.test(text.trim())) return at;
    return zone.toUtc(Real.parse(`${text.trim()} UTC`) || Real.parse(`${text.trim()}Z`));
  };
  Zoned.prototype = Real.prototype;
  Zoned.now = nowMs;
  Zoned.parse = parse;
  Zoned.UTC = Real.UTC;
  Object.defineProperty(Zoned, 'name', { value: 'Date' });
  Real.prototype.constructor = Zoned;
  return Zoned as unknown as DateConstructor;
}

interface Zone {
  /** Local minus UTC at an instant. */
  offsetMs(atMs: number): number;
  /** The instant of a local time given as if it were UTC. */
  toUtc(localMs: number): number;
  name(atMs: number): string;
}

function offsets(Real: DateConstructor, timeZone: string): Zone {
  let format: Intl.DateTimeFormat | undefined;
  const offsetMs = (atMs: number): number => {
    if (timeZone === 'UTC' || Number.isNaN(atMs)) return 0;
    format ??= new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
    const local = Real.UTC(part.year!, part.month! - 1, part.day!, part.hour, part.minute, part.second);
    return local - Math.floor(atMs / 1000) * 1000;
  };
  return {
    offsetMs,
    toUtc(localMs) {
      const guess = localMs - offsetMs(localMs);
      return localMs - offsetMs(guess);
    },
    name: (atMs) =>
      new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'long' })
        .formatToParts(atMs)
        .find((part) => part.type === 'timeZoneName')!.value,
  };
}

function takeOverLocalMethods(Real: DateConstructor, zone: Zone): void {
  const prototype = Real.prototype as unknown as Methods & Date;
  const instantOf = Real.prototype.getTime;
  const setTime = Real.prototype.setTime;
  const local = (date: Date): Methods & Date => {
    const at = instantOf.call(date);
    return new Real(at + zone.offsetMs(at)) as Methods & Date;
  };
  const define = (name: string, value: (this: Date, ...args: never[]) => unknown): void => {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  };
  for (const field of [...FIELDS, 'Day']) {
    const utc = prototype[`getUTC${field}`] as () => number;
    define(`get${field}`, function () {
      return utc.call(local(this));
    });
  }
  for (const name of SETTERS) {
    const utc = prototype[name.replace('set', 'setUTC')] as (...args: number[]) => number;
    define(name, function (...args: number[]) {
      const shifted = local(this);
      return setTime.call(this, zone.toUtc(utc.apply(shifted, args)));
    });
  }
  define('getTimezoneOffset', function () {
    return -zone.offsetMs(instantOf.call(this)) / MINUTE_MS;
  });
  takeOverText(define, local, zone, instantOf);
}

function takeOverLocaleText(Real: DateConstructor, timeZone: string): void {
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const) {
    const inZone = Real.prototype[name] as (locales?: string, options?: object) => string;
    Real.prototype[name] = function (this: Date, locales?: unknown, options?: object) {
      return inZone.call(this, locales as string, { timeZone, ...options });
    };
  }
}

function takeOverText(
  define: (name: string, value: (this: Date, ...args: never[]) => unknown) => void,
  local: (date: Date) => Date,
  zone: Zone,
  instantOf: () => number,
): void {
  const day = (date: Date): string =>
    local(date)
      .toUTCString()
      .replace(/^(\w+), (\d+) (\w+) (-?\d+).*$/, '$1 $3 $2 $4');
  const time = (date: Date): string => {
    const at = instantOf.call(date);
    const minutes = Math.abs(zone.offsetMs(at)) / MINUTE_MS;
    const sign = zone.offsetMs(at) < 0 ? '-' : '+';
    const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
    const clock = local(date).toUTCString().slice(-12, -4);
    return `${clock} GMT${sign}${two(minutes / 60)}${two(minutes % 60)} (${zone.name(at)})`;
  };
  const valid = (date: Date, text: () => string): string =>
    Number.isNaN(instantOf.call(date)) ? 'Invalid Date' : text();
  define('toDateString', function () {
    return valid(this, () => day(this));
  });
  define('toTimeString', function () {
    return valid(this, () => time(this));
  });
  define('toString', function () {
    return valid(this, () => `${day(this)} ${time(this)}`);
  });
}
