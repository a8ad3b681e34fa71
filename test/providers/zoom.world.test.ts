/** Zoom behind the whole add-on: a person in Calendar, the deployed bundle, and Zoom's simulator. */
import type { EventHandle } from '../../sandbox/editor/person';
import { ZoomServer } from '../../sandbox/vendors/zoom/server';
import { DAY_MS, HOUR_MS, MINUTE_MS, WEEKLY } from '../scenarios/stage';
import { apiDescription } from '../support/openapi';
import { stageOfEachTest } from './vendor-stage';
import { GRANT } from './wire';

const now = stageOfEachTest({
  name: 'zoom',
  host: 'api.zoom.us',
  tokenProperty: 'ZOOM_TOKEN',
  open: ({ records, clock, random }) =>
    new ZoomServer({ records, clock, random: random.fork('zoom'), tokens: { [GRANT]: 'ana' } }),
  description: apiDescription('zoom-meetings.json', '/v2'),
});

const only = () => {
  const [meeting, ...others] = now().vendor.meetings();
  if (meeting === undefined || others.length > 0) throw new Error('Not exactly one meeting.');
  return meeting;
};
const startsOf = () =>
  only()
    .occurrences.filter((one) => one.status === 'available')
    .map((one) => one.start_time.slice(0, 16));

describe('an event with a Zoom meeting', () => {
  it('shows the link, the passcode and the telephone, and nothing of the host’s', () => {
    const { conference } = now().meets();
    const text = JSON.stringify(conference);
    expect(conference?.entryPoints).toContainEqual(
      expect.objectContaining({ entryPointType: 'video', passcode: only().password, meetingCode: String(only().id) }),
    );
    expect(conference?.entryPoints).toContainEqual(
      expect.objectContaining({ entryPointType: 'phone', uri: 'tel:+12025550143' }),
    );
    expect(text).not.toContain('zak=');
    expect(only()).toMatchObject({ topic: 'Design review', type: 2, duration: 60, timezone: 'Europe/Zurich' });
  });

  it('costs one request to make, one for the event’s own data, one for an edit, and none for an answer', () => {
    const event = now().meets();
    expect(now().newRequests()).toEqual(['POST /v2/users/me/meetings', `PATCH /v2/meetings/${only().id}`]);
    now().ana.edits(event, { summary: 'Other', description: '<b>Why</b>' });
    now().world.settle();
    expect(now().newRequests()).toEqual([`PATCH /v2/meetings/${only().id}`]);
    expect(only()).toMatchObject({ topic: 'Other', agenda: 'Why' });
    now().ana.edits(event, { colorId: '5' });
    now().world.settle();
    expect(now().newRequests()).toEqual([]);
  });

  it('ends with the event', () => {
    now().ana.deletes(now().meets());
    now().world.settle();
    now().world.advance(2 * HOUR_MS);
    expect(now().vendor.meetings()).toEqual([]);
  });

  it('that repeats as Zoom cannot have it keeps its link, without fixed time', () => {
    now().meets({ recurrence: ['RRULE:FREQ=YEARLY;COUNT=3'] });
    expect(only()).toMatchObject({ type: 3, topic: 'Design review' });
  });
});

describe('a series with a Zoom meeting', () => {
  const series = { ...WEEKLY, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] };

  it('has its occurrences there', () => {
    now().meets(series);
    expect(startsOf()).toEqual(['2026-03-03T09:00', '2026-03-10T09:00', '2026-03-17T09:00']);
  });

  it('loses one that is cancelled, and moves one that is moved', () => {
    const event = now().meets(series);
    now().ana.deletes(now().ana.occurrence(event, '2026-03-10'), 'this');
    now().ana.drags(now().ana.occurrence(event, '2026-03-17'), '2026-03-18T14:00:00', '2026-03-18T15:00:00', 'this');
    now().world.settle();
    expect(startsOf()).toEqual(['2026-03-03T09:00', '2026-03-18T13:00']);
  });

  it('is told of its changed occurrences again when Zoom has made them anew', () => {
    const event = now().meets(series);
    now().ana.deletes(now().ana.occurrence(event, '2026-03-10'), 'this');
    now().world.settle();
    now().newRequests();
    const body = { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] };
    now().world.calendar.handle(now().ana.email, {
      method: 'events.patch',
      params: { calendarId: 'primary', eventId: event.eventId },
      body,
    });
    now().world.settle();
    now().world.advance(2 * HOUR_MS);
    expect(startsOf()).toEqual(['2026-03-03T09:00', '2026-03-17T09:00', '2026-03-24T09:00']);
    const id = only().id;
    expect(now().newRequests()).toEqual([
      `PATCH /v2/meetings/${id}`,
      `GET /v2/meetings/${id}`,
      `DELETE /v2/meetings/${id}`,
    ]);
  });

  it('that has begun follows a change of its hour from the next occurrence on', () => {
    const event = now().meets(series);
    now().world.advance(3 * DAY_MS);
    now().ana.edits(
      event,
      {
        start: { dateTime: '2026-03-03T15:00:00', timeZone: 'Europe/Zurich' },
        end: { dateTime: '2026-03-03T16:00:00', timeZone: 'Europe/Zurich' },
      },
      'all',
    );
    now().world.settle();
    expect(startsOf()).toEqual(['2026-03-10T14:00', '2026-03-17T14:00']);
  });
});

