/**
 * The functions Apps Script calls, without logic; the create functions, one per solution, are added by the build.
 *
 * Live triggers and installed cards call these by name: renaming one orphans them.
 */
import { compose } from './compose';
import {
  type ActionEvent,
  connected,
  entered,
  home,
  keptEnded,
  type OpenedEvent,
  opened,
  quietly,
  repair,
  settings,
  signedOut,
} from './surfaces';
import { runPass } from './sync/pass';
import { runSweep } from './sync/sweep';

/** Target of the EventUpdated triggers. A run by hand, without an event, syncs everything there is. */
export function syncEvents(e?: { calendarId?: string }): void {
  const { calendarId } = e ?? {};
  quietly((deps) =>
    typeof calendarId === 'string'
      ? runPass(deps, [calendarId], 'calendar')
      : runSweep(deps, { repair: false, by: 'person' }),
  );
}

/** Target of the hourly trigger. */
export function sweepHourly(): void {
  quietly((deps) => runSweep(deps, { repair: false, by: 'trigger' }));
}

/** The card on the add-on's home page. */
export function showHome(): GoogleAppsScript.Card_Service.Card {
  return home(compose());
}

/** The card of the event that is open. */
export function showEvent(e?: OpenedEvent): GoogleAppsScript.Card_Service.Card {
  return opened(compose(), e ?? {});
}

/** The button of the home card and of an event's card. */
export function repairNow(e?: ActionEvent): GoogleAppsScript.Card_Service.ActionResponse {
  return repair(compose(), e);
}

/** The button beside a conference that was kept on doubt. */
export function endKept(e?: ActionEvent): GoogleAppsScript.Card_Service.ActionResponse {
  return keptEnded(compose(), e);
}

/** Where a provider sends a person back to after they were asked for their consent. */
export function authCallback(e?: { parameter?: Record<string, string> }): GoogleAppsScript.HTML.HtmlOutput {
  return connected(compose(), e?.parameter ?? {});
}

/** The button of a connection on the settings card. */
export function signOut(e?: ActionEvent): GoogleAppsScript.Card_Service.ActionResponse {
  return signedOut(compose(), e);
}

/** The button of a form for a login and an app password. */
export function enterPassword(e?: ActionEvent): GoogleAppsScript.Card_Service.ActionResponse {
  return entered(compose(), e);
}

/** The card behind "Settings" in the add-on's menu. */
export function showSettings(): GoogleAppsScript.Card_Service.UniversalActionResponse {
  return settings(compose());
}
