/** What is answered of calendars, of the list of them, and of access rules. */
import { ANA, type CalendarRoom } from '../calendar/calendar-room';
import { NANGO, type Situation } from './situation';

const ENTRY = 'accessRole backgroundColor colorId conferenceProperties defaultReminders';
const ENTRY_END = 'etag foregroundColor id kind selected summary';
const one = (name: string, does: string, row: string, play: Situation['play']): Situation => ({
  ...{ recordings: [`nango-2026-03/${name}.json`], does, source: NANGO, envelope: '', rows: [row], play },
});
const team = (room: CalendarRoom, fields = {}) => room.ok(ANA, 'calendars.insert', {}, { summary: 'Team', ...fields });

export const CALENDAR_SITUATIONS: Situation[] = [
  one('calendar-get', 'read the own calendar', 'calendar: conferenceProperties etag id kind summary timeZone', (room) =>
    room.ok(ANA, 'calendars.get', { calendarId: 'primary' }),
  ),
  one(
    'calendar-insert',
    'made a calendar',
    'calendar: conferenceProperties dataOwner etag id kind summary timeZone',
    (room) => team(room),
  ),
  one(
    'calendar-update',
    'wrote a calendar whole',
    'calendar: conferenceProperties dataOwner description etag id kind location summary timeZone',
    (room) => {
      const { id } = team(room);
      const body = { summary: 'Team', description: 'Of us', location: 'Here', timeZone: 'Europe/Zurich' };
      return room.ok(ANA, 'calendars.update', { calendarId: id }, body);
    },
  ),
  {
    ...one(
      'calendar-list-entry',
      'read the own calendar’s place on the list',
      `calendarListEntry: ${ENTRY} etag foregroundColor id kind notificationSettings primary selected summary summaryOverride timeZone`,
      (room) => room.ok(ANA, 'calendarList.get', { calendarId: 'primary' }),
    ),
    aside: {
      fields: ['notificationSettings', 'summaryOverride'],
      because:
        'Its owner had chosen them; a new calendar of the sandbox has no notifications, which nothing here sends.',
    },
  },
  {
    recordings: ['compass/calendar-list.json'],
    ...{
      does: 'read the list of calendars',
      source: '2022-01, SwitchbackTech/compass',
      envelope: 'etag items kind',
      kinds: true,
    },
    rows: [
      `calendarListEntry: ${ENTRY} ${ENTRY_END} timeZone`,
      `calendarListEntry: ${ENTRY} description ${ENTRY_END} timeZone`,
      `calendarListEntry: ${ENTRY} ${ENTRY_END} summaryOverride timeZone`,
      `calendarListEntry: ${ENTRY} description ${ENTRY_END} summaryOverride timeZone`,
      `calendarListEntry: ${ENTRY} etag foregroundColor id kind primary selected summary timeZone`,
    ],
    aside: {
      fields: ['nextSyncToken', 'dataOwner', 'notificationSettings'],
      because: 'The list’s own tokens are not simulated; dataOwner is younger; nothing here sends notifications.',
    },
    play: (room) => {
      for (const fields of [{}, { description: 'Of us' }]) {
        for (const chosen of [undefined, { summaryOverride: 'Ours' }]) {
          const { id } = team(room, fields);
          if (chosen) room.ok(ANA, 'calendarList.patch', { calendarId: id }, chosen);
        }
      }
      return room.ok(ANA, 'calendarList.list', {});
    },
  },
  one('acl-insert', 'shared a calendar with everybody', 'aclRule: etag id kind role scope', (room) =>
    room.ok(ANA, 'acl.insert', { calendarId: 'primary' }, { role: 'reader', scope: { type: 'default' } }),
  ),
];
