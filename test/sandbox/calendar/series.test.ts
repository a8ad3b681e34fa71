import type { JsonObject } from '../../../sandbox/world/json';
import { ANA, BEN, CalendarRoom, type Event, ids, refusalOf, VIDEO, weekly } from './calendar-room';

const starts = (rows: Event[]) => rows.map(({ start }) => (start as JsonObject).dateTime ?? (start as JsonObject).date);

function instances(room: CalendarRoom, eventId: string, params: JsonObject = {}): Event[] {
  return room.ok<{ items: Event[] }>(ANA, 'events.instances', { calendarId: 'primary', eventId, ...params }).items;
}

describe('an occurrence', () => {
  it('keeps its wall time over a clock change, and its id names the original start in UTC', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=13'] }));
    const rows = instances(room, id);
    expect(starts(rows).slice(10, 12)).toEqual(['2026-03-23T10:00:00+01:00', '2026-03-30T10:00:00+02:00']);
    expect(ids(rows).slice(10, 12)).toEqual([`${id}_20260323T090000Z`, `${id}_20260330T080000Z`]);
  });

  it('of an all-day series has a day in its id', () => {
    const room = new CalendarRoom();
    const days = {
      start: { date: '2026-02-27' },
      end: { date: '2026-03-01' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    };
    const { id } = room.insert(ANA, days);
    const rows = instances(room, id);
    expect(ids(rows)).toEqual([`${id}_20260227`, `${id}_20260228`, `${id}_20260301`]);
    expect(rows[2]).toMatchObject({ end: { date: '2026-03-03' }, originalStartTime: { date: '2026-03-01' } });
  });

  it('can be got before it was ever stored, and does not exist where the rules have none', () => {
    const room = new CalendarRoom();
    const { id, iCalUID, etag } = room.insert(ANA, weekly());
    const row = room.get(ANA, `${id}_20260119T090000Z`);
    expect(row).toMatchObject({ recurringEventId: id, iCalUID, etag, summary: 'Planning' });
    expect(row.originalStartTime).toEqual(row.start);
    for (const stamp of ['20260120T090000Z', '20260119T090001Z', '20260119', '20261231T090000Z']) {
      const answer = room.call(ANA, 'events.get', { calendarId: 'primary', eventId: `${id}_${stamp}` });
      expect(refusalOf(answer)).toEqual([404, 'notFound', 'Not Found']);
    }
    expect(room.list(ANA).items).toHaveLength(1);
  });

  it('keeps id and original start when it is moved in time', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly());
    const eventId = `${id}_20260119T090000Z`;
    const start = { dateTime: '2026-01-20T15:00:00+01:00' };
    const moved = room.patch(ANA, eventId, { start, end: { dateTime: '2026-01-20T16:00:00+01:00' } });
    expect(moved).toMatchObject({ id: eventId, sequence: 1, recurringEventId: id });
    expect(moved.originalStartTime).toMatchObject({ dateTime: '2026-01-19T10:00:00+01:00' });
    expect(starts(instances(room, id))[1]).toBe('2026-01-20T15:00:00+01:00');
    expect(ids(instances(room, id, { originalStart: '2026-01-19T09:00:00Z' }))).toEqual([eventId]);
  });

  it('is cancelled by delete, once, and comes back with restore', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly());
    const eventId = `${id}_20260119T090000Z`;
    expect([room.delete(ANA, eventId), room.delete(ANA, eventId)]).toEqual([204, 410]);
    expect(ids(instances(room, id))).not.toContain(eventId);
    expect(ids(instances(room, id, { showDeleted: true }))).toContain(eventId);
    expect(room.service.restore(ANA, 'primary', eventId).status).toBe(200);
    expect(ids(instances(room, id))).toContain(eventId);
  });
});

