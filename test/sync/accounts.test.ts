/** As whom a provider is asked, and what its answer is then worth. */
import { HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import type { GrantAccount } from '../../src/ports/grants';
import { accountsOf } from '../../src/sync/account-status';
import { accountInForce, whoseIs } from '../../src/sync/accounts';
import { connect } from '../../src/sync/connect';
import { readEventStatus } from '../../src/sync/event-status';
import { readStatus } from '../../src/sync/status';
import { bindingOf, CALENDAR_ID, SOLUTION, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

const PLACE = { calendarId: CALENDAR_ID, eventId: 'ev1' };

/** Ann connects as `made`, and has a conference; the vendor shows it to that account alone. */
function booked(made: GrantAccount | undefined = { mark: 'first0', name: 'ann@work' }) {
  const world = syncWorld();
  let now: GrantAccount | undefined = made;
  world.deps.grants = { ...world.deps.grants, personal: ['meet'], isConnected: () => true, accountOf: () => now };
  const id = world.book();
  world.pass();
  world.meet.script = ({ method }) => {
    return now?.mark !== made?.mark && method !== 'POST' ? json(404, { code: 'not-found' }) : undefined;
  };
  const later = (hours = 3) => {
    for (let i = 0; i < hours * 4; i++) {
      world.clock.advance(15 * MINUTE_MS);
      world.sweep();
    }
  };
  return {
    ...world,
    id,
    later,
    becomes: (account: GrantAccount | undefined) => {
      now = account;
    },
    asked: () => world.meet.requests.length,
    status: () => readStatus(world.store, world.clock.nowMs(), (binding, state) => whoseIs(binding, state, world.deps)),
    card: () => readEventStatus(world.deps, PLACE)[0],
    title: () => world.meet.conferences.get(id)?.title,
  };
}

const OTHER = { mark: 'second', name: 'ann@home' };
const NAMELESS = { mark: '?grant' };

describe('a change under another account', () => {
  it('is asked for once, held, and told when the first account is back', () => {
    const world = booked();
    world.becomes(OTHER);
    const before = world.asked();
    world.edit('ev1', world.id, { summary: 'Edited' });
    world.pass();
    world.later();
    expect(world.asked()).toBe(before + 1);
    expect(world.bindings()).toMatchObject([{ state: 'live', account: '0', unknownTo: '1', todo: { parked: true } }]);
    expect(world.card()).toMatchObject({ unknown: { whose: 'another' }, account: 'ann@home' });
    expect(world.status()).toMatchObject({ unknown: { another: 1, untold: 0 }, parked: 0, broken: 0 });
    world.becomes({ mark: 'first0' });
    world.sweep();
    expect(world.title()).toBe('Edited');
    expect(world.bindings()).toMatchObject([{ state: 'live', account: '0' }]);
    expect(world.bindings()[0]).not.toHaveProperty('unknownTo');
  });

  it('is due again when the first account is connected, before anything else happens', () => {
    const world = booked();
    world.becomes(OTHER);
    world.edit('ev1', world.id, { summary: 'Edited' });
    world.pass();
    world.deps.grants.complete = (_answer, resume) => {
      world.becomes({ mark: 'first0' });
      resume('meet');
      return { kind: 'connected', provider: 'meet' };
    };
    connect(world.deps, {});
    expect(world.title()).toBe('Edited');
  });

  it('is asked for once more under a third account, and a later change is a change of its own', () => {
    const world = booked();
    world.becomes(OTHER);
    world.edit('ev1', world.id, { summary: 'Edited' });
    world.pass();
    const before = world.asked();
    world.becomes({ mark: 'third0' });
    world.later();
    expect(world.asked()).toBe(before + 1);
    world.edit('ev1', world.id, { summary: 'Edited again' });
    world.pass();
    world.later();
    expect(world.asked()).toBe(before + 2);
  });

  it('of one occurrence is held too', () => {
    const world = booked();
    const series = { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] };
    world.edit('ev1', world.id, series);
    world.pass();
    world.becomes(OTHER);
    const slot = { dateTime: '2026-06-09T09:00:00+02:00', timeZone: 'Europe/Zurich' };
    world.calendar.put(CALENDAR_ID, {
      id: 'ev1_20260609T070000Z',
      status: 'cancelled',
      recurringEventId: 'ev1',
      originalStartTime: slot,
    });
    world.pass();
    world.later();
    expect(world.bindings().find(({ series: of }) => of !== undefined)).toMatchObject({ unknownTo: '1' });
    world.becomes({ mark: 'first0', name: 'ann@work' });
    world.sweep();
    expect(Object.values(world.meet.conferences.get(world.id)?.occurrences ?? {})).toEqual([{ status: 'cancelled' }]);
  });
});

describe('an end under another account', () => {
  it('is held, and carried out when the first account is back', () => {
    const world = booked();
    world.becomes(OTHER);
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.later();
    expect(world.bindings()).toMatchObject([{ state: 'ending', unknownTo: '1' }]);
    world.becomes({ mark: 'first0', name: 'ann@work' });
    world.sweep();
    expect(world.meet.conferences.get(world.id)?.cancelled).toBe(true);
    expect(world.bindings()).toEqual([]);
  });

  it('is over at once where the account that made it does not find it either', () => {
    const world = booked();
    world.meet.script = ({ method }) => (method === 'DELETE' ? json(404, { code: 'not-found' }) : undefined);
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.later();
    expect(world.bindings()).toEqual([]);
  });
});

describe('where nobody knows whose the grant is', () => {
  it.each([
    ['the grant in force', undefined, NAMELESS],
    ['the one that made it', NAMELESS, undefined],
    ['either', undefined, undefined],
  ])('a conference that is not known counts as neither gone nor another’s (%s)', (_, made, now) => {
    const world = booked(made ?? { mark: 'first0' });
    if (made === undefined) world.store.entries.set('lockstep.accounts', '{}');
    world.becomes(now);
    world.edit('ev1', world.id, { summary: 'Edited' });
    world.pass();
    world.later();
    expect(world.card()).toMatchObject({ state: 'broken', unknown: { whose: 'untold' } });
    expect(world.status()).toMatchObject({ unknown: { another: 0, untold: 1 }, broken: 0 });
  });

  it('a broken conference is tried again under the next grant, and told all of its event', () => {
    const world = booked({ mark: 'first0' });
    world.becomes(NAMELESS);
    world.edit('ev1', world.id, { summary: 'Edited' });
    world.pass();
    world.later();
    world.meet.script = () => undefined;
    world.becomes({ mark: '?other' });
    world.sweep();
    expect(world.title()).toBe('Edited');
    expect(world.card()).toMatchObject({ state: 'in-step' });
  });

  it('an end is held and tried again under the next grant', () => {
    const world = booked({ mark: 'first0' });
    world.becomes(NAMELESS);
    world.calendar.remove(CALENDAR_ID, 'ev1');
    world.pass();
    world.later();
    expect(world.bindings()).toMatchObject([{ state: 'ending', todo: { parked: true } }]);
    world.meet.script = () => undefined;
    world.becomes({ mark: 'first0' });
    world.sweep();
    expect(world.bindings()).toEqual([]);
    expect(world.meet.conferences.get(world.id)?.cancelled).toBe(true);
  });
});

describe('a create', () => {
  it('that was cut short is not repeated as another account', () => {
    const world = booked();
    world.meet.script = () => ({ fault: 'no answer' });
    world.create('ev2');
    world.becomes(OTHER);
    world.meet.script = () => undefined;
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect([...world.meet.conferences.keys()]).toEqual([world.id]);
    world.becomes({ mark: 'first0' });
    world.sweep();
    expect(world.meet.conferences.size).toBe(2);
  });

  it('by the add-on’s own key belongs to nobody in particular, and gone means gone', () => {
    const world = syncWorld();
    const id = world.book();
    world.pass();
    expect(world.bindings()[0]).not.toHaveProperty('account');
    world.meet.conferences.delete(id);
    world.edit('ev1', id, { summary: 'Edited' });
    world.pass();
    world.clock.advance(HOUR_MS);
    world.sweep();
    expect(readEventStatus(world.deps, PLACE)[0]).toMatchObject({ state: 'broken' });
    expect(readEventStatus(world.deps, PLACE)[0]).not.toHaveProperty('unknown');
  });
});

describe('a copy of an event', () => {
  it('is of the account that made the conference', () => {
    const world = booked();
    const row = world.calendar.get(CALENDAR_ID, 'ev1');
    world.calendar.put(CALENDAR_ID, { ...(row as object), id: 'ev2' } as never);
    world.pass();
    expect(world.bindings().map(({ account }) => account)).toEqual(['0', '0']);
  });
});

/** A state that knows two accounts, of which the provider is asked now as the first, or as the one given. */
function known(personal: string[], now: GrantAccount | undefined = { mark: 'first0', name: 'ann@work' }) {
  const { deps, state: read } = syncWorld();
  const state = read();
  for (const [i, mark] of ['first0', '?grant', 'second'].entries()) state.accounts.set(mark, String(i));
  return { state, deps: { ...deps, grants: { ...deps.grants, personal, accountOf: () => now } } };
}

describe('the account in force', () => {
  it('is the person’s, where the provider asks for a grant of theirs', () => {
    const { state, deps } = known(['meet']);
    expect(accountInForce(SOLUTION, state, deps)).toBe('0');
  });

  it('is nobody’s where the provider has a key of the add-on’s own, or the solution is offered no more', () => {
    const own = known([], { mark: 'fourth' });
    expect(accountInForce(SOLUTION, own.state, own.deps)).toBeUndefined();
    expect(own.state.accounts.has('fourth')).toBe(false);
    const gone = known(['meet']);
    expect(accountInForce('gone', gone.state, gone.deps)).toBeUndefined();
  });
});

describe('whose a conference is', () => {
  it('makes no difference where the provider asks for no grant, or the solution is offered no more', () => {
    const own = known([]);
    expect(whoseIs(bindingOf({ account: '2' }), own.state, own.deps)).toBe('same');
    const gone = known(['meet']);
    expect(whoseIs(bindingOf({ account: '2', solution: 'gone' }), gone.state, gone.deps)).toBe('same');
  });

  it.each([
    ['0', 'same'],
    ['1', 'untold'],
    ['2', 'another'],
    ['9', 'untold'],
  ])('is told by the mark of the account that made it: %s is %s', (account, whose) => {
    const { state, deps } = known(['meet']);
    expect(whoseIs(bindingOf({ account }), state, deps)).toBe(whose);
  });
});

describe('the card of an event', () => {
  const made = bindingOf({ account: '2' });
  const held = { ...made, unknownTo: '0', todo: toDo({ parked: true }) };

  it('tells of another account only where the conference was not known and is not to be tried any more', () => {
    const { state, deps } = known(['meet']);
    expect(accountsOf(held, undefined, state, deps)).toEqual({ unknown: { whose: 'another' }, account: 'ann@work' });
    expect(accountsOf(made, undefined, state, deps)).toEqual({ account: 'ann@work' });
    expect(accountsOf({ ...held, todo: toDo() }, undefined, state, deps)).toEqual({ account: 'ann@work' });
    expect(accountsOf({ ...made, unknownTo: '0' }, undefined, state, deps)).toEqual({ account: 'ann@work' });
  });

  it('tells it also of the occurrence that is held while its series is not', () => {
    const { state, deps } = known(['meet']);
    const series = bindingOf({ account: '0' });
    expect(accountsOf(series, held, state, deps)).toMatchObject({ unknown: { whose: 'another' } });
  });

  it('names no account where nobody knows its name', () => {
    const { state, deps } = known(['meet'], { mark: 'first0' });
    expect(accountsOf(made, undefined, state, deps)).not.toHaveProperty('account');
  });
});
