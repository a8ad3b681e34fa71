/**
 * Calendar's event editor, as a person uses it: open, type, choose a conference, save or discard.
 *
 * Guarantees: nothing of a draft reaches Calendar before `save`; an answer of onCreateFunction that comes after the
 * draft was closed, or after another choice, is dropped, as the real editor drops it.
 * Choosing is two steps, `askConference` and `keepConference`, because the function between them runs at once in a
 * simulated world and in a worker behind a server.
 */
import type { CalendarService } from '../calendar/service';
import type { CalendarAnswer } from '../calendar/types';
import type { Clock } from '../world/clock';
import { copyJson, type Json, type JsonObject } from '../world/json';
import type { Random } from '../world/random';
import type { Records } from '../world/records';
import type { SwitchSettings } from '../world/switches';
import type { Trace } from '../world/trace';
import { type ConferenceSolution, type CreateResult, readConferenceAnswer } from './conference-answer';
import { type Draft, Drafts, EditorRefusal, type Scope } from './draft';
import { Occurrences } from './occurrences';
import { saveDraft } from './save';

export interface EditorDeps {
  calendar: CalendarService;
  /** What the installed add-on offers in the conferencing menu. */
  solutions: readonly ConferenceSolution[];
  records: Records;
  clock: Clock;
  random: Random;
  switches: SwitchSettings;
  trace: Trace;
}

/** A call of the add-on that the editor wants made. */
export interface CreateCall {
  draftId: string;
  ask: number;
  user: string;
  functionName: string;
  args: Json[];
}

export interface SaveOptions {
  scope?: Scope;
  sendUpdates?: 'all' | 'externalOnly' | 'none';
}

/** Fields a duplicate starts with; guests' answers, ids and the recurrence stay behind. */
const DUPLICATED_FIELDS = [
  'summary',
  'description',
  'location',
  'start',
  'end',
  'colorId',
  'visibility',
  'transparency',
  'reminders',
];

export class Editor {
  private readonly drafts: Drafts;
  private readonly occurrences: Occurrences;

  constructor(private readonly deps: EditorDeps) {
    this.drafts = new Drafts(deps.records);
    this.occurrences = new Occurrences(deps.calendar);
  }

  /** The conferencing menu. */
  get solutions(): readonly ConferenceSolution[] {
    return this.deps.solutions;
  }

  /** Whether this calendar is somebody's own, named after them. */
  isPrimary(calendarId: string): boolean {
    return this.deps.calendar.accounts().some(({ email }) => email === calendarId);
  }

  /** The zone of somebody's own calendar, in which the editor shows times. */
  timeZoneOf(email: string): string {
    return this.deps.calendar.accounts().find((account) => account.email === email)?.timeZone ?? 'UTC';
  }

  /** Opens an editor on a saved event, or on a new one when `eventId` is absent. */
  open(user: string, { calendarId = user, eventId }: { calendarId?: string; eventId?: string } = {}): Draft {
    const opened = eventId === undefined ? undefined : this.occurrences.get(user, calendarId, eventId);
    if (opened?.status === 'cancelled') throw new EditorRefusal(404, `Event ${eventId} is deleted.`);
    this.say(user, opened ? `opens "${titleOf(opened)}"` : 'opens a new event');
    return this.drafts.put({
      draftId: this.drafts.newId(),
      user,
      calendarId,
      eventId: eventId ?? this.deps.calendar.newEventId(),
      ...(opened && { opened: copyJson(opened) }),
      fields: {},
      conference: { state: 'untouched' },
      asks: 0,
    });
  }

  /** Opens an editor on a copy of an event. Its conference is copied, or asked for anew, as the switch says. */
  openDuplicate(user: string, calendarId: string, eventId: string): { draft: Draft; call?: CreateCall } {
    const source = this.occurrences.get(user, calendarId, eventId);
    const draft = this.open(user, { calendarId });
    const fields = Object.fromEntries(
      DUPLICATED_FIELDS.filter((name) => source[name] !== undefined).map((name) => [name, source[name] as Json]),
    );
    const guests = (source.attendees as JsonObject[] | undefined)?.map(({ email }) => ({ email: email as string }));
    this.change(draft.draftId, guests ? { ...fields, attendees: guests } : fields);
    const conference = source.conferenceData as JsonObject | undefined;
    const solution = this.deps.solutions.find(({ name }) => name === solutionNameOf(conference));
    if (conference === undefined) return { draft: this.draft(draft.draftId) };
    if (this.deps.switches.duplicateCallsCreate && solution !== undefined) {
      const call = this.askConference(draft.draftId, solution.id);
      return { draft: this.draft(draft.draftId), call };
    }
    const data = source.hangoutLink === undefined ? copyJson(conference) : this.newMeet();
    return { draft: this.put(draft.draftId, { conference: { state: 'ready', data } }) };
  }

  /** The open draft; refuses when there is none. */
  draft(draftId: string): Draft {
    return this.drafts.get(draftId);
  }

  /** Every editor that is open. */
  openDrafts(): Draft[] {
    return this.drafts.all();
  }

