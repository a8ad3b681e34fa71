/** Calendars whose list takes longer than an execution may run. */
import type { Scenario, Stage } from './stage';
import { HOUR_MS, MINUTE_MS, SOLUTION, TUESDAY, underEach } from './stage';

const LIST = 'script.calendar.events.list';
const SLOWLY = { kind: 'hang', ms: 3_000 } as const;
const UNKNOWNS = [{ emptyPages: true }, { seriesDeletionReportsExceptions: false }];

export const longLists: Scenario[] = [
  ...underEach(UNKNOWNS, {
    name: 'a calendar of two thousand events that Google lists slowly is read in parts, and what happened in a gap is found',
    play(stage) {
      const { ana, world, meeting, titles, logged, cardOf, executions } = stage;
      const events = ['Stays', 'Renamed', 'Deleted'].map((summary) => meeting({ summary }));
      fills(stage, 2_000);
      stage.unnoticed(() => {
        ana.edits(events[1]!, { summary: 'Renamed in the gap' });
        ana.deletes(events[2]!);
      });
      slowly(stage);
      world.advance(2 * HOUR_MS);
      expect(cardOf()).toContain('1 calendar with very many events is still being read');
      expect(titles()).toContain('Deleted');
      world.advance(8 * HOUR_MS);
      expect(titles()).toEqual(['Renamed in the gap', 'Stays']);
      expect(cardOf()).not.toContain('still being read');
      expect(logged('list').filter(({ full, end }) => full && end === undefined)).toHaveLength(2);
      expect(executions('sweepHourly').filter((end) => end.startsWith('killed'))).toEqual([]);
    },
  }),
  {
    name: 'a list in parts goes on although every second execution is killed',
    play(stage) {
      const { ana, world, meeting, titles } = stage;
      const events = ['Stays', 'Deleted'].map((summary) => meeting({ summary }));
      fills(stage, 1_200);
      stage.unnoticed(() => ana.deletes(events[1]!));
      slowly(stage);
      for (let hours = 0; hours < 10; hours++) {
        const when = hours % 4 === 0 ? 'before' : 'after';
        if (hours % 2 === 0) world.faults.next('script.properties.setProperties', { kind: 'kill', when });
        world.advance(HOUR_MS);
      }
      world.faults.clear();
      world.advance(3 * HOUR_MS);
      expect(titles()).toEqual(['Stays']);
    },
  },
  {
    name: 'a list in parts begins again when Google has forgotten where it was, and ends nothing for that',
    play(stage) {
      const { ana, world, meeting, titles, logged } = stage;
      meeting({ summary: 'Stays' });
      fills(stage, 1_200);
      stage.unnoticed(() => ana.createsEvent(TUESDAY));
      slowly(stage);
      world.advance(HOUR_MS);
      const begun = logged('list').filter(({ end }) => end === 'unfinished').length;
      expect(begun).toBeGreaterThan(0);
      world.calendar.forgetPages();
      world.advance(8 * HOUR_MS);
      expect(titles()).toEqual(['Stays']);
      expect(logged('list').at(-1)).toMatchObject({ full: false, rows: 0 });
    },
  },
  {
    name: 'a new conference in a calendar that is still being read has its title once the list is read to its end',
    play(stage) {
      const { ana, world, titles } = stage;
      fills(stage, 1_200);
      slowly(stage);
      ana.createsEvent({ ...TUESDAY, summary: 'Planned meanwhile', conference: SOLUTION });
      world.advance(MINUTE_MS);
      ana.createsEvent({ ...TUESDAY, summary: 'And another', conference: SOLUTION });
      world.advance(8 * HOUR_MS);
      expect(titles()).toEqual(['And another', 'Planned meanwhile']);
    },
  },
];

/** Another program imports so many events, as fast as Google lets it. */
function fills({ ana, api, world, unnoticed }: Stage, count: number): void {
  unnoticed(() => {
    for (let i = 0; i < count; i++) {
      if (i % 400 === 0) world.advance(MINUTE_MS);
      const at = (hour: number) => ({ dateTime: new Date(Date.UTC(2026, 3, 1 + (i % 300), hour)).toISOString() });
      api(ana, 'events.insert', { calendarId: ana.email }, { summary: `Imported ${i}`, start: at(8), end: at(9) });
    }
  });
}

/** From now on everything has to be listed, a hundred rows in three seconds. */
function slowly({ world }: Stage): void {
  world.calendar.expireSyncTokens();
  world.calendar.setPageCap(100);
  world.faults.always(LIST, SLOWLY);
}
