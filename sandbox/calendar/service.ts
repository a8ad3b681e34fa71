/**
 * Google Calendar v3, in process and synchronous: the face of the engine.
 *
 * `handle` answers one API request as Google would, status and body; `setConference` and its neighbours do what a
 * person does in Calendar's own interface and the API cannot. All state lives in records and outlasts this object.
 * Every committed change is told to the listeners when the request is through.
 *
 * Not simulated (throws NotSimulated): watch channels, quickAdd, freebusy, groups, invitation mail.
 */
import type { JsonObject } from '../world/json';
import { NotSimulated } from '../world/not-simulated';
import { EditorVerbs } from './editor-verbs';
import { Engine } from './engine';
import { applyFields } from './fields-mask';
import { withGuestsLeftOut } from './left-out-guests';
import { METHODS, NOT_MODIFIED } from './methods';
import { readParameters } from './params';
import { GOOGLE_QUOTA, PATCH_QUOTA_UNITS, Quota } from './quota';
import { errorBody, Refusal, refuse } from './refusal';
import type { CalendarAnswer, CalendarChange, CalendarDeps, CalendarRequest, Origin } from './types';

export type { CalendarAnswer, CalendarChange, CalendarDeps, CalendarRequest, Origin } from './types';

const JSON_HEADERS = Object.freeze({ 'content-type': 'application/json; charset=UTF-8' });
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

export class CalendarService {
  private readonly engine: Engine;
  private readonly verbs: EditorVerbs;
  private readonly quota: Quota | undefined;
  private readonly listeners: Array<(change: CalendarChange) => void> = [];
  /** Copies touched by the request that is being carried out, with no copy twice. */
  private touched = new Map<string, { calendarId: string; eventId: string }>();

  constructor(private readonly deps: CalendarDeps) {
    this.engine = new Engine(deps, ({ calendarId, id }) => {
      this.touched.set(`${calendarId}/${id}`, { calendarId, eventId: id });
    });
    this.verbs = new EditorVerbs(this.engine);
    this.quota = deps.quota === 'off' ? undefined : new Quota(deps.quota ?? GOOGLE_QUOTA);
  }

  /**
   * Makes an account and its primary calendar, whose id is the address (in lower case). Does nothing when it is there.
   * Throws RangeError for what is no address or no IANA zone.
   */
  createAccount(account: { email: string; displayName?: string; timeZone?: string }): void {
    const email = account.email.toLowerCase();
    const { calendars, zones } = this.engine;
    if (calendars.account(email) !== undefined) return;
    if (!ADDRESS.test(email)) throw new RangeError(`"${account.email}" is not an address.`);
    const timeZone = account.timeZone ?? 'UTC';
    if (!zones.isZone(timeZone)) throw new RangeError(`"${timeZone}" is not a time zone of the IANA database.`);
    const { displayName } = account;
    calendars.putAccount({ email, timeZone, ...(displayName !== undefined && { displayName }) });
    const updatedMs = this.deps.clock.nowMs();
    calendars.putCalendar({
      ...{ id: email, owner: email, primary: true, summary: email, timeZone, updatedMs, epoch: 0, collectedTo: 0 },
    });
    calendars.putRule({ calendarId: email, id: `user:${email}`, role: 'owner', scope: { type: 'user', value: email } });
    calendars.putEntry(email, email, { selected: true, defaultReminders: [{ method: 'popup', minutes: 10 }] });
  }

  accounts(): { email: string; displayName?: string; timeZone: string }[] {
    return this.engine.calendars.accounts();
  }

  /** An administrator gives the account another primary address. Throws RangeError for one that is taken, or is none. */
  renameAccount(former: string, address: string): void {
    if (!ADDRESS.test(address)) throw new RangeError(`"${address}" is not an address.`);
    this.engine.accountChanges.rename(former.toLowerCase(), address.toLowerCase());
  }

  /** An account ends; its events to come may go to a successor before, whose new calendar's id is returned then. */
  deleteAccount(email: string, successor?: string): string | undefined {
    let calendarId: string | undefined;
    this.attempt(email, 'editor', () => {
      calendarId = this.engine.accountChanges.remove(email.toLowerCase(), successor?.toLowerCase());
      return { status: 204, headers: {} };
    });
    return calendarId;
  }

