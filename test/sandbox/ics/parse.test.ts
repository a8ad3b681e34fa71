import { parseIcs } from '../../../sandbox/ics/parse';
import { BERLIN, calendarOf, entry, eventOf, SAMPLE } from './written';

const AT_TEN = ['DTSTART;TZID=Europe/Berlin:20260309T100000', 'DTEND;TZID=Europe/Berlin:20260309T110000'];
const TEN = { dateTime: '2026-03-09T10:00:00+01:00', timeZone: 'Europe/Berlin' };
const ELEVEN = { dateTime: '2026-03-09T11:00:00+01:00', timeZone: 'Europe/Berlin' };

describe('the sample', () => {
  it('has twelve events, one of them a series with a moved and a cancelled occurrence', () => {
    const { events, warnings } = parseIcs(SAMPLE, BERLIN);
    expect([events.length, warnings]).toEqual([12, []]);
    expect(events[0]?.exceptions.map(({ change }) => (change === 'cancelled' ? change : change.start))).toEqual([
      { dateTime: '2026-03-17T14:00:00+01:00', timeZone: 'Europe/Berlin' },
      'cancelled',
    ]);
  });
});

describe('the form of a file', () => {
  const lines = calendarOf(entry(...AT_TEN, 'SUMMARY:a', ' b', '\t c', 'DESCRIPTION:one\\ntwo\\, three\\; four \\\\n'));
  it.each([
    ['CRLF', lines],
    ['LF', lines.replaceAll('\r\n', '\n')],
    ['CR', lines.replaceAll('\r\n', '\r')],
    ['a byte order mark', `\uFEFF${lines}`],
    [
      'blank lines',
      lines.replaceAll('\r\n', '\r\n\r\n').replaceAll('\r\n\r\n ', '\r\n ').replaceAll('\r\n\r\n\t', '\r\n\t'),
    ],
    ['names in lower case', lines.replace('SUMMARY', 'summary').replace('BEGIN:VEVENT', 'begin:vevent')],
  ])('may have %s', (_, text) => {
    const { events } = parseIcs(text, BERLIN);
    expect(events[0]?.event).toMatchObject({ summary: 'ab c', description: 'one\ntwo, three; four \\n' });
  });

  it('may hold several calendars', () => {
    const text = calendarOf(entry('UID:a', ...AT_TEN)) + calendarOf(entry('UID:b', ...AT_TEN));
    expect(parseIcs(text, BERLIN).events.map(({ iCalUID }) => iCalUID)).toEqual(['a', 'b']);
  });

  it('may hold what Calendar has no place for, which is counted', () => {
    const other = ['VTODO', 'VTODO', 'VJOURNAL', 'VFREEBUSY'].map(
      (name) => `BEGIN:${name}\r\nRRULE:nonsense\r\nEND:${name}`,
    );
    const alarm = ['BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM'];
    const { events, warnings } = parseIcs(
      calendarOf('X-WR-CALNAME:n', ...other, entry(...AT_TEN, 'X-FOO;A=b:c', ...alarm)),
      BERLIN,
    );
    expect(events).toHaveLength(1);
    expect(warnings).toEqual([
      '2 × tasks (VTODO) were left out (first in line 5).',
      '1 × journals (VJOURNAL) were left out (first in line 11).',
      '1 × free/busy lists (VFREEBUSY) were left out (first in line 14).',
      '1 × entries came with reminders, which were left out (first in line 17).',
    ]);
  });
});

