/** One conference, several events: series that are split, split again, duplicated; the last one out ends it. */
import type { Scenario } from './stage';
import { DAY_MS, HOUR_MS, SOLUTION, underEach, WEEKLY } from './stage';

const ALL = 'all' as const;
const COPIED = [{ tombstoneKeepsConference: true }, { seriesDeletionReportsExceptions: false }];

export const splits: Scenario[] = [
  ...underEach(COPIED, {
    name: 'a split series whose first half is deleted goes on with its conference',
    play({ ana, meeting, only, live, anHourLater }) {
      const series = meeting(WEEKLY);
      const { id } = only();
      const second = ana.drags(
        ana.occurrence(series, '2026-03-17'),
        at('2026-03-17', 15),
        at('2026-03-17', 16),
        'following',
      );
      ana.deletes(series, ALL);
      anHourLater();
      anHourLater();
      expect(only()).toMatchObject({ id, start: { dateTime: '2026-03-17T15:00:00' } });
      ana.deletes(second, ALL);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  }),
  ...underEach(COPIED, {
    name: 'a split series whose second half is deleted keeps the schedule of the first',
    play({ ana, meeting, only, live, anHourLater }) {
      const series = meeting(WEEKLY);
      const second = ana.drags(
        ana.occurrence(series, '2026-03-17'),
        at('2026-03-17', 15),
        at('2026-03-17', 16),
        'following',
      );
      anHourLater();
      ana.deletes(second, ALL);
      anHourLater();
      anHourLater();
      expect(only().start).toMatchObject({ dateTime: '2026-03-03T10:00:00' });
      expect(only().recurrence[0]).toContain('UNTIL=');
      ana.deletes(series, ALL);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  }),
  ...underEach([{ seriesChangesWhole: false }], {
    name: 'a moved occurrence keeps the conference that its series lost, also when the second half of the split goes',
    options: { switches: { masterEditReachesExceptions: false } },
    play({ ana, meeting, only, live, anHourLater }) {
      const series = meeting(WEEKLY);
      const { id } = only();
      const second = ana.drags(
        ana.occurrence(series, '2026-03-24'),
        at('2026-03-24', 15),
        at('2026-03-24', 16),
        'following',
      );
      const moved = ana.drags(ana.occurrence(series, '2026-03-10'), at('2026-03-10', 15), at('2026-03-10', 16), 'this');
      anHourLater();
      ana.removesConference(series);
      anHourLater();
      anHourLater();
      ana.deletes(second, ALL);
      anHourLater();
      anHourLater();
      expect(ana.sees(moved).conferenceData).toMatchObject({ conferenceId: id });
      expect(only().id).toBe(id);
      ana.deletes(moved, 'this');
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  }),
  {
    name: 'a split of a split shares one conference among three series, and ends with the last of them',
    play({ ana, meeting, only, live, anHourLater }) {
      const first = meeting(WEEKLY);
      const { id } = only();
      const second = ana.drags(
        ana.occurrence(first, '2026-03-17'),
        at('2026-03-17', 15),
        at('2026-03-17', 16),
        'following',
      );
      anHourLater();
      const third = ana.drags(
        ana.occurrence(second, '2026-04-07'),
        at('2026-04-07', 17),
        at('2026-04-07', 18),
        'following',
      );
      anHourLater();
      for (const series of [second, first]) {
        ana.deletes(series, ALL);
        anHourLater();
        anHourLater();
        expect(only().id).toBe(id);
      }
      expect(only().start).toMatchObject({ dateTime: '2026-04-07T17:00:00' });
      ana.deletes(third, ALL);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'both halves of a series that is deleted whole at once end one conference, once',
    play({ ana, meeting, live, newWrites, anHourLater }) {
      const first = meeting(WEEKLY);
      const second = ana.drags(
        ana.occurrence(first, '2026-03-17'),
        at('2026-03-17', 15),
        at('2026-03-17', 16),
        'following',
      );
      anHourLater();
      newWrites();
      ana.deletes(first, ALL);
      ana.deletes(second, ALL);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
      expect(newWrites().map(({ method }) => method)).toEqual(['DELETE']);
    },
  },
  {
    name: 'ending a series with "this and following" shortens its conference',
    play({ ana, meeting, only, anHourLater }) {
      const series = meeting(WEEKLY);
      ana.deletes(ana.occurrence(series, '2026-03-24'), 'following');
      anHourLater();
      expect(only().recurrence[0]).toMatch(/UNTIL=202603(23|24)/);
    },
  },
  {
    name: 'a new title from the third meeting on reaches the conference when the first half is over',
    play({ ana, world, meeting, only, anHourLater }) {
      const series = meeting(WEEKLY);
      ana.edits(ana.occurrence(series, '2026-03-17'), { summary: 'Second half' }, 'following');
      anHourLater();
      expect(only().title).toBe('Design review');
      world.advance(10 * DAY_MS);
      expect(only().title).toBe('Second half');
    },
  },
  {
    name: 'a daily series that is split shows its second half before that begins, a weekly one on working days too',
    play({ ana, world, meeting, live, titles, anHourLater }) {
      const daily = meeting({ recurrence: ['RRULE:FREQ=DAILY'] });
      const working = meeting({ recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'] });
      ana.edits(ana.occurrence(daily, '2026-03-10'), { summary: 'Daily, second half' }, 'following');
      ana.edits(ana.occurrence(working, '2026-03-10'), { summary: 'Working days, second half' }, 'following');
      anHourLater();
      expect(titles()).toEqual(['Design review', 'Design review']);
      world.advance(8 * DAY_MS - 6 * HOUR_MS);
      expect(new Date(world.clock.nowMs()).toISOString().slice(0, 13)).toBe('2026-03-10T03');
      expect(titles()).toEqual(['Daily, second half', 'Working days, second half']);
      expect(live().map(({ start }) => start)).toMatchObject([
        { dateTime: '2026-03-10T10:00:00' },
        { dateTime: '2026-03-10T10:00:00' },
      ]);
    },
  },
  {
    name: 'a duplicated series shares the conference; the older one drives it, then the other',
    play({ ana, world, meeting, only, live, anHourLater }) {
      const series = meeting(WEEKLY);
      const { id } = only();
      const copy = ana.duplicates(series, { summary: 'The copy', recurrence: [...WEEKLY.recurrence] });
      anHourLater();
      ana.deletes(ana.occurrence(copy, '2026-03-10'), 'this');
      anHourLater();
      expect(only()).toMatchObject({ id, title: 'Design review', occurrences: {} });
      ana.deletes(series, ALL);
      anHourLater();
      anHourLater();
      expect(only()).toMatchObject({
        id,
        title: 'The copy',
        occurrences: { '2026-03-10T09:00:00Z': { status: 'cancelled' } },
      });
      ana.deletes(copy, ALL);
      world.advance(DAY_MS);
      expect(live()).toHaveLength(0);
    },
  },
  {
    name: 'a copy that takes the conference over takes none of the changed occurrences along that are not its own',
    play({ ana, meeting, only, anHourLater }) {
      const series = meeting(WEEKLY);
      anHourLater();
      const copy = ana.duplicates(series, { summary: 'The copy', recurrence: [...WEEKLY.recurrence] });
      ana.deletes(ana.occurrence(series, '2026-03-17'), 'this');
      ana.drags(ana.occurrence(series, '2026-03-24'), at('2026-03-24', 15), at('2026-03-24', 16), 'this');
      anHourLater();
      ana.deletes(ana.occurrence(copy, '2026-03-31'), 'this');
      ana.deletes(series, ALL);
      anHourLater();
      anHourLater();
      expect(only()).toMatchObject({
        title: 'The copy',
        occurrences: {
          '2026-03-17T09:00:00Z': { status: 'moved', start: { dateTime: '2026-03-17T10:00:00' } },
          '2026-03-24T09:00:00Z': { status: 'moved', start: { dateTime: '2026-03-24T10:00:00' } },
          '2026-03-31T08:00:00Z': { status: 'cancelled' },
        },
      });
    },
  },
  {
    name: 'a series that has its conference back from a copy that never repeats tells its changed occurrences again',
    play({ ana, world, meeting, only, anHourLater }) {
      const series = meeting(WEEKLY);
      ana.deletes(ana.occurrence(series, '2026-03-17'), 'this');
      anHourLater();
      ana.duplicates(series, { summary: 'Once', recurrence: [] });
      anHourLater();
      ana.deletes(series, ALL);
      world.settle();
      expect(only()).toMatchObject({ title: 'Once', recurrence: [] });
      ana.restores(series);
      anHourLater();
      expect(only()).toMatchObject({
        title: 'Design review',
        occurrences: { '2026-03-17T09:00:00Z': { status: 'cancelled' } },
      });
    },
  },
  {
    name: 'where duplicating asks for a new conference, both events have their own',
    options: { switches: { duplicateCallsCreate: true } },
    play({ ana, meeting, titles, anHourLater }) {
      const first = meeting();
      const second = ana.duplicates(first, { summary: 'The copy' });
      anHourLater();
      expect(titles()).toEqual(['Design review', 'The copy']);
      ana.deletes(first);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['The copy']);
      expect(second.conference).toBeDefined();
    },
  },
  {
    name: 'where a split leaves the second half without a conference, the first keeps its own, until it is deleted',
    options: { switches: { splitCopiesConference: false } },
    play({ ana, meeting, only, titles, live, anHourLater }) {
      const series = meeting(WEEKLY);
      const second = ana.edits(ana.occurrence(series, '2026-03-17'), { summary: 'Second half' }, 'following');
      anHourLater();
      expect(only().recurrence[0]).toContain('UNTIL=');
      ana.choosesConference(second, SOLUTION, ALL);
      anHourLater();
      expect(titles()).toEqual(['Design review', 'Second half']);
      ana.deletes(series, ALL);
      ana.deletes(second, ALL);
      anHourLater();
      anHourLater();
      expect(live()).toHaveLength(0);
    },
  },
];

function at(day: string, hour: number): string {
  return `${day}T${hour}:00:00+0${day < '2026-03-29' ? 1 : 2}:00`;
}
