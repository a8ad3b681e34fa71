/** Exceptions whose series another part of a list shows: which series are looked at, and what waits for the look. */
import type { Binding } from '../../src/core/binding';
import { Ledger } from '../../src/core/ledger';
import type { Action } from '../../src/core/plan';
import type { Row } from '../../src/core/row';
import { startBudget } from '../../src/sync/budget';
import { readExceptionsAgain, withTheirSeries } from '../../src/sync/list-parts';
import { bindingOf, CALENDAR_ID, diffContext, eventRow, stamped } from '../support/core-world';
import { syncWorld } from '../support/sync-world';

const conferenceData = stamped('conf1');
const series = eventRow({ id: 'ser', recurrence: ['RRULE:FREQ=DAILY'], conferenceData });
const exception = (over: Partial<Row> = {}) =>
  eventRow({
    id: 'ser_1',
    recurringEventId: 'ser',
    originalStartTime: { dateTime: '2026-06-03T07:00:00Z' },
    conferenceData,
    ...over,
  });

function setUp(bindings: Binding[] = []) {
  const world = syncWorld();
  world.calendar.put(CALENDAR_ID, series);
  const budget = startBudget(world.clock);
  const judge = (...rows: Row[]) => {
    const found = withTheirSeries(rows, new Ledger(bindings), diffContext(), world.deps, budget);
    return { ids: found.rows.map(({ id }) => id), isWhole: found.isWhole, looks: world.calendar.calls.length };
  };
  return { world, judge };
}

describe('an exception with our conference', () => {
  it('has its series looked at, once for all of them', () => {
    const { judge } = setUp();
    expect(judge(exception(), eventRow(), exception({ id: 'ser_2' }))).toEqual({
      ids: ['ser_1', 'ev1', 'ser_2', 'ser'],
      isWhole: true,
      looks: 1,
    });
  });

  it('has not if the same part shows the series', () => {
    expect(setUp().judge(exception(), series)).toEqual({ ids: ['ser_1', 'ser'], isWhole: true, looks: 0 });
  });

  it('has not if the series is known to have the conference', () => {
    const { judge } = setUp([bindingOf({ eventId: 'ser' })]);
    expect(judge(exception())).toEqual({ ids: ['ser_1'], isWhole: true, looks: 0 });
  });

  it('has not if it is known to be an event of its own', () => {
    const { judge } = setUp([bindingOf({ eventId: 'ser_1' })]);
    expect(judge(exception())).toEqual({ ids: ['ser_1'], isWhole: true, looks: 0 });
  });

  it('has if it came to it from a conference of its own', () => {
    const { judge } = setUp([bindingOf({ eventId: 'ser_1', conference: 'conf0' })]);
    expect(judge(exception())).toEqual({ ids: ['ser_1', 'ser'], isWhole: true, looks: 1 });
  });

  it('is judged alone if there is no such series', () => {
    const { judge } = setUp();
    expect(judge(exception({ recurringEventId: 'none' }))).toEqual({ ids: ['ser_1'], isWhole: true, looks: 1 });
  });

  it('waits, and nothing else does, while its series cannot be looked at', () => {
    const { world, judge } = setUp();
    world.calendar.failGet('ser', 'google-unavailable');
    expect(judge(exception(), exception({ id: 'ser_2' }), eventRow())).toEqual({
      ids: ['ev1'],
      isWhole: false,
      looks: 1,
    });
  });

  it('is judged alone if Google will never show its series', () => {
    const { world, judge } = setUp();
    world.calendar.failGet('ser', 'request-wrong');
    expect(judge(exception(), eventRow())).toEqual({ ids: ['ser_1', 'ev1'], isWhole: true, looks: 1 });
  });

  it('waits while there is no time for a look', () => {
    const { world, judge } = setUp();
    world.clock.advance(21_000);
    expect(judge(exception(), eventRow())).toEqual({ ids: ['ev1'], isWhole: false, looks: 0 });
  });
});

describe('any other row', () => {
  it.each<[string, Row]>([
    ['an event', eventRow({ conferenceData })],
    ['an exception without a conference', exception({ conferenceData: {} })],
    ['a guest’s exception', exception({ organizer: { email: 'ben@example.com' } })],
    ['an exception that cannot be worked with', exception({ attendees: [{ email: 7 as never }] })],
  ])('causes no look: %s', (_name, row) => {
    expect(setUp().judge(row)).toEqual({ ids: [row.id], isWhole: true, looks: 0 });
  });
});

describe('the exceptions of a series', () => {
  const HOUR_MS = 3_600_000;
  const update = (binding: Binding, ...fields: string[]) => ({ kind: 'update', binding, fields }) as unknown as Action;
  const known = bindingOf({ eventId: 'ser', lengthMs: HOUR_MS });

  function readAgain(action: Action, binding = known): boolean {
    const ledger = new Ledger([binding]);
    readExceptionsAgain([action], ledger);
    return ledger.all()[0]?.unread === true;
  }

  it('are read again after a change of its time or its rule', () => {
    for (const fields of [['time'], ['recurrence'], ['title', 'time']]) {
      expect(readAgain(update(known, ...fields))).toBe(true);
    }
  });

  it('are not read again after another change, of another kind or of an event that is no series', () => {
    expect(readAgain(update(known, 'title'))).toBe(false);
    expect(readAgain({ kind: 'cancel', binding: known })).toBe(false);
    expect(readAgain(update(bindingOf(), 'time'), bindingOf())).toBe(false);
  });

  it('are of no interest once the series is forgotten', () => {
    const ledger = new Ledger();
    readExceptionsAgain([update(known, 'time')], ledger);
    expect(ledger.size).toBe(0);
  });
});
