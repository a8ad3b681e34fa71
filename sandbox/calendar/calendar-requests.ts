/**
 * calendars.*: the calendars themselves. Source: /workspace/calendar/api/v3/reference/calendars.
 *
 * A primary calendar comes with its account and cannot be deleted, only cleared; a secondary one the other way round.
 */
import type { JsonObject } from '../world/json';
import type { Random } from '../world/random';
import type { Zones } from '../world/zones';
import { type Access, openCalendar } from './access';
import type { CalendarRecord, CalendarStore } from './calendar-store';
import { checkType, mergePatch, readBody } from './event-fields';
import type { EventStore, RowDraft } from './event-store';
import { instantOf, inZone } from './event-time';
import type { Meetings } from './meetings';
import type { Given } from './params';
import { refuse } from './refusal';
import { type EventRow, etagOf, isException } from './row';

export interface CalendarRequestDeps {
  calendars: CalendarStore;
  store: EventStore;
  meetings: Meetings;
  zones: Zones;
  random: Random;
  nowMs: () => number;
  cancel: (row: EventRow) => EventRow;
}

const TEXTS = ['summary', 'description', 'location'] as const;

export class CalendarRequests {
  constructor(private readonly deps: CalendarRequestDeps) {}

  get(viewer: string, given: Given): JsonObject {
    return calendarResource(
      openCalendar(this.deps.calendars, viewer, given.calendarId as string, 'freeBusyReader').calendar,
    );
  }

  insert(viewer: string, given: unknown): JsonObject {
    const body = readBody(given);
    if (typeof body.summary !== 'string' || body.summary === '') throw refuse.required('Missing title.');
    const { calendars, random, nowMs } = this.deps;
    const id = `c_${random.text(64, '0123456789abcdef')}@group.calendar.google.com`;
    const record = calendars.putCalendar({
      id,
      owner: viewer,
      primary: false,
      updatedMs: nowMs(),
      epoch: 0,
      collectedTo: 0,
      ...this.read(body),
      summary: body.summary,
    });
    calendars.putRule({ calendarId: id, id: `user:${viewer}`, role: 'owner', scope: { type: 'user', value: viewer } });
    calendars.putEntry(viewer, id, { selected: true });
    return calendarResource(calendars.calendar(record.id)!);
  }

  change(viewer: string, given: Given, body: unknown, mode: 'update' | 'patch'): JsonObject {
    const { calendar } = openCalendar(this.deps.calendars, viewer, given.calendarId as string, 'owner');
    const { description: _d, location: _l, ...base } = calendar;
    const before: JsonObject = mode === 'patch' ? calendarResource(calendar) : { timeZone: calendar.timeZone };
    const wanted = mergePatch(before, readBody(body)) as JsonObject;
    if (typeof wanted.summary !== 'string' || wanted.summary === '') throw refuse.required('Missing title.');
    const read = this.read(wanted);
    const record = this.deps.calendars.putCalendar({ ...base, ...read, updatedMs: this.deps.nowMs() });
    if (record.timeZone !== calendar.timeZone) this.reprint(record);
    return calendarResource(record);
  }

  delete(viewer: string, given: Given): void {
    const access = openCalendar(this.deps.calendars, viewer, given.calendarId as string, 'owner');
    if (access.calendar.primary) throw refuse.forbidden('Cannot delete the primary calendar.');
    this.empty(access);
    for (const row of [...this.deps.store.rows(access.calendar.id)]) this.deps.store.remove(row);
    this.deps.calendars.removeCalendar(access.calendar.id);
  }

  clear(viewer: string, given: Given): void {
    const access = openCalendar(this.deps.calendars, viewer, given.calendarId as string, 'owner');
    if (!access.calendar.primary) throw refuse.invalid('Only the primary calendar can be cleared.');
    this.empty(access);
  }

  private empty({ calendar }: Access): void {
    const rows = [...this.deps.store.rows(calendar.id)];
    for (const row of rows) {
      const now = this.deps.store.row(calendar.id, row.id);
      if (now && now.gone === undefined && !isException(now.event)) this.deps.cancel(now);
    }
  }

  private read(body: JsonObject): { summary: string; description?: string; location?: string; timeZone: string } {
    const read: JsonObject = {};
    for (const name of TEXTS) {
      if (body[name] === undefined || body[name] === '') continue;
      checkType(name, body[name], 'text');
      read[name] = String(body[name]);
    }
    const zone = body.timeZone ?? 'UTC';
    if (typeof zone !== 'string' || !this.deps.zones.isZone(zone)) throw refuse.invalid('Invalid time zone value.');
    return { ...(read as { summary: string }), timeZone: zone };
  }

  /** Google prints times in the calendar's zone: another zone, another print, but no change of any event. */
  private reprint(calendar: CalendarRecord): void {
    const { store, zones } = this.deps;
    for (const row of [...store.rows(calendar.id)]) {
      const event = { ...row.event };
      for (const name of ['start', 'end', 'originalStartTime']) {
        if (event[name] !== undefined) event[name] = inZone(event[name] as JsonObject, calendar.timeZone, zones);
      }
      const at = (time: unknown) => instantOf(time as JsonObject, calendar.timeZone, zones);
      const reprinted: RowDraft = { ...row, event, startMs: at(event.start), endMs: at(event.end) };
      store.putSilently({ ...reprinted, change: row.change });
    }
  }
}

export function calendarResource(calendar: CalendarRecord): JsonObject {
  return {
    kind: 'calendar#calendar',
    etag: etagOf(calendar.version),
    id: calendar.id,
    summary: calendar.summary,
    ...(calendar.description !== undefined && { description: calendar.description }),
    ...(calendar.location !== undefined && { location: calendar.location }),
    timeZone: calendar.timeZone,
    ...(!calendar.primary && { dataOwner: calendar.owner }),
    conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
  };
}
