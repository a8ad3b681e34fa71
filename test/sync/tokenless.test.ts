/** Lists that end without a sync token: asked more plainly after two of them, and said so. */
import type { Plainness } from '../../src/ports/calendar';
import { readStatus } from '../../src/sync/status';
import { afterList, calendarKey } from '../../src/sync/sync-tokens';
import { CALENDAR_ID } from '../support/core-world';
import { syncWorld } from '../support/sync-world';

const KEY = calendarKey(CALENDAR_ID);

function tokensFrom(plainness: Plainness | 3) {
  const world = syncWorld();
  world.calendar.tokensFrom = plainness as Plainness;
  const status = () => {
    const { tokenless, plain } = readStatus(world.store, world.clock.nowMs());
    return { tokenless, plain };
  };
  const passes = (times: number) => {
    for (let i = 0; i < times; i++) world.pass();
    return world.log.of('list').map(({ full }) => full);
  };
  return { ...world, status, passes, record: () => world.state().calendars.get(KEY) };
}

describe('a calendar whose lists end without a sync token', () => {
  it('is asked without the kinds of events after two of them, and goes on from there', () => {
    const { passes, record, status, log } = tokensFrom(1);
    expect(passes(2)).toEqual([true, true]);
    expect(record()).toMatchObject({ plainness: 1 });
    expect(status()).toEqual({ tokenless: 1, plain: 0 });
    expect(passes(2)).toEqual([true, true, true, false]);
    expect(record()).toMatchObject({ plainness: 1, query: 'query-1-1', token: expect.any(String) });
    expect(status()).toEqual({ tokenless: 0, plain: 1 });
    expect(log.of('sync-token-missing')).toEqual([
      { event: 'sync-token-missing', calendar: KEY },
      { event: 'sync-token-missing', calendar: KEY, end: 'asks-more-plainly' },
    ]);
  });

  it('is asked without a choice of fields after two more', () => {
    const { passes, record } = tokensFrom(2);
    expect(passes(6)).toEqual([true, true, true, true, true, false]);
    expect(record()).toMatchObject({ plainness: 2, query: 'query-1-2' });
  });

  it('is read from the beginning each time where nothing helps', () => {
    const { passes, record, status } = tokensFrom(3);
    expect(passes(7)).toEqual(Array(7).fill(true));
    expect(record()).toMatchObject({ plainness: 2, tokenless: 3 });
    expect(status()).toEqual({ tokenless: 1, plain: 0 });
  });

  it('is asked for everything as long as one list in two brings a token', () => {
    const { calendar, passes, record, status } = tokensFrom(0);
    passes(1);
    calendar.tokensFrom = 1;
    calendar.expireTokens(CALENDAR_ID);
    passes(1);
    expect(record()).toMatchObject({ tokenless: 1 });
    expect(status()).toEqual({ tokenless: 0, plain: 0 });
    calendar.tokensFrom = 0;
    passes(1);
    expect(record()).not.toHaveProperty('tokenless');
    expect(record()).not.toHaveProperty('plainness');
  });

  it('keeps asking plainly once that has helped', () => {
    expect(afterList({ plainness: 1, tokenless: 1 }, true)).toEqual({ plainness: 1 });
    expect(afterList({ plainness: 1 }, false)).toEqual({ plainness: 1, tokenless: 1 });
    expect(afterList({ plainness: 2, tokenless: 1 }, false)).toEqual({ plainness: 2, tokenless: 2 });
  });
});
