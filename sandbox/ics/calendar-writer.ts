/**
 * Writes one imported event after the other through CalendarService, and can undo what it wrote.
 *
 * It acts as a person who imports in Calendar's own pages: origin `editor`.
 */
import type { CalendarService } from '../calendar/service';
import type { JsonObject } from '../world/json';
import { stampText } from '../world/zones';
import { patchTo } from './difference';
import { lonelyUid } from './lonely-uid';
import type { ImportedEvent, ImportedException } from './parse';

const PAGE = 2500;

/** Calendar's refusal, and the line of the file it is about. */
export class WriteRefused extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly status: number,
  ) {
    super(message);
  }
}

export type Outcome = 'added' | 'updated' | 'unchanged' | 'removed';

/**
 * What became of an occurrence that the file names: it is now (or was already) changed or cancelled as the file says; it
 * needed nothing, being as its series has it; or its series does not come by there, and it is an event of its own, or, when
 * cancelled, nothing.
 */
export type OccurrenceOutcome = 'changed' | 'cancelled' | 'asSeries' | 'alone' | 'nowhere';

export interface Brought {
  event: Outcome;
  occurrences: OccurrenceOutcome[];
}

export class CalendarWriter {
  timeZone = 'UTC';
  /** Live events by iCalUID, as they were when the calendar was opened; exceptions of series are left out. */
  private readonly present = new Map<string, JsonObject>();
  /** Of deleted events, by iCalUID, their sequence: Calendar takes none below it when they come again. */
  private readonly former = new Map<string, number>();
  /** Each takes one write back; the last one first. */
  private readonly steps: Array<() => void> = [];

  constructor(
    private readonly calendar: CalendarService,
    private readonly viewer: string,
    private readonly calendarId: string,
  ) {}

  /** Looks what is there. Throws WriteRefused. */
  open(): void {
    for (let pageToken: string | undefined, more = true; more; more = pageToken !== undefined) {
      const params = { maxResults: PAGE, showDeleted: true, ...(pageToken !== undefined && { pageToken }) };
      const page = this.ask('events.list', params, undefined, 0) as JsonObject & { items: JsonObject[] };
      for (const event of page.items) {
        if (event.recurringEventId !== undefined || event.iCalUID === undefined) continue;
        if (event.status !== 'cancelled') this.present.set(event.iCalUID as string, event);
        else this.former.set(event.iCalUID as string, (event.sequence as number | undefined) ?? 0);
      }
      this.timeZone = page.timeZone as string;
      pageToken = page.nextPageToken as string | undefined;
    }
  }

  /** Makes the calendar say what the file says of one event and its exceptions. Throws WriteRefused. */
  bring({ line, iCalUID, event, exceptions }: ImportedEvent): Brought {
    const present = this.present.get(iCalUID);
    if (event === 'cancelled') {
      if (present !== undefined) this.delete(present, line);
      return { event: present === undefined ? 'unchanged' : 'removed', occurrences: [] };
    }
    const before = this.steps.length;
    const id = present === undefined ? this.add(event, line) : (present.id as string);
    if (present !== undefined) this.turn(present, event, line);
    const occurrences = exceptions.map((exception) => this.except(id, iCalUID, exception));
    if (present === undefined) return { event: 'added', occurrences };
    return { event: this.steps.length > before ? 'updated' : 'unchanged', occurrences };
  }

  /** Takes everything back. Returns a sentence for each write that could not be. */
  undo(): string[] {
    return this.steps
      .splice(0)
      .reverse()
      .flatMap((step) => {
        try {
          step();
          return [];
        } catch (problem) {
          return [(problem as Error).message];
        }
      });
  }

  // Each step is noted before its write: one whose answer is lost may have been carried out.

  private add(event: JsonObject, line: number): string {
    this.steps.push(() => {
      const { items } = this.ask('events.list', { iCalUID: event.iCalUID as string }, undefined, line);
      for (const { id, recurringEventId } of items as JsonObject[]) {
        if (recurringEventId === undefined) this.ask('events.delete', { eventId: id as string }, undefined, line);
      }
    });
    const sequence = Math.max(
      (event.sequence as number | undefined) ?? 0,
      this.former.get(event.iCalUID as string) ?? 0,
    );
    return this.ask('events.import', {}, { ...event, sequence }, line).id as string;
  }

  private turn(present: JsonObject, wanted: JsonObject, line: number): void {
    const body = patchTo(present, wanted);
    if (body === undefined) return;
    this.steps.push(() => this.putBack(present, line));
    this.ask('events.patch', { eventId: present.id as string }, body, line);
  }

  private delete(present: JsonObject, line: number): void {
    this.steps.push(() => this.putBack(present, line));
    this.ask('events.delete', { eventId: present.id as string }, undefined, line);
  }

  private putBack(before: JsonObject, line: number): void {
    const eventId = before.id as string;
    const body = patchTo(this.ask('events.get', { eventId }, undefined, line), before);
    if (body !== undefined) this.ask('events.patch', { eventId }, body, line);
  }

  private except(seriesId: string, iCalUID: string, exception: ImportedException): OccurrenceOutcome {
    const { line, originalStartTime, change, asSeries } = exception;
    const { date, dateTime } = originalStartTime as { date?: string; dateTime?: string };
    const slot = date?.replaceAll('-', '') ?? stampText(Date.parse(dateTime as string));
    const occurrence = this.find(`${seriesId}_${slot}`, line);
    if (change === 'cancelled') {
      if (occurrence === undefined) return 'nowhere';
      if (occurrence.status !== 'cancelled') this.delete(occurrence, line);
      return 'cancelled';
    }
    if (occurrence !== undefined) {
      this.turn(occurrence, change, line);
      return asSeries ? 'asSeries' : 'changed';
    }
    // The rule does not come by there: the changed occurrence stands alone, as one whose series is missing.
    const alone = { ...change, iCalUID: lonelyUid(iCalUID, slot) };
    const present = this.present.get(alone.iCalUID);
    if (present === undefined) this.add(alone, line);
    else this.turn(present, alone, line);
    return 'alone';
  }

  private find(eventId: string, line: number): JsonObject | undefined {
    try {
      return this.ask('events.get', { eventId }, undefined, line);
    } catch (problem) {
      if (problem instanceof WriteRefused && problem.status === 404) return undefined;
      throw problem;
    }
  }

  private ask(method: string, params: JsonObject, body: JsonObject | undefined, line: number): JsonObject {
    const request = { method, params: { calendarId: this.calendarId, ...params }, ...(body !== undefined && { body }) };
    const answer = this.calendar.handle(this.viewer, request, 'editor');
    if (answer.status < 300) return (answer.body ?? {}) as JsonObject;
    const error = (answer.body as { error?: { message?: string } } | undefined)?.error;
    throw new WriteRefused(error?.message ?? `HTTP ${answer.status}.`, line, answer.status);
  }
}
