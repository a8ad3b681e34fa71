/** Events that are not followed because the store is full: counted on their calendar, which is read anew when there is room. */
import type { Delta } from './read-delta';
import type { CalendarRecord } from './sync-tokens';
import { STORE_LIMIT_BYTES, type UserState } from './user-state';

/** Room for a hundred events and more: a calendar is not read anew for one. */
const ROOM_BYTES = STORE_LIMIT_BYTES / 20;

/** The record to read with: without its token if what was left out is worth another look. */
export function withRoom(record: CalendarRecord, state: UserState): CalendarRecord {
  if (record.unadopted === undefined || record.goesOn !== undefined || !state.hasRoomFor(ROOM_BYTES)) return record;
  const { token: _known, ...rest } = record;
  return rest;
}

/** A whole list counts from the beginning; what comes later is added to it. */
export function withLeftOut(record: CalendarRecord, { full, isFirst }: Delta, leftOut: number): CalendarRecord {
  const { unadopted = 0, ...rest } = record;
  const all = (full && isFirst ? 0 : unadopted) + leftOut;
  return all === 0 ? rest : { ...rest, unadopted: all };
}
