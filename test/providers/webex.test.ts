import type { Meeting, MeetingField, Moment } from '../../src/core/meeting';
import type { HttpAnswer } from '../../src/ports/http';
import { webex } from '../../src/providers/webex';
import { tellMeeting } from '../../src/sync/tell';
import { bindingOf } from '../support/core-world';
import { DAYS, DAYS_BEGUN_MS, FIRST_TIME, LATER_DAYS, MEETING, MOVED, SECOND_TIME, SERIES, zurich } from './samples';
import { webexGuests as guests, webexStage } from './webex-vendor';

const auth = { kind: 'bearer', scriptProperty: 'WEBEX_TOKEN' } as const;
const provider = webex({ auth });

const stage = (by = provider) => webexStage(by);
const toldOf = (conference: string, meeting: Meeting) => ({ binding: bindingOf({ conference }), meeting, wanted: '' });

describe('a Webex meeting', () => {
  it('shows guests the link, the number, the password and the telephone', () => {
    const { create, meeting } = stage();
    const conference = create();
    const { meetingNumber, password } = meeting(conference.id);
    expect(conference).toEqual({
      id: conference.id,
      joinUrl: `https://acme.webex.example/acme/j.php?MTID=m${conference.id}`,
      meetingCode: meetingNumber,
      passcode: password,
      phones: [{ number: '+1-202-555-0143', pin: meetingNumber }],
      notes: `By phone: access code ${meetingNumber}, password ${meetingNumber.slice(-8)}.`,
    });
  });

  it('has the lobby, the early start and the co-hosts that the operator chose', () => {
    const options = {
      joinSecurity: 'allowJoinWithLobby',
      joinBeforeHostMinutes: 5,
      coHosts: ['ben@example.com'],
    } as const;
    const { create, meeting } = stage(webex({ auth, ...options }));
    const { settings, invitees } = meeting(create().id);
    expect(settings).toEqual({
      unlockedMeetingJoinSecurity: 'allowJoinWithLobby',
      enabledJoinBeforeHost: true,
      joinBeforeHostMinutes: 5,
    });
    expect(invitees).toMatchObject([{ email: 'ben@example.com', coHost: true }]);
  });

  it.each<[string, Partial<Meeting>, string[], string[]]>([
    ['takes ten minutes at least', { end: zurich(3, 10, 5) }, ['2026-03-03T09:00', '2026-03-03T09:10'], []],
    [
      'takes a minute less than a day at most, and says so',
      { end: zurich(5, 10) },
      ['2026-03-03T09:00', '2026-03-04T08:59'],
      ['Webex shows no more than its first 23 hours and 59 minutes.'],
    ],
    [
      'of a whole day takes it to its last minute',
      {
        start: { date: '2026-03-05', timeZone: 'Europe/Zurich' },
        end: { date: '2026-03-06', timeZone: 'Europe/Zurich' },
      },
      ['2026-03-04T23:00', '2026-03-05T22:59'],
      ['Webex shows no more than its first 23 hours and 59 minutes.'],
    ],
    ...[
      ['of 25 hours takes it to 22:59, its last minute but 60', '2026-10-25', '2026-10-24T22:00', '2026-10-25T21:59'],
      ['of 23 hours takes it to its last minute', '2026-03-29', '2026-03-28T23:00', '2026-03-29T21:59'],
    ].map(([what, date, from, to]): [string, Partial<Meeting>, string[], string[]] => [
      `of a whole day ${what}`,
      {
        start: { date: date as string, timeZone: 'Europe/Zurich' },
        end: { date: `${date?.slice(0, 8)}${Number(date?.slice(8)) + 1}`, timeZone: 'Europe/Zurich' },
      },
      [from as string, to as string],
      ['Webex shows no more than its first 23 hours and 59 minutes.'],
    ]),
    [
      'over a change of the clocks ends when the event does',
      { start: zurich(29, 1), end: { ...zurich(29, 5), local: '2026-03-29T06:00:00' } },
      ['2026-03-29T00:00', '2026-03-29T04:00'],
      [],
    ],
    ['in the hour that comes twice begins at the first', FIRST_TIME, ['2026-10-25T00:30', '2026-10-25T02:30'], []],
    ['in the hour that comes twice begins at the second', SECOND_TIME, ['2026-10-25T01:30', '2026-10-25T02:30'], []],
    [
      'from one of the two hours to the other lasts an hour',
      { start: FIRST_TIME.start, end: SECOND_TIME.start },
      ['2026-10-25T00:30', '2026-10-25T01:30'],
      [],
    ],
  ])('%s', (_, changes, times, caveats) => {
    const { create, meeting } = stage();
    const changed = { ...MEETING, ...changes };
    const { startMs, endMs } = meeting(create(changed).id);
    expect([startMs, endMs].map((ms) => new Date(ms).toISOString().slice(0, 16))).toEqual(times);
    expect(provider.caveats(changed)).toEqual(caveats);
  });

  it.each([
    [['RRULE:FREQ=WEEKLY;BYDAY=TU,TH', 'RDATE;TZID=Europe/Zurich:20260311T100000'], 'dates that the event adds'],
    [['RRULE:FREQ=WEEKLY', 'EXRULE:FREQ=MONTHLY;BYDAY=1TU'], 'leaves out by a second rule'],
    [
      ['RDATE;TZID=Europe/Zurich:20260310T100000'],
      'first date of this event only, because it repeats on dates of its own',
    ],
    [
      ['RRULE:FREQ=WEEKLY', 'RRULE:FREQ=DAILY;COUNT=3'],
      'first date of this event only, because it has more than one rule',
    ],
    [['RRULE:FREQ=MONTHLY;BYMONTHDAY=3,17'], 'first of the days in the month only'],
    [['RRULE:FREQ=MONTHLY;BYDAY=1TU,3TU'], 'first of the days in the month only'],
  ])('that repeats by %j says what Webex does not have', (recurrence, words) => {
    expect(provider.caveats({ ...SERIES, recurrence })).toEqual([expect.stringContaining(words)]);
    expect(provider.caveats(SERIES)).toEqual([]);
  });
});

