/** What is answered of single events: read, written, deleted, moved, listed. */
import { ANA, BEN, type CalendarRoom, meeting, VIDEO, weekly } from '../calendar/calendar-room';
import { ENDS_SO, edits, GOES_ON, hour, NANGO, NANGO_2025, type Situation, TEXT, WITH_TOKEN } from './situation';

const team = (room: CalendarRoom): string => room.ok(ANA, 'calendars.insert', {}, { summary: 'Team' }).id;
const EVENT = 'event, sequence 0: whole';
const YOUNGER = (...fields: string[]) => ({ fields, because: 'The field is younger than the recording.' });
const one = (name: string, does: string, row: string, play: Situation['play'], source = NANGO): Situation => ({
  ...{ recordings: [name], does, source, envelope: '', rows: [row], play },
});

const READ_AND_WRITTEN: Situation[] = [
  one(
    'nango-2026-03/event-insert-secondary.json',
    'made an event on a secondary calendar',
    `${EVENT} description location`,
    (room) => room.insert(ANA, meeting({ ...TEXT, location: 'Here' }), { calendarId: team(room) }),
  ),
  one('nango-2026-03/event-insert-series.json', 'made a series', 'series, sequence 0: whole recurrence', (room) =>
    room.insert(ANA, weekly()),
  ),
  one(
    'nango-2026-03/event-import-again.json',
    'imported an event once more',
    `${EVENT} description location`,
    (room) => {
      const body = meeting({ ...TEXT, location: 'Here', iCalUID: 'u1@elsewhere' });
      room.ok(ANA, 'events.import', { calendarId: 'primary' }, body);
      return room.ok(ANA, 'events.import', { calendarId: 'primary' }, body);
    },
  ),
  one('nango-2026-03/event-get.json', 'read an event', `${EVENT} description`, (room) =>
    room.get(ANA, room.insert(ANA, meeting(TEXT)).id),
  ),
  {
    recordings: [
      'nango-2026-03/event-get-before-guest.json',
      'nango-2025-12/event-get.json',
      'nango-2025-12/event-get-before-put.json',
    ],
    ...{ does: 'read an event without a text', source: `${NANGO}, ${NANGO_2025}`, envelope: '', rows: [EVENT] },
    play: (room) => room.get(ANA, room.insert(ANA, meeting()).id),
  },
  one('nango-2026-03/event-patch-add-guest.json', 'added a guest by a program', `${EVENT} attendees`, (room) =>
    room.patch(ANA, room.insert(ANA, meeting()).id, { attendees: [{ email: BEN }] }),
  ),
  one(
    'nango-2026-03/event-patch-location-noop.json',
    'wrote a place by a program',
    `${EVENT} description location`,
    (room) => room.patch(ANA, room.insert(ANA, meeting(TEXT)).id, { location: 'Here' }),
  ),
  one(
    'nango-2025-12/event-put-title.json',
    'wrote an event whole, with another title',
    EVENT,
    (room) => {
      const { id, ...event } = room.insert(ANA, meeting());
      return room.ok(ANA, 'events.update', { calendarId: 'primary', eventId: id }, { ...event, summary: 'Other' });
    },
    NANGO_2025,
  ),
];

