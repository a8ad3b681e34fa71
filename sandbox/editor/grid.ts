/**
 * What a person does on the calendar grid, without opening the editor: delete, answer, move to another calendar, drag to
 * another time, bring back from the bin.
 *
 * Each verb returns Calendar's answer to its last write and throws nothing but EditorRefusal, for events that are not
 * there. Source: Calendar's help pages for what the interface offers; the writes are those of the API guides.
 */
import type { CalendarService } from '../calendar/service';
import type { CalendarAnswer } from '../calendar/types';
import type { Clock } from '../world/clock';
import type { JsonObject } from '../world/json';
import type { Trace } from '../world/trace';
import { EditorRefusal, type Scope } from './draft';
import { Occurrences } from './occurrences';
import { splitSeries } from './save';
import { type EventTime, seriesFields, trimRecurrence } from './series';

export interface GridDeps {
  calendar: CalendarService;
  clock: Clock;
  trace: Trace;
}

/** Where an event is, as its own calendar names it. */
export interface Place {
  calendarId: string;
  eventId: string;
}

export type Reply = 'accepted' | 'declined' | 'tentative' | 'needsAction';

export class Grid {
  private readonly occurrences: Occurrences;

  constructor(private readonly deps: GridDeps) {
    this.occurrences = new Occurrences(deps.calendar);
  }

  /** Deletes an event, an occurrence, a series, or a series from an occurrence on. */
  delete(user: string, { calendarId, eventId }: Place, scope: Scope = 'this'): CalendarAnswer {
    const event = this.occurrences.get(user, calendarId, eventId);
    const target = this.occurrences.target(user, calendarId, event, scope);
    this.say(user, `deletes ${phrase(event, scope)}`);
    if (target.kind === 'rest') {
      const recurrence = trimRecurrence(
        target.master.recurrence as string[],
        target.shown.originalStartTime as EventTime,
      );
      return this.write(user, 'events.patch', calendarId, target.master.id as string, { recurrence });
    }
    const doomed = target.kind === 'series' ? target.master : target.event;
    return this.write(user, 'events.delete', calendarId, doomed.id as string);
  }

  /** Answers an invitation, for this event or the whole series. */
  reply(user: string, { calendarId, eventId }: Place, reply: Reply, scope: 'this' | 'all' = 'this'): CalendarAnswer {
    const event = this.occurrences.get(user, calendarId, eventId);
    const target = this.occurrences.target(user, calendarId, event, scope);
    const answered = target.kind === 'event' ? target.event : target.master;
    const guests = (answered.attendees ?? []) as JsonObject[];
    const isSelf = (guest: JsonObject) => guest.self === true || guest.email === user;
    if (!guests.some(isSelf)) throw new EditorRefusal(400, `${user} is not invited to ${phrase(event, scope)}.`);
    this.say(user, `answers "${reply}" to ${phrase(event, scope)}`);
    const attendees = guests.map((guest) => (isSelf(guest) ? { ...guest, responseStatus: reply } : guest));
    return this.write(user, 'events.patch', calendarId, answered.id as string, { attendees });
  }

  /** Moves an event to another calendar of the user. */
  moveTo(user: string, { calendarId, eventId }: Place, destination: string): CalendarAnswer {
    const event = this.occurrences.get(user, calendarId, eventId);
    this.say(user, `moves ${phrase(event, 'this')} to calendar ${destination}`);
    const params = { calendarId, eventId, destination };
    return this.deps.calendar.handle(user, { method: 'events.move', params }, 'editor');
  }

  /** Drags an event to another time. Start and end as the API takes them. */
  drag(user: string, place: Place, to: { start: JsonObject; end: JsonObject }, scope: Scope = 'this'): CalendarAnswer {
    const { calendarId } = place;
    const event = this.occurrences.get(user, calendarId, place.eventId);
    const target = this.occurrences.target(user, calendarId, event, scope);
    this.say(user, `drags ${phrase(event, scope)} to ${String(to.start.dateTime ?? to.start.date)}`);
    if (target.kind === 'rest') {
      const { occurrences } = this;
      return splitSeries({ calendar: this.deps.calendar, occurrences }, { user, calendarId }, target, { ...to });
    }
    if (target.kind === 'event') return this.write(user, 'events.patch', calendarId, place.eventId, { ...to });
    const body = seriesFields(target.master, target.shown, { ...to });
    return this.write(user, 'events.patch', calendarId, target.master.id as string, body);
  }

  /** Takes a deleted event out of the bin. */
  restore(user: string, { calendarId, eventId }: Place): CalendarAnswer {
    this.say(user, `restores ${eventId} from the bin`);
    return this.deps.calendar.restore(user, calendarId, eventId);
  }

  private write(user: string, method: string, calendarId: string, eventId: string, body?: JsonObject): CalendarAnswer {
    const params = { calendarId, eventId, sendUpdates: 'none' };
    return this.deps.calendar.handle(user, { method, params, ...(body && { body }) }, 'editor');
  }

  private say(user: string, text: string): void {
    this.deps.trace.add(this.deps.clock.nowMs(), 'user', user, text);
  }
}

function phrase(event: JsonObject, scope: Scope): string {
  const title = `"${typeof event.summary === 'string' ? event.summary : '(No title)'}"`;
  if (event.recurringEventId === undefined) return title;
  return { this: `this occurrence of ${title}`, following: `${title} from here on`, all: `the whole series ${title}` }[
    scope
  ];
}
