/**
 * A person with a calendar, for tests and the story: says in one line what takes several clicks.
 *
 *   const ana = world.user('ana@example.com');
 *   const standup = ana.createsEvent({ summary: 'Stand-up', start, end, conference: 'lockstep' });
 *   ana.edits(standup, { summary: 'Daily' });
 *   ben.replies(standup, 'declined');
 *
 * Every verb throws EditorRefusal, with Calendar's own message, when Calendar refuses; so a test cannot go on unawares.
 */

import type { JsonObject } from '../world/json';
import type { CreateResult } from './conference-answer';
import { type Draft, EditorRefusal, type Scope } from './draft';
import type { CreateCall, Editor, SaveOptions } from './editor';
import type { Grid, Place, Reply } from './grid';
import { accepted, type Occurrences } from './occurrences';
import { instantMs } from './series';

export interface PersonDeps {
  editor: Editor;
  grid: Grid;
  occurrences: Occurrences;
  /** Runs onCreateFunction as the user. */
  runCreate(call: CreateCall): CreateResult;
}

/** An event to create. Times as RFC 3339 text or `YYYY-MM-DD`; guests as addresses. */
export interface NewEvent {
  summary?: string;
  start: string;
  end: string;
  /** Default: the person's own. */
  timeZone?: string;
  guests?: readonly string[];
  recurrence?: readonly string[];
  calendarId?: string;
  /** Id of a solution in the add-on's manifest. */
  conference?: string;
  /** Any other event field, by its API name. */
  fields?: JsonObject;
}

export class Person {
  constructor(
    readonly email: string,
    private readonly deps: PersonDeps,
  ) {}

  /** Creates and saves an event, with a conference chosen before the save if one is named. */
  createsEvent(event: NewEvent, options?: SaveOptions): EventHandle {
    return this.saves(this.drafts(event), options);
  }

  /** The same in two steps: opens the editor, fills it in, chooses the conference, and leaves it open. */
  drafts(event: NewEvent): Draft {
    const { editor } = this.deps;
    const { draftId } = editor.open(this.email, { ...(event.calendarId && { calendarId: event.calendarId }) });
    editor.change(draftId, fieldsOf({ timeZone: editor.timeZoneOf(this.email), ...event }));
    return event.conference === undefined ? editor.draft(draftId) : this.choosesIn(draftId, event.conference);
  }

  saves(draft: Draft, options: SaveOptions = {}): EventHandle {
    const stored = accepted(this.deps.editor.save(draft.draftId, options));
    const { conference } = draft;
    return this.handle({ calendarId: draft.calendarId, eventId: stored.id as string }, conference);
  }

  discards(draft: Draft): void {
    this.deps.editor.discard(draft.draftId);
  }

  /** The event as this person sees it: on their own calendar when the handle is somebody else's copy. */
  sees(event: Place): JsonObject {
    return this.deps.occurrences.get(this.email, this.placeOf(event).calendarId, event.eventId);
  }

  /** The occurrence of a series that starts on `day` (YYYY-MM-DD, in the text of its start). */
  occurrence(series: Place, day: string): EventHandle {
    const place = this.placeOf(series);
    const all = this.deps.occurrences.of(this.email, place.calendarId, place.eventId, 250);
    const start = (item: JsonObject) => item.start as { date?: string; dateTime?: string };
    const found = all.find((item) => (start(item).date ?? start(item).dateTime ?? '').startsWith(day));
    if (found === undefined) throw new EditorRefusal(404, `The series has no occurrence on ${day}.`);
    return this.handle({ calendarId: place.calendarId, eventId: found.id as string });
  }

  /** Opens the editor, changes fields and saves. */
  edits(event: Place, fields: JsonObject, scope?: Scope): EventHandle {
    return this.throughEditor(event, scope, (draftId) => void this.deps.editor.change(draftId, fields));
  }

  /** Opens the editor, chooses a solution and saves. */
  choosesConference(event: Place, solutionId: string, scope?: Scope): EventHandle {
    return this.throughEditor(event, scope, (draftId) => void this.choosesIn(draftId, solutionId));
  }

  choosesMeet(event: Place, scope?: Scope): EventHandle {
    return this.throughEditor(event, scope, (draftId) => void this.deps.editor.chooseMeet(draftId));
  }

