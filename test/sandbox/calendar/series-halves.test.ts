import { ANA, BEN, CalendarRoom, type Event, ids, weekly } from './calendar-room';

const SECOND = '20260119T090000Z';
const FIFTH = '20260209T090000Z';
const CUT = '2026-02-02T10:00:00+01:00';

/** A series of ten weeks, its second and fifth occurrence renamed, cut before the fourth. */
function halved(switches = {}, changes: object = { summary: 'Half' }) {
  const room = new CalendarRoom(switches);
  const { id } = room.insert(ANA, weekly({ attendees: [{ email: BEN }] }));
  for (const stamp of [SECOND, FIFTH]) room.patch(ANA, `${id}_${stamp}`, { summary: 'Other' });
  const tokens: Record<string, string> = { [ANA]: room.token(ANA), [BEN]: room.token(BEN) };
  const half = room.service.splitSeries(ANA, 'primary', id, CUT, changes as never).body as Event;
  return { room, id, half, tokens };
}

const live = (rows: Event[]) => rows.filter(({ status }) => status !== 'cancelled');

describe('an occurrence of a second half', () => {
  it('has the id of the first half’s occurrences, and names its own series', () => {
    const { room, id, half } = halved();
    const items = room.ok<{ items: Event[] }>(ANA, 'events.instances', {
      calendarId: 'primary',
      eventId: half.id,
    }).items;
    expect(items[0]).toMatchObject({ id: `${id}_20260202T090000Z`, recurringEventId: half.id, iCalUID: half.iCalUID });
    expect(items).toHaveLength(7);
  });

  it('can be changed under that id, on every calendar, also where the first half had changed one', () => {
    const { room, id, half } = halved();
    const one = `${id}_${FIFTH}`;
    expect(room.get(ANA, one)).toMatchObject({ status: 'confirmed', summary: 'Half' });
    room.patch(ANA, one, { summary: 'Changed' });
    for (const user of [ANA, BEN]) {
      expect(room.get(user, one)).toMatchObject({ summary: 'Changed', recurringEventId: half.id });
    }
    const expanded = room.list(ANA, { singleEvents: true, showDeleted: true }).items;
    expect(expanded).toHaveLength(10);
    expect(expanded.filter((row) => row.id === one)).toMatchObject([{ summary: 'Changed' }]);
    room.restart();
    expect(room.get(ANA, one)).toMatchObject({ summary: 'Changed' });
  });

  it.each([
    [true, 1],
    [false, 0],
  ])(
    'is told as cancelled where the first half had changed it, with splitTellsReset at %s',
    (splitTellsReset, count) => {
      const { room, id, half, tokens } = halved({ splitTellsReset });
      for (const user of [ANA, BEN]) {
        const rows = room.changed(user, tokens[user]!);
        expect(ids(live(rows))).toEqual([id, `${id}_${SECOND}`, half.id]);
        expect(rows.filter((row) => row.id === `${id}_${FIFTH}`)).toHaveLength(count);
        expect(ids(room.list(user, { showDeleted: true }).items)).toEqual([id, `${id}_${SECOND}`, half.id]);
      }
    },
  );
});

describe('a second half', () => {
  it('is told with the first one, its exceptions included, under one etag, and keeps the sequence', () => {
    const { room, id, half, tokens } = halved();
    const rows = live(room.changed(ANA, tokens[ANA]!));
    expect(new Set(rows.map(({ etag }) => etag)).size).toBe(1);
    expect([half.id, half.sequence, room.get(ANA, id).sequence]).toEqual([`${id}_R20260202T090000`, 0, 0]);
  });

  it('with another time has an id that tells nothing of the first one, and a sequence one higher', () => {
    const time = (hour: string) => ({ dateTime: `2026-02-02T${hour}:00:00+01:00`, timeZone: 'Europe/Zurich' });
    const { room, id, half } = halved({}, { start: time('15'), end: time('16') });
    expect(half.id).not.toContain(id);
    expect(half).toMatchObject({ iCalUID: `${half.id}@google.com`, sequence: 1, created: room.get(ANA, id).created });
  });
});

describe('a new title for all events', () => {
  const retitled = (switches = {}) => {
    const { room, id, half } = halved(switches);
    room.call(ANA, 'events.patch', { calendarId: 'primary', eventId: half.id }, { summary: 'All' }, {}, 'editor');
    const titleOf = (eventId: string) => room.get(ANA, eventId).summary;
    return [half.id, id, `${id}_${SECOND}`, `${id}_${FIFTH}`].map(titleOf);
  };

  it('reaches the other half and an exception with a title of its own', () => {
    expect(retitled()).toEqual(['All', 'All', 'All', 'All']);
  });

  it('reaches the one series when the switch allEventsReach says so', () => {
    expect(retitled({ allEventsReach: 'series' })).toEqual(['All', 'Planning', 'Other', 'All']);
  });

  it('reaches no other half when a program writes it', () => {
    const { room, id, half } = halved();
    room.patch(ANA, half.id, { summary: 'All' });
    expect(room.get(ANA, id).summary).toBe('Planning');
  });
});

describe('privacy in a series', () => {
  const hidden = (switches = {}) => {
    const { room, id } = halved(switches);
    room.patch(ANA, `${id}_20260112T090000Z`, { visibility: 'private' });
    return { room, id };
  };

  it('is the whole series’, when one occurrence is made private', () => {
    const { room, id } = hidden();
    for (const eventId of [id, `${id}_${SECOND}`]) expect(room.get(BEN, eventId).visibility).toBe('private');
    room.patch(ANA, `${id}_${SECOND}`, { visibility: 'default' });
    expect(room.get(ANA, `${id}_${SECOND}`).visibility).toBe('private');
    room.patch(ANA, id, { visibility: 'default' });
    expect(room.get(ANA, id)).not.toHaveProperty('visibility');
  });

  it('is one occurrence’s, when the switch privacyIsSeriesWide is off', () => {
    const { room, id } = hidden({ privacyIsSeriesWide: false });
    expect(room.get(ANA, id)).not.toHaveProperty('visibility');
  });
});