  /**
   * Answers one request of `viewer` (an address). Bad requests get Google's status and body; only a method that is not
   * simulated, and a planned fault of kind `throw`, throw.
   */
  handle(viewer: string, request: CalendarRequest, origin: Origin = 'api'): CalendarAnswer {
    const method = Object.hasOwn(METHODS, request.method) ? METHODS[request.method] : undefined;
    if (method === undefined) throw new NotSimulated(`calendar.${request.method}`);
    const user = viewer.toLowerCase();
    const fault = this.takeFault(user, request.method);
    if (fault !== undefined && fault !== 'lost') return this.report(user, request, fault);
    const answer = this.attempt(user, origin, () => {
      if (this.engine.calendars.account(user) === undefined) throw refuse.authError();
      const units = request.method === 'events.patch' ? PATCH_QUOTA_UNITS : 1;
      if (origin === 'api') this.quota?.spend(user, units, this.deps.clock.nowMs());
      const given = readParameters(method.parameters, request.params);
      const { body, headers } = request;
      const whole = method.run(this.engine, { viewer: user, given, body, headers: headers ?? {}, origin });
      const result = origin === 'api' ? withGuestsLeftOut(whole, request.method, this.engine.deps.switches) : whole;
      if (result === NOT_MODIFIED) return { status: 304, headers: {} };
      if (result === undefined) return { status: 204, headers: {} };
      const { fields } = request.params;
      const masked = typeof fields === 'string' && fields !== '' ? applyFields(result, fields, method.shape) : result;
      return { status: 200, headers: JSON_HEADERS, body: masked };
    });
    return this.report(user, request, fault === 'lost' ? this.refused(refuse.backendError()) : answer);
  }

  /** Puts conference data on an event as the editor does on save; null takes it off. The limits of the reference hold. */
  setConference(viewer: string, calendarId: string, eventId: string, data: JsonObject | null): CalendarAnswer {
    return this.verb(viewer, 'setConference', calendarId, (user) =>
      this.verbs.setConference(user, calendarId, eventId, data),
    );
  }

  /**
   * "This and following": ends the series before `fromOriginalStart` (RFC 3339, or a day) and begins a new one with
   * `changes` patched in. Answers with the new series; from the first occurrence on it is a plain edit of the series.
   */
  splitSeries(
    viewer: string,
    calendarId: string,
    masterId: string,
    fromOriginalStart: string,
    changes: JsonObject,
  ): CalendarAnswer {
    return this.verb(viewer, 'splitSeries', calendarId, (user) =>
      this.verbs.split(user, calendarId, masterId, fromOriginalStart, changes),
    );
  }

  /** A new event like this one. Its conference comes along unless the switch duplicateCallsCreate is on. */
  duplicate(viewer: string, calendarId: string, eventId: string, overrides: JsonObject = {}): CalendarAnswer {
    return this.verb(viewer, 'duplicate', calendarId, (user) =>
      this.verbs.duplicate(user, calendarId, eventId, overrides),
    );
  }

  /** Takes a deleted event out of the bin. */
  restore(viewer: string, calendarId: string, eventId: string): CalendarAnswer {
    return this.verb(viewer, 'restore', calendarId, (user) => this.verbs.restore(user, calendarId, eventId));
  }

  /** The id the editor gives a draft; no stored event has it. */
  newEventId(): string {
    return this.engine.writes.newId();
  }

  /** Calls `listen` after each request that changed something, once for every copy of an event it touched. */
  onChange(listen: (change: CalendarChange) => void): void {
    this.listeners.push(listen);
  }

  /** Kills every sync token issued so far, for one calendar or for all. */
  expireSyncTokens(calendarId?: string): void {
    this.verbs.expireSyncTokens(calendarId);
  }

  /**
   * Forgets tombstones older than `olderThanMs`, as Google does in the end: get answers 404, and sync tokens from
   * before them are dead. Cancelled occurrences of live series stay. Returns how many went.
   */
  collectTombstones(calendarId?: string, olderThanMs = 0): number {
    return this.verbs.collectTombstones(calendarId, olderThanMs);
  }

