/** Events that change their calendar or their organiser: the conference goes where the event goes. */
import type { Scenario } from './stage';
import { DAY_MS, SOLUTION, TUESDAY, underEach, WEEKLY } from './stage';

const EITHER_ID = [{ moveKeepsId: false }, { tombstoneKeepsConference: true }];

export const moves: Scenario[] = [
  ...underEach(EITHER_ID, {
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
  ...underEach(EITHER_ID, {
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
  {
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
  },
  ...underEach([{ moveKeepsId: false }], {
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
  {
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
  },
  ...underEach([{ moveKeepsId: false }], {
    name: 'a copy that is deleted leaves the conference to its original in a calendar that nobody watches',
    play({ ana, meeting, newCalendar, only, live, anHourLater }) {
      const original = meeting();
      const copy = ana.duplicates(original, { summary: 'The copy' });
      anHourLater();
      const moved = ana.moves(original, newCalendar());
      anHourLater();
      anHourLater();
      expect(only().title).toBe('The copy');
      ana.deletes(copy);
      anHourLater();
      anHourLater();
      expect(ana.sees(moved).conferenceData).toMatchObject({ conferenceId: only().id });
      expect(live()).toHaveLength(1);
    },
  }),
  {
    name: 'a conference whose event came back from a calendar that nobody watches ends with its last event',
    play({ ana, meeting, newCalendar, live, anHourLater }) {
      const original = meeting();
      const copy = ana.duplicates(original, { summary: 'The copy' });
      anHourLater();
      const moved = ana.moves(original, newCalendar());
      anHourLater();
      anHourLater();
      const back = ana.moves(moved, ana.email);
      anHourLater();
      ana.deletes(copy);
      anHourLater();
      expect(live()).toHaveLength(1);
      ana.deletes(back);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  ...underEach([{ moveKeepsId: false }], {
    name: 'of two halves of a series out of sight, one that comes back leaves the conference to the other',
    play({ ana, meeting, newCalendar, only, anHourLater }) {
      const first = meeting(WEEKLY);
      const second = ana.edits(ana.occurrence(first, '2026-03-17'), { summary: 'Second half' }, 'following');
      anHourLater();
      const team = newCalendar();
      const gone = ana.moves(first, team);
      anHourLater();
      const moved = ana.moves(second, team);
      anHourLater();
      anHourLater();
      const back = ana.moves(moved, ana.email);
      anHourLater();
      ana.deletes(back);
      anHourLater();
      anHourLater();
      expect(ana.sees(gone).conferenceData).toMatchObject({ conferenceId: only().id });
    },
  }),
  ...underEach([{ moveKeepsId: false }], {
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
  ...underEach([{ moveKeepsId: false }], {
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
  {
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
  },
  {
    name: 'a conference is let go, not ended, when its event went where Lockstep cannot look',
    play({ ana, world, meeting, live, newCalendar, cardOf, anHourLater }) {
      const event = meeting();
      ana.moves(event, newCalendar());
      world.advance(DAY_MS);
      anHourLater();
      expect(live()).toHaveLength(1);
      expect(cardOf()).toContain('No conferences yet');
      ana.createsEvent({ ...TUESDAY, conference: SOLUTION });
      anHourLater();
      expect(live()).toHaveLength(2);
    },
  },
];
