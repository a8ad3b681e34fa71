/** An event moves to another calendar of its owner's, and what of it can no longer be seen from there. */
import type { Day, KnownEvent, OracleEvent } from './day';
import { conferenceIdOf, rowsOf } from './oracle';

const LISTED = /^Calendar events\.list -> \d/;

export function moveTo(day: Day, event: KnownEvent, destination: string): void {
  const { person } = event.owner;
  const { created } = person.sees(event);
  const from = placeOf(event);
  const isUnseen = day.unseen.has(from) || !wasListedSince(day, Date.parse(created as string));
  noteCarried(day, event);
  const moved = person.moves(event, destination);
  day.unseen.delete(from);
  const carried = day.carried.get(from) ?? new Set();
  day.carried.delete(from);
  day.carried.set(placeOf(moved), carried);
  const isFailed = day.failedCreates.delete(from);
  if (isFailed) day.failedCreates.add(placeOf(moved));
  const watched = day.world.script.triggers(person.email).map(({ calendarId }) => calendarId);
  if (!watched.includes(moved.calendarId)) {
    for (const conference of carried) day.outOfSight.add(conference);
    if (isFailed) day.failedOutOfSight++;
    if (isUnseen) day.unseen.add(placeOf(moved));
  }
  Object.assign(event, { calendarId: moved.calendarId, eventId: moved.eventId });
}

/**
 * Remembers which conferences an event and its occurrences have: one that was taken off, or whose occurrence was cancelled,
 * is not known to be so while the event has moved out of sight since.
 */
export function noteCarried(day: Day, { owner, calendarId, eventId }: KnownEvent): void {
  const rows = rowsOf(day, owner.person.email, calendarId);
  const masterId = rows.find(({ id }) => id === eventId)?.recurringEventId ?? seriesOf(eventId, rows) ?? eventId;
  const own = rows.filter(({ id, recurringEventId }) => id === masterId || recurringEventId === masterId);
  const place = placeOf({ calendarId, eventId: masterId });
  const carried = day.carried.get(place) ?? new Set();
  for (const id of own.map(conferenceIdOf)) if (id !== undefined) carried.add(id);
  if (carried.size > 0) day.carried.set(place, carried);
}

/**
 * A create that was made for the event has come to nothing that its maker could see.
 *
 * @param isJustNow the create is the last one of this person's; a draft's may be any.
 */
export function noteFailedCreate(day: Day, event: KnownEvent, isJustNow = true): void {
  if (event.owner.person.sees(event).conferenceData !== undefined) return;
  day.failedCreates.add(placeOf(event));
  if (isJustNow) day.madeUntold.set(event.eventId, madeInLastCreate(day, event.owner.person.email));
}

function madeInLastCreate({ world, service }: Day, user: string): string[] {
  const executions = world.trace.entries().filter(({ kind }) => kind === 'execution');
  const begins = executions.filter(({ text }) => text.endsWith(` (create) begins for ${user}`)).pop();
  const ends = executions.filter(({ by }) => by === begins?.by).pop();
  if (begins === undefined || ends === undefined) return [];
  const made = service.conferences()?.filter(({ madeMs }) => madeMs >= begins.atMs && madeMs <= ends.atMs) ?? [];
  return made.map(({ id }) => id);
}

/** Of an occurrence that has no row of its own yet. */
function seriesOf(eventId: string, rows: readonly OracleEvent[]): string | undefined {
  return rows.find(({ id, recurrence }) => recurrence !== undefined && eventId.startsWith(`${id}_`))?.id;
}

/** It was made, and went out of sight, before an add-on was given any list of events. */
export function wasNeverSeen({ unseen }: Day, { calendarId, id, recurringEventId }: OracleEvent): boolean {
  return unseen.has(placeOf({ calendarId, eventId: recurringEventId ?? id }));
}

function wasListedSince({ world }: Day, sinceMs: number): boolean {
  const entries = world.trace.entries();
  return entries.some(({ kind, text, atMs }) => kind === 'service' && atMs >= sinceMs && LISTED.test(text));
}

function placeOf({ calendarId, eventId }: { calendarId: string; eventId: string }): string {
  return `${calendarId}/${eventId}`;
}
