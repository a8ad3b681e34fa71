/** The numbers on the home card, each from bindings and calendars of every kind. */
import type { Binding } from '../../src/core/binding';
import type { Pause } from '../../src/core/pause';
import { HOUR_MS } from '../../src/core/policies';
import { LedgerShards } from '../../src/sync/shards';
import { readStatus } from '../../src/sync/status';
import { CALENDAR_PREFIX } from '../../src/sync/sync-tokens';
import { STORE_LIMIT_BYTES, storeBytes } from '../../src/sync/user-state';
import { bindingOf, NOW_MS, SOLUTION, toDo } from '../support/core-world';
import { FakeStore } from '../support/fake-store';

function statusOf(entries: Record<string, string>) {
  const store = new FakeStore();
  for (const [key, text] of Object.entries(entries)) store.entries.set(key, text);
  return readStatus(store, NOW_MS);
}

function ledgerOf(...bindings: Array<Partial<Binding>>): Record<string, string> {
  const shards = new LedgerShards({});
  bindings.forEach((over, i) => {
    shards.ledger.put(bindingOf({ eventId: `ev${i}`, conference: `conf${i}`, ...over }));
  });
  return shards.takeEntries();
}

describe('the status counts', () => {
  it('events by their state, and occurrences not as events', () => {
    const settle = toDo({ kind: 'settle', notBeforeMs: NOW_MS + HOUR_MS });
    const entries = ledgerOf(
      {},
      {},
      { eventId: 'ev1_1', conference: 'conf1', series: 'ev1' },
      { state: 'pending', todo: settle },
      { state: 'ending', todo: settle },
      { state: 'broken' },
      { state: 'broken' },
      { state: 'broken' },
    );
    expect(statusOf(entries)).toMatchObject({ live: 2, pending: 1, broken: 3, parked: 0, outbox: 1 });
  });

  it('everything that is on its way: deliveries, of occurrences too, and ends, but no event that is only awaited', () => {
    const entries = ledgerOf(
      { todo: toDo() },
      { series: 'ser', todo: toDo() },
      { state: 'ending', todo: toDo({ kind: 'settle' }) },
      { state: 'pending', todo: toDo({ kind: 'settle' }) },
      { todo: toDo({ parked: true }) },
      { state: 'broken', todo: toDo({ kind: 'repair' }) },
      {},
    );
    expect(statusOf(entries)).toMatchObject({ outbox: 3, parked: 1, repairing: 1, broken: 0 });
  });

  it('changes that wait for a provider’s next day, where a day is counted, and none that waits for another time', () => {
    const nextDayMs = Date.UTC(2026, 5, 2);
    const entries = ledgerOf(
      { todo: toDo({ notBeforeMs: nextDayMs }) },
      { todo: toDo({ notBeforeMs: nextDayMs }) },
      { todo: toDo({ notBeforeMs: nextDayMs + 1_000 }) },
      { todo: toDo({ notBeforeMs: nextDayMs, parked: true }) },
      { state: 'ending', todo: toDo({ kind: 'settle', notBeforeMs: nextDayMs }) },
    );
    const spent = { 'lockstep.spent': JSON.stringify({ meet: { day: 20_605, requests: 9, refused: '' } }) };
    expect(statusOf({ ...entries, ...spent }).waiting).toEqual([
      { solution: SOLUTION, changes: 2, untilMs: nextDayMs },
    ]);
    expect(statusOf(entries).waiting).toEqual([]);
  });

  it('calendars, and tells when the one that was read longest ago was read, lost ones aside', () => {
    const record = (name: string, over: object) => ({
      [`${CALENDAR_PREFIX}${name}`]: JSON.stringify({ id: `${name}@example.com`, ...over }),
    });
    const entries = {
      ...record('a', { readMs: NOW_MS - 1_000 }),
      ...record('b', { readMs: NOW_MS - 5_000 }),
      ...record('c', { readMs: NOW_MS - 90_000, lostSinceMs: NOW_MS - 50_000 }),
      ...record('new', {}),
    };
    expect(statusOf(entries)).toMatchObject({ calendars: 4, lostCalendars: 1, readMs: NOW_MS - 5_000 });
    expect(statusOf(record('new', {}))).not.toHaveProperty('readMs');
  });

  it('providers that are left alone now, and those that accept no key', () => {
    const pause = (over: Partial<Pause>) => ({
      failures: 2,
      reason: 'unavailable',
      sinceMs: NOW_MS - HOUR_MS,
      untilMs: NOW_MS,
      ...over,
    });
    const pauses = {
      over: pause({}),
      out: pause({ untilMs: NOW_MS + 1 }),
      locked: pause({ reason: 'unauthorised', untilMs: NOW_MS - 1 }),
    };
    expect(statusOf({ 'lockstep.pauses': JSON.stringify(pauses) }).pauses).toEqual([
      { solution: 'out', reason: 'unavailable', untilMs: NOW_MS + 1 },
      { solution: 'locked', reason: 'unauthorised', untilMs: NOW_MS - 1 },
    ]);
  });

  it('the store as full from the very byte on that new conferences are refused', () => {
    const entries: Record<string, string> = {};
    for (let i = 0; i < 52; i++) entries[`other.${i}`] = 'x'.repeat(8_000);
    entries.rest = '';
    entries.rest = 'x'.repeat(STORE_LIMIT_BYTES - storeBytes(entries) - 1);
    expect(statusOf(entries).storeFull).toBe(false);
    entries.rest += 'x';
    expect(statusOf(entries).storeFull).toBe(true);
  });
});