  /** Types into the editor. Fields by their API names; null takes one away. */
  change(draftId: string, fields: JsonObject): Draft {
    const draft = this.drafts.get(draftId);
    for (const name of ['id', 'conferenceData', 'hangoutLink', 'status', 'organizer', 'creator', 'etag']) {
      if (name in fields) throw new EditorRefusal(400, `The editor has no field "${name}" to type into.`);
    }
    return this.put(draftId, { fields: { ...draft.fields, ...copyJson(fields) } });
  }

  /** Picks a solution of the add-on: returns the call to make, whose result goes to `keepConference`. */
  askConference(draftId: string, solutionId: string): CreateCall {
    const draft = this.drafts.get(draftId);
    const solution = this.deps.solutions.find(({ id }) => id === solutionId);
    if (solution === undefined) {
      const known = this.deps.solutions.map(({ id }) => id).join(', ') || 'none';
      throw new EditorRefusal(
        400,
        `No conference solution "${solutionId}" in the add-on's manifest. It has: ${known}.`,
      );
    }
    const type = (draft.fields.eventType ?? draft.opened?.eventType ?? 'default') as string;
    const isOffered = type === 'default' || (type !== 'birthday' && this.deps.switches.statusEventsTakeConferences);
    if (!isOffered) throw new EditorRefusal(400, `Calendar offers no conferencing for an event of type "${type}".`);
    const ask = draft.asks + 1;
    this.put(draftId, { asks: ask, conference: { state: 'creating', solutionId, ask } });
    this.say(draft.user, `chooses ${solution.name}`);
    const seriesId = this.deps.switches.createGetsSeriesId ? (draft.opened?.recurringEventId as string) : undefined;
    const eventData = { calendarId: draft.calendarId, eventId: seriesId ?? draft.eventId };
    return { draftId, ask, user: draft.user, functionName: solution.onCreateFunction, args: [{ eventData }] };
  }

  /** Takes the add-on's answer into the draft. Undefined when nobody waits for it any more. */
  keepConference(call: CreateCall, result: CreateResult): Draft | undefined {
    const draft = this.drafts.find(call.draftId);
    if (draft?.conference.state !== 'creating' || draft.conference.ask !== call.ask) return undefined;
    const { solutionId } = draft.conference;
    const solution = this.deps.solutions.find(({ id }) => id === solutionId) as ConferenceSolution;
    const read = readConferenceAnswer(result, solution);
    if ('data' in read) {
      this.say(draft.user, `sees a link of ${solution.name} in the editor`);
      return this.put(draft.draftId, { conference: { state: 'ready', data: read.data, solutionId } });
    }
    this.say(draft.user, `reads "${read.shown.message}"`, { ...read.shown });
    return this.put(draft.draftId, { conference: { state: 'failed', solutionId, shown: read.shown } });
  }

  /** Picks Google Meet. No add-on runs. */
  chooseMeet(draftId: string): Draft {
    this.say(this.drafts.get(draftId).user, 'chooses Google Meet');
    return this.put(draftId, { conference: { state: 'ready', data: this.newMeet() } });
  }

  /** Takes the conference off. The add-on is not told: Google has no callback for it. */
  removeConference(draftId: string): Draft {
    this.say(this.drafts.get(draftId).user, 'takes the conference off');
    return this.put(draftId, { conference: { state: 'removed' } });
  }

  /** Writes the draft to Calendar and closes the editor. A refused save leaves it open. */
  save(draftId: string, { scope = 'this', sendUpdates = 'none' }: SaveOptions = {}): CalendarAnswer {
    const draft = this.drafts.get(draftId);
    const which = draft.opened?.recurringEventId === undefined ? '' : ` (${scope})`;
    this.say(draft.user, `saves "${titleOf({ ...draft.opened, ...draft.fields })}"${which}`);
    const { calendar, switches } = this.deps;
    const { state } = draft.conference;
    const saved: Draft =
      state === 'failed' && switches.failedCreateRemovesConference
        ? { ...draft, conference: { state: 'removed' } }
        : draft;
    const answer = saveDraft({ calendar, occurrences: this.occurrences }, saved, scope, sendUpdates);
    if (answer.status < 300) this.drafts.close(draftId);
    return answer;
  }

  /** Closes the editor without saving. Neither Calendar nor the add-on hears of it. */
  discard(draftId: string): void {
    this.say(this.drafts.get(draftId).user, 'discards the draft');
    this.drafts.close(draftId);
  }

  /** A Meet conference is never shared by two events: Calendar makes it on save. */
  private newMeet(): JsonObject {
    const requestId = this.deps.random.text(16);
    return { createRequest: { requestId, conferenceSolutionKey: { type: 'hangoutsMeet' } } };
  }

  /** Closes the editor, if it is still open, without a word. */
  abandon(draftId: string): void {
    this.drafts.close(draftId);
  }

  private put(draftId: string, part: Partial<Draft>): Draft {
    return this.drafts.put({ ...this.drafts.get(draftId), ...part });
  }

  private say(user: string, text: string, data?: JsonObject): void {
    this.deps.trace.add(this.deps.clock.nowMs(), 'user', user, text, data);
  }
}

function titleOf(event: JsonObject): string {
  return typeof event.summary === 'string' ? event.summary : '(No title)';
}

function solutionNameOf(conference: JsonObject | undefined): string | undefined {
  const solution = conference?.conferenceSolution as { key?: { type?: string }; name?: string } | undefined;
  return solution?.key?.type === 'addOn' ? solution.name : undefined;
}
