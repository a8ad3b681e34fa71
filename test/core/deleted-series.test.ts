/** What goes with a series: the occurrences that have the conference on their own, known by Google's way of naming them. */
import type { Binding } from '../../src/core/binding';
import { diffRow } from '../../src/core/diff';
import { UNKNOWN } from '../../src/core/fingerprint';
import { Ledger } from '../../src/core/ledger';
import { takeOverOccurrences } from '../../src/core/told-occurrences';
import { bindingOf, diffContext, tombstone } from '../support/core-world';

const gone = (...bindings: Binding[]) =>
  diffRow(tombstone('ser'), new Ledger(bindings), diffContext()).map((change) => change.kind);

describe('with a series that is deleted', () => {
  it.each(['ser_20260603T070000Z', 'ser_20260603'])('goes the occurrence %s', (eventId) => {
    expect(gone(bindingOf({ eventId }))).toEqual(['event-gone']);
  });

  it.each([
    'ser_R20260603T070000',
    'ser_2026',
    'ser_20260603T070000',
    'ser_20260603T07Z',
    'ser_20260603TabcdefZ',
    'ser_abcdefgh',
    'ser_20260603_20260604',
    'ser-20260603',
    'user_20260603',
    'other_20260603T070000Z',
    'x_ser_20260603',
  ])('goes no other event, as %s', (eventId) => {
    expect(gone(bindingOf({ eventId }))).toEqual([]);
  });

  it('goes none of another calendar, and none that was only told of', () => {
    expect(gone(bindingOf({ eventId: 'ser_20260603', calendar: 'calTWO' }))).toEqual([]);
    expect(gone(bindingOf({ eventId: 'ser_20260603', series: 'ser' }))).toEqual([]);
  });
});

describe('what was told of occurrences while another series drove', () => {
  const driver = bindingOf({ eventId: 'b' });
  const told = bindingOf({ eventId: 'a_20260603', series: 'a', delivered: 'AAAAAA' });

  function takenOver(...others: Binding[]) {
    const ledger = new Ledger([driver, ...others]);
    const any = takeOverOccurrences(driver, ledger);
    return { any, left: ledger.all().filter(({ eventId }) => eventId !== 'b') };
  }

  it('is put right by the series that drives now', () => {
    const { any, left } = takenOver(told);
    expect(any).toBe(true);
    expect(left).toEqual([{ ...told, eventId: 'b_20260603', series: 'b', delivered: UNKNOWN }]);
  });

  it('is so also when that is its copy in another calendar', () => {
    const copy = bindingOf({ calendar: 'calTWO', eventId: 'b_20260603', series: 'b', delivered: 'AAAAAA' });
    expect(takenOver(copy)).toEqual({
      any: true,
      left: [{ ...copy, calendar: driver.calendar, delivered: UNKNOWN }],
    });
  });

  it('leaves an occurrence alone that has the conference on its own', () => {
    const own = bindingOf({ eventId: 'b_20260603', delivered: 'BBBBBB' });
    expect(takenOver(own, told).left).toEqual([own]);
  });

  it('is nothing where the driver told it itself', () => {
    const itsOwn = bindingOf({ eventId: 'b_20260603', series: 'b', delivered: 'AAAAAA' });
    expect(takenOver(itsOwn)).toEqual({ any: false, left: [itsOwn] });
  });
});
