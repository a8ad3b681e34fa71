import { DEFAULT_POLICIES, MINUTE_MS } from '../../src/core/policies';
import { MAX_REPAIRS } from '../../src/core/repair';
import type { Row } from '../../src/core/row';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_ID, stamped } from '../support/core-world';
import { json } from '../support/fake-meet';
import { type SyncWorld, syncWorld } from '../support/sync-world';

const allowed = { policies: { ...DEFAULT_POLICIES, brokenLinks: 'repair' as const } };

function losesAt({ meet }: SyncWorld, id: string): void {
  const conference = meet.conferences.get(id);
  if (conference !== undefined) conference.cancelled = true;
}

/** An event whose conference was lost at the provider, which has been told twice. */
function lost(over: Parameters<typeof syncWorld>[0] = allowed, row: Partial<Row> = {}) {
  const world = syncWorld(over);
  const id = world.book('ev1', row);
  world.pass();
  losesAt(world, id);
  world.edit('ev1', id, { ...row, summary: 'Edited' });
  world.pass();
  const noticed = () => {
    world.clock.advance(3 * MINUTE_MS);
    world.sweep();
  };
  const later = (hours = 3) => {
    for (let i = 0; i < hours * 4; i++) {
      world.clock.advance(15 * MINUTE_MS);
      world.sweep();
    }
  };
  const shown = (eventId = 'ev1') => {
    const event = world.calendar.get(CALENDAR_ID, eventId) as Row;
    return event.conferenceData?.conferenceId;
  };
  const live = () => [...world.meet.conferences.values()].filter(({ cancelled }) => !cancelled);
  const puts = () => world.calendar.calls.filter((call) => call.startsWith('put'));
  const status = () => readStatus(world.store, world.clock.nowMs());
  return { ...world, id, noticed, later, shown, live, puts, status };
}

describe('a conference that is gone at the provider', () => {
  it('is left to people where the operator allows nothing else', () => {
    const world = lost({});
    world.noticed();
    world.later();
    expect(world.puts()).toEqual([]);
    expect(world.status()).toMatchObject({ broken: 1, repairing: 0 });
  });

  it('is replaced by a new one, which the event shows and which is told of it', () => {
    const world = lost();
    world.noticed();
    const [made] = world.live();
    expect(world.shown()).toBe(made?.id);
    expect(made).toMatchObject({ title: 'Edited' });
    expect(world.bindings().filter(({ state }) => state === 'live')).toMatchObject([
      { conference: made?.id, repairs: 1 },
    ]);
    world.later();
    expect(world.bindings()).toMatchObject([{ conference: made?.id, state: 'live' }]);
    expect(world.status()).toMatchObject({ live: 1, broken: 0, repairing: 0, outbox: 0 });
    expect(world.puts()).toHaveLength(1);
  });

  it('costs nothing more for the add-on’s own write', () => {
    const world = lost();
    world.noticed();
    world.later();
    const from = world.meet.requests.length;
    world.pass();
    expect(world.meet.requests.slice(from)).toEqual([]);
  });

  it('is followed, and ended, like any other from then on', () => {
    const world = lost();
    world.noticed();
    world.later();
    world.edit('ev1', world.shown() as string, { summary: 'Later' });
    world.pass();
    expect(world.live()).toMatchObject([{ title: 'Later' }]);
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.later(1);
    expect(world.live()).toEqual([]);
    expect(world.bindings()).toEqual([]);
  });

  it('is left alone in a guest’s copy', () => {
    const world = lost();
    const foreign = { organizer: { email: 'other@example.com' } };
    world.edit('ev1', world.id, { summary: 'Edited', ...foreign });
    world.noticed();
    world.later();
    expect(world.puts()).toEqual([]);
    expect(world.live()).toEqual([]);
  });

  it('is not replaced in an event that is gone by then', () => {
    const world = lost();
    world.calendar.onCall = () => {
      if (world.calendar.calls.at(-1)?.startsWith('list')) world.calendar.remove(CALENDAR_ID, 'ev1');
    };
    world.noticed();
    world.calendar.onCall = () => undefined;
    world.later();
    expect(world.puts()).toEqual([]);
    expect(world.live()).toEqual([]);
    expect(world.bindings()).toEqual([]);
  });

  it('is replaced at most so often, until a person asks for it', () => {
    const world = lost();
    for (let i = 0; i < MAX_REPAIRS + 2; i++) {
      world.noticed();
      world.later(2);
      const showing = world.shown() as string;
      losesAt(world, showing);
      world.edit('ev1', showing, { summary: `Edit ${i}` });
      world.pass();
    }
    expect(world.puts()).toHaveLength(MAX_REPAIRS);
    expect(world.status()).toMatchObject({ broken: 1, repairing: 0 });
    world.sweep(true);
    world.noticed();
    world.later(2);
    expect(world.puts()).toHaveLength(MAX_REPAIRS + 1);
    expect(world.status()).toMatchObject({ broken: 0, live: 1 });
  });
});

