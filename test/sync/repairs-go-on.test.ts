/** What holds up one repair, or comes in between, and is not to cost another one, or the repair itself. */
import type { Binding } from '../../src/core/binding';
import { DAY_MS, DEFAULT_POLICIES, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { Row } from '../../src/core/row';
import type { Provider } from '../../src/ports/provider';
import type { Solution } from '../../src/sync/deps';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_ID, eventRow, NOW_MS, SOLUTION, stamped, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { remember } from '../support/remember';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const BROKEN = { state: 'broken', todo: toDo({ kind: 'repair' }) } as const;

/** One event in step, in a world in which repairs are allowed. */
function booked(row: Partial<Row> = {}) {
  const world = syncWorld({ policies: { ...DEFAULT_POLICIES, brokenLinks: 'repair' } });
  const id = world.book('ev1', row);
  world.pass();
  return { ...world, id };
}

/** Its conference is lost, and known to be. */
function lost(row: Partial<Row> = {}, over: Partial<Binding> = {}) {
  const world = booked(row);
  const conference = world.meet.conferences.get(world.id);
  if (conference !== undefined) conference.cancelled = true;
  const [known] = world.bindings();
  remember(world.store, { ...known, ...BROKEN, ...over });
  return world;
}

function hours(world: SyncWorld, count: number): void {
  for (let i = 0; i < count * 4; i++) {
    world.clock.advance(15 * MINUTE_MS);
    world.sweep();
  }
}

const IN_A_WEEK: Partial<Row> = {
  start: { dateTime: '2026-06-08T09:00:00+02:00', timeZone: 'Europe/Zurich' },
  end: { dateTime: '2026-06-08T10:00:00+02:00', timeZone: 'Europe/Zurich' },
};

const shown = (world: SyncWorld, eventId = 'ev1') =>
  (world.calendar.get(CALENDAR_ID, eventId) as Row).conferenceData?.conferenceId;
const puts = (world: SyncWorld) => world.calendar.calls.filter((call) => call.startsWith('put'));
const creates = (world: SyncWorld) => world.meet.requests.filter((request) => request.startsWith('POST'));
const status = (world: SyncWorld) => readStatus(world.store, world.clock.nowMs());

describe('a repair goes ahead', () => {
  const others = (over: Partial<Binding>) =>
    Array.from({ length: 6 }, (_, i) => ({ eventId: `other${i}`, conference: `other${i}`, ...BROKEN, ...over }));
  /** In the order of the ledger they come first. */
  function behind(over: Partial<Binding>) {
    const world = lost();
    const [known] = world.bindings();
    world.store.write({ 'lockstep.ledger.0': '' });
    remember(world.store, ...others(over), known as Binding);
    return world;
  }

  it('although others belong to a solution that is not offered any more', () => {
    const world = behind({ solution: 'former' });
    for (let i = 0; i < 6; i++) {
      const conferenceData = stamped(`other${i}`, world.state().owner, 'former');
      world.calendar.put(CALENDAR_ID, eventRow({ id: `other${i}`, conferenceData }));
    }
    world.pass();
    expect(shown(world)).not.toBe(world.id);
  });

  it('although others lie in a calendar that is lost', () => {
    const world = behind({ calendar: 'calLOST' });
    world.pass();
    expect(shown(world)).not.toBe(world.id);
  });
});

describe('a repair is not forgotten', () => {
  it('over a list that shows no event by mistake', () => {
    const world = lost({}, { todo: toDo({ kind: 'repair', notBeforeMs: NOW_MS + 3 * HOUR_MS }) });
    const row = world.calendar.get(CALENDAR_ID, 'ev1') as Row;
    world.calendar.purge(CALENDAR_ID, 'ev1');
    world.calendar.expireTokens(CALENDAR_ID);
    world.pass();
    world.calendar.put(CALENDAR_ID, row);
    hours(world, 4);
    expect(shown(world)).not.toBe(world.id);
    expect(status(world)).toMatchObject({ live: 1, broken: 0 });
  });

  it.each<[string, () => ReturnType<typeof json>]>([
    ['a grant that is not accepted', () => json(401, {})],
    ['a provider that takes no more for now', () => json(429, {}, { 'retry-after': '3600' })],
  ])('over %s for a day: nothing was made in that time', (_name, answer) => {
    const world = lost(IN_A_WEEK);
    world.meet.script = ({ method }) => (method === 'POST' ? answer() : undefined);
    hours(world, 24);
    expect(status(world)).toMatchObject({ broken: 0, repairing: 1 });
    expect(creates(world).length).toBeLessThan(50);
    world.meet.script = () => undefined;
    hours(world, 3);
    expect(shown(world)).not.toBe(world.id);
  });

  it('over a day’s limit that is spent: it waits for the next day', () => {
    const world = lost(IN_A_WEEK);
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    const provider: Provider = {
      ...solution.provider,
      *create(...args) {
        const outcome = yield* solution.provider.create(...args);
        return outcome.kind === 'limited' ? { ...outcome, daily: true } : outcome;
      },
    };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider }]]);
    world.meet.script = ({ method }) => (method === 'POST' ? json(429, {}) : undefined);
    const from = creates(world).length;
    hours(world, 12);
    expect(creates(world)).toHaveLength(from + 1);
    world.meet.script = () => undefined;
    world.clock.advance(DAY_MS);
    hours(world, 1);
    expect(shown(world)).not.toBe(world.id);
  });
});

