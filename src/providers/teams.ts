/**
 * Microsoft Teams: online meetings through Microsoft Graph v1.0.
 *
 * A create is `createOrGet`: the same key gives the same meeting, also after a lost answer. Teams has title and time, no
 * repetition: a series is one meeting at its first date, with one link for all of them.
 * Microsoft: https://learn.microsoft.com/graph/api/resources/onlinemeeting
 */
import type { Capabilities } from '../core/capabilities';
import type { Meeting } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import type { HttpAnswer, HttpRequest } from '../ports/http';
import type { Auth, CreateOutcome, Operation, Provider, ReadOutcome } from '../ports/provider';
import { type Failure, isSuccess, jsonOf } from './answers';
import { needsInvited, withInvited } from './invited';
import { doneWith, shownOf } from './shown';
import { graphFailure, readAttendees, readConference } from './teams-answers';
import { changesOf, compareTeams, createBody, teamsCaveats } from './teams-meeting';

export interface TeamsOptions {
  auth: Auth;
  /** Whose meetings they are: left out for a person's grant, the object id of a user for an application's. */
  userId?: string;
  /** `true`: guests are entered as attendees, and follow. */
  attendees?: boolean;
  /** Addresses of users of the organisation that are co-organisers wherever they are attendees. */
  coOrganizers?: readonly string[];
  /** Default: https://graph.microsoft.com/v1.0. Microsoft's clouds for governments have others. */
  apiUrl?: string;
}

export interface TeamsProvider extends Provider {
  /** What Teams cannot show of a meeting, in sentences for people. Empty when it shows all of it. */
  caveats(meeting: Meeting): string[];
}

export function teams(options: TeamsOptions): TeamsProvider {
  const { auth, userId, attendees = false, coOrganizers = [], apiUrl = 'https://graph.microsoft.com/v1.0' } = options;
  const capabilities: Capabilities = {
    keeps: ['title', 'time', ...(attendees ? (['guests'] as const) : [])],
    update: 'patch',
    cancel: 'yes',
    occurrences: 'none',
    reads: true,
    idempotency: 'key',
  };
  const user = userId === undefined ? '/me' : `/users/${encodeURIComponent(userId)}`;
  const call = (method: HttpRequest['method'], path: string, json?: unknown): HttpRequest => ({
    method,
    url: `${apiUrl}${user}/onlineMeetings/${path}`,
    ...(json !== undefined && { json }),
  });

  return {
    capabilities,
    urlPrefixes: [`${apiUrl}/`],
    auth,
    caveats: teamsCaveats,

    *create(meeting, idempotencyKey): Operation<CreateOutcome> {
      const body = createBody(meeting, idempotencyKey, capabilities.keeps, coOrganizers);
      const answer = yield call('POST', 'createOrGet', body);
      if (!isSuccess(answer)) return notGone(graphFailure(answer), answer);
      const conference = readConference(jsonOf(answer), teamsCaveats(meeting));
      // A success without a meeting is no success; it may exist all the same.
      return conference === undefined ? { kind: 'unavailable' } : { kind: 'created', conference };
    },

    *update(id, meeting, fields): Operation<Outcome> {
      let told = meeting;
      if (needsInvited(meeting, fields)) {
        const kept = yield call('GET', encodeURIComponent(id));
        const invited = isSuccess(kept) ? readAttendees(jsonOf(kept)) : undefined;
        if (invited === undefined) return isSuccess(kept) ? { kind: 'unavailable' } : graphFailure(kept);
        told = withInvited(meeting, invited);
      }
      const changes = changesOf(told, fields, coOrganizers);
      if (Object.keys(changes).length === 0) return { kind: 'done' };
      const answer = yield call('PATCH', encodeURIComponent(id), changes);
      const outcome = changeOutcome(answer);
      const compared = outcome.kind === 'done' && compareTeams(meeting, jsonOf(answer));
      return compared ? doneWith(compared, fields) : outcome;
    },

    *updateOccurrence(): Operation<Outcome> {
      yield* [];
      return { kind: 'done' };
    },

    *cancel(id): Operation<Outcome> {
      return changeOutcome(yield call('DELETE', encodeURIComponent(id)));
    },

    *read(id, meeting): Operation<ReadOutcome> {
      const answer = yield call('GET', encodeURIComponent(id));
      if (!isSuccess(answer)) return graphFailure(answer);
      const compared = compareTeams(meeting, jsonOf(answer));
      return compared === undefined ? { kind: 'unavailable' } : { kind: 'read', shown: shownOf(compared) };
    },
  };
}

/** A deletion is answered with nothing, a change with the meeting; a page came from something that is not Graph. */
function changeOutcome(answer: HttpAnswer): Outcome {
  if (!isSuccess(answer)) return graphFailure(answer);
  return answer.text.trim() === '' || jsonOf(answer) !== undefined ? { kind: 'done' } : { kind: 'unavailable' };
}

/** At a create there is nothing that could be gone: the user is not known, or has no Teams. */
function notGone(outcome: Failure, { status }: HttpAnswer): Exclude<Failure, { kind: 'gone' }> {
  return outcome.kind === 'gone' ? { kind: 'refused', code: `graph-${status}` } : outcome;
}