describe('recurrence lines', () => {
  const expand = (recurrence: string[], over: JsonObject = {}) => {
    const room = new CalendarRoom();
    return starts(instances(room, room.insert(ANA, weekly({ recurrence, ...over })).id)).map((start) =>
      `${start}`.slice(0, 10),
    );
  };

  it('take EXDATE and RDATE in UTC, in a zone, and as days', () => {
    const rule = 'RRULE:FREQ=WEEKLY;COUNT=4';
    expect(expand([rule, 'EXDATE:20260119T090000Z'])).toEqual(['2026-01-12', '2026-01-26', '2026-02-02']);
    expect(expand([rule, 'EXDATE;TZID=Europe/Zurich:20260119T100000,20260126T100000'])).toEqual([
      '2026-01-12',
      '2026-02-02',
    ]);
    expect(expand([rule, 'EXDATE;VALUE=DATE:20260119'])).toHaveLength(3);
    expect(expand([rule, 'RDATE;TZID=America/New_York:20260114T040000'])[1]).toBe('2026-01-14');
    expect(expand(['RDATE:20260114T090000Z'])).toEqual(['2026-01-12', '2026-01-14']);
  });

  it('end with UNTIL in UTC, the last occurrence included', () => {
    expect(expand(['RRULE:FREQ=WEEKLY;UNTIL=20260126T090000Z'])).toHaveLength(3);
    expect(expand(['RRULE:FREQ=WEEKLY;UNTIL=20260126T085959Z'])).toHaveLength(2);
    expect(expand(['RRULE:FREQ=WEEKLY;UNTIL=20260126'])).toHaveLength(3);
  });

  it('take away what an EXRULE names', () => {
    expect(expand(['RRULE:FREQ=WEEKLY;COUNT=4', 'EXRULE:FREQ=WEEKLY;INTERVAL=2'])).toEqual([
      '2026-01-19',
      '2026-02-02',
    ]);
  });

  it('without an end are expanded to two years from now', () => {
    expect(expand(['RRULE:FREQ=WEEKLY'])).toHaveLength(104);
  });

  it('that mean nothing are refused', () => {
    const room = new CalendarRoom();
    for (const line of ['RRULE:FREQ=SOMETIMES', 'DTSTART:20260101', 'EXDATE:soon', '']) {
      const answer = room.call(ANA, 'events.insert', { calendarId: 'primary' }, weekly({ recurrence: [line] }));
      expect(refusalOf(answer)).toEqual([400, 'invalid', expect.stringMatching(/^Invalid recurrence rule\. /)]);
    }
  });

  it.each([
    ['FREQ=DAILY;COUNT=0', 'has "COUNT=0", which is out of range'],
    ['FREQ=DAILY;COUNT=-3', 'has "COUNT=-3", which is not of the form that iCalendar wants'],
    ['FREQ=DAILY;INTERVAL=0', 'has "INTERVAL=0", which is out of range'],
    ['FREQ=DAILY; COUNT=4', 'has " COUNT=4", which is no part of a rule'],
    ['FREQ=WEEKLY;BYDAY=MO, TU', 'has "BYDAY=MO, TU", which is not of the form that iCalendar wants'],
    ['FREQ=DAILY;UNTIL=NaNNaNNaN', 'has "UNTIL=NaNNaNNaN", which is not of the form that iCalendar wants'],
    ['FREQ=YEARLY;BYEASTER=0', 'has "BYEASTER=0", which is no part of a rule'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'has "BYMONTHDAY=0", which is out of range'],
    ['FREQ=DAILY;COUNT=2;COUNT=3', 'has COUNT twice'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20270101', 'has two ends, COUNT and UNTIL'],
    ['FREQ=DAILY;BYDAY=2MO', 'counts the days of BYDAY, which a DAILY rule cannot'],
    ['COUNT=2', 'has no FREQ'],
  ])('with a rule that RFC 5545 has not, %s, are refused by name', (rule, why) => {
    const room = new CalendarRoom();
    const recurrence = [`RRULE:${rule}`];
    const answer = room.call(ANA, 'events.insert', { calendarId: 'primary' }, weekly({ recurrence }));
    expect(refusalOf(answer)[2]).toBe(`Invalid recurrence rule. RRULE:${rule} ${why}.`);
  });
});

describe('an edit of the whole series', () => {
  function edited(switches = {}) {
    const room = new CalendarRoom(switches);
    const { id } = room.insert(ANA, weekly({ location: 'Here' }));
    const exception = `${id}_20260119T090000Z`;
    room.patch(ANA, exception, { summary: 'Other' });
    return { room, id, exception, token: room.token(ANA) };
  }

  it('reaches an exception where that still had the old value', () => {
    const { room, id, exception, token } = edited();
    room.patch(ANA, id, { summary: 'New', location: 'There' });
    expect(room.get(ANA, exception)).toMatchObject({ summary: 'Other', location: 'There' });
    expect(ids(room.changed(ANA, token))).toEqual([id, exception]);
  });

  it('leaves exceptions alone when the switch masterEditReachesExceptions is off', () => {
    const { room, id, exception } = edited({ masterEditReachesExceptions: false });
    room.patch(ANA, id, { location: 'There' });
    expect(room.get(ANA, exception).location).toBe('Here');
  });

  it('ends exceptions whose slot is no more', () => {
    const { room, id, exception, token } = edited();
    room.patch(ANA, id, { start: { dateTime: '2026-01-12T09:00:00' } });
    const row = room.changed(ANA, token).find((one) => one.id === exception);
    expect(row!.status).toBe('cancelled');
    expect(instances(room, id)).toHaveLength(10);
  });
});

describe('"this and following"', () => {
  function split(switches = {}, rule = 'RRULE:FREQ=WEEKLY;COUNT=10') {
    const room = new CalendarRoom(switches);
    const { id } = room.insert(ANA, weekly({ recurrence: [rule], attendees: [{ email: BEN }] }));
    room.service.setConference(ANA, 'primary', id, VIDEO);
    room.patch(ANA, `${id}_20260209T090000Z`, { summary: 'Exception' });
    const token = room.token(ANA);
    const answer = room.service.splitSeries(ANA, 'primary', id, '2026-02-02T10:00:00+01:00', { summary: 'New' });
    return { room, id, token, answer, next: answer.body as Event };
  }

  it('trims the old series and begins a new one under an id of its own', () => {
    const { room, id, next, answer } = split();
    expect(answer.status).toBe(200);
    expect(next.id).toBe(`${id}_R20260202T090000`);
    expect(next).toMatchObject({
      iCalUID: `${next.id}@google.com`,
      summary: 'New',
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=7'],
    });
    expect(room.get(ANA, id).recurrence).toEqual(['RRULE:FREQ=WEEKLY;UNTIL=20260201T225959Z']);
    expect([instances(room, id).length, instances(room, next.id).length]).toEqual([3, 7]);
    expect(room.get(ANA, `${id}_20260209T090000Z`)).toMatchObject({ summary: 'New', recurringEventId: next.id });
  });

  it('reports the trimmed master, the reset exception and the new master, on guests’ calendars too', () => {
    const { room, id, next, token } = split();
    expect(ids(room.changed(ANA, token)).sort()).toEqual([id, `${id}_20260209T090000Z`, next.id].sort());
    expect(room.get(BEN, next.id)).toMatchObject({ summary: 'New', organizer: { email: ANA } });
  });

  it('copies the conference, unless the switch splitCopiesConference is off', () => {
    expect(split().next).toHaveProperty('conferenceData.conferenceId', 'room-1');
    expect(split({ splitCopiesConference: false }).next).not.toHaveProperty('conferenceData');
  });

  it('can be done again on the new series, whose base id stays', () => {
    const { room, id, next } = split({}, 'RRULE:FREQ=WEEKLY');
    const again = room.service.splitSeries(ANA, 'primary', next.id, '2026-03-02T09:00:00Z', {}).body as Event;
    expect(again.id).toBe(`${id}_R20260302T090000`);
  });

  it('changes nothing when the new series is refused', () => {
    const room = new CalendarRoom();
    const { id, etag } = room.insert(ANA, weekly());
    const end = { dateTime: '2026-01-01T10:00:00Z' };
    expect(room.service.splitSeries(ANA, 'primary', id, '2026-02-02T09:00:00Z', { end }).status).toBe(400);
    expect(room.service.splitSeries(ANA, 'primary', id, '2026-02-03T09:00:00Z', {}).status).toBe(400);
    expect(room.get(ANA, id).etag).toBe(etag);
  });

  it('from the first occurrence on is an edit of the series', () => {
    const room = new CalendarRoom();
    const { id } = room.insert(ANA, weekly());
    const { body } = room.service.splitSeries(ANA, 'primary', id, '2026-01-12T09:00:00Z', { summary: 'All' });
    expect(body).toMatchObject({ id, summary: 'All' });
  });
});
