/** Much at once: a calendar shifted by a tool, another one imported. */
import type { AddOn } from '../../sandbox/script/host';
import { HOUR_MS } from '../bench-world';
import { Office } from './office';
import { measured, type Result } from './result';

export interface Burst {
  conferences?: number;
  events?: number;
  overMs?: number;
  /** Does Google merge a change into a trigger that has not run yet? */
  coalesced?: boolean;
}

export async function shift(
  addOn: AddOn,
  { conferences = 1_000, events = 200, overMs = 30_000, coalesced = false }: Burst = {},
): Promise<Result> {
  const office = new Office(addOn, { switches: { triggersCoalesce: coalesced } });
  office.fill(conferences);
  const what = `${events} events shifted within ${overMs / 1_000} s${coalesced ? ', triggers merged' : ''}`;
  await office.rest();
  const result = await measured(what, office, 2 * HOUR_MS, (tally, beginMs) => {
    for (const [i, event] of office.pick(events).entries()) {
      office.overlap.at(beginMs + (i * overMs) / events, () => office.shifts(event, tally));
    }
  });
  await office.overlap.close();
  return result;
}

export async function foreignImport(
  addOn: AddOn,
  { conferences = 1_000, events = 2_000, overMs = 60_000, coalesced = false }: Burst = {},
): Promise<Result> {
  const office = new Office(addOn, { switches: { triggersCoalesce: coalesced } });
  office.fill(conferences);
  const what = `${events} foreign events imported within ${overMs / 1_000} s${coalesced ? ', triggers merged' : ''}`;
  await office.rest();
  const result = await measured(what, office, 2 * HOUR_MS, (_, beginMs) => {
    for (let i = 0; i < events; i++) {
      office.overlap.at(beginMs + (i * overMs) / events, () => void office.foreign.push(office.makesForeign()));
    }
  });
  await office.overlap.close();
  return result;
}
