/** Zones, changes of the clocks, whole days, the past, and clocks that are wrong. */
import type { Scenario } from './stage';
import { DAY_MS, HOUR_MS, SOLUTION, TUESDAY, WEEKLY } from './stage';

const ZURICH = 'Europe/Zurich';

/** 01:30 to 02:30 in New York on the day when the clocks go back from 2 to 1; and an hour before it, 01:30 to 01:30. */
const SECOND_TIME = { start: '2026-11-01T06:30:00Z', end: '2026-11-01T07:30:00Z' };
const FIRST_TIME = { start: '2026-11-01T05:30:00Z', end: '2026-11-01T06:30:00Z' };

export const time: Scenario[] = [
  {
    name: 'an event moved across the change of the clocks keeps the hour that people see',
    play({ ana, world, meeting, only }) {
      const event = meeting({ start: '2026-03-28T10:00:00', end: '2026-03-28T11:00:00' });
      ana.edits(event, { start: at('2026-03-29T10:00:00', ZURICH), end: at('2026-03-29T11:00:00', ZURICH) });
      world.settle();
      expect(only()).toMatchObject({
        start: at('2026-03-29T10:00:00', ZURICH),
        end: at('2026-03-29T11:00:00', ZURICH),
      });
    },
  },
  {
    name: 'an event through the night in which the clocks change keeps both its ends',
    play({ meeting, only }) {
      meeting({ start: '2026-03-28T23:30:00', end: '2026-03-29T04:00:00' });
      expect(only()).toMatchObject({
        start: at('2026-03-28T23:30:00', ZURICH),
        end: at('2026-03-29T04:00:00', ZURICH),
      });
    },
  },
  {
    name: 'an exception after the change of the clocks is known by its slot in the new time',
    play({ ana, world, meeting, only }) {
      const series = meeting(WEEKLY);
      ana.deletes(ana.occurrence(series, '2026-03-31'), 'this');
      ana.drags(ana.occurrence(series, '2026-04-07'), '2026-04-07T15:00:00+02:00', '2026-04-07T16:00:00+02:00', 'this');
      world.settle();
      expect(only().occurrences).toMatchObject({
        '2026-03-31T08:00:00Z': { status: 'cancelled' },
        '2026-04-07T08:00:00Z': { status: 'moved', start: { dateTime: '2026-04-07T15:00:00' } },
      });
    },
  },
  {
    name: 'an answer to an occurrence after the change of the clocks costs no call either',
    play({ ben, world, meeting, newWrites }) {
      const series = meeting({ ...WEEKLY, guests: [ben.email] });
      newWrites();
      ben.replies(ben.occurrence(series, '2026-04-07'), 'declined', 'this');
      world.settle();
      expect(newWrites()).toEqual([]);
    },
  },
  {
    name: 'an event in the hour that comes twice is at the one that was meant, the first or the second',
    play({ cleo, world, meeting, only }) {
      const event = meeting({ ...SECOND_TIME, timeZone: 'America/New_York' }, cleo);
      expect(only()).toMatchObject({
        start: at('2026-11-01T01:30:00-05:00', 'America/New_York'),
        end: at('2026-11-01T02:30:00', 'America/New_York'),
      });
      cleo.drags(event, FIRST_TIME.start, FIRST_TIME.end);
      world.settle();
      expect(only()).toMatchObject({
        start: at('2026-11-01T01:30:00-04:00', 'America/New_York'),
        end: at('2026-11-01T01:30:00-05:00', 'America/New_York'),
      });
      cleo.drags(event, SECOND_TIME.start, SECOND_TIME.end);
      world.settle();
      expect(only().start).toEqual(at('2026-11-01T01:30:00-05:00', 'America/New_York'));
    },
  },
  {
    name: 'an occurrence moved into the hour that comes twice is at the one that was meant',
    play({ cleo, world, meeting, only }) {
      const series = meeting({ ...WEEKLY, timeZone: 'America/New_York' }, cleo);
      cleo.drags(cleo.occurrence(series, '2026-03-17'), SECOND_TIME.start, SECOND_TIME.end, 'this');
      world.settle();
      expect(only().occurrences).toEqual({
        '2026-03-17T14:00:00Z': {
          status: 'moved',
          start: at('2026-11-01T01:30:00-05:00', 'America/New_York'),
          end: at('2026-11-01T02:30:00', 'America/New_York'),
        },
      });
    },
  },
  {
    name: 'a series that begins when the hour comes for the second time keeps its hour from then on',
    play({ cleo, world, meeting, only }) {
      const series = meeting(
        { ...SECOND_TIME, timeZone: 'America/New_York', recurrence: ['RRULE:FREQ=DAILY;COUNT=4'] },
        cleo,
      );
      expect(only().start).toEqual(at('2026-11-01T01:30:00-05:00', 'America/New_York'));
      cleo.deletes(cleo.occurrence(series, '2026-11-03'), 'this');
      world.settle();
      expect(only().occurrences).toEqual({ '2026-11-03T06:30:00Z': { status: 'cancelled' } });
    },
  },
  {
    name: 'an event asked for in the hour that is left out in spring is where Calendar put it',
    play({ ana, world, meeting, only }) {
      const event = meeting({ start: '2026-03-29T02:30:00', end: '2026-03-29T03:30:00' });
      const { start, end } = event.event as Record<'start' | 'end', { dateTime: string }>;
      expect(only().start).toEqual(at(start.dateTime.slice(0, 19), ZURICH));
      expect(only().end).toEqual(at(end.dateTime.slice(0, 19), ZURICH));
      ana.edits(event, { start: at('2026-03-29T03:30:00', ZURICH), end: at('2026-03-29T04:30:00', ZURICH) });
      world.settle();
      expect(only()).toMatchObject({
        start: at('2026-03-29T03:30:00', ZURICH),
        end: at('2026-03-29T04:30:00', ZURICH),
      });
    },
  },
  {
    name: 'a series in the hour that is left out in spring loses the one occurrence that was cancelled that day',
    play({ ana, world, meeting, only }) {
      const series = meeting({
        start: '2026-03-22T02:30:00',
        end: '2026-03-22T03:30:00',
        recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'],
      });
      const skipped = ana.occurrence(series, '2026-03-29');
      const slot = new Date(skipped.startMs).toISOString().replace('.000Z', 'Z');
      ana.deletes(skipped, 'this');
      world.settle();
      expect(only().occurrences).toEqual({ [slot]: { status: 'cancelled' } });
    },
  },
  {
    name: 'a series keeps the zone it was made in, whoever reads it from where',
    play({ ana, cleo, world, meeting, only }) {
      const series = meeting({ ...WEEKLY, timeZone: 'America/New_York', guests: [cleo.email] });
      expect(only().start).toEqual(at('2026-03-03T10:00:00', 'America/New_York'));
      ana.edits(series, { summary: 'Renamed in Zurich' }, 'all');
      world.settle();
      expect(only()).toMatchObject({
        title: 'Renamed in Zurich',
        start: at('2026-03-03T10:00:00', 'America/New_York'),
      });
    },
  },
  {
    name: 'another zone at the same instant is a change the conference is told of',
    play({ ana, world, meeting, only, newWrites }) {
      const event = meeting();
      newWrites();
      ana.edits(event, {
        start: at('2026-03-03T09:00:00', 'Europe/London'),
        end: at('2026-03-03T10:00:00', 'Europe/London'),
      });
      world.settle();
      expect(newWrites()).toHaveLength(1);
      expect(only().start).toEqual(at('2026-03-03T09:00:00', 'Europe/London'));
    },
  },
  {
    name: 'an event that starts and ends in different zones keeps both',
    play({ ana, world, only }) {
      const event = ana.createsEvent({ ...TUESDAY, conference: SOLUTION });
      ana.edits(event, {
        start: at('2026-03-03T10:00:00', ZURICH),
        end: at('2026-03-03T07:00:00', 'America/New_York'),
      });
      world.settle();
      expect(only()).toMatchObject({
        start: at('2026-03-03T10:00:00', ZURICH),
        end: at('2026-03-03T07:00:00', 'America/New_York'),
      });
    },
  },
  {
    name: 'whole days: made, lengthened, made an hour again',
    play({ ana, world, only, newWrites }) {
      const event = ana.createsEvent({ summary: 'Fair', start: '2026-03-28', end: '2026-03-30', conference: SOLUTION });
      world.settle();
      expect(only()).toMatchObject({ start: { date: '2026-03-28' }, end: { date: '2026-03-30' } });
      newWrites();
      ana.edits(event, { end: { date: '2026-03-31' } });
      world.settle();
      expect(only().end).toEqual({ date: '2026-03-31' });
      ana.edits(event, { start: at('2026-03-28T10:00:00', ZURICH), end: at('2026-03-28T11:00:00', ZURICH) });
      world.settle();
      expect(only()).toMatchObject({
        start: at('2026-03-28T10:00:00', ZURICH),
        end: at('2026-03-28T11:00:00', ZURICH),
      });
      expect(newWrites()).toHaveLength(2);
    },
  },
  {
    name: 'an event that is over when its conference is chosen has one all the same, and may still be moved ahead',
    play({ ana, world, meeting, only }) {
      const event = meeting({ start: '2026-02-24T10:00:00', end: '2026-02-24T11:00:00' });
      expect(only().start).toMatchObject({ dateTime: '2026-02-24T10:00:00' });
      ana.edits(event, { start: at('2026-03-10T10:00:00', ZURICH), end: at('2026-03-10T11:00:00', ZURICH) });
      world.settle();
      expect(only().start).toMatchObject({ dateTime: '2026-03-10T10:00:00' });
    },
  },
  {
    name: 'an event moved into the past and deleted there ends its conference',
    play({ ana, world, meeting, live, anHourLater }) {
      const event = meeting();
      ana.edits(event, { start: at('2026-02-03T10:00:00', ZURICH), end: at('2026-02-03T11:00:00', ZURICH) });
      world.settle();
      ana.deletes(event);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'an event is forgotten a month after its end, and its conference left as it is',
    play({ ana, world, meeting, live, cardOf }) {
      const event = meeting();
      world.advance(33 * DAY_MS);
      expect(live()).toHaveLength(1);
      expect(cardOf()).toContain('No conferences yet');
      ana.edits(event, { start: at('2026-05-05T10:00:00', ZURICH), end: at('2026-05-05T11:00:00', ZURICH) });
      world.settle();
      expect(live()[0]?.start).toMatchObject({ dateTime: '2026-05-05T10:00:00' });
    },
  },
  {
    name: 'a zone that no longer exists under that name still gives the right instant',
    play({ ana, world, only }) {
      ana.createsEvent({ ...TUESDAY, timeZone: 'Asia/Calcutta', conference: SOLUTION });
      world.settle();
      expect(only().start).toMatchObject({ dateTime: '2026-03-03T10:00:00' });
    },
  },
  {
    name: 'a first list that reaches back for years is asked for without a time window, whatever the clock says',
    options: { now: '2031-01-01T08:00:00Z' },
    play({ ana, world, meeting, only, anHourLater }) {
      const event = meeting({ start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' });
      world.calendar.expireSyncTokens();
      ana.edits(event, { summary: 'Long ago' });
      anHourLater();
      expect(only().title).toBe('Long ago');
      world.advance(HOUR_MS);
      expect(only().title).toBe('Long ago');
    },
  },
];

function at(dateTime: string, timeZone: string) {
  return { dateTime, timeZone };
}
