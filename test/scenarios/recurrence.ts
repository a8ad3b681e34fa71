/** Series: this event, this and following, all; moved and cancelled occurrences. */
import type { Scenario } from './stage';
import { TUESDAY, underEach, WEEKLY } from './stage';

export const recurrence: Scenario[] = [
  {
    name: 'a weekly series is one conference with the same rule',
    play({ meeting, only }) {
      meeting(WEEKLY);
      expect(only()).toMatchObject({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'], title: 'Design review' });
    },
  },
  {
    name: 'a single event made weekly takes its conference along',
    play({ ana, world, meeting, only }) {
      const event = meeting();
      ana.edits(event, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] });
      world.settle();
      expect(only().recurrence).toEqual(['RRULE:FREQ=WEEKLY;COUNT=4']);
    },
  },
  {
    name: 'cancelling one Tuesday leaves the series conference alone and cancels that occurrence',
    play({ ana, meeting, only, anHourLater }) {
      const series = meeting(WEEKLY);
      ana.deletes(ana.occurrence(series, '2026-03-17'), 'this');
      anHourLater();
      anHourLater();
      expect(only().occurrences).toEqual({ '2026-03-17T09:00:00Z': { status: 'cancelled' } });
    },
  },
  {
    name: 'moving one Tuesday moves that occurrence and nothing else',
    play({ ana, world, meeting, only, newWrites }) {
      const series = meeting(WEEKLY);
      newWrites();
      const third = ana.occurrence(series, '2026-03-17');
      ana.drags(third, '2026-03-17T15:00:00+01:00', '2026-03-17T16:00:00+01:00', 'this');
      world.settle();
      expect(newWrites().map(({ method }) => method)).toEqual(['PUT']);
      expect(only().occurrences).toMatchObject({
        '2026-03-17T09:00:00Z': { status: 'moved', start: { dateTime: '2026-03-17T15:00:00' } },
      });
      expect(only().start).toMatchObject({ dateTime: '2026-03-03T10:00:00' });
    },
  },
  {
    name: 'moving the whole series moves the conference',
    play({ ana, world, meeting, only }) {
      const series = meeting(WEEKLY);
      ana.drags(ana.occurrence(series, '2026-03-10'), '2026-03-10T15:00:00+01:00', '2026-03-10T16:00:00+01:00', 'all');
      world.settle();
      expect(only().start).toEqual({ dateTime: '2026-03-03T15:00:00', timeZone: 'Europe/Zurich' });
    },
  },
  {
    name: 'a series split by "this and following" keeps its conference while either half lives',
    options: { switches: { splitCopiesConference: true } },
    play({ ana, meeting, only, live, anHourLater }) {
      const series = meeting(WEEKLY);
      const { id } = only();
      const third = ana.occurrence(series, '2026-03-17');
      const second = ana.drags(third, '2026-03-17T15:00:00+01:00', '2026-03-17T16:00:00+01:00', 'following');
      anHourLater();
      expect(only().id).toBe(id);
      ana.deletes(series, 'all');
      anHourLater();
      anHourLater();
      expect(only()).toMatchObject({ id, start: { dateTime: '2026-03-17T15:00:00' } });
      ana.deletes(second, 'all');
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'once the first half of a split series is over, the conference follows the second',
    options: { switches: { splitCopiesConference: true } },
    play({ ana, world, meeting, only, anHourLater }) {
      const series = meeting(WEEKLY);
      const third = ana.occurrence(series, '2026-03-17');
      ana.drags(third, '2026-03-17T15:00:00+01:00', '2026-03-17T16:00:00+01:00', 'following');
      anHourLater();
      expect(only().start).toMatchObject({ dateTime: '2026-03-03T10:00:00' });
      world.advance(17 * 24 * 3_600_000);
      expect(only().start).toMatchObject({ dateTime: '2026-03-17T15:00:00' });
    },
  },
  {
    name: 'deleting the series ends its conference, exceptions and all',
    play({ ana, meeting, live, anHourLater }) {
      const series = meeting(WEEKLY);
      ana.deletes(ana.occurrence(series, '2026-03-10'), 'this');
      anHourLater();
      ana.deletes(series, 'all');
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'a series over a change of the clocks keeps its local time',
    play({ meeting, only }) {
      meeting({ ...TUESDAY, recurrence: ['RRULE:FREQ=DAILY;COUNT=60'] });
      expect(only()).toMatchObject({
        start: { dateTime: '2026-03-03T10:00:00', timeZone: 'Europe/Zurich' },
        recurrence: ['RRULE:FREQ=DAILY;COUNT=60'],
      });
    },
  },
  {
    name: 'an occurrence that keeps the conference when the series drops it keeps the conference alive',
    options: { switches: { masterEditReachesExceptions: false } },
    play({ ana, world, meeting, only, live, anHourLater }) {
      const series = meeting(WEEKLY);
      const third = ana.occurrence(series, '2026-03-17');
      ana.drags(third, '2026-03-17T15:00:00+01:00', '2026-03-17T16:00:00+01:00', 'this');
      world.settle();
      ana.removesConference(series, 'all');
      anHourLater();
      anHourLater();
      expect(only()).toMatchObject({ recurrence: [], start: { dateTime: '2026-03-17T15:00:00' } });
      ana.deletes(third, 'this');
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  ...underEach([{ seriesDeletionReportsExceptions: true }, { seriesDeletionReportsExceptions: false }], {
    name: 'an occurrence that keeps the conference when the series drops it ends it when the whole series is deleted',
    options: { switches: { masterEditReachesExceptions: false } },
    play({ ana, world, meeting, only, live, anHourLater }) {
      const series = meeting(WEEKLY);
      ana.edits(ana.occurrence(series, '2026-03-17'), { summary: 'The third' }, 'this');
      world.settle();
      ana.removesConference(series, 'all');
      anHourLater();
      anHourLater();
      expect(only().title).toBe('The third');
      ana.deletes(series, 'all');
      world.settle();
      ana.restores(series);
      anHourLater();
      anHourLater();
      expect(only().title).toBe('The third');
      ana.deletes(series, 'all');
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  }),
  {
    name: 'a conference chosen for one occurrence follows it although the add-on was told the series',
    options: { switches: { createGetsSeriesId: true } },
    play({ ana, world, only, live, anHourLater }) {
      const series = ana.createsEvent(WEEKLY);
      const second = ana.choosesConference(ana.occurrence(series, '2026-03-10'), 'example-meet', 'this');
      anHourLater();
      expect(only()).toMatchObject({
        title: 'Design review',
        recurrence: [],
        start: { dateTime: '2026-03-10T10:00:00' },
      });
      world.advance(30 * 3_600_000);
      ana.edits(second, { summary: 'Only this one' }, 'this');
      anHourLater();
      expect(only().title).toBe('Only this one');
      ana.deletes(second, 'this');
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'occurrences that were cancelled or moved before the conference was chosen are known to it',
    play({ ana, world, only }) {
      const series = ana.createsEvent(WEEKLY);
      ana.deletes(ana.occurrence(series, '2026-03-10'), 'this');
      ana.drags(ana.occurrence(series, '2026-03-17'), '2026-03-17T15:00:00+01:00', '2026-03-17T16:00:00+01:00', 'this');
      ana.choosesConference(series, 'example-meet', 'all');
      world.settle();
      expect(only().occurrences).toMatchObject({
        '2026-03-10T09:00:00Z': { status: 'cancelled' },
        '2026-03-17T09:00:00Z': { status: 'moved', start: { dateTime: '2026-03-17T15:00:00' } },
      });
    },
  },
  {
    name: 'occurrences that were changed before the conference was chosen are known to it on a calendar read before, too',
    options: { switches: { masterEditReachesExceptions: false } },
    play({ ana, world, meeting, live }) {
      meeting();
      const series = ana.createsEvent({ ...WEEKLY, summary: 'Weekly' });
      ana.deletes(ana.occurrence(series, '2026-03-10'), 'this');
      world.settle();
      ana.choosesConference(series, 'example-meet', 'all');
      world.settle();
      const weekly = live().find(({ title }) => title === 'Weekly');
      expect(weekly?.occurrences).toEqual({ '2026-03-10T09:00:00Z': { status: 'cancelled' } });
    },
  },
  {
    name: 'a new title of a series leaves its rule and its changed occurrences as they are',
    play({ ana, world, meeting, only }) {
      const series = meeting(WEEKLY);
      ana.deletes(ana.occurrence(series, '2026-03-17'), 'this');
      world.settle();
      ana.edits(series, { summary: 'Design review, renamed' }, 'all');
      world.settle();
      expect(only()).toMatchObject({
        title: 'Design review, renamed',
        recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'],
        occurrences: { '2026-03-17T09:00:00Z': { status: 'cancelled' } },
      });
    },
  },
];