  removesConference(event: Place, scope?: Scope): EventHandle {
    return this.throughEditor(event, scope, (draftId) => void this.deps.editor.removeConference(draftId));
  }

  /** Drags the event to another time. */
  drags(event: Place, start: string, end: string, scope?: Scope): EventHandle {
    const place = this.placeOf(event);
    const zone = (this.sees(event).start as { timeZone?: string }).timeZone;
    const to = { start: time(start, zone), end: time(end, zone) };
    const stored = accepted(this.deps.grid.drag(this.email, place, to, scope));
    return this.handle({ ...place, eventId: scope === 'following' ? (stored.id as string) : place.eventId });
  }

  deletes(event: Place, scope?: Scope): void {
    accepted(this.deps.grid.delete(this.email, this.placeOf(event), scope));
  }

  /** Answers an invitation on this person's own copy. */
  replies(event: Place, reply: Reply, scope?: 'this' | 'all'): void {
    accepted(this.deps.grid.reply(this.email, this.placeOf(event), reply, scope));
  }

  /** Moves the event to another of this person's calendars. */
  moves(event: Place, destination: string): EventHandle {
    const stored = accepted(this.deps.grid.moveTo(this.email, this.placeOf(event), destination));
    return this.handle({ calendarId: destination, eventId: stored.id as string });
  }

  /** Duplicates the event and saves the copy, with `changes` made before. */
  duplicates(event: Place, changes: JsonObject = {}): EventHandle {
    const place = this.placeOf(event);
    const { draft, call } = this.deps.editor.openDuplicate(this.email, place.calendarId, place.eventId);
    if (call) this.deps.editor.keepConference(call, this.deps.runCreate(call));
    return this.saves(this.deps.editor.change(draft.draftId, changes));
  }

  restores(event: Place): EventHandle {
    const place = this.placeOf(event);
    accepted(this.deps.grid.restore(this.email, place));
    return this.handle(place);
  }

  /** Chooses a conference in an open editor. */
  choosesIn(draftId: string, solutionId: string): Draft {
    const call = this.deps.editor.askConference(draftId, solutionId);
    this.deps.editor.keepConference(call, this.deps.runCreate(call));
    return this.deps.editor.draft(draftId);
  }

  private throughEditor(event: Place, scope: Scope | undefined, act: (draftId: string) => void): EventHandle {
    const { editor } = this.deps;
    const { draftId } = editor.open(this.email, this.placeOf(event));
    try {
      act(draftId);
      return this.saves(editor.draft(draftId), scope === undefined ? {} : { scope });
    } finally {
      editor.abandon(draftId);
    }
  }

  /** Guests have their own copy, under the same id, on the calendar named after them. */
  private placeOf({ calendarId, eventId }: Place): Place {
    if (calendarId === this.email || !this.deps.editor.isPrimary(calendarId)) return { calendarId, eventId };
    return { calendarId: this.email, eventId };
  }

  private handle(place: Place, conference?: Draft['conference']): EventHandle {
    return new EventHandle(this, place, conference?.state === 'failed' ? conference.shown.message : undefined);
  }
}

/** An event somebody has in their hands. */
export class EventHandle implements Place {
  readonly calendarId: string;
  readonly eventId: string;

  constructor(
    private readonly owner: Person,
    place: Place,
    /** What the editor showed instead of a conference. */
    readonly shown?: string,
  ) {
    this.calendarId = place.calendarId;
    this.eventId = place.eventId;
  }

  /** The event as it is now, for the person who made the handle. */
  get event(): JsonObject {
    return this.owner.sees(this);
  }

  /** Its conferenceData now, if any. */
  get conference(): JsonObject | undefined {
    return this.event.conferenceData as JsonObject | undefined;
  }

  /** Start now, in milliseconds since the epoch. */
  get startMs(): number {
    return instantMs(this.event.start as { dateTime?: string; date?: string });
  }
}

function fieldsOf({ summary, start, end, timeZone, guests, recurrence, fields }: NewEvent): JsonObject {
  return {
    ...(summary !== undefined && { summary }),
    start: time(start, timeZone),
    end: time(end, timeZone),
    ...(guests && { attendees: guests.map((email) => ({ email })) }),
    ...(recurrence && { recurrence: [...recurrence] }),
    ...fields,
  };
}

function time(text: string, timeZone?: string): JsonObject {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return { date: text };
  return { dateTime: text, ...(timeZone !== undefined && { timeZone }) };
}
