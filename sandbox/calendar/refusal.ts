/**
 * Google's refusals: one constructor per documented error, in Google's own words.
 *
 * Thrown inside the engine only; the service turns it into an answer. Bodies follow the Calendar error guide
 * (/workspace/calendar/api/guides/errors); sentences it does not list were seen in public reports (docs/facts/calendar.md).
 */
import type { JsonObject } from '../world/json';

export interface ErrorItem {
  domain: string;
  reason: string;
  message: string;
  locationType?: string;
  location?: string;
}

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly item: ErrorItem,
  ) {
    super(item.message);
    this.name = 'Refusal';
  }
}

/** The wire form `{error: {errors: [...], code, message}}`. */
export function errorBody(status: number, item: ErrorItem): JsonObject {
  return { error: { errors: [{ ...item }], code: status, message: item.message } };
}

function refusal(status: number, domain: string, reason: string, message: string, place?: [string, string]): Refusal {
  const item: ErrorItem = { domain, reason, message };
  if (place) {
    item.locationType = place[0];
    item.location = place[1];
  }
  return new Refusal(status, item);
}

export const refuse = {
  invalid: (message: string, parameter?: string) =>
    refusal(400, 'global', 'invalid', message, parameter === undefined ? undefined : ['parameter', parameter]),
  required: (message: string, parameter?: string) =>
    refusal(400, 'global', 'required', message, parameter === undefined ? undefined : ['parameter', parameter]),
  invalidParameter: (message: string, parameter: string) =>
    refusal(400, 'global', 'invalidParameter', message, ['parameter', parameter]),
  timeRangeEmpty: (location = 'timeMax') =>
    refusal(400, 'calendar', 'timeRangeEmpty', 'The specified time range is empty.', ['parameter', location]),
  syncTokenWithRestrictions: () =>
    refusal(
      400,
      'calendar',
      'syncTokenWithRequestRestrictions',
      'Sync token cannot be used with other request restrictions.',
      ['parameter', 'syncToken'],
    ),
  syncTokenWithOrdering: () =>
    refusal(
      400,
      'calendar',
      'syncTokenWithNonDefaultOrdering',
      'Sync token cannot be used with a non-default ordering.',
      ['parameter', 'orderBy'],
    ),
  orderingNotAvailable: () =>
    refusal(400, 'global', 'invalid', 'The requested ordering is not available for the particular query.', [
      'parameter',
      'orderBy',
    ]),
  malformed: (reason: string, message: string) => refusal(400, 'calendar', reason, message),
  authError: () => refusal(401, 'global', 'authError', 'Invalid Credentials', ['header', 'Authorization']),
  requiredAccessLevel: (role: string) =>
    refusal(403, 'calendar', 'requiredAccessLevel', `You need to have ${role} access to this calendar.`),
  forbidden: (message = 'Forbidden') => refusal(403, 'global', 'forbidden', message),
  cannotChangeOwnAcl: () => refusal(403, 'calendar', 'cannotChangeOwnAcl', 'Cannot change your own access level.'),
  forbiddenForNonOrganizer: () =>
    refusal(
      403,
      'calendar',
      'forbiddenForNonOrganizer',
      'Shared properties can only be changed by the organizer of the event.',
    ),
  userRateLimit: () => refusal(403, 'usageLimits', 'userRateLimitExceeded', 'User Rate Limit Exceeded'),
  rateLimit: () => refusal(429, 'usageLimits', 'rateLimitExceeded', 'Rate Limit Exceeded'),
  notFound: () => refusal(404, 'global', 'notFound', 'Not Found'),
  duplicate: () => refusal(409, 'global', 'duplicate', 'The requested identifier already exists.'),
  fullSyncRequired: () =>
    refusal(410, 'calendar', 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.', [
      'parameter',
      'syncToken',
    ]),
  updatedMinTooLongAgo: () =>
    refusal(
      410,
      'calendar',
      'updatedMinTooLongAgo',
      'The requested minimum modification time lies too far in the past.',
      ['parameter', 'updatedMin'],
    ),
  deleted: () => refusal(410, 'global', 'deleted', 'Resource has been deleted'),
  conditionNotMet: () => refusal(412, 'global', 'conditionNotMet', 'Precondition Failed', ['header', 'If-Match']),
  backendError: () => refusal(503, 'global', 'backendError', 'Backend Error'),
};