describe('a create at Webex', () => {
  const careful = webex({ auth, looksFirst: true });

  it('carries its key as a tag, so that it can be found there', () => {
    const { create, meeting } = stage();
    expect(meeting(create(MEETING, 'word-9').id).integrationTags).toEqual(['word-9']);
  });

  it('that looks first finds an earlier try months ahead, and only its own', () => {
    const { create } = stage(careful);
    const far = {
      ...MEETING,
      start: { ...zurich(3, 10), ms: Date.parse('2026-09-01T08:00:00Z'), local: '2026-09-01T10:00:00' },
    };
    const meeting = {
      ...far,
      end: { ...zurich(3, 11), ms: Date.parse('2026-09-01T09:00:00Z'), local: '2026-09-01T11:00:00' },
    };
    expect(create(meeting, 'one').id).toBe(create(meeting, 'one').id);
    expect(create(meeting, 'two').id).not.toBe(create(meeting, 'one').id);
  });

  it('stops at 100 a day, and waits as long as Webex says', () => {
    const { wire, clock } = stage();
    for (let i = 0; i < 100; i++) wire.run(provider.create(MEETING, 'k'));
    clock.moveTo(clock.nowMs() + 3_600_000);
    expect(wire.run(provider.create(MEETING, 'k'))).toEqual({ kind: 'limited', retryAfterMs: 23 * 3_600_000 });
  });
});

