/**
 * Blobs: bytes with a type and a name. Bytes are signed, -128 to 127, as everywhere in Apps Script.
 * Source: developers.google.com/apps-script/reference/base/blob
 */
import { call, mismatch } from './host';
import { simulated } from './net';

type Blob = GoogleAppsScript.Base.Blob;
type SimulatedBlob = Omit<Blob, 'getAllBlobs' | 'getAs' | 'isGoogleType' | 'setContentTypeFromExtension'>;

/** UTF-8 (or `charset`) text as signed bytes. */
export function bytesOf(text: string, charset = 'UTF-8'): number[] {
  return call<number[]>('utilities.bytes', text, charset);
}

/** Signed bytes as text; bytes that are no UTF-8 become U+FFFD. */
export function textOf(bytes: number[], charset = 'UTF-8'): string {
  return call<string>('utilities.text', bytes, charset);
}

export function newBlob(data: string | number[], contentType?: string, name?: string): Blob {
  if (typeof data !== 'string' && !Array.isArray(data)) throw mismatch('Utilities.newBlob', [data]);
  let bytes = typeof data === 'string' ? bytesOf(data) : [...data];
  let type: string | null = contentType ?? (typeof data === 'string' ? 'text/plain' : null);
  let title: string | null = name ?? null;
  const self: SimulatedBlob = simulated<SimulatedBlob>('Blob', {
    copyBlob: () => newBlob([...bytes], type ?? undefined, title ?? undefined),
    getBlob: () => self as Blob,
    getBytes: () => [...bytes],
    getContentType: () => type,
    getDataAsString: (charset?: string) => textOf(bytes, charset),
    getName: () => title,
    setBytes(given) {
      bytes = [...given];
      return self as Blob;
    },
    setContentType(given) {
      type = given;
      return self as Blob;
    },
    setDataFromString(text: string, charset?: string) {
      bytes = bytesOf(text, charset);
      return self as Blob;
    },
    setName(given) {
      title = given;
      return self as Blob;
    },
  });
  return self as Blob;
}
