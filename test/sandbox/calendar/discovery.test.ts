import { EVENT_NAMES } from '../../../sandbox/calendar/event-fields';
import { METHODS } from '../../../sandbox/calendar/methods';
import type { JsonObject } from '../../../sandbox/world/json';
import {
  declaredFields,
  declaredMethods,
  declaredParameters,
  describeWithDiscovery,
  validatorFor,
} from '../../support/discovery';
import { ANA, BEN, CalendarRoom, meeting, VIDEO, weekly } from './calendar-room';

/** Calls a method and returns the body, once it is valid. */
function checked(
  room: CalendarRoom,
  viewer: string,
  method: string,
  params: JsonObject,
  body?: JsonObject,
): JsonObject {
  const answer = room.call(viewer, method, params, body);
  expect({ method, status: answer.status < 300, wrong: validatorFor(method)(answer.body) }).toEqual({
    method,
    status: true,
    wrong: [],
  });
  return answer.body as JsonObject;
}

describeWithDiscovery('Google’s discovery document', () => {
  it('knows every simulated method, and each of its parameters by the same name', () => {
    const known = declaredMethods();
    for (const [id, { parameters }] of Object.entries(METHODS)) {
      expect(known).toContain(id);
      const declared = declaredParameters(id);
      // One table serves insert, update, patch and import: it may declare more than each, never less.
      expect(Object.keys(parameters)).toEqual(expect.arrayContaining(declared));
    }
  });

  it('names the fields a mask of events may choose', () => {
    expect([...EVENT_NAMES].sort()).toEqual(declaredFields('Event').sort());
  });

  it('finds nothing wrong in a body of the wrong shape only if it is right', () => {
    const wrong = validatorFor('events.get')({ id: 7, colour: 'red' });
    expect(wrong).toEqual(expect.arrayContaining(['/id must be string', expect.stringContaining('(colour)')]));
  });

  it('validates every answer about events', () => {
    const room = new CalendarRoom();
    const on = { calendarId: 'primary' };
    const attendees = [
      { email: BEN, optional: true, comment: 'late', additionalGuests: 1 },
      { email: 'x@elsewhere.net' },
    ];
    const extendedProperties = { private: { a: 'b' }, shared: { c: 'd' } };
    const reminders = { useDefault: false, overrides: [{ method: 'email', minutes: 10 }] };
    const source = { title: 'T', url: 'https://example.com' };
    const full = meeting({ attendees, extendedProperties, reminders, source, colorId: '3', visibility: 'private' });
    const one = checked(room, ANA, 'events.insert', on, full);
    const eventId = one.id as string;
    const createRequest = { requestId: 'r', conferenceSolutionKey: { type: 'hangoutsMeet' } };
    checked(
      room,
      ANA,
      'events.patch',
      { ...on, eventId, conferenceDataVersion: 1 },
      { conferenceData: { createRequest } },
    );
    checked(room, ANA, 'events.update', { ...on, eventId }, full);
    checked(room, BEN, 'events.get', { ...on, eventId });
    const series = checked(room, ANA, 'events.insert', on, weekly({ attendees })).id as string;
    room.service.setConference(ANA, 'primary', series, VIDEO);
    checked(room, ANA, 'events.instances', { ...on, eventId: series });
    checked(room, ANA, 'events.patch', { ...on, eventId: `${series}_20260119T090000Z` }, { summary: 'Other' });
    checked(room, ANA, 'events.delete', { ...on, eventId: `${series}_20260126T090000Z` });
    const list = checked(room, ANA, 'events.list', { ...on, maxResults: 2 });
    checked(room, ANA, 'events.list', { ...on, maxResults: 2, pageToken: list.nextPageToken! });
    checked(room, ANA, 'events.list', { ...on, singleEvents: true, maxAttendees: 1 });
    const away = checked(room, ANA, 'calendars.insert', {}, { summary: 'Away' }).id as string;
    checked(room, ANA, 'events.move', { ...on, eventId, destination: away });
    checked(room, ANA, 'events.delete', { ...on, eventId: series });
    for (const showDeleted of [true, false]) checked(room, BEN, 'events.list', { ...on, showDeleted });
    checked(room, ANA, 'events.get', { ...on, eventId });
    checked(
      room,
      ANA,
      'events.import',
      on,
      meeting({ iCalUID: 'u@elsewhere', organizer: { email: 'x@elsewhere.net' } }),
    );
  });

  it('validates every answer about calendars, lists, access rules and settings', () => {
    const room = new CalendarRoom();
    const body = { summary: 'Team', description: 'Us', location: 'Here', timeZone: 'Asia/Tokyo' };
    const calendarId = checked(room, ANA, 'calendars.insert', {}, body).id as string;
    checked(room, ANA, 'calendars.get', { calendarId });
    checked(room, ANA, 'calendars.patch', { calendarId }, { description: null });
    checked(room, ANA, 'calendars.update', { calendarId }, body);
    const rule = checked(
      room,
      ANA,
      'acl.insert',
      { calendarId },
      { role: 'reader', scope: { type: 'user', value: BEN } },
    );
    checked(room, ANA, 'acl.patch', { calendarId, ruleId: rule.id! }, { role: 'writer' });
    checked(room, ANA, 'acl.update', { calendarId, ruleId: rule.id! }, { role: 'reader' });
    checked(room, ANA, 'acl.get', { calendarId, ruleId: rule.id! });
    checked(room, ANA, 'acl.list', { calendarId });
    checked(room, BEN, 'calendarList.insert', {}, { id: calendarId });
    checked(room, BEN, 'calendarList.patch', { calendarId }, { colorId: '5', hidden: true });
    checked(room, BEN, 'calendarList.update', { calendarId }, { summaryOverride: 'Theirs' });
    checked(room, BEN, 'calendarList.get', { calendarId });
    checked(room, BEN, 'calendarList.list', {});
    checked(room, BEN, 'calendarList.delete', { calendarId });
    checked(room, ANA, 'acl.delete', { calendarId, ruleId: rule.id! });
    checked(room, ANA, 'settings.list', {});
    checked(room, ANA, 'settings.get', { setting: 'timezone' });
    checked(room, ANA, 'colors.get', {});
    checked(room, ANA, 'calendars.clear', { calendarId: 'primary' });
    checked(room, ANA, 'calendars.delete', { calendarId });
  });
});
