/**
 * The advanced Calendar service: body first, then path parameters, then optional parameters, then headers.
 * Source: developers.google.com/apps-script/advanced/calendar and /apps-script/guides/services/advanced
 */
import { call, exception } from './host';
import { simulated } from './net';

type Api = GoogleAppsScript.Calendar;
type Collection = GoogleAppsScript.Calendar.Collection.EventsCollection;
type CalendarsCollection = GoogleAppsScript.Calendar.Collection.CalendarsCollection;
type ListCollection = GoogleAppsScript.Calendar.Collection.CalendarListCollection;
type AclCollection = GoogleAppsScript.Calendar.Collection.AclCollection;
type SettingsCollection = GoogleAppsScript.Calendar.Collection.SettingsCollection;

/** One function for every overload: what it returns is JSON from the server, which no overload can check. */
type Bridged = (...args: unknown[]) => never;

/** Drops what is absent: to an Apps Script service `undefined` and null mean "not given". */
function given(options: unknown): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries((options ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null) kept[name] = value;
  }
  return kept;
}

/** @param path names of the path parameters, in order; a leading '*' says that a body stands before them. */
function method(id: string, path: string): Bridged {
  return (...args: unknown[]) => {
    const names = path.split(' ').filter((name) => name !== '' && name !== '*');
    const hasBody = path.startsWith('*');
    const required = names.length + (hasBody ? 1 : 0);
    if (args.length < required || args.length > required + 2) {
      throw exception(`Invalid number of arguments provided. Expected ${required}-${required + 2} only`);
    }
    const rest = hasBody ? args.slice(1) : args;
    const params = given(rest[names.length]);
    names.forEach((name, i) => {
      if (rest[i] === undefined || rest[i] === null) throw exception(`Missing required parameter: ${name}`);
      params[name] = rest[i];
    });
    const headers = given(rest[names.length + 1]);
    return call<never>('calendar', id, params, hasBody ? (args[0] ?? {}) : null, headers);
  };
}

function events(): Omit<Collection, 'watch'> {
  return simulated<Omit<Collection, 'watch'>>('Calendar.Events', {
    get: method('events.get', 'calendarId eventId'),
    import: method('events.import', '* calendarId'),
    insert: method('events.insert', '* calendarId'),
    instances: method('events.instances', 'calendarId eventId'),
    list: method('events.list', 'calendarId'),
    move: method('events.move', 'calendarId eventId destination'),
    patch: method('events.patch', '* calendarId eventId'),
    quickAdd: method('events.quickAdd', 'calendarId text'),
    remove: method('events.delete', 'calendarId eventId'),
    update: method('events.update', '* calendarId eventId'),
  });
}

function calendars(): CalendarsCollection {
  return simulated<CalendarsCollection>('Calendar.Calendars', {
    clear: method('calendars.clear', 'calendarId'),
    get: method('calendars.get', 'calendarId'),
    insert: method('calendars.insert', '*'),
    patch: method('calendars.patch', '* calendarId'),
    remove: method('calendars.delete', 'calendarId'),
    update: method('calendars.update', '* calendarId'),
  });
}

function calendarList(): Omit<ListCollection, 'watch'> {
  return simulated<Omit<ListCollection, 'watch'>>('Calendar.CalendarList', {
    get: method('calendarList.get', 'calendarId'),
    insert: method('calendarList.insert', '*'),
    list: method('calendarList.list', ''),
    patch: method('calendarList.patch', '* calendarId'),
    remove: method('calendarList.delete', 'calendarId'),
    update: method('calendarList.update', '* calendarId'),
  });
}

function acl(): Omit<AclCollection, 'watch'> {
  return simulated<Omit<AclCollection, 'watch'>>('Calendar.Acl', {
    get: method('acl.get', 'calendarId ruleId'),
    insert: method('acl.insert', '* calendarId'),
    list: method('acl.list', 'calendarId'),
    patch: method('acl.patch', '* calendarId ruleId'),
    remove: method('acl.delete', 'calendarId ruleId'),
    update: method('acl.update', '* calendarId ruleId'),
  });
}

function settings(): Omit<SettingsCollection, 'watch'> {
  return simulated<Omit<SettingsCollection, 'watch'>>('Calendar.Settings', {
    get: method('settings.get', 'setting'),
    list: method('settings.list', ''),
  });
}

export function calendarService(): object {
  const made = new Map<string, object>();
  const once = (name: string, make: () => object): object => {
    let collection = made.get(name);
    if (collection === undefined) {
      collection = make();
      made.set(name, collection);
    }
    return collection;
  };
  return simulated<
    { Events: object; Calendars: object; CalendarList: object; Acl: object; Settings: object } & Pick<
      Api,
      'newEvent' | 'newEventDateTime' | 'newEventAttendee' | 'newConferenceData'
    >
  >('Calendar', {
    get Events() {
      return once('Events', events);
    },
    get Calendars() {
      return once('Calendars', calendars);
    },
    get CalendarList() {
      return once('CalendarList', calendarList);
    },
    get Acl() {
      return once('Acl', acl);
    },
    get Settings() {
      return once('Settings', settings);
    },
    newEvent: () => ({}),
    newEventDateTime: () => ({}),
    newEventAttendee: () => ({}),
    newConferenceData: () => ({}),
  });
}
