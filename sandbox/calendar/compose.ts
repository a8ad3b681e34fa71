/**
 * From a client's body to the event to store: what insert, update and patch mean for each field.
 *
 * insert and update take the body for the whole resource (a field left out is back at its default), patch takes what
 * the body names. What a client may not write is passed over. Nothing is stored here.
 */
import { copyJson, type JsonObject } from '../world/json';
import type { Zones } from '../world/zones';
import { attendeesOf, findAttendee, readAttendees, turnAttendees, withAnswer } from './attendees';
import type { CalendarRecord } from './calendar-store';
import { type ConferenceGate, hangoutLinkOf } from './conference';
import { readAttachments, readExtendedProperties, readReminders } from './event-details';
import { checkType, mergePatch, WRITABLE } from './event-fields';
import { readEventTime, seriesStart } from './event-time';
import { BadRecurrence, type Recurrences } from './recurrence';
import { refuse } from './refusal';

export interface ComposeRequest {
  calendar: CalendarRecord;
  mode: 'insert' | 'update' | 'patch';
  body: JsonObject;
  /** conferenceDataVersion 1. */
  conference: boolean;
  attachments: boolean;
  byEditor: boolean;
}

export interface Composed {
  event: JsonObject;
  startMs: number;
  endMs: number;
}

export class Composer {
  constructor(
    private readonly zones: Zones,
    private readonly recurrences: Recurrences,
    private readonly gate: ConferenceGate,
  ) {}

  /**
   * @param base fields a client cannot write (ids, creator, organizer...), and, unless inserting, the event as it is.
   * Throws a refusal for the first thing wrong.
   */
  compose(base: JsonObject, before: { startMs: number; endMs: number } | undefined, request: ComposeRequest): Composed {
    const { body, mode } = request;
    const event: JsonObject = {};
    for (const name in base) if (WRITABLE[name] === undefined) event[name] = base[name]!;
    const recurring = event.recurringEventId === undefined;
    for (const name in WRITABLE) {
      if (name === 'recurrence' && !recurring) continue;
      const value = this.field(name, base, request);
      if (value !== undefined) event[name] = value;
    }
    const link = hangoutLinkOf(event.conferenceData as JsonObject | undefined);
    if (link === undefined) delete event.hangoutLink;
    else event.hangoutLink = link;
    const timed = mode === 'patch' && before && !['start', 'end', 'recurrence'].some((name) => name in body);
    return timed ? { event, startMs: before.startMs, endMs: before.endMs } : this.place(event, request.calendar, body);
  }

  private field(name: string, base: JsonObject, request: ComposeRequest): JsonObject[string] | undefined {
    const { body, mode } = request;
    const field = WRITABLE[name]!;
    const given = body[name];
    if (name === 'conferenceData') return this.conference(base, request);
    if (name === 'attachments' && !request.attachments) return base.attachments;
    if (given != null) checkType(name, given, field.type);
    if (mode === 'patch' && given === undefined) return base[name];
    const value = (mode === 'patch' ? mergePatch(base[name], given) : given) ?? undefined;
    if (name === 'attendees') return this.attendees(value as JsonObject[] | undefined, base, request);
    if (name === 'reminders') return readReminders(value as JsonObject | undefined);
    if (name === 'status') return this.status(value);
    if (name === 'sequence') return this.sequence(value, base);
    if (value === undefined || value === '' || value === field.silent) return undefined;
    if (field.values && !field.values.includes(value as string)) throw refuse.invalid(`Invalid value for: ${name}`);
    if (name === 'extendedProperties') return readExtendedProperties(value as JsonObject);
    if (name === 'attachments') return readAttachments(value as JsonObject[]);
    if (field.type === 'text') return String(value);
    if (Array.isArray(value) && value.length === 0) return undefined;
    return field.type === 'boolean' ? (value as boolean) : copyJson(value as JsonObject);
  }

  private status(value: unknown): string {
    if (value === undefined) return 'confirmed';
    if (!WRITABLE.status!.values!.includes(value as string)) throw refuse.invalid('Invalid value for: status');
    return value as string;
  }

  private sequence(value: unknown, base: JsonObject): number {
    const now = (base.sequence as number | undefined) ?? 0;
    if (value === undefined) return now;
    if ((value as number) < now) {
      throw refuse.invalid(
        'Invalid sequence value. The specified sequence number is below the current sequence number of the resource. Re-fetch the resource and use its sequence number on the following request.',
      );
    }
    return value as number;
  }

  private attendees(
    value: JsonObject[] | undefined,
    base: JsonObject,
    request: ComposeRequest,
  ): JsonObject[] | undefined {
    const organiser = (base.organizer as JsonObject).email as string;
    const calendarId = request.calendar.id;
    if (value === undefined || value.length === 0) return undefined;
    const read = readAttendees(value);
    if (request.body.attendeesOmitted === true && request.mode !== 'insert') {
      const mine = read.find((attendee) => attendee.email === calendarId);
      const present = attendeesOf(base);
      if (present.length === 0) return undefined;
      return mine && findAttendee(base, calendarId) ? withAnswer(present, calendarId, mine) : [...present];
    }
    return turnAttendees(read, calendarId, organiser);
  }

  private conference(base: JsonObject, { body, mode, conference, byEditor }: ComposeRequest): JsonObject | undefined {
    const current = base.conferenceData as JsonObject | undefined;
    if (!conference) return current;
    if (mode === 'patch' && body.conferenceData === undefined) return current;
    const given = (body.conferenceData ?? null) as JsonObject | null;
    if (given !== null) checkType('conferenceData', given, 'object');
    const fresh = given === null || given.createRequest !== undefined || mode !== 'patch' || byEditor;
    const asked = fresh ? given : (mergePatch(current, given) as JsonObject);
    return this.gate.pass({ current, asked: asked && copyJson(asked), byEditor });
  }

  private place(event: JsonObject, calendar: CalendarRecord, body: JsonObject): Composed {
    const lines = event.recurrence as string[] | undefined;
    const fresh = lines !== undefined && (body.start != null || body.end != null);
    const read = (which: 'start' | 'end') =>
      readEventTime((event[which] as JsonObject | undefined) ?? {}, which, calendar.timeZone, this.zones, fresh);
    const start = read('start');
    const end = read('end');
    if (start.allDay !== end.allDay) {
      throw refuse.invalid('Start and end times must either both be date or both be dateTime.');
    }
    if (end.ms < start.ms) throw refuse.timeRangeEmpty('endTime');
    event.start = start.json;
    event.end = end.json;
    if (lines !== undefined) this.checkRecurrence(start.json, lines);
    return { event, startMs: start.ms, endMs: end.ms };
  }

  private checkRecurrence(start: JsonObject, lines: string[]): void {
    try {
      this.recurrences.series(seriesStart(start, this.zones), lines);
    } catch (error) {
      if (error instanceof BadRecurrence) throw refuse.invalid(`Invalid recurrence rule. ${error.message}`);
      throw error;
    }
  }
}
