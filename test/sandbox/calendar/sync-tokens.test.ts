import { ANA, BEN, CalendarRoom, ids, meeting, refusalOf } from './calendar-room';

describe('a sync token', () => {
  it('comes with the last page of a full list and brings only what changed since', () => {
    const room = new CalendarRoom();
    room.insert(ANA, meeting());
    const token = room.token(ANA);
    const later = room.insert(ANA, meeting({ summary: 'Later' }));
    expect(ids(room.changed(ANA, token))).toEqual([later.id]);
  });

  it('is followed by an empty list and a usable token when nothing changed', () => {
    const room = new CalendarRoom();
    const list = room.list(ANA, { syncToken: room.token(ANA), showDeleted: true });
    expect(list.items).toEqual([]);
    expect(room.changed(ANA, list.nextSyncToken!)).toEqual([]);
  });

  it('can be used again, with the same rows or more', () => {
    const room = new CalendarRoom();
    const token = room.token(ANA);
    const first = room.insert(ANA, meeting());
    expect(ids(room.changed(ANA, token))).toEqual([first.id]);
    const second = room.insert(ANA, meeting());
    expect(ids(room.changed(ANA, token))).toEqual([first.id, second.id]);
  });

  it('reports an event once, at the place of its last change', () => {
    const room = new CalendarRoom();
    const token = room.token(ANA);
    const first = room.insert(ANA, meeting());
    const second = room.insert(ANA, meeting());
    room.patch(ANA, first.id, { summary: 'Again' });
    expect(ids(room.changed(ANA, token))).toEqual([second.id, first.id]);
  });

  it('survives a restart', () => {
    const room = new CalendarRoom();
    const token = room.token(ANA);
    const { id } = room.insert(ANA, meeting());
    room.restart();
    expect(ids(room.changed(ANA, token))).toEqual([id]);
  });

  it.each([
    ['q', 'x'],
    ['iCalUID', 'x'],
    ['timeMin', '2026-01-01T00:00:00Z'],
    ['timeMax', '2026-01-01T00:00:00Z'],
    ['updatedMin', '2026-01-01T00:00:00Z'],
    ['privateExtendedProperty', 'a=b'],
    ['sharedExtendedProperty', ['a=b']],
    ['showDeleted', false],
  ])('may not be sent with %s', (name, value) => {
    const room = new CalendarRoom();
    const answer = room.call(ANA, 'events.list', { calendarId: 'primary', syncToken: room.token(ANA), [name]: value });
    expect(refusalOf(answer)).toEqual([
      400,
      'syncTokenWithRequestRestrictions',
      'Sync token cannot be used with other request restrictions.',
    ]);
  });

  it('may not be sent with orderBy, which has a reason of its own', () => {
    const room = new CalendarRoom();
    const params = { calendarId: 'primary', syncToken: room.token(ANA), orderBy: 'updated' };
    expect(refusalOf(room.call(ANA, 'events.list', params)).slice(0, 2)).toEqual([
      400,
      'syncTokenWithNonDefaultOrdering',
    ]);
  });

  const GONE = [410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.'];

  it('dies when tokens are expired', () => {
    const room = new CalendarRoom();
    const syncToken = room.token(ANA);
    const bens = room.token(BEN);
    room.service.expireSyncTokens(ANA);
    expect(refusalOf(room.call(ANA, 'events.list', { calendarId: 'primary', syncToken }))).toEqual(GONE);
    expect(room.changed(BEN, bens)).toEqual([]);
    expect(room.changed(ANA, room.token(ANA))).toEqual([]);
  });

  it("dies when its viewer's access changes, and only for that viewer", () => {
    const room = new CalendarRoom();
    const share = (role: string) =>
      room.ok(ANA, 'acl.insert', { calendarId: ANA }, { role, scope: { type: 'user', value: BEN } });
    share('reader');
    const bens = room.token(BEN, { calendarId: ANA });
    const anas = room.token(ANA);
    share('writer');
    expect(refusalOf(room.call(BEN, 'events.list', { calendarId: ANA, syncToken: bens }))).toEqual(GONE);
    expect(room.changed(ANA, anas)).toEqual([]);
  });

  it('is worth nothing on another calendar or for another viewer', () => {
    const room = new CalendarRoom();
    const syncToken = room.token(ANA);
    expect(refusalOf(room.call(BEN, 'events.list', { calendarId: 'primary', syncToken }))).toEqual(GONE);
  });

  it('that Google never issued is answered as the switch garbageTokenStatus says', () => {
    const params = { calendarId: 'primary', syncToken: 'Cnonsense=' };
    const asked = (switches: object) => refusalOf(new CalendarRoom(switches).call(ANA, 'events.list', params));
    expect(asked({})).toEqual([400, 'invalid', 'Invalid Value']);
    expect(asked({ garbageTokenStatus: 410 })).toEqual(GONE);
  });

  it('is no page token, and a page token is no sync token', () => {
    const room = new CalendarRoom();
    for (let count = 0; count < 2; count++) room.insert(ANA, meeting());
    const page = room.list(ANA, { maxResults: 1 }).nextPageToken!;
    const asked = (params: object) => room.call(ANA, 'events.list', { calendarId: 'primary', ...params }).status;
    expect([asked({ syncToken: page }), asked({ pageToken: room.token(ANA) })]).toEqual([400, 400]);
  });

  it('of another query is served or refused as the switch changedQueryStatus says', () => {
    const ask = (switches: Record<string, unknown>) => {
      const room = new CalendarRoom(switches);
      const params = { calendarId: 'primary', syncToken: room.token(ANA), singleEvents: true };
      return room.call(ANA, 'events.list', params).status;
    };
    expect(ask({})).toBe(200);
    expect(ask({ changedQueryStatus: 400 })).toBe(400);
    expect(ask({ changedQueryStatus: 410 })).toBe(410);
  });
});

describe('the list that seeds a token', () => {
  const seed = (params: Record<string, unknown>, switches = {}) =>
    new CalendarRoom(switches).list(ANA, params as never).nextSyncToken;

  it('yields none with orderBy, updatedMin or a filter, unless a switch says so', () => {
    const updatedMin = '2026-01-04T00:00:00Z';
    expect(seed({ orderBy: 'updated' })).toBeUndefined();
    expect(seed({ updatedMin })).toBeUndefined();
    expect(seed({ q: 'x' })).toBeUndefined();
    expect(seed({ iCalUID: 'x' })).toBeUndefined();
    expect(seed({ sharedExtendedProperty: 'a=b' })).toBeUndefined();
    expect(seed({ orderBy: 'updated' }, { orderByYieldsToken: true })).toBeDefined();
    expect(seed({ updatedMin }, { updatedMinYieldsToken: true })).toBeDefined();
    expect(seed({ q: 'x' }, { filtersYieldToken: true })).toBeDefined();
  });

  it('yields one with timeMin, singleEvents, eventTypes and showDeleted', () => {
    expect(
      seed({ timeMin: '2026-01-04T00:00:00Z', singleEvents: true, eventTypes: 'default', showDeleted: true }),
    ).toBeDefined();
  });

  it('with timeMin lets later changes outside its window through, unless the switch seedWindowKept is on', () => {
    const outside = (switches: Record<string, unknown>) => {
      const room = new CalendarRoom(switches);
      const token = room.token(ANA, { timeMin: '2026-02-01T00:00:00Z' });
      room.insert(ANA, meeting());
      return room.changed(ANA, token).length;
    };
    expect(outside({})).toBe(1);
    expect(outside({ seedWindowKept: true })).toBe(0);
  });

  it('refuses startTime order without singleEvents, and an updatedMin older than thirty days', () => {
    const room = new CalendarRoom();
    const list = (params: object) => refusalOf(room.call(ANA, 'events.list', { calendarId: 'primary', ...params }));
    expect(list({ orderBy: 'startTime' })[2]).toBe('The requested ordering is not available for the particular query.');
    expect(list({ updatedMin: '2025-11-01T00:00:00Z' }).slice(0, 2)).toEqual([410, 'updatedMinTooLongAgo']);
    const range = { timeMin: '2026-02-01T00:00:00Z', timeMax: '2026-01-01T00:00:00Z' };
    expect(list(range)).toEqual([400, 'timeRangeEmpty', 'The specified time range is empty.']);
  });
});
