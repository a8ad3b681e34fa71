/**
 * Writes a conference into an event: only what people join by, only as the event was read (If-Match).
 *
 * What a person does meanwhile stands: the event is read and judged anew.
 */
import type { Binding } from '../core/binding';
import type { Conference } from '../core/conference';
import type { DiffContext } from '../core/diff';
import type { AddOnError } from '../core/errors';
import { isAddOnError } from '../core/errors';
import { isRepairable } from '../core/repair';
import type { Row } from '../core/row';
import { sealedText } from '../core/stamp';
import type { SyncDeps } from './deps';
import type { UserState } from './user-state';

/** A person who edits faster than this is left to the next pass. */
const MAX_WRITES = 3;

export type Written =
  | { end: 'written'; row: Row }
  /** A person was faster, and the event shows the old conference no longer. */
  | { end: 'changed'; row: Row }
  /** Google does not take it, and never will. */
  | { end: 'refused' }
  | { end: 'unknown' };

/** @param seen the row as it was read just now. */
export function writeLink(
  seen: Row,
  binding: Binding,
  conference: Conference,
  context: DiffContext,
  state: UserState,
  deps: SyncDeps,
): Written {
  let row = seen;
  for (let writes = 0; writes < MAX_WRITES; writes++) {
    if (row.etag === undefined) return { end: 'refused' };
    const stamped = { solution: binding.solution, conference: conference.id };
    const stamp = { ...stamped, owner: deps.seal(state.owner, sealedText(stamped)) };
    const answer = deps.calendar.putConference(context.calendarId, row.id, row.etag, { conference, stamp });
    if (!isAddOnError(answer)) return { end: 'written', row: answer };
    if (answer.code !== 'event-changed') return { end: isPassing(answer) ? 'unknown' : 'refused' };
    const again = deps.calendar.get(context.calendarId, row.id);
    if (isAddOnError(again)) return { end: 'unknown' };
    if (!isRepairable(again, binding, context.calendarId)) return { end: 'changed', row: again };
    row = again;
  }
  return { end: 'unknown' };
}

function isPassing({ code }: AddOnError): boolean {
  return code === 'google-unavailable' || code === 'grant-missing' || code === 'event-absent';
}
