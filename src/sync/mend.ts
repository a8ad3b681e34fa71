/** Mends a damaged memory: everything is read anew, once, and what cannot be read is dropped after that. */
import type { SyncDeps } from './deps';
import type { Damage } from './memory';
import { isHurt } from './memory';
import type { Delta } from './read-delta';
import type { CalendarRecord } from './sync-tokens';
import type { UserState } from './user-state';

/** What was found damaged and is not known to stay so. */
export function newDamages({ damages, hurt }: Pick<UserState, 'damages' | 'hurt'>): Damage[] {
  return damages.filter((damage) => !(hurt.left ?? []).includes(damage));
}

export function noteDamage(state: UserState, deps: SyncDeps, nowMs: number): void {
  if (state.isOwnerRestored) deps.log({ event: 'memory-damaged', code: 'owner', end: 'restored' });
  const found = newDamages(state);
  if (found.length === 0 || isHurt(state.hurt)) return;
  state.hurt = { ...state.hurt, hurtMs: nowMs };
  for (const code of found) deps.log({ event: 'memory-damaged', code, bindings: state.ledger.size });
}

/** The record to read with: without its token while its calendar has not been read anew. */
export function readAnew(record: CalendarRecord, { hurt }: UserState): CalendarRecord {
  if (!isHurt(hurt) || (record.anewMs ?? 0) >= (hurt.hurtMs as number)) return record;
  const { token: _known, goesOn, ...rest } = record;
  return goesOn !== undefined && goesOn.beganMs >= (hurt.hurtMs as number) ? { ...rest, goesOn } : rest;
}

/** The whole calendar has been read. */
export function noteReadAnew(key: string, { full }: Delta, state: UserState, nowMs: number): void {
  const record = state.calendars.get(key);
  if (full && isHurt(state.hurt) && record !== undefined) state.setCalendar({ ...record, anewMs: nowMs });
}

/** Once each calendar that can be read has been: what is still damaged now, stays so. */
export function noteMended(state: UserState, deps: SyncDeps, nowMs: number): void {
  if (!isHurt(state.hurt)) return;
  const records = [...state.calendars.values()].filter(({ lostSinceMs }) => lostSinceMs === undefined);
  if (records.some(({ anewMs = 0 }) => anewMs < (state.hurt.hurtMs as number))) return;
  state.mended(nowMs);
  deps.log({ event: 'memory-mended', bindings: state.ledger.size });
}
