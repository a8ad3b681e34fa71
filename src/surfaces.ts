/** What people touch: the conferencing menu and the cards. */
import { compose, config } from './compose';
import { isAddOnError } from './core/errors';
import { homeCard, homeResponse, settingsCard, settingsResponse, troubleCard } from './gas/cards';
import { conferenceDataOf } from './gas/conference-data';
import { consoleLog } from './gas/platform';
import { createConference } from './sync/create';
import type { SyncDeps } from './sync/deps';
import type { PassEnd } from './sync/pass';
import { readStatus } from './sync/status';
import { runSweep } from './sync/sweep';

/** The argument of a conference solution's onCreateFunction. */
export interface CreateArgument {
  eventData?: { calendarId?: string; eventId?: string };
}

/** Never throws: a person who waits for a link gets one of Google's error types instead. */
export function createFor(
  solution: string,
  argument?: CreateArgument,
): GoogleAppsScript.Conference_Data.ConferenceData {
  try {
    const { calendarId = '', eventId = '' } = argument?.eventData ?? {};
    return conferenceDataOf(createConference(compose(), solution, calendarId, eventId));
  } catch (thrown) {
    // The name of an error of ours is its code; a message of the platform's might hold anything.
    const code = isAddOnError(thrown) ? thrown.code : 'unexpected';
    consoleLog()({ event: 'create', end: 'threw', code });
    return conferenceDataOf({ kind: 'failed', error: 'TEMPORARY' });
  }
}

/** Runs what no person waits for. A failure that is known stands in the log; any other goes on to Google's error report. */
export function quietly(work: (deps: SyncDeps) => unknown): void {
  try {
    work(compose());
  } catch (thrown) {
    if (!isAddOnError(thrown)) throw thrown;
    consoleLog()({ event: 'stopped', code: thrown.code, remedy: thrown.remedy });
  }
}

export function home(deps: SyncDeps): GoogleAppsScript.Card_Service.Card {
  const nowMs = deps.clock.nowMs();
  try {
    return homeCard(config.name, readStatus(deps.store, nowMs), nowMs);
  } catch (thrown) {
    if (!isAddOnError(thrown)) throw thrown;
    return troubleCard(config.name, thrown.message);
  }
}

export function repair(deps: SyncDeps): GoogleAppsScript.Card_Service.ActionResponse {
  let end: PassEnd | 'stopped' = 'stopped';
  quietly((own) => {
    end = runSweep(own, { repair: true });
  });
  const notice = {
    stopped: 'It could not be done now; nothing is lost. Please try again later.',
    done: 'Checked.',
    busy: 'A sync is running just now.',
    unauthorised: 'Please authorise the add-on again.',
  };
  return homeResponse(home(deps), notice[end]);
}

export function settings(deps: SyncDeps): GoogleAppsScript.Card_Service.UniversalActionResponse {
  const { graceMinutes, unsavedHours, privateEvents, keepEndedDays } = deps.policies;
  return settingsResponse(
    settingsCard(config.name, [
      `A conference ends ${graceMinutes} minutes after its event was deleted or the conference was taken off.`,
      `A conference chosen in an event that is never saved ends after ${unsavedHours} hours.`,
      privateEvents === 'time-only'
        ? 'Of private events only the time is passed on.'
        : 'Private events are passed on like all others.',
      `Events are remembered for ${keepEndedDays} days after their end. No titles and no addresses are stored.`,
    ]),
  );
}
