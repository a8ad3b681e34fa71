/** What the card of an event says of a conference that the service does not know as the account it is asked as. */
import type { EventConference } from '../ports/event-status';
import { ago } from './words';

/** Nothing is said to be gone that another account may have made. */
export function accountLines(
  { state, unknown, account, change }: EventConference,
  service: string,
  nowMs: number,
): string[] {
  const as = account === undefined ? '' : ` as ${account}`;
  const waits =
    change === undefined ? [] : [`A change of ${ago(nowMs - change.sinceMs)} waits for that account; nothing is lost.`];
  if (unknown?.whose === 'another') {
    const now = `It was made with another account at ${service}; you are connected${as}.`;
    return [`${now} Disconnect in “Settings”, and sign in with the account it was made with.`, ...waits];
  }
  const both = `${service}, where you are connected${as}, does not know it: it was made with another account, or it is gone.`;
  const otherwise = state === 'broken' ? ' If that changes nothing, take it off the event and add it again.' : '';
  return [`${both} If you have another account there, sign in with that one.${otherwise}`, ...waits];
}
