/** Occurrences that are not as the rule has them: before their series, on other pages, of guests, by the hundred. */
import type { EventHandle } from '../../sandbox/editor/person';
import type { Scenario, Stage } from './stage';
import { DAY_MS, HOUR_MS, SOLUTION, TUESDAY, underEach, WEEKLY } from './stage';

export const exceptions: Scenario[] = [
  ...underEach([{ emptyPages: true }], {
    name: 'exceptions on an earlier page than their series are understood, in a first read and in a later one',
    play({ ana, world, meeting, only, unnoticed, fires, anHourLater }) {
      const series = unnoticed(() => meeting(WEEKLY));
      unnoticed(() => move(ana, series, '2026-03-17'));
      // The series is the last thing to change, so its row comes after those of its exceptions.
      unnoticed(() => ana.edits(series, { summary: 'Changed last' }, 'all'));
      world.calendar.setPageCap(1);
      fires(ana.email);
      world.calendar.setPageCap(undefined);
      expect(only()).toMatchObject({ title: 'Changed last', occurrences: movedTo15('2026-03-17T09:00:00Z') });
      unnoticed(() => ana.deletes(ana.occurrence(series, '2026-03-24'), 'this'));
      unnoticed(() => ana.edits(series, { summary: 'Changed last again' }, 'all'));
      world.calendar.expireSyncTokens();
      world.calendar.setPageCap(1);
      fires(ana.email);
      world.calendar.setPageCap(undefined);
      anHourLater();
      expect(only()).toMatchObject({
        title: 'Changed last again',
        occurrences: { ...movedTo15('2026-03-17T09:00:00Z'), '2026-03-24T09:00:00Z': { status: 'cancelled' } },
      });
    },
  }),
  {
    name: 'a guest of one occurrence alone, who has the add-on, changes nothing and ends nothing',
    play({ ana, ben, meeting, only, live, newWrites, anHourLater }) {
      meeting({ summary: 'So that Ben has the add-on, too' }, ben);
      const series = meeting(WEEKLY);
      const third = ana.occurrence(series, '2026-03-17');
      ana.edits(third, { attendees: [{ email: ben.email }] }, 'this');
      anHourLater();
      newWrites();
      ben.replies(third, 'accepted', 'this');
      anHourLater();
      ben.deletes(third, 'this');
      anHourLater();
      anHourLater();
      expect(newWrites()).toEqual([]);
      expect(live()).toHaveLength(2);
      ana.edits(series, { summary: 'Still hers' }, 'all');
      anHourLater();
      expect(live().map(({ title }) => title)).toContain('Still hers');
      expect(() => only()).toThrow('2 conferences');
    },
  },
  {
    name: 'an occurrence that is moved, moved again and moved back ends where the rule has it',
    play({ ana, world, meeting, only, newWrites }) {
      const series = meeting(WEEKLY);
      move(ana, series, '2026-03-17');
      world.settle();
      ana.drags(ana.occurrence(series, '2026-03-17'), '2026-03-18T10:00:00+01:00', '2026-03-18T11:00:00+01:00', 'this');
      world.settle();
      expect(only().occurrences).toMatchObject({
        '2026-03-17T09:00:00Z': { start: { dateTime: '2026-03-18T10:00:00' } },
      });
      newWrites();
      ana.drags(ana.occurrence(series, '2026-03-18'), '2026-03-17T10:00:00+01:00', '2026-03-17T11:00:00+01:00', 'this');
      world.settle();
      expect(newWrites()).toHaveLength(1);
      expect(only().occurrences).toMatchObject({
        '2026-03-17T09:00:00Z': { start: { dateTime: '2026-03-17T10:00:00' } },
      });
    },
  },
  ...underEach([{ masterEditReachesExceptions: false }], {
    name: 'moving the whole series afterwards leaves the conference with what the calendar shows',
    play({ ana, world, meeting, only, anHourLater }) {
      const series = meeting(WEEKLY);
      ana.deletes(ana.occurrence(series, '2026-03-10'), 'this');
      world.settle();
      ana.drags(ana.occurrence(series, '2026-03-24'), '2026-03-24T12:00:00+01:00', '2026-03-24T13:00:00+01:00', 'all');
      anHourLater();
      expect(only().start).toEqual({ dateTime: '2026-03-03T12:00:00', timeZone: 'Europe/Zurich' });
    },
  }),
  {
    name: 'an unbounded series with sixty exceptions is followed, each exception once',
    play({ ana, world, meeting, only, newWrites, unnoticed, anHourLater }) {
      const series = meeting({ recurrence: ['RRULE:FREQ=DAILY'] });
      newWrites();
      unnoticed(() => {
        for (const [i, day] of days('2026-03-04', 60).entries()) {
          const place = { calendarId: series.calendarId, eventId: occurrenceId(series, day) };
          if (i % 2 === 0) ana.deletes(place, 'this');
          else ana.drags(place, `${day}T15:00:00Z`, `${day}T16:00:00Z`, 'this');
        }
      });
      anHourLater();
      anHourLater();
      const { occurrences } = only();
      expect(Object.keys(occurrences)).toHaveLength(60);
      expect(Object.values(occurrences).filter(({ status }) => status === 'cancelled')).toHaveLength(30);
      expect(newWrites()).toHaveLength(60);
      ana.edits(series, { summary: 'Every day' }, 'all');
      world.settle();
      expect(only().title).toBe('Every day');
      expect(newWrites().map(({ method }) => method)).toEqual(['PATCH']);
    },
  },
  {
    name: 'of a series with more exceptions than are remembered the rest costs no one else anything',
    play({ ana, meeting, live, unnoticed, logged, anHourLater }) {
      const series = meeting({ recurrence: ['RRULE:FREQ=DAILY'] });
      const other = meeting({ summary: 'Another' });
      unnoticed(() => {
        for (const day of days('2026-03-04', 230)) {
          ana.deletes({ calendarId: series.calendarId, eventId: occurrenceId(series, day) }, 'this');
        }
      });
      for (let hours = 0; hours < 4; hours++) anHourLater();
      ana.edits(other, { summary: 'Another, edited' });
      anHourLater();
      expect(live().map(({ title }) => title)).toContain('Another, edited');
      const followed = live().find(({ title }) => title === 'Design review');
      expect(Object.keys(followed?.occurrences ?? {})).toHaveLength(200);
      expect(logged('row-parked')).toEqual([]);
    },
  },
  {
    name: 'a series with more exceptions than are remembered says how many are not followed, and follows them when there is room',
    options: { script: { contexts: 'kept' } },
    play({ ana, world, meeting, only, unnoticed, logged, eventCardOf, cardOf, anHourLater }) {
      const series = meeting({ recurrence: ['RRULE:FREQ=DAILY'] });
      unnoticed(() => {
        for (const day of days('2026-03-04', 205)) {
          ana.deletes({ calendarId: series.calendarId, eventId: occurrenceId(series, day) }, 'this');
        }
      });
      for (let hours = 0; hours < 3; hours++) anHourLater();
      const card = JSON.stringify(eventCardOf(series));
      expect(card).toContain('In step, but for 5 changed occurrences of it: there is no room to follow more.');
      expect(card).not.toContain('In step with this event.');
      expect(cardOf()).toContain('5 changed occurrences of series are not followed');
      expect(logged('not-followed').at(-1)).toMatchObject({ left: 5 });
      world.advance(7 * DAY_MS);
      expect(Object.keys(only().occurrences ?? {})).toHaveLength(205);
      expect(JSON.stringify(eventCardOf(series))).toContain('In step with this event.');
      expect(cardOf()).not.toContain('not followed');
    },
  },
  {
    name: 'the next changed day of a series is told although two hundred changed days of it are over',
    options: { script: { contexts: 'kept' } },
    play({ ana, world, meeting, only, unnoticed, anHourLater }) {
      const series = meeting({ recurrence: ['RRULE:FREQ=DAILY'] });
      unnoticed(() => {
        for (const day of days('2026-03-04', 200)) {
          ana.deletes({ calendarId: series.calendarId, eventId: occurrenceId(series, day) }, 'this');
        }
      });
      for (let hours = 0; hours < 3; hours++) anHourLater();
      unnoticed(() => world.advance(210 * DAY_MS));
      ana.deletes({ calendarId: series.calendarId, eventId: occurrenceId(series, '2026-10-20') }, 'this');
      anHourLater();
      expect(Object.keys(only().occurrences ?? {})).toHaveLength(201);
    },
  },
  {
    name: 'an exception whose conference was taken off it alone leaves the series and its conference alone',
    play({ ana, meeting, only, anHourLater }) {
      const series = meeting(WEEKLY);
      ana.removesConference(ana.occurrence(series, '2026-03-17'), 'this');
      anHourLater();
      anHourLater();
      expect(only().title).toBe('Design review');
      ana.edits(series, { summary: 'Goes on' }, 'all');
      anHourLater();
      expect(only().title).toBe('Goes on');
    },
  },
  {
    name: 'one occurrence with a conference of its own beside that of its series: each follows its own event',
    options: { switches: { createGetsSeriesId: false } },
    play({ ana, world, meeting, live, titles, anHourLater }) {
      const series = meeting(WEEKLY);
      const third = ana.choosesConference(ana.occurrence(series, '2026-03-17'), SOLUTION, 'this');
      anHourLater();
      ana.edits(third, { summary: 'The third' }, 'this');
      world.settle();
      expect(titles()).toEqual(['Design review', 'The third']);
      expect(live().find(({ title }) => title === 'The third')?.start).toMatchObject({
        dateTime: '2026-03-17T10:00:00',
      });
      ana.deletes(third, 'this');
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Design review']);
      ana.deletes(series, 'all');
      anHourLater();
      anHourLater();
      expect(titles()).toEqual([]);
    },
  },
  ...underEach([{ createGetsSeriesId: true }, { createGetsSeriesId: false }], {
    name: 'a conference chosen while one occurrence is open, for all of them, is that of the series and stays so',
    play({ ana, world, only, unnoticed, anHourLater }) {
      const series = ana.createsEvent(WEEKLY);
      unnoticed(() => ana.choosesConference(ana.occurrence(series, '2026-03-17'), SOLUTION, 'all'));
      anHourLater();
      move(ana, series, '2026-03-17');
      anHourLater();
      const shown = {
        start: { dateTime: '2026-03-03T10:00:00' },
        recurrence: WEEKLY.recurrence,
        occurrences: movedTo15('2026-03-17T09:00:00Z'),
      };
      expect(only()).toMatchObject(shown);
      // The conference of an event that is never saved would be given up by now.
      world.advance(26 * HOUR_MS);
      anHourLater();
      expect(only()).toMatchObject(shown);
      ana.edits(series, { summary: 'All of them' }, 'all');
      world.settle();
      expect(only()).toMatchObject({ ...shown, title: 'All of them' });
    },
  }),
  {
    name: 'an occurrence that kept the conference alone is one of its series again when that has the conference back',
    options: { switches: { masterEditReachesExceptions: false } },
    play({ ana, world, meeting, only, live, anHourLater }) {
      const series = meeting(WEEKLY);
      const block = series.conference ?? {};
      const third = ana.edits(ana.occurrence(series, '2026-03-17'), { summary: 'The third' }, 'this');
      world.settle();
      ana.removesConference(series, 'all');
      anHourLater();
      anHourLater();
      expect(only()).toMatchObject({ title: 'The third', recurrence: [], start: { dateTime: '2026-03-17T10:00:00' } });
      world.calendar.setConference(ana.email, series.calendarId, series.eventId, block);
      anHourLater();
      expect(only()).toMatchObject({
        title: 'Design review',
        start: { dateTime: '2026-03-03T10:00:00' },
        recurrence: WEEKLY.recurrence,
      });
      ana.deletes(third, 'this');
      anHourLater();
      expect(only().occurrences).toEqual({ '2026-03-17T09:00:00Z': { status: 'cancelled' } });
      ana.deletes(series, 'all');
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'all-day occurrences are cancelled and moved by their dates',
    play({ ana, world, only, anHourLater }) {
      const event = { ...TUESDAY, start: '2026-03-03', end: '2026-03-04', recurrence: ['RRULE:FREQ=WEEKLY'] };
      const series = ana.createsEvent({ ...event, conference: SOLUTION });
      world.settle();
      ana.deletes(ana.occurrence(series, '2026-03-10'), 'this');
      ana.drags(ana.occurrence(series, '2026-03-17'), '2026-03-18', '2026-03-19', 'this');
      anHourLater();
      expect(only()).toMatchObject({
        start: { date: '2026-03-03' },
        occurrences: {
          '2026-03-10': { status: 'cancelled' },
          '2026-03-17': { status: 'moved', start: { date: '2026-03-18' } },
        },
      });
    },
  },
];

function move(person: Stage['ana'], series: EventHandle, day: string): void {
  person.drags(person.occurrence(series, day), `${day}T15:00:00+01:00`, `${day}T16:00:00+01:00`, 'this');
}

function movedTo15(slot: string) {
  return { [slot]: { status: 'moved', start: { dateTime: `${slot.slice(0, 10)}T15:00:00` } } };
}

function days(from: string, count: number): string[] {
  const firstMs = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length: count }, (_, i) => new Date(firstMs + i * 24 * HOUR_MS).toISOString().slice(0, 10));
}

/** Google names an occurrence by its original start: ten o'clock in Zurich, in winter or in summer time. */
function occurrenceId(series: EventHandle, day: string): string {
  const hour = day < '2026-03-29' || day >= '2026-10-25' ? '09' : '08';
  return `${series.eventId}_${day.replaceAll('-', '')}T${hour}0000Z`;
}
