import { ImportFailed, importInto } from '../../../sandbox/ics/import';
import { parseIcs } from '../../../sandbox/ics/parse';
import type { JsonObject } from '../../../sandbox/world/json';
import { ANN, annsCalendar, BERLIN, calendarOf, entry, SAMPLE } from './written';

const WEEKLY = [
  'DTSTART;TZID=Europe/Berlin:20260309T100000',
  'DTEND;TZID=Europe/Berlin:20260309T110000',
  'RRULE:FREQ=WEEKLY',
];

const NO_OCCURRENCES = { changed: 0, cancelled: 0, asSeries: 0, alone: 0, nowhere: 0 };

function imported(text: string, into = annsCalendar()) {
  const parsed = parseIcs(text, BERLIN);
  const summary = importInto(into.calendar, ANN, ANN, parsed);
  return { ...into, summary };
}

describe('the sample, imported', () => {
  it('is a month of ordinary Calendar events', () => {
    const { events, ask, summary } = imported(SAMPLE);
    const occurrences = { ...NO_OCCURRENCES, changed: 1, cancelled: 1 };
    expect(summary).toEqual({ added: 12, updated: 0, unchanged: 0, removed: 0, occurrences, leftOut: [] });
    const list = ask('events.list', {
      singleEvents: true,
      orderBy: 'startTime',
      timeMin: '2026-03-01T00:00:00Z',
      timeMax: '2026-04-01T00:00:00Z',
    });
    const lines = (list.items as JsonObject[]).map(({ start, summary: title }) => {
      const { dateTime, date } = start as { dateTime?: string; date?: string };
      return `${(dateTime ?? date ?? '').slice(5, 16)} ${title}`;
    });
    expect(lines).toEqual([
      '03-02T09:30 Week planning',
      '03-04T17:00 Call with the printers in Albany',
      '03-05T15:00 Contour lines: review',
      '03-06T17:00 Release of the tile server',
      '03-09T09:30 Week planning',
      '03-10T10:00 Interview; cartographer',
      '03-11T12:30 Lunch with Dora',
      '03-16 Spring map fair',
      '03-17T14:00 Week planning (moved for the fair)',
      '03-19T09:00 Workshop: drawing rivers',
      '03-20T17:00 Release of the tile server',
      '03-25T14:00 New York: handover of the harbour sheets',
      '03-27 Ben’s birthday',
      '03-30T09:30 Week planning',
      '03-30T13:30 Look back',
      '03-31T16:00 Numbers of the month',
    ]);
    const series = events().find(
      ({ iCalUID, recurrence }) => iCalUID === 'planning-week@larkfield.example' && recurrence,
    );
    expect(series).toMatchObject({
      organizer: { email: ANN, self: true },
      attendees: [{ email: ANN, self: true }, {}, {}],
    });
  });

  it('a second time changes nothing, not one row', () => {
    const first = imported(SAMPLE);
    const token = first.ask('events.list', { maxResults: 2500 }).nextSyncToken;
    const { summary } = imported(SAMPLE, first);
    expect(summary).toMatchObject({ added: 0, updated: 0, unchanged: 12, removed: 0 });
    expect(first.ask('events.list', { maxResults: 2500, syncToken: token }).items).toEqual([]);
  });
});

