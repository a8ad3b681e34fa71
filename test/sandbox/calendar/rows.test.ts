import { ANA, BEN, CalendarRoom, ids, meeting, VIDEO, weekly } from './calendar-room';

const keys = (row: object) => Object.keys(row).sort();
const STUB = ['etag', 'id', 'kind', 'status'];

describe('a deleted event', () => {
  function deleted(switches = {}) {
    const room = new CalendarRoom(switches);
    const { id } = room.insert(ANA, meeting({ attendees: [{ email: BEN }], description: 'Plan' }));
    room.service.setConference(ANA, 'primary', id, VIDEO);
    const token = room.token(ANA);
    const bens = room.token(BEN);
    expect(room.delete(ANA, id)).toBe(204);
    return { room, id, token, bens };
  }

  it('is left out of a full list, and in it with showDeleted', () => {
    const { room, id } = deleted();
    expect(room.list(ANA).items).toEqual([]);
    expect(ids(room.list(ANA, { showDeleted: true }).items)).toEqual([id]);
  });

  it('is always in an incremental list: as a stub without showDeleted, with details on the organiser’s with it', () => {
    const { room, token } = deleted();
    const [stub] = room.list(ANA, { syncToken: token }).items;
    expect(keys(stub!)).toEqual(STUB);
    expect(stub!.status).toBe('cancelled');
    const [row] = room.changed(ANA, token);
    expect([row!.summary, row!.description, row!.status]).toEqual(['Planning', 'Plan', 'cancelled']);
  });

  it('tells no conference, unless the switch tombstoneKeepsConference is on', () => {
    const without = deleted();
    expect(without.room.changed(ANA, without.token)[0]).not.toHaveProperty('conferenceData');
    const kept = deleted({ tombstoneKeepsConference: true });
    expect(kept.room.changed(ANA, kept.token)[0]).toHaveProperty('conferenceData.conferenceId', 'room-1');
    expect(keys(kept.room.list(ANA, { syncToken: kept.token }).items[0]!)).toEqual(STUB);
  });

  it('is whole on the guest’s calendar, conference included, and but a stub when guestTombstone is bare', () => {
    const whole = deleted();
    expect(whole.room.changed(BEN, whole.bens)[0]).toMatchObject({
      ...{ status: 'cancelled', summary: 'Planning', organizer: { email: ANA }, attendees: [{ email: BEN }] },
      conferenceData: { conferenceId: 'room-1' },
    });
    const bare = deleted({ guestTombstone: 'bare' });
    expect(keys(bare.room.changed(BEN, bare.bens)[0]!)).toEqual(STUB);
  });

  it('can be got, until its tombstone is collected', () => {
    const { room, id, token } = deleted();
    expect(room.get(ANA, id)).toMatchObject({ id, status: 'cancelled', summary: 'Planning' });
    expect(room.service.collectTombstones()).toBe(2);
    expect(room.call(ANA, 'events.get', { calendarId: 'primary', eventId: id }).status).toBe(404);
    expect(room.call(ANA, 'events.list', { calendarId: 'primary', syncToken: token }).status).toBe(410);
  });

  it('leaves, once its tombstone is collected, a calendar that counts on from there, also over a restart', () => {
    const { room, id } = deleted();
    room.service.collectTombstones();
    room.restart();
    const token = room.token(ANA);
    expect(room.changed(ANA, token)).toEqual([]);
    const again = room.insert(ANA, meeting({ id }));
    expect(ids(room.changed(ANA, token))).toEqual([again.id]);
  });

  it('comes back with the same id when it is restored', () => {
    const { room, id, token } = deleted();
    const { status, body } = room.service.restore(ANA, 'primary', id);
    expect([status, body]).toEqual([200, expect.objectContaining({ id, status: 'confirmed' })]);
    expect(room.changed(ANA, token)[0]).toMatchObject({ id, status: 'confirmed', conferenceData: VIDEO });
    expect(room.get(BEN, id).status).toBe('confirmed');
  });

  it('comes back too when its status is patched to confirmed', () => {
    const { room, id } = deleted();
    expect(room.patch(ANA, id, { status: 'confirmed' }).status).toBe('confirmed');
    expect(room.get(BEN, id).status).toBe('confirmed');
  });

  it('is always in a list with updatedMin', () => {
    const { room, id } = deleted();
    expect(ids(room.list(ANA, { updatedMin: '2026-01-05T08:00:00Z' }).items)).toEqual([id]);
  });
});

