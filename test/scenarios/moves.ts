/** Events that change their calendar or their organiser: the conference goes where the event goes. */
import { EITHER_WAY, LEFT_BEHIND } from './left-behind';
import type { Scenario } from './stage';
import { SOLUTION, underEach, WEEKLY } from './stage';

export const moves: Scenario[] = [
  ...underEach(EITHER_WAY, {
    name: 'an event moved between watched calendars keeps its conference when the old calendar is read first',
    play({ ana, meeting, newCalendar, live, unnoticed, fires, anHourLater }) {
      const team = newCalendar();
      const other = meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const event = meeting();
      const moved = unnoticed(() => ana.moves(event, team));
      fires(event.calendarId);
      fires(team);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(2);
      ana.edits(moved, { summary: 'Moved, and edited' });
      anHourLater();
      expect(live().map(({ title }) => title)).toContain('Moved, and edited');
      ana.deletes(moved);
      ana.deletes(other);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'an event moved between watched calendars keeps its conference when the new calendar is read first',
    play({ ana, meeting, newCalendar, live, unnoticed, fires, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const event = meeting();
      const moved = unnoticed(() => ana.moves(event, team));
      fires(team);
      fires(event.calendarId);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(2);
      ana.edits(moved, { summary: 'Moved, and edited' });
      anHourLater();
      expect(live().map(({ title }) => title)).toContain('Moved, and edited');
    },
  }),
  ...underEach([{ emptyPages: 'anywhere', moveKeepsId: false, tombstoneKeepsConference: false }], {
    name: 'an event moved to a watched calendar, and deleted there at once, ends its conference through empty pages',
    play({ ana, meeting, newCalendar, live, world, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const event = meeting();
      world.settle();
      ana.deletes(ana.moves(event, team));
      for (let hour = 0; hour < 4; hour++) anHourLater();
      expect(live().map(({ title }) => title)).toEqual(['So that the team calendar is watched']);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'a series whose occurrence is put back and that is moved to another calendar at once shows none changed',
    play({ ana, meeting, newCalendar, live, unnoticed, fires, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const series = meeting({ ...WEEKLY, summary: 'The series' });
      const third = ana.occurrence(series, '2026-03-17');
      ana.drags(third, '2026-03-17T15:00:00+01:00', '2026-03-17T16:00:00+01:00', 'this');
      anHourLater();
      unnoticed(() => ana.drags(third, '2026-03-17T10:00:00+01:00', '2026-03-17T11:00:00+01:00', 'this'));
      unnoticed(() => ana.moves(series, team));
      fires(team);
      fires(series.calendarId);
      anHourLater();
      anHourLater();
      const { occurrences } = live().find(({ title }) => title === 'The series') ?? {};
      expect(occurrences).toMatchObject({ '2026-03-17T09:00:00Z': { start: { dateTime: '2026-03-17T10:00:00' } } });
    },
  }),
  ...underEach([{ moveKeepsId: false }, ...LEFT_BEHIND], {
    name: 'an event moved to another calendar and straight back keeps its conference',
    play({ ana, meeting, newCalendar, live, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const back = ana.moves(ana.moves(meeting(), team), ana.email);
      anHourLater();
      anHourLater();
      ana.edits(back, { summary: 'Home again' });
      anHourLater();
      expect(live().map(({ title }) => title)).toContain('Home again');
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'an event moved to another calendar and straight back takes its conference with it when it is deleted',
    play({ ana, meeting, newCalendar, live, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const back = ana.moves(ana.moves(meeting(), team), ana.email);
      anHourLater();
      ana.deletes(back);
      anHourLater();
      anHourLater();
      expect(live().map(({ title }) => title)).toEqual(['So that the team calendar is watched']);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'an event moved between watched calendars, the new one read first, ends its conference when it is deleted later',
    play({ ana, meeting, newCalendar, titles, unnoticed, fires, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const event = meeting();
      const moved = unnoticed(() => ana.moves(event, team));
      fires(team);
      fires(event.calendarId);
      anHourLater();
      anHourLater();
      ana.deletes(moved);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['So that the team calendar is watched']);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'an event moved between watched calendars and deleted there before anything is read ends its conference',
    play({ ana, meeting, newCalendar, titles, unnoticed, fires, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const event = meeting();
      unnoticed(() => ana.deletes(ana.moves(event, team)));
      fires(team);
      fires(event.calendarId);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['So that the team calendar is watched']);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'an event that lost its conference and moved between watched calendars before anything is read ends it',
    play({ ana, meeting, newCalendar, titles, unnoticed, fires, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const event = meeting();
      unnoticed(() => ana.moves(ana.removesConference(event), team));
      fires(team);
      fires(event.calendarId);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['So that the team calendar is watched']);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'an occurrence with a conference of its own keeps it when its series moves, and loses it when it is cancelled',
    play({ ana, meeting, newCalendar, titles, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const series = ana.createsEvent({ ...WEEKLY, summary: 'The series' });
      const second = ana.choosesConference(ana.occurrence(series, '2026-03-10'), SOLUTION, 'this');
      anHourLater();
      ana.edits(second, { summary: 'The second' }, 'this');
      anHourLater();
      expect(titles()).toEqual(['So that the team calendar is watched', 'The second']);
      const moved = ana.moves(series, team);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['So that the team calendar is watched', 'The second']);
      ana.deletes(ana.occurrence(moved, '2026-03-10'), 'this');
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['So that the team calendar is watched']);
    },
  }),
  ...underEach([{ moveKeepsId: false }, ...LEFT_BEHIND], {
    name: 'a series moved to another calendar takes its conference and its moved occurrences along',
    play({ ana, meeting, newCalendar, live, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const series = meeting(WEEKLY);
      ana.drags(ana.occurrence(series, '2026-03-17'), '2026-03-17T15:00:00+01:00', '2026-03-17T16:00:00+01:00', 'this');
      anHourLater();
      const moved = ana.moves(series, team);
      anHourLater();
      anHourLater();
      ana.deletes(ana.occurrence(moved, '2026-03-10'), 'this');
      anHourLater();
      const conference = live().find(({ title }) => title === 'Design review');
      expect(conference?.occurrences).toMatchObject({
        '2026-03-10T09:00:00Z': { status: 'cancelled' },
        '2026-03-17T09:00:00Z': { status: 'moved', start: { dateTime: '2026-03-17T15:00:00' } },
      });
    },
  }),
  ...underEach([{ moveKeepsId: false }, ...LEFT_BEHIND], {
    name: 'an event whose organiser changes keeps its conference, which its maker follows no longer',
    play({ ana, ben, meeting, only, api, live, anHourLater }) {
      const rule = { role: 'writer', scope: { type: 'user', value: ana.email } };
      api(ben, 'acl.insert', { calendarId: ben.email }, rule);
      const event = meeting({ guests: [ben.email] });
      const given = ana.moves(event, ben.email);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(1);
      ben.edits(given, { summary: "Ben's now" });
      anHourLater();
      expect(ben.sees(given).conferenceData).toMatchObject({ conferenceId: only().id });
      ben.deletes(given);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(1);
    },
  }),
  ...underEach(EITHER_WAY, {
    name: 'an organiser who leaves and takes over again is followed again',
    play({ ana, ben, meeting, only, api, anHourLater }) {
      for (const [owner, guest] of [
        [ana, ben],
        [ben, ana],
      ] as const) {
        const rule = { role: 'writer', scope: { type: 'user', value: guest.email } };
        api(owner, 'acl.insert', { calendarId: owner.email }, rule);
      }
      const event = meeting({ guests: [ben.email] });
      const given = ana.moves(event, ben.email);
      anHourLater();
      const back = ben.moves(given, ana.email);
      anHourLater();
      ana.edits(back, { summary: 'Mine again' });
      anHourLater();
      expect(only().title).toBe('Mine again');
    },
  }),
];
