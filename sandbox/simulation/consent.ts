/**
 * Single scopes, dropped and given back by the people of a day; and the promise that goes with them: no link is handed out
 * while it could not be followed.
 */
import { SCOPES } from '../script/authorization';
import type { Day } from './day';

/** To read the event, to tell its service, and to hear of changes. */
const FOLLOWING = [SCOPES.calendar, SCOPES.externalRequest, SCOPES.scriptApp];

/** Somebody takes one scope back, or consents anew and leaves one unticked, or nothing. */
export function changeConsent({ world, random, players }: Day): void {
  const user = random.pick(players).person.email;
  const { authorization } = world.script;
  const { granted, missing } = authorization.scopes(user);
  if (granted.length > 0 && random.chance(0.6)) authorization.revokeScope(user, random.pick(granted));
  else authorization.consent(user, missing.length > 1 && random.chance(0.5) ? [random.pick(missing)] : []);
}

/** Links that people saw since the trace entry `since`, although what following takes was missing. */
export function linksInVain({ world }: Day, since: number): string[] {
  return world.trace
    .entries(since)
    .filter(({ kind, text }) => kind === 'user' && text.startsWith('sees a link of '))
    .filter(({ by }) => !FOLLOWING.every((scopes) => world.script.authorization.covers(by, scopes)))
    .map(({ by }) => `${by} was given a link although it could not be followed`);
}
