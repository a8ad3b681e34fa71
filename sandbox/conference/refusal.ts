import type { HttpReply } from '../world/internet';

/** Why the server refuses; each code goes with one status. */
export const REFUSAL_STATUS = {
  /** The body is not JSON, or not an object. */
  invalid_json: 400,
  /** A query parameter is wrong. */
  invalid_parameter: 400,
  /** No API key, or a wrong one. */
  unauthorized: 401,
  /** Never existed, or belongs to another account. */
  not_found: 404,
  /** The series has no occurrence at that time. */
  no_such_occurrence: 404,
  /** No such address in this API. */
  no_such_route: 404,
  method_not_allowed: 405,
  /** It existed and was cancelled. */
  gone: 410,
  /** If-Match named another version. */
  version_mismatch: 412,
  body_too_large: 413,
  /** The body is not labelled application/json. */
  unsupported_media_type: 415,
  /** A field is missing, unknown or wrong; `field` names it. */
  invalid_field: 422,
  /** The key was used for another body. */
  idempotency_mismatch: 422,
  /** Too many requests in a minute; wait Retry-After seconds. */
  rate_limited: 429,
  /** The day's creates and updates are used up; wait Retry-After seconds. */
  daily_limit: 429,
} as const;

export type RefusalCode = keyof typeof REFUSAL_STATUS;

/** Thrown inside the server, turned into an answer at its edge. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly detail: { field?: string; headers?: Record<string, string> } = {},
  ) {
    super(message);
  }

  reply(): HttpReply {
    const { field, headers } = this.detail;
    const error = { code: this.code, message: this.message, ...(field !== undefined && { field }) };
    return {
      status: REFUSAL_STATUS[this.code],
      headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
      body: JSON.stringify({ error }),
    };
  }
}
