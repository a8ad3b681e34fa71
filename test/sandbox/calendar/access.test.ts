import { NotSimulated } from '../../../sandbox/world/not-simulated';
import { ANA, BEN, CAM, CalendarRoom, meeting, refusalOf } from './calendar-room';

function shared(role: string) {
  const room = new CalendarRoom();
  room.ok(ANA, 'acl.insert', { calendarId: 'primary' }, { role, scope: { type: 'user', value: BEN } });
  const open = room.insert(ANA, meeting({ description: 'Plan' }));
  const secret = room.insert(ANA, meeting({ visibility: 'private' }));
  return { room, open, secret };
}

describe('somebody else’s calendar', () => {
  it('is not found without access', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting());
    for (const [method, params] of [
      ['events.list', {}],
      ['events.get', { eventId: id }],
      ['calendars.get', {}],
      ['calendarList.get', {}],
    ] as const) {
      expect(refusalOf(room.call(BEN, method, { calendarId: ANA, ...params }))).toEqual([404, 'notFound', 'Not Found']);
    }
  });

  it('can be read but not written by a reader, who sees no private details', () => {
    const { room, open, secret } = shared('reader');
    expect(room.get(BEN, open.id, ANA)).toMatchObject({ summary: 'Planning', description: 'Plan' });
    const hidden = room.get(BEN, secret.id, ANA);
    expect(hidden).toMatchObject({ visibility: 'private', start: secret.start });
    expect(hidden).not.toHaveProperty('summary');
    expect(refusalOf(room.call(BEN, 'events.insert', { calendarId: ANA }, meeting()))).toEqual([
      403,
      'requiredAccessLevel',
      'You need to have writer access to this calendar.',
    ]);
    expect(room.list(BEN, { calendarId: ANA }).accessRole).toBe('reader');
  });

  it('shows a free/busy reader expanded events without details', () => {
    const { room } = shared('freeBusyReader');
    room.insert(ANA, {
      ...{ start: { date: '2026-02-01' }, end: { date: '2026-02-02' }, summary: 'Off' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    });
    const { items } = room.list(BEN, { calendarId: ANA });
    expect(items).toHaveLength(5);
    expect(items.some((row) => 'summary' in row || 'attendees' in row || 'recurrence' in row)).toBe(false);
  });

  it('is written by a writer, as its organiser', () => {
    const { room } = shared('writer');
    const event = room.ok(BEN, 'events.insert', { calendarId: ANA.toUpperCase() }, meeting());
    expect(event).toMatchObject({ organizer: { email: ANA, self: true }, creator: { email: BEN } });
    expect(refusalOf(room.call(BEN, 'acl.insert', { calendarId: ANA }, { role: 'owner' }))[1]).toBe(
      'requiredAccessLevel',
    );
    expect(room.ok<{ items: unknown[] }>(BEN, 'acl.list', { calendarId: ANA }).items).toHaveLength(2);
  });

  it('can be opened to a domain or to all, and closed again', () => {
    const room = new CalendarRoom();
    const status = (viewer: string) => room.call(viewer, 'events.list', { calendarId: ANA }).status;
    const give = (scope: object) => room.ok(ANA, 'acl.insert', { calendarId: ANA }, { role: 'reader', scope });
    give({ type: 'domain', value: 'example.com' });
    expect([status(BEN), status(CAM)]).toEqual([200, 404]);
    const { id } = give({ type: 'default' });
    expect(status(CAM)).toBe(200);
    expect(room.call(ANA, 'acl.delete', { calendarId: ANA, ruleId: id }).status).toBe(204);
    expect(status(CAM)).toBe(404);
  });

  it('comes on the reader’s list when the reader puts it there', () => {
    const { room } = shared('reader');
    const list = () =>
      room.ok<{ items: Array<{ id: string }> }>(BEN, 'calendarList.list', {}).items.map(({ id }) => id);
    expect(list()).toEqual([BEN]);
    room.ok(BEN, 'calendarList.insert', {}, { id: ANA });
    expect(list()).toEqual([BEN, ANA]);
    expect(room.ok(BEN, 'calendarList.get', { calendarId: ANA })).toMatchObject({ accessRole: 'reader' });
  });
});

describe('one’s own calendars', () => {
  it('are the primary one, made with the account, and secondary ones', () => {
    const room = new CalendarRoom();
    expect(room.ok(ANA, 'calendars.get', { calendarId: 'primary' })).toMatchObject({
      id: ANA,
      timeZone: 'Europe/Zurich',
    });
    const { id } = room.ok(ANA, 'calendars.insert', {}, { summary: 'Team' });
    expect(id).toMatch(/^c_[0-9a-f]{64}@group\.calendar\.google\.com$/);
    const items = room.ok<{ items: object[] }>(ANA, 'calendarList.list', {}).items;
    expect(items).toMatchObject([
      { id: ANA, primary: true, accessRole: 'owner' },
      { id, accessRole: 'owner' },
    ]);
    expect(room.call(ANA, 'calendars.delete', { calendarId: id }).status).toBe(204);
    expect(room.call(ANA, 'calendars.get', { calendarId: id }).status).toBe(404);
    expect(room.call(ANA, 'calendars.delete', { calendarId: 'primary' }).status).toBe(403);
  });

  it('print their times anew when their zone changes, without a change of any event', () => {
    const room = new CalendarRoom();
    const { id, etag } = room.insert(ANA, meeting());
    const token = room.token(ANA);
    room.ok(ANA, 'calendars.patch', { calendarId: 'primary' }, { timeZone: 'UTC' });
    expect(room.get(ANA, id)).toMatchObject({ etag, start: { dateTime: '2026-01-12T09:00:00Z' } });
    expect(room.changed(ANA, token)).toEqual([]);
  });

  it('are emptied by clear, as if each event were deleted', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting({ attendees: [{ email: BEN }] }));
    expect(room.call(ANA, 'calendars.clear', { calendarId: 'primary' }).status).toBe(204);
    expect([room.get(ANA, id).status, room.get(BEN, id).status]).toEqual(['cancelled', 'cancelled']);
  });

  it('have settings, of which only the simulated ones are found', () => {
    const room = new CalendarRoom();
    expect(room.ok(BEN, 'settings.get', { setting: 'timezone' })).toMatchObject({ value: 'America/New_York' });
    expect(room.call(BEN, 'settings.get', { setting: 'nosuch' }).status).toBe(404);
  });
});

describe('what is not simulated', () => {
  it.each(['events.watch', 'events.quickAdd', 'freebusy.query', 'channels.stop', 'nosuch.method'])(
    '%s throws',
    (method) => {
      expect(() => new CalendarRoom().call(ANA, method, { calendarId: 'primary' })).toThrow(NotSimulated);
    },
  );
});
