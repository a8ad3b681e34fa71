import { ANA, BEN, CAM, CalendarRoom, ids, meeting, refusalOf, VIDEO, weekly } from './calendar-room';

const ANNA = 'anna@example.com';

describe('an account with another address', () => {
  const renamed = (switches = {}) => {
    const room = new CalendarRoom(switches);
    const { id } = room.insert(ANA, weekly({ attendees: [{ email: BEN }] }));
    const exception = `${id}_20260119T090000Z`;
    room.patch(ANA, exception, { summary: 'Other' });
    const invitation = room.insert(CAM, meeting({ attendees: [{ email: ANA }] })).id;
    const token = room.token(ANA);
    const before = room.list(ANA, { showDeleted: true }).items;
    room.service.renameAccount(ANA, ANNA);
    return { room, id, exception, invitation, token, before };
  };

  it('has its calendar and all its events, as they were, under it', () => {
    const { room, id, exception, before } = renamed();
    const after = room.list(ANNA, { showDeleted: true }).items;
    expect(after.map(({ id, etag, updated }) => [id, etag, updated])).toEqual(
      before.map(({ id, etag, updated }) => [id, etag, updated]),
    );
    expect(room.get(ANNA, id)).toMatchObject({ organizer: { email: ANNA, self: true }, creator: { email: ANNA } });
    room.patch(ANNA, exception, { location: 'Here' });
    expect(room.get(BEN, exception)).toMatchObject({ location: 'Here', organizer: { email: ANNA } });
  });

  it('is invited under it, and answers', () => {
    const { room, invitation } = renamed();
    expect(room.get(CAM, invitation).attendees).toMatchObject([{ email: ANNA }]);
    room.patch(ANNA, invitation, { attendees: [{ email: ANNA, responseStatus: 'accepted' }] });
    expect(room.get(CAM, invitation).attendees).toMatchObject([{ email: ANNA, responseStatus: 'accepted' }]);
  });

  it('is not there under the former address, and its sync tokens are worth nothing', () => {
    const { room, token } = renamed();
    expect(room.call(ANNA, 'events.list', { calendarId: ANA }).status).toBe(404);
    expect(room.call(ANNA, 'events.list', { calendarId: 'primary', syncToken: token }).status).toBe(410);
  });

  it('is found under the former address too, when the switch formerAddressAnswers is on', () => {
    const { room, id } = renamed({ formerAddressAnswers: true });
    expect(room.get(ANNA, id, ANA)).toEqual(room.get(ANNA, id));
  });

  it('stays so over a restart', () => {
    const { room, id } = renamed();
    room.restart();
    expect(room.get(ANNA, id).organizer).toEqual({ email: ANNA, self: true });
    expect(room.service.accounts().map(({ email }) => email)).toEqual([BEN, CAM, ANNA]);
  });

  it('cannot have what is no address, or somebody’s', () => {
    const room = new CalendarRoom();
    expect(() => room.service.renameAccount(ANA, BEN)).toThrow(RangeError);
    expect(() => room.service.renameAccount(ANA, 'anna')).toThrow(RangeError);
    expect(() => room.service.renameAccount(ANNA, 'a@example.com')).toThrow(RangeError);
  });
});

describe('an account that ends', () => {
  it('takes its calendars along, and leaves guests their copies', () => {
    const room = new CalendarRoom();
    const team = room.ok(ANA, 'calendars.insert', {}, { summary: 'Team' }).id;
    const rule = { role: 'writer', scope: { type: 'user', value: BEN } };
    room.ok(ANA, 'acl.insert', { calendarId: team }, rule);
    const { id } = room.insert(ANA, meeting({ attendees: [{ email: BEN }] }));
    expect(room.service.deleteAccount(ANA)).toBeUndefined();
    for (const calendarId of [ANA, team]) {
      expect(refusalOf(room.call(BEN, 'events.list', { calendarId }))[0]).toBe(404);
    }
    expect(room.get(BEN, id)).toMatchObject({ status: 'confirmed', organizer: { email: ANA } });
    expect(room.call(ANA, 'events.list', { calendarId: 'primary' }).status).toBe(401);
  });

  it('may give its events to come to a successor: those with a guest that are not private', () => {
    const room = new CalendarRoom();
    const guests = { attendees: [{ email: CAM }] };
    const past = { start: { dateTime: '2026-01-02T10:00:00Z' }, end: { dateTime: '2026-01-02T11:00:00Z' } };
    const [shared, series] = [room.insert(ANA, meeting(guests)), room.insert(ANA, weekly(guests))];
    room.service.setConference(ANA, 'primary', shared.id, VIDEO);
    for (const fields of [{}, { ...guests, visibility: 'private' }, { ...guests, ...past }]) {
      room.insert(ANA, meeting(fields));
    }
    const calendarId = room.service.deleteAccount(ANA, BEN)!;
    expect(room.ok(BEN, 'calendars.get', { calendarId }).summary).toBe(`Transferred from ${ANA}`);
    const items = room.list(BEN, { calendarId }).items;
    expect(ids(items).sort()).toEqual([shared.id, series.id].sort());
    for (const { organizer } of items) expect(organizer).toMatchObject({ email: calendarId, self: true });
    expect(room.get(CAM, shared.id)).toMatchObject({
      organizer: { email: calendarId },
      conferenceData: { conferenceId: 'room-1' },
    });
  });
});