describe('the rows of a series', () => {
  function series() {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly());
    const moved = `${id}_20260119T090000Z`;
    const removed = `${id}_20260126T090000Z`;
    room.patch(ANA, moved, { summary: 'Other' });
    room.delete(ANA, removed);
    return { room, id, moved, removed };
  }

  it('are, unexpanded, its master, its changed and its cancelled occurrences, even without showDeleted', () => {
    const { room, id, moved, removed } = series();
    const { items } = room.list(ANA);
    expect(ids(items)).toEqual([id, moved, removed]);
    expect(items[0]).toHaveProperty('recurrence');
    expect(items[1]).toMatchObject({ recurringEventId: id, summary: 'Other', status: 'confirmed' });
    expect(keys(items[2]!)).toEqual([...STUB, 'originalStartTime', 'recurringEventId'].sort());
  });

  it('show a cancelled occurrence whole with showDeleted, unless cancelledOccurrenceKeepsDetails is off', () => {
    const cancelledIn = (switches: object) => {
      const room = new CalendarRoom(switches);
      const { id } = room.insert(ANA, weekly());
      const one = `${id}_20260119T090000Z`;
      room.delete(ANA, one);
      return room.list(ANA, { showDeleted: true }).items.find((row) => row.id === one)!;
    };
    expect(cancelledIn({})).toMatchObject({ status: 'cancelled', summary: 'Planning', organizer: { email: ANA } });
    expect(keys(cancelledIn({ cancelledOccurrenceKeepsDetails: false }))).toEqual(
      [...STUB, 'originalStartTime', 'recurringEventId'].sort(),
    );
  });

  it('tell of an exception beyond the shortened end its id alone, unless trimmedException is detailed', () => {
    const beyond = (switches: object) => {
      const room = new CalendarRoom(switches);
      const { id } = room.insert(ANA, weekly());
      const one = `${id}_20260209T090000Z`;
      room.patch(ANA, one, { summary: 'Other' });
      const token = room.token(ANA);
      room.patch(ANA, id, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] });
      return [...room.changed(ANA, token), room.get(ANA, one)].filter((row) => row.id === one);
    };
    expect(beyond({}).map(keys)).toEqual([STUB, STUB]);
    for (const row of beyond({ trimmedException: 'detailed' })) {
      expect(row).toMatchObject({ status: 'cancelled', summary: 'Other', recurringEventId: expect.any(String) });
    }
  });

  it('are, expanded, its occurrences and never the master', () => {
    const { room, id, removed } = series();
    const { items } = room.list(ANA, { singleEvents: true, orderBy: 'startTime' });
    expect(items).toHaveLength(9);
    expect(items.every((row) => row.recurringEventId === id && row.recurrence === undefined)).toBe(true);
    expect(ids(items)).not.toContain(removed);
    expect(ids(room.list(ANA, { singleEvents: true, showDeleted: true }).items)).toContain(removed);
  });

  it('are all told when it is deleted: master and stored exceptions', () => {
    const { room, id, moved } = series();
    const token = room.token(ANA);
    room.delete(ANA, id);
    expect(ids(room.changed(ANA, token))).toEqual([id, moved]);
    expect(room.list(ANA).items).toEqual([]);
  });

  it('are told by the master alone when the switch seriesDeletionReportsExceptions is off', () => {
    const room = new CalendarRoom({ seriesDeletionReportsExceptions: false });
    const { id } = room.insert(ANA, weekly());
    const exception = room.patch(ANA, `${id}_20260119T090000Z`, { summary: 'Other' }).id;
    const token = room.token(ANA);
    room.delete(ANA, id);
    expect(ids(room.changed(ANA, token))).toEqual([id]);
    expect(room.get(ANA, exception).status).toBe('cancelled');
    room.service.restore(ANA, 'primary', id);
    expect(room.get(ANA, exception)).toMatchObject({ status: 'confirmed', summary: 'Other' });
  });

  it('show with both showDeleted and singleEvents single occurrences of a deleted series, not the master', () => {
    const { room, id } = series();
    room.delete(ANA, id);
    const rows = room.list(ANA, { singleEvents: true, showDeleted: true }).items;
    expect(rows).toHaveLength(10);
    expect(ids(rows)).not.toContain(id);
    expect(rows.every((row) => row.status === 'cancelled')).toBe(true);
  });

  it('report, expanded and incremental, every occurrence of an edited master, and as cancelled those it lost', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly());
    const token = room.token(ANA, { singleEvents: true });
    room.patch(ANA, id, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'] });
    const rows = room.changed(ANA, token, { singleEvents: true });
    expect(rows.filter((row) => row.status === 'confirmed')).toHaveLength(8);
    expect(rows.filter((row) => row.status === 'cancelled')).toHaveLength(2);
  });
});

