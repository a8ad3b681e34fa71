/**
 * Which calendar a request means, and what its viewer may do there.
 *
 * A calendar without any access is not found; one with too little access says what is needed
 * (/workspace/calendar/api/concepts/sharing, .../guides/errors).
 */
import type { CalendarRecord, CalendarStore } from './calendar-store';
import { rank } from './calendar-store';
import { refuse } from './refusal';
import type { Role } from './types';

export interface Access {
  viewer: string;
  calendar: CalendarRecord;
  role: Role;
}

/** The calendar a `calendarId` parameter names for this viewer: `primary` is the viewer's own. */
export function calendarIdFor(viewer: string, calendarId: string): string {
  return calendarId === 'primary' ? viewer : calendarId.toLowerCase();
}

/** Opens a calendar for somebody who needs at least `need`. Throws 404 or 403. */
export function openCalendar(calendars: CalendarStore, viewer: string, calendarId: string, need: Role): Access {
  const calendar = calendars.calendar(calendarIdFor(viewer, calendarId));
  const role = calendar === undefined ? 'none' : calendars.role(calendar.id, viewer);
  if (calendar === undefined || role === 'none') throw refuse.notFound();
  if (rank(role) < rank(need)) throw refuse.requiredAccessLevel(need);
  return { viewer, calendar, role };
}
