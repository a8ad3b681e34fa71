import type { JsonObject } from '../../../sandbox/world/json';
import { ANA, BEN, CAM, CalendarRoom, type Event, ids, meeting, refusalOf, VIDEO, weekly } from './calendar-room';

const guests = (...emails: string[]) => ({ attendees: emails.map((email) => ({ email })) });
const responses = (event: Event) =>
  Object.fromEntries((event.attendees as JsonObject[]).map((one) => [one.email, one.responseStatus]));
const answer = (event: Event, email: string, responseStatus: string) => ({
  attendees: (event.attendees as JsonObject[]).map((one) => (one.email === email ? { ...one, responseStatus } : one)),
});

describe('an invitation', () => {
  it('puts a copy with the same id and iCalUID on the guest’s calendar, seen from there', () => {
    const room = new CalendarRoom();
    const mine = room.insert(ANA, meeting(guests(ANA, BEN, 'x@elsewhere.net')));
    const copy = room.get(BEN, mine.id);
    expect([copy.id, copy.iCalUID, copy.summary]).toEqual([mine.id, mine.iCalUID, 'Planning']);
    expect([mine.organizer, copy.organizer]).toEqual([{ email: ANA, self: true }, { email: ANA }]);
    expect(mine.creator).toHaveProperty('self', true);
    expect(copy.creator).not.toHaveProperty('self');
    expect((mine.attendees as JsonObject[])[0]).toMatchObject({ self: true, organizer: true });
    expect((copy.attendees as JsonObject[])[0]).not.toHaveProperty('self');
    expect((copy.attendees as JsonObject[])[1]).toMatchObject({ email: BEN, self: true });
    expect(copy.start).toMatchObject({ dateTime: '2026-01-12T04:00:00-05:00' });
  });

  it('tells the listeners of every touched copy', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting(guests(BEN)));
    const change = { eventId: id, origin: 'api', by: ANA };
    expect(room.changes).toEqual([
      { calendarId: ANA, ...change },
      { calendarId: BEN, ...change },
    ]);
  });

  it('carries later edits of shared fields, and leaves what is the guest’s own', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(
      ANA,
      meeting({ ...guests(BEN), extendedProperties: { private: { a: '1' }, shared: { s: '1' } } }),
    );
    const own = { colorId: '4', reminders: { useDefault: false }, transparency: 'transparent' };
    room.patch(BEN, id, { ...own, extendedProperties: { private: { b: '2' } } });
    room.patch(ANA, id, { summary: 'New', colorId: '9', extendedProperties: { shared: { s: '2' } } });
    expect(room.get(BEN, id)).toMatchObject({ ...own, summary: 'New' });
    expect(room.get(BEN, id).extendedProperties).toEqual({ private: { b: '2' }, shared: { s: '2' } });
    expect(room.get(ANA, id).extendedProperties).toEqual({ private: { a: '1' }, shared: { s: '2' } });
    expect(room.get(ANA, id).colorId).toBe('9');
  });

  it('is not touched by an edit of what is the organiser’s own', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting(guests(BEN)));
    const token = room.token(BEN);
    room.patch(ANA, id, { colorId: '9' });
    expect(room.changed(BEN, token)).toEqual([]);
  });

  it('is withdrawn when the guest is taken off, and comes back with the guest', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting(guests(BEN, CAM)));
    const token = room.token(BEN);
    room.patch(ANA, id, guests(CAM));
    expect(room.list(BEN, { syncToken: token }).items).toEqual([
      { kind: 'calendar#event', etag: expect.any(String), id, status: 'cancelled' },
    ]);
    expect(room.get(CAM, id).status).toBe('confirmed');
    room.patch(ANA, id, { ...guests(BEN, CAM), summary: 'Again' });
    expect(room.get(BEN, id)).toMatchObject({ status: 'confirmed', summary: 'Again' });
  });
});

