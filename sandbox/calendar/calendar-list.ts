/**
 * calendarList.*: the calendars a user has in view. Source: /workspace/calendar/api/v3/reference/calendarList.
 *
 * Sharing a calendar does not put it on anybody's list; its new reader inserts it
 * (/workspace/calendar/api/concepts/sharing). Its own sync tokens are not simulated.
 */
import type { JsonObject } from '../world/json';
import { NotSimulated } from '../world/not-simulated';
import { calendarIdFor, openCalendar } from './access';
import { type CalendarRecord, type CalendarStore, type EntryRecord, rank } from './calendar-store';
import { mergePatch, readBody } from './event-fields';
import type { Given } from './params';
import { refuse } from './refusal';
import { etagOf } from './row';
import type { Role } from './types';

/** What a viewer may choose about an entry. */
const CHOICES = [
  ...['summaryOverride', 'colorId', 'backgroundColor', 'foregroundColor', 'hidden', 'selected'],
  ...['defaultReminders', 'notificationSettings'],
];

export class CalendarListRequests {
  constructor(private readonly calendars: CalendarStore) {}

  list(viewer: string, given: Given): JsonObject {
    if (given.syncToken !== undefined || given.pageToken !== undefined) {
      throw new NotSimulated('calendarList.list with a sync or page token');
    }
    const least = rank((given.minAccessRole as Role | undefined) ?? 'freeBusyReader');
    const items = this.calendars
      .entries()
      .filter((entry) => entry.viewer === viewer && (given.showHidden === true || entry.chosen.hidden !== true))
      .filter((entry) => rank(this.calendars.role(entry.calendarId, viewer)) >= least)
      .map((entry) => this.resource(entry));
    const newest = this.calendars.entries().reduce((most, entry) => Math.max(most, entry.version), 0);
    return { kind: 'calendar#calendarList', etag: etagOf(newest), items };
  }

  get(viewer: string, given: Given): JsonObject {
    return this.resource(this.entry(viewer, given));
  }

  insert(viewer: string, body: unknown): JsonObject {
    const wanted = readBody(body);
    if (typeof wanted.id !== 'string') throw refuse.required('Missing calendar id.');
    const { calendar } = openCalendar(this.calendars, viewer, wanted.id, 'freeBusyReader');
    const present = this.calendars.entry(viewer, calendar.id)?.chosen ?? {};
    return this.resource(this.calendars.putEntry(viewer, calendar.id, { ...present, ...chosenOf(wanted) }));
  }

  change(viewer: string, given: Given, body: unknown, mode: 'update' | 'patch'): JsonObject {
    // As recorded of a PUT; get takes the name.
    if (mode === 'update' && given.calendarId === 'primary') throw refuse.invalid('Invalid resource id value.');
    const entry = this.entry(viewer, given);
    const base = mode === 'patch' ? entry.chosen : {};
    const chosen = mergePatch(base, chosenOf(readBody(body))) as JsonObject;
    return this.resource(this.calendars.putEntry(viewer, entry.calendarId, chosen));
  }

  delete(viewer: string, given: Given): void {
    const entry = this.entry(viewer, given);
    if (entry.calendarId === viewer) throw refuse.forbidden('Cannot remove the primary calendar from the list.');
    this.calendars.removeEntry(viewer, entry.calendarId);
  }

  private entry(viewer: string, given: Given): EntryRecord {
    const calendarId = calendarIdFor(viewer, given.calendarId as string);
    const entry = this.calendars.entry(viewer, calendarId);
    if (entry === undefined || this.calendars.role(calendarId, viewer) === 'none') throw refuse.notFound();
    return entry;
  }

  private resource(entry: EntryRecord): JsonObject {
    const calendar = this.calendars.calendar(entry.calendarId) as CalendarRecord;
    return {
      kind: 'calendar#calendarListEntry',
      etag: etagOf(entry.version * 2 + calendar.version),
      id: calendar.id,
      summary: calendar.summary,
      ...(calendar.description !== undefined && { description: calendar.description }),
      ...(calendar.location !== undefined && { location: calendar.location }),
      timeZone: calendar.timeZone,
      ...(!calendar.primary && { dataOwner: calendar.owner }),
      colorId: '14',
      backgroundColor: '#9fe1e7',
      foregroundColor: '#000000',
      defaultReminders: [],
      conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
      ...entry.chosen,
      accessRole: this.calendars.role(calendar.id, entry.viewer),
      ...(calendar.id === entry.viewer && { primary: true }),
    };
  }
}

function chosenOf(body: JsonObject): JsonObject {
  return Object.fromEntries(CHOICES.filter((name) => body[name] !== undefined).map((name) => [name, body[name]!]));
}
