import type { Action } from '../../src/core/plan';
import { DAY_MS, HOUR_MS } from '../../src/core/policies';
import { leftToday, nextDayMs, rankOf, refusedToday, type Spent, spendMore } from '../../src/core/quota';
import { bindingOf, NOW_MS } from '../support/core-world';

const MIDNIGHT_MS = Math.floor(NOW_MS / DAY_MS) * DAY_MS;
const spentOf = (requests: number) => spendMore(undefined, requests, NOW_MS, NOW_MS) as Spent;

describe('a provider’s daily quota', () => {
  it('is kept for creates in its last tenth, and for times in the two fifths before the end', () => {
    const left = (requests: number) => [1, 2].map((rank) => leftToday(spentOf(requests), 100, rank as 1 | 2, NOW_MS));
    expect(left(0)).toEqual([90, 60]);
    expect(left(60)).toEqual([30, 0]);
    expect(left(90)).toEqual([0, 0]);
  });

  it('never keeps a conference from being ended', () => {
    expect(leftToday(spentOf(500), 100, 0, NOW_MS)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is whole again at midnight, UTC', () => {
    const late = spendMore(undefined, 60, MIDNIGHT_MS - 1, MIDNIGHT_MS - 1);
    expect(leftToday(late, 100, 2, MIDNIGHT_MS - 1)).toBe(0);
    expect(leftToday(late, 100, 2, MIDNIGHT_MS)).toBe(60);
    expect(nextDayMs(MIDNIGHT_MS - 1)).toBe(MIDNIGHT_MS);
    expect(nextDayMs(MIDNIGHT_MS)).toBe(MIDNIGHT_MS + DAY_MS);
  });

  it('counts what is asked for on the same day, and nothing of another day', () => {
    expect(spendMore(spentOf(3), 2, NOW_MS, NOW_MS)).toMatchObject({ requests: 5 });
    expect(spendMore(spentOf(3), 1, MIDNIGHT_MS - HOUR_MS, NOW_MS)).toEqual(spentOf(3));
    expect(spendMore(spentOf(3), 1, MIDNIGHT_MS + DAY_MS, MIDNIGHT_MS + DAY_MS)).toMatchObject({ requests: 1 });
  });
});

describe('an answer that names the day’s limit', () => {
  it('says of one conference nothing about the others', () => {
    const once = refusedToday(spentOf(10), 'one', 100, NOW_MS);
    expect(leftToday(once, 100, 2, NOW_MS)).toBe(50);
    expect(leftToday(refusedToday(once, 'one', 100, NOW_MS), 100, 2, NOW_MS)).toBe(50);
  });

  it('about a second conference says that the day is spent', () => {
    const twice = refusedToday(refusedToday(undefined, 'one', 100, NOW_MS), 'other', 100, NOW_MS);
    expect([1, 2].map((rank) => leftToday(twice, 100, rank as 1 | 2, NOW_MS))).toEqual([0, 0]);
  });
});

describe('what goes first', () => {
  const update = (...fields: Array<'title' | 'time' | 'recurrence' | 'guests'>) =>
    ({ kind: 'update', binding: bindingOf(), fields }) as unknown as Action;

  it('is the end of a conference, then when a meeting is, then what it is about', () => {
    expect(rankOf({ kind: 'cancel', binding: bindingOf() })).toBe(0);
    expect(rankOf(update('title', 'time'))).toBe(1);
    expect(rankOf(update('recurrence'))).toBe(1);
    expect(rankOf({ kind: 'update-occurrence', binding: bindingOf() } as unknown as Action)).toBe(1);
    expect(rankOf(update('title', 'guests'))).toBe(2);
  });
});