const DELETED_AND_MOVED: Situation[] = [
  one(
    'nango-2026-03/event-get-deleted.json',
    'read an event that its organiser deleted',
    'cancelled, sequence 1: whole attendees description',
    (room) => {
      const { id } = room.insert(ANA, meeting({ ...TEXT, attendees: [{ email: BEN }] }));
      room.delete(ANA, id);
      return room.get(ANA, id);
    },
  ),
  one(
    'nango-2026-03/event-move-answer.json',
    'moved an event to another calendar',
    'cancelled, sequence 0: whole description',
    (room) => {
      const { id } = room.insert(ANA, meeting(TEXT));
      return room.ok(ANA, 'events.move', { calendarId: 'primary', eventId: id, destination: team(room) });
    },
  ),
  {
    recordings: ['nylas/list-rows-2015.json'],
    does: 'listed a series with a guest, a day of another calendar, and a day that was deleted, with showDeleted',
    source: '2015, nylas/sync-engine',
    envelope: '',
    rows: [
      'series, sequence 0: whole attendees recurrence -eventType',
      'event, sequence 0: whole transparency visibility -reminders -eventType',
      'cancelled, sequence 1: whole transparency -eventType',
    ],
    aside: {
      fields: ['eventType', 'reminders', 'visibility'],
      because:
        'eventType is younger; the second row is a public holiday, of a calendar that the sandbox does not have.',
    },
    play: (room) => {
      const day = { start: { date: '2026-01-12' }, end: { date: '2026-01-13' }, transparency: 'transparent' };
      room.insert(ANA, weekly({ attendees: [{ email: BEN }] }));
      room.insert(ANA, meeting(day));
      room.delete(ANA, room.insert(ANA, meeting(day)).id);
      return room.list(ANA, { showDeleted: true }).items;
    },
  },
  {
    recordings: ['nango-2025-12/list-cancelled-guest-copies-1.json'],
    does: 'had cleared a calendar on which others’ series stood as invitations, some of them cut and some with an add-on’s conference',
    source: NANGO_2025,
    envelope: '',
    kinds: true,
    rows: [
      'cancelled half: whole attendees conferenceData description recurrence',
      'cancelled half: whole attendees description recurrence',
      'cancelled occurrence: whole attendees conferenceData description originalStartTime recurringEventId',
      'cancelled occurrence: whole attendees description originalStartTime recurringEventId',
      'cancelled series: whole attendees description recurrence',
    ],
    aside: {
      fields: ['attachments', 'extendedProperties', 'location', 'sequence', 'nextPageToken', 'envelope'],
      because:
        'What was written into the events is their own; the list is a page of a search that also found cancelled rows.',
    },
    play: clearedGuest,
  },
];

const LISTED: Situation[] = [
  {
    recordings: ['nango-2026-03/list-full-two-events.json'],
    ...{ does: 'listed a calendar', source: NANGO, envelope: WITH_TOKEN, rows: [EVENT, EVENT], etags: 2 },
    play: (room) => {
      for (const _ of [1, 2]) room.insert(ANA, meeting());
      return room.list(ANA, { maxResults: 2500 });
    },
  },
  {
    recordings: ['nango-2026-03/list-empty-page-with-token.json'],
    ...{
      does: 'listed a calendar by pages of five, after events were deleted',
      source: NANGO,
      envelope: GOES_ON,
      rows: [],
    },
    play: (room) => {
      const made = Array.from({ length: 6 }, () => room.insert(ANA, meeting()).id);
      for (const id of made.slice(0, 5)) room.delete(ANA, id);
      room.patch(ANA, made[5]!, { summary: 'Later' });
      return room.list(ANA, { maxResults: 5 });
    },
  },
  {
    recordings: ['nango-2026-03/list-orderby-no-sync-token.json'],
    ...{ does: 'listed what is to come, in its order', source: NANGO, envelope: ENDS_SO, rows: [] },
    play: (room) => room.list(ANA, { orderBy: 'startTime', singleEvents: true, timeMin: '2026-02-19T00:00:00Z' }),
  },
  {
    recordings: ['others/list-empty-2023.json'],
    ...{ does: 'listed a window in which nothing is', source: '2023', envelope: WITH_TOKEN, rows: [] },
    play: (room) => room.list(ANA, { timeMin: '2026-02-19T00:00:00Z', timeMax: '2026-02-20T00:00:00Z' }),
  },
  {
    recordings: ['nango-2026-03/list-search-page.json'],
    ...{ does: 'searched for a word, series taken apart', source: NANGO, envelope: GOES_ON, kinds: true },
    rows: [
      EVENT,
      `${EVENT} description location`,
      'occurrence, sequence 0: whole description originalStartTime recurringEventId',
      'occurrence, sequence 0: whole originalStartTime recurringEventId',
    ],
    play: (room) => {
      for (const fields of [{}, { ...TEXT, location: 'Here', summary: 'Planning' }]) room.insert(ANA, meeting(fields));
      for (const fields of [{}, { ...TEXT, summary: 'Planning' }]) room.insert(ANA, weekly(fields));
      return room.list(ANA, { q: 'planning', singleEvents: true, orderBy: 'startTime', maxResults: 12 });
    },
  },
  {
    recordings: ['nango-2026-03/instances.json'],
    ...{ does: 'read the occurrences of a series of four', source: NANGO, envelope: WITH_TOKEN, etags: 1 },
    rows: Array.from({ length: 4 }, () => 'occurrence, sequence 0: whole originalStartTime recurringEventId'),
    play: (room) => {
      const { id } = room.insert(ANA, weekly({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] }));
      return room.ok(ANA, 'events.instances', { calendarId: 'primary', eventId: id });
    },
  },
  {
    recordings: ['hyperperform/list-rsvp-after.json'],
    does: 'listed a secondary calendar after guests had answered: what was answered comes last',
    source: '2016, HyperPerform/hyper-perform-server',
    envelope: WITH_TOKEN,
    rows: [
      `${EVENT} description location -eventType`,
      `${EVENT} colorId description transparency -eventType`,
      `${EVENT} attendees colorId description location -eventType`,
      `${EVENT} attendees description transparency -eventType`,
    ],
    etags: 4,
    aside: YOUNGER('eventType'),
    play: answered,
  },
  {
    recordings: ['hyperperform/list-rsvp-before.json'],
    does: 'listed a secondary calendar before its guests answered',
    source: '2016, HyperPerform/hyper-perform-server',
    envelope: WITH_TOKEN,
    rows: [
      `${EVENT} description location -eventType`,
      `${EVENT} attendees colorId description location -eventType`,
      `${EVENT} colorId description transparency -eventType`,
    ],
    etags: 3,
    aside: YOUNGER('eventType'),
    play: (room) => room.list(ANA, { calendarId: invited(room).calendarId }),
  },
];

