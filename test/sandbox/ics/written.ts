/** iCalendar text as tests write it, and calendars to import it into. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarService } from '../../../sandbox/calendar/service';
import { type ParsedIcs, parseIcs } from '../../../sandbox/ics/parse';
import { VirtualClock } from '../../../sandbox/world/clock';
import { Faults } from '../../../sandbox/world/faults';
import type { JsonObject } from '../../../sandbox/world/json';
import { Random } from '../../../sandbox/world/random';
import { MemoryRecords } from '../../../sandbox/world/records';
import { switchSettings } from '../../../sandbox/world/switches';
import { Trace } from '../../../sandbox/world/trace';

export const ANN = 'ann@example.com';
export const BERLIN = { calendarZone: 'Europe/Berlin' };
export const SAMPLE = readFileSync(join(__dirname, '../../../sandbox/ics/sample.ics'), 'utf8');

/** A VCALENDAR around the lines. */
export function calendarOf(...lines: string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

/** A VEVENT with uid `u`, unless the lines name one. */
export function entry(...lines: string[]): string {
  const uid = lines.some((line) => line.startsWith('UID')) ? [] : ['UID:u'];
  return ['BEGIN:VEVENT', ...uid, 'DTSTAMP:20260301T000000Z', ...lines, 'END:VEVENT'].join('\r\n');
}

/** The one event of a file with these lines. */
export function eventOf(...lines: string[]): JsonObject {
  const { events } = parseIcs(calendarOf(entry(...lines)), BERLIN);
  expect(events).toHaveLength(1);
  return events[0]?.event as JsonObject;
}

export function annsCalendar() {
  const faults = new Faults();
  const trace = new Trace();
  const calendar = new CalendarService({
    records: new MemoryRecords(),
    clock: new VirtualClock(Date.parse('2026-03-01T08:00:00Z')),
    random: new Random('ics'),
    switches: switchSettings(),
    faults,
    trace,
  });
  calendar.createAccount({ email: ANN, displayName: 'Ann Lind', timeZone: 'Europe/Berlin' });
  const ask = (method: string, params: object = {}, body?: object) =>
    calendar.handle(ANN, { method, params: { calendarId: ANN, ...params }, ...(body && { body }) }, 'editor')
      .body as JsonObject;
  const events = () => (ask('events.list', { maxResults: 2500 }) as { items: JsonObject[] }).items;
  return { calendar, faults, ask, events };
}

/** How many events a file that parsed will leave on an empty calendar, its exceptions not counted. */
export function liveEvents(parsed: ParsedIcs): number {
  return parsed.events.filter(({ event }) => event !== 'cancelled').length;
}
