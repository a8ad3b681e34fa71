import type { JsonObject } from '../../../sandbox/world/json';
import { ANA, BEN, CalendarRoom, meeting, refusalOf, weekly } from './calendar-room';

const insert = (body: unknown, params: JsonObject = {}) =>
  refusalOf(new CalendarRoom().call(ANA, 'events.insert', { calendarId: 'primary', ...params }, body));

describe('events.insert', () => {
  it('fills in what Google fills in', () => {
    const room = new CalendarRoom();
    const event = room.insert(ANA, meeting());
    expect(event.id).toMatch(/^[a-v0-9]{26}$/);
    expect(event.etag).toMatch(/^"\d+"$/);
    expect(event).toMatchObject({
      kind: 'calendar#event',
      status: 'confirmed',
      iCalUID: `${event.id}@google.com`,
      sequence: 0,
      eventType: 'default',
      reminders: { useDefault: true },
      created: '2026-01-05T08:00:01.000Z',
      updated: '2026-01-05T08:00:01.000Z',
      start: { dateTime: '2026-01-12T10:00:00+01:00', timeZone: 'Europe/Zurich' },
    });
    for (const silent of ['conferenceData', 'attendees', 'visibility', 'guestsCanModify']) {
      expect(event).not.toHaveProperty(silent);
    }
  });

  it('prints times in the calendar’s zone and keeps the event’s own zone', () => {
    const event = new CalendarRoom().insert(ANA, {
      start: { dateTime: '2026-07-01T09:00:00', timeZone: 'America/New_York' },
      end: { dateTime: '2026-07-01T15:00:00Z' },
    });
    expect(event.start).toEqual({ dateTime: '2026-07-01T15:00:00+02:00', timeZone: 'America/New_York' });
    expect(event.end).toEqual({ dateTime: '2026-07-01T17:00:00+02:00', timeZone: 'Europe/Zurich' });
  });

  it('passes over what a client may not write and what it does not know', () => {
    const event = new CalendarRoom().insert(ANA, meeting({ htmlLink: 'x', organizer: { email: BEN }, colour: 'red' }));
    expect(event).toMatchObject({ organizer: { email: ANA }, htmlLink: expect.stringContaining('eid=') });
    expect(event).not.toHaveProperty('colour');
  });

  it.each<[string, unknown, [number, string, string]]>([
    ['no body', undefined, [400, 'required', 'Required']],
    ['no start', meeting({ start: null }), [400, 'required', 'Missing start time.']],
    ['no end', meeting({ end: null }), [400, 'required', 'Missing end time.']],
    [
      'an end before the start',
      meeting({ end: { dateTime: '2026-01-12T09:00:00+01:00' } }),
      [400, 'timeRangeEmpty', 'The specified time range is empty.'],
    ],
    [
      'a time without zone or offset',
      meeting({ start: { dateTime: '2026-01-12T10:00:00' } }),
      [400, 'required', 'Missing time zone definition for start time.'],
    ],
    [
      'a recurring event without a zone',
      meeting({ recurrence: ['RRULE:FREQ=DAILY'] }),
      [400, 'required', 'Missing time zone definition for start time.'],
    ],
    ['no such time', meeting({ start: { dateTime: '2026-02-30T10:00:00Z' } }), [400, 'invalid', 'Invalid start time.']],
    [
      'a day and a time',
      meeting({ start: { date: '2026-01-12' } }),
      [400, 'invalid', 'Start and end times must either both be date or both be dateTime.'],
    ],
    ['an id outside base32hex', meeting({ id: 'Event_1' }), [400, 'invalid', 'Invalid resource id value.']],
    ['an id of four', meeting({ id: 'abcd' }), [400, 'invalid', 'Invalid resource id value.']],
    [
      'a guest without a proper address',
      meeting({ attendees: [{ email: 'Ben' }] }),
      [400, 'invalid', 'Invalid attendee email.'],
    ],
    ['a guest without an address', meeting({ attendees: [{}] }), [400, 'required', 'Missing attendee email.']],
    [
      'a value of the wrong type',
      meeting({ guestsCanModify: 'yes' }),
      [400, 'invalid', 'Invalid value for: guestsCanModify'],
    ],
    [
      'six reminders',
      meeting({ reminders: { useDefault: false, overrides: Array(6).fill({ method: 'popup', minutes: 1 }) } }),
      [400, 'invalid', 'Too many reminder overrides.'],
    ],
    ['a type that cannot be made', meeting({ eventType: 'fromGmail' }), [400, 'invalid', 'Invalid event type.']],
  ])('refuses %s', (_what, body, refusal) => {
    expect(insert(body)).toEqual(refusal);
  });

  it('refuses an id that is or was there', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting({ id: 'abcde' }));
    const again = () => refusalOf(room.call(ANA, 'events.insert', { calendarId: 'primary' }, meeting({ id })));
    const duplicate = [409, 'duplicate', 'The requested identifier already exists.'];
    expect(again()).toEqual(duplicate);
    room.delete(ANA, id);
    expect(again()).toEqual(duplicate);
  });

  it('drops extended properties with long keys and cuts long values', () => {
    const { extendedProperties } = new CalendarRoom().insert(
      ANA,
      meeting({ extendedProperties: { private: { ['k'.repeat(45)]: 'x', k: 'v'.repeat(2000) } } }),
    );
    expect(extendedProperties).toEqual({ private: { k: 'v'.repeat(1024) } });
  });
});