describe('a newer export of the same calendar', () => {
  const before = calendarOf(
    entry('UID:a', ...WEEKLY, 'SUMMARY:old', 'LOCATION:Room 1'),
    entry(
      'UID:a',
      'RECURRENCE-ID:20260316T090000Z',
      'DTSTART:20260316T120000Z',
      'DTEND:20260316T130000Z',
      'SUMMARY:old',
    ),
    entry('UID:b', 'DTSTART;VALUE=DATE:20260310'),
    entry('UID:c', 'DTSTART;VALUE=DATE:20260311'),
  );
  const after = calendarOf(
    entry('UID:a', ...WEEKLY, 'SUMMARY:new'),
    entry(
      'UID:a',
      'RECURRENCE-ID:20260316T090000Z',
      'DTSTART:20260316T140000Z',
      'DTEND:20260316T150000Z',
      'SUMMARY:new',
    ),
    entry('UID:a', 'RECURRENCE-ID:20260323T090000Z', 'DTSTART:20260323T090000Z', 'STATUS:CANCELLED'),
    entry('UID:b', 'DTSTART:20260310T090000Z', 'DTEND:20260310T093000Z'),
    entry('UID:c', 'DTSTART;VALUE=DATE:20260311', 'STATUS:CANCELLED'),
    entry('UID:d', 'DTSTART;VALUE=DATE:20260312', 'STATUS:CANCELLED'),
  );

  it('updates by iCalUID, adds nothing twice, and leaves the conference alone', () => {
    const first = imported(before);
    const idOf = (uid: string) =>
      first.events().find(({ iCalUID, recurringEventId }) => iCalUID === uid && !recurringEventId)?.id as string;
    const [a, b, c] = ['a', 'b', 'c'].map(idOf);
    const conference = {
      conferenceId: 'x',
      conferenceSolution: { key: { type: 'addOn' }, name: 'n' },
      entryPoints: [{ entryPointType: 'video', uri: 'https://meet.example.com/j/x' }],
    };
    expect(first.calendar.setConference(ANN, ANN, a as string, conference).status).toBe(200);
    const { summary, ask } = imported(after, first);
    expect(summary).toMatchObject({ added: 0, updated: 2, unchanged: 1, removed: 1 });
    expect([idOf('a'), idOf('b'), idOf('c')]).toEqual([a, b, undefined]);
    const series = ask('events.get', { eventId: a });
    expect(series).toMatchObject({ summary: 'new', conferenceData: { conferenceId: 'x' } });
    expect(series).not.toHaveProperty('location');
    expect(ask('events.get', { eventId: `${a}_20260316T090000Z` })).toMatchObject({
      summary: 'new',
      start: { dateTime: '2026-03-16T15:00:00+01:00' },
    });
    expect(ask('events.get', { eventId: `${a}_20260323T090000Z` }).status).toBe('cancelled');
    expect(ask('events.get', { eventId: b }).start).toMatchObject({ dateTime: '2026-03-10T10:00:00+01:00' });
    expect(ask('events.get', { eventId: c }).status).toBe('cancelled');
    expect(imported(after, first).summary).toMatchObject({ added: 0, updated: 0, unchanged: 4, removed: 0 });
  });
});

describe('an exception at a time its series does not come by', () => {
  it('stands alone, also after a second import', () => {
    const text = calendarOf(
      entry(...WEEKLY),
      entry('RECURRENCE-ID:20260310T090000Z', 'DTSTART:20260310T120000Z', 'SUMMARY:alone'),
    );
    const first = imported(text);
    imported(text, first);
    expect(
      first
        .events()
        .map(({ iCalUID }) => iCalUID)
        .sort(),
    ).toEqual(['u', 'u_R20260310T090000Z']);
  });
});

describe('an event that Calendar deleted', () => {
  it('comes again with the next import', () => {
    const first = imported(calendarOf(entry(...WEEKLY, 'SUMMARY:a')));
    first.ask('events.delete', { eventId: first.events()[0]?.id });
    expect(imported(calendarOf(entry(...WEEKLY, 'SUMMARY:a')), first).summary).toMatchObject({ added: 1 });
    expect(first.events()).toMatchObject([{ status: 'confirmed', summary: 'a' }]);
  });
});

