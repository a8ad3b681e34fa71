/** Webex behind the whole add-on: a person in Calendar, the deployed bundle, and Webex's simulator. */
import { WebexServer } from '../../sandbox/vendors/webex/server';
import { DAY_MS, HOUR_MS, WEEKLY } from '../scenarios/stage';
import { apiDescription } from '../support/openapi';
import { stageOfEachTest } from './vendor-stage';
import { GRANT } from './wire';

const now = stageOfEachTest({
  name: 'webex',
  host: 'webexapis.com',
  tokenProperty: 'WEBEX_TOKEN',
  open: ({ records, clock, random }) =>
    new WebexServer({ records, clock, random: random.fork('webex'), tokens: { [GRANT]: 'ana@example.com' } }),
  description: apiDescription('webex-meetings.json', '/v1'),
});

const only = () => {
  const [meeting, ...others] = now().vendor.meetings();
  if (meeting === undefined || others.length > 0) throw new Error('Not exactly one meeting.');
  return meeting;
};

describe('an event with a Webex meeting', () => {
  it('shows the link, the password and the telephone, and not the host key', () => {
    const { conference } = now().meets({ guests: ['ben@example.com'] });
    expect(conference?.entryPoints).toContainEqual(
      expect.objectContaining({
        entryPointType: 'video',
        passcode: only().password,
        meetingCode: only().meetingNumber,
      }),
    );
    expect(JSON.stringify(conference)).not.toContain(`"${only().hostKey}"`);
    expect(only()).toMatchObject({ title: 'Design review', timezone: 'Europe/Zurich' });
    expect(only().invitees.map(({ email }) => email)).toEqual(['ben@example.com']);
  });

  it('follows an edit by one request, and an answer by none', () => {
    const event = now().meets({ guests: ['ben@example.com'] });
    now().newRequests();
    now().ana.edits(event, { summary: 'Other', description: '<b>Why</b>' });
    now().world.settle();
    expect(now().newRequests()).toEqual([`PATCH /v1/meetings/${only().id}`]);
    expect(only()).toMatchObject({ title: 'Other', agenda: 'Why' });
    now().world.user('ben@example.com').replies(event, 'accepted');
    now().world.settle();
    expect(now().newRequests()).toEqual([]);
  });

  it('ends with the event', () => {
    now().ana.deletes(now().meets());
    now().world.settle();
    now().world.advance(2 * HOUR_MS);
    expect(now().vendor.meetings()).toEqual([]);
  });
});

describe('a series with a Webex meeting', () => {
  it('has the event’s own rule, and loses an occurrence that is cancelled', () => {
    const event = now().meets(WEEKLY);
    now().ana.deletes(now().ana.occurrence(event, '2026-03-10'), 'this');
    now().world.settle();
    expect(only()).toMatchObject({
      recurrence: 'FREQ=WEEKLY;COUNT=8',
      exceptions: { '2026-03-10T09:00:00Z': 'cancelled' },
    });
  });

  it('keeps its changed occurrences when Webex drops them with a new rule', () => {
    const event = now().meets(WEEKLY);
    now().ana.drags(now().ana.occurrence(event, '2026-03-17'), '2026-03-18T14:00:00', '2026-03-18T15:00:00', 'this');
    now().world.settle();
    const { exceptions } = only();
    expect(Object.keys(exceptions)).toEqual(['2026-03-17T09:00:00Z']);
    now().world.calendar.handle(now().ana.email, {
      method: 'events.patch',
      params: { calendarId: 'primary', eventId: event.eventId },
      body: { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=6'] },
    });
    now().world.settle();
    expect(only()).toMatchObject({ recurrence: 'FREQ=WEEKLY;COUNT=6', exceptions });
  });

  it('that has begun follows a change of its hour from the next occurrence on', () => {
    const event = now().meets(WEEKLY);
    now().world.advance(3 * DAY_MS);
    const at = (time: string) => ({ dateTime: `2026-03-03T${time}`, timeZone: 'Europe/Zurich' });
    now().ana.edits(event, { start: at('15:00:00'), end: at('16:00:00') }, 'all');
    now().world.settle();
    expect(only()).toMatchObject({ startMs: Date.parse('2026-03-10T14:00:00Z'), recurrence: 'FREQ=WEEKLY;COUNT=7' });
  });

  it('of whole days loses one that is cancelled, and moves one that is moved', () => {
    const days = { ...WEEKLY, start: '2026-03-03', end: '2026-03-04' };
    const event = now().meets(days);
    now().ana.deletes(now().ana.occurrence(event, '2026-03-10'), 'this');
    now().ana.drags(now().ana.occurrence(event, '2026-03-17'), '2026-03-18', '2026-03-19', 'this');
    now().world.settle();
    expect(only().exceptions).toMatchObject({
      '2026-03-09T23:00:00Z': 'cancelled',
      '2026-03-16T23:00:00Z': { startMs: Date.parse('2026-03-17T23:00:00Z') },
    });
  });

  it.each([
    [{}, 'EXDATE;TZID=Europe/Zurich:20260310T100000', '2026-03-10T09:00:00Z'],
    [{ start: '2026-03-03', end: '2026-03-04' }, 'EXDATE;VALUE=DATE:20260310', '2026-03-09T23:00:00Z'],
  ])('%j loses the date that another program leaves out, and keeps its rule', (changes, line, slot) => {
    const event = now().meets({ ...WEEKLY, ...changes });
    now().world.calendar.handle(now().ana.email, {
      method: 'events.patch',
      params: { calendarId: 'primary', eventId: event.eventId },
      body: { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8', line] },
    });
    now().world.settle();
    expect(only()).toMatchObject({ recurrence: 'FREQ=WEEKLY;COUNT=8', exceptions: { [slot]: 'cancelled' } });
  });
});
