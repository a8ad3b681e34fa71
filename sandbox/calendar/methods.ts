/**
 * Every simulated method: its parameters as the discovery document declares them, and who carries it out.
 *
 * What is not here throws NotSimulated: watch and channels, quickAdd, freebusy, and what Google adds later.
 */
import type { JsonObject } from '../world/json';
import { openCalendar } from './access';
import type { Engine } from './engine';
import { EVENT_NAMES } from './event-fields';
import type { WriteOptions } from './event-writes';
import type { Shape } from './fields-mask';
import type { Given, Parameter, Parameters } from './params';
import { type EventRow, withDetails } from './row';
import { colors, settingOf, settingsOf } from './settings';
import type { Origin } from './types';

export interface Call {
  viewer: string;
  given: Given;
  body: unknown;
  headers: Record<string, string>;
  origin: Origin;
}

/** Answered with 304 and no body. */
export const NOT_MODIFIED = Symbol('not modified');

export interface Method {
  parameters: Parameters;
  /** Names a `fields` mask may choose from; absent: unchecked. */
  shape?: Shape;
  /** The answer's body; undefined for 204. */
  run(engine: Engine, call: Call): JsonObject | undefined | typeof NOT_MODIFIED;
}

const text: Parameter = { type: 'string' };
const path: Parameter = { type: 'string', required: true };
const flag: Parameter = { type: 'boolean' };
const count: Parameter = { type: 'integer', min: 1 };
const time: Parameter = { type: 'time' };
const updates: Parameters = {
  sendUpdates: { type: 'string', values: ['all', 'externalOnly', 'none'] },
  sendNotifications: flag,
};
const paging: Parameters = { maxResults: count, pageToken: text };
const onEvent: Parameters = { calendarId: path, eventId: path };
const writing: Parameters = {
  ...updates,
  maxAttendees: count,
  supportsAttachments: flag,
  conferenceDataVersion: { type: 'integer', min: 0 },
  alwaysIncludeEmail: flag,
};
const TYPES = ['birthday', 'default', 'focusTime', 'fromGmail', 'outOfOffice', 'workingLocation'];
const listing: Parameters = {
  ...paging,
  calendarId: path,
  alwaysIncludeEmail: flag,
  eventTypes: { type: 'string', repeated: true, values: TYPES },
  iCalUID: text,
  maxAttendees: count,
  orderBy: { type: 'string', values: ['startTime', 'updated'] },
  privateExtendedProperty: { type: 'string', repeated: true },
  q: text,
  sharedExtendedProperty: { type: 'string', repeated: true },
  showDeleted: flag,
  showHiddenInvitations: flag,
  singleEvents: flag,
  syncToken: text,
  timeMax: time,
  timeMin: time,
  timeZone: text,
  updatedMin: time,
};
const instancing: Parameters = {
  ...onEvent,
  ...paging,
  alwaysIncludeEmail: flag,
  maxAttendees: count,
  originalStart: text,
  showDeleted: flag,
  timeMax: time,
  timeMin: time,
  timeZone: text,
};

const EVENT: Shape = { names: EVENT_NAMES };
const EVENTS: Shape = {
  names: new Set([
    ...['kind', 'etag', 'summary', 'description', 'updated', 'timeZone', 'accessRole', 'defaultReminders', 'items'],
    ...['nextPageToken', 'nextSyncToken'],
  ]),
  items: EVENT_NAMES,
};

const events: Record<string, Method> = {
  'events.list': {
    parameters: listing,
    shape: EVENTS,
    run: (engine, { viewer, given }) => engine.lists.list(open(engine, viewer, given, 'freeBusyReader'), given),
  },
  'events.instances': {
    parameters: instancing,
    shape: EVENTS,
    run: (engine, { viewer, given }) => engine.lists.instances(open(engine, viewer, given, 'freeBusyReader'), given),
  },
  'events.get': {
    parameters: { ...onEvent, alwaysIncludeEmail: flag, maxAttendees: count, timeZone: text },
    shape: EVENT,
    run: (engine, call) => {
      const row = engine.writes.find(
        open(engine, call.viewer, call.given, 'freeBusyReader'),
        call.given.eventId as string,
      );
      const known = call.headers['if-none-match'];
      return known !== undefined && known === row.event.etag ? NOT_MODIFIED : show(engine, call, row);
    },
  },
  'events.insert': {
    parameters: { calendarId: path, ...writing },
    shape: EVENT,
    run: (engine, call) =>
      show(engine, call, engine.writes.insert(openToWrite(engine, call), call.body, options(call))),
  },
  'events.import': {
    parameters: { calendarId: path, ...writing },
    shape: EVENT,
    run: (engine, call) =>
      show(engine, call, engine.writes.import(openToWrite(engine, call), call.body, options(call))),
  },
  'events.update': {
    parameters: { ...onEvent, ...writing },
    shape: EVENT,
    run: (engine, call) => change(engine, call, 'update'),
  },
  'events.patch': {
    parameters: { ...onEvent, ...writing },
    shape: EVENT,
    run: (engine, call) => change(engine, call, 'patch'),
  },
  'events.delete': {
    parameters: { ...onEvent, ...updates },
    run: (engine, call) => {
      engine.writes.delete(openToWrite(engine, call), call.given.eventId as string, call.headers['if-match']);
      return undefined;
    },
  },
  'events.move': {
    parameters: { ...onEvent, ...updates, destination: path },
    shape: EVENT,
    run: (engine, call) => {
      const from = openToWrite(engine, call);
      const to = openCalendar(engine.calendars, call.viewer, call.given.destination as string, 'writer');
      const { source, destination } = engine.mover.move(from, call.given.eventId as string, to);
      // A person sees the event where it went.
      if (call.origin === 'editor' || engine.deps.switches.moveAnswers === 'destination') {
        return engine.lister.show(destination, { access: to, showDeleted: true });
      }
      if (source.gone === undefined) return show(engine, call, source);
      return withDetails(source, engine.deps.switches);
    },
  },
};

