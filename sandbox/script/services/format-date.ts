/**
 * Utilities.formatDate: the letters of java.text.SimpleDateFormat that scripts use; another letter throws NotSimulated.
 */
import { DateTime } from 'luxon';
import { NotSimulated } from '../../world/not-simulated';
import { ScriptException } from '../exceptions';

function zoneOffset(at: DateTime, separator: string): string {
  const minutes = Math.abs(at.offset);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `${at.offset < 0 ? '-' : '+'}${two(minutes / 60)}${separator}${two(minutes % 60)}`;
}

const LETTERS: Record<string, (at: DateTime, width: number) => string | number> = {
  y: (at, width) => (width === 2 ? String(at.year).slice(-2) : at.year),
  M: (at, width) => (width >= 4 ? at.toFormat('LLLL') : width === 3 ? at.toFormat('LLL') : at.month),
  d: (at) => at.day,
  D: (at) => at.ordinal,
  E: (at, width) => at.toFormat(width >= 4 ? 'cccc' : 'ccc'),
  u: (at) => at.weekday,
  a: (at) => at.toFormat('a'),
  H: (at) => at.hour,
  k: (at) => at.hour || 24,
  K: (at) => at.hour % 12,
  h: (at) => at.hour % 12 || 12,
  m: (at) => at.minute,
  s: (at) => at.second,
  S: (at) => at.millisecond,
  z: (at, width) => at.toFormat(width >= 4 ? 'ZZZZZ' : 'ZZZZ'),
  Z: (at) => zoneOffset(at, ''),
  X: (at, width) => {
    if (at.offset === 0) return 'Z';
    return width === 1 ? zoneOffset(at, '').slice(0, 3) : zoneOffset(at, width === 2 ? '' : ':');
  },
};

/** @param zone IANA name, or GMT with an offset; Google takes an unknown name for GMT, here it is refused. */
export function formatDate(atMs: number, zone: string, format: string): string {
  const at = DateTime.fromMillis(atMs, {
    zone: zone === 'GMT' ? 'utc' : zone.replace(/^GMT(?=[+-])/, 'UTC'),
    locale: 'en-US',
  });
  if (!at.isValid) throw new ScriptException('Invalid argument: timeZone');
  return format.replace(
    /'((?:[^']|'')*)'|([A-Za-z])\2*/g,
    (run: string, quoted: string | undefined, letter: string) => {
      if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'");
      const write = LETTERS[letter];
      if (write === undefined) throw new NotSimulated(`Utilities.formatDate letter ${letter}`);
      const value = write(at, run.length);
      return typeof value === 'number' ? String(value).padStart(run.length, '0') : value;
    },
  );
}