describe('an answer', () => {
  it('flows to the organiser’s row and to everybody’s copy, and touches each etag but no sequence', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting(guests(BEN, CAM)));
    const before = [ANA, CAM].map((user) => room.get(user, id));
    room.patch(BEN, id, answer(room.get(BEN, id), BEN, 'accepted'));
    const after = [ANA, CAM].map((user) => room.get(user, id));
    for (const [index, row] of after.entries()) {
      expect(responses(row)).toEqual({ [BEN]: 'accepted', [CAM]: 'needsAction' });
      expect(row.etag).not.toBe(before[index]!.etag);
      expect(row.updated).not.toBe(before[index]!.updated);
      expect(row.sequence).toBe(before[index]!.sequence);
    }
  });

  it('raises the sequence when the switch rsvpBumpsSequence is on', () => {
    const room = new CalendarRoom({ rsvpBumpsSequence: true });
    const { id } = room.insert(ANA, meeting(guests(BEN)));
    room.patch(BEN, id, answer(room.get(BEN, id), BEN, 'accepted'));
    expect(room.get(ANA, id).sequence).toBe(1);
  });

  it('can be given alone with attendeesOmitted', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting(guests(BEN, CAM)));
    room.patch(BEN, id, { attendeesOmitted: true, attendees: [{ email: BEN, responseStatus: 'tentative' }] });
    expect(responses(room.get(ANA, id))).toEqual({ [BEN]: 'tentative', [CAM]: 'needsAction' });
  });

  it('is reset by an organiser who sends the guests without it', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting(guests(BEN)));
    room.patch(BEN, id, answer(room.get(BEN, id), BEN, 'accepted'));
    room.patch(ANA, id, guests(BEN));
    expect(responses(room.get(BEN, id))).toEqual({ [BEN]: 'needsAction' });
  });

  it('is not carried to the others of more than 200 guests', () => {
    const room = new CalendarRoom();
    const crowd = Array.from({ length: 200 }, (_, index) => `g${index}@elsewhere.net`);
    const { id } = room.insert(ANA, meeting(guests(BEN, CAM, ...crowd)));
    const token = room.token(CAM);
    room.patch(BEN, id, { attendeesOmitted: true, attendees: [{ email: BEN, responseStatus: 'accepted' }] });
    expect(responses(room.get(ANA, id))[BEN]).toBe('accepted');
    expect(room.changed(CAM, token)).toEqual([]);
  });
});

describe('a guest', () => {
  it('may change shared fields on the own copy, which stays there until the organiser’s next edit', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting(guests(BEN)));
    room.patch(BEN, id, { summary: 'Mine' });
    expect([room.get(BEN, id).summary, room.get(ANA, id).summary]).toEqual(['Mine', 'Planning']);
    room.patch(ANA, id, { location: 'Here' });
    expect(room.get(BEN, id).summary).toBe('Planning');
  });

  it('is refused by an update that leaves out what only the organiser may change', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting({ ...guests(BEN), guestsCanInviteOthers: false }));
    const update = (body: object) => room.call(BEN, 'events.update', { calendarId: 'primary', eventId: id }, body);
    expect(refusalOf(update(meeting(guests(BEN))))).toEqual([
      403,
      'forbiddenForNonOrganizer',
      'Shared properties can only be changed by the organizer of the event.',
    ]);
    expect(update(room.get(BEN, id)).status).toBe(200);
  });

  it('edits for everybody where guestsCanModify is set, unless the switch guestEditsFlowBack is off', () => {
    const edit = (switches = {}) => {
      const room = new CalendarRoom(switches);
      const { id } = room.insert(ANA, meeting({ ...guests(BEN, CAM), guestsCanModify: true }));
      room.patch(BEN, id, { summary: 'Ours', start: { dateTime: '2026-01-12T09:30:00+01:00' } });
      return [room.get(ANA, id), room.get(CAM, id)];
    };
    const start = { dateTime: '2026-01-12T09:30:00+01:00', timeZone: 'Europe/Zurich' };
    for (const row of edit()) expect(row).toMatchObject({ summary: 'Ours', start });
    for (const row of edit({ guestEditsFlowBack: false })) expect(row.summary).toBe('Planning');
  });

  it('who deletes the own copy has declined, and the event lives on', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting(guests(BEN)));
    const token = room.token(BEN);
    expect(room.delete(BEN, id)).toBe(204);
    expect(room.changed(BEN, token)[0]).toMatchObject({ id, status: 'cancelled', summary: 'Planning' });
    expect(responses(room.get(ANA, id))).toEqual({ [BEN]: 'declined' });
    room.patch(ANA, id, { summary: 'New' });
    expect(room.get(BEN, id).status).toBe('cancelled');
    room.service.restore(BEN, 'primary', id);
    expect(room.get(BEN, id)).toMatchObject({ status: 'confirmed', summary: 'New' });
    expect(responses(room.get(ANA, id))).toEqual({ [BEN]: 'needsAction' });
  });
});