describe('what Calendar refuses', () => {
  const far = (...lines: string[]) => entry(...lines, 'DTSTART;VALUE=DATE:99991231');
  const text = calendarOf(
    entry('UID:a', 'DTSTART;VALUE=DATE:20260309', 'RRULE:FREQ=DAILY;COUNT=3', 'SUMMARY:good'),
    far('UID:a', 'RECURRENCE-ID;VALUE=DATE:20260310', 'SUMMARY:odd day'),
    entry('UID:a', 'RECURRENCE-ID;VALUE=DATE:20260311', 'DTSTART;VALUE=DATE:20260320', 'SUMMARY:good day'),
    far('UID:b', 'SUMMARY:odd'),
  );

  it('is left out by name, an occurrence without its series', () => {
    const { summary, events } = imported(text);
    expect(events().map((event) => event.summary)).toEqual(['good', 'good day']);
    expect(summary).toMatchObject({ added: 1, occurrences: { ...NO_OCCURRENCES, changed: 1 } });
    expect(summary.leftOut.map(({ title, uid, ofSeries }) => [title, uid, ofSeries])).toEqual([
      ['odd day', 'a', true],
      ['odd', 'b', undefined],
    ]);
    expect(summary.leftOut[1]?.error.sentence).toBe(
      'Line 25: Calendar refuses this entry: Invalid end time. Mend it, or take it out.',
    );
  });

  it('keeps all out of it that is to be imported whole, or when nothing else is left', () => {
    const whole = annsCalendar();
    expect(() => importInto(whole.calendar, ANN, ANN, parseIcs(text, BERLIN), { strict: true })).toThrow(/Line 11: /);
    expect(whole.events()).toEqual([]);
    expect(() => imported(calendarOf(far('SUMMARY:odd')))).toThrow(/Nothing was imported\.$/);
  });
});

describe('an import that cannot be finished', () => {
  const text = calendarOf(
    entry('UID:a', ...WEEKLY, 'SUMMARY:new'),
    entry('UID:a', 'RECURRENCE-ID:20260316T090000Z', 'DTSTART:20260316T120000Z', 'SUMMARY:moved'),
    entry('UID:b', 'DTSTART;VALUE=DATE:20260310'),
    entry('UID:c', 'DTSTART;VALUE=DATE:20260311'),
    entry('UID:gone', 'DTSTART;VALUE=DATE:20260313', 'STATUS:CANCELLED'),
    entry('UID:d', 'DTSTART;VALUE=DATE:20260312'),
  );
  const seeded = () =>
    imported(
      calendarOf(
        entry('UID:a', ...WEEKLY, 'SUMMARY:old'),
        entry('UID:b', 'DTSTART;VALUE=DATE:20260309'),
        entry('UID:gone', 'DTSTART;VALUE=DATE:20260313'),
      ),
    );
  const visible = ({ ask }: ReturnType<typeof seeded>) =>
    (ask('events.list', { singleEvents: true, timeMax: '2026-04-01T00:00:00Z' }).items as JsonObject[])
      .map(({ iCalUID, start, summary }) => JSON.stringify([iCalUID, start, summary]))
      .sort();

  it.each([1, 2, 3, 4, 5])('because Calendar answers 503 at write %i leaves the calendar as it was', (write) => {
    for (const kind of ['status', 'lost-answer'] as const) {
      const world = seeded();
      const before = visible(world);
      const methods = [
        'events.patch',
        'events.patch',
        'events.patch',
        'events.import',
        'events.delete',
        'events.import',
      ];
      const method = methods[write] as string;
      const skip = methods.slice(0, write).filter((one) => one === method).length;
      world.faults.next(`calendar.${method}`, kind === 'status' ? { kind, status: 503 } : { kind }, 1, skip);
      expect(() => imported(text, world)).toThrow(ImportFailed);
      expect(world.faults.struck()).toHaveLength(1);
      expect(visible(world)).toEqual(before);
      expect(imported(text, world).summary).toMatchObject({ updated: 2, removed: 1 });
    }
  });

  it('because the viewer may not write there changes nothing', () => {
    const world = annsCalendar();
    world.calendar.createAccount({ email: 'ben@example.com' });
    expect(() => importInto(world.calendar, 'ben@example.com', ANN, parseIcs(text, BERLIN))).toThrow(ImportFailed);
    expect(world.events()).toEqual([]);
  });
});