describe('an entry', () => {
  it('becomes the body of a Calendar v3 event', () => {
    const people = [
      'ORGANIZER;CN=Ann Lind:mailto:Ann@Example.com',
      'ATTENDEE;CN="Okoro, Ben";PARTSTAT=ACCEPTED;ROLE=OPT-PARTICIPANT:MAILTO:ben@example.com',
      'ATTENDEE;CUTYPE=ROOM;PARTSTAT=DECLINED;CN=room@example.com:mailto:room@example.com',
      'ATTENDEE;X-NUM-GUESTS=2;PARTSTAT=TENTATIVE:mailto:cleo@example.com',
      'ATTENDEE;EMAIL=dora@example.com:urn:uuid:1',
      'ATTENDEE;PARTSTAT=DELEGATED:mailto:ben@example.com',
    ];
    const rest = [
      'SEQUENCE:3',
      'LOCATION:Room 1',
      'TRANSP:TRANSPARENT',
      'CLASS:PRIVATE',
      'STATUS:TENTATIVE',
      'SUMMARY:s',
      'URL:x',
    ];
    expect(eventOf(...AT_TEN, ...people, ...rest)).toEqual({
      iCalUID: 'u',
      sequence: 3,
      summary: 's',
      location: 'Room 1',
      status: 'tentative',
      transparency: 'transparent',
      visibility: 'private',
      start: TEN,
      end: ELEVEN,
      organizer: { email: 'ann@example.com', displayName: 'Ann Lind' },
      attendees: [
        { email: 'ben@example.com', displayName: 'Okoro, Ben', responseStatus: 'accepted', optional: true },
        { email: 'room@example.com', responseStatus: 'declined', resource: true },
        { email: 'cleo@example.com', responseStatus: 'tentative', additionalGuests: 2 },
        { email: 'dora@example.com', responseStatus: 'needsAction' },
      ],
    });
  });

  it('leaves out guests without an address, and says so', () => {
    const { events, warnings } = parseIcs(
      calendarOf(entry(...AT_TEN, 'ATTENDEE;CN=x:invalid:nomail', 'ATTENDEE:tel:+1')),
      BERLIN,
    );
    expect(events[0]?.event).not.toHaveProperty('attendees');
    expect(warnings).toEqual(['2 × guests without an e-mail address were left out (first in line 9).']);
  });

  it.each([
    ['a day', ['DTSTART;VALUE=DATE:20260309'], { date: '2026-03-09' }, { date: '2026-03-10' }],
    [
      'a day that does not say so',
      ['DTSTART:20260309', 'DTEND:20260311'],
      { date: '2026-03-09' },
      { date: '2026-03-11' },
    ],
    [
      'a day that ends on itself',
      ['DTSTART:20260309', 'DTEND:20260309'],
      { date: '2026-03-09' },
      { date: '2026-03-10' },
    ],
    ['days with a duration', ['DTSTART:20260309', 'DURATION:P1W'], { date: '2026-03-09' }, { date: '2026-03-16' }],
    [
      'a time in UTC',
      ['DTSTART:20260309T090000Z'],
      { dateTime: '2026-03-09T09:00:00Z', timeZone: 'UTC' },
      { dateTime: '2026-03-09T09:00:00Z', timeZone: 'UTC' },
    ],
    ['a floating time', ['DTSTART:20260309T100000', 'DTEND:20260309T110000'], TEN, ELEVEN],
    ['a duration', [AT_TEN[0] as string, 'DURATION:PT1H'], TEN, ELEVEN],
    [
      'a day over a change of clocks',
      ['DTSTART;TZID=Europe/Berlin:20260328T100000', 'DURATION:P1D'],
      { dateTime: '2026-03-28T10:00:00+01:00', timeZone: 'Europe/Berlin' },
      { dateTime: '2026-03-29T10:00:00+02:00', timeZone: 'Europe/Berlin' },
    ],
    [
      '24 hours over it',
      ['DTSTART;TZID=Europe/Berlin:20260328T100000', 'DURATION:PT24H'],
      { dateTime: '2026-03-28T10:00:00+01:00', timeZone: 'Europe/Berlin' },
      { dateTime: '2026-03-29T11:00:00+02:00', timeZone: 'Europe/Berlin' },
    ],
    [
      'two zones',
      [AT_TEN[0] as string, 'DTEND;TZID=America/New_York:20260309T070000'],
      TEN,
      { dateTime: '2026-03-09T07:00:00-04:00', timeZone: 'America/New_York' },
    ],
  ])('may be %s', (_, lines, start, end) => {
    expect(eventOf(...lines)).toMatchObject({ start, end });
  });

  it('without a UID gets one, the same each time', () => {
    const text = calendarOf(['BEGIN:VEVENT', ...AT_TEN, 'DTSTAMP:20260301T000000Z', 'END:VEVENT'].join('\r\n'));
    const [first, second] = [text, text.replace('20260301T', '20260302T')].map((one) => parseIcs(one, BERLIN));
    expect(first?.events[0]?.iCalUID).toMatch(/^[0-9a-f]{32}@imported$/);
    expect(second?.events[0]?.iCalUID).toBe(first?.events[0]?.iCalUID);
    expect(first?.warnings).toEqual(['1 × entries without a UID were given one (first in line 4).']);
  });
});

