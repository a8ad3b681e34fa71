/** An event moves to another calendar of its owner's, and what of it can no longer be seen from there. */
import type { Day, KnownEvent } from './day';

export function moveTo(day: Day, event: KnownEvent, destination: string): void {
  const { person } = event.owner;
  const before = person.sees(event).conferenceData as { conferenceId?: string } | undefined;
  const moved = person.moves(event, destination);
  const watched = day.world.script.triggers(person.email).map(({ calendarId }) => calendarId);
  if (before?.conferenceId !== undefined && !watched.includes(moved.calendarId)) {
    day.outOfSight.add(before.conferenceId);
  }
  day.movers.add(person.email);
  Object.assign(event, { calendarId: moved.calendarId, eventId: moved.eventId });
}
