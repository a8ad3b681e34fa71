/**
 * What HTTP answers mean, for every provider that does not say otherwise.
 *
 * Guards against the pages that stand in for an API: a login form with status 200, a redirect, XML where JSON is due.
 */
import { FORBIDDEN, type Outcome } from '../core/outcome';
import type { HttpAnswer } from '../ports/http';
import type { Account } from '../ports/oauth';

/** The JSON body, or undefined when the answer is not JSON, whatever it claims. */
export function jsonOf(answer: HttpAnswer): unknown {
  if (!/\bjson\b/i.test(answer.headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

export type Failure = Exclude<Outcome, { kind: 'done' | 'progress' }>;

/** The outcome of an answer that is no success (2xx). */
export function failureOf(answer: HttpAnswer): Failure {
  const { status } = answer;
  if (status === 401) return { kind: 'unauthorised' };
  if (status === 403) return { kind: 'refused', code: FORBIDDEN };
  if (status === 404 || status === 410) return { kind: 'gone' };
  if (status === 429) return { kind: 'limited', ...retryAfter(answer) };
  // A batch may report a request that got no answer with a status of 0.
  if (status < 100 || status === 408 || status === 423 || status === 425 || status >= 500) {
    return { kind: 'unavailable', ...retryAfter(answer) };
  }
  // A redirect is a login page or a moved service: an API that is meant does not redirect.
  if (status >= 300 && status < 400) return { kind: 'unavailable' };
  return { kind: 'refused', code: `http-${status}` };
}

/** An account, as an answer names it; undefined without an id. */
export function accountIn(id: unknown, name: unknown): Account | undefined {
  return typeof id === 'string' && id !== '' ? { id, name: typeof name === 'string' ? name : '' } : undefined;
}

export function isSuccess(answer: HttpAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** Retry-After in seconds or as a date; the date is read against the answer's own Date. RFC 9110, 10.2.3. */
function retryAfter(answer: HttpAnswer): { retryAfterMs?: number } {
  const value = answer.headers['retry-after'];
  if (value === undefined) return {};
  if (/^\d+$/.test(value.trim())) return { retryAfterMs: Number(value) * 1_000 };
  const ms = Date.parse(value) - Date.parse(answer.headers.date ?? '');
  return ms > 0 ? { retryAfterMs: ms } : {};
}
