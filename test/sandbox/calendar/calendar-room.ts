/** A room with a calendar service in virtual time, for the tests of this folder. */

import type { CalendarAnswer, CalendarChange, CalendarDeps, Origin } from '../../../sandbox/calendar/service';
import { CalendarService } from '../../../sandbox/calendar/service';
import { VirtualClock } from '../../../sandbox/world/clock';
import { Faults } from '../../../sandbox/world/faults';
import type { JsonObject } from '../../../sandbox/world/json';
import { Random } from '../../../sandbox/world/random';
import { MemoryRecords } from '../../../sandbox/world/records';
import { switchSettings } from '../../../sandbox/world/switches';
import { Trace } from '../../../sandbox/world/trace';

export const ANA = 'ana@example.com';
export const BEN = 'ben@example.com';
export const CAM = 'cam@example.org';

export type Event = JsonObject & { id: string; etag: string };
export type EventList = { items: Event[]; nextPageToken?: string; nextSyncToken?: string } & JsonObject;

export class CalendarRoom {
  readonly clock = new VirtualClock(Date.UTC(2026, 0, 5, 8));
  readonly faults = new Faults();
  readonly trace = new Trace();
  readonly changes: CalendarChange[] = [];
  service: CalendarService;

  constructor(
    private readonly switches: Parameters<typeof switchSettings>[0] = {},
    private readonly quota: NonNullable<CalendarDeps['quota']> = 'off',
    readonly records = new MemoryRecords(),
  ) {
    this.service = this.start();
    this.service.createAccount({ email: ANA, displayName: 'Ana', timeZone: 'Europe/Zurich' });
    this.service.createAccount({ email: BEN, displayName: 'Ben', timeZone: 'America/New_York' });
    this.service.createAccount({ email: CAM, timeZone: 'Europe/Zurich' });
  }

  /** Starts the service anew over the same records, as after a restart. */
  restart(): void {
    this.service = this.start();
  }

  advance(ms: number): void {
    this.clock.moveTo(this.clock.nowMs() + ms);
  }

  call(
    viewer: string,
    method: string,
    params: Record<string, unknown>,
    body?: unknown,
    headers?: Record<string, string>,
    origin?: Origin,
  ): CalendarAnswer {
    this.advance(1000);
    return this.service.handle(viewer, { method, params, body, ...(headers && { headers }) }, origin);
  }

  /** The body of an answer that must be a success. */
  ok<T = Event>(...call: Parameters<CalendarRoom['call']>): T {
    const answer = this.call(...call);
    if (answer.status !== 200) throw new Error(`${call[1]} answered ${JSON.stringify(answer)}`);
    return answer.body as T;
  }

  insert(viewer: string, event: JsonObject, params: JsonObject = {}): Event {
    return this.ok(viewer, 'events.insert', { calendarId: 'primary', ...params }, event);
  }

  patch(viewer: string, eventId: string, patch: JsonObject, params: JsonObject = {}): Event {
    return this.ok(viewer, 'events.patch', { calendarId: 'primary', eventId, ...params }, patch);
  }

  get(viewer: string, eventId: string, calendarId = 'primary'): Event {
    return this.ok(viewer, 'events.get', { calendarId, eventId });
  }

  delete(viewer: string, eventId: string, calendarId = 'primary'): number {
    return this.call(viewer, 'events.delete', { calendarId, eventId }).status;
  }

  list(viewer: string, params: JsonObject = {}): EventList {
    return this.ok(viewer, 'events.list', { calendarId: 'primary', ...params });
  }

  /** The token at the end of a full list. */
  token(viewer: string, params: JsonObject = {}): string {
    const { nextSyncToken } = this.list(viewer, { showDeleted: true, maxResults: 2500, ...params });
    if (nextSyncToken === undefined) throw new Error('The list ended without a sync token.');
    return nextSyncToken;
  }

  /** Rows changed since a token. */
  changed(viewer: string, syncToken: string, params: JsonObject = {}): Event[] {
    return this.list(viewer, { showDeleted: true, maxResults: 2500, syncToken, ...params }).items;
  }

  private start(): CalendarService {
    const service = new CalendarService({
      records: this.records,
      clock: this.clock,
      random: new Random('calendar-test'),
      switches: switchSettings(this.switches),
      faults: this.faults,
      trace: this.trace,
      quota: this.quota,
    });
    service.onChange((change) => this.changes.push(change));
    return service;
  }
}

/** An hour on a day of January 2026, in Zurich. */
export function meeting(over: JsonObject = {}): JsonObject {
  return {
    summary: 'Planning',
    start: { dateTime: '2026-01-12T10:00:00+01:00' },
    end: { dateTime: '2026-01-12T11:00:00+01:00' },
    ...over,
  };
}

/** Every Monday at 10:00 in Zurich, from 12 January 2026. */
export function weekly(over: JsonObject = {}): JsonObject {
  return meeting({
    start: { dateTime: '2026-01-12T10:00:00', timeZone: 'Europe/Zurich' },
    end: { dateTime: '2026-01-12T11:00:00', timeZone: 'Europe/Zurich' },
    recurrence: ['RRULE:FREQ=WEEKLY;COUNT=10'],
    ...over,
  });
}

export const VIDEO: JsonObject = {
  conferenceId: 'room-1',
  conferenceSolution: { key: { type: 'addOn' }, name: 'Example Meet', iconUri: 'https://lh3.googleusercontent.com/x' },
  entryPoints: [{ entryPointType: 'video', uri: 'https://meet.example.com/room-1', label: 'meet.example.com/room-1' }],
  parameters: { addOnParameters: { parameters: { ref: 'room-1' } } },
};

/** code, reason and message of a refusal. */
export function refusalOf(answer: CalendarAnswer): [number, string, string] {
  const { error } = answer.body as { error: { code: number; message: string; errors: Array<{ reason: string }> } };
  return [answer.status, error.errors[0]!.reason, error.message];
}

export const ids = (rows: Event[]): string[] => rows.map((row) => row.id);