describe('a series with guests', () => {
  it('gives them its exceptions and cancelled occurrences, and those who come later too', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly(guests(BEN)));
    const changed = `${id}_20260119T090000Z`;
    const cancelled = `${id}_20260126T090000Z`;
    room.patch(ANA, changed, { summary: 'Other' });
    room.delete(ANA, cancelled);
    room.patch(ANA, id, guests(BEN, CAM));
    for (const guest of [BEN, CAM]) {
      expect(room.get(guest, changed).summary).toBe('Other');
      expect(room.get(guest, cancelled).status).toBe('cancelled');
    }
    expect(ids(room.list(CAM).items).sort()).toEqual([id, changed, cancelled]);
  });

  it('lets a guest answer one occurrence, as an exception everywhere', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly(guests(BEN)));
    const one = `${id}_20260119T090000Z`;
    room.patch(BEN, one, answer(room.get(BEN, one), BEN, 'declined'));
    expect(responses(room.get(ANA, one))).toEqual({ [BEN]: 'declined' });
    expect(responses(room.get(ANA, id))).toEqual({ [BEN]: 'needsAction' });
    expect(ids(room.list(ANA).items)).toEqual([id, one]);
  });

  it('may have a guest of one occurrence only, who has a row without a master', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly(guests(BEN)));
    const one = `${id}_20260119T090000Z`;
    room.patch(ANA, one, guests(BEN, CAM));
    expect(room.list(CAM).items).toMatchObject([{ id: one, recurringEventId: id }]);
    expect(room.call(CAM, 'events.get', { calendarId: 'primary', eventId: id }).status).toBe(404);
    room.patch(ANA, one, guests(BEN));
    expect(room.get(CAM, one)).toMatchObject({ id: one, recurringEventId: id, status: 'cancelled' });
  });

  it('shows a guest who is taken off one occurrence that it is cancelled', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly(guests(BEN)));
    const one = `${id}_20260119T090000Z`;
    room.patch(ANA, one, { attendees: [] });
    expect(room.get(BEN, one)).toMatchObject({ status: 'cancelled', recurringEventId: id });
    expect(room.get(BEN, id).status).toBe('confirmed');
  });

  it('ends on every calendar when it is deleted', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly(guests(BEN)));
    room.patch(ANA, `${id}_20260119T090000Z`, guests(BEN, CAM));
    room.delete(ANA, id);
    for (const user of [ANA, BEN, CAM]) expect(room.list(user).items).toEqual([]);
  });
});

describe('a conference on a shared event', () => {
  it('is on every copy, and off every copy', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting(guests(BEN)));
    room.service.setConference(ANA, 'primary', id, VIDEO);
    expect(room.get(BEN, id)).toHaveProperty('conferenceData.conferenceId', 'room-1');
    expect(room.changes.at(-1)).toEqual({ calendarId: BEN, eventId: id, origin: 'editor', by: ANA });
    room.service.setConference(ANA, 'primary', id, null);
    expect(room.get(BEN, id)).not.toHaveProperty('conferenceData');
  });
});

describe('a secondary calendar', () => {
  it('is the organiser of its events, and self is told from the calendar that is read', () => {
    const room = new CalendarRoom();
    const calendarId = room.ok(ANA, 'calendars.insert', {}, { summary: 'Team' }).id;
    const event = room.insert(ANA, meeting(guests(ANA)), { calendarId });
    expect(event.organizer).toEqual({ email: calendarId, displayName: 'Team', self: true });
    expect(event.creator).toEqual({ email: ANA });
    const copy = room.get(ANA, event.id);
    expect(copy.organizer).toEqual({ email: calendarId, displayName: 'Team' });
    expect(copy.creator).toHaveProperty('self', true);
  });
});
