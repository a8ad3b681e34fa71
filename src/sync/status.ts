/** Status: the state of one user's sync in numbers, for the home card. Reads only. */
import type { Status } from '../ports/people';
import type { StateStore } from '../ports/platform';
import { STORE_LIMIT_BYTES, storeBytes, UserState } from './user-state';

export function readStatus(store: StateStore, nowMs: number): Status {
  const entries = store.readAll();
  const state = new UserState(entries);
  const records = [...state.calendars.values()];
  const bindings = state.ledger.all();
  const events = bindings.filter((binding) => binding.series === undefined);
  const reads = records.flatMap((record) => (record.lostSinceMs === undefined ? (record.readMs ?? []) : []));
  return {
    calendars: records.length,
    lostCalendars: records.filter((record) => record.lostSinceMs !== undefined).length,
    ...(reads.length > 0 && { readMs: Math.min(...reads) }),
    live: events.filter((binding) => binding.state === 'live').length,
    pending: events.filter((binding) => binding.state === 'pending').length + state.intents.length,
    outbox: bindings.filter(
      (binding) => binding.todo !== undefined && binding.state !== 'pending' && !binding.todo.parked,
    ).length,
    parked: bindings.filter((binding) => binding.todo?.parked === true).length,
    broken: events.filter((binding) => binding.state === 'broken').length,
    pauses: [...state.pauses]
      // A key that is not accepted stays so until something succeeds, also while the next try is due.
      .filter(([, pause]) => pause.untilMs > nowMs || pause.reason === 'unauthorised')
      .map(([solution, pause]) => ({ solution, reason: pause.reason, untilMs: pause.untilMs })),
    storeFull: storeBytes(entries) >= STORE_LIMIT_BYTES,
  };
}
