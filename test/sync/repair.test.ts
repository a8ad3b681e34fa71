/** What a person sets going again with "repair", and what it leaves as it is. */
import type { Binding } from '../../src/core/binding';
import { Ledger } from '../../src/core/ledger';
import { DAY_MS, HOUR_MS } from '../../src/core/policies';
import { parkEvent, unparkAll } from '../../src/sync/park';
import { bindingOf, diffContext, NOW_MS, SOLUTION, toDo } from '../support/core-world';
import { json } from '../support/fake-meet';
import { syncWorld } from '../support/sync-world';

const LATER_MS = NOW_MS + HOUR_MS;

function repaired(binding: Binding): Binding | undefined {
  const ledger = new Ledger([binding]);
  unparkAll(ledger, NOW_MS);
  return ledger.all()[0];
}

describe('a repair', () => {
  it.each<[string, Partial<Binding>, string]>([
    ['a delivery', { todo: toDo({ parked: true, attempts: 9, missed: true }) }, 'deliver'],
    ['a delivery of which nobody knows what became', { delivered: '?', todo: toDo({ parked: true }) }, 'deliver'],
    ['an end', { state: 'ending', todo: toDo({ kind: 'settle', parked: true }) }, 'settle'],
    ['a look for an event', { state: 'pending', todo: toDo({ kind: 'settle', parked: true }) }, 'settle'],
  ])('begins anew with what was given up: %s', (_name, over, kind) => {
    const before = bindingOf(over);
    expect(repaired(before)).toEqual({ ...before, delivered: '', todo: toDo({ kind: kind as 'deliver' }) });
  });

  it('tries a conference again that the provider does not know', () => {
    const broken = bindingOf({ state: 'broken', delivered: 'AAAAAA' });
    expect(repaired(broken)).toEqual({ ...broken, state: 'live', delivered: '', unread: true, todo: toDo() });
  });

  it('makes due now what has failed and waits, and goes on counting', () => {
    const waiting = bindingOf({ delivered: 'AAAAAA', todo: toDo({ attempts: 1, notBeforeMs: LATER_MS }) });
    expect(repaired(waiting)).toEqual({ ...waiting, todo: toDo({ attempts: 1, notBeforeMs: NOW_MS }) });
  });

  it.each<[string, Partial<Binding>]>([
    ['what is well', {}],
    [
      'what waits by right, as for the end of a grace period',
      { todo: toDo({ kind: 'settle', notBeforeMs: LATER_MS }) },
    ],
    ['the second look at a "not found"', { todo: toDo({ attempts: 1, missed: true, notBeforeMs: LATER_MS }) }],
    ['what is due already', { todo: toDo({ attempts: 3, notBeforeMs: NOW_MS }) }],
    ['what was due long ago', { todo: toDo({ attempts: 3, notBeforeMs: NOW_MS - HOUR_MS }) }],
  ])('leaves as it is %s', (_name, over) => {
    const before = bindingOf(over);
    expect(repaired(before)).toBe(before);
  });

  it('asks a provider at once that was to be left alone, which an hourly sweep does not', () => {
    const world = syncWorld();
    const id = world.book();
    world.meet.script = () => json(401, {});
    world.pass();
    world.meet.script = () => undefined;
    world.sweep();
    expect(world.meet.conferences.get(id)?.title).toBe('Meeting');
    world.sweep(true);
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
    expect(world.state().pauses.has(SOLUTION)).toBe(false);
  });

  it('waits with a provider that named the time itself', () => {
    const world = syncWorld();
    const id = world.book();
    world.meet.script = () => json(429, {}, { 'retry-after': '7200' });
    world.pass();
    world.meet.script = () => undefined;
    world.sweep(true);
    expect(world.meet.conferences.get(id)?.title).toBe('Meeting');
    world.clock.advance(DAY_MS);
    world.sweep();
    expect(world.meet.conferences.get(id)?.title).toBe('Plan');
  });
});

describe('an event that cannot be worked with', () => {
  it('waits, visibly, with what was to be done for it; its neighbours do not', () => {
    const waiting = bindingOf({ conference: 'conf2', todo: toDo({ kind: 'settle', attempts: 2 }) });
    const neighbours = [bindingOf({ eventId: 'ev2' }), bindingOf({ calendar: 'calTWO' })];
    const ledger = new Ledger([bindingOf(), waiting, ...neighbours]);
    parkEvent('ev1', diffContext(), ledger);
    expect(ledger.all()).toEqual([
      bindingOf({ todo: toDo({ parked: true, ownFault: true }) }),
      { ...waiting, todo: toDo({ kind: 'settle', attempts: 2, parked: true, ownFault: true }) },
      ...neighbours,
    ]);
  });
});
