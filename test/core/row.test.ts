import type { Row } from '../../src/core/row';
import { isOrganisersCopy } from '../../src/core/row';
import { CALENDAR_ID, eventRow } from '../support/core-world';

describe('the copy that drives an event', () => {
  it.each<[string, Row['organizer'], boolean]>([
    ['whose organiser is this user, under another address', { self: true, email: 'ann@other.example.com' }, true],
    ['whose organiser is this user, without an address', { self: true }, true],
    ['whose organiser is the calendar itself, in other letters', { email: CALENDAR_ID.toUpperCase() }, true],
    ['of another organiser', { self: false, email: 'ben@example.com' }, false],
    ['of an organiser without an address', {}, false],
  ])('is one %s: %j, %s', (_name, organizer, drives) => {
    expect(isOrganisersCopy(eventRow({ organizer: organizer as NonNullable<Row['organizer']> }), CALENDAR_ID)).toBe(
      drives,
    );
  });

  it('is none that shows no organiser', () => {
    const { organizer: _withheld, ...row } = eventRow();
    expect(isOrganisersCopy(row, CALENDAR_ID)).toBe(false);
  });
});
