/**
 * What a person's consent allows. Sync reads with what reading takes, and delivers with what delivering takes; a link is
 * handed out only where all is there that following it takes.
 */
import type { Duty } from '../ports/platform';
import type { SyncDeps } from './deps';

/** To read the event of a conference, to tell its service, and to hear of changes. */
export const FOLLOWING: readonly Duty[] = ['calendar', 'provider', 'triggers'];

/** Whether a conference that is handed out now could be followed. */
export function couldFollow({ authorisation }: SyncDeps): boolean {
  return !FOLLOWING.some((duty) => authorisation.lacks(duty));
}

/** What waits for the person's consent: reading, and then telling too, or telling alone. */
export function heldBack({ authorisation }: SyncDeps): 'reading' | 'telling' | undefined {
  return authorisation.lacks('calendar') ? 'reading' : authorisation.lacks('provider') ? 'telling' : undefined;
}