describe('a series', () => {
  it('keeps its rules, with UNTIL of the kind Calendar wants', () => {
    const rules = (start: string, rule: string) => eventOf(start, `RRULE:${rule}`).recurrence;
    expect(rules(AT_TEN[0] as string, 'FREQ=WEEKLY;COUNT=5;WKST=SU')).toEqual(['RRULE:FREQ=WEEKLY;COUNT=5;WKST=SU']);
    expect(rules(AT_TEN[0] as string, 'freq=daily;until=20260612t100000')).toEqual([
      'RRULE:FREQ=DAILY;UNTIL=20260612T080000Z',
    ]);
    expect(rules(AT_TEN[0] as string, 'FREQ=DAILY;UNTIL=20260612')).toEqual([
      'RRULE:FREQ=DAILY;UNTIL=20260612T215959Z',
    ]);
    expect(rules(AT_TEN[0] as string, 'FREQ=DAILY;UNTIL=20260612T080000Z')).toEqual([
      'RRULE:FREQ=DAILY;UNTIL=20260612T080000Z',
    ]);
    expect(rules('DTSTART:20260309', 'FREQ=DAILY;UNTIL=20260612T080000Z')).toEqual(['RRULE:FREQ=DAILY;UNTIL=20260612']);
  });

  it('keeps the dates it leaves out and adds, as instants', () => {
    const recurrence = eventOf(
      ...AT_TEN,
      'RRULE:FREQ=DAILY',
      'EXDATE;TZID=Europe/Berlin:20260310T100000,20260330T100000',
      'EXDATE;VALUE=DATE:20260311',
      'RDATE:20260312T150000Z',
    ).recurrence;
    expect(recurrence).toEqual([
      'RRULE:FREQ=DAILY',
      'RDATE:20260312T150000Z',
      'EXDATE:20260310T090000Z,20260330T080000Z',
      'EXDATE:20260311T090000Z',
    ]);
    expect(eventOf('DTSTART:20260309', 'RRULE:FREQ=DAILY', 'EXDATE:20260310,20260311').recurrence).toEqual([
      'RRULE:FREQ=DAILY',
      'EXDATE;VALUE=DATE:20260310,20260311',
    ]);
  });

  it('may have a line of dates without any', () => {
    expect(eventOf(...AT_TEN, 'RRULE:FREQ=DAILY', 'EXDATE:', 'RDATE:').recurrence).toEqual(['RRULE:FREQ=DAILY']);
  });

  it('finds its exceptions before it, after it, in UTC and in another zone', () => {
    const one = (id: string, day: string) => entry(`RECURRENCE-ID${id}`, `DTSTART:${day}T120000Z`, `SUMMARY:${day}`);
    const text = calendarOf(
      one(':20260311T090000Z', '20260311'),
      entry(...AT_TEN, 'RRULE:FREQ=DAILY'),
      one(';TZID=America/New_York:20260310T050000', '20260310'),
      one(';VALUE=DATE:20260312', '20260312'),
    );
    const { events } = parseIcs(text, BERLIN);
    expect(
      events[0]?.exceptions.map(({ originalStartTime, change }) => [
        originalStartTime.dateTime,
        (change as { summary: string }).summary,
      ]),
    ).toEqual([
      ['2026-03-10T10:00:00+01:00', '20260310'],
      ['2026-03-11T10:00:00+01:00', '20260311'],
      ['2026-03-12T10:00:00+01:00', '20260312'],
    ]);
  });

  it('that is missing leaves its exceptions as events of their own', () => {
    const text = calendarOf(entry('UID:a@b', 'RECURRENCE-ID:20260311T090000Z', 'DTSTART:20260311T120000Z'));
    const { events, warnings } = parseIcs(text, BERLIN);
    expect(events.map(({ iCalUID }) => iCalUID)).toEqual(['a_R20260311T090000Z@b']);
    expect(warnings).toHaveLength(1);
  });

  it('that is in the file twice is taken from the newest entry', () => {
    const versions = ['SEQUENCE:1|old', 'SEQUENCE:3|newest', 'SEQUENCE:2|newer'].map((one) => one.split('|'));
    const text = calendarOf(
      ...versions.map(([sequence, title]) => entry(...AT_TEN, sequence as string, `SUMMARY:${title}`)),
    );
    const { events, warnings } = parseIcs(text, BERLIN);
    expect(events.map(({ event }) => (event as { summary: string }).summary)).toEqual(['newest']);
    expect(warnings).toEqual(['2 × entries were in the file more than once; the newest was taken (first in line 12).']);
  });

  it('or event that is cancelled says so', () => {
    expect(parseIcs(calendarOf(entry(...AT_TEN, 'STATUS:CANCELLED')), BERLIN).events[0]?.event).toBe('cancelled');
  });
});

