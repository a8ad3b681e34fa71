/** An event moves to another calendar of its owner's, and what of it can no longer be seen from there. */
import type { Day, KnownEvent, OracleEvent } from './day';

const LISTED = /^Calendar events\.list -> \d/;

export function moveTo(day: Day, event: KnownEvent, destination: string): void {
  const { person } = event.owner;
  const { conferenceData, created } = person.sees(event);
  const from = placeOf(event);
  const isUnseen = day.unseen.has(from) || !wasListedSince(day, Date.parse(created as string));
  const moved = person.moves(event, destination);
  day.unseen.delete(from);
  const watched = day.world.script.triggers(person.email).map(({ calendarId }) => calendarId);
  if (!watched.includes(moved.calendarId)) {
    const { conferenceId } = (conferenceData ?? {}) as { conferenceId?: string };
    if (conferenceId !== undefined) day.outOfSight.add(conferenceId);
    if (isUnseen) day.unseen.add(placeOf(moved));
  }
  day.movers.add(person.email);
  Object.assign(event, { calendarId: moved.calendarId, eventId: moved.eventId });
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
