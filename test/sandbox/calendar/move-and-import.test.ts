import { ANA, BEN, CAM, CalendarRoom, ids, meeting, refusalOf, VIDEO, weekly } from './calendar-room';

function moved(over: object = {}, switches = {}) {
  const room = new CalendarRoom(switches);
  const destination = room.ok(ANA, 'calendars.insert', {}, { summary: 'Team' }).id;
  const event = room.insert(ANA, meeting(over as never));
  room.service.setConference(ANA, 'primary', event.id, VIDEO);
  const token = room.token(ANA);
  const params = { calendarId: 'primary', eventId: event.id, destination };
  const answer = room.ok(ANA, 'events.move', params);
  const after = room.list(ANA, { calendarId: destination }).items[0]!;
  return { room, destination, event, answer, after, token, params };
}

describe('events.move', () => {
  it('changes the organiser, keeps id and iCalUID, and leaves a cancelled row behind', () => {
    const { room, destination, event, after, token } = moved({}, { movedTombstone: 'bare' });
    expect(after).toMatchObject({
      id: event.id,
      iCalUID: event.iCalUID,
      organizer: { email: destination, self: true },
    });
    expect(after).toHaveProperty('conferenceData.conferenceId', 'room-1');
    expect(room.changed(ANA, token)).toEqual([
      { kind: 'calendar#event', etag: expect.any(String), id: event.id, status: 'cancelled' },
    ]);
    expect(ids(room.list(ANA, { calendarId: destination }).items)).toEqual([event.id]);
  });

  it('gives it a new id when the switch moveKeepsId is off, to guests too', () => {
    const { room, event, after } = moved({ attendees: [{ email: BEN }] }, { moveKeepsId: false });
    expect(after.id).not.toBe(event.id);
    expect(room.get(BEN, event.id).status).toBe('cancelled');
    expect(room.get(BEN, after.id).status).toBe('confirmed');
  });

  it('keeps a guest’s copy where the old calendar is a guest, and tells the guests the new organiser', () => {
    const { room, destination, event } = moved({ attendees: [{ email: ANA }, { email: BEN }] });
    for (const user of [ANA, BEN]) {
      expect(room.get(user, event.id)).toMatchObject({ status: 'confirmed', organizer: { email: destination } });
    }
  });

  it('takes the exceptions of a series along, and can be undone by moving back', () => {
    const room = new CalendarRoom();
    const destination = room.ok(ANA, 'calendars.insert', {}, { summary: 'Team' }).id;
    const { id } = room.insert(ANA, weekly());
    const exception = `${id}_20260119T090000Z`;
    room.patch(ANA, exception, { summary: 'Other' });
    room.delete(ANA, `${id}_20260126T090000Z`);
    room.ok(ANA, 'events.move', { calendarId: 'primary', eventId: id, destination });
    expect(room.get(ANA, exception, destination).summary).toBe('Other');
    expect(room.list(ANA, { calendarId: destination, singleEvents: true }).items).toHaveLength(9);
    expect(room.list(ANA).items).toEqual([]);
    room.ok(ANA, 'events.move', { calendarId: destination, eventId: id, destination: 'primary' });
    expect(room.list(ANA, { singleEvents: true }).items).toHaveLength(9);
    expect(room.get(ANA, exception).summary).toBe('Other');
  });

  it('answers what is left on the old calendar, or with moveAnswers at destination the event where it went', () => {
    const source = moved();
    expect(source.answer).toMatchObject({
      ...{ status: 'cancelled', id: source.event.id, iCalUID: source.event.iCalUID, start: source.event.start },
      organizer: { email: source.destination },
    });
    expect(source.answer.organizer).not.toHaveProperty('self');
    const there = moved({}, { moveAnswers: 'destination' });
    expect(there.answer).toEqual(there.after);
  });

  it('answers the same again and changes nothing when the event was moved there before', () => {
    const { room, destination, answer, after, params } = moved();
    expect(room.ok(ANA, 'events.move', params)).toEqual(answer);
    expect(room.list(ANA, { calendarId: destination }).items).toEqual([after]);
  });

  it('is refused for occurrences, for guests, for other types, and without access to the destination', () => {
    const room = new CalendarRoom();
    const destination = room.ok(ANA, 'calendars.insert', {}, { summary: 'Team' }).id;
    const move = (eventId: string, to = destination, viewer = ANA) =>
      refusalOf(room.call(viewer, 'events.move', { calendarId: 'primary', eventId, destination: to })).slice(0, 2);
    const series = room.insert(ANA, weekly({ attendees: [{ email: BEN }] })).id;
    const focus = room.insert(ANA, meeting({ eventType: 'focusTime' })).id;
    expect(move(`${series}_20260119T090000Z`)).toEqual([400, 'cannotChangeOrganizerOfInstance']);
    expect(move(focus)).toEqual([400, 'eventTypeRestriction']);
    expect(move(series, BEN)).toEqual([404, 'notFound']);
    const bens = room.ok(BEN, 'calendars.insert', {}, { summary: 'Mine' }).id;
    expect(move(series, bens, BEN)).toEqual([403, 'forbiddenForNonOrganizer']);
  });
});

