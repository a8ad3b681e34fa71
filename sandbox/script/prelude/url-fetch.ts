/**
 * UrlFetchApp: gives the host a request as plain JSON, gives the script a response object.
 * Source: developers.google.com/apps-script/reference/url-fetch
 */
import { bytesOf, newBlob, textOf } from './blob';
import { call, exception, mismatch } from './host';
import { simulated } from './net';

type App = GoogleAppsScript.URL_Fetch.UrlFetchApp;
type Options = GoogleAppsScript.URL_Fetch.URLFetchRequestOptions;
type Response = GoogleAppsScript.URL_Fetch.HTTPResponse;

/** Agreed with url-fetch.ts of the host. */
interface WireRequest {
  url: string;
  method: string | null;
  contentType: string | null;
  headers: Record<string, string>;
  body: string | null;
  followRedirects: boolean;
  muteHttpExceptions: boolean;
}
interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

function encodeForm(payload: Record<string, unknown>): string {
  return Object.keys(payload)
    .map((key) => `${encodeURIComponent(key)}=${encodeURIComponent(String(payload[key]))}`)
    .join('&');
}

/** A payload as text, and the content type it brings along. */
function bodyOf(payload: unknown): { body: string; contentType: string | null } {
  if (typeof payload === 'string') return { body: payload, contentType: null };
  if (Array.isArray(payload)) return { body: textOf(payload as number[]), contentType: null };
  const blob = payload as { getBytes?: unknown };
  if (typeof blob.getBytes === 'function') {
    const { getBytes, getContentType } = payload as GoogleAppsScript.Base.Blob;
    return { body: textOf(getBytes()), contentType: getContentType() };
  }
  return { body: encodeForm(payload as Record<string, unknown>), contentType: null };
}

function request(url: unknown, options: Options | undefined | null): WireRequest {
  if (typeof url !== 'string' || url === '') throw exception('Attribute provided with no value: url');
  const given = (options ?? {}) as Options & { payload?: unknown };
  const headers: Record<string, string> = {};
  const named = (given.headers ?? {}) as Record<string, unknown>;
  for (const name of Object.keys(named)) headers[name] = String(named[name]);
  const payload = given.payload === undefined || given.payload === null ? null : bodyOf(given.payload);
  return {
    url,
    method: given.method === undefined || given.method === null ? null : String(given.method),
    contentType: given.contentType ?? payload?.contentType ?? null,
    headers,
    body: payload?.body ?? null,
    followRedirects: given.followRedirects !== false,
    muteHttpExceptions: given.muteHttpExceptions === true,
  };
}

function response(wire: WireResponse): Response {
  const typeHeader = Object.keys(wire.headers).find((name) => name.toLowerCase() === 'content-type');
  const blob = () => newBlob(bytesOf(wire.body), typeHeader && wire.headers[typeHeader]!.split(';')[0]);
  return simulated<Omit<Response, 'getAs'> & { toString(): string }>('HTTPResponse', {
    getResponseCode: () => wire.status,
    getContentText: () => wire.body,
    getContent: () => bytesOf(wire.body),
    getBlob: blob,
    getHeaders: () => ({ ...wire.headers }),
    getAllHeaders: () => ({ ...wire.headers }),
    // A common idiom: JSON.parse(response).
    toString: () => wire.body,
  }) as Response;
}

export function urlFetchApp(): App {
  return simulated<App>('UrlFetchApp', {
    fetch(...args: [url: string, params?: Options]) {
      if (args[0] === undefined) throw mismatch('UrlFetchApp.fetch', args);
      return response(call<WireResponse>('urlFetch.fetch', request(args[0], args[1])));
    },
    fetchAll(...args: [requests: Array<GoogleAppsScript.URL_Fetch.URLFetchRequest | string>]) {
      if (!Array.isArray(args[0])) throw mismatch('UrlFetchApp.fetchAll', args);
      const wires = args[0].map((one) => (typeof one === 'string' ? request(one, null) : request(one?.url, one)));
      return call<WireResponse[]>('urlFetch.fetchAll', wires).map(response);
    },
    getRequest(...args: [url: string, params?: Options]) {
      const wire = request(args[0], args[1]);
      const contentType = wire.contentType ?? (wire.body === null ? undefined : 'application/x-www-form-urlencoded');
      return {
        url: wire.url,
        method: (wire.method ?? (wire.body === null ? 'get' : 'post')) as GoogleAppsScript.URL_Fetch.HttpMethod,
        headers: wire.headers,
        useIntranet: false,
        followRedirects: wire.followRedirects,
        muteHttpExceptions: wire.muteHttpExceptions,
        validateHttpsCertificates: args[1]?.validateHttpsCertificates !== false,
        ...(contentType !== undefined && { contentType }),
        ...(wire.body !== null && { payload: wire.body }),
      };
    },
  });
}
