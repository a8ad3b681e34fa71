/** An event's life, and its conference's: created, edited, dropped, discarded, deleted, restored. */
import type { Scenario } from './stage';
import { DAY_MS, MINUTE_MS, SOLUTION, TUESDAY } from './stage';

export const lifeCycle: Scenario[] = [
  {
    name: 'a conference chosen in a new event gets the title and time of that event once it is saved',
    play({ ana, world, only }) {
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      expect(only()).toMatchObject({ title: 'Meeting' });
      ana.saves(draft);
      world.settle();
      expect(only()).toMatchObject({
        title: 'Design review',
        start: { dateTime: '2026-03-03T10:00:00', timeZone: 'Europe/Zurich' },
        end: { dateTime: '2026-03-03T11:00:00', timeZone: 'Europe/Zurich' },
      });
    },
  },
  {
    name: 'the event shows the link, the phone number and the PIN of its conference',
    play({ meeting, only }) {
      const entryPoints = meeting().conference?.entryPoints as Array<Record<string, unknown>>;
      const { joinUrl, dialIn } = only();
      expect(entryPoints).toContainEqual(expect.objectContaining({ entryPointType: 'video', uri: joinUrl }));
      expect(entryPoints).toContainEqual(
        expect.objectContaining({ entryPointType: 'phone', uri: `tel:${dialIn[0]?.number}`, pin: dialIn[0]?.pin }),
      );
    },
  },
  {
    name: 'a conference chosen for an event that is already saved follows it',
    play({ ana, world, only }) {
      const event = ana.createsEvent(TUESDAY);
      ana.choosesConference(event, SOLUTION);
      world.settle();
      expect(only().title).toBe('Design review');
    },
  },
  {
    name: 'a new title and a new time are one update, and the link stays',
    play({ ana, world, meeting, only, newWrites }) {
      const event = meeting();
      const { joinUrl } = only();
      newWrites();
      ana.edits(event, {
        summary: 'Design review, part 2',
        start: { dateTime: '2026-03-05T14:00:00', timeZone: 'Europe/Zurich' },
        end: { dateTime: '2026-03-05T15:30:00', timeZone: 'Europe/Zurich' },
      });
      world.settle();
      expect(newWrites().map(({ method }) => method)).toEqual(['PATCH']);
      expect(only()).toMatchObject({
        joinUrl,
        title: 'Design review, part 2',
        start: { dateTime: '2026-03-05T14:00:00' },
        end: { dateTime: '2026-03-05T15:30:00' },
      });
    },
  },
  {
    name: 'an edit that has arrived leaves nothing to be done',
    play({ ana, meeting, callsIn, anHourLater }) {
      ana.edits(meeting(), { summary: 'Arrived' });
      anHourLater();
      expect(callsIn(anHourLater).filter((call) => /^(Calendar|UrlFetchApp)/.test(call))).toEqual([
        'Calendar events.list',
      ]);
    },
  },
  {
    name: 'an event made an all-day event takes its conference along',
    play({ ana, world, meeting, only }) {
      const event = meeting();
      ana.edits(event, { start: { date: '2026-03-04' }, end: { date: '2026-03-05' } });
      world.settle();
      expect(only()).toMatchObject({ start: { date: '2026-03-04' }, end: { date: '2026-03-05' } });
    },
  },
  {
    name: 'a change of time zone reaches the conference',
    play({ ana, world, meeting, only }) {
      const event = meeting();
      ana.edits(event, {
        start: { dateTime: '2026-03-03T10:00:00', timeZone: 'America/New_York' },
        end: { dateTime: '2026-03-03T11:00:00', timeZone: 'America/New_York' },
      });
      world.settle();
      expect(only().start).toEqual({ dateTime: '2026-03-03T10:00:00', timeZone: 'America/New_York' });
    },
  },
  {
    name: 'deleting the event ends its conference after the grace period, not at once',
    play({ ana, world, meeting, live, anHourLater }) {
      const event = meeting();
      ana.deletes(event);
      world.settle();
      expect(live()).toHaveLength(1);
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'an event restored from the bin within the grace period keeps its conference',
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting();
      const { id } = only();
      ana.deletes(event);
      world.settle();
      world.advance(2 * MINUTE_MS);
      ana.restores(event);
      anHourLater();
      anHourLater();
      expect(only().id).toBe(id);
    },
  },
  {
    name: 'taking the conference off the event ends the conference',
    play({ ana, world, meeting, live, anHourLater }) {
      ana.removesConference(meeting());
      world.settle();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'switching the event to Meet ends the conference',
    play({ ana, world, meeting, live, anHourLater }) {
      ana.choosesMeet(meeting());
      world.settle();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'a conference in an event that is never saved ends after a day',
    play({ ana, world, live }) {
      const draft = ana.drafts({ ...TUESDAY, conference: SOLUTION });
      ana.discards(draft);
      world.advance(12 * 60 * MINUTE_MS);
      expect(live()).toHaveLength(1);
      world.advance(DAY_MS);
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'a change to an event whose draft with a new conference is still open does not end that conference',
    play({ ana, ben, world, only }) {
      const event = ana.createsEvent({ ...TUESDAY, guests: [ben.email] });
      const { draftId } = world.editor.open(ana.email, event);
      ana.choosesIn(draftId, SOLUTION);
      ben.replies(event, 'accepted');
      world.settle();
      world.advance(30 * MINUTE_MS);
      ana.saves(world.editor.draft(draftId));
      world.settle();
      expect(only().title).toBe('Design review');
    },
  },
  {
    name: 'a private event passes on its time and not its title',
    play({ meeting, only }) {
      meeting({ fields: { visibility: 'private' } });
      expect(only()).toMatchObject({ title: 'Meeting', start: { dateTime: '2026-03-03T10:00:00' } });
    },
  },
  {
    name: 'a title of which nothing can be seen is a placeholder, and keeps nothing else from the service',
    play({ ana, world, meeting, only }) {
      const event = meeting();
      for (const [summary, dateTime, end] of [
        ['   ', '2026-03-04T14:00:00', '2026-03-04T15:00:00'],
        ['\u00a0\u200b', '2026-03-05T14:00:00', '2026-03-05T15:00:00'],
      ] as const) {
        const timeZone = 'Europe/Zurich';
        ana.edits(event, { summary, start: { dateTime, timeZone }, end: { dateTime: end, timeZone } });
        world.settle();
        expect(only()).toMatchObject({ title: 'Meeting', start: { dateTime } });
      }
    },
  },
  {
    name: 'two events made from one share the conference until the last of them is gone',
    options: { switches: { duplicateCallsCreate: false } },
    play({ ana, meeting, only, live, anHourLater }) {
      const first = meeting();
      const second = ana.duplicates(first, { summary: 'Design review, again' });
      anHourLater();
      expect(only().title).toBe('Design review');
      ana.deletes(first);
      anHourLater();
      anHourLater();
      expect(only().title).toBe('Design review, again');
      ana.deletes(second);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'an event moved to another watched calendar keeps its conference, and is followed there',
    play({ ana, world, meeting, only, newCalendar, anHourLater }) {
      const team = newCalendar();
      meeting({ calendarId: team, summary: 'So that the team calendar is watched' });
      const before = new Set(world.conferences.conferences().map(({ id }) => id));
      const event = meeting();
      const id = world.conferences.conferences().find((conference) => !before.has(conference.id))?.id;
      const moved = ana.moves(event, team);
      anHourLater();
      anHourLater();
      ana.edits(moved, { summary: 'On the team calendar' });
      anHourLater();
      expect(world.conferences.conferences().find((conference) => conference.id === id)?.title).toBe(
        'On the team calendar',
      );
      expect(() => only()).toThrow('2 conferences');
    },
  },
  {
    name: 'before the first conference the card says how to get one',
    play({ cardOf }) {
      expect(cardOf()).toContain('No conferences yet.');
    },
  },
];