describe('the row that a moved event leaves', () => {
  const ofSeries = (movedTombstone: string) => {
    const room = new CalendarRoom({ movedTombstone });
    const destination = room.ok(ANA, 'calendars.insert', {}, { summary: 'Team' }).id;
    const { id, iCalUID } = room.insert(ANA, weekly());
    const exception = `${id}_20260119T090000Z`;
    room.patch(ANA, exception, { summary: 'Other' });
    const token = room.token(ANA);
    room.ok(ANA, 'events.move', { calendarId: 'primary', eventId: id, destination });
    const told = (list: Array<{ id: string }>) => list.filter((row) => [id, exception].includes(row.id));
    return {
      ...{ room, destination, iCalUID, eventIds: [id, exception] },
      incremental: told(room.list(ANA, { syncToken: token }).items),
      deleted: told(room.list(ANA, { showDeleted: true }).items),
    };
  };
  const stub = (id: string) => ({ kind: 'calendar#event', etag: expect.any(String), id, status: 'cancelled' });

  it.each(['bare', 'detailed', 'placeholder', 'absent'])('is its id in a list without showDeleted (%s)', (form) => {
    const { incremental, eventIds } = ofSeries(form);
    expect(incremental).toHaveLength(2);
    expect(incremental).toEqual(expect.arrayContaining(eventIds.map(stub)));
  });

  it('is its id with showDeleted and by id too, when the switch movedTombstone is bare', () => {
    const { room, deleted, eventIds } = ofSeries('bare');
    expect(deleted).toEqual(expect.arrayContaining(eventIds.map(stub)));
    for (const id of eventIds) expect(room.get(ANA, id)).toEqual(stub(id));
  });

  it('keeps its details and names the new calendar, when movedTombstone is detailed', () => {
    const { room, destination, deleted, eventIds, iCalUID } = ofSeries('detailed');
    expect(deleted).toHaveLength(2);
    for (const row of [...deleted, ...eventIds.map((id) => room.get(ANA, id))]) {
      expect(row).toMatchObject({
        status: 'cancelled',
        iCalUID,
        summary: expect.any(String),
        start: expect.anything(),
      });
      expect(row).toHaveProperty('organizer', { email: destination, displayName: 'Team' });
    }
  });

  it('has neither organiser nor title, and a day of the year 2000, when movedTombstone is placeholder', () => {
    const { room, deleted, eventIds, iCalUID } = ofSeries('placeholder');
    expect(deleted).toHaveLength(2);
    for (const row of [...deleted, ...eventIds.map((id) => room.get(ANA, id))]) {
      expect(row).toEqual({
        ...stub(row.id),
        ...{ htmlLink: expect.any(String), updated: expect.any(String), creator: expect.anything(), iCalUID },
        start: { dateTime: '2000-01-01T00:00:00Z', timeZone: 'UTC' },
        end: { dateTime: '2000-01-02T00:00:00Z', timeZone: 'UTC' },
        transparency: 'transparent',
      });
    }
  });

  it('is told by lists and not found by id, nor are its occurrences, when movedTombstone is absent', () => {
    const { room, deleted, eventIds } = ofSeries('absent');
    expect(deleted).toEqual(expect.arrayContaining(eventIds.map(stub)));
    const unchanged = `${eventIds[0]}_20260126T090000Z`;
    for (const eventId of [...eventIds, unchanged]) {
      expect(refusalOf(room.call(ANA, 'events.get', { calendarId: 'primary', eventId }))[0]).toBe(404);
    }
    const onSeries = { calendarId: 'primary', eventId: eventIds[0]!, showDeleted: true };
    expect(refusalOf(room.call(ANA, 'events.instances', onSeries))[0]).toBe(404);
  });
});

describe('events.import', () => {
  const foreign = meeting({
    iCalUID: 'u1@elsewhere',
    organizer: { email: 'x@elsewhere.net' },
    attendees: [{ email: ANA }, { email: CAM }],
  });

  it('makes a private copy that keeps its organiser and reaches nobody else', () => {
    const room = new CalendarRoom();
    const event = room.ok(ANA, 'events.import', { calendarId: 'primary' }, foreign);
    expect(event).toMatchObject({ iCalUID: 'u1@elsewhere', organizer: { email: 'x@elsewhere.net' } });
    expect(event.id).not.toBe('u1@elsewhere');
    expect(event.organizer).not.toHaveProperty('self');
    expect(room.list(CAM).items).toEqual([]);
  });

  it('replaces the copy when the same iCalUID comes again, and wants one', () => {
    const room = new CalendarRoom();
    const { id } = room.ok(ANA, 'events.import', { calendarId: 'primary' }, foreign);
    const again = room.ok(ANA, 'events.import', { calendarId: 'primary' }, { ...foreign, summary: 'Again' });
    expect(again).toMatchObject({ id, summary: 'Again' });
    expect(refusalOf(room.call(ANA, 'events.import', { calendarId: 'primary' }, meeting()))[1]).toBe('required');
  });

  it('finds the copy after a restart, also when it was deleted, and never an exception of it', () => {
    const room = new CalendarRoom();
    const primary = { calendarId: 'primary' };
    const series = weekly({ iCalUID: 'u2@elsewhere', organizer: { email: 'x@elsewhere.net' } } as never);
    const { id } = room.ok(ANA, 'events.import', primary, series);
    room.patch(ANA, `${id}_20260119T090000Z`, { summary: 'Other' });
    room.restart();
    expect(room.ok(ANA, 'events.import', primary, series).id).toBe(id);
    room.delete(ANA, id);
    room.restart();
    const sequence = 9;
    expect(room.ok(ANA, 'events.import', primary, { ...series, sequence })).toMatchObject({ id, status: 'confirmed' });
    expect(room.ok(ANA, 'events.import', primary, { ...foreign, iCalUID: 'u3@elsewhere' }).id).not.toBe(id);
  });
});