describe('an event that is over', () => {
  const past = {
    start: { dateTime: '2026-06-01T07:00:00Z', timeZone: 'Europe/Zurich' },
    end: { dateTime: '2026-06-01T07:30:00Z', timeZone: 'Europe/Zurich' },
  };

  it('is given no new link, which nobody could use', () => {
    const world = booked(past);
    const conference = world.meet.conferences.get(world.id);
    if (conference !== undefined) conference.cancelled = true;
    world.edit('ev1', world.id, { ...past, summary: 'Minutes' });
    world.pass();
    hours(world, 3);
    expect(creates(world)).toHaveLength(1);
    expect(puts(world)).toEqual([]);
    expect(status(world)).toMatchObject({ broken: 1, repairing: 0 });
  });

  it('is given one when it is moved ahead again', () => {
    const world = booked(past);
    const conference = world.meet.conferences.get(world.id);
    if (conference !== undefined) conference.cancelled = true;
    world.edit('ev1', world.id, { ...past, summary: 'Minutes' });
    world.pass();
    hours(world, 1);
    world.edit('ev1', world.id, {});
    hours(world, 1);
    expect(shown(world)).not.toBe(world.id);
    expect(status(world)).toMatchObject({ live: 1, broken: 0 });
  });
});

describe('the exceptions of a repaired series', () => {
  const day = (days: number) => {
    const at = (hour: number) => new Date(NOW_MS + days * DAY_MS + hour * HOUR_MS).toISOString();
    return { originalStartTime: { dateTime: at(0) }, start: { dateTime: at(1) }, end: { dateTime: at(2) } };
  };

  function withExceptions(...days: number[]) {
    const world = lost({ recurrence: ['RRULE:FREQ=DAILY'] }, { endsMs: 0 });
    const about = { recurringEventId: 'ev1', organizer: { self: true } };
    for (const [i, at] of days.entries()) {
      const conferenceData = stamped(world.id, world.state().owner);
      world.calendar.put(CALENDAR_ID, { id: `ev1_${i}`, ...about, ...day(at), conferenceData });
    }
    return world;
  }

  it('that lie behind are left as they are, and take no room from those ahead', () => {
    const behind = Array.from({ length: 25 }, (_, i) => i - 40);
    const world = withExceptions(...behind, 3);
    world.pass();
    expect(shown(world)).not.toBe(world.id);
    expect(shown(world, 'ev1_25')).toBe(shown(world));
    expect(puts(world)).toHaveLength(2);
    expect(shown(world, 'ev1_0')).toBe(world.id);
  });

  it('are not written while there is no time left to put on record what was done', () => {
    const world = withExceptions(...Array.from({ length: 15 }, (_, i) => i + 1));
    const startMs = world.clock.nowMs();
    world.calendar.onPut = () => world.clock.advance(2_000);
    world.pass();
    expect(world.clock.nowMs() - startMs).toBeLessThan(25_000);
  });
});

