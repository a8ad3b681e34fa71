/**
 * What Calendar's own interface, or Google itself, does and the public API cannot.
 */
import type { JsonObject } from '../world/json';
import { openCalendar } from './access';
import type { Engine } from './engine';
import { readBody } from './event-fields';
import { hasLiveSeries } from './meetings';
import type { EventRow } from './row';

const EDITOR = { conference: true, attachments: true, byEditor: true } as const;
/** What a duplicate takes from its original. */
const DUPLICATED = [
  ...['summary', 'description', 'location', 'colorId', 'start', 'end', 'recurrence', 'transparency', 'visibility'],
  ...['guestsCanInviteOthers', 'guestsCanModify', 'guestsCanSeeOtherGuests', 'reminders', 'attachments'],
];

export class EditorVerbs {
  constructor(private readonly engine: Engine) {}

  setConference(viewer: string, calendarId: string, eventId: string, data: JsonObject | null): JsonObject {
    const access = openCalendar(this.engine.calendars, viewer, calendarId, 'writer');
    const row = this.engine.writes.change(access, eventId, { conferenceData: data }, 'patch', EDITOR);
    return this.show(viewer, row);
  }

  split(viewer: string, calendarId: string, seriesId: string, from: string, changes: JsonObject): JsonObject {
    const access = openCalendar(this.engine.calendars, viewer, calendarId, 'writer');
    return this.show(viewer, this.engine.splitter.split(access, seriesId, from, readBody(changes)));
  }

  duplicate(viewer: string, calendarId: string, eventId: string, overrides: JsonObject): JsonObject {
    const { calendars, writes, deps } = this.engine;
    const access = openCalendar(calendars, viewer, calendarId, 'writer');
    const { event } = writes.find(access, eventId);
    const body: JsonObject = {};
    for (const name of DUPLICATED) if (event[name] !== undefined) body[name] = event[name]!;
    const guests = event.attendees as JsonObject[] | undefined;
    if (guests) body.attendees = guests.map(({ responseStatus: _r, comment: _c, ...guest }) => guest);
    if (event.conferenceData !== undefined && !deps.switches.duplicateCallsCreate) {
      const { createRequest: _request, ...conference } = event.conferenceData as JsonObject;
      body.conferenceData = conference;
    }
    return this.show(viewer, writes.insert(access, { ...body, ...overrides }, EDITOR));
  }

  restore(viewer: string, calendarId: string, eventId: string): JsonObject {
    const access = openCalendar(this.engine.calendars, viewer, calendarId, 'writer');
    return this.show(viewer, this.engine.writes.restore(this.engine.writes.find(access, eventId)));
  }

  expireSyncTokens(calendarId?: string): void {
    const { calendars } = this.engine;
    const ids = calendarId === undefined ? calendars.calendars().map(({ id }) => id) : [calendarId.toLowerCase()];
    for (const id of ids) {
      if (calendars.calendar(id) === undefined) throw new RangeError(`There is no calendar "${id}".`);
      calendars.expireTokens(id);
    }
  }

  collectTombstones(calendarId: string | undefined, olderThanMs: number): number {
    const { calendars, deps } = this.engine;
    const untilMs = deps.clock.nowMs() - olderThanMs;
    const ids = calendarId === undefined ? calendars.calendars().map(({ id }) => id) : [calendarId.toLowerCase()];
    return ids.reduce((sum, id) => sum + this.collectIn(id, untilMs), 0);
  }

  private collectIn(calendarId: string, untilMs: number): number {
    const { calendars, store } = this.engine;
    const calendar = calendars.calendar(calendarId);
    if (calendar === undefined) throw new RangeError(`There is no calendar "${calendarId}".`);
    const dead = [...store.rows(calendarId)].filter(
      (row) => row.gone !== undefined && row.updatedMs <= untilMs && !hasLiveSeries(store, row),
    );
    if (dead.length === 0) return 0;
    const collectedTo = dead.reduce((most, row) => Math.max(most, row.change), calendar.collectedTo);
    for (const row of dead) store.remove(row);
    calendars.putCalendar({ ...calendar, collectedTo });
    return dead.length;
  }

  private show(viewer: string, row: EventRow): JsonObject {
    const access = openCalendar(this.engine.calendars, viewer, row.calendarId, 'freeBusyReader');
    return { ...this.engine.lister.show(row, { access, showDeleted: true }) };
  }
}