describe('a series whose next start falls into the hour that the clocks skip', () => {
  it('has its later dates at their own hour', () => {
    now().meets({
      start: '2026-03-01T02:00:00',
      end: '2026-03-01T02:30:00',
      timeZone: 'America/New_York',
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=5'],
    });
    now().world.advance(2 * HOUR_MS);
    expect(startsOf()).toEqual(['2026-03-15T06:00', '2026-03-22T06:00', '2026-03-29T06:00']);
  });
});

describe('a series that leaves a date out by the lines of another program', () => {
  const writes = (event: EventHandle, recurrence: string[]) => {
    const params = { calendarId: 'primary', eventId: event.eventId };
    now().world.calendar.handle(now().ana.email, { method: 'events.patch', params, body: { recurrence } });
    now().world.settle();
  };

  it('loses that date at Zoom, and no other', () => {
    const event = now().meets({ ...WEEKLY, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
    now().newRequests();
    writes(event, ['RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;TZID=Europe/Zurich:20260310T100000']);
    expect(startsOf()).toEqual(['2026-03-03T09:00', '2026-03-17T09:00']);
    expect(now().newRequests()).toEqual([`GET /v2/meetings/${only().id}`, `DELETE /v2/meetings/${only().id}`]);
  });

  it('loses it again when Zoom has made its occurrences anew', () => {
    const event = now().meets({ ...WEEKLY, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
    writes(event, ['RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE;TZID=Europe/Zurich:20260310T100000']);
    expect(startsOf()).toEqual(['2026-03-03T09:00', '2026-03-17T09:00', '2026-03-24T09:00']);
  });
});

describe('a grant that is not accepted any more', () => {
  it('loses nothing: the edit is told when there is a new one', () => {
    const event = now().meets();
    now().world.script.setScriptProperty('ZOOM_TOKEN', 'expired');
    now().ana.edits(event, { summary: 'While signed out' });
    now().world.settle();
    expect(only().topic).toBe('Design review');
    now().world.script.setScriptProperty('ZOOM_TOKEN', GRANT);
    now().world.advance(3 * HOUR_MS);
    expect(only().topic).toBe('While signed out');
  });
});

describe('a day with more changes than Zoom takes', () => {
  const edits = (events: EventHandle[], changes: (i: number) => { summary: string }) => {
    events.forEach((event, i) => {
      now().ana.edits(event, changes(i));
      now().world.advance(2 * MINUTE_MS);
    });
  };
  const topics = () =>
    now()
      .vendor.meetings()
      .map(({ topic }) => topic);
  const card = () => JSON.stringify(now().world.script.run(now().ana.email, 'showHome', [{}], 'card'));

  it('changes times and ends meetings today, titles tomorrow, and says so', () => {
    const events = Array.from({ length: 20 }, (_, i) => now().meets({ summary: `Meeting ${i}` }));
    edits(events, (i) => ({ summary: `Meeting ${i}, edited` }));
    edits(events, (i) => ({ summary: `Meeting ${i}, edited again` }));
    expect(card()).toContain('20 changes of these wait for the conference service’s next day');
    now().ana.drags(events[0]!, '2026-03-05T14:00:00', '2026-03-05T15:00:00');
    now().ana.deletes(events[1]!);
    now().world.advance(HOUR_MS);
    expect(now().vendor.meetings()).toHaveLength(19);
    expect(now().vendor.meetings()[0]).toMatchObject({ topic: 'Meeting 0, edited again' });
    expect(topics().filter((topic) => topic.endsWith('again'))).toHaveLength(1);
    expect(now().refused()).toBe(0);
    now().world.advance(DAY_MS);
    expect(topics().filter((topic) => topic.endsWith('again'))).toHaveLength(19);
    expect(card()).not.toContain('next day');
  });
});