const onCalendar: Parameters = { calendarId: path };
const onRule: Parameters = { ...onCalendar, ruleId: path, sendNotifications: flag };
const listPaging: Parameters = { ...paging, showDeleted: flag, syncToken: text };
const roles: Parameter = { type: 'string', values: ['freeBusyReader', 'owner', 'reader', 'writer'] };

const others: Record<string, Method> = {
  'calendars.get': { parameters: onCalendar, run: (e, c) => e.calendarRequests.get(c.viewer, c.given) },
  'calendars.insert': { parameters: {}, run: (e, c) => e.calendarRequests.insert(c.viewer, c.body) },
  'calendars.update': {
    parameters: onCalendar,
    run: (e, c) => e.calendarRequests.change(c.viewer, c.given, c.body, 'update'),
  },
  'calendars.patch': {
    parameters: onCalendar,
    run: (e, c) => e.calendarRequests.change(c.viewer, c.given, c.body, 'patch'),
  },
  'calendars.delete': { parameters: onCalendar, run: nothing((e, c) => e.calendarRequests.delete(c.viewer, c.given)) },
  'calendars.clear': { parameters: onCalendar, run: nothing((e, c) => e.calendarRequests.clear(c.viewer, c.given)) },
  'calendarList.list': {
    parameters: { ...listPaging, minAccessRole: roles, showHidden: flag },
    run: (e, c) => e.calendarList.list(c.viewer, c.given),
  },
  'calendarList.get': { parameters: onCalendar, run: (e, c) => e.calendarList.get(c.viewer, c.given) },
  'calendarList.insert': {
    parameters: { colorRgbFormat: flag },
    run: (e, c) => e.calendarList.insert(c.viewer, c.body),
  },
  'calendarList.update': {
    parameters: { ...onCalendar, colorRgbFormat: flag },
    run: (e, c) => e.calendarList.change(c.viewer, c.given, c.body, 'update'),
  },
  'calendarList.patch': {
    parameters: { ...onCalendar, colorRgbFormat: flag },
    run: (e, c) => e.calendarList.change(c.viewer, c.given, c.body, 'patch'),
  },
  'calendarList.delete': { parameters: onCalendar, run: nothing((e, c) => e.calendarList.delete(c.viewer, c.given)) },
  'acl.list': { parameters: { ...onCalendar, ...listPaging }, run: (e, c) => e.acl.list(c.viewer, c.given) },
  'acl.get': { parameters: onRule, run: (e, c) => e.acl.get(c.viewer, c.given) },
  'acl.insert': {
    parameters: { ...onCalendar, sendNotifications: flag },
    run: (e, c) => e.acl.insert(c.viewer, c.given, c.body),
  },
  'acl.update': { parameters: onRule, run: (e, c) => e.acl.change(c.viewer, c.given, c.body) },
  'acl.patch': { parameters: onRule, run: (e, c) => e.acl.change(c.viewer, c.given, c.body) },
  'acl.delete': { parameters: onRule, run: nothing((e, c) => e.acl.delete(c.viewer, c.given)) },
  'settings.list': { parameters: listPaging, run: (e, c) => settingsOf(e.calendars.account(c.viewer)!) },
  'settings.get': {
    parameters: { setting: path },
    run: (e, c) => settingOf(e.calendars.account(c.viewer)!, c.given.setting as string),
  },
  'colors.get': { parameters: {}, run: () => colors() },
};

export const METHODS: Readonly<Record<string, Method>> = { ...events, ...others };

/** A method that is answered with 204. */
function nothing(act: (engine: Engine, call: Call) => void): Method['run'] {
  return (engine, call) => {
    act(engine, call);
    return undefined;
  };
}

function open(engine: Engine, viewer: string, given: Given, need: 'freeBusyReader' | 'writer') {
  return openCalendar(engine.calendars, viewer, given.calendarId as string, need);
}

function openToWrite(engine: Engine, { viewer, given }: Call) {
  return open(engine, viewer, given, 'writer');
}

function options({ given, headers, origin }: Call): WriteOptions {
  return {
    conference: Number(given.conferenceDataVersion ?? 0) >= 1,
    attachments: given.supportsAttachments === true,
    byEditor: origin === 'editor',
    ifMatch: headers['if-match'],
  };
}

function change(engine: Engine, call: Call, mode: 'update' | 'patch'): JsonObject {
  const access = openToWrite(engine, call);
  return show(engine, call, engine.writes.change(access, call.given.eventId as string, call.body, mode, options(call)));
}

/** A single event as its writer or reader gets it: with all that a cancelled one still tells. */
function show(engine: Engine, { viewer, given }: Call, row: EventRow): JsonObject {
  const access = open(engine, viewer, given, 'freeBusyReader');
  const { maxAttendees, timeZone } = given as { maxAttendees?: number; timeZone?: string };
  return { ...engine.lister.show(row, { access, showDeleted: true, maxAttendees, timeZone }) };
}
