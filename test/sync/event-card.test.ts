/** What the card beside an event shows of its conference, for every way a conference can stand. */
import type { Binding } from '../../src/core/binding';
import { HOUR_MS } from '../../src/core/policies';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { readEventStatus } from '../../src/sync/event-status';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const cardOf = (world: SyncWorld, eventId = 'ev1', seriesId?: string) =>
  readEventStatus(world.deps, { calendarId: CALENDAR_ID, eventId, ...(seriesId !== undefined && { seriesId }) });

function withCaveats(caveats: NonNullable<Provider['caveats']>): SyncWorld {
  const world = syncWorld();
  const solution = world.deps.solutions.get(SOLUTION) as Solution;
  world.deps.solutions = new Map([[SOLUTION, { ...solution, provider: { ...solution.provider, caveats } }]]);
  return world;
}

describe('the card of an event', () => {
  it.each<[Binding['state'], string]>([
    ['live', 'in-step'],
    ['pending', 'waits-for-save'],
    ['ending', 'leaves'],
    ['away', 'elsewhere'],
    ['broken', 'broken'],
  ])('shows a conference that is %s as %s', (state, shown) => {
    const world = syncWorld();
    remember(world.store, { state });
    world.calendar.put(CALENDAR_ID, eventRow());
    expect(cardOf(world)).toEqual([
      {
        solution: SOLUTION,
        state: shown,
        isGuests: false,
        keeps: new Set(['title', 'time', 'recurrence']),
        caveats: [],
      },
    ]);
  });

  it('shows a conference that is lost as being replaced while a repair is under way, and as broken once that was set aside', () => {
    const world = syncWorld();
    remember(world.store, { state: 'broken', todo: toDo({ kind: 'repair' }) });
    expect(cardOf(world)).toMatchObject([{ state: 'is-replaced' }]);
    remember(world.store, { state: 'broken', todo: toDo({ kind: 'repair', parked: true }) });
    expect(cardOf(world)).toMatchObject([{ state: 'broken' }]);
  });

  it('shows nothing to be kept of a solution that is not offered any more', () => {
    const world = syncWorld();
    remember(world.store, {});
    world.deps.solutions = new Map();
    expect(cardOf(world)).toMatchObject([{ keeps: new Set(), caveats: [] }]);
  });

  it('shows no change that waits while only the event is awaited', () => {
    const world = syncWorld();
    remember(world.store, { state: 'pending', todo: toDo({ kind: 'settle' }) });
    expect(cardOf(world)[0]).not.toHaveProperty('change');
  });

  it.each<[string, number, 'unavailable' | 'unauthorised', boolean]>([
    ['goes on', NOW_MS + 1, 'unavailable', true],
    ['is over', NOW_MS, 'unavailable', false],
    ['is over, but no key is accepted', NOW_MS - HOUR_MS, 'unauthorised', true],
  ])('shows why the provider is left alone: the pause %s', (_name, untilMs, reason, shown) => {
    const world = syncWorld();
    remember(world.store, {});
    const pause = { failures: 2, sinceMs: NOW_MS - HOUR_MS, untilMs, reason };
    world.store.entries.set('lockstep.pauses', JSON.stringify({ [SOLUTION]: pause }));
    expect(cardOf(world)[0]?.pause).toEqual(shown ? { reason, untilMs } : undefined);
  });
});

describe('the card of an event whose provider accepts no key', () => {
  it.each<[string[], 'unauthorised' | 'unavailable', string]>([
    [['meet'], 'unauthorised', 'unconnected'],
    [['other'], 'unauthorised', 'unauthorised'],
    [['meet'], 'unavailable', 'unavailable'],
  ])('with grants of people at %j and a pause as %s, gives the reason %s', (personal, reason, shown) => {
    const { grants } = syncWorld().deps;
    const world = syncWorld({ grants: { ...grants, personal } });
    remember(world.store, {});
    const pause = { failures: 2, sinceMs: NOW_MS, untilMs: NOW_MS + HOUR_MS, reason };
    world.store.entries.set('lockstep.pauses', JSON.stringify({ [SOLUTION]: pause }));
    expect(cardOf(world)[0]?.pause?.reason).toBe(shown);
  });
});

describe('the card of an occurrence', () => {
  const series = { eventId: 'ser', todo: toDo({ sinceMs: NOW_MS - HOUR_MS }) };
  const occurrence = { eventId: 'ser_1', series: 'ser', todo: toDo({ attempts: 2 }) };

  it('shows the conference of its series, and what waits to be told of the occurrence itself', () => {
    const world = syncWorld();
    remember(world.store, { eventId: 'ser' }, occurrence);
    expect(cardOf(world, 'ser_1', 'ser')).toMatchObject([{ state: 'in-step', change: { attempts: 2 } }]);
    expect(cardOf(world, 'ser', undefined)[0]).not.toHaveProperty('change');
  });

  it('shows what waits for the series first', () => {
    const world = syncWorld();
    remember(world.store, series, occurrence);
    expect(cardOf(world, 'ser_1', 'ser')).toMatchObject([{ change: { sinceMs: NOW_MS - HOUR_MS, attempts: 0 } }]);
  });

  it('shows nothing of what was to be told of it to another conference', () => {
    const world = syncWorld();
    remember(world.store, { eventId: 'ser' }, { ...occurrence, conference: 'conf9' });
    expect(cardOf(world, 'ser_1', 'ser')).toHaveLength(1);
    expect(cardOf(world, 'ser_1', 'ser')[0]).not.toHaveProperty('change');
  });

  it('shows nothing of the series itself, where two conferences of it are known', () => {
    const world = syncWorld();
    remember(world.store, { eventId: 'ser', conference: 'conf2' }, { eventId: 'ser', todo: toDo() });
    const [first, second] = cardOf(world, 'ser_1', 'ser');
    expect(first).not.toHaveProperty('change');
    expect(second).toHaveProperty('change');
  });
});

describe('a provider with caveats', () => {
  it('is asked about the event as it is now', () => {
    const world = withCaveats((meeting) => [`not for "${meeting.title}"`]);
    const id = world.book();
    world.pass();
    world.edit('ev1', id, { summary: 'Talk' });
    expect(cardOf(world)).toMatchObject([{ caveats: ['not for "Talk"'] }]);
  });

  it('is not asked before the event is there', () => {
    const world = withCaveats(() => ['asked']);
    world.book();
    world.calendar.calls.length = 0;
    expect(cardOf(world)).toMatchObject([{ state: 'waits-for-save', caveats: [] }]);
    expect(world.calendar.calls).toEqual([]);
  });

  it('has none to show while Google does not show the event', () => {
    const world = withCaveats(() => ['asked']);
    world.book();
    world.meet.script = () => json(503, {});
    world.pass();
    world.calendar.failGet('ev1', 'google-unavailable');
    expect(cardOf(world)[0]).not.toHaveProperty('caveats');
    world.calendar.healGet('ev1');
    world.calendar.get = () => ({ id: 'ev1', status: 'confirmed' });
    expect(cardOf(world)[0]).not.toHaveProperty('caveats');
  });
});
