/** Whose event it is: organisers and guests who all have the add-on, two calendars, two users of one calendar. */
import type { Scenario } from './stage';
import { SOLUTION, TUESDAY, WEEKLY } from './stage';

export const ownership: Scenario[] = [
  {
    name: 'a guest with the add-on who deletes their copy does not end the conference',
    play({ ana, ben, meeting, live, anHourLater }) {
      meeting({ summary: 'So that Ben has the add-on, too' }, ben);
      const event = meeting({ guests: [ben.email] });
      ben.deletes(event);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(2);
      ana.edits(event, { summary: 'Without Ben' });
      anHourLater();
      expect(live().map(({ title }) => title)).toContain('Without Ben');
    },
  },
  {
    name: 'an edit is delivered once, however many guests have the add-on',
    play({ ana, ben, cleo, world, meeting, newWrites }) {
      meeting({ summary: 'Ben has the add-on' }, ben);
      meeting({ summary: 'Cleo has the add-on' }, cleo);
      const event = meeting({ guests: [ben.email, cleo.email] });
      newWrites();
      ana.edits(event, { summary: 'For all of us' });
      world.settle();
      expect(newWrites()).toHaveLength(1);
    },
  },
  {
    name: "a guest's own changes to their copy do not reach the conference",
    play({ ben, world, meeting, newWrites, only }) {
      const event = meeting({ guests: [ben.email], fields: { guestsCanModify: false } });
      newWrites();
      ben.edits(event, { colorId: '7', reminders: { useDefault: false, overrides: [] } });
      world.settle();
      expect(newWrites()).toEqual([]);
      expect(only().title).toBe('Design review');
    },
  },
  {
    name: 'two calendars of one user are followed side by side',
    play({ ana, world, meeting, live, newCalendar, newWrites }) {
      const team = newCalendar();
      const own = meeting();
      const shared = meeting({ calendarId: team, summary: 'Team' });
      newWrites();
      ana.edits(shared, { summary: 'Team, edited' });
      world.settle();
      ana.edits(own, { summary: 'Own, edited' });
      world.settle();
      ana.edits(shared, { summary: 'Team, edited again' });
      world.settle();
      expect(
        live()
          .map(({ title }) => title)
          .sort(),
      ).toEqual(['Own, edited', 'Team, edited again']);
      expect(newWrites()).toHaveLength(3);
    },
  },
  {
    name: 'two users of one shared calendar each follow only the conferences they made',
    play({ ana, ben, world, meeting, newCalendar, newWrites, live, anHourLater }) {
      const team = newCalendar();
      const rule = { role: 'writer', scope: { type: 'user', value: ben.email } };
      world.calendar.handle(ana.email, { method: 'acl.insert', params: { calendarId: team }, body: rule });
      const hers = meeting({ calendarId: team, summary: 'Hers' });
      const his = meeting({ calendarId: team, summary: 'His' }, ben);
      newWrites();
      ben.edits(hers, { summary: 'Hers, edited by Ben' });
      ana.edits(his, { summary: 'His, edited by Ana' });
      world.settle();
      expect(newWrites()).toHaveLength(2);
      expect(
        live()
          .map(({ title }) => title)
          .sort(),
      ).toEqual(['Hers, edited by Ben', 'His, edited by Ana']);
      ana.deletes(his);
      anHourLater();
      anHourLater();
      expect(live().map(({ title }) => title)).toEqual(['Hers, edited by Ben']);
    },
  },
  {
    name: 'a conference chosen for one occurrence alone belongs to that occurrence',
    play({ ana, world, only, live, anHourLater }) {
      const series = ana.createsEvent({ ...WEEKLY });
      const second = ana.choosesConference(ana.occurrence(series, '2026-03-10'), SOLUTION, 'this');
      anHourLater();
      expect(only()).toMatchObject({
        title: TUESDAY.summary,
        recurrence: [],
        start: { dateTime: '2026-03-10T10:00:00' },
      });
      ana.deletes(second, 'this');
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
      expect(
        world.calendar.handle(ana.email, {
          method: 'events.get',
          params: { calendarId: ana.email, eventId: series.eventId },
        }).status,
      ).toBe(200);
    },
  },
  {
    name: 'an event moved to a calendar that nobody watches keeps its conference',
    play({ ana, meeting, live, newCalendar, anHourLater }) {
      const unseen = newCalendar();
      const event = meeting();
      ana.moves(event, unseen);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(1);
    },
  },
  {
    name: 'an event moved to a watched calendar and deleted there ends its conference',
    play({ ana, meeting, live, newCalendar, anHourLater, world }) {
      const team = newCalendar();
      const other = meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const moved = ana.moves(meeting(), team);
      world.settle();
      ana.deletes(moved);
      anHourLater();
      anHourLater();
      expect(live().map(({ title }) => title)).toEqual([other.event.summary]);
    },
  },
  {
    name: 'edits on two calendars whose triggers are lost are both followed within the hour',
    play({ ana, world, meeting, titles, newCalendar }) {
      const own = meeting();
      const shared = meeting({ calendarId: newCalendar() });
      world.faults.always('trigger.syncEvents', { kind: 'drop' });
      ana.edits(own, { summary: 'Own, edited' });
      ana.edits(shared, { summary: 'Shared, edited' });
      world.advance(65 * 60_000);
      expect(titles()).toEqual(['Own, edited', 'Shared, edited']);
    },
  },
  {
    name: 'a conference with an undelivered edit outlives the loss of its calendar',
    play({ ana, ben, world, meeting, only, newCalendar, anHourLater }) {
      const team = newCalendar();
      const share = (role: string) => {
        const rule = { role, scope: { type: 'user', value: ben.email } };
        world.calendar.handle(ana.email, { method: 'acl.insert', params: { calendarId: team }, body: rule });
      };
      share('writer');
      const event = meeting({ calendarId: team }, ben);
      world.faults.always('internet.meet.example.com', { kind: 'status', status: 503 });
      ben.edits(event, { summary: 'Never told' });
      world.settle();
      share('none');
      anHourLater();
      world.faults.clear();
      for (let hour = 0; hour < 6; hour++) anHourLater();
      expect(only().title).toBe('Design review');
    },
  },
];
