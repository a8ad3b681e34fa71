import { ANA, BEN, CalendarRoom, type Event, ids, meeting, weekly } from './calendar-room';

/** A series of ten weeks, its second occurrence renamed, its third cancelled. */
function family(switches = {}) {
  const room = new CalendarRoom(switches);
  const { id } = room.insert(ANA, weekly({ attendees: [{ email: BEN }] }));
  const renamed = `${id}_20260119T090000Z`;
  const cancelled = `${id}_20260126T090000Z`;
  room.patch(ANA, renamed, { summary: 'Other' });
  room.delete(ANA, cancelled);
  const tokens: Record<string, string> = { [ANA]: room.token(ANA), [BEN]: room.token(BEN) };
  return { room, id, renamed, cancelled, tokens };
}

const versions = (rows: Event[]) => new Set(rows.map(({ etag }) => etag));

describe('a series and its exceptions', () => {
  it.each([
    ['the series', (id: string) => id],
    ['one occurrence that was changed before', (id: string) => `${id}_20260119T090000Z`],
    ['one occurrence that was as the series has it', (id: string) => `${id}_20260202T090000Z`],
  ])('are told together, on every calendar, when a change is made to %s', (_what, changed) => {
    const { room, id, renamed, cancelled, tokens } = family();
    room.patch(ANA, changed(id), { location: 'There' });
    for (const user of [ANA, BEN]) {
      const rows = room.changed(user, tokens[user]!);
      expect(ids(rows)).toEqual([...new Set([id, renamed, cancelled, changed(id)])].sort());
    }
  });

  it('show one etag and one time of change, also when got, and where none of them was touched', () => {
    const { room, id, renamed, tokens } = family();
    room.patch(ANA, renamed, { location: 'There' });
    const rows = room.changed(ANA, tokens[ANA]!);
    const got = [id, renamed, `${id}_20260209T090000Z`].map((eventId) => room.get(ANA, eventId));
    expect(versions([...rows, ...got]).size).toBe(1);
    expect(new Set(got.map(({ updated }) => updated)).size).toBe(1);
  });

  it('are written on condition of the etag that they share', () => {
    const { room, id, renamed } = family();
    const { etag } = room.get(ANA, id);
    const patch = (eventId: string) =>
      room.call(ANA, 'events.patch', { calendarId: 'primary', eventId }, { location: eventId }, { 'if-match': etag });
    expect(patch(renamed).status).toBe(200);
    expect(patch(id).status).toBe(412);
  });

  it('are told row by row, with etags of their own, when the switch seriesChangesWhole is off', () => {
    const { room, id, renamed, tokens } = family({ seriesChangesWhole: false });
    room.patch(ANA, renamed, { location: 'There' });
    expect(ids(room.changed(ANA, tokens[ANA]!))).toEqual([renamed]);
    expect(room.get(ANA, id).etag).not.toBe(room.get(ANA, renamed).etag);
  });

  it('share their etag after a restart', () => {
    const { room, id, renamed, tokens } = family();
    room.patch(ANA, renamed, { location: 'There' });
    const before = room.changed(ANA, tokens[ANA]!);
    room.restart();
    expect(room.changed(ANA, tokens[ANA]!)).toEqual(before);
    expect(room.get(ANA, id).etag).toBe(room.get(ANA, renamed).etag);
  });

  it('are not brought along by another series, nor by an event alone', () => {
    const { room, tokens } = family();
    const other = room.insert(ANA, weekly());
    const alone = room.insert(ANA, meeting());
    expect(ids(room.changed(ANA, tokens[ANA]!))).toEqual([other.id, alone.id]);
  });
});

describe('the etag of an event', () => {
  it('is the time of the request that wrote it, in microseconds, twice', () => {
    const { room, id } = family();
    const { etag, updated } = room.get(ANA, id);
    expect(JSON.parse(etag)).toBe(String(Date.parse(updated as string) * 2000));
  });

  it('is one for all that a request writes, and never the same for two requests', () => {
    const room = new CalendarRoom();
    const event = room.insert(ANA, meeting({ attendees: [{ email: BEN }] }));
    expect(room.get(BEN, event.id).etag).toBe(event.etag);
    const write = (summary: string) =>
      room.service.handle(ANA, {
        ...{ method: 'events.patch', params: { calendarId: 'primary', eventId: event.id } },
        body: { summary },
      }).body as Event;
    expect(versions([write('One'), write('Two'), write('Three')]).size).toBe(3);
  });
});

describe('a list that was asked for no order', () => {
  it('has its rows by time of change, then by id', () => {
    const { room, id, renamed, cancelled } = family();
    const later = room.insert(ANA, meeting());
    const other = room.insert(ANA, meeting());
    room.patch(ANA, later.id, { summary: 'Later' });
    expect(ids(room.list(ANA, { showDeleted: true }).items)).toEqual([id, renamed, cancelled, other.id, later.id]);
  });
});