  /** Serves at most so many rows a page, whatever maxResults says; undefined: as asked. */
  setPageCap(rows: number | undefined): void {
    this.engine.pages.pageCap = rows;
  }

  /** No page token of an earlier list is good any more. */
  forgetPages(): void {
    this.engine.pages.forget();
  }

  private verb(viewer: string, name: string, calendarId: string, act: (user: string) => JsonObject): CalendarAnswer {
    const user = viewer.toLowerCase();
    const answer = this.attempt(user, 'editor', () => {
      if (this.engine.calendars.account(user) === undefined) throw refuse.authError();
      return { status: 200, headers: JSON_HEADERS, body: act(user) };
    });
    return this.report(user, { method: `editor.${name}`, params: { calendarId } }, answer);
  }

  /** Carries something out, turns a refusal into an answer, then tells the listeners what was touched. */
  private attempt(by: string, origin: Origin, act: () => CalendarAnswer): CalendarAnswer {
    const outer = this.touched;
    this.touched = new Map();
    this.engine.store.beginRequest();
    let answer: CalendarAnswer;
    let touched: Iterable<{ calendarId: string; eventId: string }>;
    try {
      answer = act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer = this.refused(error);
    } finally {
      touched = this.touched.values();
      this.touched = outer;
    }
    for (const copy of touched) for (const listen of this.listeners) listen({ ...copy, origin, by });
    return answer;
  }

  private refused(refusal: Refusal): CalendarAnswer {
    return { status: refusal.status, headers: JSON_HEADERS, body: errorBody(refusal.status, refusal.item) };
  }

  /** The answer of a planned fault, `lost` when the answer is to be lost, or undefined. Throws the fault's sentence. */
  private takeFault(viewer: string, method: string): CalendarAnswer | 'lost' | undefined {
    const fault = this.deps.faults.take(`calendar.${method}`);
    if (fault === undefined) return undefined;
    this.deps.trace.add(this.deps.clock.nowMs(), 'fault', viewer, `calendar.${method}: ${fault.kind}`);
    if (fault.kind === 'throw') throw new Error(fault.message);
    if (fault.kind === 'lost-answer') return 'lost';
    if (fault.kind !== 'status') {
      throw new RangeError(`A fault of kind "${fault.kind}" cannot strike at calendar.*; plan it at script.*.`);
    }
    if (fault.body !== undefined) return { status: fault.status, headers: { ...fault.headers }, body: fault.body };
    const reason = fault.reason ?? (fault.status >= 500 ? 'backendError' : 'badRequest');
    const domain = /[rR]ate[lL]imit|quota/.test(reason)
      ? 'usageLimits'
      : /^(fullSync|updatedMin)/.test(reason)
        ? 'calendar'
        : 'global';
    const item = { domain, reason, message: fault.message ?? (fault.status >= 500 ? 'Backend Error' : reason) };
    return {
      status: fault.status,
      headers: { ...JSON_HEADERS, ...fault.headers },
      body: errorBody(fault.status, item),
    };
  }

  /** One line of trace for the log page: no titles, no addresses but the viewer's and the calendar's. */
  private report(viewer: string, request: CalendarRequest, answer: CalendarAnswer): CalendarAnswer {
    const { method, params } = request;
    const calendar = typeof params.calendarId === 'string' ? params.calendarId : undefined;
    const body = answer.body as JsonObject | undefined;
    const data: JsonObject = { method, status: answer.status };
    let text = calendar === undefined ? method : `${method} ${calendar}`;
    text += ` → ${answer.status}`;
    if (calendar !== undefined) data.calendar = calendar;
    if (typeof params.eventId === 'string') data.event = params.eventId;
    if (Array.isArray(body?.items)) {
      data.rows = body.items.length;
      data.token = body.nextSyncToken !== undefined;
      text += `, ${body.items.length} ${body.items.length === 1 ? 'row' : 'rows'}${data.token ? ', token' : ''}`;
    }
    this.deps.trace.add(this.deps.clock.nowMs(), 'calendar', viewer, text, data);
    return answer;
  }
}