describe('an update at Webex', () => {
  it('sends nothing but what changed, and lets nobody be written to', () => {
    const { create, wire, newRequests } = stage();
    const { id } = create();
    newRequests();
    wire.run(provider.update(id, { ...MEETING, title: 'New', description: '' }, ['title', 'description'], 'u'));
    expect(newRequests()).toEqual([['PATCH', `/meetings/${id}`, { title: 'New', agenda: null, sendEmail: false }]]);
  });

  it('of a meeting that lies behind is refused, and keeps its time there while the rest is told without it', () => {
    const { create, wire, clock, meeting } = stage();
    const { id } = create();
    const { startMs } = meeting(id);
    clock.moveTo(Date.parse('2026-03-25T12:00:00Z'));
    const changed = { ...MEETING, title: 'Minutes', start: zurich(4, 15), end: zurich(4, 16), guests: guests(1) };
    const tell = (fields: readonly MeetingField[], now = changed) =>
      wire.run(tellMeeting(provider, { kind: 'update', ...toldOf(id, now), fields: [...fields] }, [], 'Meeting', 'u'));
    const refused = { kind: 'done', refused: [{ field: 'time', code: expect.stringMatching(/^webex-400/) }] };
    expect(tell(['title', 'time', 'guests'])).toEqual(refused);
    expect(meeting(id)).toMatchObject({ title: 'Minutes', startMs, invitees: [{ email: 'guest0@example.com' }] });
    expect(tell(['time', 'guests'], { ...changed, guests: [] })).toEqual(refused);
    expect(meeting(id).invitees).toEqual([]);
  });

  it('of a series that has begun is said again from its next occurrence on, since Webex refuses the past', () => {
    const { create, wire, clock, meeting, newRequests } = stage();
    const { id } = create(SERIES);
    clock.moveTo(Date.parse('2026-03-25T12:00:00Z'));
    newRequests();
    const later = { ...SERIES, title: 'Later', start: zurich(3, 15), end: zurich(3, 16, 30) };
    expect(wire.run(provider.update(id, later, ['title', 'time'], 'u'))).toEqual({ kind: 'done' });
    expect(newRequests()).toHaveLength(2);
    expect(meeting(id)).toMatchObject({
      title: 'Later',
      startMs: Date.parse('2026-03-31T13:00:00Z'),
      endMs: Date.parse('2026-03-31T14:30:00Z'),
      recurrence: 'FREQ=WEEKLY;COUNT=4',
    });
  });

  it.each([
    ['RRULE:FREQ=WEEKLY;COUNT=4', '2026-03-15T06:30:00Z', 'FREQ=WEEKLY;COUNT=2'],
    ['RRULE:FREQ=WEEKLY;UNTIL=20260323T000000Z', '2026-03-15T06:30:00Z', 'FREQ=WEEKLY;UNTIL=20260323T000000Z'],
    ['RRULE:FREQ=WEEKLY;COUNT=2', '2026-03-08T07:30:00Z', 'FREQ=WEEKLY;COUNT=1'],
    ['RRULE:FREQ=WEEKLY;UNTIL=20260309T000000Z', '2026-03-08T07:30:00Z', 'FREQ=WEEKLY;UNTIL=20260309T000000Z'],
  ])('of a series whose next start the clocks skip is told from the one after it on: %s', (rule, next, told) => {
    const { create, wire, meeting } = stage();
    const { id } = create(LATER_DAYS);
    const at = (ms: number, local: string): Moment => ({ ms, local, timeZone: 'America/New_York' });
    const start = at(Date.parse('2026-03-01T07:30:00Z'), '2026-03-01T02:30:00');
    const end = at(Date.parse('2026-03-01T08:30:00Z'), '2026-03-01T03:30:00');
    wire.run(provider.update(id, { ...SERIES, recurrence: [rule], start, end }, ['time', 'recurrence'], 'u'));
    expect(meeting(id)).toMatchObject({ startMs: Date.parse(next), recurrence: told });
    expect(meeting(id).endMs - meeting(id).startMs).toBe(3_600_000);
  });

  it('of whole days that begin before UTC’s do is said again from the next one on', () => {
    const { create, wire, clock, meeting } = stage();
    const { id } = create(LATER_DAYS);
    clock.moveTo(DAYS_BEGUN_MS);
    expect(wire.run(provider.update(id, DAYS, ['time'], 'u'))).toEqual({ kind: 'done' });
    expect(meeting(id)).toMatchObject({
      startMs: Date.parse('2026-03-09T18:30:00Z'),
      recurrence: 'FREQ=WEEKLY;COUNT=7',
    });
  });

  it('of what lies behind is refused, with the id by which Cisco finds the request', () => {
    const { create, wire, clock } = stage();
    const { id } = create();
    clock.moveTo(Date.parse('2026-03-04T00:00:00Z'));
    expect(wire.run(provider.update(id, MEETING, ['time'], 'u'))).toEqual({
      kind: 'refused',
      code: expect.stringMatching(/^webex-400-SIM_[0-9A-F]{16}$/),
    });
  });
});

