/**
 * One HTTP exchange with a real server on this machine, for hosts that `Internet.addReal` maps.
 *
 * Sends what it is given and hands back what came: no redirect followed, no error made of a status, body as UTF-8.
 * Its only failures are NetworkFaults, in the words Apps Script has for them.
 */
import http from 'node:http';
import https from 'node:https';
import { type HttpExchange, type HttpReply, NetworkFault } from './exchange';

/** UrlFetchApp gives up at about this time; not documented, observed by developers. */
export const FETCH_TIMEOUT_MS = 60_000;
/** Largest answer that UrlFetchApp accepts. https://developers.google.com/apps-script/guides/services/quotas */
export const FETCH_RESPONSE_BYTES = 50 * 1024 * 1024;

/** @param url what the caller asked for: its path and query are appended to `baseUrl`. */
export function askRealServer(
  baseUrl: URL,
  url: URL,
  request: HttpExchange,
  timeoutMs = FETCH_TIMEOUT_MS,
): Promise<HttpReply> {
  const target = new URL(baseUrl.pathname.replace(/\/$/, '') + url.pathname + url.search, baseUrl);
  const send = target.protocol === 'https:' ? https.request : http.request;
  return new Promise((resolve, reject) => {
    const outgoing = send(target, { method: request.method, headers: { ...request.headers, host: url.host } });
    const timer = setTimeout(() => {
      reject(new NetworkFault(`Timeout: ${request.url}`, timeoutMs));
      outgoing.destroy();
    }, timeoutMs);
    const fail = () => {
      clearTimeout(timer);
      reject(new NetworkFault(`Address unavailable: ${request.url}`));
    };
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      incoming.on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length;
        if (sizeBytes > FETCH_RESPONSE_BYTES) outgoing.destroy(new Error('answer too large'));
        else chunks.push(chunk);
      });
      incoming.on('error', fail);
      incoming.on('aborted', fail);
      incoming.on('end', () => {
        clearTimeout(timer);
        const body = Buffer.concat(chunks).toString('utf8');
        resolve({ status: incoming.statusCode ?? 0, headers: flatHeaders(incoming.rawHeaders), body });
      });
    });
    outgoing.end(request.body);
  });
}

/** Names as the server wrote them; repeated ones joined, as one string is all an HttpReply can hold. */
function flatHeaders(raw: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] as string;
    headers[name] = name in headers ? `${headers[name]}, ${raw[i + 1]}` : (raw[i + 1] as string);
  }
  return headers;
}
