/**
 * The answers that Google's front gives before Calendar sees a request. Everything else is the engine's.
 *
 * Bodies follow the documented form {error: {errors: [..], code, message}} (calendar/api/guides/errors); the wording of
 * the front's own sentences is observed.
 */

import type { JsonObject } from '../world/json';
import { escapeHtml } from './escape-html';

interface Reason {
  reason: string;
  domain?: string;
  locationType?: string;
  location?: string;
}

/** An error body in Calendar's form. */
export function googleError(
  code: number,
  message: string,
  { reason, domain = 'global', ...where }: Reason,
): JsonObject {
  return { error: { errors: [{ domain, reason, message, ...where }], code, message } };
}

const AUTHORIZATION = { locationType: 'header', location: 'Authorization' };

/** No credentials, or only an API key: every calendar of the sandbox is private data. */
export function loginRequired(): JsonObject {
  return googleError(401, 'Login Required.', { reason: 'required', ...AUTHORIZATION });
}

/** A bearer token that was never issued. */
export function invalidCredentials(): JsonObject {
  return googleError(401, 'Invalid Credentials', { reason: 'authError', ...AUTHORIZATION });
}

/** A body that is not JSON. */
export function parseError(): JsonObject {
  return googleError(400, 'Parse Error', { reason: 'parseError' });
}

/** A body sent as a form, as curl -d does unless told otherwise. */
export function formRefused(): JsonObject {
  return googleError(400, 'This API does not support parsing form-encoded input.', { reason: 'parseError' });
}

export function tooLarge(): JsonObject {
  return googleError(413, 'Request Too Large', { reason: 'uploadTooLarge' });
}

/** The sandbox's own: no Google service answers so. */
export function notSimulated(message: string): JsonObject {
  return googleError(501, message, { domain: 'sandbox', reason: 'notSimulated' });
}

export function backendError(): JsonObject {
  return googleError(500, 'Backend Error', { reason: 'backendError' });
}

/** Google answers an address it does not serve with a small page, not with JSON. */
export function notFoundPage(path: string): string {
  const shown = escapeHtml(path.slice(0, 200));
  return `<!DOCTYPE html>
<html lang=en><meta charset=utf-8><title>Error 404 (Not Found)!!1</title>
<p><b>404.</b> <ins>That’s an error.</ins>
<p>The requested URL <code>${shown}</code> was not found on this server. <ins>That’s all we know.</ins>
`;
}
