/**
 * Utilities: digests, encodings, dates, sleep. Bytes are signed, -128 to 127.
 * Source: developers.google.com/apps-script/reference/utilities
 */
import { bytesOf, newBlob } from './blob';
import { enumeration, nameIn } from './enums';
import { call, mismatch } from './host';
import { simulated } from './net';

type Service = GoogleAppsScript.Utilities.Utilities;
type Members =
  | Exclude<keyof Service, 'gzip' | 'ungzip' | 'zip' | 'unzip' | 'parseDate'>
  | 'jsonParse'
  | 'jsonStringify';
/** jsonParse and jsonStringify are deprecated and left out of the published types, but still there. */
type WithJson = Service & { jsonParse(text: string): unknown; jsonStringify(value: unknown): string };
type Data = string | number[];

function encoded(value: Data, charset?: unknown): number[] {
  if (typeof value !== 'string' && !Array.isArray(value)) throw mismatch('Utilities', [value]);
  return typeof value === 'string' ? bytesOf(value, charset === undefined ? 'UTF-8' : String(charset)) : value;
}

function signatures(service: () => Service) {
  const hmac = (algorithm: string, value: Data, key: Data, charset?: unknown): number[] =>
    call<number[]>('utilities.hmac', algorithm, encoded(value, charset), encoded(key, charset));
  const rsa = (algorithm: string, value: string, key: string, charset?: unknown): number[] =>
    call<number[]>('utilities.rsa', algorithm, encoded(value, charset), key);
  return {
    computeDigest: (algorithm: unknown, value: Data, charset?: unknown) =>
      call<number[]>(
        'utilities.digest',
        nameIn(service().DigestAlgorithm, algorithm, 'algorithm'),
        encoded(value, charset),
      ),
    computeHmacSignature: (algorithm: unknown, value: Data, key: Data, charset?: unknown) =>
      hmac(nameIn(service().MacAlgorithm, algorithm, 'algorithm'), value, key, charset),
    computeHmacSha256Signature: (value: Data, key: Data, charset?: unknown) =>
      hmac('HMAC_SHA_256', value, key, charset),
    computeRsaSignature: (algorithm: unknown, value: string, key: string, charset?: unknown) =>
      rsa(nameIn(service().RsaAlgorithm, algorithm, 'algorithm'), value, key, charset),
    computeRsaSha1Signature: (value: string, key: string, charset?: unknown) => rsa('RSA_SHA_1', value, key, charset),
    computeRsaSha256Signature: (value: string, key: string, charset?: unknown) =>
      rsa('RSA_SHA_256', value, key, charset),
  };
}

const encodings = {
  base64Encode: (data: Data, charset?: unknown) => call<string>('utilities.base64Encode', encoded(data, charset)),
  base64EncodeWebSafe: (data: Data, charset?: unknown) =>
    call<string>('utilities.base64EncodeWebSafe', encoded(data, charset)),
  base64Decode: (text: string) => call<number[]>('utilities.base64Decode', String(text)),
  base64DecodeWebSafe: (text: string) => call<number[]>('utilities.base64DecodeWebSafe', String(text)),
};

export function utilities(): Service {
  const service: Pick<WithJson, Members> = simulated<Pick<WithJson, Members>>('Utilities', {
    Charset: enumeration<Service['Charset']>('Charset', ['US_ASCII', 'UTF_8']),
    DigestAlgorithm: enumeration<Service['DigestAlgorithm']>('DigestAlgorithm', [
      'MD2',
      'MD5',
      'SHA_1',
      'SHA_256',
      'SHA_384',
      'SHA_512',
    ]),
    MacAlgorithm: enumeration<Service['MacAlgorithm']>('MacAlgorithm', [
      'HMAC_MD5',
      'HMAC_SHA_1',
      'HMAC_SHA_256',
      'HMAC_SHA_384',
      'HMAC_SHA_512',
    ]),
    RsaAlgorithm: enumeration<Service['RsaAlgorithm']>('RsaAlgorithm', ['RSA_SHA_1', 'RSA_SHA_256']),
    ...signatures(() => service as Service),
    ...encodings,
    getUuid: () => call<string>('utilities.uuid'),
    sleep(...args: [milliseconds: number]) {
      if (typeof args[0] !== 'number') throw mismatch('Utilities.sleep', args);
      call('utilities.sleep', args[0]);
    },
    formatDate(...args: [date: GoogleAppsScript.Base.Date, timeZone: string, format: string]) {
      const [date, timeZone, format] = args;
      if (!(date instanceof Date) || typeof format !== 'string') throw mismatch('Utilities.formatDate', args);
      return call<string>('utilities.formatDate', Number(date), String(timeZone), format);
    },
    formatString: (template: string, ...values: unknown[]) =>
      call<string>('utilities.formatString', template, values.map(String)),
    parseCsv: (csv: string, delimiter?: string) => call<string[][]>('utilities.parseCsv', csv, delimiter ?? ','),
    newBlob: (data: Data, contentType?: string, name?: string) => newBlob(data, contentType, name),
    jsonParse: (text: string) => JSON.parse(text),
    jsonStringify: (value: unknown) => JSON.stringify(value),
  });
  return service as Service;
}