describe('the parameters of a list', () => {
  it('filter by time: end after timeMin, start before timeMax', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting());
    const within = (timeMin: string, timeMax: string) => ids(room.list(ANA, { timeMin, timeMax }).items);
    expect(within('2026-01-12T09:59:59Z', '2026-01-13T00:00:00Z')).toEqual([id]);
    expect(within('2026-01-12T10:00:00Z', '2026-01-13T00:00:00Z')).toEqual([]);
    expect(within('2026-01-01T00:00:00Z', '2026-01-12T09:00:00Z')).toEqual([]);
    expect(within('2026-01-01T00:00:00.500Z', '2026-01-12T09:00:01Z')).toEqual([id]);
  });

  it('keep a master whose occurrences reach into the window', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly());
    expect(ids(room.list(ANA, { timeMin: '2026-03-10T00:00:00Z' }).items)).toEqual([id]);
    expect(room.list(ANA, { timeMin: '2026-03-20T00:00:00Z' }).items).toEqual([]);
  });

  it('filter by text, iCalUID, extended properties and type', () => {
    const room = new CalendarRoom();
    const extendedProperties = { private: { a: '1', b: '2' }, shared: { c: '3' } };
    const one = room.insert(ANA, meeting({ extendedProperties, attendees: [{ email: BEN }] }));
    room.insert(ANA, meeting({ summary: 'Other' }));
    const found = (params: object) => ids(room.list(ANA, params as never).items);
    expect(found({ q: 'plan BEN@' })).toEqual([one.id]);
    expect(found({ iCalUID: one.iCalUID })).toEqual([one.id]);
    expect(found({ privateExtendedProperty: ['a=1', 'b=2'] })).toEqual([one.id]);
    expect(found({ privateExtendedProperty: ['a=1', 'b=9'] })).toEqual([]);
    expect(found({ sharedExtendedProperty: 'c=3' })).toEqual([one.id]);
    expect(found({ eventTypes: ['outOfOffice'] })).toEqual([]);
    expect(found({ eventTypes: ['default', 'outOfOffice'] })).toHaveLength(2);
  });

  it('cut the guest list to oneself beyond maxAttendees', () => {
    const room = new CalendarRoom();
    room.insert(ANA, meeting({ attendees: [{ email: ANA }, { email: BEN }] }));
    const [row] = room.list(BEN, { maxAttendees: 1 }).items;
    expect(row).toMatchObject({ attendeesOmitted: true, attendees: [{ email: BEN, self: true }] });
  });

  it('order by last change or by start', () => {
    const room = new CalendarRoom();
    const late = room.insert(ANA, meeting());
    const early = room.insert(ANA, weekly({ recurrence: null }));
    room.patch(ANA, early.id, { start: { dateTime: '2026-01-02T10:00:00' } });
    room.patch(ANA, late.id, { summary: 'Touched' });
    expect(ids(room.list(ANA, { orderBy: 'updated' }).items)).toEqual([early.id, late.id]);
    expect(ids(room.list(ANA, { orderBy: 'startTime', singleEvents: true }).items)).toEqual([early.id, late.id]);
  });

  it('print times in another zone with timeZone', () => {
    const room = new CalendarRoom();
    room.insert(ANA, meeting());
    const [row] = room.list(ANA, { timeZone: 'Asia/Tokyo' }).items;
    expect(row!.start).toEqual({ dateTime: '2026-01-12T18:00:00+09:00', timeZone: 'Europe/Zurich' });
  });
});
