import { ANA, CalendarRoom, type EventList, ids, meeting, refusalOf, weekly } from './calendar-room';

function filled(count: number, switches: object = { emptyPages: false }) {
  const room = new CalendarRoom(switches);
  const all = Array.from({ length: count }, (_, index) => room.insert(ANA, meeting({ summary: `Event ${index}` })).id);
  return { room, all };
}

/** All pages of a list. */
function walk(room: CalendarRoom, params: object = {}) {
  const pages = [room.list(ANA, params as never)];
  for (let last = pages[0]!; last.nextPageToken !== undefined; last = pages.at(-1)!) {
    expect(last.nextSyncToken).toBeUndefined();
    pages.push(room.list(ANA, { ...params, pageToken: last.nextPageToken } as never));
    if (pages.length > 100) throw new Error('The list does not end.');
  }
  return pages;
}

describe('a list of several pages', () => {
  it('carries every row once, and the sync token on its last page only', () => {
    const { room, all } = filled(7);
    const pages = walk(room, { maxResults: 3 });
    expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1]);
    expect(pages.flatMap(({ items }) => ids(items))).toEqual(all);
    expect(pages[2]!.nextSyncToken).toBeDefined();
  });

  it('has 250 rows a page unless asked otherwise, and 2500 at most', () => {
    const { room } = filled(260);
    expect(room.list(ANA).items).toHaveLength(250);
    expect(room.list(ANA, { maxResults: 9999 }).items).toHaveLength(260);
  });

  it('is frozen at its first page; a change in between comes with the next incremental list', () => {
    const { room, all } = filled(4);
    const first = room.list(ANA, { maxResults: 2 });
    room.patch(ANA, all[3]!, { summary: 'Changed' });
    room.delete(ANA, all[2]!);
    const second = room.list(ANA, { maxResults: 2, pageToken: first.nextPageToken! });
    expect(second.items.map(({ summary }) => summary)).toEqual(['Event 2', 'Event 3']);
    expect(ids(room.changed(ANA, second.nextSyncToken!))).toEqual([all[3], all[2]]);
  });

  it('goes on after a restart, and the same page can be asked for twice', () => {
    const { room, all } = filled(4);
    const pageToken = room.list(ANA, { maxResults: 2 }).nextPageToken!;
    room.restart();
    for (let time = 0; time < 2; time++) {
      expect(ids(room.list(ANA, { maxResults: 2, pageToken }).items)).toEqual(all.slice(2));
    }
  });

  it('is asked for with the same parameters throughout', () => {
    const { room } = filled(4);
    const pageToken = room.list(ANA, { maxResults: 2 }).nextPageToken!;
    for (const params of [{ pageToken, showDeleted: true }, { pageToken: 'nonsense' }]) {
      expect(refusalOf(room.call(ANA, 'events.list', { calendarId: 'primary', ...params }))[0]).toBe(400);
    }
  });

  it('may have fewer rows a page than asked', () => {
    const { room, all } = filled(5);
    const syncToken = room.token(ANA);
    for (const eventId of all) room.patch(ANA, eventId, { summary: 'New' });
    room.service.setPageCap(2);
    const pages = walk(room, { syncToken });
    expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 1]);
  });

  it('may have empty pages that go on, unless the switch emptyPages is off', () => {
    const { room, all } = filled(6, {});
    const lists = Array.from({ length: 10 }, () => walk(room, { maxResults: 2 }));
    for (const pages of lists) expect(pages.flatMap(({ items }) => ids(items))).toEqual(all);
    expect(lists.flat().some(({ items, nextPageToken }) => items.length === 0 && nextPageToken !== undefined)).toBe(
      true,
    );
  });
});

describe('deleted events that a list does not show', () => {
  const deletedFirst = (switches: object) => {
    const { room, all } = filled(7, switches);
    for (const eventId of all.slice(0, 3)) room.delete(ANA, eventId);
    const kept = all.slice(3);
    for (const eventId of kept) room.patch(ANA, eventId, { location: 'Here' });
    return { pages: walk(room, { maxResults: 3 }), kept };
  };

  it('have their places on its pages, so that one may come empty and go on', () => {
    const { pages, kept } = deletedFirst({});
    expect(pages[0]).toMatchObject({ items: [], nextPageToken: expect.any(String) });
    expect(pages.flatMap(({ items }) => ids(items))).toEqual(kept);
  });

  it('take no place when the switch emptyPages is off', () => {
    expect(deletedFirst({ emptyPages: false }).pages.map(({ items }) => items.length)).toEqual([3, 1]);
  });
});

describe('a list that fits on one page', () => {
  const lists = (switches: object) => {
    const { room } = filled(2, switches);
    return Array.from({ length: 20 }, () => walk(room).length);
  };

  it('comes on one', () => {
    expect(new Set(lists({}))).toEqual(new Set([1]));
  });

  it('may begin with an empty page, when emptyPages is set to anywhere', () => {
    expect(new Set(lists({ emptyPages: 'anywhere' }))).toEqual(new Set([1, 2]));
  });
});

describe('the occurrences of a series', () => {
  it('end in a sync token', () => {
    const { room } = filled(0);
    const { id } = room.insert(ANA, weekly());
    const on = { calendarId: 'primary', eventId: id };
    const first = room.ok<EventList>(ANA, 'events.instances', { ...on, maxResults: 6 });
    expect(first.nextSyncToken).toBeUndefined();
    const last = room.ok<EventList>(ANA, 'events.instances', { ...on, maxResults: 6, pageToken: first.nextPageToken! });
    expect(last).toMatchObject({ nextSyncToken: expect.any(String) });
    expect([...first.items, ...last.items]).toHaveLength(10);
  });
});

describe('fields', () => {
  it('cuts an answer down to what is named', () => {
    const { room, all } = filled(2);
    const list = room.list(ANA, { fields: 'nextSyncToken,items(id,start/dateTime,organizer(email))' });
    expect(Object.keys(list).sort()).toEqual(['items', 'nextSyncToken']);
    expect(list.items[0]).toEqual({
      id: all[0],
      start: { dateTime: '2026-01-12T10:00:00+01:00' },
      organizer: { email: ANA },
    });
    expect(
      room.ok(ANA, 'events.get', { calendarId: 'primary', eventId: all[0]!, fields: 'items' in list ? 'etag' : '' }),
    ).toEqual({
      etag: expect.any(String),
    });
  });

  it('takes a star for everything, and slashes and brackets alike', () => {
    const { room } = filled(1);
    const whole = room.list(ANA);
    expect(room.list(ANA, { fields: '*' })).toEqual(whole);
    expect(room.list(ANA, { fields: 'items/id,items/status' })).toEqual(room.list(ANA, { fields: 'items(id,status)' }));
    expect(room.list(ANA, { fields: 'items/start/*' })).toEqual({ items: [{ start: whole.items[0]!.start }] });
  });

  it.each(['nosuch', 'items(nosuch)', 'items(id', 'items()', ',', 'items(id))'])('refuses %s', (fields) => {
    const answer = filled(0).room.call(ANA, 'events.list', { calendarId: 'primary', fields });
    expect(refusalOf(answer).slice(0, 2)).toEqual([400, 'invalidParameter']);
  });
});
