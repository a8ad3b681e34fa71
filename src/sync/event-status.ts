/** How one event's conferences stand, for its card. Reads only; asks Google for the event, and only if it has to. */
import type { Binding, ToDo } from '../core/binding';
import { keptFields } from '../core/capabilities';
import type { Pause } from '../core/pause';
import type { Row } from '../core/row';
import { sealedText, stampOf } from '../core/stamp';
import type { EventConference, EventPlace, UnfollowedConference } from '../ports/event-status';
import { accountsOf } from './account-status';
import { heldBack } from './consent';
import type { Solution, SyncDeps } from './deps';
import { readShown } from './event-shown';
import { isStale } from './status';
import { calendarKey } from './sync-tokens';
import { OWNER_KEY, UserState } from './user-state';

export function readEventStatus(deps: SyncDeps, { calendarId, eventId, seriesId }: EventPlace): EventConference[] {
  const state = new UserState(deps.store.readAll());
  // What was created a moment ago is not in the ledger yet.
  state.foldIntents(deps.policies);
  const key = calendarKey(calendarId);
  const ids = seriesId === undefined ? [eventId] : [eventId, seriesId];
  const found = ids.flatMap((id) => state.ledger.ofEvent(key, id));
  // An occurrence's own binding only says what is to be told of it; its series has the conference.
  const conferences = found.filter(({ series }) => series === undefined);
  return conferences.map((binding) => {
    const own = found.find((one) => one.series !== undefined && one.conference === binding.conference);
    const shown = binding.state === 'live' ? readShown(binding, calendarId, state, deps) : { caveats: [] };
    return { ...standingOf(binding, own, state, deps), ...shown };
  });
}

/** @param shown what the event shows of a conference. Undefined where that is none of ours. */
export function unfollowedIn(
  shown: Row['conferenceData'],
  { store, seal, solutions }: SyncDeps,
): UnfollowedConference | undefined {
  const stamp = shown && stampOf({ id: '', conferenceData: shown });
  if (stamp === undefined || !solutions.has(stamp.solution)) return undefined;
  const owner = store.readAll()[OWNER_KEY];
  return { solution: stamp.solution, isOwn: owner !== undefined && stamp.owner === seal(owner, sealedText(stamp)) };
}

function standingOf(
  binding: Binding,
  occurrence: Binding | undefined,
  state: UserState,
  deps: SyncDeps,
): EventConference {
  const nowMs = deps.clock.nowMs();
  const held = heldBack(deps);
  const todo = [binding.todo, occurrence?.todo].find((one) => one !== undefined);
  const pause = state.pauses.get(binding.solution);
  const solution = deps.solutions.get(binding.solution);
  const capabilities = solution?.provider.capabilities;
  const readMs = state.calendars.get(binding.calendar)?.readMs;
  const isPaused = pause !== undefined && (pause.untilMs > nowMs || pause.reason === 'unauthorised');
  return {
    solution: binding.solution,
    state: stateOf(binding),
    isGuests: binding.guest,
    ...(binding.unfollowed !== undefined && { unfollowed: binding.unfollowed }),
    ...(readMs !== undefined && isStale(readMs, nowMs) && { unreadSinceMs: readMs }),
    keeps: capabilities === undefined ? new Set() : keptFields(capabilities),
    ...(todo !== undefined &&
      binding.state !== 'pending' && {
        change: {
          sinceMs: todo.sinceMs,
          attempts: todo.attempts,
          ...(todo.parked && { setAside: setAside(todo, deps) }),
        },
      }),
    ...(held && { held }),
    ...accountsOf(binding, occurrence, state, deps),
    ...(isPaused && { pause: { reason: pauseReason(pause, solution, deps), untilMs: pause.untilMs } }),
  };
}

function setAside(todo: ToDo, { policies }: SyncDeps): 'own-fault' | 'no-answer' | 'refused' {
  if (todo.ownFault) return 'own-fault';
  return todo.attempts >= policies.parkAfterAttempts ? 'no-answer' : 'refused';
}

function pauseReason({ reason }: Pause, solution: Solution | undefined, { grants }: SyncDeps) {
  const isPersons = solution !== undefined && grants.personal.includes(solution.providerName);
  return reason === 'unauthorised' && isPersons ? 'unconnected' : reason;
}

function stateOf({ state, todo }: Binding): EventConference['state'] {
  switch (state) {
    case 'live':
      return 'in-step';
    case 'pending':
      return 'waits-for-save';
    case 'ending':
      return 'leaves';
    case 'broken':
      return todo?.kind === 'repair' && !todo.parked ? 'is-replaced' : 'broken';
    default:
      return 'elsewhere';
  }
}
