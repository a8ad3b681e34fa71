/** How much is remembered of one series: what lies ahead counts, what lies behind makes room. */
import type { Binding } from '../../src/core/binding';
import { bindingKey } from '../../src/core/binding';
import { countUnfollowed, MAX_OCCURRENCES, makeRoom, occurrenceEndMs, tidyOccurrences } from '../../src/core/bounds';
import { Ledger } from '../../src/core/ledger';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/core/policies';
import { bindingOf, NOW_MS } from '../support/core-world';

const SERIES = bindingOf({ eventId: 'ser', endsMs: 0 });
const occurrences = (number: number, over: (i: number) => Partial<Binding>) =>
  Array.from({ length: number }, (_, i) => bindingOf({ eventId: `ser_x${i}`, series: 'ser', ...over(i) }));
const ahead = () => ({ endsMs: NOW_MS + HOUR_MS });
const behind = () => ({ endsMs: NOW_MS - DAY_MS - MINUTE_MS });

describe('an occurrence lies behind', () => {
  const at = (iso: string) => ({ ms: Date.parse(iso), local: iso.slice(0, 19), timeZone: 'UTC' });
  it('when its slot and its time are over, whichever is later', () => {
    const slot = '2026-06-01T09:00:00Z';
    const time = { start: at('2026-06-03T09:00:00Z'), end: at('2026-06-03T09:59:30Z') };
    expect(occurrenceEndMs({ slot })).toBe(Date.parse(slot));
    expect(occurrenceEndMs({ slot, time })).toBe(Date.parse('2026-06-03T10:00:00Z'));
    expect(occurrenceEndMs({ slot: '2026-07-01T09:00:00Z', time })).toBe(Date.parse('2026-07-01T09:00:00Z'));
  });

  it('a day after its end, and not before', () => {
    const [just, notYet] = [{ endsMs: NOW_MS - DAY_MS - MINUTE_MS }, { endsMs: NOW_MS - DAY_MS }];
    const ledger = new Ledger([SERIES, ...occurrences(2, (i) => (i === 0 ? just : notYet))]);
    tidyOccurrences(ledger, true, NOW_MS);
    expect(ledger.all().map(({ eventId }) => eventId)).toEqual(['ser', 'ser_x1']);
  });

  it('a month after its slot, where an earlier version remembers no end, and never where its name tells nothing', () => {
    const names = ['ser_20260430T090000Z', 'ser_20260502T090000Z', 'ser_20260429', 'other'];
    const ledger = new Ledger([SERIES, ...occurrences(4, (i) => ({ eventId: names[i] as string, endsMs: 0 }))]);
    tidyOccurrences(ledger, true, NOW_MS);
    expect(ledger.all().map(({ eventId }) => eventId)).toEqual(['ser', 'ser_20260502T090000Z', 'other']);
  });
});

describe('an occurrence of which no end is remembered', () => {
  const kept = (eventId: string, nowMs: number) => {
    const ledger = new Ledger([SERIES, ...occurrences(1, () => ({ eventId, endsMs: 0 }))]);
    tidyOccurrences(ledger, true, nowMs);
    return ledger.size === 2;
  };

  it('is kept until more than a month has passed since its slot', () => {
    const monthLater = Date.UTC(2026, 5, 1);
    expect([kept('ser_20260501', monthLater), kept('ser_20260501', monthLater + 1)]).toEqual([true, false]);
  });

  it('is kept where the date does not end its name', () => {
    expect(kept('ser_20260401T090000Z_copy', NOW_MS)).toBe(true);
  });
});

describe('room for another one', () => {
  it('is there below the bound, at it once those behind are forgotten, and not when all lie ahead', () => {
    const below = new Ledger([SERIES, ...occurrences(MAX_OCCURRENCES - 1, behind)]);
    expect(makeRoom(SERIES, below, NOW_MS)).toBe(true);
    expect(below.size).toBe(MAX_OCCURRENCES);
    const over = new Ledger([SERIES, ...occurrences(MAX_OCCURRENCES, (i) => (i < 3 ? behind() : ahead()))]);
    expect(makeRoom(SERIES, over, NOW_MS)).toBe(true);
    expect(over.size).toBe(MAX_OCCURRENCES - 2);
    const full = new Ledger([SERIES, ...occurrences(MAX_OCCURRENCES, ahead)]);
    expect(makeRoom(SERIES, full, NOW_MS)).toBe(false);
    expect(full.size).toBe(MAX_OCCURRENCES + 1);
  });

  it('is not taken by the occurrences of another conference of the same series', () => {
    const others = occurrences(MAX_OCCURRENCES, () => ({ ...ahead(), conference: 'conf0' }));
    const other = { ...SERIES, conference: 'conf0' };
    const ledger = new Ledger([SERIES, other, ...others]);
    expect(makeRoom(SERIES, ledger, NOW_MS)).toBe(true);
    expect(makeRoom(other, ledger, NOW_MS)).toBe(false);
  });

  it('has a series read again of which something is not followed; not before there is any', () => {
    const left = { ...SERIES, unfollowed: 2 };
    const readAgain = (hasRoom: boolean, number: number) => {
      const ledger = new Ledger([left, ...occurrences(number, ahead)]);
      tidyOccurrences(ledger, hasRoom, NOW_MS);
      return ledger.get(bindingKey(left))?.unread === true;
    };
    expect([readAgain(true, 199), readAgain(true, 200), readAgain(false, 199)]).toEqual([true, false, false]);
    const ledger = new Ledger([SERIES]);
    tidyOccurrences(ledger, true, NOW_MS);
    expect(ledger.get(bindingKey(SERIES))).toBe(SERIES);
  });
});

describe('what is not followed', () => {
  it('is counted, and has its series read whole, which counts anew', () => {
    const ledger = new Ledger([SERIES]);
    for (let i = 0; i < 3; i++) countUnfollowed(SERIES, ledger, true);
    expect(ledger.get(bindingKey(SERIES))).toEqual({ ...SERIES, unfollowed: 3 });
    countUnfollowed(SERIES, ledger, false);
    expect(ledger.get(bindingKey(SERIES))).toEqual({ ...SERIES, unfollowed: 4, unread: true });
  });
});