describe('a file with something wrong', () => {
  const at = (...lines: string[]) => calendarOf(entry(...lines));
  const broken: Array<[file: string, line: number, problem: string]> = [
    ['', 1, 'The file is empty'],
    ['<!doctype html>\n<html>', 1, 'is no property'],
    ['hello: world', 1, 'stands outside of any VCALENDAR'],
    ['BEGIN:VCARD\nEND:VCARD', 1, 'VCARD stands outside'],
    [at(...AT_TEN).slice(0, 120), 7, 'BEGIN:VEVENT of line 4 has no END'],
    [at(...AT_TEN).replace('END:VEVENT', 'END:VEVNT'), 9, 'END:VEVNT stands here, but BEGIN:VEVENT of line 4 is open'],
    [at(...AT_TEN).replace('END:VEVENT\r\n', ''), 9, 'END:VCALENDAR stands here'],
    [calendarOf('BEGIN:VEVNT', 'END:VEVNT'), 4, 'VEVNT is no component'],
    [at(...AT_TEN, 'two'), 9, '"two" is no property'],
    [at('SUMMARY:x'), 4, 'has no DTSTART'],
    [at('DTSTART:20260230T100000'), 7, 'DTSTART has "20260230T100000" where a date'],
    [at('DTSTART:tomorrow'), 7, 'DTSTART has "tomorrow"'],
    [at('DTSTART;TZID=Europe/Berlin'), 7, 'DTSTART has "" where a date'],
    [at('DTSTART;TZID=Mars/Base:20260309T100000'), 7, 'The time zone "Mars/Base" is unknown'],
    [at(AT_TEN[0] as string, 'DTEND:20260309T070000Z'), 8, 'DTEND is before DTSTART'],
    [at(AT_TEN[0] as string, 'DTEND;VALUE=DATE:20260310'), 8, 'not of one kind'],
    [at(AT_TEN[0] as string, 'DURATION:soon'), 8, '"soon" is no duration'],
    [at(...AT_TEN, 'RRULE:FREQ=OFTEN'), 9, '"FREQ=OFTEN" is no rule of repetition'],
    [at(...AT_TEN, 'RRULE:'), 9, 'is no rule of repetition'],
    [at(...AT_TEN, 'RRULE:FREQ=MONTHLY;BYDAY=6MO'), 9, 'is no rule of repetition'],
    [at(...AT_TEN, 'RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU'), 9, 'comes to no occurrence'],
    [at(...AT_TEN, 'RRULE:FREQ=DAILY;UNTIL=later'), 9, 'ends UNTIL "LATER", which is no date'],
    [at(...AT_TEN, 'RRULE:FREQ=DAILY', 'EXDATE:never'), 10, 'EXDATE has "never"'],
    [calendarOf('BEGIN:VEVENT', ...AT_TEN, 'RECURRENCE-ID:20260309T090000Z', 'END:VEVENT'), 4, 'no UID'],
  ];
  it.each(broken.map(([text, line, problem]) => [problem, line, text] as const))(
    'is refused: %s, in line %i',
    (problem, line, text) => {
      expect(() => parseIcs(text, BERLIN)).toThrow(expect.objectContaining({ name: 'IcsError', line }));
      expect(() => parseIcs(text, BERLIN)).toThrow(problem);
      expect(() => parseIcs(text, BERLIN)).toThrow(/ Nothing was imported\.$/);
    },
  );
});
