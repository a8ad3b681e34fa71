/** What so many users would ask of Google's limits for one project, from what one user's day was measured to ask. */
import { type Cell, table, whole } from '../table';
import type { Result } from './result';

/** Projects made since May 2026: calls a minute, and calls a day before they are billed. */
const PER_MINUTE = 10_000;
const PER_DAY = 1_000_000;
/** Google: trigger time a day of a consumer account. */
const TRIGGER_MS_PER_DAY = 90 * 60_000;
const URL_FETCHES_PER_DAY = 20_000;
const PROPERTY_OPERATIONS_PER_DAY = 50_000;
const USERS = 10_000;
const MINUTES_PER_DAY = 1_440;
const SWEEPS_PER_DAY = 24;
/** Nine working hours, and a peak of three times their mean. */
const WORKING_MINUTES = 540;
const PEAK = 3;

export function paper({ tally }: Result): string {
  const { calls } = tally;
  const perDay = calls.list + calls.get + tally.failed;
  const sweepsPerMinute = (USERS * SWEEPS_PER_DAY) / MINUTES_PER_DAY;
  const peak = sweepsPerMinute + (PEAK * USERS * (perDay - SWEEPS_PER_DAY)) / WORKING_MINUTES;
  const operations = calls['property reads'] + calls['property writes'];
  const share = (used: number, limit: number) => `${((100 * used) / limit).toFixed(1)} %`;
  const rows: Cell[][] = [
    ['Calendar calls of one user in a day', whole(perDay), '', ''],
    [
      `Calendar calls of ${whole(USERS)} users in a day`,
      whole(perDay * USERS),
      whole(PER_DAY),
      share(perDay * USERS, PER_DAY),
    ],
    ['in the busiest minute', whole(peak), whole(PER_MINUTE), share(peak, PER_MINUTE)],
    ['users within a million calls a day', whole(PER_DAY / perDay), '', ''],
    [
      'trigger time of one user in a day, s',
      whole(tally.runMs / 1_000),
      whole(TRIGGER_MS_PER_DAY / 1_000),
      share(tally.runMs, TRIGGER_MS_PER_DAY),
    ],
    [
      'provider requests of one user in a day',
      whole(calls.provider),
      whole(URL_FETCHES_PER_DAY),
      share(calls.provider, URL_FETCHES_PER_DAY),
    ],
    [
      'property operations of one user in a day',
      whole(operations),
      whole(PROPERTY_OPERATIONS_PER_DAY),
      share(operations, PROPERTY_OPERATIONS_PER_DAY),
    ],
  ];
  return `${table(['', 'used', 'limit', 'share'], rows)}

The busiest minute: sweeps spread over the hour, as Google spreads them, and three times the mean of nine working hours. An event with 5,000 guests who all use the add-on brings some 5,000 lists in a minute when it is edited: half of what a project may ask.`;
}
