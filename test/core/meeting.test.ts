import { momentMs, projectMeeting, projectOccurrence } from '../../src/core/meeting';
import type { Row } from '../../src/core/row';
import { eventRow, tombstone } from '../support/core-world';

const RULES = { privateEvents: 'time-only' as const, placeholderTitle: 'Meeting' };
const project = (over: Partial<Row> = {}, rules: Parameters<typeof projectMeeting>[2] = RULES) =>
  projectMeeting(eventRow(over), 'Europe/Zurich', rules);

describe('the time of a meeting', () => {
  it('is local time in the event’s zone, although Google wrote it with the calendar’s offset', () => {
    const start = { dateTime: '2026-06-02T09:00:00+02:00', timeZone: 'America/New_York' };
    expect(project({ start })?.start).toEqual({
      ms: Date.UTC(2026, 5, 2, 7),
      local: '2026-06-02T03:00:00',
      timeZone: 'America/New_York',
    });
  });

  it('stays at the same hour of the wall clock over a change to winter time', () => {
    const start = { dateTime: '2026-10-25T09:00:00+01:00', timeZone: 'Europe/Zurich' };
    expect(project({ start })?.start).toMatchObject({ local: '2026-10-25T09:00:00', ms: Date.UTC(2026, 9, 25, 8) });
  });

  it('is in the calendar’s zone where the event names none, and in UTC where the zone is not known', () => {
    const dateTime = '2026-06-02T07:00:00Z';
    expect(project({ start: { dateTime } })?.start).toMatchObject({ local: '2026-06-02T09:00:00' });
    expect(project({ start: { dateTime, timeZone: 'Mars/Olympus' } })?.start).toEqual({
      ms: Date.parse(dateTime),
      local: '2026-06-02T07:00:00',
      timeZone: 'UTC',
    });
  });

  it('of a whole day is a date, with the calendar’s zone for providers that know no days', () => {
    const day = project({ start: { date: '2026-06-02' }, end: { date: '2026-06-03' } });
    expect(day?.start).toEqual({ date: '2026-06-02', timeZone: 'Europe/Zurich' });
    expect(day?.end).toEqual({ date: '2026-06-03', timeZone: 'Europe/Zurich' });
    expect(momentMs(day?.start as never)).toBe(Date.UTC(2026, 5, 2));
  });

  it.each<[string, Partial<Row>]>([
    ['no start', { start: {} }],
    ['no end', { end: {} }],
    ['a time that is none', { start: { dateTime: 'soon' } }],
  ])('that is not there makes no meeting: %s', (_name, over) => {
    expect(project(over)).toBeUndefined();
  });
});

describe('what a meeting tells', () => {
  const row: Partial<Row> = {
    description: 'Agenda',
    attendees: [
      { email: 'Cem@Example.com', optional: true },
      { email: 'ben@example.com' },
      { email: 'room@resource.calendar.google.com', resource: true },
      {},
    ],
  };

  it('are title, description and guests, without rooms and in a fixed order', () => {
    expect(project(row)).toMatchObject({
      title: 'Plan',
      description: 'Agenda',
      guests: [
        { email: 'ben@example.com', optional: false },
        { email: 'cem@example.com', optional: true },
      ],
    });
  });

  it.each(['private', 'confidential'])('of a %s event is its time only, and nothing of its guests', (visibility) => {
    expect(project({ ...row, visibility, recurrence: ['RRULE:FREQ=DAILY'] })).toMatchObject({
      title: 'Meeting',
      description: '',
      guests: [],
      untold: ['guests'],
      recurrence: ['RRULE:FREQ=DAILY'],
      start: { local: '2026-06-02T09:00:00' },
    });
  });

  it('of a private event is everything when the operator decided so', () => {
    const all = { ...RULES, privateEvents: 'all' as const };
    expect(project({ ...row, visibility: 'private' }, all)).toMatchObject({ title: 'Plan', description: 'Agenda' });
  });

  it('is a placeholder where the event has no title', () => {
    const { summary: _summary, ...untitled } = eventRow();
    expect(projectMeeting(untitled, 'UTC', RULES)?.title).toBe('Meeting');
    expect(project({ summary: '' })?.title).toBe('Meeting');
  });

  it('is the same in whatever order Google lists the guests', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ email: `${name}@example.com` }));
    for (const attendees of [
      [a, b, c],
      [b, a, c],
      [c, b, a],
      [c, a, b],
    ] as Row['attendees'][]) {
      const guests = project({ attendees: attendees as NonNullable<Row['attendees']> })?.guests;
      expect(guests?.map(({ email }) => email)).toEqual([a?.email, b?.email, c?.email]);
    }
  });

  it.each(['   ', '\u00a0', '\u200b\u200d', '\ufeff \u2060', '\u3164', '\u2800', '\t\n', '\u00ad'])(
    'is a placeholder where nothing of the title can be seen: %j',
    (summary) => {
      expect(project({ summary })?.title).toBe('Meeting');
      expect(project({ summary: `${summary}Plan` })?.title).toContain('Plan');
    },
  );

  it('leaves out the space around a title, and none of its signs', () => {
    expect(project({ summary: ' \u00a0Plan B ' })?.title).toBe('Plan B');
    expect(project({ summary: '❤️ 👨‍👩‍👧' })?.title).toBe('❤️ 👨‍👩‍👧');
  });
});

describe('an occurrence', () => {
  const original = { dateTime: '2026-06-02T09:00:00+02:00', timeZone: 'Europe/Zurich' };

  it('is named by its slot in UTC, whatever offset Google wrote', () => {
    const moved = eventRow({ recurringEventId: 'ser', originalStartTime: original });
    expect(projectOccurrence(moved, 'UTC')).toMatchObject({
      slot: '2026-06-02T07:00:00Z',
      time: { start: { local: '2026-06-02T09:00:00' }, end: { local: '2026-06-02T10:00:00' } },
    });
  });

  it('of a whole day is named by its date', () => {
    const row = tombstone('ser_1', { recurringEventId: 'ser', originalStartTime: { date: '2026-06-02' } });
    expect(projectOccurrence(row, 'UTC')).toEqual({ slot: '2026-06-02', timeZone: 'UTC' });
  });

  it('has no time when it is cancelled', () => {
    const row = tombstone('ser_1', { recurringEventId: 'ser', originalStartTime: original });
    expect(projectOccurrence(row, 'UTC')).toEqual({ slot: '2026-06-02T07:00:00Z' });
  });

  it('is none when Google left out where it begins or ends', () => {
    const moved = eventRow({ recurringEventId: 'ser', originalStartTime: original });
    expect(projectOccurrence({ ...moved, start: {} }, 'UTC')).toBeUndefined();
    expect(projectOccurrence({ ...moved, end: {} }, 'UTC')).toBeUndefined();
  });

  it('is none without a slot', () => {
    expect(projectOccurrence(tombstone('ser_1', { recurringEventId: 'ser' }), 'UTC')).toBeUndefined();
    expect(projectOccurrence(eventRow({ originalStartTime: { dateTime: 'soon' } }), 'UTC')).toBeUndefined();
  });
});
