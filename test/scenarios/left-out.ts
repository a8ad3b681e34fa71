/** Dates that a series leaves out or adds, as other programs write them, and series of which nothing is left. */
import type { EventHandle } from '../../sandbox/editor/person';
import type { Scenario, Stage } from './stage';
import { DAY_MS, underEach, WEEKLY } from './stage';

const RULE = 'RRULE:FREQ=WEEKLY;COUNT=3';
const DAYS = ['2026-03-03', '2026-03-10', '2026-03-17'];
const series = { ...WEEKLY, recurrence: [RULE] };

export const leftOut: Scenario[] = [
  {
    name: 'a date that another program leaves out is cancelled, and the others stay as they are',
    play({ api, ana, meeting, only, newWrites, anHourLater }) {
      const event = meeting(series);
      newWrites();
      writes({ api, ana }, event, ['EXDATE;TZID=Europe/Zurich:20260310T100000']);
      anHourLater();
      expect(only()).toMatchObject({
        recurrence: [RULE],
        occurrences: { '2026-03-10T09:00:00Z': { status: 'cancelled' } },
      });
      expect(newWrites()).toHaveLength(1);
      ana.edits(event, { summary: 'With a day less' }, 'all');
      anHourLater();
      expect(only().title).toBe('With a day less');
      expect(newWrites().map(({ method }) => method)).toEqual(['PATCH']);
    },
  },
  {
    name: 'a date that is left out no longer is where its rule has it',
    play({ api, ana, meeting, only, anHourLater }) {
      const event = meeting(series);
      writes({ api, ana }, event, ['EXDATE:20260310T090000Z']);
      anHourLater();
      writes({ api, ana }, event, []);
      anHourLater();
      expect(only().occurrences).toMatchObject({
        '2026-03-10T09:00:00Z': { status: 'moved', start: { dateTime: '2026-03-10T10:00:00' } },
      });
    },
  },
  {
    name: 'a series that left a date out before it got its conference has that date cancelled from the beginning',
    play({ ana, meeting, only, anHourLater }) {
      meeting({ ...series, recurrence: [RULE, 'EXDATE;VALUE=DATE:20260317'] }, ana);
      anHourLater();
      expect(only().occurrences).toEqual({ '2026-03-17T09:00:00Z': { status: 'cancelled' } });
    },
  },
  {
    name: 'a date that a series of whole days leaves out is cancelled by its date',
    play({ api, ana, meeting, only, anHourLater }) {
      const event = meeting({ ...series, start: '2026-03-03', end: '2026-03-04' });
      writes({ api, ana }, event, ['EXDATE;VALUE=DATE:20260310']);
      anHourLater();
      expect(only().occurrences).toEqual({ '2026-03-10': { status: 'cancelled' } });
    },
  },
  ...underEach([{ emptyPages: true }, { emptyPages: false }, { emptySeriesStay: false }], {
    name: 'a series of which every occurrence was deleted, one by one, ends its conference',
    play({ ana, meeting, titles, anHourLater }) {
      const event = meeting(series);
      for (const day of DAYS) {
        expect(titles()).toEqual(['Design review']);
        ana.deletes(ana.occurrence(event, day), 'this');
        anHourLater();
      }
      anHourLater();
      expect(titles()).toEqual([]);
    },
  }),
  {
    name: 'a series that leaves out every date it has ends its conference, and not before the last',
    play({ api, ana, meeting, titles, anHourLater }) {
      const event = meeting(series);
      writes({ api, ana }, event, ['EXDATE:20260303T090000Z,20260310T090000Z']);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Design review']);
      writes({ api, ana }, event, ['EXDATE:20260303T090000Z,20260310T090000Z,20260317T090000Z']);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual([]);
    },
  },
  {
    name: 'a series of which only the coming occurrences were deleted keeps its conference, as after any last date',
    play({ ana, world, meeting, titles, anHourLater }) {
      const event = meeting(series);
      world.advance(3 * DAY_MS);
      for (const day of DAYS.slice(1)) ana.deletes(ana.occurrence(event, day), 'this');
      for (let hour = 0; hour < 24; hour++) anHourLater();
      expect(titles()).toEqual(['Design review']);
    },
  },
  {
    name: 'the last occurrence that is deleted and brought back within the grace period keeps the conference',
    play({ ana, world, meeting, titles, anHourLater }) {
      const event = meeting(series);
      const places = DAYS.map((day) => ana.occurrence(event, day));
      for (const place of places) ana.deletes(place, 'this');
      world.settle();
      ana.restores(places[1] as EventHandle);
      anHourLater();
      anHourLater();
      expect(titles()).toEqual(['Design review']);
    },
  },
];

/** Another program writes the lines of the series. */
function writes({ api, ana }: Pick<Stage, 'api' | 'ana'>, event: EventHandle, lines: string[]): void {
  api(ana, 'events.patch', { calendarId: event.calendarId, eventId: event.eventId }, { recurrence: [RULE, ...lines] });
}
