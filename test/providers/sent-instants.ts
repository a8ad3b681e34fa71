/** Instants in what a provider sends: text with Z or an offset, and numbers that count seconds or milliseconds. */
import type { HttpRequest } from '../../src/ports/http';

const SECONDS_OF_2020 = 1_577_836_800;
const SECONDS_OF_2100 = 4_102_444_800;

/** Epoch milliseconds, in the order in which they stand there. */
export function sentInstants(requests: readonly HttpRequest[]): number[] {
  return requests.flatMap(({ json }) => instantsIn(json));
}

function instantsIn(value: unknown): number[] {
  if (typeof value === 'string') return /T[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(value) ? [Date.parse(value)] : [];
  if (typeof value === 'number') {
    const ms = [value * 1_000, value].find((one) => one >= SECONDS_OF_2020 * 1_000 && one < SECONDS_OF_2100 * 1_000);
    return ms === undefined ? [] : [ms];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(instantsIn) : [];
}