describe('events.patch', () => {
  it('merges objects, replaces arrays whole and takes away with null', () => {
    const room = new CalendarRoom();
    const extendedProperties = { private: { a: '1', b: '2' } };
    const { id } = room.insert(ANA, meeting({ location: 'Here', attendees: [{ email: BEN }], extendedProperties }));
    const after = room.patch(ANA, id, {
      location: null,
      attendees: [{ email: 'x@elsewhere.net' }],
      extendedProperties: { private: { a: null, c: '3' } },
    });
    expect(after).not.toHaveProperty('location');
    expect(after.attendees).toEqual([{ email: 'x@elsewhere.net', responseStatus: 'needsAction' }]);
    expect(after.extendedProperties).toEqual({ private: { b: '2', c: '3' } });
    expect(after.summary).toBe('Planning');
  });

  it('makes a timed event all-day only when the old dateTime is taken away', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting());
    const patch = (start: object, end: object) =>
      room.call(ANA, 'events.patch', { calendarId: 'primary', eventId: id }, { start, end });
    const [start, end] = [{ date: '2026-01-12' }, { date: '2026-01-13' }];
    expect(refusalOf(patch(start, end))).toEqual([400, 'invalid', 'Invalid start time.']);
    expect(patch({ ...start, dateTime: null }, { ...end, dateTime: null }).body).toMatchObject({ start, end });
  });

  it('turns an event into a series and back', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting());
    expect(room.patch(ANA, id, { recurrence: ['RRULE:FREQ=DAILY;COUNT=2'] })).toHaveProperty('recurrence');
    expect(room.list(ANA, { singleEvents: true }).items).toHaveLength(2);
    expect(room.patch(ANA, id, { recurrence: null })).not.toHaveProperty('recurrence');
    expect(room.list(ANA, { singleEvents: true }).items).toHaveLength(1);
  });
});

describe('events.update', () => {
  it('takes the body for the whole event', () => {
    const room = new CalendarRoom();
    const { id, iCalUID, created } = room.insert(
      ANA,
      meeting({ location: 'Here', colorId: '3', visibility: 'private' }),
    );
    const after = room.ok(ANA, 'events.update', { calendarId: 'primary', eventId: id }, meeting({ summary: 'New' }));
    expect(after).toMatchObject({ id, iCalUID, created, summary: 'New' });
    for (const name of ['location', 'colorId', 'visibility']) expect(after).not.toHaveProperty(name);
  });

  it('keeps what a round trip of the whole resource brings back', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly({ attendees: [{ email: BEN }], location: 'Here' }));
    const before = room.get(ANA, id);
    const after: JsonObject = { ...before, location: 'There' };
    const { etag, updated, ...same } = room.ok(ANA, 'events.update', { calendarId: 'primary', eventId: id }, after);
    const { etag: _etag, updated: _updated, ...expected } = after;
    expect(same).toEqual(expected);
    expect([etag, updated]).not.toEqual([before.etag, before.updated]);
  });

  it.each([
    ['a live event', false],
    ['a cancelled one', true],
  ])('that changes nothing of %s leaves etag and time of change, and nobody hears of it', (_what, isCancelled) => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly({ attendees: [{ email: BEN }], location: 'Here' }));
    if (isCancelled) room.delete(ANA, id);
    const before = room.get(ANA, id);
    const token = room.token(ANA);
    const told = room.changes.length;
    expect(room.ok(ANA, 'events.update', { calendarId: 'primary', eventId: id }, before)).toEqual(before);
    expect(room.patch(ANA, id, { summary: before.summary! })).toEqual(before);
    expect(room.changed(ANA, token)).toEqual([]);
    expect(room.changes).toHaveLength(told);
  });
});

