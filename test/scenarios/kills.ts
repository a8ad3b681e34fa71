/**
 * Executions that end anywhere: right after every one of their service calls, one after another. Between two calls
 * nothing happens that outlives an execution, so this is also right before the next one.
 */
import type { EventHandle } from '../../sandbox/editor/person';
import type { Fault } from '../../sandbox/world/faults';
import type { Scenario, Stage } from './stage';
import { DAY_MS, HOUR_MS, MINUTE_MS, SOLUTION, TUESDAY, WEEKLY } from './stage';

/** More service calls than any execution here makes. */
const MOST_CALLS = 200;

export const kills: Scenario[] = [
  {
    name: 'a pass with five changes, killed after any one of its service calls, loses none and ends nothing by mistake',
    play(stage) {
      const calls = killedAfterEachCall(stage, (on, plan) => {
        const change = fiveEvents(on);
        on.unnoticed(change);
        plan();
        on.fires(on.ana.email);
        return () => {
          for (let hours = 0; hours < 3; hours++) on.anHourLater();
          expectFiveChanges(on);
        };
      });
      expect(calls).toBeGreaterThan(15);
    },
  },
  {
    name: 'a sweep that ends two conferences, killed after any one of its service calls, ends exactly those two',
    play(stage) {
      const calls = killedAfterEachCall(stage, (on, plan) => {
        const change = fiveEvents(on);
        on.unnoticed(change);
        on.fires(on.ana.email);
        on.world.faults.always('trigger', { kind: 'drop' });
        on.world.advance(10 * MINUTE_MS);
        plan();
        on.world.script.run(on.ana.email, 'sweepHourly', [{}], 'trigger');
        return () => {
          for (let hours = 0; hours < 3; hours++) on.anHourLater();
          expectFiveChanges(on);
        };
      });
      expect(calls).toBeGreaterThan(15);
    },
  },
  {
    name: 'a first create, killed after any one of its service calls, leaves in the end only conferences that an event has',
    play(stage) {
      const calls = killedAfterEachCall(stage, (on, plan) => {
        plan();
        const first = on.ana.createsEvent({ ...TUESDAY, conference: SOLUTION });
        return () => {
          // Nothing runs by itself before the first create that succeeds.
          const next = on.ana.createsEvent({ ...TUESDAY, summary: 'The next one', conference: SOLUTION });
          on.world.advance(DAY_MS + 3 * HOUR_MS);
          const shown = [first, next].flatMap((event) => event.conference?.conferenceId ?? []);
          const ids = on.live().map(({ id }) => id);
          expect(ids.sort()).toEqual([...shown].sort());
          expect(on.titles()).toContain('The next one');
        };
      });
      expect(calls).toBeGreaterThan(5);
    },
  },
  ...(['killed', 'unwritten'] as const).map((end): Scenario => {
    const how = end === 'killed' ? 'was killed while it told the server of them' : 'could not write down what it told';
    return {
      name: `changes taken back after a pass that ${how} are taken back at the server, too`,
      play({ ana, world, meeting, titles, live, cardOf, anHourLater }) {
        const [renamed, deleted] = [meeting({ summary: 'Renamed' }), meeting({ summary: 'Deleted' })];
        const series = meeting({ ...WEEKLY, summary: 'Series' });
        ana.deletes(deleted!);
        world.settle();
        world.advance(10 * MINUTE_MS);
        const fault: Fault =
          end === 'killed' ? { kind: 'kill', when: 'after' } : { kind: 'throw', message: 'Service error: properties.' };
        const nothingFires = () => world.faults.always('trigger', { kind: 'drop' });
        nothingFires();
        ana.edits(renamed!, { summary: 'Taken back' });
        move(ana, series, '15');
        world.faults.always(end === 'killed' ? 'script.urlFetch' : 'properties.setProperties', fault);
        world.script.run(ana.email, 'sweepHourly', [{}], 'trigger');
        expect(titles()).toEqual(['Series', 'Taken back']);
        world.faults.clear();
        nothingFires();
        ana.edits(renamed!, { summary: 'Renamed' });
        move(ana, series, '10');
        ana.restores(deleted!);
        // What is in doubt has to be known for longer than it takes the next sweep to come, and the one after.
        world.advance(3 * HOUR_MS);
        world.faults.clear();
        for (let hours = 0; hours < 3; hours++) anHourLater();
        expect(titles()).toEqual(['Renamed', 'Series']);
        expect(live().find(({ title }) => title === 'Series')?.occurrences).toMatchObject({
          '2026-03-17T09:00:00Z': { start: { dateTime: '2026-03-17T10:00:00' } },
        });
        expect(cardOf()).toContain('1 event refers to a conference that no longer exists.');
      },
    };
  }),
];

/**
 * Plays on a new stage for each service call of what runs after `plan`, and kills it there. `play` returns what is to be
 * seen once all is well again. Returns how many calls there were.
 */
function killedAfterEachCall(stage: Stage, play: (on: Stage, plan: () => void) => () => void): number {
  for (let call = 0; call < MOST_CALLS; call++) {
    const on = stage.again();
    const finish = play(on, () => on.world.faults.next('script', { kind: 'kill', when: 'after' }, 1, call));
    const struck = on.world.faults.struck().some(({ fault }) => fault.kind === 'kill');
    on.world.faults.clear();
    try {
      finish();
    } catch (complaint) {
      throw new Error(`Killed after service call ${call}: ${(complaint as Error).message}`);
    }
    if (!struck) return call;
  }
  throw new Error(`More than ${MOST_CALLS} service calls.`);
}

/** Five events with conferences; returns what will happen to each. */
function fiveEvents({ ana, meeting }: Stage): () => void {
  const named = (summary: string) => meeting({ summary });
  const [renamed, moved, deleted, dropped] = ['Renamed', 'Moved', 'Deleted', 'Dropped'].map(named);
  const series = meeting({ ...WEEKLY, summary: 'Series' });
  return () => {
    ana.edits(renamed!, { summary: 'Renamed, done' });
    ana.drags(moved!, '2026-03-05T14:00:00+01:00', '2026-03-05T15:00:00+01:00');
    ana.deletes(deleted!);
    ana.removesConference(dropped!);
    ana.deletes(ana.occurrence(series, '2026-03-17'), 'this');
  };
}

function expectFiveChanges({ titles, live, cardOf }: Stage): void {
  expect(titles()).toEqual(['Moved', 'Renamed, done', 'Series']);
  const titled = (title: string) => live().find((conference) => conference.title === title);
  expect(titled('Moved')?.start).toMatchObject({ dateTime: '2026-03-05T14:00:00' });
  expect(titled('Series')?.occurrences).toEqual({ '2026-03-17T09:00:00Z': { status: 'cancelled' } });
  expect(cardOf()).toContain('3 conferences in step with your events.');
  expect(cardOf()).not.toContain('on the way');
}

/** The occurrence of the third Tuesday, to a full hour of that day. */
function move(person: Stage['ana'], series: EventHandle, hour: '10' | '15'): void {
  const third = person.occurrence(series, '2026-03-17');
  const end = hour === '10' ? '11' : '16';
  person.drags(third, `2026-03-17T${hour}:00:00+01:00`, `2026-03-17T${end}:00:00+01:00`, 'this');
}