describe('an occurrence at Webex', () => {
  it('takes one request: its id follows from the series', () => {
    const { create, wire, newRequests } = stage();
    const { id } = create(SERIES);
    newRequests();
    wire.run(provider.updateOccurrence(id, MOVED, 'o'));
    wire.run(provider.updateOccurrence(id, { slot: MOVED.slot }, 'o'));
    const path = `/meetings/${id}_20260310T090000Z`;
    expect(newRequests().map(([method, url]) => [method, url])).toEqual([
      ['PATCH', path],
      ['DELETE', `${path}?sendEmail=false`],
    ]);
  });

  it('is gone when the meeting repeats no more', () => {
    const { create, wire } = stage();
    const { id } = create();
    for (const time of [MOVED.time, undefined]) {
      const occurrence = { slot: MOVED.slot, ...(time && { time }) };
      expect(wire.run(provider.updateOccurrence(id, occurrence, 'o'))).toEqual({ kind: 'gone' });
    }
  });

  it.each([
    ['Europe/Zurich', '2026-03-10', '20260309T230000Z'],
    ['Europe/Zurich', '2026-04-07', '20260406T220000Z'],
    ['Asia/Tokyo', '2026-03-10', '20260309T150000Z'],
    // Where the clocks skip midnight the day begins an hour later.
    ['America/Santiago', '2026-09-06', '20260906T040000Z'],
  ])('of whole days in %s is named by the midnight that Webex was told: %s', (timeZone, slot, name) => {
    const { wire, newRequests } = stage();
    wire.run(provider.updateOccurrence('id', { slot, timeZone }, 'o'));
    expect(newRequests().map(([, path]) => path)).toEqual([`/meetings/id_${name}?sendEmail=false`]);
  });

  it('of whole days moves and is cancelled', () => {
    const { create, wire, meeting } = stage();
    const { id } = create(LATER_DAYS);
    const day = (date: string) => ({ date, timeZone: LATER_DAYS.start.timeZone });
    const slotOf = (slot: string) => ({ slot, timeZone: LATER_DAYS.start.timeZone });
    const time = { start: day('2026-03-18'), end: day('2026-03-19') };
    expect(wire.run(provider.updateOccurrence(id, { ...slotOf('2026-03-17'), time }, 'o'))).toEqual({ kind: 'done' });
    expect(wire.run(provider.updateOccurrence(id, slotOf('2026-03-24'), 'o'))).toEqual({ kind: 'done' });
    const [moved, cancelled, ...others] = Object.values(meeting(id).exceptions);
    expect(others).toEqual([]);
    expect(moved).toMatchObject({ startMs: Date.parse('2026-03-17T18:30:00Z') });
    expect(cancelled).toBe('cancelled');
  });
});

describe('what Webex’s answers mean', () => {
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    text: JSON.stringify(body),
  });
  const said = (instead: HttpAnswer) => {
    const { wire } = stage();
    wire.instead = () => instead;
    return wire.run(provider.cancel('8', 'c'));
  };

  it.each([
    [answer(404, { message: 'Not found', trackingId: 'X_1' }), { kind: 'gone' }],
    [answer(404, undefined, { 'content-type': 'text/html' }), { kind: 'unavailable' }],
    [answer(423, {}, { 'retry-after': '30' }), { kind: 'unavailable', retryAfterMs: 30_000 }],
    [answer(403, { trackingId: 'X_1' }), { kind: 'refused', code: 'webex-403-X_1', of: [] }],
    [answer(400, {}, { trackingid: 'Y 2<' }), { kind: 'refused', code: 'webex-400-Y2' }],
  ])('%j', (instead, outcome) => {
    expect(said({ ...instead, text: instead.text ?? '<html>' })).toEqual(outcome);
  });
});