describe('a person who edits the event meanwhile', () => {
  it('keeps every edit: the write is tried with the event as it is then', () => {
    const world = lost();
    world.calendar.onPut = () => {
      if (world.puts().length === 1) world.edit('ev1', world.id, { summary: 'Edited at the same moment' });
    };
    world.noticed();
    expect(world.puts()).toHaveLength(2);
    expect(world.calendar.get(CALENDAR_ID, 'ev1')).toMatchObject({ summary: 'Edited at the same moment' });
    expect(world.live()).toMatchObject([{ id: world.shown(), title: 'Edited at the same moment' }]);
  });

  it('and takes the conference off has it off, and the new one is ended', () => {
    const world = lost();
    world.calendar.onPut = () => world.calendar.put(CALENDAR_ID, { ...takenOff(world), conferenceData: {} });
    world.noticed();
    world.later();
    expect(world.puts()).toHaveLength(1);
    expect(world.shown()).toBeUndefined();
    expect(world.live()).toEqual([]);
    expect(world.bindings()).toEqual([]);
  });

  it('without end is left to a later pass', () => {
    const world = lost();
    world.calendar.onPut = () => {
      if (world.puts().length < 5) world.edit('ev1', world.id, { summary: `Edit ${world.puts().length}` });
    };
    world.noticed();
    expect(world.puts()).toHaveLength(3);
    world.later();
    expect(world.live()).toMatchObject([{ id: world.shown(), title: 'Edit 4' }]);
  });

  const takenOff = (world: ReturnType<typeof lost>) => world.calendar.get(CALENDAR_ID, 'ev1') as Row;
});

describe('a write that goes wrong', () => {
  it.each(['request-wrong', 'calendar-lost'] as const)('with %s is not tried again, and shown', (code) => {
    const world = lost();
    world.calendar.putFaults.push(code, code, code);
    world.noticed();
    world.later(8);
    expect(world.puts()).toHaveLength(1);
    expect(world.status()).toMatchObject({ broken: 1, repairing: 0, pending: 0, outbox: 0 });
    expect(world.live()).toEqual([]);
    expect(world.shown()).toBe(world.id);
  });

  it('whose answer is lost is found in the event', () => {
    const world = lost();
    world.calendar.putFaults.push('lost-answer');
    world.noticed();
    world.later();
    expect(world.puts()).toHaveLength(1);
    expect(world.live()).toMatchObject([{ id: world.shown(), title: 'Edited' }]);
    expect(world.bindings()).toMatchObject([{ state: 'live' }]);
  });

  it('for now is tried again, with one conference left in the end', () => {
    const world = lost();
    world.calendar.putFaults.push('google-unavailable', 'google-unavailable');
    world.noticed();
    expect(world.status()).toMatchObject({ broken: 0, repairing: 1 });
    world.later(4);
    expect(world.puts()).toHaveLength(3);
    expect(world.live()).toMatchObject([{ id: world.shown(), title: 'Edited' }]);
  });

  it('again and again is given up, and shown', () => {
    const world = lost();
    world.calendar.putFaults.push(...Array.from({ length: 20 }, () => 'google-unavailable' as const));
    world.noticed();
    world.later(24);
    expect(world.puts()).toHaveLength(4);
    expect(world.status()).toMatchObject({ broken: 1, repairing: 0 });
    expect(world.live()).toEqual([]);
  });

  it('so that the mark is not kept leaves a link that works and is followed, but never ended: a copy could have it', () => {
    const world = lost();
    world.calendar.stampsAreKept = false;
    world.noticed();
    world.later();
    expect(world.puts()).toHaveLength(1);
    expect(world.live()).toMatchObject([{ id: world.shown(), title: 'Edited' }]);
    expect(world.bindings()).toMatchObject([{ state: 'live', unmarked: true }]);
    world.calendar.put(CALENDAR_ID, { ...(world.calendar.get(CALENDAR_ID, 'ev1') as Row), summary: 'Followed' });
    world.pass();
    expect(world.live()).toMatchObject([{ title: 'Followed' }]);
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.later();
    expect(world.live()).toHaveLength(1);
    expect(world.bindings()).toEqual([]);
  });
});

describe('a provider that makes no new conference', () => {
  it('now is asked again later', () => {
    const world = lost();
    world.meet.script = ({ method }) => (method === 'POST' ? json(503, {}) : undefined);
    world.noticed();
    expect(world.puts()).toEqual([]);
    world.meet.script = () => undefined;
    world.later(30);
    expect(world.live()).toMatchObject([{ id: world.shown() }]);
  });

  it('at all is not asked again, and the event is shown as broken', () => {
    const world = lost();
    world.meet.script = ({ method }) => (method === 'POST' ? json(422, {}) : undefined);
    world.noticed();
    const from = world.meet.requests.length;
    world.later();
    expect(world.meet.requests.slice(from)).toEqual([]);
    expect(world.status()).toMatchObject({ broken: 1, repairing: 0 });
  });

  it('because the pass is killed there leaves none that nobody has', () => {
    const world = lost();
    world.meet.script = ({ method }) => {
      if (method === 'POST') throw new Error('killed');
      return undefined;
    };
    expect(world.noticed).toThrow('killed');
    world.meet.script = () => undefined;
    world.later(30);
    expect(world.live()).toMatchObject([{ id: world.shown() }]);
  });
});

describe('a series whose conference is gone', () => {
  it('has the new one in itself and in the exceptions that showed the old one', () => {
    const world = lost(allowed, { recurrence: ['RRULE:FREQ=WEEKLY'] });
    const owner = world.store.entries.get('lockstep.owner') ?? '';
    const slot = { dateTime: '2026-06-09T09:00:00+02:00' };
    const about = { recurringEventId: 'ev1', originalStartTime: slot, organizer: { self: true } };
    const time = { start: { dateTime: '2026-06-09T10:00:00+02:00' }, end: { dateTime: '2026-06-09T11:00:00+02:00' } };
    const put = (id: string, conferenceData: object) =>
      world.calendar.put(CALENDAR_ID, { id, ...about, ...time, conferenceData });
    put('ev1_old', stamped(world.id, owner));
    put('ev1_other', { conferenceId: 'another' });
    world.noticed();
    world.later();
    const [made] = world.live();
    expect([world.shown(), world.shown('ev1_old'), world.shown('ev1_other')]).toEqual([made?.id, made?.id, 'another']);
    expect(made?.occurrences).toMatchObject({ '2026-06-09T07:00:00Z': { start: { dateTime: '2026-06-09T10:00:00' } } });
  });
});