describe('etag, updated and sequence', () => {
  it('change with the event; the sequence only with time and recurrence', () => {
    const room = new CalendarRoom();
    const first = room.insert(ANA, meeting());
    const renamed = room.patch(ANA, first.id, { summary: 'New' });
    expect([renamed.etag !== first.etag, renamed.updated !== first.updated, renamed.sequence]).toEqual([true, true, 0]);
    const moved = room.patch(ANA, first.id, { end: { dateTime: '2026-01-12T12:00:00+01:00' } });
    expect([moved.etag !== renamed.etag, moved.sequence]).toEqual([true, 1]);
  });

  it('differ in this: reminders change the etag and not updated', () => {
    const room = new CalendarRoom();
    const first = room.insert(ANA, meeting());
    const after = room.patch(ANA, first.id, { reminders: { useDefault: false } });
    expect([after.etag === first.etag, after.updated === first.updated]).toEqual([false, true]);
  });

  it('guard against a sequence that goes back', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting({ sequence: 3 }));
    const answer = room.call(ANA, 'events.patch', { calendarId: 'primary', eventId: id }, { sequence: 2 });
    expect(refusalOf(answer)[2]).toMatch(/^Invalid sequence value\. /);
  });
});

describe('a conditional request', () => {
  const conflict = [412, 'conditionNotMet', 'Precondition Failed'];

  it('with If-Match is carried out on the version it names, else refused without effect', () => {
    const room = new CalendarRoom();
    const first = room.insert(ANA, meeting());
    const on = { calendarId: 'primary', eventId: first.id };
    const match = { 'if-match': first.etag };
    const second = room.ok(ANA, 'events.patch', on, { summary: 'New' }, match);
    expect(refusalOf(room.call(ANA, 'events.patch', on, { summary: 'Late' }, match))).toEqual(conflict);
    expect(refusalOf(room.call(ANA, 'events.update', on, meeting(), match))).toEqual(conflict);
    expect(refusalOf(room.call(ANA, 'events.delete', on, undefined, match))).toEqual(conflict);
    expect(room.get(ANA, first.id)).toEqual(second);
    expect(room.call(ANA, 'events.delete', on, undefined, { 'if-match': second.etag }).status).toBe(204);
  });

  it('with If-None-Match is answered 304 while nothing changed', () => {
    const room = new CalendarRoom();
    const { id, etag } = room.insert(ANA, meeting());
    const get = () =>
      room.call(ANA, 'events.get', { calendarId: 'primary', eventId: id }, undefined, { 'if-none-match': etag });
    expect(get()).toEqual({ status: 304, headers: {} });
    room.patch(ANA, id, { summary: 'New' });
    expect(get().status).toBe(200);
  });
});

describe('events.delete', () => {
  it('answers 204, then 410, and 404 for what never was', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting());
    const remove = (eventId: string) => room.call(ANA, 'events.delete', { calendarId: 'primary', eventId });
    expect(remove(id)).toEqual({ status: 204, headers: {} });
    expect(refusalOf(remove(id))).toEqual([410, 'deleted', 'Resource has been deleted']);
    expect(refusalOf(remove('nothere'))).toEqual([404, 'notFound', 'Not Found']);
  });

  it('is what a patch of status to cancelled does', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, meeting({ attendees: [{ email: BEN }] }));
    expect(room.patch(ANA, id, { status: 'cancelled' }).status).toBe('cancelled');
    expect(room.delete(ANA, id)).toBe(410);
    expect(room.get(BEN, id).status).toBe('cancelled');
  });
});
