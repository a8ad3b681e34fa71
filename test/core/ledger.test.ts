import { type Binding, bindingKey } from '../../src/core/binding';
import { driverOf, dropConference, Ledger } from '../../src/core/ledger';
import { HOUR_MS } from '../../src/core/policies';
import { bindingOf, CALENDAR, NOW_MS, SOLUTION, toDo } from '../support/core-world';

const older = bindingOf({ eventId: 'older', bornMs: NOW_MS - 2 * HOUR_MS });
const younger = bindingOf({ eventId: 'younger', bornMs: NOW_MS - HOUR_MS });

describe('the ledger', () => {
  it('finds bindings by event, by conference and by key', () => {
    const other = bindingOf({ eventId: 'older', conference: 'conf2' });
    const ledger = new Ledger([older, younger, other]);
    expect(ledger.ofEvent(CALENDAR, 'older')).toEqual([older, other]);
    expect(ledger.ofConference(older)).toEqual([older, younger]);
    expect(ledger.get(bindingKey(other))).toBe(other);
    expect(ledger.size).toBe(3);
  });

  it('keeps events of two calendars with the same id apart', () => {
    const elsewhere = bindingOf({ eventId: 'older', calendar: 'calTWO' });
    const ledger = new Ledger([older, elsewhere]);
    expect(ledger.ofEvent('calTWO', 'older')).toEqual([elsewhere]);
  });

  it('keeps conferences of two solutions with the same name apart', () => {
    const elsewhere = bindingOf({ eventId: 'older', solution: 'other-meet' });
    const ledger = new Ledger([older, elsewhere]);
    expect(ledger.ofConference(older)).toEqual([older]);
    expect(ledger.ofConference(elsewhere)).toEqual([elsewhere]);
  });

  it('forgets a dropped binding in every look-up', () => {
    const ledger = new Ledger([older, younger]);
    ledger.drop(older);
    expect(ledger.get(bindingKey(older))).toBeUndefined();
    expect(ledger.ofEvent(CALENDAR, 'older')).toEqual([]);
    expect(ledger.ofConference(older)).toEqual([younger]);
  });

  it('names what was put or dropped since it was asked last, and nothing it was made with', () => {
    const ledger = new Ledger([older, younger]);
    expect(ledger.takeTouched()).toEqual(new Set());
    ledger.put({ ...older, guest: true });
    ledger.drop(younger);
    expect(ledger.takeTouched()).toEqual(new Set([bindingKey(older), bindingKey(younger)]));
    expect(ledger.takeTouched()).toEqual(new Set());
  });

  it('does not count the drop of a binding it never had', () => {
    const ledger = new Ledger([older]);
    ledger.drop(younger);
    expect(ledger.takeTouched()).toEqual(new Set());
  });

  it('finds the occurrences of a series through its master', () => {
    const master = bindingOf({ eventId: 'ser' });
    const occurrence = bindingOf({ eventId: 'ser_1', series: 'ser' });
    const ledger = new Ledger([master, occurrence, bindingOf({ eventId: 'other_1', series: 'other' })]);
    expect(ledger.ofSeries(CALENDAR, 'ser')).toEqual([occurrence]);
  });

  it('keeps the occurrences of a series apart from those of its copy in another calendar', () => {
    const ofBoth = ['calTWO', CALENDAR].flatMap((calendar) => [
      bindingOf({ calendar, eventId: 'ser' }),
      bindingOf({ calendar, eventId: 'ser_1', series: 'ser' }),
    ]);
    expect(new Ledger(ofBoth).ofSeries(CALENDAR, 'ser')).toEqual([ofBoth[3]]);
  });

  it('drops a conference with its occurrences, and not those of one with the same name at another solution', () => {
    const ofTwo = [SOLUTION, 'other-meet'].flatMap((solution) => [
      bindingOf({ solution, eventId: 'ser' }),
      bindingOf({ solution, eventId: 'ser_1', series: 'ser' }),
    ]);
    const ledger = new Ledger(ofTwo);
    dropConference(ofTwo[0] as Binding, ledger);
    expect(ledger.all()).toEqual(ofTwo.slice(2));
  });
});

