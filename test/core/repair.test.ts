import type { Binding } from '../../src/core/binding';
import { DEFAULT_POLICIES } from '../../src/core/policies';
import { broken, isRepairable, MAX_REPAIR_ATTEMPTS, MAX_REPAIRS, mayRepair } from '../../src/core/repair';
import type { Row } from '../../src/core/row';
import { bindingOf, CALENDAR_ID, eventRow, NOW_MS, OWNER, stamped, toDo } from '../support/core-world';

const allowed = { ...DEFAULT_POLICIES, brokenLinks: 'repair' as const };
const shown = eventRow({ conferenceData: stamped('conf1') });
const tried = (attempts: number) => toDo({ kind: 'repair', attempts });

describe('an event whose conference is gone', () => {
  it.each<[string, Row, boolean]>([
    ['the organiser’s own, showing it', shown, true],
    ['deleted', { ...shown, status: 'cancelled' }, false],
    ['a guest’s copy', { ...shown, organizer: { email: 'ben@example.com' } }, false],
    ['showing another conference', eventRow({ conferenceData: stamped('conf2') }), false],
    [
      'showing one of the same name at another solution',
      eventRow({ conferenceData: stamped('conf1', OWNER, 'x') }),
      false,
    ],
    ['showing none', eventRow(), false],
  ])('is given another one if it is %s: %j, %s', (_name, row, repairable) => {
    expect(isRepairable(row, bindingOf({ state: 'broken' }), CALENDAR_ID)).toBe(repairable);
  });

  it.each<[Partial<Binding>, boolean]>([
    [{}, true],
    [{ repairs: MAX_REPAIRS - 1, todo: tried(MAX_REPAIR_ATTEMPTS - 1) }, true],
    [{ repairs: MAX_REPAIRS }, false],
    [{ todo: tried(MAX_REPAIR_ATTEMPTS) }, false],
    [{ guest: true }, false],
  ])('is given one only so often, and never as a guest’s: %j, %s', (over, may) => {
    expect(mayRepair(bindingOf(over), allowed)).toBe(may);
    expect(mayRepair(bindingOf(over), DEFAULT_POLICIES)).toBe(false);
  });

  it('is to be repaired now where that is allowed, and just shown elsewhere, whatever was to be done for it', () => {
    const before = bindingOf({ delivered: 'AAAAAA', todo: toDo({ attempts: 7 }) });
    const { todo: _given, ...rest } = before;
    expect(broken(before, allowed, NOW_MS)).toEqual({ ...rest, state: 'broken', todo: toDo({ kind: 'repair' }) });
    expect(broken(before, DEFAULT_POLICIES, NOW_MS)).toEqual({ ...rest, state: 'broken' });
  });
});
