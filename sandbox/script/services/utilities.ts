/**
 * Utilities: digests, encodings and the rest of pure computation, and sleep. Bytes cross as signed numbers.
 */
import { createHash, createHmac, createSign, type KeyObject } from 'node:crypto';
import type { Json } from '../../world/json';
import { ScriptException } from '../exceptions';
import { MAX_SLEEP_MS } from '../limits';
import type { Caller, Service, Steps } from '../service';
import { formatDate } from './format-date';

const DIGESTS: Record<string, string> = {
  MD5: 'md5',
  SHA_1: 'sha1',
  SHA_256: 'sha256',
  SHA_384: 'sha384',
  SHA_512: 'sha512',
};

export function signed(bytes: Uint8Array): number[] {
  return Array.from(bytes, (byte) => (byte > 127 ? byte - 256 : byte));
}

function buffer(bytes: Json | undefined): Buffer {
  return Buffer.from((bytes as number[]).map((byte) => byte & 255));
}

function encodingOf(charset: Json | undefined): 'utf8' | 'ascii' {
  const name = String(charset ?? 'UTF-8').toUpperCase();
  if (name === 'UTF-8' || name === 'UTF_8') return 'utf8';
  if (name === 'US-ASCII' || name === 'US_ASCII') return 'ascii';
  throw new ScriptException(`Invalid argument: charset ${name}`);
}

function algorithm(name: string): string {
  const known = DIGESTS[name.replace(/^(HMAC|RSA)_/, '')];
  if (known === undefined) throw new ScriptException(`Invalid argument: algorithm ${name}`);
  return known;
}

function decode(text: string): number[] {
  if (!/^[\w+/-]*={0,2}$/.test(text)) throw new ScriptException('Could not decode string.');
  return signed(Buffer.from(text, 'base64'));
}

function sign(name: string, data: Buffer, key: string | KeyObject): number[] {
  try {
    return signed(createSign(algorithm(name)).update(data).sign(key));
  } catch {
    throw new ScriptException('Invalid argument: key');
  }
}

/** Web-safe base64 of Apps Script keeps its padding. */
function webSafe(text: string): string {
  return text.replace(/\+/g, '-').replace(/\//g, '_');
}

/** %s, %d, %f with width and precision: the part of java.util.Formatter that scripts use. */
function formatString(template: string, values: string[]): string {
  let next = 0;
  return template.replace(/%(?:(-)?(0)?(\d+)?(?:\.(\d+))?([sdf])|%)/g, (mark, left, zero, width, digits, kind) => {
    if (mark === '%%') return '%';
    const value = values[next++] ?? 'null';
    const text = kind === 'f' ? Number(value).toFixed(Number(digits ?? 6)) : value;
    return left ? text.padEnd(Number(width ?? 0)) : text.padStart(Number(width ?? 0), zero ? '0' : ' ');
  });
}

function parseCsv(csv: string, delimiter: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /"((?:[^"]|"")*)"|([^"\r\n]*)/y;
  for (let at = 0; at <= csv.length; ) {
    const stop = csv.slice(at).search(delimiter === ',' ? /[,\r\n]|$/ : new RegExp(`[${delimiter}\r\n]|$`));
    cell.lastIndex = at;
    const quoted = csv[at] === '"' ? cell.exec(csv) : null;
    rows.at(-1)!.push(quoted ? quoted[1]!.replaceAll('""', '"') : csv.slice(at, at + stop));
    at = quoted ? cell.lastIndex : at + stop;
    if (at >= csv.length) break;
    if (csv[at] === '\r') at++;
    if (csv[at] === '\n') rows.push([]);
    at++;
    if (at === csv.length && csv[at - 1] === '\n') {
      rows.pop();
      break;
    }
  }
  return rows;
}

function* sleep(execution: Caller, [ms]: Json[]): Steps<undefined> {
  if (!(typeof ms === 'number' && ms >= 0 && ms <= MAX_SLEEP_MS)) {
    throw new ScriptException(`Argument is out of range: milliseconds, 0 to ${MAX_SLEEP_MS}`);
  }
  yield* execution.spend(ms);
  return undefined;
}

function uuid(execution: Caller): string {
  const hex = execution.random.text(30, '0123456789abcdef');
  const variant = execution.random.text(1, '89ab');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`;
}

function free(name: string, run: (args: Json[], execution: Caller) => Json): Service {
  return {
    [`utilities.${name}`]: { api: `Utilities.${name}`, free: true, run: (execution, args) => run(args, execution) },
  };
}

export const utilitiesService: Service = {
  'utilities.sleep': { api: 'Utilities.sleep', run: sleep, note: ([ms]) => `${ms} ms` },
  ...free('bytes', ([text, charset]) => signed(Buffer.from(text as string, encodingOf(charset)))),
  ...free('text', ([bytes, charset]) => buffer(bytes).toString(encodingOf(charset))),
  ...free('uuid', (_args, execution) => uuid(execution)),
  ...free('digest', ([name, data]) =>
    signed(
      createHash(algorithm(name as string))
        .update(buffer(data))
        .digest(),
    ),
  ),
  ...free('hmac', ([name, data, key]) =>
    signed(
      createHmac(algorithm(name as string), buffer(key))
        .update(buffer(data))
        .digest(),
    ),
  ),
  ...free('rsa', ([name, data, key]) => sign(name as string, buffer(data), key as string)),
  ...free('base64Encode', ([data]) => buffer(data).toString('base64')),
  ...free('base64EncodeWebSafe', ([data]) => webSafe(buffer(data).toString('base64'))),
  ...free('base64Decode', ([text]) => decode(text as string)),
  ...free('base64DecodeWebSafe', ([text]) => decode(text as string)),
  ...free('formatDate', ([ms, zone, format]) => formatDate(ms as number, zone as string, format as string)),
  ...free('formatString', ([template, values]) => formatString(String(template), values as string[])),
  ...free('parseCsv', ([csv, delimiter]) => parseCsv(csv as string, delimiter as string)),
};