const CONFERENCES: Situation[] = [
  one(
    'bubblelab/row-zoom-addon.json',
    'read as a guest an event to which the organiser’s add-on had added a conference',
    'event, sequence 2: whole attendees conferenceData description extendedProperties',
    (room) => {
      const fields = { ...TEXT, attendees: [{ email: BEN }], extendedProperties: { shared: { key: 'value' } } };
      const { id } = room.insert(ANA, meeting(fields));
      for (const day of ['13', '14']) edits(room, id, hour(`2026-01-${day}`, 16));
      room.service.setConference(ANA, 'primary', id, VIDEO);
      return room.get(BEN, id);
    },
    '2025-11, bubblelabai/BubbleLab',
  ),
];

/** A plain event, one with a guest, and a coloured one, in that order. */
function invited(room: CalendarRoom): { calendarId: string; eventId: string } {
  const calendarId = team(room);
  room.insert(ANA, meeting({ ...TEXT, location: 'Here' }), { calendarId });
  const asked = { ...TEXT, location: 'Here', colorId: '3', attendees: [{ email: BEN }] };
  const eventId = room.insert(ANA, meeting(asked), { calendarId }).id;
  room.insert(ANA, meeting({ ...TEXT, colorId: '3', transparency: 'transparent' }), { calendarId });
  return { calendarId, eventId };
}

function answered(room: CalendarRoom): unknown {
  const { calendarId, eventId } = invited(room);
  const reply = (id: string) => room.patch(BEN, id, { attendees: [{ email: BEN, responseStatus: 'declined' }] });
  reply(eventId);
  const asked = { ...TEXT, transparency: 'transparent', attendees: [{ email: BEN }] };
  reply(room.insert(ANA, meeting(asked), { calendarId }).id);
  return room.list(ANA, { calendarId });
}

function clearedGuest(room: CalendarRoom): unknown {
  for (const conference of [false, true]) {
    const { id } = room.insert(ANA, weekly({ ...TEXT, attendees: [{ email: BEN }] }));
    const half = room.service.splitSeries(ANA, 'primary', id, '2026-02-02T09:00:00Z', {}).body as { id: string };
    for (const [eventId, day] of [
      [id, '0119'],
      [id, '0209'],
    ] as const) {
      edits(room, `${eventId}_2026${day}T090000Z`, { summary: 'Changed' });
    }
    if (conference) room.service.setConference(ANA, 'primary', half.id, VIDEO);
  }
  room.call(BEN, 'calendars.clear', { calendarId: 'primary' });
  return room.list(BEN, { showDeleted: true }).items;
}

export const EVENT_SITUATIONS: Situation[] = [...READ_AND_WRITTEN, ...DELETED_AND_MOVED, ...LISTED, ...CONFERENCES];
