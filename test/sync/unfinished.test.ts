/** An update that is too long for one round, or for one pass: it is unfinished, which is no failure of anybody's. */
import { HOUR_MS } from '../../src/core/policies';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID, SOLUTION } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

const LATER = {
  start: { dateTime: '2026-06-02T12:00:00+02:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-06-02T13:00:00+02:00', timeZone: 'Europe/Zurich' },
};
const SECOND_MS = 1_000;

/** The sample vendor, as if the time took `rounds` rounds more of a request each, once all else is told. */
function longTimes(rounds: number) {
  const world = syncWorld();
  const solution = world.deps.solutions.get(SOLUTION) as Solution;
  let left = rounds;
  const asked: string[][] = [];
  const provider: Provider = {
    ...solution.provider,
    *update(id, meeting, fields, key) {
      asked.push([...fields]);
      const rest = fields.filter((field) => field !== 'time');
      if (rest.length > 0) {
        const outcome = yield* solution.provider.update(id, meeting, ['title'], key);
        if (outcome.kind !== 'done') return outcome;
      }
      if (!fields.includes('time')) return { kind: 'done' };
      const outcome = yield* solution.provider.update(id, meeting, ['time'], key);
      if (outcome.kind === 'limited' || outcome.kind === 'unavailable') return { ...outcome, left: ['time'] };
      if (outcome.kind !== 'done') return outcome;
      return --left >= 0 ? { kind: 'progress', left: ['time'] } : { kind: 'done' };
    },
  };
  world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
  const conference = world.book();
  const begin = (many: number) => {
    asked.length = 0;
    left = many;
  };
  begin(0);
  world.pass();
  begin(rounds);
  return { ...world, conference, asked, begin };
}

const binding = (world: ReturnType<typeof longTimes>) => world.bindings()[0];

describe('an update that takes several rounds', () => {
  it('goes on in the same pass, with what is left of it', () => {
    const world = longTimes(3);
    world.edit('ev1', world.conference, { ...LATER, summary: 'Talk' });
    world.pass();
    expect(world.asked).toEqual([['title', 'time'], ['time'], ['time'], ['time']]);
    expect(binding(world)?.todo).toBeUndefined();
    expect(
      world.log
        .of('action')
        .map(({ outcome }) => outcome)
        .slice(-4),
    ).toEqual(['progress', 'progress', 'progress', 'done']);
  });

  it('goes on in the next pass, at once, without a pause, when the time of one is over', () => {
    const world = longTimes(9);
    world.edit('ev1', world.conference, { ...LATER, summary: 'Talk' });
    world.meet.onBatch = () => world.clock.advance(4 * SECOND_MS);
    world.pass();
    const told = world.asked.length;
    expect(told).toBeLessThan(9);
    expect(world.state().pauses.size).toBe(0);
    expect(binding(world)?.todo).toMatchObject({ kind: 'deliver', attempts: 0, parked: false });
    world.pass();
    expect(world.asked.slice(told)).toEqual(world.asked.slice(told).map(() => ['time']));
    world.pass();
    expect(binding(world)?.todo).toBeUndefined();
    expect(world.meet.conferences.get(world.conference)).toMatchObject({ title: 'Talk' });
  });

  it('is behind all that has not had its turn', () => {
    const world = longTimes(0);
    const other = world.book('ev2');
    world.pass();
    world.begin(2);
    world.edit('ev1', world.conference, LATER);
    world.edit('ev2', other, { summary: 'Other' });
    world.pass();
    expect(world.asked).toEqual([['time'], ['title'], ['time'], ['time']]);
  });

  it.each([
    [429, 'limited'],
    [503, 'unavailable'],
  ])('that a %i stops is told the rest later, and not again what was told', (status, outcome) => {
    const world = longTimes(0);
    world.meet.script = ({ method, json: body }) =>
      method === 'PATCH' && 'start' in (body as object) ? json(status, {}) : undefined;
    world.edit('ev1', world.conference, { ...LATER, summary: 'Talk' });
    world.pass();
    expect(world.log.of('action').at(-1)).toMatchObject({ outcome });
    world.meet.script = () => undefined;
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(world.asked).toEqual([['title', 'time'], ['time']]);
    expect(binding(world)?.todo).toBeUndefined();
  });

  it('is overtaken by a later change of its event, and by what a person takes back', () => {
    const world = longTimes(9);
    world.edit('ev1', world.conference, { ...LATER, summary: 'Talk' });
    world.meet.onBatch = () => world.clock.advance(4 * SECOND_MS);
    world.pass();
    world.edit('ev1', world.conference, { summary: 'Talk' });
    for (let pass = 0; pass < 4; pass++) world.pass();
    expect(binding(world)?.todo).toBeUndefined();
    expect(world.meet.conferences.get(world.conference)).toMatchObject({
      title: 'Talk',
      start: { dateTime: '2026-06-02T09:00:00' },
    });
  });
});

describe('a pass whose time is over in the middle of a request', () => {
  it('takes what it did not end for unfinished, and nobody for away', () => {
    const world = syncWorld();
    const ids = ['a', 'b'].map((id) => world.book(id));
    world.pass();
    world.edit('a', ids[0] as string, LATER);
    world.calendar.onCall = () => undefined;
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    const provider: Provider = {
      ...solution.provider,
      *update(id, meeting, fields, key) {
        for (let i = 0; i < 9; i++) yield* solution.provider.update(id, meeting, fields, key);
        return { kind: 'done' };
      },
    };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
    world.meet.onBatch = () => world.clock.advance(4 * SECOND_MS);
    world.pass();
    expect(world.state().pauses.size).toBe(0);
    const cut = world.bindings().find(({ eventId }) => eventId === 'a');
    expect(cut).toMatchObject({ calendar: calendarKey(CALENDAR_ID), todo: { kind: 'deliver', attempts: 0 } });
    world.deps.solutions = new Map([[SOLUTION, solution]]);
    world.pass();
    expect(world.bindings().find(({ eventId }) => eventId === 'a')?.todo).toBeUndefined();
  });
});