describe('repairs at a provider', () => {
  /** Seven events whose conferences are lost at once. */
  function manyLost(over: Partial<Provider['capabilities']> = {}) {
    const world = syncWorld({ policies: { ...DEFAULT_POLICIES, brokenLinks: 'repair' } });
    const solution = world.deps.solutions.get(SOLUTION) as Solution;
    const capabilities = { ...solution.provider.capabilities, ...over };
    world.deps.solutions = new Map([[SOLUTION, { ...solution, provider: { ...solution.provider, capabilities } }]]);
    for (let i = 0; i < 7; i++) world.book(`ev${i}`, IN_A_WEEK);
    world.pass();
    for (const conference of world.meet.conferences.values()) conference.cancelled = true;
    remember(world.store, ...world.bindings().map((known) => ({ ...known, ...BROKEN })));
    world.meet.batches.length = 0;
    return world;
  }

  it('stop for this pass when it accepts no grant', () => {
    const world = manyLost();
    world.meet.script = () => json(401, {});
    world.pass();
    expect(creates(world)).toHaveLength(2);
    expect(status(world)).toMatchObject({ repairing: 7, pauses: [{ reason: 'unauthorised' }] });
  });

  it('leave people the rest of a day’s requests, and go on when its next day begins', () => {
    const world = manyLost({ dailyRequests: 20 });
    hours(world, 2);
    // Seven events took fourteen of eighteen, nine tenths of twenty; a new conference takes two.
    expect(world.state().spent.get('meet')?.requests).toBe(18);
    expect(status(world)).toMatchObject({ live: 2, repairing: 5, broken: 0 });
    expect([...world.meet.conferences.values()].filter(({ cancelled }) => !cancelled)).toMatchObject([
      { title: 'Plan' },
      { title: 'Plan' },
    ]);
    world.clock.advance(DAY_MS);
    hours(world, 1);
    expect(status(world)).toMatchObject({ live: 7, repairing: 0 });
  });
});

describe('a dead link', () => {
  /** Two provider's answers, some minutes apart, say so. */
  function foundDead(world: SyncWorld & { id: string }, brokenLinks: 'show' | 'repair'): void {
    world.deps.policies = { ...world.deps.policies, brokenLinks };
    const conference = world.meet.conferences.get(world.id);
    if (conference !== undefined) conference.cancelled = true;
    world.edit('ev1', world.id, { ...IN_A_WEEK, summary: 'Edited' });
    world.pass();
    hours(world, 1);
  }

  it('in a copy of the event is found and repaired, too', () => {
    const world = booked(IN_A_WEEK);
    world.edit('copy', world.id, IN_A_WEEK);
    world.pass();
    foundDead(world, 'repair');
    hours(world, 2);
    expect(shown(world)).not.toBe(world.id);
    expect(shown(world, 'copy')).not.toBe(world.id);
    expect(status(world)).toMatchObject({ live: 2, broken: 0, outbox: 0 });
  });

  it('that is taken off and put back is still known to be dead', () => {
    const world = booked(IN_A_WEEK);
    foundDead(world, 'show');
    expect(status(world)).toMatchObject({ broken: 1 });
    const row = world.calendar.get(CALENDAR_ID, 'ev1') as Row;
    world.calendar.put(CALENDAR_ID, { ...row, conferenceData: {} });
    world.pass();
    world.calendar.put(CALENDAR_ID, row);
    hours(world, 1);
    expect(status(world)).toMatchObject({ broken: 1, live: 0 });
  });
});
