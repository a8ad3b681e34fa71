/** What a look at a provider makes of a binding, and when the next one is due. */
import { UNKNOWN } from '../../src/core/fingerprint';
import { afterLook, differingFields, lookOf, nextLookMs } from '../../src/core/vendor-changes';
import { bindingOf, NOW_MS, toDo } from '../support/core-world';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const KEPT = new Set(['title', 'time'] as const);
const told = bindingOf({ delivered: 'AAAAAABBBBBB' });
const wins = { vendorChanges: 'calendar-wins' } as const;
const asks = { vendorChanges: 'ask' } as const;
const shown = (values: string, ...fields: Array<'title' | 'time' | 'guests'>) => ({ fields, values });

describe('a look', () => {
  it('that finds nothing changes nothing', () => {
    expect(afterLook(told, shown(''), KEPT, wins, NOW_MS)).toBe(told);
  });

  it('that finds a field of another kind than the provider keeps changes nothing', () => {
    expect(afterLook(told, shown('x', 'guests'), KEPT, wins, NOW_MS)).toBe(told);
  });

  it('that finds another title has the title told again, and nothing else', () => {
    const after = afterLook(told, shown('Mine', 'title'), KEPT, wins, NOW_MS);
    expect(after).toMatchObject({ delivered: `${UNKNOWN.repeat(6)}BBBBBB`, todo: toDo() });
    expect(differingFields(after)).toEqual(['title']);
  });

  it('that finds the same again after it was told leaves it: the provider writes it its own way', () => {
    const { todo: _told, ...after } = afterLook(told, shown('Mine', 'title'), KEPT, wins, NOW_MS);
    expect(afterLook(after, shown('Mine', 'title'), KEPT, wins, NOW_MS)).toBe(after);
    expect(afterLook(after, shown('Another', 'title'), KEPT, wins, NOW_MS)).toMatchObject({ todo: toDo() });
  });

  it('where people are asked only notes what differs, until it does no more', () => {
    const after = afterLook(told, shown('Mine', 'title', 'time'), KEPT, asks, NOW_MS);
    expect(after).toEqual({ ...told, differs: after.differs });
    expect(differingFields(after)).toEqual(['title', 'time']);
    expect(afterLook(after, shown(''), KEPT, asks, NOW_MS)).toEqual(told);
  });
});

describe('the next look', () => {
  const meeting = (startMs: number, ...recurrence: string[]) => ({
    ...{ title: '', description: '', guests: [], recurrence },
    start: { ms: startMs, local: '', timeZone: 'UTC' },
    end: { ms: startMs + 60 * MINUTE_MS, local: '', timeZone: 'UTC' },
  });
  const inMinutes = (ms: number | undefined) => ms && (ms - NOW_MS) / MINUTE_MS;

  it.each([
    ['a day before', DAY_MS, [], 1_440 - 75],
    ['an hour before', 60 * MINUTE_MS, [], undefined],
    ['after the start', -MINUTE_MS, [], undefined],
    ['of a series that has not begun', DAY_MS, ['RRULE:FREQ=DAILY'], 1_440 - 75],
    ['of a daily series', -10 * MINUTE_MS, ['RRULE:FREQ=DAILY;COUNT=5'], 1_440 - 85],
    ['of every second week', -10 * MINUTE_MS, ['RRULE:FREQ=WEEKLY;INTERVAL=2'], 14 * 1_440 - 85],
    ['of a monthly series', -10 * MINUTE_MS, ['RRULE:FREQ=MONTHLY'], 30 * 1_440 - 85],
    ['of dates without a rule', -10 * MINUTE_MS, ['RDATE:20270101T100000Z'], undefined],
  ])('%s', (_, aheadMs, recurrence, minutes) => {
    expect(inMinutes(nextLookMs(meeting(NOW_MS + aheadMs, ...recurrence), NOW_MS))).toBe(minutes);
  });

  it('is not put off by a row that comes while one is due', () => {
    expect(lookOf(NOW_MS + 5, { lookMs: NOW_MS }, NOW_MS)).toEqual({ lookMs: NOW_MS });
    expect(lookOf(NOW_MS + 5, { lookMs: NOW_MS + 1 }, NOW_MS)).toEqual({ lookMs: NOW_MS + 5 });
    expect(lookOf(undefined, { lookMs: NOW_MS + 1 }, NOW_MS)).toEqual({});
  });
});