describe('the driver of a conference', () => {
  it('is the oldest binding whose event still lies ahead', () => {
    expect(driverOf([younger, older], NOW_MS)).toBe(older);
  });

  it('moves on when the oldest event is over', () => {
    expect(driverOf([younger, { ...older, endsMs: NOW_MS }], NOW_MS)).toBe(younger);
  });

  it('is an event without end rather than one that is over', () => {
    const endless = { ...younger, endsMs: 0 };
    expect(driverOf([{ ...older, endsMs: NOW_MS - 1 }, endless], NOW_MS)).toBe(endless);
  });

  it('is the one that ends last when all are over', () => {
    const over = { ...older, endsMs: NOW_MS - 2 * HOUR_MS };
    const last = { ...younger, endsMs: NOW_MS - HOUR_MS };
    expect(driverOf([over, last], NOW_MS)).toBe(last);
    expect(driverOf([last, over], NOW_MS)).toBe(last);
  });

  it('is the same whatever order the ledger was read in', () => {
    const over = { endsMs: NOW_MS - HOUR_MS };
    const [a, b] = [
      { ...older, ...over },
      { ...younger, ...over },
    ];
    expect(driverOf([a, b], NOW_MS)).toBe(a);
    expect(driverOf([b, a], NOW_MS)).toBe(a);
  });

  it('is the one that already drives when two were bound in the same minute', () => {
    const a = bindingOf({ eventId: 'a' });
    const b = bindingOf({ eventId: 'b', delivered: 'AAAAAA' });
    expect(driverOf([a, b], NOW_MS)).toBe(b);
    expect(driverOf([b, a], NOW_MS)).toBe(b);
  });

  it.each(['', 'AAAAAA'])(
    'is the same in every pass when two were bound in the same minute, both told "%s"',
    (delivered) => {
      const [a, b] = [bindingOf({ eventId: 'a', delivered }), bindingOf({ eventId: 'b', delivered })];
      expect(driverOf([a, b], NOW_MS)).toBe(a);
      expect(driverOf([b, a], NOW_MS)).toBe(a);
    },
  );

  it('is never one that waits for its event while another event is there', () => {
    const pending = { ...older, state: 'pending' as const, todo: toDo({ kind: 'settle' }) };
    expect(driverOf([pending, younger], NOW_MS)).toBe(younger);
    expect(driverOf([pending], NOW_MS)).toBe(pending);
  });

  it('is never an ending binding, nor an occurrence', () => {
    expect(driverOf([{ ...older, state: 'ending' }], NOW_MS)).toBeUndefined();
    expect(driverOf([{ ...older, series: 'ser' }, younger], NOW_MS)).toBe(younger);
  });
});

describe('the occurrences of a series that have the conference on their own', () => {
  const alone = bindingOf({ eventId: 'ser_20260603T070000Z' });
  const kept = bindingOf({ eventId: 'ser_20260610T070000Z', series: 'ser' });
  const ids = (ledger: Ledger) => ledger.alone(CALENDAR, 'ser').map(({ eventId }) => eventId);

  it('are told by their ids, in their calendar', () => {
    const elsewhere = bindingOf({ eventId: 'ser_20260617', calendar: 'elsewhere' });
    const others = ['ser', 'ser_2026', 'other_20260603', 'ser_R20260603T070000'].map((eventId) =>
      bindingOf({ eventId }),
    );
    expect(ids(new Ledger([alone, kept, elsewhere, ...others]))).toEqual([alone.eventId]);
  });

  it('are known also when they came or went after somebody had asked', () => {
    const ledger = new Ledger();
    expect(ids(ledger)).toEqual([]);
    ledger.put(alone);
    ledger.put({ ...alone, state: 'ending' });
    expect(ids(ledger)).toEqual([alone.eventId]);
    // It turns out to be one of the second half.
    ledger.put({ ...alone, master: 'ser_R20260601T070000' });
    expect(ids(ledger)).toEqual([]);
    expect(ledger.alone(CALENDAR, 'ser_R20260601T070000')).toHaveLength(1);
    ledger.drop(alone);
    expect(ledger.alone(CALENDAR, 'ser_R20260601T070000')).toEqual([]);
    ledger.put(alone);
    ledger.drop(alone);
    expect(ids(ledger)).toEqual([]);
  });
});
